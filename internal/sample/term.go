package sample

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/posting"
	"leitai/internal/programme"
	"leitai/internal/teams"
	"leitai/internal/template"
	"leitai/internal/tenancy"
)

// Days of the term.
var (
	termFrom     = calendar.MustDate("2023-01-03")
	termPlanned  = calendar.MustDate("2023-01-04")
	termSelected = calendar.MustDate("2022-09-01")
	termPosted   = calendar.MustDate("2023-01-01")
	termStated   = calendar.MustDate("2023-04-26") // the township states the first months
	termInspect  = calendar.MustDate("2023-06-20")
)

// termMonths is how many months the first assessed year has had when it is
// assessed: January to August.
const termMonths = 8

// term is the county's scheme as it is played.
type term struct {
	*Scheme
	data     *Term
	sender   uuid.UUID
	demands  map[string]uuid.UUID // by village
	postings map[string]uuid.UUID // by person of the data, of those who serve
}

// PlayTerm lets the county send twelve first secretaries to the villages of the
// township that plays the months: planned by class, selected at a date with three
// refused, days stated by the township, leave, targets, an inspection that bars
// one, and the annual grade with its floor of 30 % (D01–D36).
func (w *World) PlayTerm(ctx context.Context) error {
	data, err := LoadTerm()
	if err != nil {
		return err
	}
	w.Term = &Scheme{World: w, Unit: CountyCode, Clerk: TermClerk, Approver: TermApprover, Rounds: map[string]uuid.UUID{}}
	t := &term{Scheme: w.Term, data: data, demands: map[string]uuid.UUID{}, postings: map[string]uuid.UUID{}}
	for _, stage := range []struct {
		name string
		do   func(context.Context) error
	}{{"people", t.gather}, {"selection", t.selection}, {"year", t.year}, {"assessment", t.assess}} {
		if err := stage.do(ctx); err != nil {
			return fmt.Errorf("term: %s: %w", stage.name, err)
		}
	}
	return nil
}

// termTemplate is the preset with the county's own window: the year is assessed
// in September, before the demonstration's day.
func termTemplate() (*template.Document, error) {
	doc, err := preset("first-secretary-term")
	if err != nil {
		return nil, err
	}
	doc.Key = "first-secretary-term-county"
	doc.Basis = []template.Basis{{Title: "关于选派第一书记和工作队的通知", Number: "岚组发〔2022〕20号", Issuer: "中共岚禾县委组织部", Date: "2022-08-15"}}
	doc.Calendar.Window = &template.Window{From: "09-11", To: "09-28"}
	return doc, nil
}

// gather enters the people, the classes of the villages and the competition.
func (t *term) gather(ctx context.Context) error {
	if err := t.join(ctx, termFrom, termCast(t.data)); err != nil {
		return err
	}
	err := t.on(ctx, termFrom, "14:00", "CA1", func(ctx context.Context) error {
		set := tenancy.GroupSet{Key: "village-type", Zh: "村类型", Classes: []tenancy.Class{{Key: "poverty-lifted", Zh: "脱贫村"}, {Key: "prominent-problem", Zh: "问题突出村"}}}
		if _, err := t.app.Tenancy.DefineGroupSet(ctx, set); err != nil {
			return err
		}
		var rows []tenancy.Assignment
		for i := range len(t.data.Types) {
			village := fmt.Sprintf("V%d", i+1)
			rows = append(rows, tenancy.Assignment{UnitCode: villageCode(village), Class: kebab(t.data.Types[village]), From: inOfficeSince})
		}
		_, err := t.app.Tenancy.AssignClasses(ctx, set.Key, rows)
		if err != nil {
			return err
		}
		all, err := t.app.Tenancy.Organisations(ctx)
		for _, o := range all {
			if o.Name == termSender {
				t.sender = o.ID
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	doc, err := termTemplate()
	if err != nil {
		return err
	}
	head := t.Person(TermApprover).ID
	return t.enact(ctx, termPlanned, doc, programme.CompetitionCreate{
		Name: "第一书记和工作队（2023—2024）", FromPeriod: "2023", FilingNumber: "岚督考备〔2023〕2号",
		Notice: programme.Notice{Number: "岚组发〔2022〕20号", Issuer: "中共岚禾县委组织部", Date: calendar.MustDate("2022-08-15"), Title: "关于选派第一书记和工作队的通知",
			Text: "按村类型选派第一书记和工作队，任期两年，每月驻村不少于20天，由乡镇按月报告，不搞打卡。本文件为演示数据。", Distribution: []string{"各乡镇", "县直各单位"}},
		LeadingGroup: programme.LeadingGroup{Members: []programme.LeadingGroupMember{{Seat: programme.SeatHead, Person: &head, Title: "县委组织部部长"}},
			Offices: []string{"组织科"}, OfficeHead: "组织科科长"},
	}, "2023")
}

func kebab(constant string) string { return strings.ReplaceAll(strings.ToLower(constant), "_", "-") }

// selection plans each village first and then checks who is sent there: three
// are refused with the reason, and others are selected in their place (D08, D09).
func (t *term) selection(ctx context.Context) error {
	return t.on(ctx, termPlanned, "17:00", "CA1", func(ctx context.Context) error {
		worker := 0
		for _, p := range t.data.People {
			demand, err := t.app.Teams.PlanDemand(ctx, teams.Plan{Competition: t.Competition, UnitCode: villageCode(p.Village), ByNeed: true, Bound: &t.sender,
				Funds: "按人口和需求调节"})
			if err != nil {
				return fmt.Errorf("plan %s: %w", p.Village, err)
			}
			t.demands[p.Village] = demand.ID
			facts := teams.Facts{Born: later(&p.Born), FullMemberSince: later(p.FullMemberSince), WorkSince: later(&p.WorkSince)}
			barred, err := t.send(ctx, p.ID, candidate(p.ID), p.Village, posting.FirstSecretary, facts)
			if err == nil && barred {
				facts.FullMemberSince, facts.WorkSince = calendar.MustDate("2012-06-01"), calendar.MustDate("2012-07-01")
				_, err = t.send(ctx, p.ID, candidate(spare[p.ID]), p.Village, posting.FirstSecretary, facts)
			}
			for n := 0; err == nil && n < t.data.Teams[p.Village]; n++ {
				worker++
				member := teams.Facts{Born: calendar.MustDate("1990-05-01"), FullMemberSince: calendar.MustDate("2015-06-01"), WorkSince: calendar.MustDate("2012-07-01")}
				_, err = t.send(ctx, "", fmt.Sprintf("GW%d", worker), p.Village, posting.TeamMember, member)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", p.ID, err)
			}
		}
		return nil
	})
}

// flow are the steps from the proposal into the village (D08, D10).
var flow = []struct {
	to     posting.Stage
	on     calendar.Date
	by     string
	record string
}{
	{posting.Consulted, calendar.MustDate("2022-09-05"), "县委组织部", "岚组函〔2022〕8号"}, {posting.Decided, calendar.MustDate("2022-09-13"), "县农业农村局党组", "农党纪〔2022〕6号"},
	{posting.Filed, calendar.MustDate("2022-09-26"), "县委组织部", "岚组备〔2022〕3号"}, {posting.Posted, termPosted, "县委组织部", ""},
}

// send proposes somebody, and takes who is fit into the village with mentor and
// liaison.
func (t *term) send(ctx context.Context, key, who, village string, role posting.Role, facts teams.Facts) (barred bool, err error) {
	yes := true
	facts.Person, facts.Political, facts.Health = t.Person(who).ID, &yes, &yes
	if _, err := t.app.Teams.RecordFacts(ctx, facts); err != nil {
		return false, err
	}
	sent, check, err := t.app.Teams.Nominate(ctx, teams.Nomination{Demand: t.demands[village], Person: facts.Person, Role: role, Sender: t.sender,
		SelectedOn: termSelected, By: "县农业农村局人事股", On: termSelected})
	if err != nil || len(check.Reasons) > 0 {
		return true, err
	}
	for _, step := range flow {
		in := teams.Advance{Posting: sent.ID, Revision: sent.Revision, Step: posting.Step{To: step.to, By: step.by, On: step.on, Record: step.record}}
		if step.to == posting.Posted {
			in.From = termPosted
		}
		if sent, err = t.app.Teams.Advance(ctx, in); err != nil {
			return false, err
		}
	}
	liaison := t.Person(termLiaison).ID
	in := teams.Arrangement{Posting: sent.ID, Revision: sent.Revision, Liaison: &liaison,
		Checklist: teams.Checklist{Detached: true, PartyMovedOn: calendar.MustDate("2023-01-03"), OutsideHeadcount: true, RecordedOn: calendar.MustDate("2023-01-04")}}
	if key != "" {
		mentor := t.Person("GM" + key[1:]).ID
		in.Mentor, t.postings[key] = &mentor, sent.ID
	}
	_, err = t.app.Teams.Arrange(ctx, in)
	return false, err
}
