package journeys

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/sample"
)

// opening is a problem of a village, due on a day of May.
func (s *stage) opening(village int, base string, due int) issues.Opening {
	return issues.Opening{Competition: s.World.Competition, UnitCode: graphtest.VillageCode(village), Item: "habitat", Title: "沟渠积存垃圾未清理",
		Place: "村东排水沟", Base: exact.Must(base), Due: inMay(due)}
}

func inMay(day int) calendar.Date { return calendar.MustDate("2023-05-01").AddDays(day - 1) }

func (s *stage) issue(t testing.TB, in issues.Opening) *issues.Issue {
	t.Helper()
	var opened *issues.Issue
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		opened, err = s.App.Issues.Open(ctx, in)
		return err
	})
	return opened
}

// read reads an issue as the office sees it.
func (s *stage) read(t testing.TB, id uuid.UUID) *issues.Issue {
	t.Helper()
	var found *issues.Issue
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		found, err = s.App.Issues.ByID(ctx, id)
		return err
	})
	return found
}

type issueStep func(ctx context.Context, in issues.Step) (*issues.Issue, error)

// take is a step on the revision that stands.
func (s *stage) take(t testing.TB, id uuid.UUID, do issueStep, note string) func(ctx context.Context) error {
	t.Helper()
	revision := s.read(t, id).Revision
	return func(ctx context.Context) error {
		_, err := do(ctx, issues.Step{Issue: id, Revision: revision, Note: note})
		return err
	}
}

// Issues of a competition are numbered one by one, however many are opened at
// the same time.
// covers A39
func TestIssueNumbersHaveNoGap(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.Clock.Set(inMay(5), "10:00")
	numbers := make([]int, 8)
	errs := make([]error, len(numbers))
	var wait sync.WaitGroup
	for i := range numbers {
		who := []string{sample.Clerk, "L4", "L5", sample.Approver}[i%4]
		wait.Go(func() {
			errs[i] = s.World.As(t.Context(), who, func(ctx context.Context) error {
				opened, err := s.App.Issues.Open(ctx, s.opening(i+1, "1", 20))
				if err == nil {
					numbers[i] = opened.Number
				}
				return err
			})
		})
	}
	wait.Wait()
	slices.Sort(numbers)
	equal(t, "numbers", numbers, []int{1, 2, 3, 4, 5, 6, 7, 8})
	for i, err := range errs {
		if err != nil {
			t.Errorf("opening %d: %v", i, err)
		}
	}
	first := 3
	var seen []int
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		args := paging.Args{First: &first}
		for {
			page, err := s.App.Issues.List(ctx, issues.Filter{}, args)
			if err != nil {
				return err
			}
			for _, i := range page.Items {
				seen = append(seen, i.Number)
			}
			if !page.HasNext {
				return nil
			}
			end := page.End()
			args.After = &end
		}
	})
	slices.Sort(seen)
	equal(t, "page by page", seen, numbers)
}

// What is wrong with an opening is said all at once, and nothing is opened; a
// village or a competition of another tenant is as if it were not there.
// covers A39, Q15
func TestOpeningAnIssueIsChecked(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.Clock.Set(inMay(5), "10:00")
	open := func(change func(*issues.Opening)) func(context.Context) error {
		in := s.opening(12, "1.5", 20)
		change(&in)
		return func(ctx context.Context) error { _, err := s.App.Issues.Open(ctx, in); return err }
	}
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { in.Title, in.Base, in.Due = " ", exact.Must("-1"), inMay(4) }),
		"ISSUE_TITLE_MISSING at title", "ISSUE_BASE_INVALID at base", "ISSUE_DUE_PAST at due")
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { in.UnitCode = sample.SiblingCode + "001" }), "NOT_FOUND at unitCode")
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { in.UnitCode = "990101999" }), "NOT_FOUND at unitCode")
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { in.Competition = uuid.New() }), "NOT_FOUND at competition")
	s.refused(t, "XC1", open(func(in *issues.Opening) { in.UnitCode = sample.SiblingCode + "001" }), "NOT_FOUND at competition")
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { id := uuid.New(); in.Round = &id }), "NOT_FOUND at round")
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { id := uuid.New(); in.Responsible = &id }), "NOT_FOUND at responsible")
	for _, who := range []string{"S12", "J1", "R1", "L1", "K12", "dashboard", "CN1"} {
		s.refused(t, who, open(func(*issues.Opening) {}), "FORBIDDEN")
	}
	_, rehearsed := s.trial(t, s.variant(t, attendedOnce), "2023-04")
	s.refused(t, sample.Clerk, open(func(in *issues.Opening) { in.Round = &rehearsed.round.ID }), "NOT_FOUND at round")
}

// An issue goes to its village and back: the own village answers, another
// person verifies or sends it back with the reason, and who read an older state
// is told so.
// covers A39
func TestAnIssueGoesBackAndForth(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.Clock.Set(inMay(5), "10:00")
	id := s.issue(t, s.opening(12, "1.5", 20)).ID
	api := s.App.Issues

	s.refused(t, "S12", s.take(t, id, api.Answer, " \t"), "ISSUE_MEASURE_MISSING at note")
	s.refused(t, sample.Clerk, s.take(t, id, api.Close, ""), "WRONG_STATE at stage")
	checkForeignIssue(t, s, id)
	answer := s.take(t, id, api.Answer, "已组织清淤。")
	s.must(t, "S12", answer)
	s.refused(t, "S12", answer, "STALE_REVISION at revision")
	s.refused(t, "S12", s.take(t, id, api.Answer, "再答一次"), "WRONG_STATE at stage")
	s.refused(t, "S12", s.take(t, id, api.Close, ""), "FORBIDDEN")
	s.refused(t, sample.Clerk, s.take(t, id, api.Return, "  "), "ISSUE_REASON_MISSING at note")
	s.must(t, "L6", s.take(t, id, api.Return, "沟渠东段仍有积存。"))
	if i := s.read(t, id); i.Stage != rectify.Returned || i.Measure != "已组织清淤。" {
		t.Errorf("after the return: %s, measure %q", i.Stage, i.Measure)
	}
	s.must(t, "S12", func(ctx context.Context) error {
		events, err := api.Events(ctx, []uuid.UUID{id})
		var told []string
		for _, e := range events {
			told = append(told, e.Kind+" "+e.Note)
		}
		equal(t, "the village reads", told, []string{"opened 沟渠积存垃圾未清理", "answered 已组织清淤。", "returned 沟渠东段仍有积存。"})
		return err
	})
	s.must(t, sample.Approver, s.take(t, id, api.Answer, "东段已清理,专人巡查。")) // the township may answer for a village …
	s.refused(t, sample.Approver, s.take(t, id, api.Close, ""), "ISSUE_SAME_PERSON at by")
	s.must(t, sample.Clerk, s.take(t, id, api.Close, "现场核查到位。"))
	if i := s.read(t, id); i.Stage != rectify.Closed || i.Closed != inMay(5) || i.Assessment.Light != rectify.NoLight {
		t.Errorf("closed: %s on %s, light %s", i.Stage, i.Closed, i.Assessment.Light)
	}
	s.refused(t, sample.Clerk, s.take(t, id, api.Return, "反悔"), "WRONG_STATE at stage")
}

// To another village, another township and the county an issue answers exactly
// as an id that names nothing.
func checkForeignIssue(t testing.TB, s *stage, id uuid.UUID) {
	t.Helper()
	unknown := uuid.Must(uuid.NewV7())
	step := func(id uuid.UUID) issues.Step { return issues.Step{Issue: id, Revision: 1, Note: "已清理"} }
	for _, ask := range []struct {
		who  string
		what func(ctx context.Context, id uuid.UUID) error
	}{
		{"S1", func(ctx context.Context, id uuid.UUID) error {
			_, err := s.App.Issues.Answer(ctx, step(id))
			return err
		}},
		{"S1", func(ctx context.Context, id uuid.UUID) error { _, err := s.App.Issues.ByID(ctx, id); return err }},
		{"L1", func(ctx context.Context, id uuid.UUID) error { _, err := s.App.Issues.ByID(ctx, id); return err }},
		{"XS1", func(ctx context.Context, id uuid.UUID) error {
			_, err := s.App.Issues.Answer(ctx, step(id))
			return err
		}},
		{"XC1", func(ctx context.Context, id uuid.UUID) error { _, err := s.App.Issues.Close(ctx, step(id)); return err }},
		{"XA1", func(ctx context.Context, id uuid.UUID) error { _, err := s.App.Issues.ByID(ctx, id); return err }},
		{"CN1", func(ctx context.Context, id uuid.UUID) error { _, err := s.App.Issues.ByID(ctx, id); return err }},
	} {
		there := s.try(t, ask.who, func(ctx context.Context) error { return ask.what(ctx, id) })
		nowhere := s.try(t, ask.who, func(ctx context.Context) error { return ask.what(ctx, unknown) })
		if fault.CodeOf(there) != fault.NotFound || there.Error() != nowhere.Error() {
			t.Errorf("%s is answered %v, and %v for an unknown id", ask.who, there, nowhere)
		}
	}
	for _, who := range []string{"S1", "L1", "XC1", "CN1"} {
		s.must(t, who, func(ctx context.Context) error {
			page, err := s.App.Issues.List(ctx, issues.Filter{}, paging.Args{})
			if err != nil {
				return err
			}
			events, err := s.App.Issues.Events(ctx, []uuid.UUID{id})
			if len(page.Items)+len(events) > 0 {
				t.Errorf("%s sees %d issues and %d events of another village", who, len(page.Items), len(events))
			}
			return err
		})
	}
}
