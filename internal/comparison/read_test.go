package comparison_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/comparison"
	"leitai/internal/fault"
)

func played() *world {
	w := newWorld("county")
	w.round(w.one, "2023-04", "2023-04-20", "2023-04-28", []string{"90", "80"}, []string{"70", "60"})
	w.round(w.two, "2023-04", "2023-04-20", "2023-05-01", []string{"80"}, []string{"90"})
	w.round(w.one, "2023-05", "2023-05-20", "2023-05-30", []string{"92", "82"}, []string{"70", "60"})
	return w
}

func TestLinesOfACounty(t *testing.T) {
	t.Parallel()
	w := played()
	w.rows[0].Issues = []comparison.SourceIssues{{Source: "dimension:habitat", Opened: 9, Closed: 1}}
	w.rows[2].Issues = []comparison.SourceIssues{{Source: "dimension:habitat", Opened: 4, Closed: 3, Overdue: 1}, {Source: "", Opened: 1}}
	w.rows[2].Ranges, w.rows[2].Width = 4, 6
	c := w.compared(t)
	one, two := c.Lines[0], c.Lines[1]
	if one.Index.String() != "75.5" || one.Rank != 2 || two.Index.String() != "85" || two.Rank != 1 || !one.Comparable() {
		t.Errorf("%s rank %d, %s rank %d", one.Index, one.Rank, two.Index, two.Rank)
	}
	if one.Due != 2 || one.OnTime != 2 || two.OnTime != 0 || !one.Timed {
		t.Errorf("on time %d of %d, and %d: the tenth day is in time, the eleventh is not", one.OnTime, one.Due, two.OnTime)
	}
	if *one.Issues != (comparison.IssueFigures{Opened: 5, Closed: 3, Overdue: 1}) || one.Ranges != 4 || one.Width != 6 {
		t.Errorf("the newest counts of a competition count: %+v, %d", one.Issues, one.Ranges)
	}
	if may := one.Rounds[1]; may.Change == nil || may.Change.String() != "1" || one.Rounds[0].Change != nil || may.Rank != 1 || one.Rounds[0].Rank != 2 {
		t.Errorf("change %v; ranks %d and %d", may.Change, one.Rounds[0].Rank, may.Rank)
	}
	if s := c.Spread(); s.N() != 5 || s.Quantile(1, 2).String() != "80" || one.Spread().N() != 4 {
		t.Errorf("%d villages, median %s", s.N(), s.Quantile(1, 2))
	}
}

// What is not published yet is late once its time has passed; what is published
// to the persons concerned is neither; what is of persons is not of villages.
func TestRoundsThatAreNotCompared(t *testing.T) {
	t.Parallel()
	w := played()
	late, soon, private, persons := *w.round(w.two, "2023-06", "2023-06-20", "2023-06-25", []string{"1"}, []string{"1"}), w.rows[0], w.rows[0], w.rows[0]
	w.rows = w.rows[:len(w.rows)-1]
	late.Revision, late.Readable, late.Round = 0, false, uuid.New()
	soon.Tenant, soon.Held, soon.Revision, soon.Readable, soon.Round = w.two, calendar.MustDate("2023-07-18"), 0, false, uuid.New()
	private.Tenant, private.Readable, private.Round = w.two, false, uuid.New()
	persons.Tenant, persons.Subject, persons.Round = w.two, "person", uuid.New()
	w.rows = append(w.rows, late, soon, private, persons)
	c := w.compared(t)
	two := c.Lines[1]
	if two.Due != 3 || two.Published != 2 || two.OnTime != 1 || two.Withheld != 1 || two.Index.String() != "85" || len(two.Rounds) != 5 {
		t.Errorf("due %d, published %d, on time %d, withheld %d, index %s, rounds %d", two.Due, two.Published, two.OnTime, two.Withheld, two.Index, len(two.Rounds))
	}
	for _, r := range two.Rounds {
		if r.Held == soon.Held && r.OnTime != nil {
			t.Error("a round whose time has not come is judged")
		}
	}
}

// Without a rule of the year or one before, nobody is comparable and nothing is
// late.
func TestTheRuleOfTheYear(t *testing.T) {
	t.Parallel()
	w := played()
	w.frame.Rules[0].Year = 2024
	c := w.compared(t)
	if one := c.Lines[0]; c.Rule != nil || one.Comparable() || one.Timed || one.Due != 2 || fmt.Sprint(one.Barriers) != "[{NO_RULE }]" || c.Spread().N() != 0 {
		t.Errorf("%+v", one.Line)
	}
	w.frame.Rules[0].Year = 2020
	if c := w.compared(t); c.Rule == nil || !c.Lines[0].Comparable() {
		t.Error("the rule of an earlier year does not count")
	}
}

func TestWhatADepartmentSees(t *testing.T) {
	t.Parallel()
	w := played()
	w.rows[2].Issues = []comparison.SourceIssues{{Source: "dimension:habitat", Opened: 4}, {Source: "dimension:party-building", Opened: 2}, {Source: "", Opened: 1}}
	w.sight = authz.Sight{Dimensions: []string{"habitat"}}
	c := w.compared(t)
	if one := c.Lines[0]; len(one.Domains) != 1 || one.Domains[0].Dimension != "habitat" || one.Index.String() != "65" || one.Judged || one.Issues.Opened != 4 || !c.Limited {
		t.Errorf("%+v, issues %+v", one.Line, one.Issues)
	}
	if c := w.compared(t, "party-building"); len(c.Lines[0].Domains) != 0 || len(c.Lines[0].Shared) != 0 {
		t.Errorf("asking for another's dimension: %+v", c.Lines[0].Line)
	}
	w.sight = authz.Sight{}
	if c := w.compared(t); len(c.Lines[0].Domains) != 0 || c.Lines[0].Issues.Opened != 0 {
		t.Errorf("who sees nothing sees %+v", c.Lines[0].Line)
	}
}

func TestWhoMayCompare(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string][2]fault.Code{
		"county": {"", fault.ComparisonPrefecture}, "prefecture": {fault.ComparisonCounty, ""}, "township": {fault.ComparisonCounty, fault.ComparisonPrefecture},
	} {
		w := newWorld(kind)
		q := comparison.Query{From: "2023-04", To: "2023-07"}
		_, towns := w.use.Townships(w.ctx(), q)
		_, counties := w.use.Counties(w.ctx(), q)
		if have := [2]fault.Code{fault.CodeOf(towns), fault.CodeOf(counties)}; have != want {
			t.Errorf("a %s: %v, want %v", kind, have, want)
		}
		w.refuses = true
		if _, err := w.use.Townships(w.ctx(), q); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("a %s without the permission: %v", kind, err)
		}
	}
	w := newWorld("county")
	for _, q := range []comparison.Query{{From: "2023-05", To: "2023-04"}, {From: "2020-04", To: "2023-04"}, {From: "2023-Q1", To: "2023-Q2"}, {}} {
		if _, err := w.use.Townships(w.ctx(), q); fault.CodeOf(err) != fault.ComparisonMonths {
			t.Errorf("%+v: %v", q, err)
		}
	}
	if _, err := w.use.Townships(w.ctx(), comparison.Query{From: "2020-05", To: "2023-04"}); err != nil {
		t.Errorf("thirty-six months: %v", err)
	}
}

// A mapping counts from its day on, the newest of a day goes first, and an empty
// one ends it; another template's and another township's do not count.
func TestMappingsAreDated(t *testing.T) {
	t.Parallel()
	w := played()
	for i := range w.rows {
		p := &w.rows[i].Packed
		p.Sources, p.Digest = "{total,dimension:party-building,item:tidy}", strings.Replace(p.Digest, "dimension:habitat", "item:tidy", 1)
	}
	var without comparison.Parts
	index := func() string {
		c, err := w.use.Townships(w.ctx(), comparison.Query{From: "2023-04", To: "2023-07", Without: without})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("April %t, May %t, beside %t", c.Lines[0].Rounds[0].Comparable(), c.Lines[0].Rounds[1].Comparable(), c.Lines[1].Rounds[0].Comparable())
	}
	add := func(township uuid.UUID, key, dimension, from string) {
		w.frame.Mappings = append(w.frame.Mappings, comparison.Mapping{Township: township, Template: key, Source: "item:tidy", Dimension: dimension, From: calendar.MustDate(from)})
	}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "April false, May false, beside false"},
		{func() { add(w.one, "another", "habitat", "2023-01-01") }, "April false, May false, beside false"},
		{func() { add(w.one, "arena", "habitat", "2023-05-01") }, "April false, May true, beside false"},
		{func() { add(w.one, "", "habitat", "2023-04-01") }, "April true, May true, beside false"},
		{func() { add(w.one, "", "", "2023-05-01") }, "April true, May false, beside false"},
		{func() { add(w.two, "", "habitat", "2023-01-01") }, "April true, May false, beside true"},
	} {
		step.do()
		for _, without = range []comparison.Parts{0, comparison.Distribution} {
			if have := index(); have != step.want {
				t.Errorf("%+v: %s, want %s", w.frame.Mappings, have, step.want)
			}
		}
	}
}

// What nobody asks for is left out, and nothing else changes: means need nobody's
// own score, and what is told with the distribution is told without it.
func TestWhatIsNotAskedForIsLeftOut(t *testing.T) {
	t.Parallel()
	w := played()
	w.frame.Mappings = []comparison.Mapping{{Township: w.two, Source: "dimension:own", Dimension: "industry", From: calendar.MustDate("2023-01-01")}}
	whole := w.compared(t)
	brief, err := w.use.Townships(w.ctx(), comparison.Query{From: "2023-04", To: "2023-07", Without: comparison.Means | comparison.Distribution})
	if err != nil {
		t.Fatal(err)
	}
	told := func(l compare.Line) string {
		return fmt.Sprint(l.Shared, l.Index, l.Coverage, l.Barriers, l.Rank, l.Naive, l.HasNaive, l.NaiveRank)
	}
	for i, l := range brief.Lines {
		full := whole.Lines[i]
		if told(l.Line) != told(full.Line) || len(l.Domains) != 0 || len(full.Domains) != 2 {
			t.Errorf("%+v\n%+v", l.Line, full.Line)
		}
		for k, r := range l.Rounds {
			other := full.Rounds[k]
			if told(r.Line) != told(other.Line) || r.Spread.N() != 0 || other.Spread.N() == 0 || r.Middle.String() != other.Middle.String() || r.Contestants != other.Contestants {
				t.Errorf("%+v\n%+v", r, other)
			}
		}
	}
}
