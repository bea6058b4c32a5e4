package graph

import "leitai/graph/exec"

// preparing gives the costs of the library, the dictionary and a year's
// programme. A document is read anew for its warnings and its burden.
func preparing(c *exec.ComplexityRoot) {
	c.Query.TemplatePresets, c.Query.Dimensions = times(few), times(listed)
	c.TemplatePreset.Warnings, c.TemplatePreset.Burden = times(few), times(1)
	c.Competition.Programme = func(child, _ int) int { return 1 + yearly*child }
	c.ProgrammeEntry.Papers = times(few)
}
