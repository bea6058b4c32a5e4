package round_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/round"
)

// covers A07, A11, A12, Q31
func TestRubricBelongsToItsOwners(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.planned("2023-04")
	write := func(who string, in round.RubricWrite) error {
		in.Round, in.Revision = id, w.round(id).Revision
		_, err := w.use.WriteRubric(w.as(who), in)
		return err
	}
	must(t, write("O1", round.RubricWrite{Items: items("O1")}))
	_, err := w.use.PublishRubric(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.ItemsNot100)
	var blocked *round.Blocked
	if !errors.As(err, &blocked) {
		t.Errorf("a refused transition is %T", err)
	}
	party := items("O1")[:1]
	if f := refusedWith(t, write("O2", round.RubricWrite{Items: party}), fault.ItemNotYours)[0]; !strings.HasPrefix(f.Message(fault.Chinese), "单项“党建”由其他") {
		t.Errorf("the item is not named: %s", f.Message(fault.Chinese))
	}
	refusedWith(t, write("O2", round.RubricWrite{Remove: []string{"party"}}), fault.ItemNotYours)
	party[0].Owner = ref(w.persons["O1"])
	refusedWith(t, write("O2", round.RubricWrite{Items: party}), fault.ItemNotYours)
	bad := []round.RubricItemInput{{Key: "Wrong Key", Points: num("1/3"), Owner: ref(uuid.New())}}
	all := refusedWith(t, write("A1", round.RubricWrite{Items: bad}), fault.ItemKeyInvalid, fault.Required, fault.Required, fault.Invalid)
	if all[0].Field != "items[0].key" {
		t.Errorf("the place is %q", all[0].Field)
	}
	foreign := items("O2")
	foreign[0].Owner = ref(uuid.New())
	refusedWith(t, write("A1", round.RubricWrite{Items: foreign}), fault.NotFound)
	refusedWith(t, write("J1", round.RubricWrite{Items: items("O2")}), fault.Forbidden)
	must(t, write("O2", round.RubricWrite{Items: items("O2")}))
	if mine, err := w.use.Rubric(w.as("O2"), id); err != nil || len(mine) != 1 || mine[0].Key != "rural" {
		t.Errorf("before publication an owner sees %d items, %v", len(mine), err)
	}
	if none, err := w.use.Rubric(w.as("S1"), id); err != nil || len(none) != 0 {
		t.Errorf("before publication a village sees %d items, %v", len(none), err)
	}
	_, err = w.use.PublishRubric(w.as("C1"), w.step(id))
	must(t, err)
	if all, err := w.use.Rubric(w.as("S1"), id); err != nil || len(all) != 3 {
		t.Errorf("a village sees %d published items, %v", len(all), err)
	}
	refusedWith(t, write("O1", round.RubricWrite{Items: items("O1")}), fault.RubricPublished)
	_, err = w.use.WithdrawRubric(w.as("C1"), w.step(id))
	must(t, err)
	replaced := items("O1")
	replaced[0].NameZh = "党建引领"
	must(t, write("O1", round.RubricWrite{Items: replaced}))
}

// Nothing changes when a revision is stale.
func TestStaleRevisionChangesNothing(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.planned("2023-04")
	w.writeRubric(id)
	before := w.round(id)
	stale := w.panels(id)
	stale.Revision--
	_, err := w.use.SetPanels(w.as("C1"), stale)
	if all := refusedWith(t, err, fault.StaleRevision); all[0].Field != "revision" {
		t.Errorf("the place is %q", all[0].Field)
	}
	if w.count(`SELECT count(*) FROM panel`) != 0 || w.round(id).Revision != before.Revision {
		t.Error("something changed")
	}
}

// covers A05, A06
func TestOpeningListsEverythingThatIsMissing(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.planned("2023-04")
	_, err := w.use.Open(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.ItemsNot100, fault.RubricUnpublished, fault.PanelsTooFew, fault.SecondedMissing, fault.NoticeMissing)
	listed, err := w.use.Blockers(w.as("C1"), id, round.Open)
	must(t, err)
	refusedWith(t, listed, fault.ItemsNot100, fault.RubricUnpublished, fault.PanelsTooFew, fault.SecondedMissing, fault.NoticeMissing)
	w.writeRubric(id)
	small := w.panels(id)
	small.Panels[0].Members = small.Panels[0].Members[:1]
	_, err = w.use.SetPanels(w.as("C1"), small)
	must(t, err)
	_, err = w.use.IssueNotice(w.as("C1"), round.Notify{Round: id, Revision: w.round(id).Revision, Number: "1", Venue: "乡政府"})
	refusedWith(t, err, fault.PanelTooSmall)
	_, err = w.use.SetPanels(w.as("C1"), w.panels(id))
	must(t, err)
	_, err = w.use.IssueNotice(w.as("C1"), round.Notify{Round: id, Revision: w.round(id).Revision, Held: day("2023-04-01")})
	refusedWith(t, err, fault.Required, fault.Required, fault.Invalid)
	w.notify(id)
	changed := w.panels(id)
	changed.Panels[0].Members[0] = w.persons["J4"]
	changed.Panels[1].Members[1] = w.persons["J1"]
	_, err = w.use.SetPanels(w.as("C1"), changed)
	must(t, err)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	refusedWith(t, err, fault.NoticeOutdated)
	w.notify(id)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	must(t, err)
	if w.round(id).State != round.Open {
		t.Errorf("the round is %s", w.round(id).State)
	}
	_, err = w.use.WriteRubric(w.as("O1"), round.RubricWrite{Round: id, Revision: w.round(id).Revision, Items: items("O1")})
	refusedWith(t, err, fault.RubricFrozen)
}

// A judge who falls ill is replaced while the round is open; whoever gave a
// mark stays.
func TestGroupsOfAnOpenRoundKeepWhoMarked(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	_, err := w.use.SubmitMarks(w.as("J1"), id, sheet(village1, "onsite", "90", nil))
	must(t, err)
	without := w.panels(id)
	without.Panels[0].Members[0] = w.persons["C1"]
	_, err = w.use.SetPanels(w.as("C1"), without)
	if all := refusedWith(t, err, fault.PanelInUse); all[0].Subjects[0] != "J1" {
		t.Errorf("in use: %v", all[0].Subjects)
	}
	small := w.panels(id)
	small.Panels[0].Members = small.Panels[0].Members[:1]
	_, err = w.use.SetPanels(w.as("C1"), small)
	refusedWith(t, err, fault.PanelTooSmall)
	instead := w.panels(id)
	instead.Panels[0].Members[1] = w.persons["C1"]
	answer, err := w.use.SetPanels(w.as("C1"), instead)
	must(t, err)
	if answer.Round.State != round.Open || answer.Warnings[len(answer.Warnings)-1].Code != fault.NoticeOutdated {
		t.Errorf("answer: %+v", answer)
	}
	_, err = w.use.IssueNotice(w.as("C1"), round.Notify{Round: id, Revision: w.round(id).Revision, Number: "1", Venue: "乡政府", Held: day("2023-05-05")})
	refusedWith(t, err, fault.RosterFixed)
	w.notify(id)
	if r := w.round(id); r.State != round.Open || len(r.Notice.Groups) != 2 {
		t.Errorf("after the new notice: %+v", r)
	}
	refusedWith(t, second(w.use.Blockers(w.as("S1"), id, round.Closed)), fault.Forbidden)
}

func second[T any](_ T, err error) error { return err }

// covers A19, A20
func TestNoticeFixesVenueDateItemsAndGroups(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.planned("2023-04")
	w.writeRubric(id)
	_, err := w.use.SetPanels(w.as("C1"), w.panels(id))
	must(t, err)
	if panels, err := w.use.Panels(w.as("S1"), id); err != nil || len(panels) != 0 {
		t.Errorf("before the notice a village sees %d groups, %v", len(panels), err)
	}
	_, err = w.use.IssueNotice(w.as("C1"), round.Notify{
		Round: id, Revision: w.round(id).Revision, Number: "演擂办〔2023〕1号", Venue: "示范村二村", Text: "请携带台账", Held: day("2023-05-06"),
	})
	must(t, err)
	r := w.round(id)
	if r.State != round.Notified || r.Venue != "示范村二村" || r.Held != day("2023-05-06") || r.Notice.Held != r.Held || r.Notice.Issued != day("2023-04-25") {
		t.Errorf("notice: %+v", r.Notice)
	}
	if len(r.Notice.Items) != 3 || r.Notice.Items[2].Name != "乡村振兴" || len(r.Notice.Groups) != 2 || len(r.Notice.Groups[1].Members) != 3 {
		t.Errorf("items and groups: %+v", r.Notice)
	}
	if panels, err := w.use.Panels(w.as("S1"), id); err != nil || len(panels) != 2 || panels[1].Warnings != nil {
		t.Errorf("after the notice a village sees %d groups, %v", len(panels), err)
	}
}

// The roster is fixed with the people linked on the day of the round.
//
// covers A03, A08
func TestRosterIsFixedOnTheDay(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	w.put(`UPDATE post SET valid_to = '2023-05-04' WHERE person_id = $1`, w.persons["L2"])
	w.put(`INSERT INTO post (id, tenant_id, region, person_id, kind, unit_id, valid_from) VALUES ($1, $2, '990101', $3, 'linked-leader', $4, '2023-05-04')`,
		fresh(), w.tenant, w.persons["L1"], w.units[village2])
	id := w.opened("2023-04")
	roster, err := w.use.Roster(w.as("C1"), id)
	must(t, err)
	if len(roster) != 3 || roster[1].Code != village2 || roster[1].Name != "二村" {
		t.Fatalf("roster: %+v", roster)
	}
	for _, l := range roster[1].Links {
		if l.Person == "L2" {
			t.Error("a link that ended on the day still counts")
		}
	}
	w.put(`UPDATE post SET valid_to = '2023-04-01' WHERE valid_from < '2023-01-01' AND person_id = $1`, w.persons["L1"])
	again, err := w.use.Roster(w.as("C1"), id)
	must(t, err)
	if len(again[0].Links) != len(roster[0].Links) {
		t.Error("a later change reached the fixed roster")
	}
}

// covers A09
func TestPanelsRefuseAndWarn(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	w.published("2023-04", usual)
	id := w.planned("2023-05")
	w.writeRubric(id)
	answer, err := w.use.SetPanels(w.as("C1"), w.panels(id))
	must(t, err)
	refusedWith(t, answer.Warnings, fault.MarkerHasVillage, fault.CloseRival, fault.CloseRival)
	panels, err := w.use.Panels(w.as("C1"), id)
	must(t, err)
	if len(panels) != 2 || len(panels[0].Warnings) != 0 || len(panels[1].Warnings) != 3 {
		t.Errorf("warnings of the groups: %+v", panels)
	}
	twice := w.panels(id)
	twice.Seconded.Assigned[0].Person = w.persons["J1"]
	_, err = w.use.SetPanels(w.as("C1"), twice)
	refusedWith(t, err, fault.PanelPersonTwice)
	strange := w.panels(id)
	strange.Panels[0].Members[0], strange.Panels[0].UnitCodes, strange.Panels[0].Items = uuid.New(), []string{"990101102201"}, []string{"nothing"}
	_, err = w.use.SetPanels(w.as("C1"), strange)
	refusedWith(t, err, fault.NotFound, fault.NotFound, fault.SubjectUnknown)
	nowhere := w.panels(id)
	nowhere.Seconded.Assigned[0].Panel = 3
	_, err = w.use.SetPanels(w.as("C1"), nowhere)
	refusedWith(t, err, fault.PanelUnknown)
	few := w.panels(id)
	few.Panels[1].Members = []uuid.UUID{w.persons["K3"]}
	few.Seconded.Assigned[0].Person = w.persons["K2"]
	few.Panels[1].UnitCodes = []string{village3}
	_, err = w.use.SetPanels(w.as("C1"), few)
	must(t, err)
	w.notify(id)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	for _, f := range refusedWith(t, err, fault.JudgesTooFew, fault.JudgesTooFew, fault.JudgesTooFew) {
		if len(f.Subjects) != 2 {
			t.Errorf("subjects nobody may mark: %v", f.Subjects)
		}
	}
}
