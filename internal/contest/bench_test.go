package contest_test

import (
	"fmt"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// province is a round of many subjects: 20 items, two judges on site and one
// for the ledger.
func province(subjects int) contest.Input {
	in := contest.Input{Rules: contest.RulesVersion, Template: arena(), Round: contest.Round{ID: "r", Period: "2023-04", Held: "2023-05-04"}}
	for i := range 20 {
		in.Rubric = append(in.Rubric, template.Item{Key: fmt.Sprintf("item-%d", i), Kind: template.KindPoints, Points: exact.Int(5)})
	}
	for s := range subjects {
		id := fmt.Sprintf("%012d", s)
		in.Roster = append(in.Roster, contest.Subject{ID: id})
		for i, item := range in.Rubric {
			for j, channel := range []string{"onsite", "onsite", "ledger"} {
				value := exact.Ratio(int64(120+(s*7+i*13+j*29)%81), 2)
				in.Marks = append(in.Marks, contest.Mark{ID: fmt.Sprintf("%06d/%02d/%d", s, i, j), Item: item.Key, Channel: channel, Subject: id, Judge: fmt.Sprintf("j%d-%d", j, s%500), Value: value})
			}
		}
	}
	return in
}

func BenchmarkTallyProvince(b *testing.B) {
	in := province(25000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := contest.Tally(in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkComputeTownship(b *testing.B) {
	in := province(12)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := contest.Compute(in); err != nil {
			b.Fatal(err)
		}
	}
}

// A round of 60 villages with everything on: every kind of item, parts, ballots,
// tracks, grades, traces and ranges.
func BenchmarkComputeEverything(b *testing.B) {
	in := played(everything(), 60, steady)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := contest.Compute(in); err != nil {
			b.Fatal(err)
		}
	}
}
