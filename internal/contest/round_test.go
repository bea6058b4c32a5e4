package contest_test

import (
	"fmt"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// round is one month with a single item: the on-site marks of two judges and
// the ledger mark of a third, a village a line.
func round(period string, villages ...[3]string) contest.Input {
	in := contest.Input{
		Rules: contest.RulesVersion, Template: arena(),
		Round:  contest.Round{ID: "round-" + period, Period: period, Held: period + "-28", Number: 1, Revision: 1},
		Rubric: []template.Item{{Key: "party", Name: template.Text{ZH: "党建", EN: "party building"}, Kind: template.KindPoints, Points: exact.Int(100)}},
	}
	for i, marks := range villages {
		id := fmt.Sprintf("V%d", i+1)
		in.Roster = append(in.Roster, contest.Subject{ID: id, Name: "例村" + id, Links: []outcome.Link{
			{Role: "linked-leader", Person: "L" + id}, {Role: "resident-cadre", Person: "K" + id},
		}})
		for j, value := range marks {
			if value == "" {
				continue
			}
			channel := "onsite"
			if j == 2 {
				channel = "ledger"
			}
			in.Marks = append(in.Marks, contest.Mark{ID: fmt.Sprintf("%s-%s-%d", period, id, j), Item: "party", Channel: channel, Subject: id, Judge: fmt.Sprintf("J%d", j), Value: exact.Must(value)})
		}
	}
	return in
}

// seven villages with a tie at third and totals 95, 90, 85, 85, 80, 75, 70.
func seven(period string) contest.Input {
	return round(period,
		[3]string{"95", "95", "95"}, [3]string{"90", "90", "90"}, [3]string{"85", "85", "85"}, [3]string{"84", "86", "85"},
		[3]string{"80", "80", "80"}, [3]string{"75", "75", "75"}, [3]string{"70", "70", "70"},
	)
}

func compute(t *testing.T, in contest.Input) *contest.Result {
	t.Helper()
	result, err := contest.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// board prints standings as "V1=95.00/1".
func board(result *contest.Result) string {
	out := ""
	for _, s := range result.Standings {
		out += fmt.Sprintf(" %s=%s/%d", s.Subject, s.Shown, s.Rank)
	}
	return out
}

func standing(t *testing.T, result *contest.Result, subject string) contest.Standing {
	t.Helper()
	for _, s := range result.Standings {
		if s.Subject == subject {
			return s
		}
	}
	t.Fatalf("%s is not among the standings", subject)
	return contest.Standing{}
}
