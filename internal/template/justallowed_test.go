package template

import (
	"testing"

	"leitai/internal/fault"
)

// allowed is one change of a document that stays sound: the other side of a
// refusal, as near to it as one can come.
type allowed struct{ name, old, new string }

func allow(t *testing.T, base string, cases []allowed) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := parsed(t, []byte(swapped(t, base, c.old, c.new)))
			if again := parsed(t, Print(d)); !Equal(d, again) {
				t.Errorf("it reads back otherwise: %v", Diff(d, again))
			}
		})
	}
}

// What stands right beside a refusal is not refused: the rules stop where they
// say and nowhere before.
func TestJustAllowed(t *testing.T) {
	t.Parallel()
	allow(t, small, []allowed{
		{"a window of one day", "  every: month\n  day: 30", "  every: year\n  window: {from: 01-07, to: 01-07}"},
		{"a window of the whole year", "  every: month\n  day: 30", "  every: year\n  window: {from: 01-01, to: 12-31}"},
		{"day 31", "day: 30", "day: 31"},
		{"weights that do not end", "    weight: 40\n    judges: {min: 2, combine: mean}\n  ledger:\n    name: 资料台账\n    weight: 60", "    weight: 100/3\n    judges: {min: 2, combine: mean}\n  ledger:\n    name: 资料台账\n    weight: 200/3"},
		{"a weight of nothing", "    weight: 40\n    judges: {min: 2, combine: mean}\n  ledger:\n    name: 资料台账\n    weight: 60", "    weight: 0\n    judges: {min: 2, combine: mean}\n  ledger:\n    name: 资料台账\n    weight: 100"},
		{"trimmed of three", "{min: 2, combine: mean}", "{min: 3, combine: trimmed, drop: 1}"},
		{"trimmed by two of five", "{min: 2, combine: mean}", "{min: 5, combine: trimmed, drop: 2}"},
		{"single of one", "{min: 2, combine: mean}", "{min: 1, combine: single}"},
		{"mean of one", "{min: 2, combine: mean}", "{min: 1, combine: mean}"},
		{"a range below nothing and above it", "    judges: {min: 2", "    range: [-10, 1]\n    judges: {min: 2"},
		{"a narrow range", "    judges: {min: 2", "    range: [99.9, 100]\n    judges: {min: 2"},
		{"ledger by another key", "  ledger:\n    name: 资料台账", "  ledger:\n    source: ledger\n    name: 资料台账"},
		{"a split of one channel", "{onsite: 70, ledger: 30}", "{ledger: 100}"},
		{"a split in thirds", "{onsite: 70, ledger: 30}", "{onsite: 200/3, ledger: 100/3}"},
		{"a tie broken by an item", "tieBreak: [ledger]", "tieBreak: [habitat, party, onsite, ledger, heaviest-item]"},
		{"no order at all", "tieBreak: [ledger]", "tieBreak: []"},
		{"capped at the size", "  top: {best: 3}", "  top: {best: 3, ties: capped, cap: 3}"},
		{"next after next", "  top: {best: 3}", "  top: {best: 3}\n  second: {next: 5}\n  third: {next: 1}"},
		{"a streak of the longest", "length: 2", "length: 60"},
		{"a streak at the top", "band: bottom", "band: top"},
		{"talk without anybody", "byRole: principal-leaders", "byRole: county-organisation"},
		{"talk with several", "byRole: principal-leaders", "byRole: mayor, with: [village, linked-leader, resident-cadre, village-secretary]"},
		{"points of nothing", "[5, 4, 3]", "[0, 0, 0]"},
		{"points in fractions", "[5, 4, 3]", "[1/3, 0.5, -1000]"},
		{"a role for each of two", "    by: rank\n    values: [5, 4, 3]", "    by: role\n    values: [5, 4]"},
		{"points for those who gained most", "  top: {best: 3}", "  top: {gainers: 3}"},
		{"money on the document it cites", "do: money", "do: money, basis: 乡委发〔2024〕1号"},
		{"a child of another", "subject: village", "derivedFrom: {key: county-model, version: 1}\nsubject: village"},
		{"locks of a deep path", "subject: village", "locks: [bands.bottom.worst, items.party]\nsubject: village"},
		{"another basis without a number", "subject: village", "  - {title: 又一通知}\nsubject: village"},
	})
}

// The same for items of every kind.
func TestItemsJustAllowed(t *testing.T) {
	t.Parallel()
	item := func(name, with string) allowed { return allowed{name, "    points: 60", "    points: 60\n    " + with} }
	allow(t, small, []allowed{
		item("a level as high as the item", "kind: levels\n    levels: {good: 60, poor: 0}"),
		item("ranks that reach the item", "kind: rank-points\n    values: [60, 60, 0]"),
		item("checks that sum exactly", "kind: checklist\n    checks: [{key: a, name: 甲, points: 59.5}, {key: b, name: 乙, points: 1/2}]"),
		item("a check of nothing", "kind: checklist\n    checks: [{key: a, name: 甲, points: 60}, {key: b, name: 乙, points: 0}]"),
		item("a deduction above the item", "kind: deductions\n    table: {late: 100}"),
		item("a floor above nothing", "kind: deductions\n    table: {late: 1}\n    floor: 59"),
		item("an item of a class", "for: [weak]\n    na: full"),
		item("a metric that is a number", "kind: metric\n    formula: '60'"),
		item("criteria of several lines", "criteria: |-\n      第一行\n      第二行"),
		item("all evidence", "evidence: [document, photo, observed, interview]"),
	})
	allow(t, small, []allowed{
		{"a bonus beside the scale", "items:", "items:\n  - {key: extra, name: 加分, kind: bonus, table: {award: 1}, cap: 3}"},
		{"a veto beside the scale", "items:", "items:\n  - {key: serious, name: 一票否决, kind: veto}"},
		{"an exam of nothing", "items:", "items:\n  - {key: test, name: 闭卷测试, kind: exam}"},
		{"a vote in a key's middle", "key: party", "key: devoted"},
		{"to like in English", "name: 党建", "name: {zh-Hans: 党建, en: Work alike}"},
	})
}

// And for what the other schemes add.
func TestOtherSchemesJustAllowed(t *testing.T) {
	t.Parallel()
	allow(t, string(everythingSource(t)), []allowed{
		{"the least threshold", "threshold: 8", "threshold: 6"},
		{"an option of nothing", "poor: 50", "poor: 0"},
		{"hidden without neighbours", "mergeWith: leaders}}\n    roster: bound\n    recuse: []\n    identity: most-specific-group\n    exclude: [recused, invalid]\n    threshold: 8\n    small: merge", "name: 其他}}\n    roster: bound\n    recuse: []\n    identity: most-specific-group\n    exclude: [recused, invalid]\n    threshold: 8\n    small: hide"},
		{"merged into nobody", "weight: 60, mergeWith: leaders", "weight: 60"},
		{"abstained left out too", "exclude: [recused, invalid]", "exclude: [abstained, recused, invalid]"},
		{"lights a hair apart", "yellow: {from: 82.5}", "yellow: {from: 87.99}"},
		{"a quota of all", "atMost: 40%", "atMost: 100%"},
		{"a quota of a hair", "atMost: 40%", "atMost: 0.01%"},
		{"a quota as a decimal", "atMost: 40%", "atMost: 0.4"},
		{"no photos, no photo", "minPhotos: 2, kinds: [photo, interview]", "minPhotos: 0, kinds: [interview]"},
		{"covered by the last day", "allSubjectsBy: 06-30", "allSubjectsBy: 12-31"},
		{"the same day for two papers", "maxCharacters: 2000}", "maxCharacters: 2000}, {document: assessment-form, due: 01-14}"},
		{"postings of teams", "subject: person\nholding: team-leader", "subject: team"},
		{"talks on every grade", "talkIf: {review: [poor]}", "talkIf: {review: [good, poor]}"},
		{"a year of the quarter", "of: quarter", "of: rounds"},
		{"money after the other document", "basis: 乡委发〔2024〕2号}", "basis: 县委发〔2024〕1号}"},
	})
}

// A highest mark that is not above nothing would make every mark worth nothing
// or the wrong way round; a band that pairs with itself pairs nobody.
func TestSettingsThatWouldComeOutAsNothing(t *testing.T) {
	t.Parallel()
	refuse(t, small, []refusal{
		{"range up to nothing", "    judges: {min: 2", "    range: [-10, 0]\n    judges: {min: 2", fault.TemplateConflict, "channels.onsite.range", "range"},
		{"range below nothing", "    judges: {min: 2", "    range: [-20, -10]\n    judges: {min: 2", fault.TemplateConflict, "channels.onsite.range", "range"},
	})
	refuse(t, string(everythingSource(t)), []refusal{
		{"paired with itself", "follow: bottom", "follow: first", fault.TemplateConflict, "pairing.follow", "pairing"},
		{"follows nobody", "follow: bottom", "follow: last", fault.TemplateUnknownRef, "pairing.follow", "pairing"},
	})
}
