package template

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// canonicalSmall is what a document of schemaVersion 1 is stored, hashed and
// signed as. It never changes: published bundles hold it.
const canonicalSmall = `{"announce":{"audience":"township","correction":"new-revision","objectionDays":3},` +
	`"bands":[{"best":3,"key":"top","small":"half","ties":"inclusive"},{"key":"bottom","small":"half","ties":"exclusive","worst":3}],` +
	`"basis":[{"date":"2024-01-05","number":"乡委发〔2024〕1号","title":"通知"}],` +
	`"calendar":{"clamp":"month-end","day":30,"every":"month","period":"nominal","roll":"next-workday","workdays":"official"},` +
	`"channels":[{"judges":{"combine":"mean","min":2},"key":"onsite","name":"现场督查","range":["0","100"],"reception":false,"source":"onsite","weight":"40"},` +
	`{"judges":{"combine":"single","min":1},"key":"ledger","name":"资料台账","range":["0","100"],"reception":true,"source":"ledger","weight":"60"}],` +
	`"confirmAtActivation":["outcomes"],` +
	`"items":[{"key":"party","kind":"points","name":"党建","points":"60"},{"key":"habitat","kind":"points","name":"人居环境","points":"40","split":[{"key":"onsite","value":"70"},{"key":"ledger","value":"30"}]}],` +
	`"key":"small","missing":{"absent":"unranked","mark":"blocks"},"name":"小模板",` +
	`"outcomes":[{"by":"rank","do":"points","to":["linked-leader","village"],"values":["5","4","3"],"when":"top"},{"byRole":"principal-leaders","do":"talk","when":"twice"}],` +
	`"panels":{"groups":1,"minMembers":2,"recuse":["own-village"],"seconded":{"choose":"assigned","count":0,"seat":"inside"},"warn":["close-rank"]},` +
	`"ranking":{"method":"competition","on":"published","scope":"all","show":"ranks","tieBreak":["ledger"]},` +
	`"rollups":[{"aggregate":"mean","bands":[{"best":3,"key":"best","small":"half","ties":"inclusive"}],"key":"half-year","minAttended":4,"months":"calendar","of":"rounds",` +
	`"outcomes":[{"amount":"by-decision","basis":"乡委发〔2024〕1号","do":"money","when":"best"}]}],` +
	`"rubric":"fixed","scale":{"decimals":2,"items":"sum","points":"100","rounding":"half-up","split":"per-item"},"schemaVersion":1,` +
	`"streaks":[{"after":"continue","band":"bottom","bound":"none","key":"twice","length":2,"over":"held-rounds","person":"linked-throughout"}],"subject":"village"}`

// printedSmall is the same for a person to read: the keys in their stated order,
// the defaults written out, short maps on one line.
const printedSmall = `schemaVersion: 1
key: small
name: 小模板
basis: [{title: 通知, number: 乡委发〔2024〕1号, date: 2024-01-05}]
subject: village
calendar:
  every: month
  day: 30
  clamp: month-end
  roll: next-workday
  workdays: official
  period: nominal
scale:
  points: 100
  decimals: 2
  rounding: half-up
  items: sum
  split: per-item
channels:
  onsite:
    name: 现场督查
    source: onsite
    weight: 40
    judges: {min: 2, combine: mean}
    range: [0, 100]
    reception: false
  ledger:
    name: 资料台账
    source: ledger
    weight: 60
    judges: {min: 1, combine: single}
    range: [0, 100]
    reception: true
rubric: fixed
items:
  - {key: party, name: 党建, kind: points, points: 60}
  - key: habitat
    name: 人居环境
    kind: points
    points: 40
    split: {onsite: 70, ledger: 30}
panels:
  groups: 1
  minMembers: 2
  seconded: {count: 0, choose: assigned, seat: inside}
  recuse: [own-village]
  warn: [close-rank]
missing: {absent: unranked, mark: blocks}
ranking:
  on: published
  method: competition
  tieBreak: [ledger]
  scope: all
  show: ranks
bands:
  top: {best: 3, ties: inclusive, small: half}
  bottom: {worst: 3, ties: exclusive, small: half}
streaks:
  twice:
    band: bottom
    length: 2
    after: continue
    over: held-rounds
    person: linked-throughout
    bound: none
outcomes:
  - when: top
    do: points
    by: rank
    values: [5, 4, 3]
    to: [linked-leader, village]
  - {when: twice, do: talk, byRole: principal-leaders}
rollups:
  half-year:
    months: calendar
    of: rounds
    aggregate: mean
    minAttended: 4
    bands: {best: {best: 3, ties: inclusive, small: half}}
    outcomes: [{when: best, do: money, amount: by-decision, basis: 乡委发〔2024〕1号}]
announce: {objectionDays: 3, audience: township, correction: new-revision}
confirmAtActivation: [outcomes]
`

// What a document is stored as, and what a person reads, are these very bytes.
func TestBytesOfVersionOneLast(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(small))
	if got := string(Canonical(d)); got != canonicalSmall {
		t.Errorf("canonical:\n%s\nwant\n%s", got, canonicalSmall)
	}
	if got := string(Print(d)); got != printedSmall {
		t.Errorf("printed:\n%s\nwant\n%s", got, printedSmall)
	}
	again, err := Read([]byte(canonicalSmall))
	if err != nil || !Equal(d, again) {
		t.Errorf("the stored form reads otherwise: %v %v", err, Diff(d, again))
	}
}

// The document with every key has its bytes too, and the one with every key of
// the first release has those it had then; whoever changes what they are breaks
// every bundle that was ever published.
func TestBytesOfEveryKeyLast(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"everything-0.1.yaml": "b3681dcc845baa0a4f4cec3c603f5a7f5576722d7d5ad2e07489a980c0b119b1",
		"everything.yaml":     "7e898735d69e5abc8a4b4ad010754c276abccabd0de2c19d1dfc4e82e40c8b71",
	} {
		sum := sha256.Sum256(Canonical(parsed(t, readFile(t, "testdata", file))))
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("testdata/%s is stored as %s, want %s", file, got, want)
		}
	}
}

// A key that came after the first release is stored only where a document
// says something else than its default.
func TestLaterKeysAreStoredOnlyWhenUsed(t *testing.T) {
	t.Parallel()
	source := string(everythingSource(t))
	plain := parsed(t, readFile(t, "testdata", "everything-0.1.yaml"))
	later := swapped(t, swapped(t, source, "holding: team-leader\n", ""), "effect: zero", "effect: unranked")
	written := parsed(t, []byte(swapped(t, swapped(t, later, "of: items.level", "of: total"), ", maxCharacters: 2000", "")))
	if !Equal(plain, written) || plain.Items[8].Rule.Effect != "unranked" || plain.Grades[1].Of != "total" {
		t.Errorf("defaults written out are stored otherwise: %v", Diff(plain, written))
	}
	used := parsed(t, []byte(source))
	if used.Items[8].Rule.Effect != "zero" || used.Grades[1].Of != "items.level" || used.Deadlines[0].MaxCharacters != 2000 || used.Holder() != "team-leader" || len(Diff(plain, used)) != 4 {
		t.Errorf("what is used is lost: %v", Diff(plain, used))
	}
}

// Words of any kind are stored as JSON has them: the shortest escapes, no
// escaping of what only a web page would need.
func TestWordsInTheStoredForm(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(small))
	for word, stored := range map[string]string{
		`a"b`: `"a\"b"`, `a\b`: `"a\\b"`, "<b> & 'c'": `"<b> & 'c'"`, "/": `"/"`, "擂台": `"擂台"`, "😀": `"😀"`, "~": `"~"`, "a b": `"a b"`, "\u00a0x": "\"\u00a0x\"",
	} {
		d.Name.ZH = word
		if got := string(Canonical(d)); !strings.Contains(got, `"name":`+stored+`,"outcomes"`) {
			t.Errorf("%q is not stored as %s", word, stored)
		}
		if !json.Valid(Canonical(d)) {
			t.Errorf("%q makes no JSON", word)
		}
	}
	d.Items[0].Criteria = "一\n二"
	if got := string(Canonical(d)); !strings.Contains(got, `"criteria":"一\n二"`) {
		t.Errorf("a line feed is not stored as one escape: %s", got)
	}
}

// A document made by hand of another form of the same words is the same
// document: order of keys, quotes, block or flow, numbers written otherwise.
func TestManyFormsAreOneDocument(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][2]string{
		"quotes":             {"every: month", `every: "month"`},
		"single quotes":      {"name: 小模板", "name: '小模板'"},
		"quoted number":      {"points: 60", `points: "60"`},
		"zeros":              {"points: 60", "points: 60.00"},
		"fraction":           {"points: 60", "points: 120/2"},
		"flow":               {"calendar:\n  every: month\n  day: 30\n", "calendar: {day: 30, every: month}\n"},
		"a default written":  {"rubric: fixed", "rubric: fixed\nmissing: {absent: unranked, mark: blocks}"},
		"name in a map":      {"name: 小模板", "name: {zh-Hans: 小模板}"},
		"folded":             {"name: 小模板", "name: >-\n  小模板"},
		"split with weights": {"{onsite: 70, ledger: 30}", "{onsite: {weight: 70}, ledger: {weight: 30}}"},
		"split otherwise":    {"{onsite: 70, ledger: 30}", "[{key: onsite, value: 70}, {key: ledger, value: 30}]"},
		"bands as a list":    {"  top: {best: 3}\n  bottom: {worst: 3}\n", "  - {key: top, best: 3}\n  - {worst: 3, key: bottom}\n"},
	} {
		d := parsed(t, []byte(swapped(t, small, change[0], change[1])))
		if !bytes.Equal(Canonical(d), []byte(canonicalSmall)) {
			t.Errorf("%s: %v", name, Diff(parsed(t, []byte(small)), d))
		}
	}
}

// Damage to what was stored is refused, wherever the bytes are cut off.
func TestCutStoredFormsAreRefused(t *testing.T) {
	t.Parallel()
	for n := 1; n < len(canonicalSmall); n += 97 {
		if _, err := Read([]byte(canonicalSmall[:n])); fault.CodeOf(err) == "" {
			t.Errorf("%d bytes are read: %v", n, err)
		}
	}
	if _, err := Read(append([]byte(canonicalSmall), '}')); fault.CodeOf(err) != fault.TemplateSyntax {
		t.Errorf("a brace more is read: %v", err)
	}
}
