package round_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/round"
	"leitai/internal/scoring"
)

// walk is an observation with an item of most kinds, an entered part, places to
// visit, photographs and steps.
const walk = `
schemaVersion: 1
key: walk
name: {zh-Hans: 逐村观摩, en: Walk}
basis: [{title: 演示通知, number: 演委发〔2023〕1号, issuer: 演示乡党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30, clamp: month-end, roll: next-workday, period: nominal}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum}
channels:
  tour: {name: 观摩, weight: 100, judges: {min: 1, combine: single}}
rubric: fixed
items:
  - {key: tidy, name: 环境, dimension: habitat, kind: checklist, points: 30, na: redistribute, checks: [{key: board, name: 公开栏, points: 10}, {key: road, name: 道路, points: 10}, {key: hall, name: 活动室, points: 10}]}
  - {key: order, name: 秩序, dimension: safety, kind: deductions, points: 20, table: {litter: 3, fire: 10}, floor: 0}
  - {key: level, name: 档次, dimension: industry, kind: levels, points: 10, levels: {good: 10, fair: 7}}
  - {key: income, name: 收入, dimension: industry, kind: metric, points: 20, formula: 'min(20, income / 10000)'}
  - {key: test, name: 闭卷测试, dimension: party-building, kind: exam, points: 20}
  - {key: award, name: 加分, dimension: habitat, kind: bonus, table: {prize: 2}, cap: 3}
parts: [{key: own, weight: 80, from: items}, {key: review, weight: 20, from: entered}]
panels: {groups: 1, minMembers: 1, recuse: [own-village]}
coverage: {allSubjectsBy: 06-30, blocks: true}
evidence: {minPhotos: 1, kinds: [photo, observed]}
stages: [visit, comment]
legend: {green: {from: 85}, yellow: {from: 60}, red: {}}
announce: {objectionDays: 0, audience: township}
`

// walking opens a round of a document with one group of J1, for whom F1 is the
// second person.
func (w *township) walking(doc, period string) uuid.UUID {
	w.t.Helper()
	w.found(doc, false)
	id := w.planned(period)
	_, err := w.use.PublishRubric(w.as("C1"), w.step(id))
	must(w.t, err)
	_, err = w.use.SetPanels(w.as("C1"), round.PanelsSet{Round: id, Revision: w.step(id).Revision,
		Panels: []round.PanelInput{{Name: "观摩组", Members: []uuid.UUID{w.persons["J1"]}}}})
	must(w.t, err)
	w.notify(id)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	must(w.t, err)
	w.reach(w.round(id).Held)
	return id
}

// found1 is what J1 found in a village.
func found1(code string, checks []string, litter int, level string) []round.MarkInput {
	tidy := &scoring.Detail{}
	for i, key := range []string{"board", "road", "hall"} {
		tidy.Checks = append(tidy.Checks, scoring.CheckState{Key: key, State: checks[i]})
	}
	order := &scoring.Detail{}
	if litter > 0 {
		order.Events = []scoring.EventCount{{Key: "litter", Count: litter}}
	}
	give := func(item string, d *scoring.Detail) round.MarkInput {
		return round.MarkInput{ID: fresh(), UnitCode: code, Item: item, Channel: "tour", Detail: d}
	}
	return []round.MarkInput{give("tidy", tidy), give("order", order), give("level", &scoring.Detail{Level: level})}
}

// judged enters and confirms what J1 found in all villages: 20 + 17 + 10, 15 + 20
// + 7 (one check does not apply) and 30 + 20 + 10.
func (w *township) judged(id uuid.UUID) {
	w.t.Helper()
	var all []round.MarkInput
	all = append(all, found1(village1, []string{"yes", "yes", "no"}, 1, "good")...)
	all = append(all, found1(village2, []string{"yes", "na", "no"}, 0, "fair")...)
	all = append(all, found1(village3, []string{"yes", "yes", "yes"}, 0, "good")...)
	marks, err := w.use.SubmitMarks(w.as("J1"), id, all)
	must(w.t, err)
	w.confirm(id, marks)
}

func (w *township) confirm(id uuid.UUID, marks []*round.Mark) {
	w.t.Helper()
	var ids []uuid.UUID
	for _, m := range marks {
		ids = append(ids, m.ID)
	}
	_, err := w.use.ConfirmMarks(w.as("F1"), id, ids)
	must(w.t, err)
}

// enter enters figures of a kind for every village and has F1 confirm them.
func (w *township) enter(id uuid.UUID, kind round.FigureKind, key string, values ...string) []*round.Figure {
	w.t.Helper()
	in := round.FiguresEnter{Round: id, Kind: kind}
	for i, text := range values {
		value, secretary := num(text), w.persons["S"+string(villages[i][len(villages[i])-1])]
		f := round.FigureInput{Subject: w.units[villages[i]], Key: key, Value: &value, Source: "年报", Reason: "集体研究"}
		if kind == round.ExamFigure {
			f.Sitter, f.Source, f.Reason = &secretary, "", ""
		}
		if kind == round.MetricFigure {
			f.Reason = ""
		}
		in.Figures = append(in.Figures, f)
	}
	all, err := w.use.EnterFigures(w.as("C1"), in)
	must(w.t, err)
	return all
}

func (w *township) settleFigures(id uuid.UUID, all []*round.Figure) {
	w.t.Helper()
	var ids []uuid.UUID
	for _, f := range all {
		ids = append(ids, f.ID)
	}
	_, err := w.use.ConfirmFigures(w.as("F1"), id, ids)
	must(w.t, err)
}

// A mark of an item that is not given in points says what was found, and what
// that comes to is worked out: nobody types a checklist's points. A finding that
// does not fit the item is refused at its place; a resend changes nothing.
// covers B03, B04
func TestMarksOfEveryKind(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.walking(walk, "2023-04")
	give := func(item string, d *scoring.Detail, value string) error {
		_, err := w.use.SubmitMarks(w.as("J1"), id, []round.MarkInput{{ID: fresh(), UnitCode: village1, Item: item, Channel: "tour", Detail: d, Value: num(value)}})
		return err
	}
	refusedWith(t, give("tidy", nil, "20"), fault.DetailMissing)
	refusedWith(t, give("tidy", &scoring.Detail{Checks: []scoring.CheckState{{Key: "board", State: "yes"}}}, "0"), fault.DetailUnanswered, fault.DetailUnanswered)
	refusedWith(t, give("level", &scoring.Detail{Level: "best"}, "0"), fault.DetailKeyUnknown)
	refusedWith(t, give("level", &scoring.Detail{Level: "fair"}, "8"), fault.DetailValue)
	refusedWith(t, give("income", nil, "8"), fault.MarkItemUnknown)

	todo, err := w.use.ToMark(w.as("J1"), id)
	must(t, err)
	if len(todo) != 9 || todo[0].Code != village1 || todo[0].Item != "tidy" || todo[0].Need != 1 {
		t.Errorf("to mark: %+v", todo)
	}
	sent := found1(village2, []string{"yes", "na", "no"}, 0, "fair")
	marks, err := w.use.SubmitMarks(w.as("J1"), id, sent)
	must(t, err)
	again, err := w.use.SubmitMarks(w.as("J1"), id, sent)
	must(t, err)
	if !marks[0].Value.Equal(num("15")) || again[0].ID != marks[0].ID || marks[0].Detail.Checks[1].State != "na" {
		t.Errorf("mark: %+v", marks[0])
	}
	if todo, err = w.use.ToMark(w.as("J1"), id); err != nil || len(todo) != 6 {
		t.Errorf("%d left to mark, %v", len(todo), err)
	}
	if page, err := w.use.Marks(w.as("C1"), id, paging.Args{First: ref(10)}); err != nil || len(page.Items) != 3 {
		t.Errorf("%d marks, %v", len(page.Items), err)
	}
}

// Metrics, exam results and entered parts come in from one person, count when
// another one confirmed them, and are corrected with a reason by a new row. What
// is wrong with a list is told place by place, and nothing of it is kept.
// covers A13, Q28
func TestFiguresTakeTwoPeople(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.walking(walk, "2023-04")
	income := num("50000")
	_, err := w.use.EnterFigures(w.as("C1"), round.FiguresEnter{Round: id, Kind: round.MetricFigure, Figures: []round.FigureInput{
		{UnitCode: village1, Key: "income", Value: &income, Source: "年报"}, {UnitCode: "990101101299", Key: "income", Value: &income, Source: "年报"},
		{UnitCode: village2, Key: "outcome", Value: &income}, {UnitCode: village1, Key: "income", Value: &income, Source: "年报"},
	}})
	all := refusedWith(t, err, fault.SubjectUnknown, fault.FigureUnknown, fault.Required, fault.FigureTwice)
	if all[0].Field != "figures[1].unitCode" || all[1].Field != "figures[2].key" || all[3].Field != "figures[3].key" {
		t.Errorf("places: %v %v %v", all[0].Field, all[1].Field, all[3].Field)
	}
	if n := w.count(`SELECT count(*) FROM figure`); n != 0 {
		t.Errorf("%d figures of a refused list were kept", n)
	}
	_, err = w.use.EnterFigures(w.as("J1"), round.FiguresEnter{Round: id, Kind: round.MetricFigure, Figures: []round.FigureInput{{}}})
	refusedWith(t, err, fault.Forbidden)

	metrics := w.enter(id, round.MetricFigure, "income", "50000", "120000", "200000")
	_, err = w.use.ConfirmFigures(w.as("C1"), id, []uuid.UUID{metrics[0].ID})
	refusedWith(t, err, fault.FigureConfirmOwn)
	w.settleFigures(id, metrics)
	if same := w.enter(id, round.MetricFigure, "income", "50000"); same[0].ID != metrics[0].ID {
		t.Error("the same figure again is another one")
	}
	_, err = w.use.EnterFigures(w.as("C1"), round.FiguresEnter{Round: id, Kind: round.MetricFigure, Figures: []round.FigureInput{{UnitCode: village1, Key: "income", Value: ref(num("60000")), Source: "年报"}}})
	refusedWith(t, err, fault.FigureSame)
	now, err := w.use.EnterFigures(w.as("C1"), round.FiguresEnter{Round: id, Kind: round.MetricFigure, Figures: []round.FigureInput{{UnitCode: village1, Key: "income", Value: ref(num("60000")), Source: "年报", Reason: "看错一行"}}})
	must(t, err)
	_, err = w.use.ConfirmFigures(w.as("F1"), id, []uuid.UUID{metrics[0].ID})
	refusedWith(t, err, fault.FigureReplaced)
	_, err = w.use.RejectFigures(w.as("F1"), id, []uuid.UUID{now[0].ID}, "与报表不符")
	must(t, err)
	have, err := w.use.Figures(w.as("C1"), id)
	must(t, err)
	if len(have) != 3 || have[2].State != round.MarkRejected || have[2].Rejection != "与报表不符" || w.count(`SELECT count(*) FROM figure`) != 4 {
		t.Errorf("figures: %d, last %+v", len(have), have[len(have)-1])
	}
	if none, err := w.use.Figures(w.as("S1"), id); err != nil || len(none) != 0 {
		t.Errorf("a secretary reads %d figures, %v", len(none), err)
	}
}

// A result with everything on: findings, metrics, a test with an absent sitter,
// an entered part and a bonus. It waits for whatever is missing, each named with
// its villages, and is published when nothing is.
// covers B01, B06, B22, C07, A13
func TestARoundOfEveryKindWaitsForEverything(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.walking(walk, "2023-04")
	w.judged(id)
	_, err := w.use.Close(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	all := refusedWith(t, err, fault.MetricMissing, fault.ExamMissing, fault.PartMissing, fault.NotAllVisited, fault.StageMissing, fault.StageMissing)
	if len(all[0].Subjects) != 3 || all[0].Subjects[0] != "一村" || all[3].Args["date"] != "2023-06-30" {
		t.Errorf("first: %v about %v by %v", all[0], all[0].Subjects, all[3].Args)
	}
	figures := w.enter(id, round.MetricFigure, "income", "50000", "120000", "300000")
	figures = append(figures, w.enter(id, round.PartFigure, "review", "90", "80", "70")...)
	exams := w.enter(id, round.ExamFigure, "test", "90", "80", "60")
	sick, err := w.use.EnterFigures(w.as("C1"), round.FiguresEnter{Round: id, Kind: round.ExamFigure,
		Figures: []round.FigureInput{{UnitCode: village1, Key: "test", Sitter: ref(w.persons["K1"])}}})
	must(t, err)
	w.settleFigures(id, append(append(figures, exams...), sick...))
	w.visited(id)
	w.put(`UPDATE evidence_item SET withdrawn_at = now(), withdrawn_by = entered_by, withdrawn_reason = '拍错' WHERE unit_id = $1`, w.units[village2])
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	if all := refusedWith(t, err, fault.PhotoMissing); len(all[0].Subjects) != 1 || all[0].Subjects[0] != "二村" {
		t.Errorf("without a photograph: %v", all[0].Subjects)
	}
	w.put(`UPDATE evidence_item SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = ''`)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	answer, err := w.use.Announce(w.as("C1"), w.step(id))
	must(t, err)
	if len(answer.Warnings) != 1 || answer.Warnings[0].Code != fault.StageSkipped {
		t.Errorf("warnings: %v", answer.Warnings)
	}
	w.later()
	w.publish(id, "")
	board, err := w.use.Board(w.as("C1"), id, 0)
	must(t, err)
	// 80 % of the items (30 + 20 + 10 + 20 + 12 of village 3) and 20 % of the part.
	want := map[string]string{village3: "87.60", village1: "74.00", village2: "72.00"}
	for _, row := range board.Rows {
		if row.Shown != want[row.UnitCode] {
			t.Errorf("%s has %s, want %s", row.Name, row.Shown, want[row.UnitCode])
		}
	}
	if first := board.Rows[0]; first.Light != "green" || len(first.Parts) != 2 || first.Parts[1].Shown != "70.00" || board.Rows[1].Light != "yellow" {
		t.Errorf("first: %+v", first)
	}
}

// visited plants what other rooms would have written: every village seen and
// photographed, one step taken and one left out with its reason.
func (w *township) visited(id uuid.UUID) {
	w.t.Helper()
	person := w.persons["C1"]
	for i, code := range villages {
		w.put(`INSERT INTO visit (id, tenant_id, region, competition_id, round_id, unit_id, position, planned_on, visited_on)
			VALUES ($1, $2, '990101', $3, $4, $5, $6, '2023-04-26', '2023-04-26')`, fresh(), w.tenant, w.competition, id, w.units[code], i+1)
		file := fresh()
		w.put(`INSERT INTO evidence_file (id, tenant_id, region, key, sha256, media_type, bytes, uploaded_by, uploaded_at)
			VALUES ($1, $2, '990101', $3::text, encode(sha256(convert_to($3::text, 'UTF8')), 'hex'), 'image/jpeg', 10, $4, now())`, file, w.tenant, code, person)
		w.put(`INSERT INTO evidence_item (id, tenant_id, region, competition_id, round_id, unit_id, subject_id, item_key, kind, taken_on, file_id, entered_by, entered_at)
			VALUES ($1, $2, '990101', $3, $4, $5, $5, 'tidy', 'photo', '2023-04-26', $6, $7, now())`, fresh(), w.tenant, w.competition, id, w.units[code], file, person)
	}
	for stage, skipped := range map[string]bool{"visit": false, "comment": true} {
		w.put(`INSERT INTO stage_record (id, tenant_id, region, round_id, stage, done_on, skipped, note, recorded_by, recorded_at)
			VALUES ($1, $2, '990101', $3, $4, '2023-04-28', $5, '书记外出开会', $6, now())`, fresh(), w.tenant, id, stage, skipped, person)
	}
}
