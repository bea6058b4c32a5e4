package template

import (
	"strings"
	"testing"

	"leitai/internal/fault"
)

// Every reading keeps its alternatives: each can be written, is kept as it was
// written, comes back from print, and changes nothing else.
// covers Q1, Q2, Q5, Q6, Q7, Q8, Q9, Q10, Q11, Q12, Q13, Q14, Q15, Q16, Q31, Q32, Q33, Q35, Q36
func TestAlternativesOfTheReadings(t *testing.T) {
	t.Parallel()
	base := small + "issues: {}\n"
	for _, c := range []struct{ reading, old, new, field, value string }{
		{"Q1", "  day: 30", "  day: 30\n  clamp: skip", "calendar.clamp", "skip"},
		{"Q2", "  day: 30", "  day: 30\n  workdays: literal", "calendar.workdays", "literal"},
		{"A18 back", "  day: 30", "  day: 30\n  roll: previous-workday", "calendar.roll", "previous-workday"},
		{"A18 none", "  day: 30", "  day: 30\n  roll: none", "calendar.roll", "none"},
		{"Q6 order", "  tieBreak: [ledger]", "  tieBreak: [onsite, heaviest-item]", "ranking.tieBreak", "[onsite, heaviest-item]"},
		{"Q6 capped", "  top: {best: 3}", "  top: {best: 3, ties: capped, cap: 3}", "bands.top.ties", "capped"},
		{"Q6 by order", "  top: {best: 3}", "  top: {best: 3, ties: tie-break}", "bands.top.ties", "tie-break"},
		{"Q6 average", "    by: rank\n", "    by: rank\n    average: true\n", "outcomes[0].average", "true"},
		{"Q5 from the bottom", "    by: rank\n", "    by: rank-from-bottom\n", "outcomes[0].by", "rank-from-bottom"},
		{"Q7", "  bottom: {worst: 3}", "  bottom: {worst: 3, ties: inclusive}", "bands.bottom.ties", "inclusive"},
		{"Q8", "length: 2", "length: 2, over: calendar-months", "streaks.twice.over", "calendar-months"},
		{"Q9", "length: 2", "length: 2, after: reset", "streaks.twice.after", "reset"},
		{"Q10 now", "length: 2", "length: 2, person: linked-now", "streaks.twice.person", "linked-now"},
		{"Q10 restart", "length: 2", "length: 2, person: restart-on-change", "streaks.twice.person", "restart-on-change"},
		{"Q10 year", "length: 2", "length: 2, bound: year", "streaks.twice.bound", "year"},
		{"Q11", "  tieBreak: [ledger]", "  tieBreak: [ledger]\n  on: exact", "ranking.on", "exact"},
		{"Q12", "  bottom: {worst: 3}", "  bottom: {worst: 3, small: explicit}", "bands.bottom.small", "explicit"},
		{"Q13 absent", "rubric: fixed", "rubric: fixed\nmissing: {absent: zero}", "missing.absent", "zero"},
		{"Q13 mark", "rubric: fixed", "rubric: fixed\nmissing: {mark: zero}", "missing.mark", "zero"},
		{"Q14", "decimals: 2}", "decimals: 2, split: per-total}", "scale.split", "per-total"},
		{"Q15 each round", "issues: {}", "issues: {overdue: {once: false}}", "issues.overdue.once", "false"},
		{"Q15 due day", "issues: {}", "issues: {overdue: {dueDay: late}}", "issues.overdue.dueDay", "late"},
		{"Q15 times", "issues: {}", "issues: {overdue: {times: 1.5}}", "issues.overdue.times", "1.5"},
		{"Q16 from the first round", "    minAttended: 4", "    minAttended: 4\n    months: from-first-round", "rollups.half-year.months", "from-first-round"},
		{"Q16 sum", "    minAttended: 4", "    minAttended: 4\n    aggregate: sum", "rollups.half-year.aggregate", "sum"},
		{"Q16 ranks", "    minAttended: 4", "    minAttended: 4\n    aggregate: mean-of-ranks", "rollups.half-year.aggregate", "mean-of-ranks"},
		{"Q31", "decimals: 2}", "decimals: 2, items: mean}", "scale.items", "mean"},
		{"Q32 rotation", "rubric: fixed", "rubric: fixed\npanels: {seconded: {choose: rotation}}", "panels.seconded.choose", "rotation"},
		{"Q32 draw", "rubric: fixed", "rubric: fixed\npanels: {seconded: {choose: draw}}", "panels.seconded.choose", "draw"},
		{"Q33", "rubric: fixed", "rubric: fixed\npanels: {seconded: {seat: beside}}", "panels.seconded.seat", "beside"},
		{"Q35 person", "rubric: fixed", "rubric: fixed\nannounce: {audience: person}", "announce.audience", "person"},
		{"Q35 county", "rubric: fixed", "rubric: fixed\nannounce: {audience: county}", "announce.audience", "county"},
		{"Q35 public", "rubric: fixed", "rubric: fixed\nannounce: {audience: public}", "announce.audience", "public"},
		{"Q36", "issues: {}", "issues: {into: next-total}", "issues.into", "next-total"},
		{"G8 bands", "  tieBreak: [ledger]", "  tieBreak: [ledger]\n  show: bands", "ranking.show", "bands"},
		{"G8 top", "  tieBreak: [ledger]", "  tieBreak: [ledger]\n  show: top-only", "ranking.show", "top-only"},
		{"G8 none", "  tieBreak: [ledger]", "  tieBreak: [ledger]\n  show: none", "ranking.show", "none"},
		{"rounding", "decimals: 2}", "decimals: 2, rounding: down}", "scale.rounding", "down"},
	} {
		t.Run(c.reading, func(t *testing.T) {
			t.Parallel()
			plain := parsed(t, []byte(base))
			d := parsed(t, []byte(swapped(t, base, c.old, c.new)))
			changes := Diff(plain, d)
			found := false
			for _, change := range changes {
				found = found || change.Field == c.field && change.To == c.value
			}
			if !found {
				t.Errorf("%s is not %s: %v", c.field, c.value, changes)
			}
			if c.reading != "Q6 capped" && len(changes) != 1 {
				t.Errorf("more than the one reading changed: %v", changes)
			}
			if again := parsed(t, Print(d)); !Equal(d, again) {
				t.Errorf("it reads back otherwise: %v", Diff(d, again))
			}
		})
	}
}

// Points by role have one value for each recipient.
// covers Q4
func TestPointsByRole(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(swapped(t, small, "    by: rank\n    values: [5, 4, 3]\n    to: [linked-leader, village]",
		"    by: role\n    values: [5, 4, 3]\n    to: [linked-leader, resident-cadre, village]")))
	o := d.Outcomes[0]
	if o.By != "role" || len(o.Values) != len(o.To) {
		t.Errorf("got %+v", o)
	}
	_, err := Parse([]byte(swapped(t, small, "    by: rank\n    values: [5, 4, 3]", "    by: role\n    average: true\n    values: [5, 4]")))
	wantOnly(t, fault.All(err), fault.TemplateConflict, "outcomes[0].average")
}

// The least document says little and stands on the defaults.
func TestLeastDocument(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte("schemaVersion: 1\nkey: a\nname: 甲\nsubject: village\ncalendar: {day: 30}\nchannels: {onsite: {name: 现场, weight: 100}}\n"))
	if d.Rubric != PerRound || len(d.Items) != 0 || len(d.Bands) != 0 || d.Issues != nil || len(d.ConfirmAtActivation) != 0 {
		t.Errorf("got %+v", d)
	}
	if printed := string(Print(d)); strings.Contains(printed, "items:\n") || !strings.Contains(printed, "rubric: per-round") {
		t.Errorf("printed:\n%s", printed)
	}
}

// Files come with byte order marks and other line ends, and with comments.
func TestSourcesAsOfficesWriteThem(t *testing.T) {
	t.Parallel()
	want := parsed(t, []byte(small))
	for name, source := range map[string]string{
		"byte order mark": "\ufeff" + small,
		"CRLF":            strings.ReplaceAll(small, "\n", "\r\n"),
		"comments":        "# 说明\n" + strings.ReplaceAll(small, "rubric: fixed", "rubric: fixed # 固定"),
		"document start":  "---\n" + small,
		"document end":    small + "...\n",
	} {
		d, err := Parse([]byte(source))
		if err != nil || !Equal(d, want) {
			t.Errorf("%s: %v %v", name, err, Diff(want, d))
		}
	}
}

// JSON's own escapes mean what JSON says.
func TestJSONEscapes(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(`{"schemaVersion":1,"key":"a","name":"\u64c2\u53f0\/\ud83d\ude00","subject":"village",
	"calendar":{"day":30},"channels":{"onsite":{"name":"x","weight":100.0,"reception":false}}}`))
	if d.Name.ZH != "擂台/😀" {
		t.Errorf("the name is %q", d.Name.ZH)
	}
	for _, bad := range []string{`null`, `{"a":1,"a":2}`, `{"schemaVersion":"1"}`, `"text"`, `7`} {
		if _, err := Parse([]byte(bad)); err == nil || len(fault.All(err)) == 0 {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
