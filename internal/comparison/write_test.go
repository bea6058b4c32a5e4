package comparison_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/comparison"
	"leitai/internal/fault"
)

func codes(err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, string(f.Code)+" "+f.Field)
	}
	return fmt.Sprint(all)
}

func TestARuleIsCheckedWhole(t *testing.T) {
	t.Parallel()
	w := newWorld("county")
	good := comparison.Rule{Year: 2023, MinCoverage: n("1"), WithinDays: 366, Reason: "议定", Weights: []comparison.Weight{{Dimension: "habitat", Weight: n("1/3")}}}
	if r, err := w.use.SetRule(w.ctx(), good); err != nil || r.Number != 1 || r.SetBy != w.home.Person {
		t.Errorf("%+v %v", r, err)
	}
	bad := comparison.Rule{Year: 2101, MinCoverage: n("1.01"), WithinDays: 367, Weights: []comparison.Weight{{Dimension: "nothing", Weight: n("0")}, {Dimension: "habitat", Weight: n("1")}, {Dimension: "habitat", Weight: n("1")}}}
	if _, err := w.use.SetRule(w.ctx(), bad); codes(err) != "[COMPARISON_YEAR year DIMENSION_UNKNOWN weights[0].dimension COMPARISON_WEIGHT weights[0].weight COMPARISON_TWICE weights[2].dimension "+
		"COMPARISON_COVERAGE minCoverage COMPARISON_WITHIN withinDays REQUIRED reason]" {
		t.Error(codes(err))
	}
	if _, err := newWorld("township").use.SetRule(newWorld("township").ctx(), good); fault.CodeOf(err) != fault.ComparisonOwner {
		t.Errorf("a township sets a rule: %v", err)
	}
}

func TestAMappingIsCheckedWhole(t *testing.T) {
	t.Parallel()
	w := newWorld("county")
	w.frame.Dimensions = []comparison.Dimension{{Key: "water"}}
	good := comparison.Mapping{Township: w.one, Source: "dimension:own", Dimension: "water", Reason: "同义"}
	if m, err := w.use.MapSource(w.ctx(), good, "2023-Q2"); err != nil || m.From != calendar.MustDate("2023-04-01") || m.MappedBy != w.home.Person {
		t.Errorf("%+v %v", m, err)
	}
	for _, c := range []struct {
		change func(*comparison.Mapping)
		from   string
		want   string
	}{
		{func(m *comparison.Mapping) { m.Township = uuid.New() }, "2023", "[CROSSWALK_TOWNSHIP township]"},
		{func(m *comparison.Mapping) { m.Source = "dimension:water" }, "2023", "[CROSSWALK_NAMED source]"},
		{func(m *comparison.Mapping) { m.Source = "total" }, "2023", "[CROSSWALK_SOURCE source]"},
		{func(m *comparison.Mapping) { m.Dimension = "wind" }, "2023", "[DIMENSION_UNKNOWN dimension]"},
		{func(m *comparison.Mapping) { m.Reason = "  " }, "2023", "[REQUIRED reason]"},
		{func(m *comparison.Mapping) { m.Dimension = "" }, "2023", "[]"},
	} {
		m := good
		c.change(&m)
		if _, err := w.use.MapSource(w.ctx(), m, c.from); codes(err) != c.want {
			t.Errorf("%s, want %s", codes(err), c.want)
		}
	}
	if _, err := w.use.MapSource(w.ctx(), good, "someday"); err == nil {
		t.Error("a mapping from someday on")
	}
}

// A publication is the lines as they are and each month's totals merged; a
// prefecture works out of these what it would of all villages.
func TestAPublishedComparison(t *testing.T) {
	t.Parallel()
	w := played()
	w.rows[2].Issues = []comparison.SourceIssues{{Source: "", Opened: 5, Closed: 4}}
	q := comparison.Query{From: "2023-04", To: "2023-07"}
	p, err := w.use.Publish(w.ctx(), q, comparison.ToCounty, " 说明 ")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Lines) != 2 || p.Lines[1].Rank != 1 || p.Lines[0].Index.String() != "75.5" || p.Comment != "说明" || p.To != calendar.MustDate("2023-07-31") {
		t.Errorf("%+v", p)
	}
	if len(w.kept) != 2 || w.kept[0].Townships != 2 || w.kept[0].Packed.Contestants != 3 || w.kept[0].Due != 2 || w.kept[0].OnTime != 1 || w.kept[1].Issues.Opened != 5 {
		t.Errorf("%+v", w.kept)
	}
	above := newWorld("prefecture")
	county := uuid.New()
	above.frame.Members = []comparison.Member{{Tenant: county, Kind: "county", Code: "9901", Name: "甲县"}}
	for _, m := range w.kept {
		above.months = append(above.months, comparison.MonthRow{Tenant: county, Publication: p.ID, MonthTotal: m})
	}
	c, err := above.use.Counties(above.ctx(), q)
	if err != nil {
		t.Fatal(err)
	}
	own := w.compared(t)
	if one := c.Lines[0]; one.Index.String() != "77.4" || one.Due != 3 || one.OnTime != 2 || one.Issues.Closed != 4 || !one.Spread().Quantile(1, 2).Equal(own.Spread().Quantile(1, 2)) || one.Spread().N() != 5 {
		t.Errorf("index %s, due %d, on time %d, median %s of %d", one.Index, one.Due, one.OnTime, one.Spread().Quantile(1, 2), one.Spread().N())
	}
}

func TestWhatCannotBePublished(t *testing.T) {
	t.Parallel()
	q := comparison.Query{From: "2023-04", To: "2023-07"}
	for _, c := range []struct {
		change   func(*world)
		audience comparison.Audience
		want     fault.Code
	}{
		{func(*world) {}, "public", fault.Invalid},
		{func(w *world) { w.frame.Rules = nil }, comparison.ToCounty, fault.ComparisonRuleMissing},
		{func(w *world) { w.rows = nil }, comparison.ToCounty, fault.ComparisonEmpty},
		{func(w *world) { w.home.TenantKind = "prefecture" }, comparison.ToCounty, fault.ComparisonCounty},
		{func(w *world) { w.home.TenantKind = "township" }, comparison.ToCounty, fault.ComparisonOwner},
		{func(w *world) { w.home.Person = uuid.Nil }, comparison.ToCounty, fault.NoPerson},
		{func(w *world) { w.refuses = true }, comparison.ToCounty, fault.Forbidden},
	} {
		w := played()
		c.change(w)
		if _, err := w.use.Publish(w.ctx(), q, c.audience, ""); fault.CodeOf(err) != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// What others see hides ranks below the third; a department sees its dimensions
// and no index. covers Q35
func TestWhoSeesWhatOfAPublishedOne(t *testing.T) {
	t.Parallel()
	w := played()
	p, err := w.use.Publish(w.ctx(), comparison.Query{From: "2023-04", To: "2023-07"}, comparison.ToCounty, "")
	if err != nil {
		t.Fatal(err)
	}
	w.last.Lines[0].Rank = 4
	county := *w.home
	below := county
	below.Tenant, below.TenantKind, below.TenantUnit = w.two, "township", w.frame.Members[1].Unit
	for name, c := range map[string]struct {
		as    any
		sight authz.Sight
		want  string
	}{
		"the county":   {"county", authz.Sight{All: true}, "4 false 2, 1 false 2"},
		"the best":     {"below", authz.Sight{All: true}, "0 true 0, 1 false 2"},
		"a department": {"county", authz.Sight{Dimensions: []string{"habitat"}}, "0 false 1, 0 false 1"},
		"the last":     {"last", authz.Sight{All: true}, "4 false 2, 1 false 2"},
	} {
		w.sight, *w.home = c.sight, county
		switch c.as {
		case "below":
			*w.home = below
		case "last":
			*w.home = below
			w.home.TenantUnit = w.frame.Members[0].Unit
		}
		got, err := w.use.PublishedByID(w.ctx(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		var have string
		for i, l := range got.Lines {
			if i > 0 {
				have += ", "
			}
			have += fmt.Sprint(l.Rank, " ", l.Hidden, " ", len(l.Domains))
			if (l.Index == nil) != (l.Rank == 0) {
				t.Errorf("%s: index %v beside rank %d", name, l.Index, l.Rank)
			}
		}
		if have != c.want {
			t.Errorf("%s sees %s, want %s", name, have, c.want)
		}
	}
}
