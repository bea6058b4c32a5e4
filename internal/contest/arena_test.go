package contest_test

import (
	"leitai/internal/exact"
	"leitai/internal/template"
)

// arena is the monthly contest as its template says it, in the readings that
// are the defaults.
func arena() *template.Document {
	return &template.Document{
		SchemaVersion: template.SchemaVersion, Key: "monthly-arena", Name: template.Text{ZH: "擂台比武月评比", EN: "Monthly arena"},
		Subject: template.Village, Calendar: template.Calendar{Every: "month", Day: 30},
		Scale: template.Scale{Points: exact.Int(100), Decimals: 2, Rounding: exact.HalfUp, Items: "sum", Split: "per-item"},
		Channels: []template.Channel{
			{Key: "onsite", Name: template.Text{ZH: "现场督查", EN: "on site"}, Weight: exact.Int(40), Judges: template.Judges{Min: 2, Combine: "mean"}, Range: hundred(), Step: exact.Ratio(1, 2)},
			{Key: "ledger", Name: template.Text{ZH: "资料台账", EN: "ledger"}, Weight: exact.Int(60), Judges: template.Judges{Min: 1, Combine: "single"}, Range: hundred()},
		},
		Rubric:  template.PerRound,
		Missing: template.Missing{Absent: "unranked", Mark: "blocks"},
		Ranking: template.Ranking{On: "published", Method: "competition", Scope: "all", Show: "ranks"},
		Bands: []template.Band{
			{Key: "top", Best: 3, Ties: "inclusive", Small: "half"},
			{Key: "bottom", Worst: 3, Ties: "exclusive", Small: "half"},
		},
		Streaks: []template.Streak{{Key: "bottom-twice", Band: "bottom", Length: 2, After: "continue", Over: "held-rounds", Person: "linked-throughout", Bound: "none"}},
		Outcomes: []template.Outcome{
			{When: "top", Do: "points", By: "rank", Values: numbers(5, 4, 3), To: []string{"linked-leader", "resident-cadre", "village"}},
			{When: "bottom", Do: "criticism"},
			{When: "bottom-twice", Do: "points", By: "rank-from-bottom", Values: numbers(-5, -4, -3), To: []string{"linked-leader", "resident-cadre", "village"}},
			{When: "bottom-twice", Do: "talk", ByRole: "principal-leaders", With: []string{"linked-leader", "resident-cadre"}},
		},
	}
}

func hundred() [2]exact.Number { return [2]exact.Number{exact.Int(0), exact.Int(100)} }

func numbers(ints ...int64) []exact.Number {
	out := make([]exact.Number, len(ints))
	for i, n := range ints {
		out[i] = exact.Int(n)
	}
	return out
}
