package round_test

import (
	"reflect"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/round"
)

// Each bad mark has a code and a place, and nothing of its batch is stored.
//
// covers A09, A21
func TestBadMarksAreRefusedWhole(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, village1, village3)
	good := round.MarkInput{ID: fresh(), UnitCode: village1, Item: "party", Channel: "onsite", Value: num("90")}
	with := func(change func(*round.MarkInput)) round.MarkInput {
		m := good
		m.ID = fresh()
		change(&m)
		return m
	}
	k3, j3, stranger := w.persons["K3"], w.persons["J3"], w.persons["O1"]
	for _, c := range []struct {
		name, who, field string
		mark             round.MarkInput
		code             fault.Code
	}{
		{"over the range", "J1", "marks[1].value", with(func(m *round.MarkInput) { m.Value = num("100.5") }), fault.MarkOutOfRange},
		{"under the range", "J1", "marks[1].value", with(func(m *round.MarkInput) { m.Value = num("-1") }), fault.MarkOutOfRange},
		{"between two steps", "J1", "marks[1].value", with(func(m *round.MarkInput) { m.Value = num("90.3") }), fault.MarkStep},
		{"no such item", "J1", "marks[1].item", with(func(m *round.MarkInput) { m.Item = "industry" }), fault.MarkItemUnknown},
		{"no such channel", "J1", "marks[1].channel", with(func(m *round.MarkInput) { m.Channel = "speech" }), fault.MarkChannelUnknown},
		{"no such village", "J1", "marks[1].unitCode", with(func(m *round.MarkInput) { m.UnitCode = "990101102201" }), fault.SubjectUnknown},
		{"not the group's channel", "J1", "marks[1].judge", with(func(m *round.MarkInput) { m.Channel = "ledger" }), fault.JudgeNotInPanel},
		{"another judge's mark", "J1", "marks[1].judge", with(func(m *round.MarkInput) { m.Judge = &k3 }), fault.MarkForAnother},
		{"nobody's group", "C1", "marks[1].judge", with(func(m *round.MarkInput) { m.Judge = &stranger }), fault.JudgeNotInPanel},
		{"the own village", "C1", "marks[1].judge", with(func(m *round.MarkInput) { m.UnitCode, m.Channel, m.Judge = village3, "ledger", &k3 }), fault.JudgeRecused},
		{"a ledger that is not in", "C1", "marks[1].unitCode", with(func(m *round.MarkInput) { m.UnitCode, m.Channel, m.Judge = village2, "ledger", &j3 }), fault.LedgerNotReceived},
		{"the same place twice", "J1", "marks[1].id", with(func(m *round.MarkInput) { m.Item = "rural" }), fault.MarkTwice},
		{"the same id twice", "J1", "marks[1].id", with(func(m *round.MarkInput) { m.ID, m.Item = good.ID, "party" }), fault.MarkIDReused},
	} {
		first := good
		first.Item = "rural"
		if c.who == "C1" {
			j1 := w.persons["J1"]
			first.Judge = &j1
		}
		_, err := w.use.SubmitMarks(w.as(c.who), id, []round.MarkInput{first, c.mark})
		if all := refusedWith(t, err, c.code); all[0].Field != c.field {
			t.Errorf("%s: the place is %q", c.name, all[0].Field)
		}
		if n := w.count(`SELECT count(*) FROM mark`); n != 0 {
			t.Fatalf("%s: %d marks were stored", c.name, n)
		}
	}
	_, err := w.use.SubmitMarks(w.as("O1"), id, []round.MarkInput{good})
	refusedWith(t, err, fault.Forbidden)
	_, err = w.use.SubmitMarks(w.as("J1"), id, nil)
	refusedWith(t, err, fault.MarksPerBatch)
	_, err = w.use.SubmitMarks(w.as("J1"), uuid.New(), []round.MarkInput{good})
	refusedWith(t, err, fault.NotFound)
}

func TestResendingChangesNothing(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	batch := sheet(village1, "onsite", "90", nil)
	first, err := w.use.SubmitMarks(w.as("J1"), id, batch)
	must(t, err)
	audited := w.count(`SELECT count(*) FROM audit_entry`)
	again, err := w.use.SubmitMarks(w.as("J1"), id, batch)
	must(t, err)
	for i := range first { // the first answer is what was sent, the second what is stored
		if again[i].ID != batch[i].ID || !again[i].EnteredAt.Equal(first[i].EnteredAt) {
			t.Errorf("mark %d came back as another", i)
		}
		if again[i].EnteredAt = first[i].EnteredAt; first[i].JudgeAlias == "" || !reflect.DeepEqual(again[i], first[i]) {
			t.Errorf("mark %d is stored as %+v, answered as %+v", i, *again[i], *first[i])
		}
	}
	if n := w.count(`SELECT count(*) FROM mark`); n != 3 || w.count(`SELECT count(*) FROM audit_entry`) != audited {
		t.Errorf("%d marks after a resend", n)
	}
	batch[1].Value = num("91")
	_, err = w.use.SubmitMarks(w.as("J1"), id, batch)
	if all := refusedWith(t, err, fault.MarkIDReused); all[0].Field != "marks[1].id" {
		t.Errorf("the place is %q", all[0].Field)
	}
	more := append(sheet(village2, "onsite", "80", nil), batch[0])
	marks, err := w.use.SubmitMarks(w.as("J1"), id, more)
	must(t, err)
	if len(marks) != 4 || w.count(`SELECT count(*) FROM mark`) != 6 {
		t.Error("a batch of new and known marks")
	}
	_, err = w.use.SubmitMarks(w.as("J1"), id, sheet(village1, "onsite", "95", nil))
	refusedWith(t, err, fault.MarkExists, fault.MarkExists, fault.MarkExists)
	w.checkTaken(batch[0].ID)
}

// checkTaken refuses an id of another round in its place, alone and among marks
// that are refused for something else.
func (w *township) checkTaken(id uuid.UUID) {
	t := w.t
	t.Helper()
	other, stored := w.opened("2023-05"), w.count(`SELECT count(*) FROM mark`)
	batch := sheet(village2, "onsite", "90", nil)
	batch[1].ID = id
	_, err := w.use.SubmitMarks(w.as("J1"), other, batch)
	if all := refusedWith(t, err, fault.MarkIDReused); all[0].Field != "marks[1].id" {
		t.Errorf("the place is %q", all[0].Field)
	}
	batch[0].Value, batch[2].UnitCode = num("100.5"), "990101102201"
	_, err = w.use.SubmitMarks(w.as("J1"), other, batch)
	all := refusedWith(t, err, fault.MarkOutOfRange, fault.MarkIDReused, fault.SubjectUnknown)
	if all[0].Field != "marks[0].value" || all[1].Field != "marks[1].id" || all[2].Field != "marks[2].unitCode" {
		t.Errorf("the places are %q, %q and %q", all[0].Field, all[1].Field, all[2].Field)
	}
	if n := w.count(`SELECT count(*) FROM mark`); n != stored {
		t.Errorf("%d marks more", n-stored)
	}
}

// A second person confirms or rejects, and never edits.
func TestSecondPersonConfirmsAndNeverEdits(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, village1)
	j3 := w.persons["J3"]
	typed, err := w.use.SubmitMarks(w.as("C1"), id, sheet(village1, "ledger", "90", &j3))
	must(t, err)
	_, err = w.use.ConfirmMarks(w.as("C1"), id, []uuid.UUID{typed[0].ID})
	if all := refusedWith(t, err, fault.ConfirmOwn); all[0].Field != "marks[0]" {
		t.Errorf("the place is %q", all[0].Field)
	}
	own, err := w.use.SubmitMarks(w.as("J1"), id, sheet(village1, "onsite", "90", nil))
	must(t, err)
	_, err = w.use.ConfirmMarks(w.as("J1"), id, []uuid.UUID{own[0].ID})
	refusedWith(t, err, fault.Forbidden)
	_, err = w.use.RejectMarks(w.as("F1"), id, []uuid.UUID{own[0].ID}, " ")
	refusedWith(t, err, fault.ReasonMissing)
	_, err = w.use.RejectMarks(w.as("F1"), id, []uuid.UUID{own[0].ID}, "与记录不符")
	must(t, err)
	_, err = w.use.ConfirmMarks(w.as("F1"), id, []uuid.UUID{own[0].ID})
	refusedWith(t, err, fault.MarkReviewed)
	_, err = w.use.ConfirmMarks(w.as("F1"), id, []uuid.UUID{own[1].ID, uuid.New()})
	refusedWith(t, err, fault.NotFound)
	if n := w.count(`SELECT count(*) FROM mark_review`); n != 1 {
		t.Errorf("%d reviews", n)
	}
	fix := round.MarkCorrection{Mark: own[0].ID, ID: fresh(), Value: num("85"), Reason: "更正"}
	_, err = w.use.CorrectMark(w.as("J2"), fix)
	refusedWith(t, err, fault.NotFound)
	corrected, err := w.use.CorrectMark(w.as("J1"), fix)
	must(t, err)
	if corrected.State != round.MarkEntered || *corrected.Supersedes != own[0].ID {
		t.Errorf("corrected: %+v", corrected)
	}
	if again, err := w.use.CorrectMark(w.as("J1"), fix); err != nil || again.ID != fix.ID {
		t.Errorf("resent: %v", err)
	}
	_, err = w.use.CorrectMark(w.as("J1"), round.MarkCorrection{Mark: own[0].ID, ID: fresh(), Value: num("86"), Reason: "再更正"})
	refusedWith(t, err, fault.MarkReplaced)
	_, err = w.use.ConfirmMarks(w.as("F1"), id, []uuid.UUID{own[0].ID})
	refusedWith(t, err, fault.MarkReplaced)
	_, err = w.use.CorrectMark(w.as("J1"), round.MarkCorrection{Mark: fix.ID, ID: fresh(), Value: num("101"), Reason: "更正"})
	refusedWith(t, err, fault.MarkOutOfRange)
	if twice, err := w.use.ConfirmMarks(w.as("F1"), id, []uuid.UUID{fix.ID, own[1].ID}); err != nil || twice[0].State != round.MarkConfirmed {
		t.Errorf("confirmed: %v", err)
	}
	_, err = w.use.ConfirmMarks(w.as("F1"), id, []uuid.UUID{fix.ID, own[1].ID})
	must(t, err)
	j4 := w.persons["J4"]
	_, err = w.use.SubmitMarks(w.as("C1"), id, sheet(village1, "ledger", "80", &j4)[:1])
	refusedWith(t, err, fault.MarkOneJudge)
}

func TestJudgesSeeTheirOwnMarksBeforeTheClose(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, villages...)
	w.mark(id, usual)
	see := func(who string) int {
		seen, args := 0, paging.Args{First: ref(5)}
		for {
			page, err := w.use.Marks(w.as(who), id, args)
			must(t, err)
			seen += len(page.Items)
			if !page.HasNext {
				return seen
			}
			args.After = ref(page.End())
		}
	}
	if j1, f1 := see("J1"), see("F1"); j1 != 9 || f1 != 27 {
		t.Errorf("the judge sees %d, the confirmer %d", j1, f1)
	}
	if _, err := w.use.Marks(w.as("S1"), id, paging.Args{}); err == nil {
		t.Error("a village saw marks")
	}
	all, err := w.use.Marks(w.as("F1"), id, paging.Args{})
	must(t, err)
	for _, m := range all.Items {
		if m.JudgeAlias == "J2" {
			_, err := w.use.Mark(w.as("J1"), m.ID)
			refusedWith(t, err, fault.NotFound)
			break
		}
	}
	_, err = w.use.Close(w.as("C1"), w.step(id))
	must(t, err)
	if n := see("J1"); n != 27 {
		t.Errorf("after the close the judge sees %d", n)
	}
	_, err = w.use.SubmitMarks(w.as("J1"), id, sheet(village1, "onsite", "90", nil)[:1])
	refusedWith(t, err, fault.RoundNotOpen)
	_, err = w.use.CorrectMark(w.as("C1"), round.MarkCorrection{Mark: all.Items[0].ID, ID: fresh(), Value: num("1"), Reason: "更正"})
	refusedWith(t, err, fault.RoundNotOpen)
	_, err = w.use.RejectMarks(w.as("F1"), id, []uuid.UUID{all.Items[0].ID}, "退回")
	refusedWith(t, err, fault.MarkReviewed)
	if n := w.count(`SELECT count(*) FROM mark`); n != 27 {
		t.Errorf("%d marks", n)
	}
}
