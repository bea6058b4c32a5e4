package contest_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

func explain(t *testing.T, in contest.Input, subject string) *contest.Explanation {
	t.Helper()
	e, err := contest.Explain(in.Template, in.Rubric, compute(t, in), subject)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExplain(t *testing.T) {
	t.Parallel()
	e := explain(t, seven("2023-04"), "V5")
	if e.Best.Subject != "V1" || e.Next.Subject != "V4" || e.Next.Rank != 3 || len(e.TiedWith) != 0 {
		t.Errorf("%+v %+v", e.Best, e.Next)
	}
	item := e.Items[0]
	if !item.Score.Equal(exact.Int(80)) || !item.ToBest.Equal(exact.Int(15)) || !item.ToNext.Equal(exact.Int(5)) || !item.ToTop.Equal(exact.Int(15)) {
		t.Errorf("%+v", item)
	}
	if c := item.Channels[0]; c.Channel != "onsite" || !c.Share.Equal(exact.Int(40)) || c.Judges != 2 || !c.Value.Equal(exact.Int(80)) {
		t.Errorf("%+v", c)
	}
	if !e.Lift.Points.Equal(exact.Int(5)) || len(e.Lift.Options) != 2 || !e.Lift.Options[0].Raise.Equal(exact.Must("12.5")) || !e.Lift.Options[1].Raise.Equal(exact.Must("8.34")) {
		t.Errorf("%+v", e.Lift)
	}
	if tied := explain(t, seven("2023-04"), "V3"); !slices.Equal(tied.TiedWith, []string{"V4"}) || tied.Next.Subject != "V2" {
		t.Errorf("%+v", tied)
	}
	if top := explain(t, seven("2023-04"), "V1"); top.Best != nil || top.Next != nil || top.Lift != nil || top.Items[0].ToBest.Sign() != 0 {
		t.Errorf("nobody is better than the first: %+v", top)
	}
}

func TestExplainOnlyWhatIsRanked(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"95", "95", "95"}, [3]string{"90", "", "90"})
	for _, subject := range []string{"V2", "V9"} {
		if _, err := contest.Explain(in.Template, in.Rubric, compute(t, in), subject); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s: %v", subject, err)
		}
	}
	tally, err := contest.Tally(in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := contest.Explain(in.Template, in.Rubric, tally, "V1"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("without traces: %v", err)
	}
}

// covers Q24
func TestRivalsAreOfTheOwnTrack(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Template.Ranking.Scope = "track"
	for i := range in.Roster {
		in.Roster[i].Track = []string{"base", "demo"}[i%2]
	}
	if e := explain(t, in, "V5"); e.Next.Subject != "V3" || e.Best.Subject != "V1" {
		t.Errorf("%+v %+v", e.Best, e.Next)
	}
}

// What an explanation promises must come true: the raise it names lifts the
// subject at least one rank.
func TestLiftKeepsItsPromise(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		mark := rapid.Custom(func(t *rapid.T) string { return exact.Ratio(rapid.Int64Range(120, 200).Draw(t, "mark"), 2).String() })
		var villages [][3]string
		for range rapid.IntRange(2, 6).Draw(t, "villages") {
			villages = append(villages, [3]string{mark.Draw(t, "a"), mark.Draw(t, "b"), mark.Draw(t, "c")})
		}
		in := round("2023-04", villages...)
		in.Template.Channels[0].Step = exact.Number{}
		in.Template.Ranking.On = rapid.SampledFrom([]string{"published", "exact"}).Draw(t, "on")
		in.Template.Ranking.TieBreak = rapid.SampledFrom([][]string{nil, {"ledger"}}).Draw(t, "chain")
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		last := result.Standings[len(result.Standings)-1]
		e, err := contest.Explain(in.Template, in.Rubric, result, last.Subject)
		if err != nil {
			t.Fatal(err)
		}
		if e.Lift == nil {
			return // all share the first rank
		}
		for _, o := range e.Lift.Options {
			lifted := in
			lifted.Marks = slices.Clone(in.Marks)
			for i := range lifted.Marks {
				if m := &lifted.Marks[i]; m.Subject == last.Subject && m.Channel == o.Channel {
					m.Value = m.Value.Add(o.Raise)
					if m.Value.Cmp(exact.Int(100)) > 0 {
						return // one judge alone has no room for it
					}
				}
			}
			again, err := contest.Compute(lifted)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range again.Standings {
				if s.Subject == last.Subject && s.Rank >= last.Rank {
					t.Fatalf("%+v leaves %s at rank %d of %d", o, s.Subject, s.Rank, last.Rank)
				}
			}
		}
	})
}

func TestChannelsOfAnItemWithItsOwnSplit(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Rubric[0].Split = []template.ChannelSplit{{Channel: "onsite", Weight: exact.Int(70)}, {Channel: "ledger", Weight: exact.Int(30)}}
	if c := explain(t, in, "V2").Items[0].Channels; !c[0].Share.Equal(exact.Int(70)) || !c[1].Share.Equal(exact.Int(30)) {
		t.Errorf("%+v", c)
	}
}
