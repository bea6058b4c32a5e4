package graph

import (
	"leitai/graph/exec"
	"leitai/graph/model"
	"leitai/internal/calendar"
)

// observing gives the costs of evidence, visits and what issues carry.
func observing(c *exec.ComplexityRoot) {
	c.Query.Evidence = func(child int, _, _, _, _ *string, _ *model.EvidenceKind, _ *bool, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Highlights = func(child int, _ *string, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Supervisions = func(child int, _, _, _ *string, _ *model.SupervisionKind, _ *bool, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Issues = func(child int, _ *string, _ *model.IssueState, _ *string, _ *bool, _ *calendar.Date, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.EvidenceRequests = func(child int, _, _ calendar.Date) int { return 1 + many*child }
	c.Query.EvidenceMissing = func(child int, _ string) int { return 1 + many*child }
	c.Query.HighlightLibrary = func(child int, _, _ *string) int { return 1 + listed*child }
	c.Query.RubricLibrary = func(child int, _ *string) int { return 1 + many*child }
	c.Query.InspectionCalendar = func(child int, _, _ calendar.Date) int { return 1 + few*child }
	c.Query.VillagePlans = func(child int, _ string) int { return 1 + listed*child }
	c.InspectionCalendar.Entries, c.InspectionCalendar.Overlaps = times(listed), times(few)
	c.Observation.Route, c.Observation.Comments, c.Observation.Stages = times(listed), times(listed), times(few)
	c.StageState.Records, c.Muster.Lines, c.Muster.Unrecorded = times(few), times(many), times(many)
	c.Highlight.Evidence, c.Issue.Evidence, c.VillagePlan.Issues = times(few), times(few), times(few)
}
