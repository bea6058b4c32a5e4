package template

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// keysOfKinds gives one sound value for every key that only some kinds know.
var keysOfKinds = map[string]string{
	"table": "{late: 1}", "floor": "1", "cap": "5", "checks": "[{key: a, name: 甲, points: 100}]", "levels": "{good: 100}",
	"formula": "'min(100, income)'", "values": "[100, 50]", "basis": "乡委发〔2024〕1号", "ballot": "meeting",
}

// itemOf writes a document whose one item is of a kind with some keys.
func itemOf(kind ItemKind, with ...string) string {
	points := "points: 100, "
	if kind == KindBonus || kind == KindVeto {
		points = ""
	}
	item := fmt.Sprintf("{key: one, name: 一, kind: %s, %s", kind, points)
	for _, k := range with {
		item += k + ": " + keysOfKinds[k] + ", "
	}
	rest := "  - {key: rest, name: 其余, points: 100}\n"
	if points != "" {
		rest = "  - {key: rest, name: 其余, kind: exam}\n"
	}
	return "schemaVersion: 1\nkey: a\nname: 甲\nbasis: [{title: 通知, number: 乡委发〔2024〕1号}]\nsubject: village\ncalendar: {day: 30}\n" +
		"channels: {onsite: {name: 现场, weight: 100}}\nrubric: fixed\nitems:\n  - " + strings.TrimSuffix(item, ", ") + "}\n" + rest +
		"ballots: {meeting: {options: {good: 100, poor: 0}, groups: {all: {weight: 100}}}}\n"
}

// Each kind is sound with what it needs, lacks each thing it needs, and refuses
// every key of the other kinds.
func TestEveryKindWithEveryKey(t *testing.T) {
	t.Parallel()
	for _, kind := range Kinds() {
		known := kindKeys[kind]
		if kind != KindExam { // an exam alone is refused for another reason
			parsed(t, []byte(itemOf(kind, known.need...)))
		}
		for i, k := range known.need {
			_, err := Parse([]byte(itemOf(kind, slices.Delete(slices.Clone(known.need), i, i+1)...)))
			if l := fault.All(err); !has(l, fault.TemplateMissingKey, "items[0]."+k) {
				t.Errorf("%s without %s: %v", kind, k, err)
			}
		}
		for k := range keysOfKinds {
			_, err := Parse([]byte(itemOf(kind, append(slices.Clone(known.need), k)...)))
			refused := has(fault.All(err), fault.TemplateKindKey, "items[0]."+k)
			allowed := slices.Contains(known.need, k) || slices.Contains(known.may, k)
			if refused == allowed && !slices.Contains(known.need, k) {
				t.Errorf("%s with %s: allowed %v, refused %v", kind, k, allowed, refused)
			}
		}
	}
}

// outcomeOf writes an outcome with some keys.
func outcomeOf(do string, with []string) string {
	values := map[string]string{
		"by": "rank", "values": "[5, 4, 3]", "to": "[village]", "byRole": "mayor", "with": "[village]", "amount": "by-decision", "basis": "乡委发〔2024〕1号", "average": "true",
	}
	out := "{when: top, do: " + do
	for _, k := range with {
		out += ", " + k + ": " + values[k]
	}
	return out + "}"
}

// Each outcome likewise: what it needs, and nothing of the others.
func TestEveryOutcomeWithEveryKey(t *testing.T) {
	t.Parallel()
	with := func(do string, keys []string) string {
		return swapped(t, small, "outcomes:\n  - when: top", "outcomes:\n  - "+outcomeOf(do, keys)+"\n  - when: top")
	}
	for do, known := range outcomeKeys {
		parsed(t, []byte(with(do, known.need)))
		for i, k := range known.need {
			if k == "amount" {
				continue // money is always by decision, so that it need not be said
			}
			_, err := Parse([]byte(with(do, slices.Delete(slices.Clone(known.need), i, i+1))))
			if !has(fault.All(err), fault.TemplateMissingKey, "outcomes[0]."+k) {
				t.Errorf("%s without %s: %v", do, k, err)
			}
		}
		for _, k := range []string{"by", "values", "to", "byRole", "with", "amount", "basis", "average"} {
			if slices.Contains(known.need, k) {
				continue
			}
			_, err := Parse([]byte(with(do, append(slices.Clone(known.need), k))))
			refused := has(fault.All(err), fault.TemplateKindKey, "outcomes[0]."+k)
			if allowed := slices.Contains(known.may, k); refused == allowed {
				t.Errorf("%s with %s: allowed %v, refused %v (%v)", do, k, allowed, refused, err)
			}
		}
	}
}

// Roles are the ones the posts of people know, each once.
func TestRolesAreNamedOnce(t *testing.T) {
	t.Parallel()
	for name, list := range map[string][]string{"recipients": Recipients, "officers": Officers, "documents": documentKinds, "sources": markSources} {
		sorted := slices.Sorted(slices.Values(list))
		if len(slices.Compact(sorted)) != len(list) {
			t.Errorf("%s are not unique: %v", name, list)
		}
		for _, role := range list {
			if !keyShape.MatchString(role) {
				t.Errorf("%s: %q is no key", name, role)
			}
		}
	}
}

// What is left of the refusals: sizes, long words, and rarer contradictions.
func TestRarerRefusals(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("很", 4001)
	refuse(t, small, []refusal{
		{"long name", "name: 党建", "name: " + long, fault.TemplateBadText, "items[0].name", "很很"},
		{"long criteria", "    points: 60", "    points: 60\n    criteria: " + long, fault.TemplateBadText, "items[0].criteria", "criteria"},
		{"long key", "key: small", "key: " + strings.Repeat("a", 65), fault.TemplateBadKey, "key", "aaa"},
		{"long list", "confirmAtActivation: [outcomes]", "documents: [" + strings.Repeat("bulletin, ", 201) + "]", fault.TemplateTooMany, "documents", "documents"},
		{"streak named as a band", "length: 2}", "length: 2}\n  bottom: {band: bottom, length: 3}", fault.TemplateTwice, "streaks.bottom", "  bottom: {band"},
		{"points by rank for a gain", "  top: {best: 3}", "  top: {gain: 3}", fault.TemplateConflict, "outcomes[0].by", "by: rank"},
		{"evidence twice", "    points: 60", "    points: 60\n    evidence: [photo, photo]", fault.TemplateTwice, "items[0].evidence[1]", "evidence"},
		{"class twice", "    points: 60", "    points: 60\n    for: [weak, weak]", fault.TemplateTwice, "items[0].for[1]", "for:"},
		{"basis number twice", "subject: village", "  - {title: 又一通知, number: 乡委发〔2024〕1号}\nsubject: village", fault.TemplateTwice, "basis", "basis"},
		{"lock twice", "subject: village", "locks: [scale, scale]\nsubject: village", fault.TemplateTwice, "locks[1]", "locks"},
		{"inherited lock of nothing", "subject: village", "derivedFrom: {key: up, version: 1, locked: [weights]}\nsubject: village", fault.TemplateUnknownRef, "derivedFrom.locked[0]", "derivedFrom"},
		{"fixed without items", "items:\n  - key: party\n    name: 党建\n    points: 60\n  - key: habitat\n    name: 人居环境\n    points: 40\n    split: {onsite: 70, ledger: 30}\n", "", fault.TemplateMissingKey, "items", "schemaVersion"},
	})
	rows := "["
	for i := range 201 {
		rows += fmt.Sprintf("{title: 通知%d}, ", i)
	}
	_, err := Parse([]byte(swapped(t, small, "  - title: 通知\n    number: 乡委发〔2024〕1号\n    date: 2024-01-05\n", "  "+rows+"]\n")))
	if !has(fault.All(err), fault.TemplateTooMany, "basis") {
		t.Errorf("201 documents: %v", err)
	}
}

// A total that comes from ballots or entered figures alone needs no items.
func TestTotalsWithoutItems(t *testing.T) {
	t.Parallel()
	parsed(t, []byte("schemaVersion: 1\nkey: a\nname: 甲\nsubject: village\ncalendar: {day: 30}\nrubric: fixed\n"+
		"parts: [{key: all, weight: 100, from: ballots.meeting}]\nballots: {meeting: {options: {good: 100, poor: 0}, groups: {all: {weight: 100}}}}\n"))
	_, err := Parse([]byte("schemaVersion: 1\nkey: a\nname: 甲\nsubject: village\ncalendar: {day: 30}\nrubric: fixed\nparts: [{key: all, weight: 100, from: items}]\n"))
	wantOnly(t, fault.All(err), fault.TemplateMissingKey, "items")
	_, err = Parse([]byte("schemaVersion: 1\nkey: a\nname: 甲\nsubject: village\ncalendar: {day: 30}\n"))
	wantOnly(t, fault.All(err), fault.TemplateMissingKey, "channels")
}

// The list form of an ordered map, as canonical JSON has it, is held to the same.
func TestListFormOfOrderedMaps(t *testing.T) {
	t.Parallel()
	head := "schemaVersion: 1\nkey: a\nname: 甲\nsubject: village\ncalendar: {day: 30}\n"
	d := parsed(t, []byte(head+"channels:\n  - {key: onsite, name: 现场, weight: 40}\n  - {key: ledger, name: 台账, weight: 60}\n"))
	if len(d.Channels) != 2 || d.Channels[0].Key != "onsite" || d.Channels[1].Source != "ledger" {
		t.Errorf("got %+v", d.Channels)
	}
	for source, want := range map[string]fault.Code{
		"channels:\n  - {key: onsite, name: 现场, weight: 40}\n  - {key: onsite, name: 现场, weight: 60}\n": fault.TemplateDuplicateKey,
		"channels:\n  - {name: 现场, weight: 100}\n":                                                      fault.TemplateWrongType,
		"channels:\n  - {key: 7, name: 现场, weight: 100}\n":                                              fault.TemplateWrongType,
		"channels:\n  - 现场\n":                                             fault.TemplateWrongType,
		"channels:\n  - {key: Onsite, name: 现场, weight: 100}\n":           fault.TemplateBadKey,
		"channels:\n  - {key: onsite, name: 现场, weight: 100, value: 1}\n": fault.TemplateUnknownKey,
	} {
		_, err := Parse([]byte(head + source))
		l := fault.All(err)
		if len(l) == 0 || l[0].Code != want || l[0].Place.Row < 6 {
			t.Errorf("%s: %v, want %s", source, err, want)
		}
	}
}
