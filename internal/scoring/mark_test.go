package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

func TestCheckMark(t *testing.T) {
	t.Parallel()
	c := template.Channel{Range: [2]exact.Number{exact.Int(10), exact.Int(90)}, Step: exact.Ratio(1, 2)}
	for mark, want := range map[string]fault.Code{
		"10": "", "90": "", "42.5": "",
		"9.5":   fault.MarkOutOfRange,
		"90.5":  fault.MarkOutOfRange,
		"-1":    fault.MarkOutOfRange,
		"42.25": fault.MarkStep,
		"100/3": fault.MarkStep,
	} {
		if err := scoring.CheckMark(&c, exact.Must(mark)); fault.CodeOf(err) != want {
			t.Errorf("%s gives %v, want %q", mark, err, want)
		}
	}
	open := template.Channel{}
	if err := scoring.CheckMark(&open, exact.Must("99.999")); err != nil {
		t.Errorf("a channel without range and step takes any decimal up to 100: %v", err)
	}
	if err := scoring.CheckMark(&open, exact.Must("100.001")); fault.CodeOf(err) != fault.MarkOutOfRange {
		t.Errorf("above 100 gives %v", err)
	}
}

func TestCombine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		judges template.Judges
		marks  []exact.Number
		want   string
	}{
		"single":          {template.Judges{Combine: scoring.Single}, values("88"), "88"},
		"mean":            {template.Judges{Combine: scoring.Mean}, values("94", "90", "90"), "274/3"},
		"median, odd":     {template.Judges{Combine: scoring.Median}, values("94", "60", "90"), "90"},
		"median, even":    {template.Judges{Combine: scoring.Median}, values("94", "60", "90", "91"), "90.5"},
		"trimmed":         {template.Judges{Combine: scoring.Trimmed, Drop: 1}, values("88", "96", "89", "87", "96"), "91"},
		"trimmed, few":    {template.Judges{Combine: scoring.Trimmed, Drop: 1}, values("80", "90"), "85"},
		"trimmed, nobody": {template.Judges{Combine: scoring.Trimmed}, values("80", "90"), "85"},
	} {
		if got := scoring.Combine(c.judges, c.marks); !got.Equal(exact.Must(c.want)) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// covers Q13
func TestMissingMarksAreNeverZero(t *testing.T) {
	t.Parallel()
	pair := template.Judges{Min: 2, Combine: scoring.Mean}
	trimmed := template.Judges{Min: 1, Combine: scoring.Trimmed, Drop: 1}
	single := template.Judges{Min: 1, Combine: scoring.Single}
	for name, c := range map[string]struct {
		judges template.Judges
		marks  []exact.Number
		want   scoring.Gap
	}{
		"none":                    {pair, nil, scoring.Missing},
		"one of two":              {pair, values("90"), scoring.TooFew},
		"two of two":              {pair, values("90", "80"), ""},
		"more than two":           {pair, values("90", "80", "70"), ""},
		"trimming leaves none":    {trimmed, values("90", "80"), scoring.TooFew},
		"trimming leaves one":     {trimmed, values("90", "80", "70"), ""},
		"single":                  {single, values("90"), ""},
		"two where one counts":    {single, values("90", "80"), scoring.TooMany},
		"a mark of 0 is a mark":   {single, values("0"), ""},
		"no minimum is still one": {template.Judges{}, nil, scoring.Missing},
	} {
		value, gap := scoring.Value(c.judges, c.marks)
		if gap != c.want {
			t.Errorf("%s: gap %q (value %s), want %q", name, gap, value, c.want)
		}
	}
}

func TestCombiningIgnoresTheOrderAndStaysInside(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		marks := drawMarks(t, "marks", 1, 9)
		judges := template.Judges{Combine: rapid.SampledFrom([]string{scoring.Mean, scoring.Median, scoring.Trimmed}).Draw(t, "combine"), Drop: rapid.IntRange(0, 3).Draw(t, "drop")}
		got := scoring.Combine(judges, marks)
		shuffled := rapid.Permutation(marks).Draw(t, "shuffled")
		if again := scoring.Combine(judges, shuffled); !again.Equal(got) {
			t.Fatalf("%s in one order, %s in another", got, again)
		}
		low, high := marks[0], marks[0]
		for _, m := range marks {
			if m.Cmp(low) < 0 {
				low = m
			}
			if m.Cmp(high) > 0 {
				high = m
			}
		}
		if got.Cmp(low) < 0 || got.Cmp(high) > 0 {
			t.Fatalf("%s lies outside %s to %s", got, low, high)
		}
	})
}

// drawMarks draws marks in halves from 0 to 100.
func drawMarks(t *rapid.T, label string, least, most int) []exact.Number {
	halves := rapid.SliceOfN(rapid.Int64Range(0, 200), least, most).Draw(t, label)
	out := make([]exact.Number, len(halves))
	for i, h := range halves {
		out[i] = exact.Ratio(h, 2)
	}
	return out
}
