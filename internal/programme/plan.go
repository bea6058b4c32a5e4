package programme

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// PlanRounds dates a competition's rounds of the periods from–to by its
// templates' calendar, the public holidays and the tenant's own days (A14, A17,
// A18, Q1–Q3). Planning again dates anew what is still only planned, for
// example after holidays were announced, and leaves every other round alone.
// Years without holiday data are planned with a warning, as are months in which
// another competition inspects villages, too (G6).
func (s *Service) PlanRounds(ctx context.Context, competition uuid.UUID, from, to string) (*RoundPlan, error) {
	var plan *RoundPlan
	err := s.writing(ctx, authz.RoundPlan, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		c, err := ownCompetition(ctx, st, who, competition)
		if err != nil {
			return err
		}
		p := newPlanner(c)
		if err := p.load(ctx, st); err != nil {
			return err
		}
		if err := p.run(ctx, st, from, to); err != nil {
			return err
		}
		if err := p.overlaps(ctx, st); err != nil {
			return err
		}
		if c.FilingNumber == "" {
			p.plan.Warnings = append(p.plan.Warnings, fault.New(fault.LintNoFiling).At("filingNumber"))
		}
		plan = p.plan
		if err := st.SavePlannedRounds(ctx, p.rows); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.RoundPlan), "competition", c.ID, map[string]any{"from": from, "to": to, "rounds": len(p.rows)})
	})
	return plan, err
}

// planner dates the rounds of one competition.
type planner struct {
	competition *Competition
	days        calendar.Days
	have        map[string]RoundRow // by period
	docs        map[uuid.UUID]*template.Document
	plan        *RoundPlan
	rows        []RoundRow // to be saved
}

func newPlanner(c *Competition) *planner {
	return &planner{competition: c, plan: &RoundPlan{Competition: c.ID}, have: map[string]RoundRow{}, docs: map[uuid.UUID]*template.Document{}}
}

func (p *planner) load(ctx context.Context, st Store) error {
	rounds, err := st.PlannedRounds(ctx, p.competition.ID)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		p.have[r.Period] = r
	}
	own, err := st.CalendarDays(ctx)
	if err != nil {
		return err
	}
	p.days, err = calendar.Official().With("calendar", own)
	return err
}

func (p *planner) run(ctx context.Context, st Store, from, to string) error {
	first, err := p.versionAt(ctx, st, from)
	if err != nil {
		return err
	}
	start, err := periodOf(first, from, "from")
	if err != nil {
		return err
	}
	end, err := periodOf(first, to, "to")
	if err != nil {
		return err
	}
	periods, err := calendar.Range(start, end)
	if err != nil {
		for _, f := range fault.All(err) {
			f.At("to")
		}
		return err
	}
	for _, period := range periods {
		if err := p.date(ctx, st, period); err != nil {
			return err
		}
	}
	return nil
}

// versionAt parses the template that rules in a period.
func (p *planner) versionAt(ctx context.Context, st Store, period string) (*template.Document, error) {
	v := p.competition.Ruling(period)
	if v == nil {
		return nil, fault.New(fault.PeriodBeforeFirst, "value", period, "want", p.competition.Versions[0].FromPeriod).At("from")
	}
	if doc := p.docs[v.TemplateVersion]; doc != nil {
		return doc, nil
	}
	stored, err := st.TemplateVersionByID(ctx, v.TemplateVersion)
	if err != nil {
		return nil, err
	}
	doc, err := stored.Document()
	if err == nil {
		p.docs[v.TemplateVersion] = doc
	}
	return doc, err
}

// Ruling is the template version that rules in a period; nil before the first.
func (c *Competition) Ruling(period string) *RuleVersion {
	var found *RuleVersion
	for i := range c.Versions {
		if comparePeriods(c.Versions[i].FromPeriod, period) <= 0 {
			found = &c.Versions[i]
		}
	}
	return found
}

// date dates the round of one period.
func (p *planner) date(ctx context.Context, st Store, period calendar.Period) error {
	doc, err := p.versionAt(ctx, st, period.String())
	if err != nil {
		return err
	}
	o, until, err := p.occasion(doc, period)
	if err != nil {
		return err
	}
	p.warn(o.Warnings)
	row, planned := p.have[period.String()]
	kept := planned && row.State != "planned"
	e := entryOf(p.competition, o)
	e.Until = until
	switch {
	case kept:
		e.Round, e.Nominal, e.Held, e.State, e.Kept = row.ID, row.Nominal, row.Held, row.State, true
	case !o.Skipped:
		if !planned {
			row = RoundRow{ID: newID(), Competition: p.competition.ID, Trial: p.competition.Trial, Period: period.String(), State: "planned"}
		}
		row.Nominal, row.Held, row.TemplateVersion = o.Nominal, o.Held, p.competition.Ruling(row.Period).TemplateVersion
		e.Round, e.State = row.ID, row.State
		p.rows = append(p.rows, row)
	}
	p.plan.Entries = append(p.plan.Entries, e)
	return nil
}

// warn gathers warnings, each once.
func (p *planner) warn(list fault.List) {
	for _, w := range list {
		known := false
		for _, have := range p.plan.Warnings {
			known = known || have.Code == w.Code && have.Args["year"] == w.Args["year"]
		}
		if !known {
			p.plan.Warnings = append(p.plan.Warnings, w)
		}
	}
}

func entryOf(c *Competition, o calendar.Occasion) CalendarEntry {
	return CalendarEntry{
		Competition: c.ID, CompetitionName: c.Name, Trial: c.Trial, Period: o.Period.String(), Nominal: o.Nominal, Held: o.Held,
		Skipped: o.Skipped, Clamped: o.Clamped, RolledDays: o.RolledDays, CrossesMonth: o.CrossesMonth, Why: o.Why, Warnings: o.Warnings,
	}
}

func ruleOf(doc *template.Document) calendar.Rule {
	c := doc.Calendar
	return calendar.Rule{Day: c.Day, Clamp: calendar.Clamp(c.Clamp), Roll: calendar.Roll(c.Roll), Workdays: calendar.Workdays(c.Workdays)}
}

// Calendar lists the rounds of a year, by nominal day or day held, of all competitions the viewer may
// know of, in order, with the reasons of their dates. Overlaps in a month show
// by standing side by side (G6, G9).
func (s *Service) Calendar(ctx context.Context, year int) ([]CalendarEntry, error) {
	if err := s.gate.Require(ctx, authz.RoundRead, uuid.Nil); err != nil {
		return nil, err
	}
	first, err := calendar.NewDate(year, 1, 1)
	if err != nil {
		return nil, err
	}
	last, err := calendar.NewDate(year, 12, 31)
	if err != nil {
		return nil, err
	}
	var entries []CalendarEntry
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		if entries, err = st.RoundCalendar(ctx, first, last); err != nil {
			return err
		}
		own, err := st.CalendarDays(ctx)
		if err != nil {
			return err
		}
		days, err := calendar.Official().With("calendar", own)
		if err != nil {
			return err
		}
		for i := range entries {
			entries[i].explain(days)
		}
		return nil
	})
	return entries, err
}

// explain says why a round is held on another day than its rule names: the days
// off from the nominal day on. A round moved by its notice has none.
func (e *CalendarEntry) explain(days calendar.Days) {
	e.Why = []calendar.Passed{}
	e.RolledDays = e.Held.Since(e.Nominal)
	e.CrossesMonth = e.Held.Month() != e.Nominal.Month() || e.Held.Year() != e.Nominal.Year()
	for year := e.Nominal.Year(); year <= e.Held.Year(); year++ {
		if !days.Known(year) {
			e.Warnings = append(e.Warnings, fault.New(fault.CalendarYearUnknown, "year", strconv.Itoa(year)))
		}
	}
	for d := e.Nominal; d.Before(e.Held); d = d.AddDays(1) {
		worked, why := days.Worked(d, calendar.LiteralWorkdays) // lists a make-up day that was passed over, too
		if worked {
			e.Why = []calendar.Passed{} // moved by people, not by the calendar
			return
		}
		e.Why = append(e.Why, why)
	}
}
