package golden

import (
	"encoding/json"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
)

// checkWhatIf runs the simulation with the weights that each expected entry
// names and compares ranks and bands. The case names bands by their first
// consequence.
func (c *arenaCase) checkWhatIf(t *testing.T, base played, want arenaAnswer) {
	t.Helper()
	names := map[string]string{"top": "REWARD_TOP", "bottom": "CRITICISM_REMINDER"}
	for _, entry := range want.WhatIf {
		weights := map[string]exact.Number{}
		got := map[string]any{}
		for channel := range c.Weights {
			text, _ := entry[channel].(string)
			weight, err := exact.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			weights[channel] = weight.Mul(exact.Int(100)) // the case writes shares, a template percent
			got[channel] = entry[channel]
		}
		d, err := contest.WhatIf(base.inputs, contest.WithWeights(weights))
		if err != nil {
			t.Fatal(err)
		}
		changes := []any{}
		for _, change := range d.Bands {
			changes = append(changes, map[string]any{"month": change.Period, "rule": names[change.Key], "in": list(change.In), "out": list(change.Out)})
		}
		got["ranksChanged"], got["of"], got["bandChanges"] = d.RanksChanged, d.Of, changes
		text, err := json.Marshal(weights)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "whatIf "+string(text), got, entry)
	}
}

func list(ids []string) []string {
	if ids == nil {
		return []string{}
	}
	return ids
}
