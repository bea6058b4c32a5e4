package sample_test

import (
	"context"
	"slices"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/comparison"
	"leitai/internal/sample"
	"leitai/internal/wiring"
)

// The county's comparison has somebody who is comparable and, for a reason that
// is told, others who are not; an item that is mapped makes one of them
// comparable. Where two competitions meet, the plan says so.
// covers G6
func TestTheNeighboursAreComparedForReasons(t *testing.T) {
	t.Parallel()
	app, w := build(t)
	if err := w.PlayNeighbours(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Clock.Set(calendar.MustDate("2023-10-12"), "09:00")
	missing := compare.Barrier{Reason: compare.DimensionMissing, Dimension: "habitat"}
	before := lines(t, app, w)
	for code, want := range map[string][]compare.Barrier{
		sample.SharedTownCode: nil, sample.UnnamedTownCode: {missing}, sample.NarrowTownCode: {{Reason: compare.CoverageLow}}, sample.SiblingCode: {{Reason: compare.NoResults}},
	} {
		if got := before[code].Barriers; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", code, got, want)
		}
	}
	if l := before[sample.SharedTownCode]; l.Rank != 1 || l.OnTime != l.Published-1 {
		t.Errorf("rank %d, %d of %d on time: one was to be late", l.Rank, l.OnTime, l.Published)
	}
	do(t, w, "CA1", func(ctx context.Context) error {
		_, err := app.Comparison.MapSource(ctx, comparison.Mapping{Township: before[sample.UnnamedTownCode].Tenant, Source: compare.Item("courtyards"), Dimension: "habitat", Reason: "庭院整治属人居环境"}, "2023-05")
		return err
	})
	if l := lines(t, app, w)[sample.UnnamedTownCode]; len(l.Barriers) != 0 || l.Rank == 0 {
		t.Errorf("once it is mapped: rank %d, %v", l.Rank, l.Barriers)
	}
	do(t, w, "CN1", func(ctx context.Context) error {
		_, met, err := app.Visits.Inspections(ctx, calendar.MustDate("2023-10-01"), calendar.MustDate("2023-10-31"))
		if err == nil && len(met) == 0 {
			t.Error("two competitions between the same villages do not meet")
		}
		return err
	})
}

// lines is the comparison as the county's analyst reads it, by code.
func lines(t *testing.T, app *wiring.App, w *sample.World) map[string]*comparison.Line {
	t.Helper()
	out := map[string]*comparison.Line{}
	do(t, w, "CN1", func(ctx context.Context) error {
		got, err := app.Comparison.Townships(ctx, comparison.Query{From: "2023-05", To: "2023-10"})
		if err != nil {
			return err
		}
		for _, l := range got.Lines {
			out[l.Code] = l
		}
		return nil
	})
	return out
}

func do(t *testing.T, w *sample.World, who string, what func(ctx context.Context) error) {
	t.Helper()
	if err := w.As(t.Context(), who, what); err != nil {
		t.Fatal(err)
	}
}
