package programme_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/programme"
)

// covers A01, A02, A04, G6
func TestCompetitionRestsOnANotice(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	v := w.active(document)
	made, err := w.use.CreateCompetition(w.ctx(), w.competition(v.ID))
	must(t, err)
	c, err := w.use.Competition(w.ctx(), made.ID)
	must(t, err)
	if c.Notice.Number != "演委发〔2023〕6号" || c.Notice.Basis[0].Issuer != "演示县委" || c.Notice.Distribution[1] != "乡直各单位" || c.Notice.Text != "全文" {
		t.Errorf("notice: %+v", c.Notice)
	}
	var order []string
	for _, m := range c.LeadingGroup.Members {
		order = append(order, m.Seat)
	}
	if strings.Join(order, " ") != "head first-deputy deputy member" || c.LeadingGroup.OfficeHead != "组织委员" || len(c.LeadingGroup.Offices) != 2 {
		t.Errorf("leading group: %+v", c.LeadingGroup)
	}
	if len(c.Versions) != 1 || c.Versions[0].TemplateVersion != v.ID || c.Versions[0].FromPeriod != "2023-04" {
		t.Errorf("versions: %+v", c.Versions)
	}
	if warnings := c.Warnings(); len(warnings) != 1 || warnings[0].Code != fault.LintNoFiling {
		t.Errorf("warnings: %+v", warnings)
	}
	c, err = w.use.UpdateCompetition(w.ctx(), programme.CompetitionUpdate{Competition: c.ID, Revision: 1, FilingNumber: ptr("演督备〔2023〕1号")})
	must(t, err)
	if c.Warnings() != nil || c.Revision != 2 || c.Notice.Number == "" {
		t.Errorf("updated: %+v", c)
	}
	_, err = w.use.UpdateCompetition(w.ctx(), programme.CompetitionUpdate{Competition: c.ID, Revision: 1})
	refused(t, err, fault.StaleRevision)
	_, err = w.use.CreateCompetition(w.ctx(), w.competition(v.ID))
	refused(t, err, fault.AlreadyExists)
	page, err := w.use.Competitions(w.ctx(), paging.Args{})
	must(t, err)
	if len(page.Items) != 1 || len(page.Items[0].Versions) != 1 {
		t.Errorf("list: %+v", page.Items)
	}
}

func TestBadCompetitionIsRefusedWithEveryPlace(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	v := w.active(document)
	in := w.competition(v.ID)
	in.Name, in.Notice = " ", programme.Notice{}
	in.LeadingGroup.Members = []programme.LeadingGroupMember{{Seat: "boss", Title: "书记"}, {Seat: programme.SeatMember, Person: &w.other}, {Seat: programme.SeatMember}}
	_, err := w.use.CreateCompetition(w.ctx(), in)
	all := refused(t, err, fault.Required, fault.Required, fault.Required, fault.Required, fault.Required, fault.LeadingGroupSeat, fault.Required, fault.LeadingGroupHead, fault.NotFound)
	if last := all[len(all)-1].Field; last != "leadingGroup.members[1].person" {
		t.Errorf("another tenant's person at %q", last)
	}
	in = w.competition(v.ID)
	in.FromPeriod = "2023-Q2"
	_, err = w.use.CreateCompetition(w.ctx(), in)
	refused(t, err, fault.PeriodCadence)
	in.FromPeriod = "2023-13"
	_, err = w.use.CreateCompetition(w.ctx(), in)
	if all := refused(t, err, fault.PeriodInvalid); all[0].Field != "fromPeriod" {
		t.Errorf("at %q", all[0].Field)
	}
	draft, err := w.use.CreateTemplate(w.ctx(), document)
	must(t, err)
	_, err = w.use.CreateCompetition(w.ctx(), w.competition(draft.ID))
	refused(t, err, fault.TemplateNotActive)
	_, err = w.use.CreateCompetition(w.ctx(), w.competition(uuid.New()))
	refused(t, err, fault.NotFound)
}

// covers A14, A17, A18, Q1, Q2, Q3
func TestRoundsAreDatedByTheCalendar(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	c, err := w.use.CreateCompetition(w.ctx(), w.competition(w.active(document).ID))
	must(t, err)
	plan, err := w.use.PlanRounds(w.ctx(), c.ID, "2023-04", "2024-03")
	must(t, err)
	if len(plan.Entries) != 12 {
		t.Fatalf("%d rounds", len(plan.Entries))
	}
	for period, want := range map[string]string{"2023-04": "2023-05-04", "2023-09": "2023-10-07", "2024-02": "2024-02-29", "2023-05": "2023-05-30"} {
		for _, e := range plan.Entries {
			if e.Period == period && e.Held.String() != want {
				t.Errorf("%s is held %s, want %s", period, e.Held, want)
			}
		}
	}
	april := plan.Entries[0]
	if !april.CrossesMonth || april.Nominal.String() != "2023-04-30" || len(april.Why) != 4 || april.State != "planned" {
		t.Errorf("April: %+v", april)
	}
	refused(t, plan.Warnings, fault.LintNoFiling)
	year, err := w.use.Calendar(w.ctx(), 2023)
	must(t, err)
	if len(year) != 9 || year[0].Round != april.Round || len(year[0].Why) != 4 || year[0].CompetitionName != "月评比" {
		t.Errorf("the year: %+v", year)
	}
	w.put(`INSERT INTO calendar_day (id, tenant_id, region, day, kind, name) VALUES ($1, $2, '990101', '2023-05-30', 'holiday', '赶集')`, fresh(), w.tenant)
	w.put(`UPDATE round SET state = 'notified' WHERE period = '2023-04'`)
	again, err := w.use.PlanRounds(w.ctx(), c.ID, "2023-04", "2023-05")
	must(t, err)
	if e := again.Entries; !e[0].Kept || e[0].Round != april.Round || e[1].Kept || e[1].Held.String() != "2023-05-31" || e[1].Round != plan.Entries[1].Round {
		t.Errorf("planned again: %+v", e)
	}
	future, err := w.use.PlanRounds(w.ctx(), c.ID, "2031-01", "2031-02")
	must(t, err)
	refused(t, future.Warnings, fault.CalendarYearUnknown, fault.LintNoFiling)
	_, err = w.use.PlanRounds(w.ctx(), c.ID, "2023-03", "2023-05")
	refused(t, err, fault.PeriodBeforeFirst)
	_, err = w.use.PlanRounds(w.ctx(), c.ID, "2023-06", "2023-05")
	refused(t, err, fault.PeriodRangeInvalid)
}

// covers B18
func TestAnotherVersionRulesFromAPeriod(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	first := w.active(document)
	second := w.active(strings.Replace(document, "day: 30", "day: 15", 1))
	c, err := w.use.CreateCompetition(w.ctx(), w.competition(first.ID))
	must(t, err)
	_, err = w.use.PlanRounds(w.ctx(), c.ID, "2023-04", "2023-06")
	must(t, err)
	w.put(`UPDATE round SET opened_at = now(), state = 'open' WHERE period = '2023-05'`)
	_, err = w.use.AddVersion(w.ctx(), c.ID, second.ID, "2023-05")
	refused(t, err, fault.PeriodAlreadyOpened)
	c, err = w.use.AddVersion(w.ctx(), c.ID, second.ID, "2023-06")
	must(t, err)
	if v := c.Ruling("2023-05"); v.TemplateVersion != first.ID {
		t.Errorf("May stands under %+v", v)
	}
	if v := c.Ruling("2023-07"); v.TemplateVersion != second.ID || c.Ruling("2023-03") != nil {
		t.Errorf("July stands under %+v", v)
	}
	plan, err := w.use.PlanRounds(w.ctx(), c.ID, "2023-05", "2023-07")
	must(t, err)
	if e := plan.Entries; !e[0].Kept || e[1].Held.String() != "2023-06-15" || e[2].Held.String() != "2023-07-17" {
		t.Errorf("planned: %+v", e)
	}
	_, err = w.use.CloseCompetition(w.ctx(), c.ID, c.Revision)
	refused(t, err, fault.CompetitionUnfinished)
	w.put(`UPDATE round SET state = 'published' WHERE state = 'open'`)
	closed, err := w.use.CloseCompetition(w.ctx(), c.ID, c.Revision)
	must(t, err)
	if closed.State != programme.CompetitionClosed {
		t.Errorf("state %s", closed.State)
	}
	_, err = w.use.PlanRounds(w.ctx(), c.ID, "2023-08", "2023-08")
	refused(t, err, fault.CompetitionClosed)
}

// Another township finds nothing by id, in lists or on the calendar.
func TestAnotherTownshipSeesNothing(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	v := w.active(document)
	c, err := w.use.CreateCompetition(w.ctx(), w.competition(v.ID))
	must(t, err)
	_, err = w.use.PlanRounds(w.ctx(), c.ID, "2023-04", "2023-12")
	must(t, err)
	var tenant uuid.UUID
	must(t, w.maint.QueryRowContext(t.Context(), `SELECT tenant_id FROM person WHERE id = $1`, w.other).Scan(&tenant))
	ctx := w.of(tenant, w.other)
	_, err = w.use.Competition(ctx, c.ID)
	refused(t, err, fault.NotFound)
	_, err = w.use.Template(ctx, v.ID)
	refused(t, err, fault.NotFound)
	_, err = w.use.PlanRounds(w.of(tenant, w.other), c.ID, "2023-04", "2023-05")
	refused(t, err, fault.NotFound)
	_, err = w.use.UpdateTemplate(w.of(tenant, w.other), v.ID, 2, document)
	refused(t, err, fault.NotFound)
	list, err := w.use.Competitions(ctx, paging.Args{})
	must(t, err)
	days, err := w.use.Calendar(ctx, 2023)
	must(t, err)
	if len(list.Items) != 0 || len(days) != 0 {
		t.Errorf("sees %d competitions, %d rounds", len(list.Items), len(days))
	}
	if _, err := w.use.Calendar(ctx, 99999); fault.CodeOf(err) != fault.DateInvalid {
		t.Errorf("year 99999: %v", err)
	}
}
