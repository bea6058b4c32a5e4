package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/round"
	"leitai/internal/tenancy"
)

var arenaFrom = calendar.MustDate("2023-06-26") // the county opens the tenant

// arenaPlay is the contest of secretaries as it is played.
type arenaPlay struct {
	*Scheme
	contests  *Contests
	month     string // of the data
	days      []calendar.Date
	marks     []uuid.UUID
	published calendar.Date // the contest at hand
	pairs     []*consequences.Pair
	leads     map[uuid.UUID]string // villages of the leads of pairs, by pair
}

// PlaySecretaries opens the town whose village secretaries compete in three
// tracks, and plays three months and the quarter: a theme each month, four
// recorded steps, sharing and talks carried out, pairs that meet, the mayor's
// talks of the quarter (C01–C18).
func (w *World) PlaySecretaries(ctx context.Context) error {
	contests, err := LoadContests()
	if err != nil {
		return err
	}
	w.Secretaries = &Scheme{World: w, Unit: SecretaryTownCode, Clerk: ArenaClerk, Approver: ArenaMayor}
	a := &arenaPlay{Scheme: w.Secretaries, contests: contests, leads: map[uuid.UUID]string{}}
	if err := a.settleTown(ctx); err != nil {
		return fmt.Errorf("secretaries: %w", err)
	}
	for n, month := range contests.Months {
		a.month = month
		if err := a.playMonth(ctx, arenaMonths[n]); err != nil {
			return fmt.Errorf("secretaries: %s: %w", arenaMonths[n], err)
		}
	}
	if err := a.quarter(ctx); err != nil {
		return fmt.Errorf("secretaries: quarter: %w", err)
	}
	return nil
}

// settleTown opens the tenant, classes its villages and starts the contest.
func (a *arenaPlay) settleTown(ctx context.Context) error {
	if err := a.Scheme.found(ctx, arenaFrom, secretariesCast()); err != nil {
		return err
	}
	err := a.on(ctx, arenaDay, "08:30", a.Clerk, func(ctx context.Context) error {
		if _, err := a.app.Tenancy.DefineGroupSet(ctx, classes); err != nil {
			return err
		}
		var rows []tenancy.Assignment
		for i, village := range a.contests.Villages {
			rows = append(rows, tenancy.Assignment{UnitCode: a.village(i + 1), Class: a.contests.Classes[village], From: inOfficeSince})
		}
		_, err := a.app.Tenancy.AssignClasses(ctx, classes.Key, rows)
		return err
	})
	if err != nil {
		return fmt.Errorf("classes: %w", err)
	}
	doc, err := secretariesTemplate()
	if err != nil {
		return err
	}
	return a.enact(ctx, arenaDay, doc, a.Scheme.secretaries(), "2023-12")
}

// playMonth plays one contest from its theme to what follows from it.
func (a *arenaPlay) playMonth(ctx context.Context, period string) error {
	if err := a.take(ctx, period); err != nil {
		return err
	}
	a.days, a.marks = workdaysBefore(a.round.Held, 5), nil
	for _, stage := range []struct {
		name string
		do   func(context.Context) error
	}{{"preparation", a.prepare}, {"contest", a.hold}, {"follow-up", a.follow}, {"pairs", a.meet}} {
		if err := stage.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", stage.name, err)
		}
	}
	return nil
}

// prepare fixes theme and form, lets the deputy secretary write what is
// looked at, names the
// judges, issues the notice and opens the round (C05, C06).
func (a *arenaPlay) prepare(ctx context.Context) error {
	theme := themes[a.contests.Themes[a.month]]
	preset := a.Document.Items[0]
	steps := []struct {
		what, who string
		day       calendar.Date
		do        func(ctx context.Context, at round.Step) (*round.Answer, error)
	}{
		{"theme", a.Clerk, a.days[0], func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return a.app.Rounds.SetTheme(ctx, round.ThemeSet{Round: at.Round, Revision: at.Revision, Theme: theme.name, Form: theme.form})
		}},
		{"rubric", ArenaDeputy, a.days[0], func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return a.app.Rounds.WriteRubric(ctx, round.RubricWrite{Round: at.Round, Revision: at.Revision, Items: []round.RubricItemInput{{
				Key: preset.Key, NameZh: theme.name, NameEn: theme.english, Dimension: theme.dimension, Points: preset.Points, Criteria: theme.criteria}}})
		}},
		{"publish the rubric", a.Clerk, a.days[1], a.app.Rounds.PublishRubric},
		{"judges", a.Clerk, a.days[2], func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return a.app.Rounds.SetPanels(ctx, round.PanelsSet{Round: at.Round, Revision: at.Revision,
				Panels: []round.PanelInput{{Name: "评委组", Members: a.ids(append([]string{ArenaSecretary}, arenaJudges...)...)}}})
		}},
		{"notice", a.Clerk, a.days[2], func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return a.app.Rounds.IssueNotice(ctx, round.Notify{Round: at.Round, Revision: at.Revision, Number: "葭擂〔2023〕" + a.round.Period[5:] + "号",
				Venue: "镇文化站会议厅", Text: "本期主题：" + theme.name + "\n本通知为演示文件，所列村名、人员和数据均为虚构"})
		}},
		{"open", a.Clerk, a.days[3], a.app.Rounds.Open},
	}
	for _, s := range steps {
		if err := a.step(ctx, s.day, "09:00", s.who, s.what, s.do); err != nil {
			return err
		}
	}
	return nil
}
