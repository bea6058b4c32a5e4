package round_test

import (
	"slices"
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/round"
)

// A sheet with several bad marks is refused once, with every one of them and
// its place, and nothing of it is stored.
//
// covers A21
func TestEveryBadMarkOfABatchIsNamed(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, village1)
	j1, j3, k3 := w.persons["J1"], w.persons["J3"], w.persons["K3"]
	mark := func(unit, item, channel, value string) round.MarkInput {
		return round.MarkInput{ID: fresh(), UnitCode: unit, Item: item, Channel: channel, Value: num(value), Judge: &j1}
	}
	nowhere, recused, unreceived := "990101102201", mark(village3, "party", "ledger", "90"), mark(village2, "party", "ledger", "90")
	recused.Judge, unreceived.Judge = &k3, &j3
	good := mark(village1, "party", "onsite", "90")
	twice := mark(village1, "rural", "onsite", "80")
	twice.ID = good.ID
	_, err := w.use.SubmitMarks(w.as("C1"), id, []round.MarkInput{
		mark(nowhere, "party", "onsite", "101"), good, mark(village1, "rural", "onsite", "90.3"), mark(village1, "party", "ledger", "90"),
		recused, unreceived, twice, mark(nowhere, "party", "onsite", "90"), mark(village2, "industry", "onsite", "90"),
	})
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, f.Field+" "+string(f.Code))
	}
	want := []string{
		"marks[0].unitCode SUBJECT_UNKNOWN", "marks[0].value MARK_OUT_OF_RANGE", "marks[2].value MARK_STEP", "marks[3].judge JUDGE_NOT_IN_PANEL",
		"marks[4].unitCode LEDGER_NOT_RECEIVED", "marks[4].judge JUDGE_RECUSED", "marks[5].unitCode LEDGER_NOT_RECEIVED",
		"marks[6].id MARK_ID_REUSED", "marks[6].id MARK_TWICE", "marks[7].unitCode SUBJECT_UNKNOWN", "marks[8].item MARK_ITEM_UNKNOWN",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := w.count(`SELECT count(*) FROM mark`); n != 0 {
		t.Errorf("%d marks of a refused batch were stored", n)
	}
}

// A refusal speaks of items, channels and states by their names in the reader's
// language, while its arguments keep the keys.
func TestRefusalsSpeakInNames(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	says := func(f *fault.Fault, zh, en string) {
		t.Helper()
		if got := f.Message(fault.Chinese); !strings.Contains(got, zh) {
			t.Errorf("%s does not say %s", got, zh)
		}
		if got := f.Message(fault.English); !strings.Contains(got, en) {
			t.Errorf("%s does not say %s", got, en)
		}
	}
	listed, err := w.use.Blockers(w.as("C1"), id, round.Closed)
	must(t, err)
	_, err = w.use.Close(w.as("C1"), w.step(id))
	for _, all := range [][]*fault.Fault{listed, fault.All(err)} {
		at := slices.IndexFunc(all, func(f *fault.Fault) bool { return f.Code == fault.MarksMissing })
		if at < 0 {
			t.Fatalf("no marks are missing: %v", all)
		}
		f := all[at]
		says(f, "单项“党建”的“现场督查”缺少评分", "by 现场督查 are missing")
		if f.Args["item"] != "party" || f.Args["channel"] != "onsite" || !slices.Equal(f.Subjects, []string{"一村", "二村", "三村"}) {
			t.Errorf("keys %v, subjects %v", f.Args, f.Subjects)
		}
	}
	_, err = w.use.Publish(w.as("A1"), round.Publish{Round: id, Revision: w.round(id).Revision})
	f := refusedWith(t, err, fault.WrongState)[0]
	says(f, "当前状态为“评分中”，此操作要求：已计算、公示中", "the state is open; this needs computed, provisional")
	if f.Args["state"] != "open" {
		t.Errorf("the state has lost its key: %v", f.Args)
	}
}
