package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/round"
	"leitai/internal/visits"
)

// hold takes the four steps: the visit the day before, then speeches, the
// secretary's comment and the assembly, each marked and recorded (C07); the
// result is published by somebody who gave no mark.
func (a *arenaPlay) hold(ctx context.Context) error {
	visit, held := a.days[4], a.round.Held
	for _, one := range []struct {
		day     calendar.Date
		at, who string
		do      func(ctx context.Context) error
	}{
		{visit, "17:00", arenaJudges[0], func(ctx context.Context) error { return a.send(ctx, nil, "observe", 0) }},
		{visit, "17:30", a.Clerk, func(ctx context.Context) error { return a.taken(ctx, "visit", visit) }},
		{held, "10:00", arenaJudges[0], func(ctx context.Context) error { return a.send(ctx, nil, "speech", 0) }},
		{held, "10:00", arenaJudges[1], func(ctx context.Context) error { return a.send(ctx, nil, "speech", 1) }},
		{held, "11:00", ArenaSecretary, a.comment},
		{held, "15:00", arenaJudges[1], func(ctx context.Context) error { return a.send(ctx, nil, "assembly", 0) }},
		{held, "16:00", a.Clerk, a.typeIn},
		{held, "16:30", arenaReviewer, func(ctx context.Context) error {
			_, err := a.app.Rounds.ConfirmMarks(ctx, a.round.ID, a.marks)
			return err
		}},
	} {
		if err := a.on(ctx, one.day, one.at, one.who, one.do); err != nil {
			return fmt.Errorf("%s: %w", one.at, err)
		}
	}
	if err := a.finish(ctx, held); err != nil {
		return err
	}
	var err error
	a.published, err = a.publish(ctx, a.Approver, "同意通报、晾晒。", "葭擂通〔2023〕"+a.round.Period[5:]+"号")
	return err
}

// typeIn enters the sheets of the judges without a login and of the secretary,
// and records the three steps of the day.
func (a *arenaPlay) typeIn(ctx context.Context) error {
	for n, judge := range arenaJudges[judgesAtDesk:] {
		id := a.Person(judge).ID
		if err := a.send(ctx, &id, "speech", judgesAtDesk+n); err != nil {
			return err
		}
	}
	secretary := a.Person(ArenaSecretary).ID
	if err := a.send(ctx, &secretary, "comment", 0); err != nil {
		return err
	}
	for _, stage := range []string{"speech", "comment", "assembly"} {
		if err := a.taken(ctx, stage, a.round.Held); err != nil {
			return err
		}
	}
	return nil
}

func (a *arenaPlay) taken(ctx context.Context, stage string, day calendar.Date) error {
	_, err := a.app.Visits.RecordStage(ctx, visits.StageInput{Round: a.round.ID, Stage: stage, DoneOn: day})
	return err
}

// send enters the marks of one channel for all secretaries: the n-th where the
// channel has several judges. Judge nil is whoever sends.
func (a *arenaPlay) send(ctx context.Context, judge *uuid.UUID, channel string, n int) error {
	var marks []round.MarkInput
	for i, village := range a.contests.Villages {
		given := a.contests.Marks[a.month][village]
		value := map[string]exact.Number{"observe": given.Observe, "speech": given.Speech[n], "comment": given.Secretary, "assembly": given.Assembly}[channel]
		marks = append(marks, round.MarkInput{ID: uuid.Must(uuid.NewV7()), Subject: a.secretary(i + 1), Item: a.Document.Items[0].Key,
			Channel: channel, Value: value, Judge: judge})
	}
	sent, err := a.app.Rounds.SubmitMarks(ctx, a.round.ID, marks)
	for _, m := range sent {
		a.marks = append(a.marks, m.ID)
	}
	return err
}

// secretary is the person of the n-th village, from 1.
func (a *arenaPlay) secretary(n int) uuid.UUID { return a.Person(fmt.Sprintf("TS%d", n)).ID }

// comment lets the town's secretary speak on every contestant.
func (a *arenaPlay) comment(ctx context.Context) error {
	theme := themes[a.contests.Themes[a.month]]
	for i, village := range a.contests.Villages {
		given := a.contests.Marks[a.month][village]
		text := "现场比汇报好，" + theme.name + "做得实，要学会把做法讲清楚。"
		switch speech := given.Speech[0]; {
		case speech.Cmp(given.Observe) > 0:
			text = "汇报讲得清楚，" + theme.name + "的现场还要再往细处抓。"
		case speech.Cmp(given.Observe) == 0:
			text = "讲的和做的一致，" + theme.name + "要在长效上下功夫。"
		}
		subject := a.secretary(i + 1)
		_, err := a.app.Visits.Comment(ctx, visits.CommentInput{Round: a.round.ID, UnitCode: a.village(i + 1), Subject: &subject, Text: text, On: a.round.Held})
		if err != nil {
			return fmt.Errorf("%s: %w", village, err)
		}
	}
	return nil
}
