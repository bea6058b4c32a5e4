package round_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/round"
)

// covers Q13
func TestClosingListsWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, village1, village2)
	w.mark(id, map[string]values{village1: usual[village1]})
	entered, err := w.use.SubmitMarks(w.as("J1"), id, sheet(village2, "onsite", "80", nil))
	must(t, err)
	_, err = w.use.RejectMarks(w.as("F1"), id, []uuid.UUID{entered[0].ID}, "退回")
	must(t, err)
	_, err = w.use.Close(w.as("C1"), w.step(id))
	all := refusedWith(t, err, fault.LedgerNotReceived, fault.MarksMissing, fault.MarksMissing, fault.MarksMissing, fault.MarksMissing, fault.MarksMissing,
		fault.MarksMissing, fault.MarksUnconfirmed, fault.MarksRejected)
	for _, f := range all {
		want := map[fault.Code]string{fault.LedgerNotReceived: "三村", fault.MarksMissing: "二村,三村", fault.MarksUnconfirmed: "二村", fault.MarksRejected: "二村"}[f.Code]
		if got := strings.Join(f.Subjects, ","); got != want {
			t.Errorf("%s concerns %s, want %s", f.Code, got, want)
		}
	}
	if w.round(id).State != round.Open {
		t.Error("a refused step changed the round")
	}
	if preview, err := w.use.Preview(w.as("C1"), id); err != nil || len(preview.Blockers) != len(all) || len(preview.Result.Gaps) == 0 || len(preview.Changes) != 0 {
		t.Errorf("preview of an open round: %v", err)
	}
}

// covers Q13
func TestAbsentIsNeverSilentlyZero(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, village1, village2)
	w.mark(id, map[string]values{village1: usual[village1], village2: usual[village2]})
	decide := round.MissingDecide{Round: id, UnitCode: village1, Decision: round.DecideUnranked, Reason: "请假"}
	_, err := w.use.DecideMissing(w.as("C1"), decide)
	refusedWith(t, err, fault.DecisionNotNeeded)
	_, err = w.use.RecordAbsence(w.as("C1"), round.EntryAbsent{Round: id, UnitCode: village3, Absent: true})
	refusedWith(t, err, fault.ReasonMissing)
	_, err = w.use.RecordAbsence(w.as("C1"), round.EntryAbsent{Round: id, UnitCode: village3, Absent: true, Reason: "防汛抢险"})
	must(t, err)
	_, err = w.use.SubmitMarks(w.as("J1"), id, sheet(village3, "onsite", "80", nil)[:1])
	refusedWith(t, err, fault.SubjectAbsent)
	_, err = w.use.ReceiveLedger(w.as("C1"), round.LedgerReceive{Round: id, UnitCode: village3, DeliveredBy: w.persons["S3"]})
	refusedWith(t, err, fault.SubjectAbsent)
	_, err = w.use.Close(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	if all := refusedWith(t, err, fault.MissingUndecided); !slices.Equal(all[0].Subjects, []string{"三村"}) {
		t.Errorf("undecided: %v", all[0].Subjects)
	}
	decide.UnitCode = village3
	_, err = w.use.DecideMissing(w.as("J1"), decide)
	refusedWith(t, err, fault.Forbidden)
	_, err = w.use.DecideMissing(w.as("C1"), round.MissingDecide{Round: id, UnitCode: village3, Decision: "forgive", Reason: "x"})
	refusedWith(t, err, fault.Invalid)
	_, err = w.use.DecideMissing(w.as("C1"), decide)
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.ComputationStale)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	must(t, err)
	w.later()
	w.publish(id, "")
	b, err := w.use.Board(w.as("D1"), id, 0)
	must(t, err)
	if last := b.Rows[2]; last.Rank != nil || last.Total != nil || last.Unranked != contest.ReasonAbsent || len(last.Bands) != 0 {
		t.Errorf("the absent village: %+v", last)
	}
}

// covers A21
func TestLedgerIsBroughtByTheSecretary(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	in := round.LedgerReceive{Round: id, UnitCode: village1, DeliveredBy: w.persons["S2"]}
	_, err := w.use.ReceiveLedger(w.as("C1"), in)
	refusedWith(t, err, fault.LedgerNoSecretary)
	in.Note = "村书记住院,由副书记代送"
	_, err = w.use.ReceiveLedger(w.as("C1"), in)
	must(t, err)
	_, err = w.use.ReceiveLedger(w.as("C1"), in)
	refusedWith(t, err, fault.AlreadyExists)
	in.UnitCode, in.DeliveredBy = village2, uuid.New()
	_, err = w.use.ReceiveLedger(w.as("C1"), in)
	refusedWith(t, err, fault.NotFound)
	all, err := w.use.Receptions(w.as("C1"), id)
	must(t, err)
	if len(all) != 1 || all[0].Unit != w.units[village1] || all[0].ReceivedBy != w.persons["C1"] || !all[0].ReceivedAt.Equal(w.now) {
		t.Errorf("receptions: %+v", all)
	}
}

// The clock decides when an announced result may be published.
func TestPublishingWaitsForTheObjectionPeriod(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, villages...)
	w.mark(id, usual)
	_, err := w.use.Close(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	publish := func(who string) error {
		_, err := w.use.Publish(w.as(who), round.Publish{Round: id, Revision: w.round(id).Revision})
		return err
	}
	refusedWith(t, publish("A1"), fault.NotAnnounced)
	if !slices.Equal(w.obstacles, []string{string(fault.NotAnnounced)}) {
		t.Errorf("counted as kept from publishing by %v", w.obstacles)
	}
	w.now = w.now.AddDate(0, 0, -1) // the day before the contest
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.RoundNotHeld)
	early, err := w.use.Blockers(w.as("C1"), id, round.Provisional)
	must(t, err)
	refusedWith(t, early, fault.RoundNotHeld)
	w.now = w.now.AddDate(0, 0, 1)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	must(t, err)
	if until := w.round(id).ObjectionsUntil; until != day("2023-05-07") {
		t.Errorf("objections until %s", until)
	}
	refusedWith(t, publish("C1"), fault.Forbidden)
	refusedWith(t, publish("A1"), fault.ObjectionPeriod)
	listed, err := w.use.Blockers(w.as("A1"), id, round.Published)
	must(t, err)
	refusedWith(t, listed, fault.ObjectionPeriod)
	w.now = w.now.AddDate(0, 0, 3) // the last day
	refusedWith(t, publish("A1"), fault.ObjectionPeriod)
	if w.count(`SELECT count(*) FROM publication`) != 0 || len(w.settled) != 0 {
		t.Error("something was published")
	}
	if _, err := w.use.Board(w.as("D1"), id, 0); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a board before publication: %v", err)
	}
	w.now = w.now.AddDate(0, 0, 1)
	must(t, publish("A1"))
	refusedWith(t, publish("A1"), fault.WrongState)
}

// covers Q30
func TestCorrectionMakesANewRevision(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.published("2023-04", usual)
	next := w.published("2023-05", usual)
	_, err := w.use.Cancel(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.WrongState)
	_, err = w.use.Reopen(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.Forbidden)
	_, err = w.use.Reopen(w.as("A1"), w.step(id))
	must(t, err)
	page, err := w.use.Marks(w.as("F1"), id, paging.Args{First: ref(100)})
	must(t, err)
	var ids []uuid.UUID
	for _, m := range page.Items {
		if m.Unit == w.units[village3] {
			fixed, err := w.use.CorrectMark(w.as("C1"), round.MarkCorrection{Mark: m.ID, ID: fresh(), Value: num("99"), Reason: "异议成立"})
			must(t, err)
			ids = append(ids, fixed.ID)
		}
	}
	_, err = w.use.ConfirmMarks(w.as("F1"), id, ids)
	must(t, err)
	preview, err := w.use.Preview(w.as("C1"), id)
	must(t, err)
	if preview.Against != "publication" || !slices.ContainsFunc(preview.Changes, func(c round.PreviewChange) bool {
		return c.Name == "三村" && c.Kind == round.ChangeRank && c.From == "3" && c.To == "1"
	}) {
		t.Errorf("difference: %+v", preview.Changes)
	}
	w.announced(id)
	w.later()
	approving, err := w.use.Preview(w.as("A1"), id)
	must(t, err)
	if approving.Against != "publication" || len(approving.Changes) != len(preview.Changes) {
		t.Errorf("what the approver sees of the correction, against the %s: %+v", approving.Against, approving.Changes)
	}
	_, err = w.use.Publish(w.as("A1"), round.Publish{Round: id, Revision: w.round(id).Revision})
	refusedWith(t, err, fault.ReasonMissing)
	answer := w.publish(id, "异议成立,更正评分")
	refusedWith(t, answer.Warnings, fault.LaterRoundAffected)
	for revision, want := range map[int]string{0: village3, 1: village1, 2: village3} {
		b, err := w.use.Board(w.as("D1"), id, revision)
		must(t, err)
		if b.Rows[0].UnitCode != want || b.Superseded != (revision == 1) {
			t.Errorf("revision %d is led by %s, superseded %v", revision, b.Rows[0].UnitCode, b.Superseded)
		}
	}
	history, err := w.use.History(w.as("D1"), id)
	must(t, err)
	if len(history) != 2 || history[0].Superseded || !history[1].Superseded || history[0].Reason == "" {
		t.Errorf("history: %+v", history)
	}
	of := w.settled[2]
	if of.Revision != 2 || of.Previous == nil || of.Previous.Standings[0].Subject != village1 {
		t.Error("the hand-over of a correction lacks what was before")
	}
	preview, err = w.use.Preview(w.as("C1"), next)
	must(t, err)
	if len(preview.Changes) == 0 {
		t.Error("the later round does not follow the correction")
	}
}

// Only one's own village is explained while a result is announced.
func TestExplanationsSumAndAreShownToWhomTheyConcern(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, villages...)
	w.mark(id, usual)
	w.announced(id)
	own, err := w.use.Explain(w.as("S1"), id, village1, 0)
	must(t, err)
	if !own.Provisional || *own.Row.Rank != 1 {
		t.Errorf("the own village: %+v", own.Row)
	}
	for _, who := range []string{"S2", "D1", "O1"} {
		_, err = w.use.Explain(w.as(who), id, village1, 0)
		refusedWith(t, err, fault.NotFound)
	}
	w.later()
	w.publish(id, "")
	for _, who := range []string{"S1", "S2", "D1", "A1"} {
		for _, code := range villages {
			x, err := w.use.Explain(w.as(who), id, code, 0)
			must(t, err)
			w.checkTrace(t, who, code, x)
		}
	}
	_, err = w.use.Explain(w.as("D1"), id, "990101102201", 0)
	refusedWith(t, err, fault.NotFound)
}

func (w *township) checkTrace(t *testing.T, who, code string, x *round.Explanation) {
	t.Helper()
	sum, marks, judges := num("0"), 0, 0
	for _, l := range x.Why.Lines {
		switch l.Kind {
		case contest.LineItem, contest.LineRounding:
			sum = sum.Add(l.Value)
		case contest.LineMark:
			marks++
		}
		if l.Judge != "" {
			judges++
		}
	}
	if !sum.Equal(*x.Row.Total) || x.Why.Standing.Shown != x.Row.Shown || x.Names[code] != x.Row.Name {
		t.Errorf("%s sees %s: lines sum to %s, the total is %s", who, code, sum, x.Row.Shown)
	}
	ownMarks := who == "A1" || who == "S"+string(code[len(code)-1])
	if (marks > 0) != ownMarks || (judges > 0) != (who == "A1") {
		t.Errorf("%s sees %d marks and %d judges of %s", who, marks, judges, code)
	}
}
