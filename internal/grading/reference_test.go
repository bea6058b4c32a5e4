package grading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/grading"
	"leitai/internal/template"
)

// above compares two candidates by score and chain, by definition.
func above(a, b grading.Candidate) int {
	if c := a.Score.Cmp(b.Score); c != 0 {
		return c
	}
	return a.Ties[0].Cmp(b.Ties[0])
}

// fits is the condition of the drawn scale, by definition.
func fits(step template.GradeStep, c grading.Candidate) bool {
	return c.Barred == "" && (step.From == nil || c.Score.Cmp(*step.From) >= 0) &&
		(len(step.Needs) == 0 || c.Held["review"] == "good")
}

// Without decisions a ceiling gives a seat to exactly those with whom, and with
// everybody tied with them or better, the seats suffice; those better who do not
// fit count only where their seats stay empty.
// covers Q17, Q21
func TestACeilingByItsDefinition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates, share := draw(t), drawShare(t)
		scale := drawScale(t, template.Quota{AtMost: share, Kind: "hard"})
		scale.Steps[0].Quota.Of = ""
		step := scale.Steps[0]
		seats, _ := share.Mul(exact.Int(int64(len(candidates)))).Floor().Int64()
		s := grading.Solve(scale, candidates, nil)
		for _, c := range candidates {
			taken := int64(0)
			for _, other := range candidates {
				switch {
				case fits(step, other) && above(other, c) >= 0:
					taken++
				case !fits(step, other) && above(other, c) > 0 && step.Unused == "empty":
					taken++
				}
			}
			line, _ := s.Line(c.ID)
			if want := fits(step, c) && taken <= seats; (line.Grade == "excellent") != want {
				t.Fatalf("%s: %+v, by definition %v (%d of %d)", c.ID, line, want, taken, seats)
			}
		}
	})
}

// A floor gives a seat to exactly those than whom fewer are better than there
// are seats.
// covers Q19
func TestAFloorByItsDefinition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates, share := draw(t), drawShare(t)
		scale := drawScale(t, template.Quota{AtLeast: share})
		scale.Steps[0].Quota.Of, scale.Steps[0].Ties = "", "inclusive"
		step := scale.Steps[0]
		seats, _ := share.Mul(exact.Int(int64(len(candidates)))).Ceil().Int64()
		s := grading.Solve(scale, candidates, nil)
		for _, c := range candidates {
			better := int64(0)
			for _, other := range candidates {
				if fits(step, other) && above(other, c) > 0 {
					better++
				}
			}
			line, _ := s.Line(c.ID)
			if want := fits(step, c) && better < seats; (line.Grade == "excellent") != want {
				t.Fatalf("%s: %+v, by definition %v (%d better, %d seats)", c.ID, line, want, better, seats)
			}
		}
	})
}

// Doing better never costs a seat.
// covers Q17, Q19
func TestAPointMoreNeverCostsASeat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates, quota := draw(t), template.Quota{AtMost: drawShare(t), Kind: "hard"}
		if len(candidates) == 0 {
			return
		}
		if rapid.Bool().Draw(t, "floor") {
			quota = template.Quota{AtLeast: quota.AtMost}
		}
		scale := drawScale(t, quota)
		scale.Steps[0].Quota.Of = ""
		i := rapid.IntRange(0, len(candidates)-1).Draw(t, "who")
		before, _ := grading.Solve(scale, candidates, nil).Line(candidates[i].ID)
		candidates[i].Score = candidates[i].Score.Add(exact.Int(1))
		after, _ := grading.Solve(scale, candidates, nil).Line(candidates[i].ID)
		if before.Grade == "excellent" && after.Grade != "excellent" {
			t.Fatalf("%+v became %+v", before, after)
		}
	})
}

// Whoever is barred makes room, and takes nothing from anybody else.
// covers Q21
func TestABarOnlyHelpsOthers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		candidates := draw(t)
		if len(candidates) == 0 {
			return
		}
		scale := drawScale(t, template.Quota{AtMost: drawShare(t), Kind: "hard"})
		scale.Steps[0].Quota.Of, scale.Steps[0].Unused = "", "pass-on"
		before := grading.Solve(scale, candidates, nil).Holders("excellent")
		i := rapid.IntRange(0, len(candidates)-1).Draw(t, "who")
		candidates[i].Barred = "违纪"
		after := grading.Solve(scale, candidates, nil).Holders("excellent")
		for _, id := range before {
			if id != candidates[i].ID && !slices.Contains(after, id) {
				t.Fatalf("%s lost the seat when %s was barred: %v, then %v", id, candidates[i].ID, before, after)
			}
		}
	})
}

// Several quotas of one scale are each a share of everybody, and who has a
// better grade takes no seat of a lower one.
// covers E12, Q17
func TestGradesWithinGrades(t *testing.T) {
	t.Parallel()
	first, second := share("20%"), share("40%")
	scale := template.GradeScale{Key: "annual", Steps: []template.GradeStep{
		{Key: "excellent", Quota: &template.Quota{AtMost: first}}, {Key: "good", Quota: &template.Quota{AtMost: second}}, {Key: "competent", From: share("60")}, {Key: "poor"},
	}}
	s := grading.Solve(scale, people("99", "98", "97", "96", "59"), nil)
	var got []string
	for _, l := range s.Lines {
		got = append(got, l.Subject+" "+l.Grade)
	}
	if want := "A excellent, B good, C good, D competent, E poor"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
	if passed(s, "D") != "excellent:QUOTA_FULL good:QUOTA_FULL" || passed(s, "E") != "excellent:QUOTA_FULL good:QUOTA_FULL competent:BELOW_THRESHOLD" {
		t.Errorf("D %s, E %s", passed(s, "D"), passed(s, "E"))
	}
	tied := grading.Solve(scale, people("99", "99", "97", "97", "97"), nil)
	if len(tied.Holders("excellent")) != 0 || fmt.Sprint(tied.Holders("good")) != "[A B]" || tied.Quotas[0].Open != 1 || tied.Quotas[1].Open != 0 {
		t.Errorf("two tied for one seat of the best grade have the next one until it is decided: %v, %+v", tied.Holders("good"), tied.Quotas)
	}
}

// A threshold beside a quota is a condition: who is below it gets no seat, and a
// floor is then short rather than forced.
// covers Q19, D33
func TestAThresholdBesideAQuota(t *testing.T) {
	t.Parallel()
	from := func(s *template.GradeStep) { s.From = share("90") }
	s := grading.Solve(annual(template.Quota{AtLeast: share("75%")}, from), people("95", "90", "89", "88"), nil)
	if holders(s) != "A B" || s.Quotas[0].Seats != 3 || s.Quotas[0].Shortfall != 1 || passed(s, "C") != "excellent:BELOW_THRESHOLD" {
		t.Errorf("%s %+v %s", holders(s), s.Quotas[0], passed(s, "C"))
	}
	refused := grading.Solve(annual(template.Quota{AtLeast: share("75%")}, from), people("95", "90", "89", "88"), []grading.Decision{decision("C", "excellent")})
	if holders(refused) != "A B" || len(refused.Refused) != 1 || refused.Refused[0].Fault.Code != fault.GradeNotEligible {
		t.Errorf("nobody is forced into a floor: %s %v", holders(refused), refused.Refused)
	}
}

// Every fault of a decision says what is wrong in both languages, about whom.
func TestRefusedDecisionsSayWhy(t *testing.T) {
	t.Parallel()
	s := grading.Solve(annual(template.Quota{AtMost: share("25%")}), people("93", "92", "91", "79"), []grading.Decision{
		decision("B", "excellent"), decision("C", "superb"), decision("Z", "excellent"), {Subject: "D", Grade: "excellent"},
	})
	if len(s.Refused) != 4 {
		t.Fatalf("%d refused", len(s.Refused))
	}
	for _, r := range s.Refused {
		if fmt.Sprint(r.Fault.Subjects) != "["+r.Decision.Subject+"]" {
			t.Errorf("%s is about %v", r.Fault.Code, r.Fault.Subjects)
		}
		for _, language := range []fault.Language{fault.Chinese, fault.English} {
			if message := r.Fault.Message(language); message == "" || strings.Contains(message, "{") {
				t.Errorf("%s says %q", r.Fault.Code, message)
			}
		}
	}
}

// A floor whose tied were all decided against passes its seats on; one of them
// undecided keeps the seat open.
// covers Q19
func TestAFloorPassesOnWhatTheCommitteeWithheld(t *testing.T) {
	t.Parallel()
	scale := annual(template.Quota{AtLeast: share("25%")}, func(s *template.GradeStep) { s.Ties = "decide" })
	tied := people("93", "93", "91", "79")
	against := []grading.Decision{decision("A", "competent"), decision("B", "competent")}
	if s := grading.Solve(scale, tied, against); holders(s) != "C" || s.Quotas[0].Shortfall != 0 {
		t.Errorf("%s %+v", holders(s), s.Quotas[0])
	}
	if s := grading.Solve(scale, tied, against[:1]); holders(s) != "" || s.Quotas[0].Open != 1 || strings.Join(s.Quotas[0].Tied, " ") != "B" {
		t.Errorf("%s %+v", holders(s), s.Quotas[0])
	}
	if s := grading.Solve(scale, tied, []grading.Decision{decision("A", "excellent"), decision("B", "excellent")}); holders(s) != "A B" || s.Quotas[0].Over != 1 {
		t.Errorf("a floor takes both: %s %+v", holders(s), s.Quotas[0])
	}
}

// What people enter keeps to a quota in principle by two people, and a floor
// says what it lacks.
// covers Q18, E20
func TestEnteredGradesAndQuotas(t *testing.T) {
	t.Parallel()
	entered := func(quota template.Quota) template.GradeScale {
		scale := annual(quota)
		scale.Of = grading.OfEntered
		return scale
	}
	seconded := decision("A", "excellent")
	seconded.Second = "second"
	soft := grading.Solve(entered(template.Quota{AtMost: share("25%"), Kind: "soft"}), people("0", "0", "0", "0"),
		[]grading.Decision{seconded, decision("B", "excellent"), decision("C", "competent")})
	if holders(soft) != "A" || len(soft.Refused) != 1 || soft.Refused[0].Fault.Code != fault.GradeSecondMissing || fmt.Sprint(soft.Missing()) != "[B D]" {
		t.Errorf("%s %v missing %v", holders(soft), soft.Refused, soft.Missing())
	}
	floor := grading.Solve(entered(template.Quota{AtLeast: share("50%")}), people("0", "0", "0", "0"), []grading.Decision{decision("A", "excellent")})
	if holders(floor) != "A" || floor.Quotas[0].Shortfall != 1 {
		t.Errorf("%s %+v", holders(floor), floor.Quotas[0])
	}
	needs := entered(template.Quota{AtMost: share("50%")})
	needs.Steps[0].Needs = []template.Need{{Scale: "review", Grade: "good"}}
	capped := grading.Solve(needs, people("0", "0"), []grading.Decision{decision("A", "excellent")})
	if holders(capped) != "" || passed(capped, "A") != "excellent:NEEDS_GRADE competent:ENTERED_OTHERWISE" {
		t.Errorf("%s %s", holders(capped), passed(capped, "A"))
	}
}
