package template

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// boundsOfNumbers states, apart from the code, from where to where every number of a
// document may go. Places are those of testdata/everything.yaml.
var boundsOfNumbers = []struct{ path, least, most string }{
	{"derivedFrom.version", "1", "100000"},
	{"calendar.day", "1", "31"},
	{"scale.points", "1", "100000"},
	{"scale.decimals", "0", "6"},
	{"channels.onsite.weight", "0", "100"},
	{"channels.onsite.judges.min", "1", "100"},
	{"channels.onsite.range[0]", "-1000000", "1000000"},
	{"channels.onsite.range[1]", "-1000000", "1000000"},
	{"channels.onsite.step", "0", "1000"},
	{"channels.talk.judges.drop", "0", "20"},
	{"items[0].points", "0", "100000"},
	{"items[0].split.onsite", "0", "100"},
	{"items[1].table.late", "0", "100000"},
	{"items[1].table.absent.points", "0", "100000"},
	{"items[1].floor", "0", "100000"},
	{"items[2].checks[0].points", "0", "100000"},
	{"items[3].levels.good", "0", "100000"},
	{"items[3].levels.fair.points", "0", "100000"},
	{"items[5].values[0]", "0", "100000"},
	{"items[9].table.award", "0", "100000"},
	{"items[9].cap", "0", "100000"},
	{"panels.groups", "1", "100"},
	{"panels.minMembers", "1", "100"},
	{"panels.seconded.count", "0", "1000"},
	{"bands.first.best", "1", "1000"},
	{"bands.second.next", "1", "1000"},
	{"bands.second.cap", "1", "1000"},
	{"bands.bottom.worst", "1", "1000"},
	{"bands.improved.gain", "1", "1000"},
	{"bands.climbers.gainers", "1", "1000"},
	{"streaks.bottom-twice.length", "2", "60"},
	{"outcomes[0].values[0]", "-1000", "1000"},
	{"rollups.quarter.minAttended", "1", "60"},
	{"rollups.year.parts[0].weight", "0", "100"},
	{"rollups.year.bands.top.best", "1", "1000"},
	{"issues.overdue.times", "1", "100"},
	{"announce.objectionDays", "0", "60"},
	{"evidence.minPhotos", "0", "50"},
	{"parts[0].weight", "0", "100"},
	{"ballots.meeting.options.good.score", "0", "100"},
	{"ballots.meeting.options.poor", "0", "100"},
	{"ballots.meeting.groups.leaders.weight", "0", "100"},
	{"ballots.meeting.threshold", "6", "1000"},
	{"legend.green.from", "0", "100000"},
	{"pairing.exchangesPerMonth", "0", "31"},
	{"feeds[0].weight", "0", "100"},
	{"postings.selection.maxAge", "18", "99"},
	{"postings.selection.partyYears", "0", "60"},
	{"postings.selection.workYears", "0", "60"},
	{"postings.team.minMembers", "1", "100"},
	{"postings.term", "1", "120"},
	{"postings.statement.minDays", "0", "31"},
	{"postings.milestones[0].months", "1", "120"},
	{"deadlines[0].maxCharacters", "1", "100000"},
	{"grades.review.steps.good.from", "0", "100000"},
	{"grades.annual.steps.excellent.quota.atMost", "0", "1"},
	{"grades.annual.steps.reserve.quota.atLeast", "0", "1"},
}

// at finds the value at a path.
func at(t *testing.T, all []spot, path string) spot {
	t.Helper()
	i := slices.IndexFunc(all, func(s spot) bool { return s.path == path })
	if i < 0 {
		t.Fatalf("there is no %s in testdata/everything.yaml", path)
	}
	return all[i]
}

// readWith reads the shape alone with one value put in the place of another:
// what is refused is refused for itself, whatever else the document says. Only
// the part of the document that holds the value is read.
func readWith(root *yaml.Node, s spot, value string) fault.List {
	kept := *s.value
	*s.value = yaml.Node{Kind: yaml.ScalarNode, Value: value, Line: kept.Line, Column: kept.Column}
	faults := readPart(root, s.path)
	*s.value = kept
	return faults
}

// readPart reads the shape of one part of a document.
func readPart(root *yaml.Node, path string) fault.List {
	top := path
	if end := strings.IndexAny(path, ".["); end > 0 {
		top = path[:end]
	}
	part := *root
	for i := 0; i < len(root.Content); i += 2 {
		if root.Content[i].Value == top {
			part.Content = root.Content[i : i+2]
		}
	}
	r := &reader{places: map[string]fault.Place{}}
	_, _ = shape.read(r, &part, "")
	return slices.DeleteFunc(r.faults, func(f *fault.Fault) bool { return !inside(f.Field, top) })
}

// At its bound a number is read, one step beyond it is refused there, by the
// one code that says how far it may go.
func TestEveryNumberGoesAsFarAsItsBound(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	all := spots(root, "")
	for _, b := range boundsOfNumbers {
		node := at(t, all, b.path)
		for _, inside := range []string{b.least, b.most} {
			for _, f := range readWith(root, node, inside) {
				if f.Code != fault.TemplateWrongType || !strings.HasPrefix(b.path, f.Field+"[") { // a range that is no range any more
					t.Errorf("%s of %s: %v", b.path, inside, f)
				}
			}
		}
		for _, beyond := range []string{exact.Must(b.least).Sub(exact.Int(1)).String(), exact.Must(b.most).Add(exact.Int(1)).String()} {
			l := readWith(root, node, beyond)
			if !has(l, fault.TemplateOutOfRange, b.path) {
				t.Errorf("%s of %s: %v", b.path, beyond, l)
				continue
			}
			f := l[slices.IndexFunc(l, func(f *fault.Fault) bool { return f.Field == b.path })]
			if f.Args["value"] != beyond || f.Args["min"] != b.least || f.Args["max"] != b.most {
				t.Errorf("%s of %s: it is told %v", b.path, beyond, f.Args)
			}
		}
	}
}

var numberShown = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+|/[0-9]+)?%?$`)

// No number of a document is left out of the table above.
func TestNoNumberIsWithoutABound(t *testing.T) {
	t.Parallel()
	kind := func(path string) string { // the same key of another member
		last := path[strings.LastIndexAny(path, ".")+1:]
		return regexp.MustCompile(`\[[0-9]+\]$`).ReplaceAllString(last, "[]")
	}
	stated := map[string]bool{"schemaVersion": true}
	for _, b := range boundsOfNumbers {
		stated[kind(b.path)] = true
	}
	named := map[string]bool{} // members of a keyed map, of which one is in the table
	for _, member := range []string{"ledger", "talk", "leaders", "others", "onsite", "poor", "good", "late", "award"} {
		named[member] = true
	}
	for _, s := range spots(everythingNodes(t), "") {
		if s.value.Kind == yaml.ScalarNode && s.value.ShortTag() != "!!timestamp" && numberShown.MatchString(s.value.Value) && !stated[kind(s.path)] && !named[kind(s.path)] {
			t.Errorf("%s is a number (%s) whose bounds nobody states", s.path, s.value.Value)
		}
	}
}

// Counts are whole: no fraction, no sign, no quotes, no other way of writing.
func TestCountsAreWhole(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	all := spots(root, "")
	for _, path := range []string{"calendar.day", "scale.decimals", "bands.first.best", "streaks.bottom-twice.length", "panels.seconded.count", "postings.term", "ballots.meeting.threshold"} {
		for _, written := range []string{"7.0", "7.5", "+7", "07", "0x7", "0o7", "7e0", "7_0", "七", "", "true", "~", "1000000000000"} {
			if l := readWith(root, at(t, all, path), written); !has(l, fault.TemplateWrongType, path) {
				t.Errorf("%s of %q: %v", path, written, l)
			}
		}
	}
}

// Exact numbers are written as people write them, and as nothing else.
func TestHowExactNumbersAreWritten(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	node := at(t, spots(root, ""), "feeds[0].weight")
	for written, value := range map[string]string{
		"0": "0", "7": "7", "12.5": "12.5", "12.50": "12.5", "0.125": "0.125", "100/3": "100/3", "25/2": "12.5", "40%": "0.4", "12.5%": "0.125", "-0": "0", "99.99999999999999999999999999999": "99.99999999999999999999999999999",
	} {
		kept := *node.value
		*node.value = yaml.Node{Kind: yaml.ScalarNode, Value: written}
		d, err := decode(root)
		*node.value = kept
		if err != nil || !d.Feeds[0].Weight.Equal(exact.Must(value)) {
			t.Errorf("%s is read as %v (%v), want %s", written, d.Feeds, err, value)
		}
	}
	for _, written := range []string{
		"", "-", "+7", "7.", ".7", "07", "1,5", "1 2", "7e0", "7E-1", "0x7", "1/0", "1/-2", "1.5/2", "-1/02", "40 %", "40％", "１２", "七", "1/3%", "1.2.3", "∞", ".inf", "NaN", "true", "7_0", "99.999999999999999999999999999999",
	} {
		if l := readWith(root, node, written); !has(l, fault.TemplateBadNumber, "feeds[0].weight") {
			t.Errorf("%q: %v", written, l)
		}
	}
}
