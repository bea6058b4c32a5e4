package journeys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/examples/templates"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/programme"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// source is the world's template as text, changed.
func (s *stage) source(t testing.TB, change func(*template.Document)) string {
	t.Helper()
	text := ""
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, "", paging.Args{})
		if err != nil {
			return err
		}
		doc, err := page.Items[len(page.Items)-1].Document()
		if err == nil {
			change(doc)
			text = string(template.Print(*doc))
		}
		return err
	})
	return text
}

func (s *stage) draft(t testing.TB, who, source string) (v *programme.TemplateVersion) {
	t.Helper()
	s.must(t, who, func(ctx context.Context) (err error) {
		v, err = s.App.Programme.CreateTemplate(ctx, source)
		return err
	})
	return v
}

func unchanged(*template.Document) {}

// A template is drafted, checked and changed until a person activates it and
// confirms what the notice leaves open; from then on nobody changes it.
// covers G5, G6, Q4, Q9
func TestTemplateFromDraftToActive(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	api := s.App.Programme
	create := func(source string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := api.CreateTemplate(ctx, source); return err }
	}
	broken := s.source(t, func(doc *template.Document) {
		doc.Channels[0].Weight = doc.Channels[1].Weight
		doc.Items[0].Points = doc.Items[2].Points
	})
	faults := fault.All(s.try(t, sample.Clerk, create(broken)))
	for _, field := range []string{"channels", "items"} {
		if !slices.ContainsFunc(faults, func(f *fault.Fault) bool { return strings.HasPrefix(f.Field, field) }) {
			t.Errorf("nothing is said about the %s: %v", field, faults)
		}
	}
	s.refused(t, "L4", create(s.source(t, unchanged)), "FORBIDDEN")

	v := s.draft(t, sample.Clerk, s.source(t, unchanged))
	if v.Version != 2 || v.State != programme.TemplateDraft || v.Revision != 1 {
		t.Errorf("the draft: version %d, %s, revision %d", v.Version, v.State, v.Revision)
	}
	report := v.Report()
	equal(t, "to confirm", report.Confirm, []string{"outcomes", "streaks"})
	if report.Burden == nil || report.NotYet != nil || !slices.ContainsFunc(report.Warnings, func(w template.Warning) bool { return w.Code == fault.LintLedger }) {
		t.Errorf("the report: %+v", report)
	}
	update := func(revision int, source string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := api.UpdateTemplate(ctx, v.ID, revision, source); return err }
	}
	activate := func(revision int, confirm ...string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := api.ActivateTemplate(ctx, v.ID, revision, confirm)
			return err
		}
	}
	byRole := s.source(t, func(doc *template.Document) { doc.Outcomes[0].By = "role" })
	s.refused(t, sample.Clerk, update(1, s.source(t, func(doc *template.Document) { doc.Key = "another" })), "TEMPLATE_KEY_FIXED at key")
	s.must(t, sample.Clerk, update(1, byRole))
	s.refused(t, sample.Clerk, update(1, byRole), "STALE_REVISION at revision")
	s.refused(t, sample.Clerk, activate(2, "outcomes", "streaks"), "FORBIDDEN")
	missing := s.refused(t, sample.Approver, activate(2), "TEMPLATE_CONFIRMATION_MISSING at confirm")
	equal(t, "missing", missing[0].Args["missing"], "outcomes, streaks")
	missing = s.refused(t, sample.Approver, activate(2, "outcomes", "weather"), "TEMPLATE_CONFIRMATION_MISSING at confirm", "TEMPLATE_CONFIRMATION_UNKNOWN at confirm[1]")
	equal(t, "missing", missing[0].Args["missing"], "streaks")
	s.refused(t, sample.Approver, activate(1, "outcomes", "streaks"), "STALE_REVISION at revision")
	s.must(t, sample.Approver, activate(2, "streaks", "outcomes"))
	s.refused(t, sample.Clerk, update(3, byRole), "TEMPLATE_FROZEN at template")
	s.refused(t, sample.Approver, activate(3, "outcomes", "streaks"), "TEMPLATE_FROZEN at template")

	for _, statement := range []string{
		`UPDATE template_version SET source = 'x'`, `UPDATE template_version SET canonical = 'x'`, `UPDATE template_version SET state = 'draft'`,
		`DELETE FROM template_version`,
	} {
		_, err := s.tenantRows(t).ExecContext(t.Context(), statement)
		if refused := pq.As(err); refused == nil {
			t.Errorf("leitai_app may %s: %v", statement, err)
		}
	}
	t.Run("versions", func(t *testing.T) { checkVersions(t, s, v) })
}

// Versions are listed newest first and compared field by field; a draft is its
// tenant's own, an active version is read by the adopting county.
// covers B18
func checkVersions(t *testing.T, s *stage, second *programme.TemplateVersion) {
	var first *programme.TemplateVersion
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, second.Key, paging.Args{})
		if err != nil {
			return err
		}
		var have []string
		for _, v := range page.Items {
			have = append(have, fmt.Sprintf("%d %s", v.Version, v.State))
		}
		equal(t, "versions", have, []string{"2 active", "1 active"})
		first = page.Items[1]
		changes, err := s.App.Programme.DiffTemplates(ctx, first.ID, second.ID)
		if len(changes) != 1 || changes[0].Field != "outcomes[0].by" || changes[0].From != "rank" || changes[0].To != "role" {
			t.Errorf("differences: %+v", changes)
		}
		return err
	})
	draft := s.draft(t, sample.Clerk, s.source(t, unchanged))
	read := func(id uuid.UUID) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.App.Programme.Template(ctx, id); return err }
	}
	s.must(t, "CN1", read(second.ID))
	s.must(t, "S1", read(second.ID))
	for who, id := range map[string]uuid.UUID{"CN1": draft.ID, "XC1": second.ID, "XA1": draft.ID} {
		if there, nowhere := s.try(t, who, read(id)), s.try(t, who, read(uuid.New())); fault.CodeOf(there) != fault.NotFound || there.Error() != nowhere.Error() {
			t.Errorf("%s is answered %v, and %v for an unknown id", who, there, nowhere)
		}
	}
	s.refused(t, "XC1", func(ctx context.Context) error {
		_, err := s.App.Programme.UpdateTemplate(ctx, draft.ID, 1, s.source(t, unchanged))
		return err
	}, "NOT_FOUND at template")
	s.must(t, "XC1", func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, "", paging.Args{})
		if len(page.Items) != 0 {
			t.Errorf("the neighbour lists %d templates", len(page.Items))
		}
		return err
	})
}

// Every example template is kept; what this release cannot run is refused at
// activation, each behaviour by name and place.
func TestActivatingWhatCannotRunYet(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for key, want := range map[string]string{
		"town-observation": "coverage", "secretary-arena": "tracks", "first-secretary-term": "postings", "annual-assessment": "grades",
	} {
		source, found := templates.Source(key)
		if !found {
			t.Fatalf("no example %s", key)
		}
		v := s.draft(t, sample.Clerk, string(source))
		equal(t, key+" as it is kept", v.Source, string(source))
		before := s.Fingerprint(t, uuid.Nil)
		list := fault.All(s.try(t, sample.Approver, func(ctx context.Context) error {
			_, err := s.App.Programme.ActivateTemplate(ctx, v.ID, v.Revision, v.Report().Confirm)
			return err
		}))
		if s.Fingerprint(t, uuid.Nil) != before {
			t.Errorf("refusing %s changed rows", key)
		}
		named := false
		for _, f := range list {
			named = named || f.Field == want
			if f.Code != fault.TemplateNotYet || f.Field == "" || !strings.Contains(f.Message(fault.Chinese), f.Args["zh"]) {
				t.Errorf("%s: %v", key, f)
			}
		}
		if !named {
			t.Errorf("%s: %q is not named in %v", key, want, list)
		}
	}
}

// A county's active template is read by its townships and derived from; the
// fields it locks stay as they are.
func TestTownshipDerivesFromItsCounty(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	parent := s.draft(t, "CA1", s.source(t, func(doc *template.Document) { doc.Key = "county-arena" }))
	derived := func(change func(*template.Document)) string {
		return s.source(t, func(doc *template.Document) {
			doc.Key, doc.DerivedFrom = "own-arena", &template.Derived{Key: "county-arena", Version: 1, Locked: []string{"bands.bottom"}}
			change(doc)
		})
	}
	create := func(source string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.App.Programme.CreateTemplate(ctx, source); return err }
	}
	s.refused(t, sample.Clerk, create(derived(unchanged)), "NOT_FOUND at derivedFrom") // a draft is the county's own affair
	s.must(t, "CA1", func(ctx context.Context) error {
		_, err := s.App.Programme.ActivateTemplate(ctx, parent.ID, parent.Revision, parent.Report().Confirm)
		return err
	})
	s.must(t, sample.Clerk, func(ctx context.Context) error { _, err := s.App.Programme.Template(ctx, parent.ID); return err })
	bent := fault.All(s.try(t, sample.Clerk, create(derived(func(doc *template.Document) { doc.Bands[1].Ties = "inclusive" }))))
	if len(bent) == 0 || !strings.HasPrefix(bent[0].Field, "bands.bottom") {
		t.Errorf("bending a locked field: %v", bent)
	}
	s.draft(t, sample.Clerk, derived(func(doc *template.Document) { doc.Calendar.Day = 15 }))
	s.refused(t, sample.Clerk, s.opening2023(t, func(in *programme.CompetitionCreate) { in.Template = parent.ID }), "TEMPLATE_NOT_OWN at template")
	s.refused(t, sample.Clerk, s.opening2023(t, func(in *programme.CompetitionCreate) { in.Template = uuid.New() }), "NOT_FOUND at template")
}

// opening2023 opens one more competition like the world's, changed.
func (s *stage) opening2023(t testing.TB, change func(*programme.CompetitionCreate)) func(context.Context) error {
	t.Helper()
	in := s.like(t)
	change(&in)
	return func(ctx context.Context) error { _, err := s.App.Programme.CreateCompetition(ctx, in); return err }
}

func (s *stage) like(t testing.TB) (in programme.CompetitionCreate) {
	t.Helper()
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		c, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err == nil {
			in = programme.CompetitionCreate{Name: "晴禾乡擂台比武", Template: c.Versions[0].TemplateVersion, FromPeriod: "2023-01",
				FilingNumber: c.FilingNumber, Notice: c.Notice, LeadingGroup: c.LeadingGroup}
		}
		return err
	})
	return in
}

// A competition rests on its numbered notice and is owned by its leading group.
// covers A01, A02, A04, A43, G6
func TestCompetitionAndItsNotice(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	api := s.App.Programme
	change := func(do func(*programme.CompetitionCreate)) func(context.Context) error { return s.opening2023(t, do) }
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.Name, in.Notice = " ", programme.Notice{} }),
		"REQUIRED at name", "REQUIRED at notice.number", "REQUIRED at notice.issuer", "REQUIRED at notice.title", "REQUIRED at notice.date")
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.LeadingGroup.Members = nil }), "LEADING_GROUP_HEAD at leadingGroup.members")
	stranger, neighbour := uuid.New(), s.World.Person("XA1").ID
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) {
		in.LeadingGroup.Members = []programme.LeadingGroupMember{{Seat: programme.SeatHead, Title: "乡党委书记"}, {Seat: "chief", Person: &stranger},
			{Seat: programme.SeatHead, Person: &neighbour}, {Seat: programme.SeatMember}}
	}), "LEADING_GROUP_SEAT at leadingGroup.members[1].seat", "REQUIRED at leadingGroup.members[3].title", "LEADING_GROUP_HEAD at leadingGroup.members",
		"NOT_FOUND at leadingGroup.members[1].person", "NOT_FOUND at leadingGroup.members[2].person")
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.FromPeriod = "2023-Q2" }), "PERIOD_CADENCE at fromPeriod")
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.FromPeriod = "April" }), "PERIOD_INVALID at fromPeriod")
	draft := s.draft(t, sample.Clerk, s.source(t, unchanged))
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.Template = draft.ID }), "TEMPLATE_NOT_ACTIVE at template")
	for _, who := range []string{"L4", "S1", "CA1"} {
		s.refused(t, who, change(func(*programme.CompetitionCreate) {}), "FORBIDDEN")
	}

	var c *programme.Competition
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		in := s.like(t)
		in.FilingNumber = " "
		c, err = api.CreateCompetition(ctx, in)
		return err
	})
	if warnings := c.Warnings(); len(warnings) != 1 || warnings[0].Code != fault.LintNoFiling || warnings[0].Field != "filingNumber" {
		t.Errorf("without a filing number: %v", warnings)
	}
	equal(t, "addressed to", c.Notice.Distribution, []string{"各村(社区)", "乡直各单位"})
	equal(t, "upper-level basis", c.Notice.Basis[0].Number, "岚办发〔2023〕3号")
	var seats []string
	for _, m := range c.LeadingGroup.Members {
		seats = append(seats, m.Seat)
	}
	equal(t, "seats", seats, []string{"head", "first-deputy", "deputy", "deputy", "member", "member", "member", "member", "member", "member"})
	filing := "岚督考备〔2023〕13号"
	update := func(revision int) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			changed, err := api.UpdateCompetition(ctx, programme.CompetitionUpdate{Competition: c.ID, Revision: revision, FilingNumber: &filing})
			if err == nil {
				c = changed
			}
			return err
		}
	}
	s.must(t, sample.Clerk, update(1))
	s.refused(t, sample.Clerk, update(1), "STALE_REVISION at revision")
	if c.Warnings() != nil || c.Notice.Number == "" || len(c.LeadingGroup.Members) != 10 {
		t.Errorf("after the update: %+v", c)
	}
	s.refused(t, "XC1", update(2), "NOT_FOUND at competition")
	s.must(t, "CN1", func(ctx context.Context) error { _, err := api.Competition(ctx, c.ID); return err })
	if there, nowhere := s.try(t, "XC1", func(ctx context.Context) error { _, err := api.Competition(ctx, c.ID); return err }),
		s.try(t, "XC1", func(ctx context.Context) error { _, err := api.Competition(ctx, uuid.New()); return err }); there == nil || there.Error() != nowhere.Error() {
		t.Errorf("the neighbour is answered %v, and %v for an unknown id", there, nowhere)
	}
	s.must(t, sample.Clerk, func(ctx context.Context) error { _, err := api.CloseCompetition(ctx, c.ID, 2); return err })
	s.refused(t, sample.Clerk, update(3), "COMPETITION_CLOSED at competition")
}

// dates are the rounds of a plan: 2023-04 2023-04-30→2023-05-04.
func dates(entries []programme.CalendarEntry) (out []string) {
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%s %s→%s", e.Period, e.Nominal, e.Held))
	}
	return out
}

// Rounds are dated by rule, public holidays and the tenant's own days; planning
// again moves only what is still planned, and changes nothing otherwise.
// covers A14, A17, A18, Q1, Q2, Q3
func TestPlanningRounds(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var competition uuid.UUID
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		c, err := s.App.Programme.CreateCompetition(ctx, s.like(t))
		if err == nil {
			competition = c.ID
		}
		return err
	})
	plan := func(from, to string) (p *programme.RoundPlan) {
		t.Helper()
		s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
			p, err = s.App.Programme.PlanRounds(ctx, competition, from, to)
			return err
		})
		return p
	}
	first := plan("2023-01", "2023-05")
	equal(t, "dates", dates(first.Entries), []string{"2023-01 2023-01-30→2023-01-30", "2023-02 2023-02-28→2023-02-28", "2023-03 2023-03-30→2023-03-30",
		"2023-04 2023-04-30→2023-05-04", "2023-05 2023-05-30→2023-05-30"})
	if april, february := first.Entries[3], first.Entries[1]; april.RolledDays != 4 || !april.CrossesMonth || len(april.Why) != 4 || !february.Clamped {
		t.Errorf("April %+v, February %+v", april, february)
	}
	before := s.count(t, `SELECT count(*) FROM round`)
	again := plan("2023-01", "2023-05")
	for i, e := range again.Entries {
		if e.Round != first.Entries[i].Round {
			t.Errorf("%s became another round", e.Period)
		}
	}
	if after := s.count(t, `SELECT count(*) FROM round`); after != before {
		t.Errorf("%d rounds became %d", before, after)
	}
	checkOwnDays(t, s, competition, plan)
	equal(t, "make-up workdays", dates(plan("2023-09", "2023-09").Entries), []string{"2023-09 2023-09-30→2023-10-07"})
	unknown := plan("2027-01", "2027-03")
	if len(unknown.Warnings) != 1 || unknown.Warnings[0].Code != fault.CalendarYearUnknown || unknown.Warnings[0].Args["year"] != "2027" || len(unknown.Entries) != 3 {
		t.Errorf("a year without holiday data: %v", unknown.Warnings)
	}
	for _, bad := range []struct{ from, to, want string }{
		{"2022-12", "2023-02", "PERIOD_BEFORE_FIRST at from"}, {"2023-Q1", "2023-02", "PERIOD_CADENCE at from"}, {"2023-05", "2023-04", "PERIOD_RANGE_INVALID at to"},
		{"2023-13", "2024-01", "PERIOD_INVALID at from"},
	} {
		s.refused(t, sample.Clerk, func(ctx context.Context) error {
			_, err := s.App.Programme.PlanRounds(ctx, competition, bad.from, bad.to)
			return err
		}, bad.want)
	}
	s.refused(t, "L4", func(ctx context.Context) error {
		_, err := s.App.Programme.PlanRounds(ctx, competition, "2023-06", "2023-06")
		return err
	}, "FORBIDDEN")
	s.refused(t, "XC1", func(ctx context.Context) error {
		_, err := s.App.Programme.PlanRounds(ctx, competition, "2023-06", "2023-06")
		return err
	}, "NOT_FOUND at competition")
	t.Run("other readings", func(t *testing.T) { checkOtherCalendars(t, s, competition, plan) })
}

// The tenant's own days count beside the public ones. A round whose notice was
// issued keeps its date.
func checkOwnDays(t *testing.T, s *stage, competition uuid.UUID, plan func(from, to string) *programme.RoundPlan) {
	off := false
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		for _, day := range []string{"2023-05-04", "2023-05-30"} {
			if _, err := s.App.Tenancy.SetDay(ctx, calendar.MustDate(day), &off, "全乡植树"); err != nil {
				return err
			}
		}
		return nil
	})
	m := s.find(t, s.World.Rounds["2023-04"])
	m.notify(t)
	moved := plan("2023-04", "2023-05")
	equal(t, "with days of its own", dates(moved.Entries), []string{"2023-04 2023-04-30→2023-05-05", "2023-05 2023-05-30→2023-05-31"})
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		p, err := s.App.Programme.PlanRounds(ctx, s.World.Competition, "2023-04", "2023-05")
		if err != nil {
			return err
		}
		equal(t, "a round already notified", dates(p.Entries), []string{"2023-04 2023-04-30→2023-05-04", "2023-05 2023-05-30→2023-05-31"})
		if !p.Entries[0].Kept || p.Entries[0].State != "notified" || p.Entries[1].Kept {
			t.Errorf("kept: %+v", p.Entries)
		}
		return nil
	})
	if n := s.count(t, `SELECT count(*) FROM round WHERE competition_id = $1 AND period = '2023-04' AND held = '2023-05-05'`, competition); n != 1 {
		t.Errorf("%d rounds were moved", n)
	}
}

// Another version may read the calendar otherwise from a period on; what was
// opened under the old one stays.
func checkOtherCalendars(t *testing.T, s *stage, competition uuid.UUID, plan func(from, to string) *programme.RoundPlan) {
	rule := func(from string, change func(*template.Document)) func(context.Context) error {
		v := s.variant(t, change)
		return func(ctx context.Context) error {
			_, err := s.App.Programme.AddVersion(ctx, competition, v.ID, from)
			return err
		}
	}
	s.must(t, sample.Clerk, rule("2023-09", func(doc *template.Document) { doc.Calendar.Workdays = "literal" }))
	equal(t, "weekends to the letter", dates(plan("2023-09", "2023-09").Entries), []string{"2023-09 2023-09-30→2023-10-09"})
	s.must(t, sample.Clerk, rule("2024-01", func(doc *template.Document) { doc.Calendar.Clamp, doc.Calendar.Workdays = "skip", "official" }))
	leap := plan("2024-01", "2024-03")
	equal(t, "a month without the day", []bool{leap.Entries[0].Skipped, leap.Entries[1].Skipped, leap.Entries[2].Skipped}, []bool{false, true, false})
	if n := s.count(t, `SELECT count(*) FROM round WHERE period = '2024-02'`); n != 0 || leap.Entries[1].Round != uuid.Nil {
		t.Errorf("%d rounds in the month that is skipped", n)
	}
}

// A version rules from a period on, once; a period whose round was opened keeps
// its version.
// covers B18
func TestANewVersionRulesFromAPeriod(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	april := s.publish(t, "2023-04", nil)
	mid := s.variant(t, func(doc *template.Document) { doc.Calendar.Day = 15 })
	add := func(from string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Programme.AddVersion(ctx, s.World.Competition, mid.ID, from)
			return err
		}
	}
	opened := s.refused(t, sample.Clerk, add("2023-04"), "PERIOD_ALREADY_OPENED at fromPeriod")
	equal(t, "the period that was opened", opened[0].Args["value"], "2023-04")
	s.refused(t, sample.Clerk, add("2023-03"), "PERIOD_ALREADY_OPENED at fromPeriod")
	s.refused(t, "L4", add("2023-10"), "FORBIDDEN")
	s.must(t, sample.Clerk, add("2023-10"))
	s.refused(t, sample.Clerk, add("2023-10"), "ALREADY_EXISTS at fromPeriod")
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		p, err := s.App.Programme.PlanRounds(ctx, s.World.Competition, "2023-09", "2023-10")
		if err != nil {
			return err
		}
		equal(t, "dates", dates(p.Entries), []string{"2023-09 2023-09-30→2023-10-07", "2023-10 2023-10-15→2023-10-16"})
		c, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err == nil && (len(c.Versions) != 2 || c.Ruling("2023-09").Version != 1 || c.Ruling("2023-10").Version != 2 || c.Ruling("2023-03") != nil) {
			t.Errorf("versions: %+v", c.Versions)
		}
		now, err := s.App.Rounds.Round(ctx, april.round.ID)
		if err == nil && now.TemplateVersion != april.round.TemplateVersion {
			t.Error("the round that was opened changed its version")
		}
		return err
	})
	running := s.find(t, s.World.Rounds["2023-05"])
	running.notify(t)
	running.Clock.Set(running.round.Held, "09:00")
	running.step(t, sample.Clerk, running.App.Rounds.Open)
	var revision int
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		c, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err == nil {
			revision = c.Revision
		}
		return err
	})
	s.refused(t, sample.Clerk, func(ctx context.Context) error {
		_, err := s.App.Programme.CloseCompetition(ctx, s.World.Competition, revision)
		return err
	}, "COMPETITION_UNFINISHED at competition")
}

// The year's plan stands side by side with its reasons; the county reads it,
// the neighbour does not, and nobody else sees a trial.
// covers A14, G9
func TestCalendarOfTheYear(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.trial(t, s.variant(t, unchanged), "2023-04")
	year := func(who string) (out []string) {
		s.must(t, who, func(ctx context.Context) error {
			all, err := s.App.Programme.Calendar(ctx, 2023)
			for _, e := range all {
				mark := ""
				if e.Trial {
					mark = " trial"
				}
				out = append(out, fmt.Sprintf("%s %s +%d %t%s", e.Period, e.Held, e.RolledDays, e.CrossesMonth, mark))
			}
			return err
		})
		return out
	}
	plan := []string{"2023-04 2023-05-04 +4 true", "2023-05 2023-05-30 +0 false", "2023-06 2023-06-30 +0 false", "2023-07 2023-07-31 +1 false",
		"2023-08 2023-08-30 +0 false", "2023-09 2023-10-07 +7 true", "2023-10 2023-10-30 +0 false", "2023-11 2023-11-30 +0 false", "2023-12 2024-01-02 +3 true"}
	for _, who := range []string{"CN1", "CA1", "dashboard"} {
		equal(t, "as "+who, year(who), plan)
	}
	if own := year(sample.Clerk); len(own) != len(plan)+1 || !slices.Contains(own, plan[0]+" trial") {
		t.Errorf("the office sees %v", own)
	}
	equal(t, "as the neighbour", year("XC1"), []string(nil))
}
