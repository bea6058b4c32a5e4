package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/round"
)

// play is one month as it is played.
type play struct {
	*World
	period  string
	items   []Item
	round   *round.Round
	before  []calendar.Date // the five working days before the round
	panels  []round.PanelInput
	seconds []round.SecondedSeat
}

// PlayMonth plays one month of the data from its rubric to its confirmed
// outcomes, each step as the person whose duty it is, and moves the clock along:
// rubric and groups in the week before, the contest on its day, the bulletin on
// the first working day after the objection period. Issues of the days between
// are worked on as they fall due. Months are played in their order.
func (w *World) PlayMonth(ctx context.Context, period string) error {
	p := &play{World: w, period: period, items: w.Months.Items[period]}
	if len(p.items) == 0 {
		return fmt.Errorf("sample: the data have no month %s", period)
	}
	for _, stage := range []func(context.Context) error{p.find, p.prepare, p.hold, p.publish, p.follow} {
		if err := stage(ctx); err != nil {
			return fmt.Errorf("sample: %s: %w", period, err)
		}
	}
	return nil
}

// find reads the round and chooses the days of its steps.
func (p *play) find(ctx context.Context) error {
	err := p.As(ctx, Clerk, func(ctx context.Context) (err error) {
		p.round, err = p.app.Rounds.Round(ctx, p.Rounds[p.period])
		return err
	})
	if err != nil {
		return err
	}
	p.before = workdaysBefore(p.round.Held, 5)
	p.plan()
	return nil
}

// on moves the clock to a time of a day and does something as a person. What
// fell due with issues until then is done first.
func (p *play) on(ctx context.Context, day calendar.Date, timeOfDay, who string, do func(ctx context.Context) error) error {
	if err := p.moveTo(ctx, day, timeOfDay); err != nil {
		return err
	}
	return p.As(ctx, who, do)
}

// step takes a step with the round and keeps what it became.
func (p *play) step(do func() (*round.Answer, error)) error {
	answer, err := do()
	if err == nil {
		p.round = answer.Round
	}
	return err
}

// at is the round on the revision that was read last.
func (p *play) at() round.Step { return round.Step{Round: p.round.ID, Revision: p.round.Revision} }

// prepare writes the rubric, publishes it, sets the groups and issues the
// written notice (A05–A07, A11, A12, A20).
func (p *play) prepare(ctx context.Context) error {
	for i, item := range p.items {
		area := areaOf(item.Key)
		in := round.RubricItemInput{Key: item.Key, NameZh: area.NameZh, NameEn: area.NameEn, Dimension: area.Dimension, Points: item.Full, Criteria: area.Criteria}
		err := p.on(ctx, p.before[0], fmt.Sprintf("09:%02d", 10*i), area.Owner, func(ctx context.Context) error {
			return p.step(func() (*round.Answer, error) {
				return p.app.Rounds.WriteRubric(ctx, round.RubricWrite{Round: p.round.ID, Revision: p.round.Revision, Items: []round.RubricItemInput{in}})
			})
		})
		if err != nil {
			return fmt.Errorf("rubric of %s: %w", item.Key, err)
		}
	}
	steps := []struct {
		name string
		day  calendar.Date
		do   func(ctx context.Context) (*round.Answer, error)
	}{
		{"publish the rubric", p.before[1], func(ctx context.Context) (*round.Answer, error) { return p.app.Rounds.PublishRubric(ctx, p.at()) }},
		{"panels", p.before[2], func(ctx context.Context) (*round.Answer, error) {
			return p.app.Rounds.SetPanels(ctx, round.PanelsSet{
				Round: p.round.ID, Revision: p.round.Revision, Panels: p.panels, Seconded: round.SecondedInput{Assigned: p.seconds},
			})
		}},
		{"notice", p.before[3], func(ctx context.Context) (*round.Answer, error) { return p.app.Rounds.IssueNotice(ctx, p.notice()) }},
		{"open", p.round.Held, func(ctx context.Context) (*round.Answer, error) { return p.app.Rounds.Open(ctx, p.at()) }},
	}
	for _, s := range steps {
		err := p.on(ctx, s.day, "08:30", Clerk, func(ctx context.Context) error {
			return p.step(func() (*round.Answer, error) { return s.do(ctx) })
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// notice is the written notice; every other month is held in a demonstration
// village.
func (p *play) notice() round.Notify {
	n := slices.Index(p.Months.Periods, p.period)
	venue := "乡政府三楼会议室"
	if n%2 == 1 {
		venue = "晨穗村党群服务中心（示范村）"
	}
	return round.Notify{
		Round: p.round.ID, Revision: p.round.Revision, Number: fmt.Sprintf("晴擂办〔2023〕%d号", n+1), Venue: venue,
		Text: "评比期间不安排接待，不增加村级负担\n本通知为演示文件，所列村名、人员和数据均为虚构",
	}
}

// hold takes ledgers and marks in, has them confirmed, closes the round,
// computes it and announces the result (A21, A23, A24).
func (p *play) hold(ctx context.Context) error {
	err := p.on(ctx, p.round.Held, "09:00", Clerk, func(ctx context.Context) error { return p.receive(ctx) })
	if err != nil {
		return fmt.Errorf("ledgers: %w", err)
	}
	if err := p.mark(ctx); err != nil {
		return err
	}
	steps := []struct {
		name, time string
		do         func(ctx context.Context, in round.Step) (*round.Answer, error)
	}{{"close", "17:00", p.app.Rounds.Close}, {"compute", "17:10", p.app.Rounds.Compute}, {"announce", "17:30", p.app.Rounds.Announce}}
	for _, s := range steps {
		err := p.on(ctx, p.round.Held, s.time, Clerk, func(ctx context.Context) error {
			return p.step(func() (*round.Answer, error) { return s.do(ctx, p.at()) })
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// receive checks the ledgers in; each village's secretary brings them.
func (p *play) receive(ctx context.Context) error {
	for i, village := range p.Months.Villages {
		err := p.step(func() (*round.Answer, error) {
			return p.app.Rounds.ReceiveLedger(ctx, round.LedgerReceive{
				Round: p.round.ID, UnitCode: villageCode(village), DeliveredBy: p.Person(fmt.Sprintf("S%d", i+1)).ID,
			})
		})
		if err != nil {
			return fmt.Errorf("%s: %w", village, err)
		}
	}
	return nil
}

// mark lets every judge send a batch and the confirmers confirm all marks.
func (p *play) mark(ctx context.Context) error {
	onsite, ledger := []uuid.UUID{}, []uuid.UUID{}
	for _, batch := range p.batches() {
		err := p.on(ctx, p.round.Held, "14:00", batch.judge, func(ctx context.Context) error {
			marks, err := p.app.Rounds.SubmitMarks(ctx, p.round.ID, batch.marks)
			for _, m := range marks {
				if m.Channel == channelOnsite {
					onsite = append(onsite, m.ID)
				} else {
					ledger = append(ledger, m.ID)
				}
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("marks: %w", err)
		}
	}
	for i, ids := range [][]uuid.UUID{onsite, ledger} {
		err := p.on(ctx, p.round.Held, "16:00", Confirmers[i], func(ctx context.Context) error {
			_, err := p.app.Rounds.ConfirmMarks(ctx, p.round.ID, ids)
			return err
		})
		if err != nil {
			return fmt.Errorf("confirm: %w", err)
		}
	}
	return nil
}
