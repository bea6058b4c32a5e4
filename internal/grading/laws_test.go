package grading_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/grading"
	"leitai/internal/template"
)

// draw makes candidates with few different scores, so that ties are common.
func draw(t *rapid.T) []grading.Candidate {
	out := make([]grading.Candidate, rapid.IntRange(0, 14).Draw(t, "people"))
	held := rapid.SampledFrom([]string{"good", "good", "poor", ""})
	for i := range out {
		out[i] = grading.Candidate{
			ID: string(rune('A' + i)), Score: exact.Int(rapid.Int64Range(85, 92).Draw(t, "score")),
			Ties: []exact.Number{exact.Int(rapid.Int64Range(0, 2).Draw(t, "tie"))},
			Held: map[string]string{"review": held.Draw(t, "held")}, Persons: rapid.IntRange(0, 4).Draw(t, "persons"),
		}
		if rapid.IntRange(0, 5).Draw(t, "barred") == 0 {
			out[i].Barred = "违纪"
		}
	}
	return out
}

func drawDecisions(t *rapid.T, n int) []grading.Decision {
	var out []grading.Decision
	for i := range n {
		if rapid.Bool().Draw(t, "decided") {
			out = append(out, grading.Decision{
				Subject: string(rune('A' + i)), Grade: rapid.SampledFrom([]string{"excellent", "competent"}).Draw(t, "grade"),
				Reason: "会议票决", By: "meeting", Second: rapid.SampledFrom([]string{"", "meeting", "second"}).Draw(t, "second"),
			})
		}
	}
	return out
}

func drawScale(t *rapid.T, quota template.Quota) template.GradeScale {
	quota.Of = rapid.SampledFrom([]string{"", "persons", "teams"}).Draw(t, "of")
	return annual(quota, func(s *template.GradeStep) {
		s.Unused = rapid.SampledFrom([]string{"", "pass-on", "empty"}).Draw(t, "unused")
		s.Ties = rapid.SampledFrom([]string{"", "inclusive", "decide"}).Draw(t, "ties")
		if rapid.Bool().Draw(t, "needs") {
			s.Needs = []template.Need{{Scale: "review", Grade: "good"}}
		}
		if rapid.Bool().Draw(t, "from") {
			s.From = share("87")
		}
	})
}

func drawShare(t *rapid.T) *exact.Number {
	n := exact.Ratio(rapid.Int64Range(1, 20).Draw(t, "share"), 20)
	return &n
}

// covers Q17, E13
func TestAHardCeilingIsNeverExceeded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates := draw(t)
		s := grading.Solve(drawScale(t, template.Quota{AtMost: drawShare(t), Kind: "hard"}), candidates, drawDecisions(t, len(candidates)))
		q := s.Quotas[0]
		if q.Awarded > q.Seats || q.Over != 0 || q.Awarded+q.Open+q.Unused != q.Seats || exact.Int(int64(q.Awarded)).Cmp(q.Exact) > 0 {
			t.Fatalf("%+v", q)
		}
	})
}

// covers Q18
func TestACeilingInPrincipleIsOnlyExceededByTwoPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates := draw(t)
		s := grading.Solve(drawScale(t, template.Quota{AtMost: drawShare(t), Kind: "soft"}), candidates, drawDecisions(t, len(candidates)))
		for _, l := range s.Lines {
			if l.Grade == "excellent" && l.Rule == grading.RuleBeyond && (l.Reason == "" || l.Second == "" || l.Second == l.By) {
				t.Fatalf("%+v", l)
			}
		}
		if q := s.Quotas[0]; q.Over > 0 && !slices.ContainsFunc(s.Lines, func(l grading.Line) bool { return l.Second == "second" && l.Grade == "excellent" }) {
			t.Fatalf("%+v without a second approver", q)
		}
	})
}

// covers Q19
func TestAFloorIsMetOrItsShortfallRecorded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates := draw(t)
		s := grading.Solve(drawScale(t, template.Quota{AtLeast: drawShare(t)}), candidates, drawDecisions(t, len(candidates)))
		q := s.Quotas[0]
		if q.Awarded+q.Open+q.Shortfall < q.Seats || q.Unused != 0 {
			t.Fatalf("%+v", q)
		}
		if q.Shortfall > 0 {
			for _, l := range s.Lines {
				if l.Grade != "excellent" && !slices.ContainsFunc(l.Passed, func(p grading.Pass) bool {
					return p.Rule == grading.SkippedBarred || p.Rule == grading.SkippedNeeds || p.Rule == grading.SkippedBelow || p.Rule == grading.SkippedDecided
				}) {
					t.Fatalf("%+v is short while %+v qualified", q, l)
				}
			}
		}
	})
}

// covers Q17, Q21
func TestNobodyIsPassedOverWithoutARule(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates := draw(t)
		quota := template.Quota{AtMost: drawShare(t), Kind: rapid.SampledFrom([]string{"hard", "soft"}).Draw(t, "kind")}
		if rapid.Bool().Draw(t, "floor") {
			quota = template.Quota{AtLeast: quota.AtMost}
		}
		s := grading.Solve(drawScale(t, quota), candidates, drawDecisions(t, len(candidates)))
		if len(s.Lines) != len(candidates) {
			t.Fatalf("%d lines for %d people", len(s.Lines), len(candidates))
		}
		lowest := exact.Int(1000)
		for _, c := range candidates {
			if line, _ := s.Line(c.ID); line.Grade == "excellent" && c.Score.Cmp(lowest) < 0 {
				lowest = c.Score
			}
		}
		for _, c := range candidates {
			line, _ := s.Line(c.ID)
			if line.Grade == "excellent" {
				continue
			}
			if len(line.Passed) != 1 || line.Passed[0].Rule == "" {
				t.Fatalf("%+v", line)
			}
			if rule := line.Passed[0].Rule; rule == grading.SkippedFull && c.Score.Cmp(lowest) > 0 {
				t.Fatalf("%s with %s has no seat while %s has", c.ID, c.Score, lowest)
			}
		}
	})
}

func TestTheOrderOfPeopleDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates, quota := draw(t), template.Quota{AtMost: drawShare(t), Kind: "soft"}
		scale, decided := drawScale(t, quota), drawDecisions(t, len(candidates))
		shuffled := rapid.Permutation(candidates).Draw(t, "order")
		if a, b := grading.Solve(scale, candidates, decided), grading.Solve(scale, shuffled, decided); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}
