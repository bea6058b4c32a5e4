package inbrowser

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/postgres"
	"leitai/internal/sample"
)

// further are the journeys that need a county in which every scheme is played:
// the county's own morning.
var further = map[string][]string{
	"analyst": {"desk", "phone"}, // covers J10
}

// fast are those that look at how fast the console is, with a township of sixty
// villages beside.
var fast = map[string][]string{
	"speed": {"desk"},
}

// schemes plays what a county at rest has not, and leaves the day as it was.
func schemes(t *testing.T) func(k *graphtest.Kit) {
	t.Helper()
	return func(k *graphtest.Kit) {
		if err := k.World.PlaySchemes(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// sixty adds a township of sixty villages.
func sixty(t *testing.T) func(k *graphtest.Kit) {
	t.Helper()
	return func(k *graphtest.Kit) {
		day := k.Clock.Today()
		towns := []sample.Town{sample.Sixty()}
		if _, err := postgres.ImportDivisions(t.Context(), k.DB.MaintDSN, sample.TownsTable(towns), postgres.Import{}); err != nil {
			t.Fatal(err)
		}
		if err := k.World.PlayTowns(t.Context(), towns); err != nil {
			t.Fatal(err)
		}
		k.Clock.Set(day, "09:00")
	}
}
