package sample

import (
	"context"
	"fmt"

	"leitai/examples/templates"
	"leitai/internal/calendar"
	"leitai/internal/programme"
	"leitai/internal/template"
)

// The papers the competition rests on.
const (
	noticeNumber = "晴委发〔2023〕6号"
	noticeTitle  = "关于开展“擂台比武”月评比活动的通知"
	issuer       = "中共晴禾乡委员会"
	filing       = "岚督考备〔2023〕12号"
)

// lastPlanned is the last month that is dated; months after the six played ones
// are left to whoever visits.
const lastPlanned = "2023-12"

// announce writes the template, activates it, confirms which villages take
// part, opens the competition and dates its rounds.
func (w *World) announce(ctx context.Context) error {
	document, err := arena()
	if err != nil {
		return err
	}
	err = w.As(ctx, Clerk, func(ctx context.Context) (err error) {
		w.template, err = w.app.Programme.CreateTemplate(ctx, document)
		return err
	})
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	err = w.As(ctx, Approver, func(ctx context.Context) (err error) {
		w.template, err = w.app.Programme.ActivateTemplate(ctx, w.template.ID, w.template.Revision, []string{"outcomes", "streaks"})
		return err
	})
	if err != nil {
		return fmt.Errorf("activate: %w", err)
	}
	return w.As(ctx, Clerk, func(ctx context.Context) error {
		if _, err := w.app.Hosting.ConfirmVillages(ctx, nil); err != nil {
			return fmt.Errorf("villages: %w", err)
		}
		c, err := w.app.Programme.CreateCompetition(ctx, w.competition("“擂台比武”月评比", false))
		if err != nil {
			return fmt.Errorf("competition: %w", err)
		}
		w.Competition = c.ID
		plan, err := w.app.Programme.PlanRounds(ctx, c.ID, w.Months.Periods[0], lastPlanned)
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
		for _, e := range plan.Entries {
			w.Rounds[e.Period] = e.Round
		}
		return nil
	})
}

// arena is the preset monthly-arena as the township adapted it: resting on its
// own notice, and with half-years counted from its first round (Q16).
func arena() (string, error) {
	preset, found := templates.Source("monthly-arena")
	if !found {
		return "", fmt.Errorf("the preset monthly-arena is missing")
	}
	doc, err := template.Parse(preset)
	if err != nil {
		return "", err
	}
	doc.Basis = []template.Basis{{Title: noticeTitle, Number: noticeNumber, Issuer: issuer, Date: announced.String()}}
	for r := range doc.Rollups {
		rollup := &doc.Rollups[r]
		if rollup.Key == "half-year" {
			rollup.Months = "from-first-round"
		}
		for o := range rollup.Outcomes {
			if rollup.Outcomes[o].Basis != "" {
				rollup.Outcomes[o].Basis = noticeNumber
			}
		}
	}
	return string(template.Print(doc)), nil
}

// competition is what the clerk enters to open it: notice, upper-level basis,
// distribution and leading group (A01, A02, A04).
func (w *World) competition(name string, trial bool) programme.CompetitionCreate {
	return programme.CompetitionCreate{
		Name: name, Template: w.template.ID, FromPeriod: w.Months.Periods[0], Trial: trial, FilingNumber: filing,
		Notice: programme.Notice{
			Number: noticeNumber, Issuer: issuer, Date: announced, Title: noticeTitle,
			Text: "为推动各项工作落实，决定自2023年4月起，每月30日在全乡各村（社区）开展“擂台比武”评比。每个单项工作按现场督查40%、资料台账60%计分，" +
				"结果在全乡范围内通报。本文件为演示数据。",
			Basis: []programme.BasisDocument{{
				Title: "关于统筹规范督查检查考核工作的若干措施", Number: "岚办发〔2023〕3号", Issuer: "中共岚禾县委办公室", Date: calendar.MustDate("2023-03-15"),
			}},
			Distribution: []string{"各村（社区）", "乡直各单位"},
		},
		LeadingGroup: w.leadingGroup(),
	}
}

func (w *World) leadingGroup() programme.LeadingGroup {
	seat := func(seat, pseudonym, title string) programme.LeadingGroupMember {
		id := w.Person(pseudonym).ID
		return programme.LeadingGroupMember{Seat: seat, Person: &id, Title: title}
	}
	members := []programme.LeadingGroupMember{
		seat(programme.SeatHead, Approver, "乡党委书记"),
		seat(programme.SeatFirstDeputy, Finance, "乡党委副书记、乡长"),
		seat(programme.SeatDeputy, "L1", "乡党委副书记"),
		seat(programme.SeatDeputy, "L2", "乡人大主席"),
	}
	for _, area := range Areas {
		members = append(members, seat(programme.SeatMember, area.Owner, "分管"+area.NameZh))
	}
	return programme.LeadingGroup{Members: members, Offices: []string{"党建办", "乡村振兴站"}, OfficeHead: "组织委员"}
}
