package sample

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/evidence"
	"leitai/internal/exact"
	"leitai/internal/round"
	"leitai/internal/scoring"
	"leitai/internal/template"
	"leitai/internal/visits"
)

// travel visits the villages day by day; one is cut off and visited later, and
// the pictures of another were lost and are taken again on that day (B01, B06).
func (t *tour) travel(ctx context.Context) error {
	rest := t.quarter.Villages
	for _, d := range tourDays {
		today := slices.DeleteFunc(slices.Clone(rest[:d.villages]), func(v string) bool { return v == lateVillage })
		if rest = rest[d.villages:]; len(today) == 0 {
			continue
		}
		shown := slices.DeleteFunc(slices.Clone(today), func(v string) bool { return v == unshownVillage })
		if err := t.day(ctx, d.day, today, shown); err != nil {
			return fmt.Errorf("%s: %w", d.day, err)
		}
	}
	if err := t.day(ctx, observedLate, []string{lateVillage}, []string{lateVillage, unshownVillage}); err != nil {
		return fmt.Errorf("%s: %w", observedLate, err)
	}
	if err := t.on(ctx, observedLate, "17:00", observedReviewer, func(ctx context.Context) error {
		_, err := t.app.Rounds.ConfirmMarks(ctx, t.round.ID, t.marks)
		return err
	}); err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	return t.on(ctx, observedLate, "17:30", t.Clerk, func(ctx context.Context) error { return t.stage(ctx, "visit", observedLate) })
}

// day is one day on the road: villages visited, pictures taken, checklists
// written by two, problems entered.
func (t *tour) day(ctx context.Context, day calendar.Date, villages, shown []string) error {
	err := t.on(ctx, day, "16:00", t.Clerk, func(ctx context.Context) error {
		for _, village := range villages {
			stop := t.stops[village]
			visited, err := t.app.Visits.Record(ctx, stop.ID, stop.Revision, day, nil, "")
			if err != nil {
				return fmt.Errorf("visit %s: %w", village, err)
			}
			t.stops[village] = visited
		}
		return nil
	})
	if err != nil {
		return err
	}
	for half, judge := range observedJudges {
		err := t.on(ctx, day, "16:30", judge, func(ctx context.Context) error {
			if err := t.mark(ctx, villages, half); err != nil || half > 0 {
				return err
			}
			return t.photograph(ctx, day, shown)
		})
		if err != nil {
			return fmt.Errorf("%s: %w", judge, err)
		}
	}
	return t.on(ctx, day, "18:00", t.Clerk, func(ctx context.Context) error { return t.enterProblems(ctx, villages) })
}

// mark sends one judge's half of the areas.
func (t *tour) mark(ctx context.Context, villages []string, half int) error {
	var marks []round.MarkInput
	for _, village := range villages {
		for i, area := range t.quarter.Areas {
			if i*len(observedJudges)/len(t.quarter.Areas) != half {
				continue
			}
			item := t.Document.Items[i]
			marks = append(marks, round.MarkInput{ID: uuid.Must(uuid.NewV7()), UnitCode: t.codeOf(village), Item: item.Key, Channel: "visit",
				Detail: ticked(item, t.quarter.Marks[village][area])})
		}
	}
	sent, err := t.app.Rounds.SubmitMarks(ctx, t.round.ID, marks)
	for _, m := range sent {
		t.marks = append(t.marks, m.ID)
	}
	return err
}

// ticked is the checklist of an area that comes to a value: the heavy checks are
// met first.
func ticked(item template.Item, value exact.Number) *scoring.Detail {
	detail := &scoring.Detail{}
	for _, check := range item.Rule.Checks {
		state := scoring.CheckNo
		if left := value.Sub(check.Points); left.Sign() >= 0 {
			state, value = scoring.CheckYes, left
		}
		detail.Checks = append(detail.Checks, scoring.CheckState{Key: check.Key, State: state})
	}
	if value.Sign() != 0 {
		panic(fmt.Sprintf("sample: the checks of %s leave %s over", item.Key, value)) // the data are fixed
	}
	return detail
}

// seen are the checks that pictures are taken for.
var seen = []struct{ item, check, what string }{
	{"team", "duty", "值班表"}, {"democracy", "boards", "公开栏"}, {"premises", "rooms", "一厅五室"},
}

// photograph enters the pictures of villages; they are generated and show nobody.
func (t *tour) photograph(ctx context.Context, day calendar.Date, villages []string) error {
	for _, village := range villages {
		for n := range t.quarter.Photos[village] {
			of := seen[n]
			content, err := t.app.Evidence.Inspect(ctx, bytes.NewReader(picture(numberOf(village), n)))
			if err != nil {
				return fmt.Errorf("picture: %w", err)
			}
			kept, err := t.app.Evidence.Keep(ctx, fmt.Sprintf("观摩-%s-%s.jpg", village, of.what), content)
			if err != nil {
				return fmt.Errorf("picture: %w", err)
			}
			piece := evidence.Piece{Competition: t.Competition, Round: &t.round.ID, UnitCode: t.codeOf(village), Item: of.item, Check: of.check,
				Kind: evidence.Photo, TakenOn: day, Note: "演示图片：" + of.what, File: &kept.ID}
			if _, err := t.app.Evidence.Add(ctx, piece); err != nil {
				return fmt.Errorf("evidence of %s: %w", village, err)
			}
		}
	}
	return nil
}

func (t *tour) stage(ctx context.Context, key string, day calendar.Date) error {
	_, err := t.app.Visits.RecordStage(ctx, visits.StageInput{Round: t.round.ID, Stage: key, DoneOn: day})
	return err
}
