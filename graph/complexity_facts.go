package graph

import (
	"leitai/graph/exec"
	"leitai/graph/model"
)

// loading are the lists of facts and of apps.
func loading(c *exec.ComplexityRoot) {
	c.Query.Facts = func(child int, _, _, _, _, _ *string, _ []model.FactMeasure, _, _ *string, _ *bool, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Apps, c.Query.AppConsents = times(listed), times(listed)
	c.App.Origins, c.App.Scopes, c.AppConsent.Scopes = times(few), times(few), times(few)
}
