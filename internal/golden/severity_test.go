package golden

import (
	"slices"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/scoring"
)

// severityCase is the input of a case of kind s6.
type severityCase struct {
	Observations []struct {
		Judge   string       `json:"judge"`
		Village string       `json:"village"`
		Mark    exact.Number `json:"mark"`
	} `json:"observations"`
	Disconnected map[string][]string `json:"disconnected"` // judge: villages
}

type severityAnswer struct {
	Components int               `json:"connectedComponents"`
	Effects    map[string]string `json:"judgeEffect"`
	Rows       []severityRow     `json:"rows"`
	Design     struct {
		Components  int  `json:"components"`
		CanSeparate bool `json:"canSeparateSeverityFromQuality"`
	} `json:"disconnectedDesign"`
}

type severityRow struct {
	Village      string `json:"village"`
	Raw          string `json:"raw"`
	Adjusted     string `json:"adjusted"`
	RankRaw      int    `json:"rankRaw"`
	RankAdjusted int    `json:"rankAdjusted"`
}

func runSeverity(t *testing.T, input, expected []byte) {
	t.Helper()
	var c severityCase
	var want severityAnswer
	decode(t, input, &c)
	decode(t, expected, &want)
	var marks []scoring.Observation
	var seats []scoring.Seat
	for _, o := range c.Observations {
		marks = append(marks, scoring.Observation{Judge: o.Judge, Subject: o.Village, Mark: o.Mark})
		seats = append(seats, scoring.Seat{Judge: o.Judge, Subject: o.Village})
	}
	got := severityAnswer{Components: len(scoring.Connected(seats)), Effects: map[string]string{}}
	s, err := scoring.Severity(marks)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range s.Judges {
		got.Effects[e.Judge] = e.Effect.Fixed(4)
	}
	slices.SortStableFunc(s.Subjects, func(a, b scoring.Adjusted) int {
		if a.RankAdjusted != b.RankAdjusted {
			return a.RankAdjusted - b.RankAdjusted
		}
		return ranking.Compare(a.Subject, b.Subject)
	})
	for _, r := range s.Subjects {
		got.Rows = append(got.Rows, severityRow{Village: r.Subject, Raw: r.Raw.Fixed(2), Adjusted: r.Adjusted.Fixed(2), RankRaw: r.RankRaw, RankAdjusted: r.RankAdjusted})
	}
	var plan []scoring.Seat
	var impossible []scoring.Observation
	for judge, villages := range c.Disconnected {
		for _, village := range villages {
			plan = append(plan, scoring.Seat{Judge: judge, Subject: village})
			impossible = append(impossible, scoring.Observation{Judge: judge, Subject: village, Mark: exact.Int(90)})
		}
	}
	got.Design.Components = len(scoring.Connected(plan))
	_, err = scoring.Severity(impossible)
	got.Design.CanSeparate = err == nil
	if err != nil && fault.CodeOf(err) != fault.SeverityApart {
		t.Error(err)
	}
	same(t, "answer", got, want)
}
