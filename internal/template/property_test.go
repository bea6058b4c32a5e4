package template

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// anyText draws a name as people write them: several scripts, signs that mean
// something in YAML, words that YAML reads as something else.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"党建", "true", "null", "~", "no", "0x1F", "1e3", "2024-01-05", "01-07", "- a", "a: b", "#无", "'", `"`, "{a}", "[b]", "&a", "*a", "!t", "%", "@", "`", "<<", "|", ">", "?", "a #b", "=", ".5", "12:30:45", "½", "😀", "a,b", "名，称；：（）"}),
		rapid.StringMatching(`[\p{Han}A-Za-z0-9#&*!|>'"%@{}\[\],?:.-]([\p{Han}A-Za-z0-9 #&*!|>'"%@{}\[\],?:.-]{0,30}[\p{Han}A-Za-z0-9#&*!|>'"%@{}\[\],?:.-])?`),
	)
}

// parts100 draws exact weights that sum to 100.
func parts100(t *rapid.T, n int, label string) []exact.Number {
	rest, all := exact.Int(100), make([]exact.Number, n)
	for i := range n - 1 {
		all[i] = rest.Mul(exact.Ratio(rapid.Int64Range(1, 6).Draw(t, label), 7))
		rest = rest.Sub(all[i])
	}
	all[n-1] = rest
	return all
}

// anyDocument draws a sound document: the monthly contest with other numbers,
// names, items, bands and readings.
func anyDocument(base Document) *rapid.Generator[Document] {
	return rapid.Custom(func(t *rapid.T) Document {
		d := base
		d.Name = Text{ZH: anyText().Draw(t, "name"), EN: rapid.OneOf(rapid.Just(""), anyText()).Draw(t, "name in English")}
		d.Scale.Decimals = rapid.IntRange(0, 6).Draw(t, "decimals")
		d.Scale.Rounding = rapid.SampledFrom(exact.Modes()).Draw(t, "rounding")
		weights := parts100(t, len(base.Channels), "weight")
		d = d.WithWeights(map[string]exact.Number{"onsite": weights[0], "ledger": weights[1]})
		n := rapid.IntRange(1, 6).Draw(t, "items")
		d = d.WithItems(base.Items[:n])
		for i, p := range parts100(t, n, "points") {
			d.Items[i].Points = p
			d.Items[i].Name.ZH = "项目" + anyText().Draw(t, "item")
			d.Items[i].Criteria = rapid.SampledFrom([]string{"", "一行", "两行\n  缩进", "a\n\nb: c\n# d", "尾\n\n\n行", "- x\n- y"}).Draw(t, "criteria")
		}
		if rapid.Bool().Draw(t, "own split") {
			split := parts100(t, 2, "split")
			d.Items[0].Split = []ChannelSplit{{"onsite", split[0]}, {"ledger", split[1]}}
		}
		size := rapid.IntRange(1, 8).Draw(t, "size")
		d.Bands = []Band{{Key: "top", Best: size, Ties: "inclusive", Small: "half"}, {Key: "bottom", Worst: 3, Ties: "exclusive", Small: "explicit"}}
		d.Outcomes = append([]Outcome(nil), base.Outcomes...)
		d.Outcomes[0].Values = make([]exact.Number, size)
		for i := range size {
			d.Outcomes[0].Values[i] = exact.Ratio(rapid.Int64Range(-999, 999).Draw(t, "value"), rapid.Int64Range(1, 9).Draw(t, "over"))
		}
		return d
	})
}

// Whatever is drawn is sound, prints to YAML and to canonical JSON that read
// back the same, and prints the same again.
func TestAnyDocumentReadsBackUnchanged(t *testing.T) {
	t.Parallel()
	gen := anyDocument(arena(t))
	rapid.Check(t, func(t *rapid.T) {
		d := gen.Draw(t, "document")
		for _, f := range Validate(d) {
			if f.Code == fault.TemplatePublicVote || f.Code == fault.TemplateUseScored {
				return // a drawn name may happen to name what never scores
			}
			t.Fatalf("not sound: %v", f)
		}
		printed := Print(d)
		fromYAML, err := Parse(printed)
		if err != nil {
			t.Fatalf("%v\n%s", err, printed)
		}
		fromJSON, err := Read(Canonical(d))
		if err != nil {
			t.Fatalf("%v\n%s", err, Canonical(d))
		}
		if !Equal(d, fromYAML) || !Equal(d, fromJSON) || !reflect.DeepEqual(fromYAML, fromJSON) {
			t.Fatalf("read back otherwise: %v %v\n%s", Diff(d, fromYAML), Diff(d, fromJSON), printed)
		}
		if !bytes.Equal(Print(fromYAML), printed) {
			t.Fatalf("printing is not stable:\n%s\n%s", printed, Print(fromYAML))
		}
	})
}

// Two documents differ exactly when their differences are not empty, and a
// child that locks everything may differ in nothing.
func TestDiffIsEmptyExactlyForEqualDocuments(t *testing.T) {
	t.Parallel()
	gen := anyDocument(arena(t))
	rapid.Check(t, func(t *rapid.T) {
		a, b := gen.Draw(t, "a"), gen.Draw(t, "b")
		if same, changes := Equal(a, b), Diff(a, b); same != (len(changes) == 0) {
			t.Fatalf("equal %v with the differences %v", same, changes)
		}
		b.DerivedFrom = &Derived{Key: a.Key, Version: 1, Locked: []string{"channels", "items", "bands", "outcomes", "scale"}}
		b.Name = a.Name
		b.Key = "child"
		changed := Diff(a, b)
		if locked := CheckLocked(a, b); len(locked) != len(changed)-2 { // key and derivedFrom differ by their nature
			t.Fatalf("%d locked fields changed of %v: %v", len(locked), changed, locked)
		}
	})
}

// Weights that do not sum to exactly 100 are refused, however close they come.
func TestWeightsSumExactly(t *testing.T) {
	t.Parallel()
	base := arena(t)
	rapid.Check(t, func(t *rapid.T) {
		on := exact.Ratio(rapid.Int64Range(0, 700).Draw(t, "on site"), 7)
		off := exact.Ratio(rapid.Int64Range(-3, 3).Draw(t, "off"), 1_000_000_007)
		ledger := exact.Int(100).Sub(on).Add(off)
		if ledger.Sign() < 0 {
			return
		}
		d := base.WithWeights(map[string]exact.Number{"onsite": on, "ledger": ledger})
		if refused := len(Validate(d)) > 0; refused != (off.Sign() != 0) {
			t.Fatalf("%s and %s: refused %v", on, ledger, refused)
		}
	})
}
