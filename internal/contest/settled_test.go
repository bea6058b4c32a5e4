package contest_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// What is said of a village that is absent, incomplete or complete under every
// decision there is: never a silent 0, nothing decided that was not open, and
// nothing open once it was decided.
// covers Q13
func TestEveryDecisionOfEveryState(t *testing.T) {
	t.Parallel()
	whole := func(do string) *contest.Decision { return &contest.Decision{Do: do, Reason: "理由"} }
	cell := func(channel string) *contest.Decision {
		return &contest.Decision{Item: "party", Channel: channel, Do: contest.DecideZero, Reason: "理由"}
	}
	for _, c := range []struct {
		state    string
		decision *contest.Decision
		want     string // total, reason, gaps; or the refusal
	}{
		{"complete", nil, "80.00  0"},
		{"complete", whole(contest.DecideZero), "INPUT_DECISION"},
		{"complete", whole(contest.DecideUnranked), "INPUT_DECISION"},
		{"complete", cell("ledger"), "INPUT_DECISION"},
		{"no ledger mark", nil, " unmarked 1"},
		{"no ledger mark", whole(contest.DecideZero), "32.00  0"},
		{"no ledger mark", whole(contest.DecideUnranked), " unmarked 0"},
		{"no ledger mark", cell("ledger"), "32.00  0"},
		{"no ledger mark", cell("onsite"), "INPUT_DECISION"},
		{"no mark at all", nil, " unmarked 2"},
		{"no mark at all", whole(contest.DecideZero), "0.00  0"},
		{"no mark at all", whole(contest.DecideUnranked), " unmarked 0"},
		{"no mark at all", cell("ledger"), " unmarked 1"},
		{"absent", nil, " absent 0"},
		{"absent", whole(contest.DecideZero), "0.00  0"},
		{"absent", whole(contest.DecideUnranked), " absent 0"},
		{"absent", cell("ledger"), "INPUT_DECISION"},
	} {
		marks := map[string][3]string{"complete": {"80", "80", "80"}, "no ledger mark": {"80", "80", ""}}[c.state]
		in := round("2023-04", [3]string{"90", "90", "90"}, marks)
		in.Roster[1].Absent = c.state == "absent"
		if c.decision != nil {
			d := *c.decision
			d.Subject = "V2"
			in.Decisions = []contest.Decision{d}
		}
		result, err := contest.Compute(in)
		got := string(fault.CodeOf(err))
		if err == nil {
			s := standing(t, result, "V2")
			got = fmt.Sprintf("%s %s %d", s.Shown, s.Reason, len(result.Gaps))
		}
		if got != c.want {
			t.Errorf("%s with %+v: %q, want %q", c.state, c.decision, got, c.want)
		}
	}
}

// A village ranks in its track as it would if the track were all there is, and
// so are the bands drawn.
// covers Q24
func TestATrackIsAContestOfItsOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := round("2023-04")
		for i := range rapid.IntRange(2, 9).Draw(t, "villages") {
			id, value := fmt.Sprintf("V%d", i+1), rapid.Int64Range(150, 160).Draw(t, "value")
			in.Roster = append(in.Roster, contest.Subject{ID: id, Track: rapid.SampledFrom([]string{"base", "demo", "model"}).Draw(t, "track")})
			in.Marks = append(in.Marks, mark(id, "party", "onsite", 0, value), mark(id, "party", "onsite", 1, value), mark(id, "party", "ledger", 9, value))
		}
		in.Template.Ranking.Scope = "track"
		together, err := contest.Tally(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range together.Standings {
			alone := in
			of := func(id string) bool {
				return slices.ContainsFunc(in.Roster, func(v contest.Subject) bool { return v.ID == id && v.Track == s.Track })
			}
			all := *in.Template
			all.Ranking.Scope = "all"
			alone.Template = &all
			alone.Roster = slices.DeleteFunc(slices.Clone(in.Roster), func(v contest.Subject) bool { return v.Track != s.Track })
			alone.Marks = slices.DeleteFunc(slices.Clone(in.Marks), func(m contest.Mark) bool { return !of(m.Subject) })
			apart, err := contest.Tally(alone)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(apart.Standings, func(o contest.Standing) bool { return o.Subject == s.Subject })
			if o := apart.Standings[i]; o.Rank != s.Rank || o.Of != s.Of || !slices.Equal(o.Bands, s.Bands) || o.RankFromBottom != s.RankFromBottom {
				t.Fatalf("%s: in its track %+v, alone %+v", s.Subject, s, o)
			}
		}
	})
}

// Deductions touch a total only where the template says so, each shown in the
// trace, and the rest of the board moves as if the total were the smaller one.
// covers Q36
func TestDeductionsOnlyWhereTheTemplateSaysSo(t *testing.T) {
	t.Parallel()
	for into, allowed := range map[string]bool{"": false, "account": false, contest.DeductNext: true} {
		in := seven("2023-05")
		in.Deductions = []contest.Deduction{{Issue: "I1", Subject: "V2", Points: exact.Must("5.01")}, {Issue: "I2", Subject: "V7", Points: exact.Int(80)}}
		if into != "" {
			in.Template.Issues = &template.Issues{Into: into}
		}
		result, err := contest.Compute(in)
		if (err == nil) != allowed {
			t.Errorf("into %q: %v", into, err)
		}
		if err != nil {
			continue
		}
		if got, want := board(result), " V1=95.00/1 V3=85.00/2 V4=85.00/2 V2=84.99/4 V5=80.00/5 V6=75.00/6 V7=-10.00/7"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		for _, subject := range []string{"V1", "V2", "V7"} {
			checkTrace(t, result, subject, 2)
		}
	}
}

// The versions of the rules are those there were, and no other is computed,
// sealed or taken for one.
func TestVersionsOfTheRules(t *testing.T) {
	t.Parallel()
	if got := contest.Versions(); !slices.Contains(got, contest.RulesVersion) || !slices.IsSorted(got) || got[0] != 1 {
		t.Errorf("the versions are %v", got)
	}
	for _, version := range []int{-1, 0, contest.RulesVersion + 1, 1 << 30} {
		in := seven("2023-04")
		result := compute(t, in)
		in.Rules = version
		for name, err := range map[string]error{
			"compute": second(contest.Compute(in)), "tally": second(contest.Tally(in)),
			"seal": second(contest.Seal(in, result, contest.NewSigner("k", key("k")), contest.Sealed)),
		} {
			if fault.CodeOf(err) != fault.BundleRulesUnknown {
				t.Errorf("%s of version %d: %v", name, version, err)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

// What an explanation adds up to is what the board says: items to the exact
// total, channels to their items, losses to the distance.
func TestExplanationsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawPlain(t).input()
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		exactOf := map[string]exact.Number{}
		for _, s := range result.Standings {
			exactOf[s.Subject] = s.Exact
		}
		for _, s := range result.Standings {
			e, err := contest.Explain(in.Template, in.Rubric, result, s.Subject)
			if err != nil {
				t.Fatal(err)
			}
			var score, toBest, toNext exact.Number
			for _, item := range e.Items {
				score, toBest, toNext = score.Add(item.Score), toBest.Add(item.ToBest), toNext.Add(item.ToNext)
				var channels exact.Number
				for _, c := range item.Channels {
					channels = channels.Add(c.Factor.Mul(c.Value))
				}
				if !channels.Equal(item.Score) || item.ToTop.Cmp(item.ToBest) < 0 || item.ToTop.Sign() < 0 || item.Score.Cmp(item.Points) > 0 {
					t.Fatalf("%s, %s: %+v of channels %s", s.Subject, item.Item, item, channels)
				}
			}
			if !score.Equal(s.Exact) || (e.Best == nil) != (s.Rank == 1) || (e.Next == nil) != (s.Rank == 1) {
				t.Fatalf("%s: items of %s, exact total %s, %+v", s.Subject, score, s.Exact, e.Best)
			}
			if e.Best != nil && (!toBest.Equal(exactOf[e.Best.Subject].Sub(s.Exact)) || !toNext.Equal(exactOf[e.Next.Subject].Sub(s.Exact)) || e.Next.Rank >= s.Rank || e.Best.Rank != 1) {
				t.Fatalf("%s: %s to the best, %s to the next, %+v %+v", s.Subject, toBest, toNext, e.Best, e.Next)
			}
		}
	})
}

// A change may do what it likes with the template it is handed: the one of the
// round stays as it was, down to the last list.
func TestSimulationsLeaveTheTemplateAlone(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Template.Rollups = []template.Rollup{{Key: "half-year", Bands: []template.Band{{Key: "top", Best: 3}}, Outcomes: []template.Outcome{{When: "top", Do: "money", To: []string{"village"}}}}}
	in.Template.Items = []template.Item{{Key: "party", Name: template.Text{ZH: "党建"}, Kind: template.KindPoints, Points: exact.Int(100), Split: []template.ChannelSplit{{Channel: "onsite", Weight: exact.Int(40)}, {Channel: "ledger", Weight: exact.Int(60)}}}}
	in.Rubric = in.Template.Items
	in.Template.Issues = &template.Issues{Into: "account"}
	before := template.Canonical(*in.Template)
	_, err := contest.WhatIf([]contest.Input{in}, func(doc *template.Document) {
		for i := range doc.Outcomes {
			for k := range doc.Outcomes[i].Values {
				doc.Outcomes[i].Values[k] = exact.Int(99)
			}
			for k := range doc.Outcomes[i].To {
				doc.Outcomes[i].To[k] = "village"
			}
			for k := range doc.Outcomes[i].With {
				doc.Outcomes[i].With[k] = "village"
			}
		}
		doc.Channels[0].Judges.Min, doc.Bands[0].Best, doc.Streaks[0].Length = 1, 1, 9
		doc.Rollups[0].Bands[0].Best, doc.Rollups[0].Outcomes[0].To[0] = 1, "person"
		doc.Items[0].Split[0].Weight, doc.Items[0].Split[1].Weight, doc.Issues.Into = exact.Int(60), exact.Int(40), "next-total"
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := template.Canonical(*in.Template); !bytes.Equal(before, after) {
		t.Errorf("the template became %s", after)
	}
}
