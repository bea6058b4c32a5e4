package sample

import (
	"context"
	"fmt"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/template"
)

// The papers the year-end rests on.
const (
	yearEndNumber = "荻委发〔2023〕1号"
	yearEndTitle  = "关于开展2022年度考核和“下述下评”工作的通知"
	yearEndIssuer = "中共荻汀街道工作委员会"
	yearEndPeriod = "2022" // assessed in January 2023
	yearEndYear   = 2023   // in which papers are due
)

// Days of the year-end: the notice, the groups, marks, the meeting and what the
// committee decided (E01).
var (
	streetFrom      = calendar.MustDate("2023-01-03")
	yearEndDay      = calendar.MustDate("2023-01-04")
	yearEndGroups   = calendar.MustDate("2023-01-05")
	yearEndVerified = calendar.MustDate("2023-01-11")
	yearEndMeeting  = calendar.MustDate("2023-01-12")
	yearEndDecided  = calendar.MustDate("2023-01-16")
)

// assessments are the four contests of a year-end, by the preset of each.
var assessments = []struct{ preset, name string }{
	{"annual-assessment", "村党组织书记年度考核与下述下评"},
	{"annual-assessment-villages", "村（社区）年度考核"},
	{"annual-assessment-cadres", "村（社区）干部年度考核"},
	{"annual-assessment-teams", "驻村工作队年度考核"},
}

// yearEndTemplate is a preset resting on the sub-district's own notice.
func yearEndTemplate(key string) (*template.Document, error) {
	doc, err := preset(key)
	if err != nil {
		return nil, err
	}
	doc.Basis = []template.Basis{{Title: yearEndTitle, Number: yearEndNumber, Issuer: yearEndIssuer, Date: yearEndDay.String()}}
	return doc, nil
}

// yearEndCompetition is what the clerk enters for one of the four (E01, E02).
func (w *World) yearEndCompetition(name string, n int) programme.CompetitionCreate {
	seat := func(seat, who, title string) programme.LeadingGroupMember {
		id := w.Person(who).ID
		return programme.LeadingGroupMember{Seat: seat, Person: &id, Title: title}
	}
	return programme.CompetitionCreate{
		Name: name, FromPeriod: yearEndPeriod, FilingNumber: fmt.Sprintf("岚督考备〔2023〕%d号", n+1),
		Notice: programme.Notice{
			Number: yearEndNumber, Issuer: yearEndIssuer, Date: yearEndDay, Title: yearEndTitle,
			Text: "2023年1月7日至17日开展2022年度考核和“下述下评”。述职测评会不超过一天，报告不超过2000字。" +
				"会场通风消毒，与会人员佩戴口罩、间隔就座，材料少而实，不搞迎检布置。本文件为演示数据。",
			Basis: []programme.BasisDocument{{
				Title: "关于做好2022年度村级考核工作的通知", Number: "岚组发〔2022〕31号", Issuer: "中共岚禾县委组织部", Date: calendar.MustDate("2022-12-20"),
			}},
			Distribution: []string{"各村（社区）", "各驻村工作队", "街道各办所"},
		},
		LeadingGroup: programme.LeadingGroup{
			Members: []programme.LeadingGroupMember{
				seat(programme.SeatHead, StreetApprover, "政委，党工委书记"), seat(programme.SeatFirstDeputy, streetDirector, "组长，街道办主任"),
				seat(programme.SeatDeputy, "YL1", "副组长"), seat(programme.SeatMember, "YL2", "成员"),
				seat(programme.SeatMember, "YL3", "成员"), seat(programme.SeatMember, "YL4", "成员"),
			},
			Offices: []string{"党建办"}, OfficeHead: "办公室主任，组织委员",
		},
	}
}

// prepare names the four village groups, publishes what is looked at, issues the
// notice and opens the round of one contest (E03, E06, E28).
func (a *assessment) prepare(ctx context.Context) error {
	if err := a.take(ctx, yearEndPeriod); err != nil {
		return err
	}
	var panels []round.PanelInput
	for i, key := range verifiers {
		home := streetVillage(i + 1)
		if !slices.ContainsFunc(a.contestants, func(c string) bool { return a.villageOf(c) == i+1 }) {
			home = streetVillage(1) // nobody contests there: the group joins the first
		}
		panels = append(panels, round.PanelInput{Name: "第" + numerals[i] + "片区组", Members: a.ids(key, fmt.Sprintf("YJ%d", i+5)), UnitCodes: []string{home}})
	}
	steps := []struct {
		what string
		day  calendar.Date
		do   func(ctx context.Context, at round.Step) (*round.Answer, error)
	}{
		{"items", yearEndDay, a.app.Rounds.PublishRubric},
		{"groups", yearEndGroups, func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return a.app.Rounds.SetPanels(ctx, round.PanelsSet{Round: at.Round, Revision: at.Revision, Panels: panels})
		}},
		{"notice", yearEndGroups.AddDays(1), func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return a.app.Rounds.IssueNotice(ctx, round.Notify{Round: at.Round, Revision: at.Revision, Number: fmt.Sprintf("荻考〔2023〕%d号", a.number), Venue: "街道办三楼会议室，会期半天",
				Text: "会场通风消毒，与会人员佩戴口罩、间隔就座，有发热症状的不到会\n报告不超过2000字，不另备展板和汇编\n本通知为演示文件，所列村名、人员和数据均为虚构"})
		}},
		{"open", a.round.Held, a.app.Rounds.Open},
	}
	for _, s := range steps {
		if err := a.step(ctx, s.day, "08:30", a.Clerk, s.what, s.do); err != nil {
			return err
		}
	}
	return a.on(ctx, a.round.Held, "09:00", a.Clerk, a.enlisted)
}

// enlisted reads under which ids the contestants stand on the roster.
func (a *assessment) enlisted(ctx context.Context) error {
	roster, err := a.app.Rounds.Roster(ctx, a.round.ID)
	if err != nil {
		return err
	}
	for _, key := range a.contestants {
		at := slices.IndexFunc(roster, func(e *round.Entry) bool {
			if e.Kind == template.Person {
				return e.Code == pseudonymOf(key)
			}
			return e.UnitCode == streetVillage(a.villageOf(key))
		})
		if at < 0 {
			return fmt.Errorf("%s does not stand on the roster", key)
		}
		a.subjects[key] = roster[at].Subject
	}
	return nil
}
