package template

import (
	"fmt"
	"strconv"
	"testing"

	"leitai/internal/fault"
)

// small is a sound document that the tables of refusals change in one place.
const small = `schemaVersion: 1
key: small
name: 小模板
basis:
  - title: 通知
    number: 乡委发〔2024〕1号
    date: 2024-01-05
subject: village
calendar:
  every: month
  day: 30
scale: {points: 100, decimals: 2}
channels:
  onsite:
    name: 现场督查
    weight: 40
    judges: {min: 2, combine: mean}
  ledger:
    name: 资料台账
    weight: 60
    reception: true
rubric: fixed
items:
  - key: party
    name: 党建
    points: 60
  - key: habitat
    name: 人居环境
    points: 40
    split: {onsite: 70, ledger: 30}
ranking:
  tieBreak: [ledger]
bands:
  top: {best: 3}
  bottom: {worst: 3}
streaks:
  twice: {band: bottom, length: 2}
outcomes:
  - when: top
    do: points
    by: rank
    values: [5, 4, 3]
    to: [linked-leader, village]
  - {when: twice, do: talk, byRole: principal-leaders}
rollups:
  half-year:
    minAttended: 4
    bands:
      best: {best: 3}
    outcomes:
      - {when: best, do: money}
confirmAtActivation: [outcomes]
`

// refusal is one change of the small document and the one fault it must give.
type refusal struct {
	name, old, new string
	code           fault.Code
	field          string
	line           string // the text on whose line the fault is placed
}

func TestSmallDocumentIsSound(t *testing.T) {
	t.Parallel()
	if l := Validate(parsed(t, []byte(small))); len(l) > 0 {
		t.Errorf("it is not sound: %v", l)
	}
}

// refuse runs a table: every case gives exactly its fault, at its field and on
// its line, with a column.
func refuse(t *testing.T, base string, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := swapped(t, base, c.old, c.new)
			_, err := Parse([]byte(text))
			l := fault.All(err)
			wantOnly(t, l, c.code, c.field)
			if len(l) == 0 {
				return
			}
			if want := lineOf(t, text, c.line); l[0].Place.Row != want {
				t.Errorf("placed on line %d, want %d (%s)", l[0].Place.Row, want, c.line)
			}
			if col, err := strconv.Atoi(l[0].Place.Column); err != nil || col < 1 {
				t.Errorf("column %q", l[0].Place.Column)
			}
		})
	}
}

func TestShapeRefusals(t *testing.T) {
	t.Parallel()
	refuse(t, small, []refusal{
		{"unknown key at the top", "rubric: fixed", "rubric: fixed\nrubrik: x", fault.TemplateUnknownKey, "rubrik", "rubrik"},
		{"unknown key inside", "decimals: 2", "decimal: 2", fault.TemplateUnknownKey, "scale.decimal", "decimal: 2"},
		{"unknown key in a list", "    points: 60", "    point: 60\n    points: 60", fault.TemplateUnknownKey, "items[0].point", "point: 60"},
		{"missing key", "subject: village\n", "", fault.TemplateMissingKey, "subject", "schemaVersion"},
		{"missing key of a member", "    weight: 40\n", "", fault.TemplateMissingKey, "channels.onsite.weight", "name: 现场督查"},
		{"missing name of an item", "    name: 党建\n", "", fault.TemplateMissingKey, "items[0].name", "key: party"},
		{"text for a number", "points: 60", "points: sixty", fault.TemplateBadNumber, "items[0].points", "sixty"},
		{"exponent", "points: 60", "points: 6e1", fault.TemplateBadNumber, "items[0].points", "6e1"},
		{"hexadecimal", "points: 60", "points: 0x3C", fault.TemplateBadNumber, "items[0].points", "0x3C"},
		{"underscores", "points: 60", "points: 6_0", fault.TemplateBadNumber, "items[0].points", "6_0"},
		{"leading zero", "points: 60", "points: 060", fault.TemplateBadNumber, "items[0].points", "060"},
		{"no digit before the point", "points: 60", "points: .60", fault.TemplateBadNumber, "items[0].points", ".60"},
		{"not a number", "points: 60", "points: .nan", fault.TemplateBadNumber, "items[0].points", ".nan"},
		{"division by zero", "points: 60", "points: 60/0", fault.TemplateBadNumber, "items[0].points", "60/0"},
		{"too many digits", "points: 60", "points: 60.000000000000000000000000000000001", fault.TemplateBadNumber, "items[0].points", "60.000"},
		{"negative points", "points: 60", "points: -60", fault.TemplateOutOfRange, "items[0].points", "-60"},
		{"weight over 100", "weight: 40", "weight: 140", fault.TemplateOutOfRange, "channels.onsite.weight", "140"},
		{"count as text", "length: 2", "length: two", fault.TemplateWrongType, "streaks.twice.length", "two"},
		{"count in quotes", "length: 2", `length: "2"`, fault.TemplateWrongType, "streaks.twice.length", `"2"`},
		{"count with a fraction", "length: 2", "length: 2.0", fault.TemplateWrongType, "streaks.twice.length", "2.0"},
		{"streak of one", "length: 2", "length: 1", fault.TemplateOutOfRange, "streaks.twice.length", "length: 1"},
		{"day 32", "day: 30", "day: 32", fault.TemplateOutOfRange, "calendar.day", "day: 32"},
		{"decimals", "decimals: 2", "decimals: 7", fault.TemplateOutOfRange, "scale.decimals", "decimals: 7"},
		{"unknown value", "every: month", "every: week", fault.TemplateUnknownValue, "calendar.every", "week"},
		{"unknown recipient", "[linked-leader, village]", "[linked-leader, mayor]", fault.TemplateUnknownValue, "outcomes[0].to[1]", "mayor]"},
		{"unknown officer", "principal-leaders", "village", fault.TemplateUnknownValue, "outcomes[1].byRole", "byRole: village"},
		{"yes for true", "reception: true", "reception: yes", fault.TemplateWrongType, "channels.ledger.reception", "yes"},
		{"number for a name", "name: 党建", "name: 2024", fault.TemplateWrongType, "items[0].name", "name: 2024"},
		{"nothing for a name", "name: 党建", "name:", fault.TemplateWrongType, "items[0].name", "name:\n    points: 60"},
		{"list for a map", "scale: {points: 100, decimals: 2}", "scale: [100]", fault.TemplateWrongType, "scale", "scale: [100]"},
		{"map for a list", "confirmAtActivation: [outcomes]", "confirmAtActivation: {outcomes: true}", fault.TemplateWrongType, "confirmAtActivation", "confirmAtActivation"},
		{"empty text", "title: 通知", `title: ""`, fault.TemplateBadText, "basis[0].title", `title: ""`},
		{"space at the end", "title: 通知", `title: "通知 "`, fault.TemplateBadText, "basis[0].title", `title: "通知 "`},
		{"direction mark", "title: 通知", "title: \"通\\u202e知\"", fault.TemplateBadText, "basis[0].title", "u202e"},
		{"line break in a name", "title: 通知", `title: "通\n知"`, fault.TemplateBadText, "basis[0].title", `title: "通`},
		{"date that is none", "2024-01-05", "2023-02-29", fault.TemplateBadDate, "basis[0].date", "2023-02-29"},
		{"date in another form", "2024-01-05", "2024/01/05", fault.TemplateBadDate, "basis[0].date", "2024/01/05"},
		{"key in capitals", "key: small", "key: Small", fault.TemplateBadKey, "key", "Small"},
		{"key of a member", "bottom: {worst: 3}", "bottom: {worst: 3}\n  Spare_2: {best: 1}", fault.TemplateBadKey, "bands.Spare_2", "Spare_2"},
		{"other version", "schemaVersion: 1", "schemaVersion: 2", fault.TemplateSchemaVersion, "schemaVersion", "schemaVersion"},
		{"amount as a figure", "do: money", "do: money, amount: 3000", fault.TemplateAmountFixed, "rollups.half-year.outcomes[0].amount", "amount: 3000"},
	})
}

func TestSyntaxRefusals(t *testing.T) {
	t.Parallel()
	refuse(t, small, []refusal{
		{"duplicate key", "rubric: fixed", "rubric: fixed\nrubric: per-round", fault.TemplateDuplicateKey, "rubric", "rubric: per-round"},
		{"duplicate key inside", "{best: 3}\n  bottom", "{best: 3, best: 4}\n  bottom", fault.TemplateDuplicateKey, "bands.top.best", "best: 4"},
		{"anchor", "name: 党建", "name: &n 党建", fault.TemplateNotPlain, "items[0].name", "&n"},
		{"tag", "name: 党建", "name: !!str 党建", fault.TemplateNotPlain, "items[0].name", "!!str"},
		{"own tag", "points: 60", "points: !eval 60", fault.TemplateNotPlain, "items[0].points", "!eval"},
		{"compound key", "rubric: fixed", "? [a, b]\n: 1\nrubric: fixed", fault.TemplateNotPlain, "", "? [a, b]"},
		{"nothing as a key", "rubric: fixed", "~: 1\nrubric: fixed", fault.TemplateWrongType, "~", "~: 1"},
		{"too deep", "name: 党建", "name: [[[[[[[[[[[1]]]]]]]]]]]", fault.TemplateTooDeep, "items[0].name[0][0][0][0][0][0][0][0][0]", "[[[["},
	})
}

func TestWholeSourceRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, source string
		code         fault.Code
		row          int
	}{
		{"empty", "", fault.TemplateSyntax, 0},
		{"comment only", "# nothing\n", fault.TemplateSyntax, 0},
		{"broken YAML", "key: a\nname: [b\nsubject: c", fault.TemplateSyntax, 2},
		{"stray dash", "schemaVersion: 1\nkey: a\n- b", fault.TemplateSyntax, 3},
		{"value inside a value", "key: a\nname: b: c", fault.TemplateSyntax, 2},
		{"unfinished JSON", `{"key": "a",`, fault.TemplateSyntax, 2},
		{"control character", "key: a\x00b", fault.TemplateSyntax, 0},
		{"not UTF-8", "key: \xff\xfe", fault.TemplateSyntax, 0},
		{"scalar", "擂台", fault.TemplateWrongType, 1},
		{"list", "[1]", fault.TemplateWrongType, 1},
		{"two documents", small + "---\n" + small, fault.TemplateManyDocuments, 53},
		{"too large", "# " + fmt.Sprintf("%0*d", MaxBytes, 0), fault.TemplateTooLarge, 0},
		{"alias", "a: &x [1]\nb: *x", fault.TemplateNotPlain, 1},
		{"merge key", "a: {b: 1}\n<<: {c: 1}", fault.TemplateNotPlain, 2},
		{"deep JSON", `{"a":` + fmt.Sprintf("%s1%s", repeat("[", 5000), repeat("]", 5000)) + `}`, fault.TemplateTooDeep, 1},
		{"deeper JSON", repeat("[", 100000) + repeat("]", 100000), fault.TemplateSyntax, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse([]byte(c.source))
			l := fault.All(err)
			if len(l) == 0 || l[0].Code != c.code || l[0].Place.Row != c.row {
				t.Errorf("got %v, want %s on line %d", err, c.code, c.row)
			}
		})
	}
}

func repeat(s string, n int) string {
	b := make([]byte, 0, n*len(s))
	for range n {
		b = append(b, s...)
	}
	return string(b)
}

// Several mistakes are all reported, in the order of their lines, and one
// mistake is not reported again as its consequence.
func TestEveryMistakeIsReportedOnce(t *testing.T) {
	t.Parallel()
	text := small
	for _, change := range [][2]string{
		{"subject: village", "subject: hamlet"}, {"    weight: 40", "    weight: forty"}, {"    points: 60", "    points: 61"}, {"length: 2", "length: 0"},
	} {
		text = swapped(t, text, change[0], change[1])
	}
	_, err := Parse([]byte(text))
	l := fault.All(err)
	want := []string{"subject", "channels.onsite.weight", "items", "streaks.twice.length"}
	if len(l) != len(want) {
		t.Fatalf("got %v, want %v", l, want)
	}
	for i, f := range l {
		if f.Field != want[i] {
			t.Errorf("fault %d is at %s, want %s", i, f.Field, want[i])
		}
	}
}

// Nothing is read from a refused source.
func TestRefusedSourceGivesNothing(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(swapped(t, small, "weight: 40", "weight: 41")))
	if err == nil || d.Key != "" || d.Items != nil {
		t.Errorf("got %v with %v", d, err)
	}
}

// The message says in both languages what is wrong and what would be right.
func TestMessagesNameTheRemedy(t *testing.T) {
	t.Parallel()
	_, err := Parse([]byte(swapped(t, small, "every: month", "every: week")))
	l := fault.All(err)
	if len(l) != 1 {
		t.Fatal(err)
	}
	if got, want := l[0].Message(fault.Chinese), "取值“week”不可用，应为：month | quarter | half-year | year"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := l[0].Message(fault.English), "the value “week” is not known; it should be one of: month | quarter | half-year | year"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// JSON is refused with line and column too.
func TestJSONFaultsHaveAPlace(t *testing.T) {
	t.Parallel()
	source := "{\n  \"schemaVersion\": 1,\n\t\"key\": \"a\",\n  \"name\": \"\\u64c2台\", \"subject\": \"hamlet\",\n" +
		"  \"calendar\": {\"day\": 30},\n  \"channels\": {\"onsite\": {\"name\": \"x\", \"weight\": 1e2}},\n  \"items\": []\n}"
	_, err := Parse([]byte(source))
	l := fault.All(err)
	if len(l) != 2 || !has(l, fault.TemplateUnknownValue, "subject") || !has(l, fault.TemplateBadNumber, "channels.onsite.weight") {
		t.Fatalf("got %v", err)
	}
	if l[0].Place != (fault.Place{Row: 4, Column: "33"}) || l[1].Place != (fault.Place{Row: 6, Column: "50"}) {
		t.Errorf("placed at %v and %v", l[0].Place, l[1].Place)
	}
}
