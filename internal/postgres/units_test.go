package postgres

import (
	"context"
	"slices"
	"testing"

	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

func codes(units []*tenancy.Unit) []string {
	var all []string
	for _, u := range units {
		all = append(all, u.Code)
	}
	return all
}

// The tree is browsed downwards, upwards and by the beginning of a name or code.
func TestUnitsAreFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mustImport(t, w.DB, province+hekou+baisha, Import{}, ImportReport{Rows: 8, Added: 8})
	ctx, _ := w.as(t, w.settle(t, "township", "990101001"))
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		for search, want := range map[string][]string{
			"石": {"980101001202"}, "河": {"980101001"}, "云溪县": {"980101"}, "没有": nil, "%": nil,
			"980101001": {"980101001", "980101001201", "980101001202"}, "98010100120": {"980101001201", "980101001202"}, "97": nil,
		} {
			found, err := tx.UnitPage(ctx, tenancy.UnitFilter{Search: search}, paging.Window{Size: 10})
			if err != nil {
				return err
			}
			if have := codes(found); !slices.Equal(have, want) {
				t.Errorf("%s finds %v, want %v", search, have, want)
			}
		}
		town, err := tx.UnitByCode(ctx, "980101001")
		if err != nil {
			return err
		}
		below, err := tx.UnitPage(ctx, tenancy.UnitFilter{Parent: &town.ID}, paging.Window{Size: 10})
		if have := codes(below); err != nil || !slices.Equal(have, []string{"980101001201", "980101001202"}) {
			t.Errorf("below %v, %v", have, err)
		}
		line, err := tx.UnitLine(ctx, town.ID)
		if have := codes(line); err != nil || !slices.Equal(have, []string{"980101001", "980101", "9801", "98"}) {
			t.Errorf("line %v, %v", have, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
