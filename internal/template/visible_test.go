package template

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// said is what a document says at a path such as outcomes[0].by; "" where it
// says nothing.
func said(d Document, path string) string {
	node := shape.write(d)
	for step := range strings.SplitSeq(strings.ReplaceAll(path, "[", ".["), ".") {
		if i, ok := strings.CutPrefix(step, "["); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(i, "]"))
			if err != nil || node == nil || n >= len(node.list) {
				return ""
			}
			node = node.list[n]
			continue
		}
		node = node.at(step)
	}
	return node.inline()
}

// silent asks for every part of a document and says as little as it can about
// each, so that every reading stands on its default.
const silent = `schemaVersion: 1
key: silent
name: 少言
basis: [{title: 通知, number: 例发〔2024〕1号}]
subject: person
calendar: {day: 30}
tracks: {groupSet: village-class}
channels: {onsite: {name: 现场, weight: 40}, ledger: {name: 台账, weight: 60}}
rubric: fixed
items: [{key: party, name: 党建, points: 100}]
bands: {top: {best: 3}, bottom: {worst: 3}, improved: {gain: 3}}
streaks: {bottom-twice: {band: bottom, length: 2}}
outcomes:
  - {when: top, do: points, by: rank, values: [5, 4, 3], to: [village, linked-leader, resident-cadre]}
  - {when: bottom-twice, do: points, by: rank-from-bottom, values: [-5, -4, -3], to: [village]}
rollups: {half-year: {}}
issues: {}
ballots: {meeting: {options: {good: 100, poor: 0}, groups: {all: {weight: 100}}}}
postings: {}
grades:
  review: {steps: {good: {from: 90}, poor: {}}}
  annual: {steps: {excellent: {quota: {atMost: 40%}, needs: {review: good}}, kept: {quota: {atLeast: 30%}}}}
`

// readingKeys is where each reading of what the notices leave open stands in a
// document, what it is when nobody says anything, and what it may be instead.
// A reading without alternatives is a key all the same.
var readingKeys = []struct{ reading, path, value, others string }{
	{"Q1", "calendar.clamp", "month-end", "skip"},
	{"Q2", "calendar.workdays", "official", "literal"},
	{"Q3", "calendar.period", "nominal", ""},
	{"Q4", "outcomes[0].by", "rank", "role rank-from-bottom"},
	{"Q4", "confirmAtActivation", "[outcomes, streaks]", ""},
	{"Q5", "outcomes[1].by", "rank-from-bottom", "rank"},
	{"Q6", "ranking.method", "competition", ""},
	{"Q6", "ranking.tieBreak", "[]", ""},
	{"Q6", "bands.top.ties", "inclusive", "exclusive tie-break capped"},
	{"Q7", "bands.bottom.ties", "exclusive", "inclusive"},
	{"Q8", "streaks.bottom-twice.over", "held-rounds", "calendar-months"},
	{"Q9", "streaks.bottom-twice.after", "continue", "reset"},
	{"Q10", "streaks.bottom-twice.person", "linked-throughout", "linked-now restart-on-change"},
	{"Q10", "streaks.bottom-twice.bound", "none", "year"},
	{"Q11", "ranking.on", "published", "exact"},
	{"Q12", "bands.top.small", "half", "explicit"},
	{"Q12", "bands.bottom.small", "half", "explicit"},
	{"Q13", "missing.absent", "unranked", "zero"},
	{"Q13", "missing.mark", "blocks", "zero"},
	{"Q14", "scale.split", "per-item", "per-total"},
	{"Q15", "issues.overdue.times", "2", ""},
	{"Q15", "issues.overdue.once", "true", ""},
	{"Q15", "issues.overdue.dueDay", "in-time", "late"},
	{"Q16", "rollups.half-year.months", "calendar", "from-first-round"},
	{"Q16", "rollups.half-year.aggregate", "mean", "sum mean-of-ranks"},
	{"Q16", "rollups.half-year.minAttended", "1", ""},
	{"Q17", "grades.annual.steps.excellent.quota.kind", "hard", "soft"},
	{"Q17", "grades.annual.steps.excellent.ties", "decide", "inclusive"},
	{"Q18", "grades.annual.steps.excellent.quota.kind", "hard", "soft"},
	{"Q19", "grades.annual.steps.kept.ties", "inclusive", "decide"},
	{"Q20", "grades.annual.steps.excellent.quota.of", "persons", "teams subjects"},
	{"Q21", "grades.annual.steps.excellent.unused", "pass-on", "empty"},
	{"Q22", "postings.selection.count", "completed-years", ""},
	{"Q22", "postings.selection.partyFrom", "full-membership", ""},
	{"Q23", "postings.statement.leave", "shown-apart", ""},
	{"Q23", "postings.statement.short", "reported", ""},
	{"Q24", "ranking.scope", "track", "all"},
	{"Q25", "bands.improved.against", "previous-held", ""},
	{"Q25", "bands.improved.gain", "3", ""},
	{"Q26", "ballots.meeting.recuse", "[own-village]", ""},
	{"Q26", "ballots.meeting.exclude", "[recused, invalid, abstained]", ""},
	{"Q27", "ballots.meeting.identity", "most-specific-group", ""},
	{"Q30", "announce.correction", "new-revision", ""},
	{"Q31", "scale.items", "sum", "mean"},
	{"Q32", "panels.seconded.choose", "assigned", "rotation draw"},
	{"Q33", "panels.seconded.seat", "inside", "beside"},
	{"Q34", "ballots.meeting.small", "hide", "merge"},
	{"Q34", "ballots.meeting.threshold", "6", ""},
	{"Q35", "announce.audience", "township", "person county public"},
	{"Q36", "issues.into", "account", "next-total"},
}

// Every reading is a key that anybody can see in the printed document, with its
// stated default, however little the author said.
// covers Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q9, Q10, Q11, Q12, Q13, Q14, Q15, Q16, Q17, Q18, Q19, Q20, Q21, Q22, Q23, Q24, Q25, Q26, Q27, Q30, Q31, Q32, Q33, Q34, Q35, Q36
func TestEveryReadingIsAVisibleKey(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(silent))
	printed := parsed(t, Print(d))
	for _, k := range readingKeys {
		if got := said(d, k.path); got != k.value {
			t.Errorf("%s: %s is %q, want %q", k.reading, k.path, got, k.value)
		}
		if got := said(printed, k.path); got != k.value {
			t.Errorf("%s: %s is printed as %q, want %q", k.reading, k.path, got, k.value)
		}
		key := k.path[strings.LastIndexByte(k.path, '.')+1:]
		if !strings.Contains(string(Print(d)), key+": ") && !strings.Contains(string(Print(d)), key+":\n") {
			t.Errorf("%s: %s does not stand in the print", k.reading, key)
		}
	}
}

// The alternatives that have to be kept are values that the key knows, and the
// schema tells them to whoever writes a document.
func TestEveryReadingKeepsItsAlternatives(t *testing.T) {
	t.Parallel()
	var schema any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, k := range readingKeys {
		if k.others == "" {
			continue
		}
		known := enumAt(schema, strings.Split(strings.NewReplacer("[0]", ".[]", "[1]", ".[]").Replace(k.path), "."))
		for _, other := range append(strings.Fields(k.others), k.value) {
			if !slices.Contains(known, other) {
				t.Errorf("%s: %s knows %v, not %s", k.reading, k.path, known, other)
			}
		}
	}
}

// enumAt follows a path into the schema, through lists and members of any key,
// and gives the values known there.
func enumAt(v any, path []string) []string {
	m, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	if either, ok := m["anyOf"].([]any); ok {
		for _, one := range either {
			if known := enumAt(one, path); len(known) > 0 {
				return known
			}
		}
		return nil
	}
	if len(path) == 0 {
		var known []string
		all, _ := m["enum"].([]any)
		for _, one := range all {
			s, _ := one.(string)
			known = append(known, s)
		}
		return known
	}
	if path[0] == "[]" {
		return enumAt(m["items"], path[1:])
	}
	if next := under(m, "properties", path[0]); next != nil {
		return enumAt(next, path[1:])
	}
	return enumAt(m["additionalProperties"], path[1:])
}

// No weight of the components of a total is hidden in code: who writes parts
// writes each weight.
// covers Q28
func TestWeightsOfPartsAreNeverGuessed(t *testing.T) {
	t.Parallel()
	_, err := Parse([]byte(silent + "parts: [{key: ballot, from: ballots.meeting}, {key: work, weight: 50, from: items}]\n"))
	if l := fault.All(err); !has(l, fault.TemplateMissingKey, "parts[0].weight") {
		t.Errorf("got %v", err)
	}
	d := parsed(t, []byte(silent+"parts: [{key: ballot, weight: 30, from: ballots.meeting}, {key: work, weight: 70, from: items}]\n"))
	if said(d, "parts.ballot.weight") != "30" || said(d, "parts.work.weight") != "70" {
		t.Errorf("got %v", d.Parts)
	}
}

// A test of the quarter can be recorded beside the contest without counting: its
// weight is 0 unless the author says otherwise.
// covers Q29, A13
func TestAnExamIsRecordedWithoutCounting(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(swapped(t, silent, "items: [", "items: [{key: test, name: 闭卷测试, kind: exam}, ")))
	i, ok := d.Item("test")
	if !ok || i.Points.Sign() != 0 {
		t.Errorf("the test is worth %s", i.Points)
	}
	_, err := Parse([]byte(swapped(t, silent, "items: [{key: party, name: 党建, points: 100}]", "items: [{key: test, name: 闭卷测试, kind: exam, points: 100}]")))
	wantOnly(t, fault.All(err), fault.TemplateExamOnly, "items")
}
