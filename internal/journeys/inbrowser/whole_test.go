package inbrowser

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/postgres"
	"leitai/internal/sample"
)

// further are the journeys that need a county in which every scheme is played,
// and a township of sixty villages: the county's own morning, and how fast it is.
var further = map[string][]string{
	"analyst": {"desk", "phone"},
}

// whole plays what a county at rest has not, and leaves the day as it was.
func whole(t *testing.T) func(k *graphtest.Kit) {
	t.Helper()
	return func(k *graphtest.Kit) {
		day := k.Clock.Today()
		towns := []sample.Town{sample.Sixty()}
		if _, err := postgres.ImportDivisions(t.Context(), k.DB.MaintDSN, sample.TownsTable(towns), postgres.Import{}); err != nil {
			t.Fatal(err)
		}
		if err := k.World.PlaySchemes(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := k.World.PlayTowns(t.Context(), towns); err != nil {
			t.Fatal(err)
		}
		k.Clock.Set(day, "09:00")
	}
}
