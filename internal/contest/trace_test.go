package contest_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// checkTrace adds a trace's lines up, as values and as printed, and wants both
// to be the published total.
func checkTrace(t interface{ Fatalf(string, ...any) }, result *contest.Result, subject string, decimals int) {
	for _, trace := range result.Traces {
		if trace.Subject != subject {
			continue
		}
		var sum, shown exact.Number
		for _, l := range trace.Lines {
			switch l.Kind {
			case contest.LineItem, contest.LineDeduct, contest.LineRounding:
				sum, shown = sum.Add(l.Value), shown.Add(exact.Must(l.Shown))
			case contest.LineTotal:
				if !sum.Equal(l.Value) || shown.Fixed(decimals) != l.Shown || !shown.Equal(exact.Must(l.Shown)) {
					t.Fatalf("%s: the lines sum to %s, printed to %s; published is %s", subject, sum, shown, l.Shown)
				}
				return
			}
		}
	}
	t.Fatalf("%s has no trace with a total", subject)
}

func TestTraceSumsToThePublishedTotal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := round("2023-04")
		in.Template.Scale.Decimals = rapid.IntRange(0, 6).Draw(t, "decimals")
		in.Template.Scale.Rounding = rapid.SampledFrom(exact.Modes()).Draw(t, "rounding")
		in.Template.Channels[0].Weight = exact.Int(rapid.Int64Range(1, 99).Draw(t, "weight"))
		in.Template.Channels[1].Weight = exact.Int(100).Sub(in.Template.Channels[0].Weight)
		first := rapid.Int64Range(1, 98).Draw(t, "points")
		in.Rubric = []template.Item{points("a", first), points("b", 1), points("c", 99-first)}
		in.Roster = []contest.Subject{{ID: "V1"}}
		for _, item := range in.Rubric {
			in.Marks = append(in.Marks, judged(t, item.Key, "onsite", 2, 4)...)
			in.Marks = append(in.Marks, judged(t, item.Key, "ledger", 1, 1)...)
		}
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		checkTrace(t, result, "V1", in.Template.Scale.Decimals)
	})
}

func points(key string, n int64) template.Item {
	return template.Item{Key: key, Kind: template.KindPoints, Points: exact.Int(n)}
}

// judged draws the marks of several judges for one cell of V1.
func judged(t *rapid.T, item, channel string, least, most int) []contest.Mark {
	values := rapid.SliceOfN(rapid.Int64Range(0, 200), least, most).Draw(t, item+channel)
	out := make([]contest.Mark, len(values))
	for i, v := range values {
		judge := channel + string(rune('0'+i))
		out[i] = contest.Mark{ID: item + judge, Item: item, Channel: channel, Subject: "V1", Judge: judge, Value: exact.Ratio(v, 2)}
	}
	return out
}

func TestTraceShowsEveryStep(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"94", "90", "96"})
	in.Marks = append(in.Marks, contest.Mark{ID: "third", Item: "party", Channel: "onsite", Subject: "V1", Judge: "J9", Value: exact.Int(90)})
	lines := compute(t, in).Traces[0].Lines
	want := []contest.Line{
		{Kind: contest.LineMark, Item: "party", Channel: "onsite", Mark: "2023-04-V1-0", Judge: "J0", Value: exact.Int(94), Shown: "94.0000"},
		{Kind: contest.LineMark, Item: "party", Channel: "onsite", Mark: "2023-04-V1-1", Judge: "J1", Value: exact.Int(90), Shown: "90.0000"},
		{Kind: contest.LineMark, Item: "party", Channel: "onsite", Mark: "third", Judge: "J9", Value: exact.Int(90), Shown: "90.0000"},
		{Kind: contest.LineChannel, Item: "party", Channel: "onsite", Rule: "mean", Judges: 3, Factor: "0.4", Value: exact.Ratio(274, 3), Shown: "91.3333"},
		{Kind: contest.LineMark, Item: "party", Channel: "ledger", Mark: "2023-04-V1-2", Judge: "J2", Value: exact.Int(96), Shown: "96.0000"},
		{Kind: contest.LineChannel, Item: "party", Channel: "ledger", Rule: "single", Judges: 1, Factor: "0.6", Value: exact.Int(96), Shown: "96.0000"},
		{Kind: contest.LineItem, Item: "party", Value: exact.Must("7060/75"), Shown: "94.1333"},
		{Kind: contest.LineSum, Value: exact.Must("7060/75"), Shown: "94.1333"},
		{Kind: contest.LineRounding, Rule: "half-up", Value: exact.Must("94.13").Sub(exact.Must("7060/75")), Shown: "-0.0033"},
		{Kind: contest.LineTotal, Value: exact.Must("94.13"), Shown: "94.13"},
	}
	for i := range max(len(lines), len(want)) {
		if i >= len(lines) || i >= len(want) {
			t.Fatalf("%d lines, want %d", len(lines), len(want))
		}
		got, wanted := lines[i], want[i]
		if !got.Value.Equal(wanted.Value) {
			t.Errorf("line %d is worth %s, want %s", i, got.Value, wanted.Value)
		}
		got.Value, wanted.Value = exact.Number{}, exact.Number{}
		if got != wanted {
			t.Errorf("line %d is %+v, want %+v", i, got, wanted)
		}
	}
}
