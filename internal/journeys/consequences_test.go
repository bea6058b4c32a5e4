package journeys

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/sample"
)

var tenDays = calendar.MustDate("2023-05-20")

// told says an outcome in one line: V1 points outcomes[0] top 1/12 proposed.
func (s *stage) told(all []*consequences.Outcome) []string {
	out := make([]string, len(all))
	for i, o := range all {
		out[i] = fmt.Sprintf("%s %s %s %s %d/%d %s", s.key(o.UnitName), o.Action, o.Rule, o.Reason, o.Rank, o.FromBottom, o.State)
	}
	return out
}

// posted lists what an outcome posts: linked-leader L1 5.
func posted(o *consequences.Outcome) (out []string) {
	for _, e := range o.Entries {
		out = append(out, fmt.Sprintf("%s %s %s", e.Role, e.Holder, e.Points))
	}
	return out
}

// A published month proposes what its rules call for; nothing is posted before
// a person confirms, and then once.
// covers A27, A28, Q4, Q7
func TestOutcomesAreConfirmedByPeople(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", nil)
	all := m.outcomes(t, sample.Approver)
	equal(t, "proposed", s.told(all), []string{
		"V1 points outcomes[0] top 1/12 proposed", "V2 points outcomes[0] top 2/11 proposed", "V3 points outcomes[0] top 3/10 proposed",
		"V12 criticism outcomes[1] bottom 12/1 proposed", "V11 criticism outcomes[1] bottom 11/2 proposed", "V10 criticism outcomes[1] bottom 10/3 proposed",
	})
	equal(t, "entries of the first", posted(all[0]), []string{"linked-leader L1 5", "resident-cadre K1 5", "village " + all[0].Entries[2].Holder + " 5"})
	equal(t, "accounts before anybody confirmed", s.balances(t, sample.Clerk), map[string]string{})

	confirm := func(ctx context.Context) error { _, err := s.confirm(ctx, all, tenDays); return err }
	for _, who := range []string{sample.Clerk, "S1", "L1", "J1", "R1", "dashboard", "CA1", "XA1"} {
		want := fault.Forbidden
		if who == "XA1" {
			want = fault.NotFound // holds the permission, in another township
		}
		if code := fault.CodeOf(s.try(t, who, confirm)); code != want {
			t.Errorf("%s confirming gets %q", who, code)
		}
	}
	s.refused(t, "XA1", confirm, "NOT_FOUND at outcomes[0]")
	s.refused(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.App.Consequences.Confirm(ctx, []uuid.UUID{all[0].ID, uuid.New()}, tenDays)
		return err
	}, "NOT_FOUND at outcomes[1]")

	s.must(t, sample.Approver, confirm)
	want := map[string]string{"V1": "5", "L1": "5", "K1": "5", "V2": "4", "L2": "4", "K2": "4", "V3": "3", "L3": "3", "K3": "3"}
	equal(t, "accounts", s.balances(t, sample.Clerk), want)
	for _, o := range m.outcomes(t, sample.Approver) {
		if o.State != consequences.Confirmed || *o.ConfirmedBy != s.World.Person(sample.Approver).ID || o.Due.IsZero() != (o.Action == "points") {
			t.Errorf("%s %s: %s, due %s", o.UnitName, o.Action, o.State, o.Due)
		}
	}
	before := s.Fingerprint(t, uuid.Nil)
	s.must(t, sample.Approver, confirm)
	if after := s.Fingerprint(t, uuid.Nil); after != before {
		t.Errorf("confirming again changed %s", differing(before, after))
	}
	checkExecution(t, m)
	checkOwnAccounts(t, m)
	checkSealedEntries(t, m)
}

// What is to be carried out needs a record of how it was.
// covers A28
func checkExecution(t testing.TB, m *month) {
	t.Helper()
	criticism := m.outcomes(t, sample.Approver)[3]
	execute := func(revision int, record string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := m.App.Consequences.Execute(ctx, criticism.ID, revision, record)
			return err
		}
	}
	m.refused(t, sample.Clerk, execute(criticism.LockRevision, " \n"), "OUTCOME_RECORD_MISSING at record")
	m.refused(t, sample.Clerk, execute(criticism.LockRevision-1, "已批评"), "STALE_REVISION at revision")
	m.refused(t, "S12", execute(criticism.LockRevision, "已批评"), "FORBIDDEN")
	m.must(t, sample.Clerk, execute(criticism.LockRevision, "已在全乡干部会议上批评提醒。"))
	m.refused(t, sample.Clerk, execute(criticism.LockRevision+1, "再来一次"), "WRONG_STATE at outcome")
	done := m.outcomes(t, sample.Clerk, consequences.Executed)
	if len(done) != 1 || done[0].Record != "已在全乡干部会议上批评提醒。" || done[0].ExecutedBy == nil || done[0].ExecutedAt == nil {
		t.Errorf("executed: %+v", done)
	}
}

// A village sees its own account and consequences, a leader or cadre the linked
// villages' and their own; nobody else's even by id.
func checkOwnAccounts(t testing.TB, m *month) {
	t.Helper()
	for who, want := range map[string]map[string]string{
		"S1": {"V1": "5"}, "S4": {}, "L1": {"V1": "5", "L1": "5"}, "K2": {"V2": "4", "K2": "4"}, "L3": {"V3": "3", "L3": "3"}, "CN1": {}, "XA1": {},
	} {
		equal(t, "accounts that "+who+" sees", m.balances(t, who), want)
	}
	for _, who := range []string{"J1", "R1", "dashboard"} {
		m.refused(t, who, func(ctx context.Context) error {
			_, err := m.App.Consequences.Accounts(ctx, m.World.Competition, "", "")
			return err
		}, "FORBIDDEN")
	}
	all := m.outcomes(t, sample.Approver)
	equal(t, "the secretary of V1 sees", m.told(m.outcomes(t, "S1")), m.told(all[:1]))
	equal(t, "the secretary of V4 sees", m.told(m.outcomes(t, "S4")), []string{})
	equal(t, "the county sees", m.told(m.outcomes(t, "CA1")), []string{})
	read := func(id uuid.UUID) func(context.Context) error {
		return func(ctx context.Context) error { _, err := m.App.Consequences.Outcome(ctx, id); return err }
	}
	m.must(t, "S1", read(all[0].ID))
	for _, who := range []string{"S4", "CA1", "XA1"} {
		foreign, unknown := m.try(t, who, read(all[0].ID)), m.try(t, who, read(uuid.Must(uuid.NewV7())))
		if fault.CodeOf(foreign) != fault.NotFound || foreign.Error() != unknown.Error() {
			t.Errorf("%s asking for another's outcome gets %v, for none %v", who, foreign, unknown)
		}
	}
}

// The server's own role cannot change, remove or repeat an entry.
func checkSealedEntries(t testing.TB, m *month) {
	t.Helper()
	for _, statement := range []string{
		`UPDATE account_entry SET points = points + 1`,
		`DELETE FROM account_entry`,
		`INSERT INTO account_entry SELECT gen_random_uuid(), tenant_id, region, competition_id, unit_id, person_id, period, points, rule, role, subject_id,
			outcome_id, issue_id, publication_revision, reverses, posted_by, posted_at FROM account_entry`,
	} {
		if _, err := m.tenantRows(t).ExecContext(t.Context(), statement); err == nil {
			t.Errorf("leitai_app may %s", statement)
		}
	}
	if n := m.count(t, `SELECT count(*) FROM account_entry`); n != 9 {
		t.Errorf("%d entries", n)
	}
}

// However many confirm at the same time, everything is posted once.
func TestParallelConfirmationsPostOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", nil)
	all := m.outcomes(t, sample.Approver)
	var wait sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		who := []string{sample.Approver, sample.Finance}[i%2]
		wait.Go(func() {
			errs[i] = s.World.As(t.Context(), who, func(ctx context.Context) error { _, err := s.confirm(ctx, all, tenDays); return err })
		})
	}
	wait.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("confirmation %d: %v", i, err)
		}
	}
	if n := s.count(t, `SELECT count(*) FROM account_entry`); n != 9 {
		t.Errorf("%d entries", n)
	}
	if n := s.count(t, `SELECT count(*) FROM audit_entry WHERE action = 'outcome:confirm'`); n != 6 {
		t.Errorf("%d confirmations on record", n)
	}
}

// A correction takes back what fell away by counter-entries, leaves what still
// holds with all that people did about it, and proposes what is new; the first
// revision stays readable.
// covers Q6, Q30
func TestACorrectionIsCountered(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", totals{"V3": "78", "V4": "78"}) // share the third place
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.confirm(ctx, m.outcomes(t, sample.Approver), tenDays)
		return err
	})
	equal(t, "accounts", s.balances(t, sample.Clerk), map[string]string{
		"V1": "5", "L1": "5", "K1": "5", "V2": "4", "L2": "4", "K2": "4", "V3": "3", "L3": "3", "K3": "3", "V4": "3", "L4": "3", "K4": "3",
	})
	m.correct(t, totals{"V4": "40"})

	equal(t, "outcomes", s.told(m.outcomes(t, sample.Approver)), []string{
		"V1 points outcomes[0] top 1/12 confirmed", "V2 points outcomes[0] top 2/11 confirmed", "V3 points outcomes[0] top 3/9 confirmed",
		"V4 points outcomes[0] top 3/9 reversed",
		"V12 criticism outcomes[1] bottom 12/1 reversed", "V11 criticism outcomes[1] bottom 11/2 reversed", "V10 criticism outcomes[1] bottom 10/3 reversed",
		"V4 criticism outcomes[1] bottom 12/1 proposed", "V12 criticism outcomes[1] bottom 11/2 proposed", "V11 criticism outcomes[1] bottom 10/3 proposed",
	})
	equal(t, "accounts after the correction", s.balances(t, sample.Clerk), map[string]string{
		"V1": "5", "L1": "5", "K1": "5", "V2": "4", "L2": "4", "K2": "4", "V3": "3", "L3": "3", "K3": "3",
	})
	if n := s.count(t, `SELECT count(*) FROM account_entry`); n != 15 {
		t.Errorf("%d entries; 12 were posted and 3 of them countered", n)
	}
	if n := s.count(t, `SELECT count(*) FROM account_entry c JOIN account_entry e ON e.id = c.reverses AND e.points = -c.points
		WHERE c.publication_revision = 2 AND e.publication_revision = 1`); n != 3 {
		t.Errorf("%d counter-entries of revision 2", n)
	}
	gone := m.outcomes(t, sample.Approver, consequences.Reversed)[:1]
	s.refused(t, sample.Approver, func(ctx context.Context) error { _, err := s.confirm(ctx, gone, tenDays); return err }, "WRONG_STATE at outcomes[0]")

	for revision, third := range map[int]string{1: "78.00", 2: "40.00"} {
		s.must(t, "S1", func(ctx context.Context) error {
			b, err := s.App.Rounds.Board(ctx, m.round.ID, revision)
			if err != nil {
				return err
			}
			shown := map[string]string{}
			for _, row := range b.Rows {
				shown[sample.VillageKey(row.UnitCode)] = row.Shown
			}
			if shown["V4"] != third || b.Superseded != (revision == 1) {
				t.Errorf("revision %d: V4 %s, superseded %t", revision, shown["V4"], b.Superseded)
			}
			return nil
		})
	}
}

// Twice running in the bottom three costs points and calls for a talk; when the
// earlier month is corrected, the later one is computed anew and what it took
// is given back.
// covers A29, A30, Q5, Q8, Q30
func TestAStreakFallsWithItsFirstMonth(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	april := s.publish(t, "2023-04", nil)
	may := s.publish(t, "2023-05", totals{"V1": "78", "V2": "77.5"})
	streak := func(states ...consequences.State) (out []string) {
		for _, o := range may.outcomes(t, sample.Approver, states...) {
			if o.Streak > 0 {
				out = append(out, fmt.Sprintf("%s %s %d", s.key(o.UnitName), o.Action, o.Streak))
			}
		}
		return out
	}
	equal(t, "of the streak", streak(consequences.Proposed), []string{"V12 points 2", "V11 points 2", "V10 points 2", "V12 talk 2", "V11 talk 2", "V10 talk 2"})
	for _, o := range may.outcomes(t, sample.Approver) {
		if o.Action == "talk" && (o.ByRole != "principal-leaders" || len(o.With) != 3) {
			t.Errorf("the talk with %s is held by %s with %v", o.UnitName, o.ByRole, o.With)
		}
	}
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.confirm(ctx, may.outcomes(t, sample.Approver), tenDays)
		return err
	})
	before := s.balances(t, sample.Clerk)
	equal(t, "V12, V11, V10", []string{before["V12"], before["K11"], before["V10"]}, []string{"-5", "-4", "-3"})

	april.correct(t, totals{"V10": "79"})
	equal(t, "May before it is computed anew", streak(consequences.Confirmed), []string{"V12 points 2", "V11 points 2", "V10 points 2", "V12 talk 2", "V11 talk 2", "V10 talk 2"})
	may.correct(t, nil)
	equal(t, "May afterwards", streak(consequences.Confirmed), []string{"V12 points 2", "V11 points 2", "V12 talk 2", "V11 talk 2"})
	equal(t, "taken back", streak(consequences.Reversed), []string{"V10 points 2", "V10 talk 2"})
	after := s.balances(t, sample.Clerk)
	equal(t, "V12, V11, V10", []string{after["V12"], after["K11"], after["V10"]}, []string{"-5", "-4", ""})
}
