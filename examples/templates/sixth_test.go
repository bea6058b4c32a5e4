package templates_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// quarter is one quarter of the county's contest between six townships, T1 the
// best on every mark: judges' points fall by two from one township to the next.
type quarter struct {
	t      *testing.T
	input  contest.Input
	judges map[string]int // by channel
}

func newQuarter(t *testing.T, period string, history ...contest.Held) *quarter {
	t.Helper()
	d := load(t, "county-township-contest")
	q := &quarter{t: t, judges: map[string]int{"field": 3, "material": 2}, input: contest.Input{
		Rules: contest.RulesVersion, Template: &d, Rubric: d.Items, Round: contest.Round{ID: period, Period: period, Held: "2024-06-25"}, History: history,
	}}
	for n := 1; n <= 6; n++ {
		id := fmt.Sprintf("T%d", n)
		q.input.Roster = append(q.input.Roster, contest.Subject{ID: id, Name: id})
		q.marks(id, "party", "field", exact.Int(int64(100-2*n)), nil)
		q.marks(id, "party", "material", exact.Int(int64(100-2*n)), nil)
		q.marks(id, "habitat", "field", exact.Number{}, &scoring.Detail{Level: "clean"})
		q.marks(id, "safety", "material", exact.Number{}, &scoring.Detail{Events: []scoring.EventCount{{Key: "hazard", Count: n}}})
		q.input.Metrics = append(q.input.Metrics, contest.Metric{Subject: id, Key: "income", Value: exact.Int(int64(120 - 10*n))},
			contest.Metric{Subject: id, Key: "target", Value: exact.Int(100)})
	}
	return q
}

// marks gives every judge of a channel the same mark; that of a detail is what
// it comes to.
func (q *quarter) marks(subject, item, channel string, value exact.Number, detail *scoring.Detail) {
	q.t.Helper()
	it, _ := q.input.Template.Item(item)
	for judge := 1; judge <= q.judges[channel]; judge++ {
		m := contest.Mark{ID: strings.Join([]string{subject, item, channel, fmt.Sprint(judge)}, "-"), Item: item, Channel: channel, Subject: subject,
			Judge: fmt.Sprintf("%s%d", channel, judge), Value: value, Detail: detail}
		if detail != nil {
			m.Value = scoring.ValueOf(&it, *detail)
		}
		q.input.Marks = append(q.input.Marks, m)
	}
}

func (q *quarter) compute() *contest.Result {
	q.t.Helper()
	r, err := contest.Compute(q.input)
	if err != nil {
		q.t.Fatal(err)
	}
	if len(r.Gaps) > 0 {
		q.t.Fatalf("missing: %+v", r.Gaps)
	}
	return r
}

func totals(r *contest.Result) string {
	var all []string
	for _, s := range r.Standings {
		all = append(all, fmt.Sprintf("%s %d %s", s.Subject, s.Rank, s.Shown))
	}
	return strings.Join(all, ", ")
}

// A scheme written by following the documentation alone runs: points, a formula,
// levels and points off make the scale, a bonus stands beside it, a veto that
// cites its basis sets a total to zero, and twice at the bottom brings a talk.
// covers G11
func TestTheSixthSchemeRuns(t *testing.T) {
	t.Parallel()
	first := newQuarter(t, "2024-Q2")
	r := first.compute()
	// T3: 30·94 % + 20·90/100 + 20 + (30 − 3·2)
	if got, want := totals(r), "T1 1 97.40, T2 2 94.80, T3 3 90.20, T4 4 85.60, T5 5 81.00, T6 6 76.40"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	var points []string
	for _, e := range r.Entries {
		points = append(points, e.Subject+" "+e.Role+" "+e.Points.String())
	}
	if got := strings.Join(points, ", "); got != "T1 township 3, T2 township 2, T3 township 1" {
		t.Errorf("points: %s", got)
	}

	second := newQuarter(t, "2024-Q3", contest.AsHeld(first.input, r))
	second.marks("T6", "merit", "material", exact.Number{}, &scoring.Detail{Events: []scoring.EventCount{{Key: "city", Count: 1}, {Key: "province", Count: 2}}})
	second.marks("T1", "accident", "material", exact.Number{}, &scoring.Detail{Veto: true})
	r = second.compute()
	if got, want := totals(r), "T2 1 94.80, T3 2 90.20, T4 3 85.60, T6 4 81.40, T5 5 81.00, T1 6 0.00"; got != want {
		t.Errorf("with a bonus and a veto: %s\nwant %s", got, want)
	}
	last := r.Standings[5]
	if !slices.Equal(last.Vetoes, []string{"accident"}) {
		t.Errorf("the last is vetoed by %v", last.Vetoes)
	}
	var talks []string
	for _, o := range r.Outcomes {
		if o.Do == "talk" {
			talks = append(talks, o.Subject+" by "+o.ByRole)
		}
	}
	if got := strings.Join(talks, ", "); got != "T5 by county-organisation" {
		t.Errorf("talks: %s", got)
	}
}

// Without its basis the veto does not validate, and with another effect the
// township is not ranked at all.
// covers G11
func TestTheVetoOfTheSixthScheme(t *testing.T) {
	t.Parallel()
	d := load(t, "county-township-contest")
	at := slices.IndexFunc(d.Items, func(i template.Item) bool { return i.Kind == template.KindVeto })
	d.Items[at].Rule.Basis = "没有这个文号"
	if l := template.Validate(d); len(l) != 1 || l[0].Field != fmt.Sprintf("items[%d].basis", at) {
		t.Errorf("without its basis: %v", l)
	}
	q := newQuarter(t, "2024-Q2")
	for i := range q.input.Rubric {
		if q.input.Rubric[i].Kind == template.KindVeto {
			q.input.Rubric[i].Rule.Effect = "unranked"
		}
	}
	q.marks("T1", "accident", "material", exact.Number{}, &scoring.Detail{Veto: true})
	r := q.compute()
	if last := r.Standings[5]; last.Subject != "T1" || last.Rank != 0 || last.Reason != contest.ReasonVetoed {
		t.Errorf("the vetoed township: %+v", last)
	}
}
