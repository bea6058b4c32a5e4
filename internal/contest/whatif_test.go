package contest_test

import (
	"fmt"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// swapping is a round in which V2 and V3 change places when ledgers count more.
func swapping(period string) contest.Input {
	return round(period,
		[3]string{"95", "95", "95"}, [3]string{"90", "90", "80"}, [3]string{"70", "70", "90"},
		[3]string{"60", "60", "60"}, [3]string{"50", "50", "50"}, [3]string{"40", "40", "40"},
	)
}

func weights(onsite, ledger int64) contest.Change {
	return contest.WithWeights(map[string]exact.Number{"onsite": exact.Int(onsite), "ledger": exact.Int(ledger)})
}

func TestWhatIfOtherWeights(t *testing.T) {
	t.Parallel()
	in := swapping("2023-04")
	in.Template.Bands[0].Best = 2
	d, err := contest.WhatIf([]contest.Input{in}, weights(20, 80))
	if err != nil {
		t.Fatal(err)
	}
	if d.Of != 6 || d.RanksChanged != 2 || fmt.Sprint(d.Bands) != "[{2023-04 top [V3] [V2]}]" || len(d.Streaks) != 0 {
		t.Errorf("%+v", d)
	}
	if got := fmt.Sprint(d.Accounts); got != "[{{subject V2} -4} {{subject V3} 4} {{person KV2} -4} {{person KV3} 4} {{person LV2} -4} {{person LV3} 4}]" {
		t.Errorf("%s", got)
	}
	if !in.Template.Channels[0].Weight.Equal(exact.Int(40)) {
		t.Error("a simulation changed the template itself")
	}
	same, err := contest.WhatIf([]contest.Input{in}, weights(40, 60))
	if err != nil || same.RanksChanged+len(same.Bands)+len(same.Accounts) != 0 {
		t.Errorf("the same weights change %+v, %v", same, err)
	}
}

func TestWhatIfFollowsStreaks(t *testing.T) {
	t.Parallel()
	months := []contest.Input{swapping("2023-05"), swapping("2023-04")} // in any order
	d, err := contest.WhatIf(months, func(doc *template.Document) { doc.Bands[1].Worst = 1 })
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(d.Bands, d.Streaks); got != "[{2023-04 bottom [] [V4 V5]} {2023-05 bottom [] [V4 V5]}] [{2023-05 bottom-twice [] [V4 V5]}]" {
		t.Errorf("%s", got)
	}
	d, err = contest.WhatIf(months, func(doc *template.Document) { doc.Streaks[0].Length = 3 })
	if err != nil || fmt.Sprint(d.Streaks) != "[{2023-05 bottom-twice [] [V4 V5 V6]}]" || d.RanksChanged != 0 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestWhatIfKeepsPublishedHistory(t *testing.T) {
	t.Parallel()
	april := swapping("2023-04")
	may := swapping("2023-05")
	may.History = []contest.Held{contest.AsHeld(april, compute(t, april))}
	d, err := contest.WhatIf([]contest.Input{may}, func(doc *template.Document) { doc.Streaks[0].After = "reset" })
	if err != nil || len(d.Streaks) != 0 {
		t.Errorf("the second month triggers under both readings: %+v, %v", d, err)
	}
	broken := swapping("2023-06")
	broken.Marks[0].Value = exact.Int(-1)
	if _, err := contest.WhatIf([]contest.Input{broken}, weights(50, 50)); fault.CodeOf(err) != fault.MarkOutOfRange {
		t.Errorf("%v", err)
	}
	if _, err := contest.WhatIf([]contest.Input{april}, func(doc *template.Document) { doc.Scale.Points = exact.Int(7) }); fault.CodeOf(err) != fault.RubricSum {
		t.Errorf("%v", err)
	}
}
