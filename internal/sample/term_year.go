package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/posting"
	"leitai/internal/round"
	"leitai/internal/teams"
)

// year is what happens until the assessment: the township states days and
// approves leave, what is held for them is recorded and confirmed, figures come
// in, and an inspection bars one (D21, D24–D27, D30, D31).
func (t *term) year(ctx context.Context) error {
	err := t.on(ctx, termStated, "09:00", Clerk, func(ctx context.Context) error {
		for person, months := range t.data.Leave {
			for month, days := range months {
				first := calendar.MustDate(fmt.Sprintf("2023-%02s-10", month))
				if _, err := t.app.Teams.ApproveLeave(ctx, teams.Leave{Posting: t.postings[person], First: first, Last: first.AddDays(days - 1)}); err != nil {
					return fmt.Errorf("leave of %s: %w", person, err)
				}
			}
		}
		return t.state(ctx, 1, 3)
	})
	if err != nil {
		return err
	}
	for month := 4; month <= termMonths; month++ {
		day := calendar.MustDate(fmt.Sprintf("2023-%02d-02", month+1))
		if err := t.on(ctx, day, "09:00", Clerk, func(ctx context.Context) error { return t.state(ctx, month, month) }); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		day calendar.Date
		who string
		do  func(context.Context) error
	}{{termInspect, "CA1", t.inspect}, {calendar.MustDate("2023-07-03"), "CA1", t.figures}} {
		if err := t.on(ctx, step.day, "10:00", step.who, step.do); err != nil {
			return err
		}
	}
	return t.visited(ctx)
}

// state states the days of months, from the first to the last.
func (t *term) state(ctx context.Context, first, last int) error {
	for _, p := range t.data.People {
		for month := first; month <= last; month++ {
			in := teams.Statement{Posting: t.postings[p.ID], Month: calendar.MustPeriod(fmt.Sprintf("2023-%02d", month)), Days: t.data.Days[p.ID][month-1],
				Excused: t.data.Leave[p.ID][fmt.Sprint(month)]}
			if _, err := t.app.Teams.StateDays(ctx, in); err != nil {
				return fmt.Errorf("days of %s in month %d: %w", p.ID, month, err)
			}
		}
	}
	return nil
}

// inspect records the half-year's inspection of everybody.
func (t *term) inspect(ctx context.Context) error {
	for _, p := range t.data.People {
		bars := t.data.Barred[p.ID] != ""
		in := teams.Inspection{Posting: t.postings[p.ID], On: termInspect, Conduct: true, Service: true, Discipline: !bars, Results: true, Bars: bars, Record: "岚组考〔2023〕4号"}
		if _, err := t.app.Teams.Inspect(ctx, in); err != nil {
			return fmt.Errorf("inspection of %s: %w", p.ID, err)
		}
	}
	return nil
}

// figures enters how many households two of them visited: all in both quarters,
// and a few too few in one (D21).
func (t *term) figures(ctx context.Context) error {
	for person, quarters := range map[string][]int64{"P1": {412, 409}, "P2": {300, 300}} {
		for i, visited := range quarters {
			in := teams.Figures{Posting: t.postings[person], Milestone: "households", Label: fmt.Sprintf("2023-Q%d", i+1), Source: "村级台账",
				Values: map[string]exact.Number{"householdsVisited": exact.Int(visited), "households": exact.Int(quarters[0])}}
			if _, err := t.app.Teams.EnterFigures(ctx, in); err != nil {
				return fmt.Errorf("figures of %s: %w", person, err)
			}
		}
	}
	return nil
}

// visited records a symposium for all and a visit of the sending unit, which
// its liaison confirms.
func (t *term) visited(ctx context.Context) error {
	var visit *teams.Event
	day := calendar.MustDate("2023-07-05")
	err := t.on(ctx, day, "15:00", "CA1", func(ctx context.Context) (err error) {
		if _, err = t.app.Teams.RecordEvent(ctx, teams.Event{Competition: t.Competition, Kind: posting.Symposium, On: day}); err != nil {
			return err
		}
		first := t.postings["P1"]
		visit, err = t.app.Teams.RecordEvent(ctx, teams.Event{Competition: t.Competition, Posting: &first, Kind: posting.UnitVisit, On: day})
		return err
	})
	if err != nil {
		return err
	}
	return t.on(ctx, day, "16:00", termLiaison, func(ctx context.Context) error {
		_, err := t.app.Teams.ConfirmEvent(ctx, visit.ID)
		return err
	})
}

// assess holds the annual round: three departments mark, one confirms, the best
// grade has a floor, its tie is included, and who was barred has no seat (D32, D33).
func (t *term) assess(ctx context.Context) error {
	if err := t.take(ctx, "2023"); err != nil {
		return err
	}
	held := t.round.Held
	steps := []struct {
		what string
		day  calendar.Date
		do   func(ctx context.Context, at round.Step) (*round.Answer, error)
	}{
		{"items", held.AddDays(-6), t.app.Rounds.PublishRubric},
		{"group", held.AddDays(-5), func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return t.app.Rounds.SetPanels(ctx, round.PanelsSet{Round: at.Round, Revision: at.Revision,
				Panels: []round.PanelInput{{Name: "部门联合考核组", Members: t.ids(termJudges...)}}})
		}},
		{"notice", held.AddDays(-4), func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return t.app.Rounds.IssueNotice(ctx, round.Notify{Round: at.Round, Revision: at.Revision, Number: "岚组考〔2023〕9号", Venue: "县委组织部",
				Text: "不要求各村另备材料\n本通知为演示文件，所列村名、人员和数据均为虚构"})
		}},
		{"open", held, t.app.Rounds.Open},
	}
	for _, s := range steps {
		if err := t.step(ctx, s.day, "08:30", t.Clerk, s.what, s.do); err != nil {
			return err
		}
	}
	if err := t.judge(ctx, held); err != nil {
		return err
	}
	if err := t.finish(ctx, held); err != nil {
		return err
	}
	_, err := t.publish(ctx, t.Approver, "同意，结果反馈派出单位，不占派出单位名额。", "岚组通〔2023〕6号")
	return err
}

func (t *term) judge(ctx context.Context, held calendar.Date) error {
	var all []uuid.UUID
	for _, judge := range termJudges {
		var marks []round.MarkInput
		for _, p := range t.data.People {
			for _, item := range t.Document.Items {
				marks = append(marks, round.MarkInput{ID: uuid.Must(uuid.NewV7()), Subject: t.Person(t.serving(p.ID)).ID, Item: item.Key, Channel: "verification", Value: t.data.Score[p.ID]})
			}
		}
		err := t.on(ctx, held, "14:00", judge, func(ctx context.Context) error {
			sent, err := t.app.Rounds.SubmitMarks(ctx, t.round.ID, marks)
			for _, m := range sent {
				all = append(all, m.ID)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("marks of %s: %w", judge, err)
		}
	}
	return t.on(ctx, held, "16:00", termReviewer, func(ctx context.Context) error {
		_, err := t.app.Rounds.ConfirmMarks(ctx, t.round.ID, all)
		return err
	})
}

// serving is who serves for P1 …: the one selected, or who took the place.
func (t *term) serving(key string) string {
	if other := spare[key]; other != "" {
		key = other
	}
	return candidate(key)
}
