package round

import (
	"slices"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
)

func boardOf(show string) *Board {
	b := &Board{Show: show, BestBands: []string{"top"}, WorstBands: []string{"bottom"}}
	for i, code := range []string{"V3", "V1", "V2"} {
		total, rank := exact.Int(int64(90-i)), i+1
		row := BoardRow{UnitCode: code, Total: &total, Shown: total.Fixed(2), Rank: &rank, RankIfExact: &rank, Change: &rank}
		row.Bands = [][]string{{"top"}, nil, {"bottom"}}[i]
		b.Rows = append(b.Rows, row)
	}
	return b
}

// covers Q35, G8
func TestBoardHidesWhatIsNotShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		show     string
		outsider bool
		order    []string
		ranked   int
		banded   int
	}{
		{"ranks", false, []string{"V3", "V1", "V2"}, 3, 2},
		{"", false, []string{"V3", "V1", "V2"}, 3, 2},
		{"ranks", true, []string{"V3", "V1", "V2"}, 2, 1},
		{"bands", false, []string{"V1", "V2", "V3"}, 0, 2},
		{"bands", true, []string{"V1", "V2", "V3"}, 0, 1},
		{"top-only", false, []string{"V3", "V1", "V2"}, 1, 1},
		{"none", false, []string{"V1", "V2", "V3"}, 0, 0},
	} {
		b := boardOf(c.show)
		b.hide(c.outsider)
		var order []string
		ranked, banded := 0, 0
		for _, row := range b.Rows {
			order = append(order, row.UnitCode)
			if row.Rank != nil {
				ranked++
			} else if row.Total != nil || row.Shown != "" || row.RankIfExact != nil || row.Change != nil {
				t.Errorf("%s: %s is not ranked and says %+v", c.show, row.UnitCode, row)
			}
			if row.Bands != nil {
				banded++
			}
		}
		if !slices.Equal(order, c.order) || ranked != c.ranked || banded != c.banded {
			t.Errorf("%s, outsider %v: %v, %d ranked, %d in bands", c.show, c.outsider, order, ranked, banded)
		}
	}
}

func TestChangesNameWhatDiffers(t *testing.T) {
	t.Parallel()
	roster := []*Entry{{Code: "V1", Name: "一村"}, {Code: "V2", Name: "二村"}}
	was := &contest.Result{
		Standings: []contest.Standing{{Subject: "V1", Shown: "90.00", Rank: 1, Bands: []string{"top"}}, {Subject: "V2", Shown: "80.00", Rank: 2}},
		Outcomes:  []outcome.Proposal{{Do: "points", When: "top", Subject: "V1"}},
		Entries:   []outcome.Entry{{Subject: "V1", When: "top", Role: "village", Points: exact.Int(5)}},
	}
	now := &contest.Result{
		Standings: []contest.Standing{{Subject: "V2", Shown: "95.00", Rank: 1, Bands: []string{"top"}}, {Subject: "V1", Reason: contest.ReasonAbsent}},
		Outcomes:  []outcome.Proposal{{Do: "points", When: "top", Subject: "V2"}},
		Entries:   []outcome.Entry{{Subject: "V2", When: "top", Role: "village", Points: exact.Int(5)}},
	}
	want := []PreviewChange{
		{UnitCode: "V2", Name: "二村", Kind: ChangeTotal, From: "80.00", To: "95.00"}, {UnitCode: "V2", Name: "二村", Kind: ChangeRank, From: "2", To: "1"},
		{UnitCode: "V2", Name: "二村", Kind: ChangeBand, To: "top"}, {UnitCode: "V2", Name: "二村", Kind: ChangeOutcome, To: "points (top): village +5"},
		{UnitCode: "V1", Name: "一村", Kind: ChangeTotal, From: "90.00"}, {UnitCode: "V1", Name: "一村", Kind: ChangeRank, From: "1"},
		{UnitCode: "V1", Name: "一村", Kind: ChangeBand, From: "top"}, {UnitCode: "V1", Name: "一村", Kind: ChangeOutcome, From: "points (top): village +5"},
	}
	got := changes(was, now, roster)
	for i := range got {
		proposed := got[i].Proposed
		if (proposed != nil) != (got[i].Kind == ChangeOutcome) || proposed != nil && (proposed.Proposal.Subject != got[i].UnitCode || len(proposed.Shares) != 1) {
			t.Errorf("%s of %s proposes %+v", got[i].Kind, got[i].Name, proposed)
		}
		got[i].Proposed = nil
	}
	if !slices.Equal(got, want) {
		t.Errorf("changes: %+v", got)
	}
	if got := changes(nil, now, roster); got != nil {
		t.Errorf("against nothing: %+v", got)
	}
	if got := changes(now, now, roster); got != nil {
		t.Errorf("against itself: %+v", got)
	}
}

func TestPublicTraceNamesNoJudge(t *testing.T) {
	t.Parallel()
	trace := publicTrace(&contest.Trace{Subject: "V1", Lines: []contest.Line{{Kind: contest.LineMark, Judge: "J1", Mark: "m"}, {Kind: contest.LineChannel}, {Kind: contest.LineTotal}}})
	if len(trace.Lines) != 2 || trace.Lines[0].Kind != contest.LineChannel {
		t.Errorf("lines: %+v", trace.Lines)
	}
}
