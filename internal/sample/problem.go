package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/issues"
)

// problemStep is one step with an issue on its day.
type problemStep struct {
	day  calendar.Date
	what string
	do   func(ctx context.Context) error
}

// problems of the data, in words: the item they were found in, what and where.
var problemWords = map[string]struct{ item, title, place, measure string }{
	"I1": {"habitat", "沟渠积存垃圾未清理", "社区东侧排水沟", "已组织清淤并安排专人每周巡查。"},
	"I2": {"rural", "监测户帮扶台账与实际不符", "村帮扶台账", "已逐户核对并更正台账。"},
	"I3": {"party", "“三会一课”记录缺失", "村党群服务中心", ""},
	"I4": {"habitat", "公厕管护公示牌缺失", "村口公厕", "已补挂公示牌并落实管护人。"},
}

// problemSteps orders the steps with all issues by date: opened and assigned by
// the clerk, answered by the village's secretary the day before it is verified
// and closed (A39).
func (w *World) problemSteps() []problemStep {
	var steps []problemStep
	for _, i := range w.Months.Issues {
		steps = append(steps, problemStep{i.Opened, i.ID + " opened", func(ctx context.Context) error { return w.openIssue(ctx, i) }})
		if i.Closed.IsZero() {
			continue
		}
		secretary := "S" + i.Village[1:]
		steps = append(steps,
			problemStep{i.Closed.AddDays(-1), i.ID + " answered", func(ctx context.Context) error {
				return w.stepIssue(ctx, i, secretary, problemWords[i.ID].measure, w.app.Issues.Answer)
			}},
			problemStep{i.Closed, i.ID + " closed", func(ctx context.Context) error {
				return w.stepIssue(ctx, i, Clerk, "经现场核查，整改到位。", w.app.Issues.Close)
			}})
	}
	slices.SortStableFunc(steps, func(a, b problemStep) int { return a.day.Compare(b.day) })
	return steps
}

// moveTo takes the steps with issues up to a day, then sets the clock.
func (w *World) moveTo(ctx context.Context, day calendar.Date, timeOfDay string) error {
	for len(w.problems) > 0 && w.problems[0].day.Before(day) {
		step := w.problems[0]
		w.problems = w.problems[1:]
		w.Clock.Set(step.day, "15:00")
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("issue %s: %w", step.what, err)
		}
	}
	w.Clock.Set(day, timeOfDay)
	return nil
}

func (w *World) openIssue(ctx context.Context, i Issue) error {
	words := problemWords[i.ID]
	in := issues.Opening{
		Competition: w.Competition, UnitCode: villageCode(i.Village), Item: words.item, Title: words.title, Place: words.place, Base: i.Base, Due: i.Due,
	}
	if id := w.heldBy(i.Opened); id != uuid.Nil {
		in.Round = &id
	}
	responsible := w.Person("S" + i.Village[1:]).ID
	in.Responsible = &responsible
	return w.As(ctx, Clerk, func(ctx context.Context) error {
		opened, err := w.app.Issues.Open(ctx, in)
		if err == nil {
			w.issues[i.ID] = opened.ID
		}
		return err
	})
}

// heldBy is the round that issues of a day were found in: the month before it.
func (w *World) heldBy(day calendar.Date) uuid.UUID {
	period := calendar.PeriodOf(calendar.Month, day).Add(-1)
	return w.Rounds[period.String()]
}

func (w *World) stepIssue(ctx context.Context, i Issue, who, note string, do func(context.Context, issues.Step) (*issues.Issue, error)) error {
	return w.As(ctx, who, func(ctx context.Context) error {
		found, err := w.app.Issues.ByID(ctx, w.issues[i.ID])
		if err != nil {
			return err
		}
		_, err = do(ctx, issues.Step{Issue: found.ID, Revision: found.Revision, Note: note})
		return err
	})
}
