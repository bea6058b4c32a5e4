package journeys

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/issues"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// attendedOnce counts villages that attended one round of a half-year.
func attendedOnce(doc *template.Document) { doc.Rollups[0].MinAttended = 1 }

var halfYear = consequences.Span{Key: "half-year", From: "2023-04", To: "2023-09"}

func (s *stage) rollup(t testing.TB, who string) *consequences.Rollup {
	t.Helper()
	var r *consequences.Rollup
	s.must(t, who, func(ctx context.Context) (err error) {
		r, err = s.App.Consequences.PublishRollup(ctx, s.World.Competition, halfYear)
		return err
	})
	return r
}

func (s *stage) money(t testing.TB, rollup uuid.UUID) (all []*consequences.Outcome) {
	t.Helper()
	s.must(t, sample.Approver, func(ctx context.Context) (err error) {
		all, err = s.App.Consequences.RollupOutcomes(ctx, rollup)
		return err
	})
	return all
}

// A half-year is six months from the first round on; it waits for every round
// of its span, and publishing it again makes nothing new.
// covers A15, A31, A32, Q16, G11
func TestHalfYear(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.rule(t, s.variant(t, attendedOnce), "2023-05")
	april := s.publish(t, "2023-04", nil)
	s.publish(t, "2023-05", totals{"V1": "72"})
	publish := func(span consequences.Span) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.PublishRollup(ctx, s.World.Competition, span)
			return err
		}
	}
	wrong := s.refused(t, sample.Approver, publish(consequences.Span{Key: "half-year", From: "2023-05", To: "2023-10"}), "ROLLUP_SPAN at from")
	equal(t, "the right span", wrong[0].Args, map[string]string{"from": "2023-04", "to": "2023-09"})
	s.refused(t, sample.Approver, publish(consequences.Span{Key: "half-year", From: "2023-04", To: "2023-06"}), "ROLLUP_SPAN at from")
	s.refused(t, sample.Approver, publish(consequences.Span{Key: "half-year", From: "April", To: "2023-09"}), "INVALID at from")
	s.refused(t, sample.Approver, publish(consequences.Span{Key: "decade", From: "2023-04", To: "2023-09"}), "ROLLUP_UNKNOWN at key")
	open := s.refused(t, sample.Approver, publish(halfYear), "ROLLUP_ROUNDS_OPEN at to")
	equal(t, "rounds still open", open[0].Subjects, []string{"2023-06", "2023-07", "2023-08", "2023-09"})
	s.cancel(t, "2023-06", "2023-07", "2023-08", "2023-09")
	for _, who := range []string{sample.Clerk, "S1", "dashboard", "CA1"} {
		s.refused(t, who, publish(halfYear), "FORBIDDEN")
	}
	s.refused(t, "XA1", publish(halfYear), "NOT_FOUND")

	first := s.rollup(t, sample.Approver)
	if again := s.rollup(t, sample.Finance); again.ID != first.ID || again.Revision != 1 {
		t.Errorf("publishing again gives revision %d, %s", again.Revision, again.ID)
	}
	values := map[string]string{}
	for _, row := range first.Rows[:4] {
		values[sample.VillageKey(row.UnitCode)] = fmt.Sprintf("%s %d", row.Value.Fixed(2), row.Rank)
	}
	equal(t, "the best", values, map[string]string{"V2": "79.00 1", "V3": "78.50 2", "V4": "78.00 3", "V5": "77.50 4"})
	all := s.money(t, first.ID)
	equal(t, "money proposed", s.told(all), []string{
		"V2 money rollups[0].outcomes[0] top 1/12 proposed", "V3 money rollups[0].outcomes[0] top 2/11 proposed", "V4 money rollups[0].outcomes[0] top 3/10 proposed",
		"V12 money rollups[0].outcomes[1] bottom 12/1 proposed", "V11 money rollups[0].outcomes[1] bottom 11/2 proposed", "V10 money rollups[0].outcomes[1] bottom 10/3 proposed",
	})
	for _, o := range all {
		if o.Amount != nil || o.Minutes != "" || o.Basis != "" {
			t.Errorf("nobody decided about %s yet: %v %q %q", o.UnitName, o.Amount, o.Minutes, o.Basis)
		}
	}
	checkMoney(t, s, all)
	checkRollupCorrection(t, s, april, first)
}

// Money is decided with amount, minutes and basis, approved by another person
// and paid with a voucher; a refused step leaves everything as it was.
// covers A32, A33, A34
func checkMoney(t testing.TB, s *stage, all []*consequences.Outcome) {
	t.Helper()
	reward, penalty := all[0], all[3]
	decide := func(o *consequences.Outcome, revision int, amount, minutes, basis string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.Decide(ctx, o.ID, revision, consequences.Decision{Amount: exact.Must(amount), Minutes: minutes, Basis: basis})
			return err
		}
	}
	approve := func(ctx context.Context) error {
		_, err := s.App.Consequences.Approve(ctx, penalty.ID, penalty.LockRevision)
		return err
	}
	pay := func(record string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.Pay(ctx, penalty.ID, penalty.LockRevision, record)
			return err
		}
	}
	const minutes, basis = "晴禾乡党政领导会议纪要〔2023〕12号", "晴委发〔2023〕6号"
	s.refused(t, sample.Approver, func(ctx context.Context) error { _, err := s.confirm(ctx, all[:2], tenDays); return err },
		"OUTCOME_IS_MONEY at outcomes[0]", "OUTCOME_IS_MONEY at outcomes[1]")
	s.refused(t, sample.Clerk, func(ctx context.Context) error {
		_, err := s.App.Consequences.Execute(ctx, reward.ID, reward.LockRevision, "已发放")
		return err
	}, "OUTCOME_IS_MONEY at outcome")
	s.refused(t, sample.Approver, decide(reward, 1, "0", "", " "), "MONEY_AMOUNT_MISSING at amount", "MONEY_MINUTES_MISSING at minutes", "MONEY_BASIS_MISSING at basis")
	s.refused(t, sample.Approver, decide(reward, 1, "3000", "", basis), "MONEY_MINUTES_MISSING at minutes")
	s.refused(t, sample.Approver, decide(reward, 1, "3000", minutes, ""), "MONEY_BASIS_MISSING at basis")
	s.refused(t, sample.Approver, decide(reward, 1, "-3000", minutes, basis), "MONEY_AMOUNT_MISSING at amount")
	s.refused(t, sample.Approver, decide(reward, 1, "0.001", minutes, basis), "MONEY_AMOUNT_MISSING at amount")
	s.refused(t, sample.Approver, decide(reward, 2, "3000", minutes, basis), "STALE_REVISION at revision")
	s.refused(t, sample.Clerk, decide(reward, 1, "3000", minutes, basis), "FORBIDDEN")
	s.refused(t, "XA1", decide(reward, 1, "3000", minutes, basis), "NOT_FOUND at outcome")
	s.refused(t, sample.Finance, approve, "WRONG_STATE at state")

	s.must(t, sample.Approver, decide(penalty, 1, "800.50", minutes, basis))
	penalty = s.money(t, *penalty.Rollup)[3]
	s.refused(t, sample.Approver, approve, "MONEY_SAME_PERSON at by")
	s.refused(t, sample.Clerk, approve, "FORBIDDEN")
	s.refused(t, sample.Clerk, pay("记账凭证1号"), "WRONG_STATE at state")
	s.must(t, sample.Finance, approve)
	penalty = s.money(t, *penalty.Rollup)[3]
	s.refused(t, sample.Clerk, pay(" "), "MONEY_RECORD_MISSING at record")
	s.must(t, sample.Clerk, pay("记账凭证1号"))
	penalty = s.money(t, *penalty.Rollup)[3]
	if penalty.State != consequences.Executed || penalty.Signed().String() != "-800.5" || penalty.Minutes != minutes || penalty.Basis != basis {
		t.Errorf("the penalty: %s %s %q %q", penalty.State, penalty.Signed(), penalty.Minutes, penalty.Basis)
	}
	s.refused(t, sample.Clerk, pay("记账凭证2号"), "WRONG_STATE at state")
	if n := s.count(t, `SELECT count(*) FROM account_entry`); n != 0 {
		t.Errorf("money posted %d entries to the point accounts", n)
	}
}

// After a round was corrected the half-year gets a next revision; what the old
// one called for is taken back and proposed anew, and the old one stays
// readable.
// covers Q30
func checkRollupCorrection(t testing.TB, s *stage, april *month, first *consequences.Rollup) {
	t.Helper()
	april.correct(t, totals{"V2": "50"})
	second := s.rollup(t, sample.Approver)
	if second.ID == first.ID || second.Revision != 2 || second.Inputs[0].Revision != 2 || second.Inputs[1].Revision != 1 {
		t.Errorf("after the correction: revision %d of %v", second.Revision, second.Inputs)
	}
	for _, o := range s.money(t, first.ID) {
		if o.State != consequences.Reversed {
			t.Errorf("money of revision 1 for %s is %s", o.UnitName, o.State)
		}
	}
	equal(t, "proposed anew", s.told(s.money(t, second.ID))[0], "V3 money rollups[0].outcomes[0] top 1/12 proposed")
	s.must(t, "S1", func(ctx context.Context) error {
		old, err := s.App.Consequences.RollupByID(ctx, first.ID)
		if err == nil {
			equal(t, "revision 1", old.Rows, first.Rows)
		}
		all, listErr := s.App.Consequences.Rollups(ctx, s.World.Competition)
		if listErr == nil && (len(all) != 1 || all[0].ID != second.ID) {
			t.Errorf("%d roll-ups are listed", len(all))
		}
		if err == nil {
			err = listErr
		}
		return err
	})
	again := s.rollup(t, sample.Approver)
	equal(t, "publishing the corrected half-year again", again.ID, second.ID)
}

// Months of a span that were never dated are not silently left out of it.
// covers Q16
func TestHalfYearWaitsForUndatedMonths(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var competition uuid.UUID
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		in := s.like(t)
		in.FromPeriod = "2023-04"
		c, err := s.App.Programme.CreateCompetition(ctx, in)
		if err == nil {
			competition = c.ID
			_, err = s.App.Programme.PlanRounds(ctx, c.ID, "2023-04", "2023-04")
		}
		return err
	})
	m := s.find(t, s.Key(t, `SELECT id FROM round WHERE competition_id = $1`, competition))
	m.play(t, nil)
	open := s.refused(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.App.Consequences.PublishRollup(ctx, competition, halfYear)
		return err
	}, "ROLLUP_ROUNDS_OPEN at to")
	equal(t, "months not dated", open[0].Subjects, []string{"2023-05", "2023-06", "2023-07", "2023-08", "2023-09"})
	s.Clock.Set(calendar.MustDate("2023-10-01"), "09:00")
	s.must(t, sample.Approver, func(ctx context.Context) error {
		r, err := s.App.Consequences.PublishRollup(ctx, competition, halfYear)
		if err == nil && len(r.Inputs) != 1 {
			t.Errorf("made from %v", r.Inputs)
		}
		return err
	})
}

// The same months under the other reading of 分别: one figure for each role.
// covers Q4, A27
func TestPointsByRole(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.rule(t, s.variant(t, func(doc *template.Document) { doc.Outcomes[0].By = "role" }), "2023-05")
	for _, month := range []struct {
		period string
		give   totals
		want   map[string]string
	}{
		{"2023-04", nil, map[string]string{"V1": "5", "L1": "5", "K1": "5", "V2": "4", "L2": "4", "K2": "4", "V3": "3", "L3": "3", "K3": "3"}},
		{"2023-05", totals{"V4": "60", "V5": "61", "V6": "62"}, // nobody is in the bottom three twice
			map[string]string{"V1": "3", "L1": "5", "K1": "4", "V2": "3", "L2": "5", "K2": "4", "V3": "3", "L3": "5", "K3": "4"}},
	} {
		m := s.publish(t, month.period, month.give)
		s.must(t, sample.Approver, func(ctx context.Context) error {
			_, err := s.confirm(ctx, m.outcomes(t, sample.Approver), tenDays)
			return err
		})
		have := map[string]string{}
		s.must(t, sample.Clerk, func(ctx context.Context) error {
			all, err := s.App.Consequences.Accounts(ctx, s.World.Competition, month.period, month.period)
			for _, a := range all {
				have[s.key(a.Holder)] = a.Balance.String()
			}
			return err
		})
		equal(t, month.period, have, month.want)
	}
}

// Nothing of a trial ever counts: no outcome, no account, no money, no
// deduction.
func TestATrialNeverCounts(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	competition, m := s.trial(t, s.variant(t, attendedOnce), "2023-04")
	m.play(t, nil)
	equal(t, "outcomes", s.told(m.outcomes(t, sample.Approver)), []string{})
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		_, err := s.App.Issues.Open(ctx, issues.Opening{Competition: competition, UnitCode: sample.TownshipCode + "001", Title: "垃圾未清运",
			Base: exact.Int(2), Due: calendar.MustDate("2023-06-20")})
		return err
	})
	s.refused(t, sample.Approver, func(ctx context.Context) error { _, err := s.App.Issues.Settle(ctx, competition); return err }, "TRIAL_NEVER_COUNTS at competition")
	s.must(t, sample.Approver, func(ctx context.Context) error {
		r, err := s.App.Consequences.PublishRollup(ctx, competition, halfYear)
		if err != nil {
			return err
		}
		if !r.Trial || len(r.Rows) != 12 {
			t.Errorf("the summary of a trial: trial %t, %d rows", r.Trial, len(r.Rows))
		}
		all, err := s.App.Consequences.RollupOutcomes(ctx, r.ID)
		equal(t, "money of a trial", s.told(all), []string{})
		return err
	})
	if n := s.count(t, `SELECT (SELECT count(*) FROM outcome) + (SELECT count(*) FROM account_entry)`); n != 0 {
		t.Errorf("%d outcomes and entries", n)
	}
	if code := fault.CodeOf(s.try(t, "S1", func(ctx context.Context) error { _, err := s.App.Rounds.Board(ctx, m.round.ID, 0); return err })); code != "" && code != fault.NotFound {
		t.Errorf("a village asking for the board of a trial: %s", code)
	}
}
