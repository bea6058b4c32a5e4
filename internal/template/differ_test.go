package template

import (
	"slices"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// leaves gives every scalar of a neutral document with its path as a
// difference names it.
func leaves(path string, t *tree) map[string]*tree {
	all := map[string]*tree{}
	switch {
	case t.isScalar():
		all[path] = t
	case t.kind == listTree && !t.keyed():
		for i, m := range t.list {
			for p, leaf := range leaves(index(path, i), m) {
				all[p] = leaf
			}
		}
	case t.kind == listTree:
		for _, m := range t.list {
			for p, leaf := range leaves(join(path, m.get("key").text), m) {
				all[p] = leaf
			}
		}
	default:
		for _, e := range t.entries {
			for p, leaf := range leaves(join(path, e.key), e.value) {
				all[p] = leaf
			}
		}
	}
	return all
}

// Whatever single value of a document changes, there is exactly one difference,
// at its path or, inside a list of words, at the list's, with what it was and
// what it is.
func TestEverySingleValueThatChangesIsTheOneDifference(t *testing.T) {
	t.Parallel()
	d := parsed(t, everythingSource(t))
	before, after := shape.write(d), shape.write(d)
	all := leaves("", after)
	if len(all) < 300 {
		t.Fatalf("only %d values are changed", len(all))
	}
	for path, leaf := range all {
		kept := leaf.text
		leaf.text = kept + "x"
		changes := compare("", before, after)
		leaf.text = kept
		if strings.HasSuffix(path, ".key") && len(changes) > 0 {
			continue // another member altogether
		}
		if len(changes) != 1 || !inside(path, changes[0].Field) || !strings.Contains(changes[0].To, kept+"x") || !strings.Contains(changes[0].From, kept) || changes[0].From == changes[0].To {
			t.Errorf("%s: %v", path, changes)
		}
	}
}

// lockedChange is one change of a child and the field that the lock names.
type lockedChange struct {
	lock   string
	change func(d *Document)
	field  string
	free   string // a lock beside it that lets the change pass
}

// A lock holds whatever kind of key it names – a value, an object, a member of
// an ordered map or of a list, a list of rows, a part that is left out – and a
// lock beside it does not.
func TestLocksHoldEveryKindOfKey(t *testing.T) {
	t.Parallel()
	for _, c := range []lockedChange{
		{"subject", func(d *Document) { d.Subject = Group }, "subject", "calendar"},
		{"calendar.day", func(d *Document) { d.Calendar.Day = 29 }, "calendar.day", "calendar.roll"},
		{"calendar", func(d *Document) { d.Calendar.Workdays = "literal" }, "calendar.workdays", "scale"},
		{"scale", func(d *Document) { d.Scale.Rounding = exact.Down }, "scale.rounding", "scale.points"},
		{"scale.points", func(d *Document) { d.Scale.Points = exact.Int(120) }, "scale.points", "scale.decimals"},
		{"channels.onsite", func(d *Document) { d.Channels[0].Judges.Min = 3 }, "channels.onsite.judges.min", "channels.ledger"},
		{"channels.onsite.name", func(d *Document) { d.Channels[0].Name.ZH = "现场" }, "channels.onsite.name.zh-Hans", "channels.onsite.weight"},
		{"channels", func(d *Document) { slices.Reverse(d.Channels) }, "channels", "channels.onsite"},
		{"channels", func(d *Document) { d.Channels = d.Channels[:1] }, "channels.ledger", "channels.onsite"},
		{"rubric", func(d *Document) { d.Rubric = Fixed }, "rubric", "items"},
		{"items", func(d *Document) { d.Items[0].Owner = "mayor" }, "items.party.owner", "items.rural"},
		{"items.party.points", func(d *Document) { d.Items[0].Points = exact.Int(25) }, "items.party.points", "items.party.name"},
		{"items", func(d *Document) { slices.Reverse(d.Items) }, "items", "items.party"},
		{"panels.recuse", func(d *Document) { d.Panels.Recuse = nil }, "panels.recuse", "panels.warn"},
		{"panels.seconded", func(d *Document) { d.Panels.Seconded.Count = 5 }, "panels.seconded.count", "panels.groups"},
		{"missing.mark", func(d *Document) { d.Missing.Mark = "zero" }, "missing.mark", "missing.absent"},
		{"ranking.tieBreak", func(d *Document) { d.Ranking.TieBreak = []string{"ledger"} }, "ranking.tieBreak", "ranking.on"},
		{"bands.bottom", func(d *Document) { d.Bands[1].Ties = "inclusive" }, "bands.bottom.ties", "bands.top"},
		{"bands.bottom.worst", func(d *Document) { d.Bands[1] = Band{Key: "bottom", Next: 3} }, "bands.bottom.worst", "streaks"},
		{"streaks.bottom-twice.length", func(d *Document) { d.Streaks[0].Length = 3 }, "streaks.bottom-twice.length", "streaks.bottom-twice.after"},
		{"streaks", func(d *Document) { d.Streaks = nil }, "streaks", "bands"},
		{"outcomes", func(d *Document) { d.Outcomes[1].To = nil }, "outcomes[1].to", "rollups"},
		{"outcomes", func(d *Document) { d.Outcomes = d.Outcomes[:3] }, "outcomes[3]", "bands"},
		{"rollups.half-year", func(d *Document) { d.Rollups[0].MinAttended = 5 }, "rollups.half-year.minAttended", "rollups.year"},
		{"rollups.half-year.bands.bottom", func(d *Document) { d.Rollups[0].Bands[1].Worst = 2 }, "rollups.half-year.bands.bottom.worst", "bands.bottom"},
		{"issues.overdue", func(d *Document) {
			d.Issues = &Issues{Overdue: IssueOverdue{Times: exact.Int(3), Once: true, DueDay: "in-time"}, Into: "account"}
		}, "issues.overdue.times", "issues.into"},
		{"issues", func(d *Document) { d.Issues = nil }, "issues", "announce"},
		{"announce.audience", func(d *Document) { d.Announce.Audience = "public" }, "announce.audience", "announce.objectionDays"},
		{"confirmAtActivation", func(d *Document) { d.ConfirmAtActivation = []string{"outcomes"} }, "confirmAtActivation", "documents"},
		{"documents", func(d *Document) { d.Documents = append(slices.Clone(d.Documents), "duty-report") }, "documents", "confirmAtActivation"},
		{"evidence", func(d *Document) { d.Evidence = &Evidence{MinPhotos: 1} }, "evidence", "coverage"},
		{"ballots", func(d *Document) { d.Ballots = []Ballot{{Key: "meeting"}} }, "ballots", "grades"},
		{"legend", func(d *Document) { d.Legend = []LegendStep{{Key: "red"}} }, "legend", "themes"},
		{"basis", func(d *Document) { d.Basis[0].Number = "例发〔2024〕1号" }, "basis[0].number", "items"},
	} {
		t.Run(c.lock+" "+c.field, func(t *testing.T) {
			t.Parallel()
			parent, derived := child(t, c.lock)
			c.change(&derived)
			l := CheckLocked(parent, derived)
			if !has(l, fault.TemplateLocked, c.field) {
				t.Errorf("locked %s: %v", c.lock, l)
			}
			for _, f := range l {
				if !inside(f.Field, c.lock) {
					t.Errorf("%s is named, outside %s", f.Field, c.lock)
				}
			}
			derived.DerivedFrom.Locked = []string{c.free}
			if l := CheckLocked(parent, derived); len(l) > 0 {
				t.Errorf("locked %s: %v", c.free, l)
			}
		})
	}
}

// Locks are the parent's own and all that it inherited, sorted, each once; a
// child may add to them and never take any away.
func TestLocksAddUp(t *testing.T) {
	t.Parallel()
	parent, derived := child(t)
	parent.Locks = []string{"scale", "bands.bottom"}
	parent.DerivedFrom = &Derived{Key: "county", Version: 1, Locked: []string{"scale", "channels"}}
	if got := strings.Join(Locks(parent), " "); got != "bands.bottom channels scale" {
		t.Errorf("locks are %s", got)
	}
	derived.DerivedFrom.Locked = nil // a child that forgets to say what is locked
	derived.Scale.Decimals = 3
	wantOnly(t, CheckLocked(parent, derived), fault.TemplateLocked, "scale.decimals")
	derived.Locks = []string{"panels"} // what it locks for others does not bind itself
	derived.Panels.Groups = 9
	wantOnly(t, CheckLocked(parent, derived), fault.TemplateLocked, "scale.decimals")
	if got := Locks(Document{}); len(got) != 0 {
		t.Errorf("a document without locks has %v", got)
	}
}

// Rows without keys are compared from both ends, so that one row put in, taken
// out or moved is told as little as possible.
func TestDifferencesOfRows(t *testing.T) {
	t.Parallel()
	rows := func(when ...string) Document {
		var d Document
		for _, w := range when {
			d.Outcomes = append(d.Outcomes, Outcome{When: w, Do: "praise"})
		}
		return d
	}
	for _, c := range []struct{ from, to, want string }{
		{"a b c", "a b c", ""},
		{"a b c", "a x c", "outcomes[1].when"},
		{"a b c", "x a b c", "outcomes[0]"},
		{"a b c", "a b c x", "outcomes[3]"},
		{"a b c", "a c", "outcomes[1]"},
		{"a b", "", "outcomes"},
		{"", "a", "outcomes"},
		{"a b c", "c b a", "outcomes[0].when outcomes[2].when"},
		{"a b a", "a b a b", "outcomes[3]"},
	} {
		var fields []string
		for _, change := range Diff(rows(strings.Fields(c.from)...), rows(strings.Fields(c.to)...)) {
			fields = append(fields, change.Field)
		}
		if got := strings.Join(fields, " "); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}
