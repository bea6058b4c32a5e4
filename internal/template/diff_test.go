package template

import (
	"reflect"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

func TestDiffNamesFields(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		old, new string
		want     []Change
	}{
		{"a name", "name: 小模板", "name: {zh-Hans: 小模板, en: Small}", []Change{{"name", "小模板", "{zh-Hans: 小模板, en: Small}"}}},
		{"a reading", "{points: 100, decimals: 2}", "{points: 100, decimals: 3}", []Change{{"scale.decimals", "2", "3"}}},
		{"the same number written otherwise", "points: 40\n    split", "points: 40.0\n    split", []Change{}},
		{"an item's owner by its key", "    points: 60", "    points: 60\n    owner: mayor", []Change{{"items.party.owner", "", "mayor"}}},
		{"an item's split", "{onsite: 70, ledger: 30}", "{onsite: 60, ledger: 40}", []Change{{"items.habitat.split.onsite", "70", "60"}, {"items.habitat.split.ledger", "30", "40"}}},
		{"a value of an outcome", "[5, 4, 3]", "[6, 4, 3]", []Change{{"outcomes[0].values", "[5, 4, 3]", "[6, 4, 3]"}}},
		{"an outcome less", "  - {when: twice, do: talk, byRole: principal-leaders}\n", "", []Change{{"outcomes[1]", "{when: twice, do: talk, byRole: principal-leaders}", ""}}},
		{"an outcome before the others", "outcomes:\n  - when: top", "outcomes:\n  - {when: bottom, do: criticism}\n  - when: top", []Change{{"outcomes[0]", "", "{when: bottom, do: criticism}"}}},
		{"a band more", "  top: {best: 3}", "  top: {best: 3}\n  second: {next: 2}", []Change{{"bands.second", "", "{next: 2, ties: inclusive, small: half}"}}},
		{"the order of bands", "  top: {best: 3}\n  bottom: {worst: 3}", "  bottom: {worst: 3}\n  top: {best: 3}", []Change{{"bands", "[top, bottom]", "[bottom, top]"}}},
		{"a part of the document more", "rubric: fixed", "rubric: fixed\nissues: {}", []Change{{"issues", "", "{overdue: {times: 2, once: true, dueDay: in-time}, into: account}"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, b := parsed(t, []byte(small)), parsed(t, []byte(swapped(t, small, c.old, c.new)))
			got := Diff(a, b)
			if len(got)+len(c.want) > 0 && !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if back := Diff(b, a); len(back) != len(c.want) {
				t.Errorf("the way back has %v", back)
			}
		})
	}
}

func TestDiffOfEqualDocumentsIsEmpty(t *testing.T) {
	t.Parallel()
	for key, source := range sources(t) {
		d := parsed(t, source)
		if got := Diff(d, parsed(t, Print(d))); len(got) != 0 {
			t.Errorf("%s: %v", key, got)
		}
	}
}

// Texts that print alike on one line are told apart.
func TestDiffSeesTextsThatLookAlike(t *testing.T) {
	t.Parallel()
	a, b := arena(t), arena(t)
	a.Basis = []Basis{{Title: "甲, number: 乙"}}
	b.Basis = []Basis{{Title: "甲", Number: "乙"}}
	if len(Diff(a, b)) == 0 {
		t.Error("a title and a number are taken for one title")
	}
}

// child is a template derived from the monthly contest.
func child(t *testing.T, locked ...string) (parent, derived Document) {
	t.Helper()
	parent = arena(t)
	derived = arena(t)
	derived.Key = "own-arena"
	derived.DerivedFrom = &Derived{Key: parent.Key, Version: 2, Locked: locked}
	return parent, derived
}

func TestLockedFieldsStayAsInTheParent(t *testing.T) {
	t.Parallel()
	parent, derived := child(t, "channels", "bands.bottom", "items.party")
	if l := CheckLocked(parent, derived); len(l) > 0 {
		t.Fatalf("an unchanged child is refused: %v", l)
	}
	free := derived
	free.Bands = append([]Band(nil), derived.Bands...)
	free.Bands[0].Best = 5
	if l := CheckLocked(parent, free); len(l) > 0 {
		t.Errorf("a field that is not locked is refused: %v", l)
	}
	changed := free.WithWeights(map[string]exact.Number{"onsite": exact.Int(60), "ledger": exact.Int(40)}).WithItems(derived.Items)
	changed.Bands[1].Worst = 2
	changed.Items[0].Points = exact.Int(30)
	changed.Items[1].Points = exact.Int(10)
	l := CheckLocked(parent, changed)
	for _, field := range []string{"channels.onsite.weight", "channels.ledger.weight", "bands.bottom.worst", "items.party.points"} {
		if !has(l, fault.TemplateLocked, field) {
			t.Errorf("%s is not named in %v", field, l)
		}
	}
	if len(l) != 4 {
		t.Errorf("got %v", l)
	}
}

// A lock binds whether the parent or only the child says so, for what is added
// and what is left out too, and through a grandparent.
func TestLocksComeFromAbove(t *testing.T) {
	t.Parallel()
	parent, derived := child(t)
	parent.Locks = []string{"issues", "bands"}
	derived.Issues = nil
	derived.Bands = append(append([]Band(nil), derived.Bands...), Band{Key: "spare", Best: 1})
	l := CheckLocked(parent, derived)
	if len(l) != 2 || !has(l, fault.TemplateLocked, "issues") || !has(l, fault.TemplateLocked, "bands.spare") {
		t.Errorf("got %v", l)
	}
	parent, derived = child(t)
	parent.DerivedFrom = &Derived{Key: "county", Version: 1, Locked: []string{"scale"}}
	derived.Scale.Decimals = 1
	wantOnly(t, CheckLocked(parent, derived), fault.TemplateLocked, "scale.decimals")
	if got := Locks(parent); !reflect.DeepEqual(got, []string{"scale"}) {
		t.Errorf("locks are %v", got)
	}
}

func TestDerivedFromAnother(t *testing.T) {
	t.Parallel()
	parent, derived := child(t)
	derived.DerivedFrom.Key = "something-else"
	wantOnly(t, CheckLocked(parent, derived), fault.TemplateParent, "derivedFrom.key")
	derived.DerivedFrom = nil
	wantOnly(t, CheckLocked(parent, derived), fault.TemplateParent, "derivedFrom.key")
}
