package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/outcome"
	"leitai/internal/paging"
	"leitai/internal/round"
)

// publish approves the month on the first working day after the objection
// period (A26).
func (p *play) publish(ctx context.Context) error {
	number := fmt.Sprintf("晴擂办通〔2023〕%d号", slices.Index(p.Months.Periods, p.period)+1)
	err := p.on(ctx, p.publishing(), "10:00", Approver, func(ctx context.Context) error {
		return p.step(func() (*round.Answer, error) {
			return p.app.Rounds.Publish(ctx, round.Publish{Round: p.round.ID, Revision: p.round.Revision, Comment: "同意通报。", BulletinNumber: number})
		})
	})
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

func (p *play) publishing() calendar.Date { return nextWorkday(p.round.ObjectionsUntil.AddDays(1)) }

// follow lets people confirm what follows from the month, and carry it out
// (A27–A30).
func (p *play) follow(ctx context.Context) error {
	var all []*consequences.Outcome
	err := p.on(ctx, p.publishing(), "11:00", Approver, func(ctx context.Context) (err error) {
		all, err = p.confirmAll(ctx, p.publishing())
		return err
	})
	if err != nil {
		return fmt.Errorf("outcomes: %w", err)
	}
	if p.period == p.Months.Periods[len(p.Months.Periods)-1] {
		return nil // the last month's tasks are left to do
	}
	err = p.on(ctx, p.publishing(), "15:00", Clerk, func(ctx context.Context) error { return p.carryOut(ctx, all) })
	if err != nil {
		return fmt.Errorf("carry out: %w", err)
	}
	return nil
}

func nextWorkday(day calendar.Date) calendar.Date {
	days := calendar.Official()
	for {
		if worked, _ := days.Worked(day, calendar.OfficialWorkdays); worked {
			return day
		}
		day = day.AddDays(1)
	}
}

// confirmAll confirms everything the month proposes, due within ten days, and
// posts what issues cost so far.
func (p *play) confirmAll(ctx context.Context, day calendar.Date) ([]*consequences.Outcome, error) {
	proposed := consequences.Proposed
	page, err := p.app.Consequences.List(ctx, consequences.OutcomeFilter{Round: &p.round.ID, State: &proposed}, paging.Args{First: pageOf(100)})
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(page.Items))
	for i, o := range page.Items {
		ids[i] = o.ID
	}
	all, err := p.app.Consequences.Confirm(ctx, ids, day.AddDays(10))
	if err != nil {
		return nil, err
	}
	_, err = p.app.Issues.Settle(ctx, p.Competition)
	return all, err
}

func pageOf(n int) *int { return &n }

// records are what is noted when an outcome that is no posting is carried out.
var records = map[string]string{
	"criticism":    "已在全乡干部会议上点名批评提醒。",
	outcome.DoTalk: "已由党政主要领导约谈，村党组织书记作出整改承诺。",
}

// carryOut records criticism and talks as done.
func (p *play) carryOut(ctx context.Context, all []*consequences.Outcome) error {
	for _, o := range all {
		record, todo := records[o.Action]
		if !todo {
			continue
		}
		if _, err := p.app.Consequences.Execute(ctx, o.ID, o.LockRevision, record); err != nil {
			return err
		}
	}
	return nil
}
