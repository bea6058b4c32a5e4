package postgres

import (
	"context"
	"errors"
	"testing"

	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/voting"
)

// Before the close the application gets nothing but a turnout, whatever it asks
// in SQL, and it cannot close by itself.
// covers T31
func TestVotingTellsNothingBeforeTheClose(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, code := range h.codes(t, "others", 3) {
		if err := h.service.Cast(t.Context(), code, h.sheet("good", "poor")); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := h.service.Turnout(h.clerk, h.poll); n != 3 || err != nil {
		t.Errorf("turnout %d, %v", n, err)
	}
	if _, err := h.service.Results(h.clerk, h.poll); fault.CodeOf(err) != fault.BallotNotClosed {
		t.Errorf("results of an open evaluation: %v", err)
	}
	stop := errors.New("stop")
	err := h.db.write(h.clerk, func(ctx context.Context, tx *Tx) error {
		for statement, want := range map[string]string{
			`SELECT * FROM ballot`: "42501", `SELECT count(*) FROM ballot`: "42501", `SELECT * FROM ballot_code`: "42501", `SELECT * FROM paper_tally`: "42501",
			`DELETE FROM ballot`: "42501", `UPDATE ballot_code SET used = false`: "42501", `INSERT INTO ballot (choice) VALUES ('good')`: "42501",
			`UPDATE poll SET state = 'closed'`: "42501", `UPDATE poll_group SET used = 0`: "42501", `SELECT poll_locked(id) FROM poll`: "42501",
			`SELECT * FROM ballot_counts((SELECT id FROM poll WHERE title = '测评'))`:                                                                                                                                             "LT205",
			`INSERT INTO ballot_score SELECT gen_random_uuid(), tenant_id, region, id, round_id, ballot_key, gen_random_uuid(), true, '100', 0,0,0,0,0, '{}' FROM poll WHERE title = '测评'`:                                      "LT205",
			`INSERT INTO poll SELECT gen_random_uuid(), tenant_id, region, competition_id, NULL, 'x', 'x', rule, choices, legend, 'closed', opened_by, now(), opened_by, gen_random_uuid(), now() FROM poll WHERE title = '测评'`: "LT201",
			`DELETE FROM poll_voter v USING poll p WHERE p.id = v.poll_id AND p.title = '测评'`:                                                                                                                                   "LT206",
		} {
			if n, state := tx.try(ctx, t, statement); n != 0 || state != want {
				t.Errorf("%q: %d rows, %s", statement, n, state)
			}
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
}

// Two persons close: the first word changes nothing, the same person's second is
// refused, the other's closes, and the scores are there, once and for good.
func TestVotingIsClosedByTwo(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for i, code := range h.codes(t, "others", 9) {
		said := "good"
		if i < 3 {
			said = "poor"
		}
		if err := h.service.Cast(t.Context(), code, h.sheet(said, "abstained")); err != nil {
			t.Fatal(err)
		}
	}
	late := h.codes(t, "others", 1)[0]
	h.closeBy(t, h.clerk)
	if err := h.service.Cast(t.Context(), late, h.sheet("good", "good")); err != nil {
		t.Errorf("one official's word closed the box: %v", err)
	}
	if _, err := h.service.Close(h.clerk, h.poll); fault.CodeOf(err) != fault.BallotSecondPerson {
		t.Errorf("one person twice: %v", err)
	}
	second := h.second(t)
	h.closeBy(t, second)
	results, err := h.service.Results(second, h.poll)
	if err != nil || len(results) != 2 {
		t.Fatal(results, err)
	}
	first := results[0]
	if first.Score.String() != "70" || first.Due != 116 || first.Issued != 10 || first.Returned != 10 || first.Valid != 10 || first.Breakdown {
		t.Errorf("%+v", first)
	}
	if other := results[1]; other.Scored || other.Valid != 1 || other.SetAside != 9 {
		t.Errorf("one valid ballot makes a score: %+v", other)
	}
	for _, again := range []context.Context{h.clerk, second} {
		if _, err := h.service.Close(again, h.poll); fault.CodeOf(err) != fault.BallotNotOpen {
			t.Errorf("closed again: %v", err)
		}
	}
	err = h.db.write(h.clerk, func(ctx context.Context, tx *Tx) error {
		if n, state := tx.try(ctx, t, `SELECT * FROM ballot_counts($1)`, h.poll); n != 0 || state != "LT205" {
			t.Errorf("the counts are read again: %d rows, %s", n, state)
		}
		if n, state := tx.try(ctx, t, `UPDATE ballot_score SET score = '100'`); n != 0 || state != "42501" {
			t.Errorf("a score is changed: %d rows, %s", n, state)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if text := column(t, h.maint, `SELECT detail::text FROM audit_entry WHERE action = 'ballot:close' AND object_id = $1`, h.poll); len(text) != 1 ||
		text[0] != `{"due": 116, "issued": 10, "returned": 10, "recusedBeyondRoster": 0}` {
		t.Errorf("the audit says %v", text)
	}
}

// Paper is counted by two persons: while one has counted, or the two differ, the
// evaluation stays open and the places are named without the numbers.
func TestVotingPaperIsCountedByTwo(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	second := h.second(t)
	count := func(good, poor int) ballot.PaperCount {
		c := ballot.PaperCount{Group: "others", Returned: 7}
		for _, id := range h.subject {
			c.Subjects = append(c.Subjects, ballot.PaperSubject{Subject: id.String(), Options: map[string]int{"good": good, "poor": poor}, Invalid: 7 - good - poor})
		}
		return c
	}
	if _, err := h.service.EnterPaper(h.clerk, h.poll, count(4, 2)); fault.CodeOf(err) != fault.BallotCodesMany {
		t.Errorf("paper that was never issued: %v", err)
	}
	if _, err := h.service.Attend(h.clerk, h.poll, "others", 20, 8); err != nil {
		t.Fatal(err)
	}
	if _, err := h.service.Close(h.clerk, h.poll); fault.CodeOf(err) != fault.BallotPaperOnePerson {
		t.Errorf("closed over uncounted paper: %v", err)
	}
	if state, err := h.service.EnterPaper(h.clerk, h.poll, count(4, 2)); state != voting.PaperFirst || err != nil {
		t.Errorf("%s, %v", state, err)
	}
	if _, err := h.service.Close(h.clerk, h.poll); fault.CodeOf(err) != fault.BallotPaperOnePerson {
		t.Errorf("one person's count is enough: %v", err)
	}
	_, err := h.service.EnterPaper(second, h.poll, count(5, 2))
	faults := fault.All(err)
	if len(faults) != 4 || faults[0].Code != fault.BallotPaperDiffers || faults[0].Subjects == nil {
		t.Fatalf("%v", err)
	}
	for _, f := range faults {
		for name, arg := range f.Args {
			if name != "subject" && (arg == "4" || arg == "5") {
				t.Errorf("the other's count is told: %v", f)
			}
		}
	}
	if _, err := h.service.Close(second, h.poll); fault.CodeOf(err) != fault.BallotPaperOnePerson {
		t.Errorf("closed over counts that differ: %v", err)
	}
	if state, err := h.service.EnterPaper(second, h.poll, count(4, 2)); state != voting.PaperAgreed || err != nil {
		t.Errorf("%s, %v", state, err)
	}
	if n, err := h.service.Turnout(h.clerk, h.poll); n != 7 || err != nil {
		t.Errorf("turnout %d, %v", n, err)
	}
	code := h.codes(t, "others", 1)[0]
	if err := h.service.Cast(t.Context(), code, h.sheet("good", "good")); err != nil {
		t.Fatal(err)
	}
	h.closeBy(t, h.clerk, second)
	results, err := h.service.Results(h.clerk, h.poll)
	if err != nil {
		t.Fatal(err)
	}
	if r := results[0]; r.Issued != 9 || r.Returned != 8 || r.Valid != 7 || r.SetAside != 1 || r.Present != 20 || r.Score.String() != "500/7" {
		t.Errorf("%+v", r)
	}
}

// Nobody gets more than one ballot: codes and paper forms together are never
// more than the raters, the roster is fixed by the first code, and slips that
// are drawn anew make the earlier ones worthless.
// covers Q27
func TestVotingIssuesOneBallotPerPerson(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	first := h.codes(t, "leaders", 5)
	for name, err := range map[string]error{
		"a code too many": func() error {
			_, err := h.service.Issue(h.clerk, h.poll, false, []voting.GroupNumber{{Group: "leaders", Number: 2}})
			return err
		}(),
		"a form too many": func() error { _, err := h.service.Attend(h.clerk, h.poll, "leaders", 6, 2); return err }(),
		"and by the store": h.db.write(h.clerk, func(ctx context.Context, tx *Tx) error {
			return tx.IssueCodes(ctx, h.poll, false, []string{"leaders", "leaders"}, [][]byte{make([]byte, 32), make([]byte, 32)})
		}),
		"forms by the store": h.db.write(h.clerk, func(ctx context.Context, tx *Tx) error { return tx.SetAttendance(ctx, h.poll, "leaders", 6, 2) }),
	} {
		if fault.CodeOf(err) != fault.BallotCodesMany {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.service.Roster(h.clerk, h.poll, []ballot.Named{{Row: 1, Person: "R1", Group: "others"}}); fault.CodeOf(err) != fault.BallotRosterFixed {
		t.Errorf("the roster changes under the codes: %v", err)
	}
	anew, err := h.service.Issue(h.clerk, h.poll, true, []voting.GroupNumber{{Group: "leaders", Number: 6}})
	if err != nil || len(anew) != 6 {
		t.Fatal(anew, err)
	}
	if err := h.service.Cast(t.Context(), first[0], h.sheet("good", "good")); fault.CodeOf(err) != fault.BallotCodeInvalid {
		t.Errorf("a replaced code casts: %v", err)
	}
	if err := h.service.Cast(t.Context(), anew[0].Code, h.sheet("good", "good")); err != nil {
		t.Error(err)
	}
	if _, err := h.service.Issue(h.clerk, h.poll, true, []voting.GroupNumber{{Group: "leaders", Number: 6}}); fault.CodeOf(err) != fault.BallotRosterFixed {
		t.Errorf("codes are replaced although one was used: %v", err)
	}
}

// A rater whose village is on the ballot recuses it; nobody knows from the code
// which village that is.
// covers Q26
func TestVotingRecusal(t *testing.T) {
	t.Parallel()
	h := newHall(t, func(r *template.Ballot) { r.Recuse = []string{"own-village"} })
	code := (h.home.region + "001000000")[:9] + "201"
	var rows []ballot.Named
	for i := range 7 {
		rows = append(rows, ballot.Named{Row: i + 1, Person: string(rune('A' + i)), Group: "leaders", Unit: code})
	}
	rows = append(rows, ballot.Named{Row: 8, Person: "Z", Group: "others"})
	if _, err := h.service.Roster(h.clerk, h.poll, append(rows, ballot.Named{Row: 9, Person: "Y", Group: "others", Unit: "990101001999"})); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a village nobody knows: %v", err)
	}
	if _, err := h.service.Roster(h.clerk, h.poll, rows); err != nil {
		t.Fatal(err)
	}
	leaders, others := h.codes(t, "leaders", 7), h.codes(t, "others", 1)
	if err := h.service.Cast(t.Context(), leaders[0], h.sheet("good", "good")); fault.CodeOf(err) != fault.BallotRecusalMissing {
		t.Errorf("a leader votes on the own village: %v", err)
	}
	if err := h.service.Cast(t.Context(), others[0], h.sheet("recused", "good")); fault.CodeOf(err) != fault.BallotRecusalMany {
		t.Errorf("somebody without a village recuses one: %v", err)
	}
	for i, c := range leaders {
		sheet := h.sheet("recused", "good")
		if i == 0 {
			sheet = h.sheet("good", "recused") // shuns another instead: shows as a number
		}
		if err := h.service.Cast(t.Context(), c, sheet); err != nil {
			t.Fatal(err)
		}
	}
	h.closeBy(t, h.clerk, h.second(t))
	results, err := h.service.Results(h.clerk, h.poll)
	if err != nil || results[0].Recused != 6 || results[0].Valid != 1 || results[1].Recused != 1 || results[1].Valid != 6 {
		t.Errorf("%+v, %v", results, err)
	}
	if n := h.count(t, `SELECT count(*) FROM audit_entry WHERE action = 'ballot:close' AND detail->>'recusedBeyondRoster' = '1'`); n != 1 {
		t.Error("the recusal that no roster explains is not told")
	}
}
