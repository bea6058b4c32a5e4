package journeys

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/issues"
	"leitai/internal/rectify"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// An overdue issue costs twice its base, once; closing on the due day is in
// time, closing late does not undo the doubling, and an overdue or serious one
// prompts people to decide about accountability.
// covers A40, A41b, Q15
func TestOverdueDoublesOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.Clock.Set(inMay(5), "10:00")
	inTime, late, never := s.issue(t, s.opening(12, "1.5", 20)).ID, s.issue(t, s.opening(11, "2", 20)).ID, s.issue(t, s.opening(9, "1", 20)).ID
	grave := s.opening(4, "0", 20)
	grave.Serious = true
	serious := s.issue(t, grave).ID
	answered := func(id uuid.UUID, who string) {
		t.Helper()
		s.must(t, who, s.take(t, id, s.App.Issues.Answer, "已整改"))
		s.must(t, sample.Clerk, s.take(t, id, s.App.Issues.Close, "核查到位"))
	}
	stand := func(day int, timeOfDay string) []string {
		s.Clock.Set(inMay(day), timeOfDay)
		var out []string
		for _, id := range []uuid.UUID{inTime, late, never} {
			a := s.read(t, id).Assessment
			out = append(out, fmt.Sprintf("%s %d %s %s %t", a.State, a.DaysLate, a.Penalty, a.Light, a.Accountability))
		}
		return out
	}
	equal(t, "on the 17th", stand(17, "09:00"), []string{"OPEN 0 1.5 YELLOW false", "OPEN 0 2 YELLOW false", "OPEN 0 1 YELLOW false"})
	equal(t, "late on the due day", stand(20, "23:59"), []string{"OPEN 0 1.5 YELLOW false", "OPEN 0 2 YELLOW false", "OPEN 0 1 YELLOW false"})
	decide := func(id uuid.UUID, open bool, reason string) func(ctx context.Context) error {
		return s.take(t, id, func(ctx context.Context, in issues.Step) (*issues.Issue, error) {
			return s.App.Issues.DecideAccountability(ctx, in, open)
		}, reason)
	}
	s.refused(t, sample.Approver, decide(never, true, "拒不整改"), "ISSUE_NOT_PROMPTED at issue")
	answered(inTime, "S12")
	equal(t, "just after midnight", stand(21, "00:01"), []string{"CLOSED_ON_TIME 0 1.5  false", "OPEN_OVERDUE 1 4 RED true", "OPEN_OVERDUE 1 2 RED true"})
	s.Clock.Set(inMay(25), "09:00")
	answered(late, "S11")
	equal(t, "weeks later", stand(60, "09:00"), []string{"CLOSED_ON_TIME 0 1.5  false", "CLOSED_LATE 5 4  false", "OPEN_OVERDUE 40 2 RED true"})

	s.refused(t, "S9", decide(never, false, "不启动"), "FORBIDDEN")
	s.refused(t, sample.Approver, decide(never, true, " "), "REASON_MISSING at reason")
	s.must(t, sample.Approver, decide(never, true, "逾期不改,启动追责程序。"))
	s.must(t, sample.Approver, decide(serious, false, "影响已消除,批评教育。"))
	if i := s.read(t, never); i.Accountability != issues.AccountabilityOpened || i.Reason != "逾期不改,启动追责程序。" || i.Stage != rectify.Assigned {
		t.Errorf("decided: %q because %q, %s", i.Accountability, i.Reason, i.Stage)
	}
	if i := s.read(t, serious); i.Accountability != issues.AccountabilityRefused {
		t.Errorf("decided: %q", i.Accountability)
	}
}

// Deductions are posted to the village's account beside the balance: the base
// once, the doubling once, however often it is asked for and by how many.
// covers A40, Q15, Q36
func TestDeductionsArePostedOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.Clock.Set(inMay(5), "10:00")
	s.issue(t, s.opening(1, "1.5", 20))
	s.issue(t, s.opening(2, "0", 20)) // costs nothing
	settle := func(who string) []string {
		t.Helper()
		var out []string
		s.must(t, who, func(ctx context.Context) error {
			posted, err := s.App.Issues.Settle(ctx, s.World.Competition)
			for _, d := range posted {
				out = append(out, fmt.Sprintf("%s %s %s", d.Rule, d.Points, d.Period))
			}
			return err
		})
		return out
	}
	for _, who := range []string{sample.Clerk, "S1", "L4", "CN1"} {
		s.refused(t, who, func(ctx context.Context) error { _, err := s.App.Issues.Settle(ctx, s.World.Competition); return err }, "FORBIDDEN")
	}
	s.refused(t, "XA1", func(ctx context.Context) error { _, err := s.App.Issues.Settle(ctx, s.World.Competition); return err }, "NOT_FOUND at competition")
	equal(t, "while it runs", settle(sample.Approver), []string{"issues.base -1.5 2023-05"})
	equal(t, "again", settle(sample.Finance), []string(nil))
	s.Clock.Set(inMay(21), "08:00")
	var wait sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wait.Go(func() {
			errs[i] = s.World.As(t.Context(), []string{sample.Approver, sample.Finance}[i%2], func(ctx context.Context) error {
				_, err := s.App.Issues.Settle(ctx, s.World.Competition)
				return err
			})
		})
	}
	wait.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("settling %d at once: %v", i, err)
		}
	}
	equal(t, "overdue, and posted by one of the four", settle(sample.Approver), []string(nil))
	m := s.publish(t, "2023-05", nil)
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.confirm(ctx, m.outcomes(t, sample.Approver), tenDays)
		return err
	})
	equal(t, "months later", settle(sample.Approver), []string(nil))
	s.must(t, "S1", func(ctx context.Context) error {
		all, err := s.App.Consequences.Accounts(ctx, s.World.Competition, "", "")
		if err != nil {
			return err
		}
		if len(all) != 1 || all[0].Balance.String() != "5" || all[0].Deductions.String() != "-3" || len(all[0].Entries) != 3 {
			t.Errorf("the village's account: %+v", all)
		}
		board, err := s.App.Rounds.Board(ctx, m.round.ID, 0)
		if err == nil && board.Rows[0].Shown != "79.50" {
			t.Errorf("the total beside which they stand: %s", board.Rows[0].Shown)
		}
		return err
	})
}

// The other reading: every round held while an issue is overdue doubles again,
// and each doubling is posted once.
// covers Q15
func TestEveryOverdueRoundDoubles(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.rule(t, s.variant(t, func(doc *template.Document) { doc.Issues.Overdue.Once = false }), "2023-05")
	s.Clock.Set(inMay(5), "10:00")
	s.issue(t, s.opening(9, "1", 10))
	deductions := func() (sum string) {
		s.must(t, sample.Approver, func(ctx context.Context) error {
			if _, err := s.App.Issues.Settle(ctx, s.World.Competition); err != nil {
				return err
			}
			all, err := s.App.Consequences.Accounts(ctx, s.World.Competition, "", "")
			if err == nil {
				sum = all[0].Deductions.String()
			}
			return err
		})
		return sum
	}
	have := []string{deductions()}
	s.Clock.Set(inMay(11), "10:00")
	have = append(have, deductions())
	for _, period := range []string{"2023-05", "2023-06"} {
		s.publish(t, period, nil)
		have = append(have, deductions(), deductions())
	}
	equal(t, "deductions", have, []string{"-1", "-2", "-2", "-2", "-4", "-4"})
}
