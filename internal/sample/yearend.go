package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/round"
)

// Assessments are the four contests of the sub-district's year-end, once it was
// played: of secretaries, villages, cadres and teams.
type Assessments struct {
	Secretaries, Villages, Cadres, Teams *Scheme
}

// assessment is one of the four as it is played.
type assessment struct {
	*Scheme
	year        *YearEnd
	number      int                  // of the notice
	contestants []string             // by the data's names: S1 …, V1 …, C1 …, T1 …
	subjects    map[string]uuid.UUID // their ids on the roster
}

// PlayYearEnd opens the sub-district and plays its year-end: verified marks, the
// report meeting with its ballots, partly by code and partly on paper, the duty
// review, grades with ceilings and what the committee decided of ties, and what
// followed until spring (E01–E28). The county was there in January, before the
// others began.
func (w *World) PlayYearEnd(ctx context.Context) error {
	year, err := LoadYearEnd()
	if err != nil {
		return err
	}
	home := &Scheme{World: w, Unit: StreetCode, Clerk: StreetClerk, Approver: StreetApprover}
	if err := home.found(ctx, streetFrom, yearEndCast(year)); err != nil {
		return fmt.Errorf("year-end: %w", err)
	}
	var four []*assessment
	for n, of := range assessments {
		a := &assessment{Scheme: &Scheme{World: w, Unit: StreetCode, Clerk: StreetClerk, Approver: StreetApprover, Rounds: map[string]uuid.UUID{}},
			year: year, number: n + 1, contestants: year.contestants(n), subjects: map[string]uuid.UUID{}}
		if err := a.play(ctx, of.preset, of.name); err != nil {
			return fmt.Errorf("year-end: %s: %w", of.preset, err)
		}
		four = append(four, a)
	}
	w.YearEnd = &Assessments{four[0].Scheme, four[1].Scheme, four[2].Scheme, four[3].Scheme}
	if err := four[0].follow(ctx); err != nil {
		return fmt.Errorf("year-end: %w", err)
	}
	return nil
}

// contestants are those of the n-th contest, in their order.
func (y *YearEnd) contestants(n int) []string {
	letter, many := []string{"S", "V", "C", "T"}[n], []int{len(y.Secretaries), len(y.Units), len(y.Cadres), len(y.Teams)}[n]
	all := make([]string, many)
	for i := range all {
		all[i] = fmt.Sprintf("%s%d", letter, i+1)
	}
	return all
}

// pseudonymOf is under what a secretary or cadre of the data stands on the
// sub-district's roster.
func pseudonymOf(key string) string {
	return map[byte]string{'S': "YS", 'C': "YD"}[key[0]] + key[1:]
}

// villageOf is the number of a contestant's village.
func (a *assessment) villageOf(key string) int {
	switch key[0] {
	case 'S':
		key = a.year.Secretaries[key].Village
	case 'C':
		key = a.year.Cadres[key].Village
	case 'T':
		key = a.year.Teams[key].Village
	}
	return numberOf(key)
}

// play takes one contest from its template to its publication.
func (a *assessment) play(ctx context.Context, key, name string) error {
	doc, err := yearEndTemplate(key)
	if err != nil {
		return err
	}
	if err := a.enact(ctx, yearEndDay, doc, a.yearEndCompetition(name, a.number), yearEndPeriod); err != nil {
		return err
	}
	for _, stage := range []struct {
		name string
		do   func(context.Context) error
	}{{"preparation", a.prepare}, {"marks", a.verify}, {"meeting", a.meet}, {"grades", a.grade}} {
		if err := stage.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", stage.name, err)
		}
	}
	_, err = a.publish(ctx, a.Approver, "经党工委会议研究，同意公布。", fmt.Sprintf("荻考通〔2023〕%d号", a.number))
	return err
}

// verify lets each village group write the marks of its village, and a second
// person confirm all of them (E10).
func (a *assessment) verify(ctx context.Context) error {
	var all []uuid.UUID
	for n, judge := range verifiers {
		var marks []round.MarkInput
		for _, key := range a.contestants {
			if a.villageOf(key) != n+1 {
				continue
			}
			for i, value := range a.work(key) {
				marks = append(marks, round.MarkInput{ID: uuid.Must(uuid.NewV7()), Subject: a.subjects[key], Item: a.Document.Items[i].Key, Channel: "verification", Value: value})
			}
		}
		if len(marks) == 0 {
			continue
		}
		err := a.on(ctx, yearEndVerified, "15:00", judge, func(ctx context.Context) error {
			sent, err := a.app.Rounds.SubmitMarks(ctx, a.round.ID, marks)
			for _, m := range sent {
				all = append(all, m.ID)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return a.on(ctx, yearEndVerified, "17:00", streetReviewer, func(ctx context.Context) error {
		_, err := a.app.Rounds.ConfirmMarks(ctx, a.round.ID, all)
		return err
	})
}

// work is what was verified of a contestant, item by item, of 100 each.
func (a *assessment) work(key string) []exact.Number {
	switch key[0] {
	case 'S':
		return []exact.Number{a.year.Secretaries[key].Work}
	case 'C':
		_, work := a.year.Cadres[key].parted()
		return []exact.Number{work}
	case 'T':
		_, work := a.year.Teams[key].parted()
		return slices.Repeat([]exact.Number{work}, len(a.Document.Items))
	}
	var all []exact.Number
	for _, mark := range villageItems[key] {
		all = append(all, exact.Must(mark))
	}
	return all
}

// gradeOf is a decision of the committee about a grade.
type gradeOf struct{ who, scale, grade, reason string }

// decisions are what the committee entered and decided: the duty reviews of the
// secretaries (E20), and the ties for the last seat (Q17).
func (a *assessment) decisions() (before, ties []gradeOf) {
	switch a.contestants[0][0] {
	case 'S':
		for _, key := range a.contestants {
			before = append(before, gradeOf{key, "duty-review", a.year.dutyGrade(key), "核查与评议情况综合，党工委会议审定。"})
		}
	case 'V':
		ties = []gradeOf{{"V3", "annual", "class-a", "霁麦村与芷禾村总分、党建得分均相同，比较书记工作实绩，芷禾村在前，会议研究确定为一类。"}}
	case 'C':
		ties = []gradeOf{{"C16", "annual", "excellent", "两人总分、工作绩效均相同，最后一个名额只有一个；会议研究认为其承担防返贫监测任务更重，确定为优秀。"}}
	}
	return before, ties
}

// grade closes the round, enters the duty reviews, computes, decides ties with
// the reason, and announces.
func (a *assessment) grade(ctx context.Context) error {
	before, ties := a.decisions()
	day := yearEndDecided
	if err := a.step(ctx, day, "09:00", a.Clerk, "close", a.app.Rounds.Close); err != nil {
		return err
	}
	if err := a.on(ctx, day, "09:30", a.Approver, func(ctx context.Context) error { return a.decide(ctx, slices.Concat(before, ties)) }); err != nil {
		return err
	}
	if err := a.step(ctx, day, "10:00", a.Clerk, "compute", a.app.Rounds.Compute); err != nil {
		return err
	}
	return a.step(ctx, day, "17:00", a.Clerk, "announce", a.app.Rounds.Announce)
}

func (a *assessment) decide(ctx context.Context, all []gradeOf) error {
	for _, d := range all {
		_, err := a.app.Rounds.DecideGrade(ctx, round.GradeDecide{Round: a.round.ID, Subject: a.subjects[d.who], Scale: d.scale, Grade: d.grade, Reason: d.reason})
		if err != nil {
			return fmt.Errorf("grade of %s: %w", d.who, err)
		}
	}
	return nil
}
