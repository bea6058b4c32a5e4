package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/outcome"
	"leitai/internal/paging"
)

// sharing is the outcome of speaking of one's experience.
const sharing = "sharing"

// arenaRecords are what is noted when a task was carried out.
var arenaRecords = map[string]string{
	sharing:        "已在全镇村党组织书记例会上交流发言。",
	outcome.DoTalk: "已约谈，本人说明原因并提出改进措施。",
}

// follow lets the town's secretary confirm who shares experience and who is
// talked with, and lets it be carried out: the deputy secretary notes the talks,
// the office who spoke (C08, C10, C11). The last month's tasks are left to do.
func (a *arenaPlay) follow(ctx context.Context) error {
	day := a.published
	err := a.on(ctx, day, "15:00", ArenaSecretary, func(ctx context.Context) error {
		proposed := consequences.Proposed
		page, err := a.app.Consequences.List(ctx, consequences.OutcomeFilter{Round: &a.round.ID, State: &proposed}, paging.Args{First: pageOf(100)})
		if err != nil {
			return err
		}
		return a.confirm(ctx, page.Items, day)
	})
	if err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	if a.last() {
		return nil
	}
	done := nextWorkday(day.AddDays(3))
	if err := a.on(ctx, done, "10:00", ArenaDeputy, func(ctx context.Context) error { return a.carryOut(ctx, outcome.DoTalk, 0) }); err != nil {
		return fmt.Errorf("talks: %w", err)
	}
	if err := a.on(ctx, done, "16:00", a.Clerk, func(ctx context.Context) error { return a.carryOut(ctx, sharing, 0) }); err != nil {
		return fmt.Errorf("sharing: %w", err)
	}
	return nil
}

// last reports whether the month at hand is the last one played.
func (a *arenaPlay) last() bool { return a.month == a.contests.Months[len(a.contests.Months)-1] }

func (a *arenaPlay) confirm(ctx context.Context, all []*consequences.Outcome, day calendar.Date) error {
	ids := make([]uuid.UUID, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	_, err := a.app.Consequences.Confirm(ctx, ids, day.AddDays(10))
	return err
}

// carryOut closes the open tasks of an action that the viewer sees, but for some
// that are left.
func (a *arenaPlay) carryOut(ctx context.Context, action string, left int) error {
	page, err := a.app.Consequences.Tasks(ctx, consequences.TaskFilter{State: consequences.TaskOpen}, paging.Args{First: pageOf(100)})
	if err != nil {
		return err
	}
	var todo []*consequences.Task
	for _, t := range page.Items {
		if t.Action == action {
			todo = append(todo, t)
		}
	}
	for _, t := range todo[:len(todo)-left] {
		if _, err := a.app.Consequences.CloseTask(ctx, t.ID, t.LockRevision, arenaRecords[action]); err != nil {
			return err
		}
	}
	return nil
}

// meet lets the pairs of the first contest begin, and logs how often they met in
// the month after a contest (C14, C15). One pair met once too seldom in August.
func (a *arenaPlay) meet(ctx context.Context) error {
	if a.last() {
		return nil // what the last contest suggests is left to decide
	}
	day := a.Clock.Today()
	if len(a.pairs) == 0 {
		if err := a.on(ctx, day, "17:00", a.Clerk, a.pair); err != nil {
			return err
		}
	}
	month := calendar.PeriodOf(calendar.Month, day)
	for n, date := range []int{10, 18, 22} {
		on := calendar.MustDate(fmt.Sprintf("%s-%02d", month, date))
		err := a.on(ctx, on, "16:00", a.Clerk, func(ctx context.Context) error {
			for _, p := range a.pairs {
				if n >= a.contests.met(a.month, a.leads[p.ID], p.PerMonth) {
					continue
				}
				_, err := a.app.Consequences.LogExchange(ctx, p.ID, consequences.ExchangeInput{HeldOn: on, Place: "村党群服务中心",
					Content: "现场交流" + themes[a.contests.Themes[a.month]].name + "的做法，商定下一步帮带事项。", Offline: true})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("exchange on %s: %w", on, err)
		}
	}
	return nil
}

// pair confirms the pairs that the contest suggests.
func (a *arenaPlay) pair(ctx context.Context) error {
	suggested, err := a.app.Consequences.Suggested(ctx, a.round.ID)
	if err != nil {
		return err
	}
	first := calendar.MustDate(calendar.PeriodOf(calendar.Month, a.Clock.Today()).String() + "-01") // a month counts when the pair has all of it
	var in []consequences.PairInput
	for _, p := range suggested {
		in = append(in, consequences.PairInput{Lead: p.LeadSubject, Follow: p.FollowSubject, Round: &a.round.ID, From: first})
	}
	if a.pairs, err = a.app.Consequences.ConfirmPairs(ctx, a.Competition, in); err != nil {
		return err
	}
	for _, p := range a.pairs {
		for n, village := range a.contests.Villages {
			if p.LeadSubject == a.secretary(n+1) {
				a.leads[p.ID] = village
			}
		}
	}
	return nil
}

// quarter sums the three months up; the mayor talks with the last three and has
// one talk still before him (C03, C12).
func (a *arenaPlay) quarter(ctx context.Context) error {
	day := nextWorkday(a.Clock.Today().AddDays(1))
	span := consequences.Span{Key: "quarter", From: arenaMonths[0], To: arenaMonths[len(arenaMonths)-1]}
	err := a.on(ctx, day, "10:00", ArenaSecretary, func(ctx context.Context) error {
		rollup, err := a.app.Consequences.PublishRollup(ctx, a.Competition, span)
		if err != nil {
			return err
		}
		all, err := a.app.Consequences.RollupOutcomes(ctx, rollup.ID)
		if err != nil {
			return err
		}
		return a.confirm(ctx, all, day)
	})
	if err != nil {
		return err
	}
	return a.on(ctx, nextWorkday(day.AddDays(1)), "15:00", ArenaMayor, a.mayorTalks)
}

// mayorTalks closes the mayor's own talks but one.
func (a *arenaPlay) mayorTalks(ctx context.Context) error {
	mine := a.Person(ArenaMayor).ID
	page, err := a.app.Consequences.Tasks(ctx, consequences.TaskFilter{State: consequences.TaskOpen, Executor: &mine}, paging.Args{First: pageOf(100)})
	if err != nil {
		return err
	}
	for _, t := range page.Items[:max(len(page.Items)-1, 0)] {
		if _, err := a.app.Consequences.CloseTask(ctx, t.ID, t.LockRevision, arenaRecords[outcome.DoTalk]); err != nil {
			return err
		}
	}
	return nil
}
