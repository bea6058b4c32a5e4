package round_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/round"
)

// disputed is a township with an announced round: village 3 is last, and Q1 and
// Q2 are the review group.
func disputed(t *testing.T) (*township, uuid.UUID) {
	t.Helper()
	w := newTownship(t)
	w.person("Q1", authz.ReviewGroup)
	w.person("Q2", authz.ReviewGroup)
	w.person("K2J", authz.ReviewGroup)
	w.found(document, false)
	id := w.opened("2023-04")
	w.receive(id, villages...)
	w.mark(id, usual)
	w.announced(id)
	return w, id
}

func (w *township) objects(who string, id uuid.UUID, code, item string) (*round.Objection, error) {
	return w.use.FileObjection(w.as(who), round.ObjectionInput{ID: fresh(), Round: id, Subject: w.units[code], Item: item, Reason: "台账已补齐，请复核"})
}

// marksOf finds the current marks of a village's item by a channel.
func (w *township) marksOf(id uuid.UUID, code, item, channel string) []*round.Mark {
	w.t.Helper()
	page, err := w.use.Marks(w.as("F1"), id, paging.Args{First: ref(100)})
	must(w.t, err)
	return slices.DeleteFunc(page.Items, func(m *round.Mark) bool {
		return m.Subject != w.units[code] || m.Item != item || m.Channel != channel || m.State == round.MarkSuperseded
	})
}

func TestAnObjectionIsFiledInTimeByItsOwnVillage(t *testing.T) {
	t.Parallel()
	w, id := disputed(t)
	_, err := w.objects("S2", id, village1, "party")
	refusedWith(t, err, fault.NotFound)
	_, err = w.objects("C1", id, village1, "party")
	refusedWith(t, err, fault.Forbidden)
	_, err = w.objects("A1", id, village1, "party") // holds the right to hand it on only
	refusedWith(t, err, fault.NotFound)
	_, err = w.objects("S1", id, village1, "nothing")
	refusedWith(t, err, fault.ObjectionItem)
	_, err = w.use.FileObjection(w.as("S1"), round.ObjectionInput{Round: id, Subject: w.units[village1], Item: "party", Reason: " "})
	refusedWith(t, err, fault.ReasonMissing)
	_, err = w.use.FileObjection(w.as("S1"), round.ObjectionInput{Round: id, Subject: w.units[village1], Item: "party", Reason: "有误", Evidence: []uuid.UUID{fresh()}})
	refusedWith(t, err, fault.NotFound)
	filed, err := w.objects("S1", id, village1, "party")
	must(t, err)
	again, err := w.use.FileObjection(w.as("S1"), round.ObjectionInput{ID: filed.ID, Round: id, Subject: w.units[village1], Item: "party", Reason: "台账已补齐，请复核"})
	must(t, err)
	if again.Number != 1 || w.count(`SELECT count(*) FROM objection`) != 1 {
		t.Error("sending the same objection twice made another")
	}
	_, err = w.objects("S1", id, village1, "party")
	refusedWith(t, err, fault.ObjectionTwice)
	w.later()
	_, err = w.objects("S2", id, village2, "party")
	refusedWith(t, err, fault.ObjectionLate)
	listed, err := w.use.Objections(w.as("S2"), id)
	if err != nil || len(listed) != 0 {
		t.Errorf("another village sees %d objections, %v", len(listed), err)
	}
}

func TestAnObjectionIsDecidedWithoutAnInterest(t *testing.T) {
	t.Parallel()
	w, id := disputed(t)
	filed, err := w.objects("S2", id, village2, "party")
	must(t, err)
	decide := func(who string, members ...uuid.UUID) error {
		_, err := w.use.DecideObjection(w.as(who), round.ObjectionDecision{Objection: filed.ID, Revision: 1, Reason: "经复核，原评分无误", Members: members})
		return err
	}
	refusedWith(t, decide("C1"), fault.Forbidden)
	refusedWith(t, decide("A1"), fault.ObjectionReviewers)
	for who, why := range map[string]string{"J1": "judged", "F1": "confirmed", "O1": "leads the item", "L2": "linked to the village", "K2": "linked to the village"} {
		list := fault.All(decide("Q1", w.persons[who]))
		if len(list) != 1 || list[0].Code != fault.ObjectionInterest || list[0].Field != "members[0]" {
			t.Errorf("%s %s and takes part: %v", who, why, list)
		}
	}
	refusedWith(t, decide("Q1", w.persons["Q1"]), fault.NotFound)
	if w.count(`SELECT count(*) FROM objection WHERE state = 'filed'`) != 1 {
		t.Fatal("a refused decision was kept")
	}
	must(t, decide("Q1", w.persons["Q2"]))
	refusedWith(t, decide("Q2"), fault.StaleRevision)
	if _, err := w.use.DecideObjection(w.as("Q2"), round.ObjectionDecision{Objection: filed.ID, Revision: 2, Reason: "再议"}); fault.CodeOf(err) != fault.ObjectionDecided {
		t.Errorf("deciding a rejected objection again: %v", err)
	}
	if _, err := w.use.WithdrawObjection(w.as("S2"), filed.ID, 2); fault.CodeOf(err) != fault.ObjectionDecided {
		t.Errorf("taking a decided objection back: %v", err)
	}
}

func TestAcceptedObjectionsAreAppliedAsOneSet(t *testing.T) {
	t.Parallel()
	w, id := disputed(t)
	first, err := w.objects("S2", id, village2, "party")
	must(t, err)
	second, err := w.objects("S2", id, village2, "rural")
	must(t, err)
	apply := func(who string) (*round.Reviewed, error) { return w.use.ApplyObjections(w.as(who), w.step(id)) }
	_, err = apply("C1")
	refusedWith(t, err, fault.ObjectionsOpen)
	for _, o := range []*round.Objection{first, second} {
		old := w.marksOf(id, village2, o.Item, "ledger")
		foreign := w.marksOf(id, village1, o.Item, "ledger")
		change := func(m uuid.UUID, value string) []round.MarkChange {
			return []round.MarkChange{{Mark: m, Value: num(value)}}
		}
		decision := round.ObjectionDecision{Objection: o.ID, Revision: 1, Accept: true, Reason: "台账补齐，予以更正", Members: []uuid.UUID{w.persons["Q2"]}}
		for code, changes := range map[fault.Code][]round.MarkChange{
			fault.ObjectionNoChange: nil, fault.ObjectionCorrection: change(foreign[0].ID, "99"), fault.MarkOutOfRange: change(old[0].ID, "101"),
		} {
			decision.Corrections = changes
			_, err := w.use.DecideObjection(w.as("Q1"), decision)
			refusedWith(t, err, code)
		}
		decision.Corrections = change(old[0].ID, "100")
		_, err := w.use.DecideObjection(w.as("Q1"), decision)
		must(t, err)
	}
	if current := w.marksOf(id, village2, "party", "ledger"); !current[0].Value.Equal(num("85")) {
		t.Error("a decision alone changed a mark")
	}
	w.later()
	_, err = w.use.Publish(w.as("A1"), round.Publish{Round: id, Revision: w.step(id).Revision})
	refusedWith(t, err, fault.ObjectionsUnapplied)
	done, err := apply("C1")
	must(t, err)
	if len(done.Applied) != 2 || done.Round.State != round.Provisional || len(done.Changes) == 0 {
		t.Fatalf("applied %d, state %s, %d changes", len(done.Applied), done.Round.State, len(done.Changes))
	}
	mark := w.marksOf(id, village2, "party", "ledger")[0]
	if !mark.Value.Equal(num("100")) || mark.State != round.MarkConfirmed || mark.EnteredBy != w.persons["Q1"] || *mark.ReviewedBy != w.persons["C1"] || mark.Supersedes == nil {
		t.Errorf("the corrected mark: %+v", mark)
	}
	_, err = apply("C1")
	refusedWith(t, err, fault.NoObjections)
	preview, err := w.use.Preview(w.as("A1"), id)
	must(t, err)
	if preview.Against != "announcement" || !reflect.DeepEqual(preview.Changes, done.Changes) {
		t.Errorf("what the approver sees of it, against the %s: %+v", preview.Against, preview.Changes)
	}
	w.publish(id, "")
	if got := w.count(`SELECT count(*) FROM objection WHERE state = 'applied'`); got != 2 {
		t.Errorf("%d objections applied", got)
	}
}

// Whoever decided cannot be the second person who applies.
func TestWhoDecidedDoesNotApply(t *testing.T) {
	t.Parallel()
	w, id := disputed(t)
	filed, err := w.objects("S2", id, village2, "party")
	must(t, err)
	old := w.marksOf(id, village2, "party", "ledger")
	_, err = w.use.DecideObjection(w.as("Q1"), round.ObjectionDecision{Objection: filed.ID, Revision: 1, Accept: true, Reason: "更正",
		Members: []uuid.UUID{w.persons["C1"]}, Corrections: []round.MarkChange{{Mark: old[0].ID, Value: num("86")}}})
	// the office typed the ledger's marks in and has an interest
	refusedWith(t, err, fault.ObjectionInterest)
	_, err = w.use.DecideObjection(w.as("Q1"), round.ObjectionDecision{Objection: filed.ID, Revision: 1, Accept: true, Reason: "更正",
		Members: []uuid.UUID{w.persons["A1"]}, Corrections: []round.MarkChange{{Mark: old[0].ID, Value: num("86")}}})
	must(t, err)
	_, err = w.use.ApplyObjections(w.as("A1"), w.step(id))
	refusedWith(t, err, fault.ObjectionOwnSet)
	_, err = w.use.WithdrawObjection(w.as("S2"), filed.ID, 2)
	refusedWith(t, err, fault.ObjectionDecided)
	_, err = w.use.ApplyObjections(w.as("C1"), w.step(id))
	must(t, err)
}

// Two objections cannot correct one mark, and one that waits to be applied may
// be decided anew, so that nothing keeps a round from being published for ever.
func TestAnAcceptedObjectionMayBeDecidedAnew(t *testing.T) {
	t.Parallel()
	w, id := disputed(t)
	whole, err := w.objects("S2", id, village2, "party")
	must(t, err)
	part, err := w.use.FileObjection(w.as("S2"), round.ObjectionInput{Round: id, Subject: w.units[village2], Item: "party", Channel: "ledger", Reason: "台账分数有误"})
	must(t, err)
	mark := w.marksOf(id, village2, "party", "ledger")[0]
	decide := func(o *round.Objection, revision int, accept bool) error {
		in := round.ObjectionDecision{Objection: o.ID, Revision: revision, Accept: accept, Reason: "经复核"}
		if accept {
			in.Corrections = []round.MarkChange{{Mark: mark.ID, Value: num("90")}}
		}
		_, err := w.use.DecideObjection(w.as("Q1"), in)
		return err
	}
	must(t, decide(whole, 1, true))
	refusedWith(t, decide(part, 1, true), fault.ObjectionCorrection)
	must(t, decide(whole, 2, false))
	must(t, decide(part, 1, true))
	done, err := w.use.ApplyObjections(w.as("C1"), w.step(id))
	must(t, err)
	if len(done.Applied) != 1 || done.Applied[0].ID != part.ID || !w.marksOf(id, village2, "party", "ledger")[0].Value.Equal(num("90")) {
		t.Errorf("applied: %+v", done.Applied)
	}
	refusedWith(t, decide(part, 3, false), fault.ObjectionDecided)
}
