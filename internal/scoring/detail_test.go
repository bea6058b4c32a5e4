package scoring_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

func number(s string) *exact.Number {
	n := exact.Must(s)
	return &n
}

// kinds are one item of every kind whose marks say what was found, each worth 10.
func kinds() map[template.ItemKind]*template.Item {
	rows := []template.TableRow{{Key: "late", Points: exact.Int(2)}, {Key: "fake", Points: exact.Int(5)}}
	return map[template.ItemKind]*template.Item{
		template.KindChecklist: {Key: "team", Name: template.Text{ZH: "班子", EN: "team"}, Kind: template.KindChecklist, Points: exact.Int(10), Rule: template.ItemRule{Checks: []template.Check{
			{Key: "complete", Points: exact.Int(5)}, {Key: "duty", Name: template.Text{ZH: "值班", EN: "duty"}, Points: exact.Int(3)}, {Key: "office", Points: exact.Int(2)},
		}}},
		template.KindLevels: {Key: "level", Kind: template.KindLevels, Points: exact.Int(10), Rule: template.ItemRule{Levels: []template.Level{
			{Key: "good", Points: exact.Int(10)}, {Key: "fair", Points: exact.Must("7.5")}, {Key: "poor"},
		}}},
		template.KindDeductions: {Key: "minus", Kind: template.KindDeductions, Points: exact.Int(10), Rule: template.ItemRule{Table: rows, Floor: number("1")}},
		template.KindBonus:      {Key: "plus", Kind: template.KindBonus, Rule: template.ItemRule{Table: rows, Cap: number("6")}},
		template.KindVeto:       {Key: "veto", Kind: template.KindVeto, Rule: template.ItemRule{Basis: "例发〔2023〕1号"}},
	}
}

// checked writes a checklist's detail as letters: y, n, a for not applicable.
func checked(states string) *scoring.Detail {
	d := &scoring.Detail{}
	for i, key := range []string{"complete", "duty", "office"} {
		d.Checks = append(d.Checks, scoring.CheckState{Key: key, State: map[byte]string{'y': "yes", 'n': "no", 'a': "na"}[states[i]]})
	}
	return d
}

func event(key string, count int) scoring.EventCount {
	return scoring.EventCount{Key: key, Count: count}
}

func happened(events ...scoring.EventCount) *scoring.Detail { return &scoring.Detail{Events: events} }

// covers B03, B04
func TestValueOfWhatWasFound(t *testing.T) {
	t.Parallel()
	items := kinds()
	full := *items[template.KindChecklist]
	full.NA = scoring.Full
	for name, c := range map[string]struct {
		item *template.Item
		d    *scoring.Detail
		want string
		na   bool
	}{
		"all met":                   {items[template.KindChecklist], checked("yyy"), "10", false},
		"none met":                  {items[template.KindChecklist], checked("nnn"), "0", false},
		"one met":                   {items[template.KindChecklist], checked("nyn"), "3", false},
		"points of na are spread":   {items[template.KindChecklist], checked("ayn"), "6", false},
		"spread is a fraction":      {items[template.KindChecklist], checked("yna"), "6.25", false},
		"nothing applies":           {items[template.KindChecklist], checked("aaa"), "0", true},
		"na counts as met":          {&full, checked("ayn"), "8", false},
		"nothing applies, but full": {&full, checked("aaa"), "10", false},
		"a level":                   {items[template.KindLevels], &scoring.Detail{Level: "fair"}, "7.5", false},
		"the lowest level":          {items[template.KindLevels], &scoring.Detail{Level: "poor"}, "0", false},
		"nothing to deduct":         {items[template.KindDeductions], &scoring.Detail{}, "10", false},
		"two kinds of event":        {items[template.KindDeductions], happened(event("late", 1), event("fake", 1)), "3", false},
		"never below the floor":     {items[template.KindDeductions], happened(event("fake", 9)), "1", false},
		"a bonus":                   {items[template.KindBonus], happened(event("late", 2)), "4", false},
		"a bonus to its cap":        {items[template.KindBonus], happened(event("late", 2), event("fake", 1)), "6", false},
		"a veto is worth no points": {items[template.KindVeto], &scoring.Detail{Veto: true}, "0", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if faults := scoring.CheckDetail(c.item, c.d); len(faults) > 0 {
				t.Fatal(faults)
			}
			if got := scoring.ValueOf(c.item, *c.d); got.String() != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if got := scoring.NotApplicable(c.item, *c.d); got != c.na {
				t.Errorf("not applicable is %v", got)
			}
		})
	}
}

func TestDetailsAreRefusedAtTheirPlace(t *testing.T) {
	t.Parallel()
	items := kinds()
	points := &template.Item{Key: "p", Kind: template.KindPoints, Points: exact.Int(10)}
	unknown, twice, state, short := checked("yyy"), checked("yyy"), checked("yyy"), checked("yyy")
	unknown.Checks[2].Key, twice.Checks[2].Key, state.Checks[1].State, short.Checks = "roof", "duty", "maybe", short.Checks[:2]
	for name, c := range map[string]struct {
		item *template.Item
		d    *scoring.Detail
		want string // codes and fields
	}{
		"no detail":           {items[template.KindLevels], nil, "MARK_DETAIL_MISSING@"},
		"detail of points":    {points, &scoring.Detail{Level: "good"}, "MARK_DETAIL_KIND@"},
		"level of checklist":  {items[template.KindChecklist], func() *scoring.Detail { d := checked("yyy"); d.Level = "good"; return d }(), "MARK_DETAIL_KIND@level"},
		"veto of a bonus":     {items[template.KindBonus], &scoring.Detail{Veto: true}, "MARK_DETAIL_KIND@veto"},
		"events of levels":    {items[template.KindLevels], &scoring.Detail{Level: "good", Events: happened(event("late", 1)).Events}, "MARK_DETAIL_KIND@events"},
		"checks of a veto":    {items[template.KindVeto], checked("yyy"), "MARK_DETAIL_KIND@checks"},
		"unknown check":       {items[template.KindChecklist], unknown, "MARK_DETAIL_KEY_UNKNOWN@checks[2].key MARK_DETAIL_UNANSWERED@checks"},
		"a check twice":       {items[template.KindChecklist], twice, "MARK_DETAIL_KEY_TWICE@checks[2].key MARK_DETAIL_UNANSWERED@checks"},
		"no such state":       {items[template.KindChecklist], state, "MARK_DETAIL_STATE@checks[1].state"},
		"a check unanswered":  {items[template.KindChecklist], short, "MARK_DETAIL_UNANSWERED@checks"},
		"unknown level":       {items[template.KindLevels], &scoring.Detail{Level: "great"}, "MARK_DETAIL_KEY_UNKNOWN@level"},
		"no level":            {items[template.KindLevels], &scoring.Detail{}, "MARK_DETAIL_KEY_UNKNOWN@level"},
		"unknown event":       {items[template.KindDeductions], happened(event("late", 1), event("rude", 1)), "MARK_DETAIL_KEY_UNKNOWN@events[1].key"},
		"an event twice":      {items[template.KindBonus], happened(event("late", 1), event("late", 1)), "MARK_DETAIL_KEY_TWICE@events[1].key"},
		"an event of no time": {items[template.KindBonus], happened(event("late", 0)), "MARK_DETAIL_COUNT@events[0].count"},
		"too many events":     {items[template.KindBonus], happened(event("late", 1001)), "MARK_DETAIL_COUNT@events[0].count"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range scoring.CheckDetail(c.item, c.d) {
				got = append(got, string(f.Code)+"@"+f.Field)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v, want %s", got, c.want)
			}
		})
	}
	f := scoring.CheckDetail(items[template.KindChecklist], short)[0]
	if got := f.Message(fault.Chinese); got != "检查点“office”没有结论，应为是、否或不适用" {
		t.Errorf("%s", got)
	}
}

// Whatever is found, a value stays inside the item's bounds, and one more check
// met or one event less never costs points.
func TestValuesStayInsideTheirBounds(t *testing.T) {
	t.Parallel()
	items := kinds()
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringMatching("[yna]{3}").Draw(t, "states")
		count := rapid.IntRange(1, 20).Draw(t, "count")
		details := map[template.ItemKind]*scoring.Detail{
			template.KindChecklist: checked(letters), template.KindDeductions: happened(event("late", count)), template.KindBonus: happened(event("late", count)),
		}
		for kind, d := range details {
			low, high := scoring.Bounds(items[kind])
			if v := scoring.ValueOf(items[kind], *d); v.Cmp(low) < 0 || v.Cmp(high) > 0 {
				t.Fatalf("%s gives %s outside %s to %s", kind, v, low, high)
			}
		}
		better := strings.Replace(letters, "n", "y", 1)
		if list := items[template.KindChecklist]; scoring.ValueOf(list, *checked(better)).Cmp(scoring.ValueOf(list, *checked(letters))) < 0 {
			t.Fatalf("%s is worth less than %s", better, letters)
		}
		if minus := items[template.KindDeductions]; scoring.ValueOf(minus, *happened(event("late", count))).Cmp(scoring.ValueOf(minus, *happened(event("late", count+1)))) < 0 {
			t.Fatal("one event more is worth more")
		}
	})
}
