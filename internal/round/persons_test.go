package round_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/template"
)

// secretaries is a contest of village secretaries with tracks, a theme and
// grades.
const secretaries = `
schemaVersion: 1
key: secretaries
name: {zh-Hans: 书记擂台比武, en: Secretaries}
basis: [{title: 演示通知, number: 演委发〔2023〕1号, issuer: 演示乡党委, date: 2023-04-24}]
subject: person
calendar: {every: month, day: 30, clamp: month-end, roll: next-workday, period: nominal}
tracks: {groupSet: village-class}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum}
channels:
  speech: {name: 汇报, weight: 100, judges: {min: 2, combine: mean}}
rubric: fixed
items:
  - {key: work, name: 工作, dimension: party-building, points: 60}
  - {key: weak, name: 整顿, dimension: governance, points: 40, for: [weak], na: full}
panels: {groups: 1, minMembers: 2, recuse: [own-village]}
bands:
  bottom: {worst: 1, ties: inclusive, small: half}
themes: per-round
grades:
  annual: {decision: own, steps: {excellent: {quota: {atMost: 40%, kind: hard, of: persons}, ties: decide}, good: {}}}
announce: {objectionDays: 0, audience: county}
`

// onStage opens the secretaries' round: V1 and V2 are of one class, V3 of another.
func (w *township) onStage() uuid.UUID {
	w.t.Helper()
	w.put(`INSERT INTO group_set (id, tenant_id, region, key, name_zh, classes) VALUES ($1, $2, '990101', 'village-class', '村类', '[]')`, fresh(), w.tenant)
	for code, class := range map[string]string{village1: "demo", village2: "demo", village3: "weak"} {
		w.put(`INSERT INTO group_member (id, tenant_id, region, group_set, class, unit_id, valid_from) VALUES ($1, $2, '990101', 'village-class', $3, $4, '2020-01-01')`,
			fresh(), w.tenant, class, w.units[code])
	}
	w.put(`INSERT INTO group_member (id, tenant_id, region, group_set, class, unit_id, valid_from, valid_until)
		VALUES ($1, $2, '990101', 'village-class', 'weak', $3, '2010-01-01', '2020-01-01')`, fresh(), w.tenant, w.units[village1])
	w.found(secretaries, false)
	id := w.planned("2023-04")
	_, err := w.use.PublishRubric(w.as("C1"), w.step(id))
	must(w.t, err)
	_, err = w.use.SetPanels(w.as("C1"), round.PanelsSet{Round: id, Revision: w.step(id).Revision,
		Panels: []round.PanelInput{{Name: "评委组", Members: []uuid.UUID{w.persons["J1"], w.persons["J2"], w.persons["K3"]}}}})
	must(w.t, err)
	_, err = w.use.IssueNotice(w.as("C1"), round.Notify{Round: id, Revision: w.step(id).Revision, Number: "1号", Venue: "乡政府"})
	refusedWith(w.t, err, fault.ThemeMissing)
	_, err = w.use.SetTheme(w.as("C1"), round.ThemeSet{Round: id, Revision: w.step(id).Revision, Theme: "人居环境整治", Form: "party"})
	refusedWith(w.t, err, fault.Invalid)
	_, err = w.use.SetTheme(w.as("C1"), round.ThemeSet{Round: id, Revision: w.step(id).Revision, Theme: "人居环境整治", Form: round.FormMeeting})
	must(w.t, err)
	w.notify(id)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	must(w.t, err)
	w.reach(w.round(id).Held)
	return id
}

// speak has both judges mark a secretary.
func (w *township) speak(id uuid.UUID, who, item, value string) {
	w.t.Helper()
	for _, judge := range []string{"J1", "J2"} {
		marks, err := w.use.SubmitMarks(w.as(judge), id, []round.MarkInput{{ID: fresh(), Subject: w.persons[who], Item: item, Channel: "speech", Value: num(value)}})
		must(w.t, err)
		w.confirm(id, marks)
	}
}

// Who holds the post on the day contests: by place and post, never by name, in
// the class the village had on that day. Marks name the person; a judge from the
// same village is recused; an item is for the classes it names.
// covers C01, C04, C05, C06, C18, G10, B03
func TestPersonsContest(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.onStage()
	roster, err := w.use.Roster(w.as("C1"), id)
	must(t, err)
	if len(roster) != 3 || roster[0].Name != "一村村党组织书记" || roster[0].Code != "S1" || roster[0].Kind != template.Person ||
		roster[0].Subject != w.persons["S1"] || roster[0].Unit != w.units[village1] || roster[0].Track != "demo" || !slices.Equal(roster[2].Classes, []string{"weak"}) {
		t.Fatalf("roster: %+v", roster[0])
	}
	try := func(who string, subject uuid.UUID, item string) error {
		_, err := w.use.SubmitMarks(w.as(who), id, []round.MarkInput{{ID: fresh(), Subject: subject, Item: item, Channel: "speech", Value: num("80")}})
		return err
	}
	refusedWith(t, try("J1", w.units[village1], "work"), fault.SubjectUnknown) // the village itself does not contest
	refusedWith(t, try("K3", w.persons["S3"], "work"), fault.JudgeRecused)
	refusedWith(t, try("J1", w.persons["S1"], "weak"), fault.ItemNotForSubject)
	w.speak(id, "S1", "work", "90")
	w.speak(id, "S2", "work", "80")
	w.speak(id, "S3", "work", "70")
	_, err = w.use.Close(w.as("C1"), w.step(id))
	if all := refusedWith(t, err, fault.MarksMissing); len(all[0].Subjects) != 1 || !strings.HasPrefix(all[0].Subjects[0], "三村") {
		t.Errorf("missing of %v", all[0].Subjects)
	}
	w.speak(id, "S3", "weak", "70")
	w.announced(id)
	w.publish(id, "")
	board, err := w.use.Board(w.as("C1"), id, 0)
	must(t, err)
	row := board.Rows[0]
	if row.Shown != "94.00" || row.Subject != w.persons["S1"] || row.Track != "demo" || row.TrackRank == nil || *row.TrackRank != 1 || row.Percentile == nil ||
		len(row.Grades) != 1 || row.Grades[0].Grade != "excellent" || board.Rows[2].Shown != "70.00" || board.Rows[2].Percentile != nil {
		t.Errorf("first: %+v, last: %+v", row, board.Rows[2])
	}
	contests, err := w.use.HeldContests(w.as("C1"), w.competition)
	must(t, err)
	if len(contests) != 1 || contests[0].Theme != "人居环境整治" || contests[0].Form != round.FormMeeting || !contests[0].Published {
		t.Errorf("contests: %+v", contests)
	}
	_, err = w.use.SetTheme(w.as("C1"), round.ThemeSet{Round: id, Revision: w.step(id).Revision, Theme: "别的"})
	refusedWith(t, err, fault.ThemeFixed)
}

// Two people tied for the last seat wait for the committee: it decides with a
// reason, and a decision beyond a cap counts when another person approved it.
// covers Q17, Q18
func TestTiedGradesWaitForACommittee(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.onStage()
	w.speak(id, "S1", "work", "90")
	w.speak(id, "S2", "work", "90")
	w.speak(id, "S3", "work", "60")
	w.speak(id, "S3", "weak", "60")
	_, err := w.use.Close(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	if all := refusedWith(t, err, fault.GradeUndecided); !slices.Equal(all[0].Subjects, []string{"一村村党组织书记", "二村村党组织书记"}) {
		t.Errorf("tied: %v", all[0].Subjects)
	}
	in := round.GradeDecide{Round: id, Subject: w.persons["S2"], Scale: "annual", Grade: "best", Reason: "整顿任务更重"}
	_, err = w.use.DecideGrade(w.as("A1"), in)
	refusedWith(t, err, fault.GradeChoice)
	in.Grade = "excellent"
	_, err = w.use.DecideGrade(w.as("J1"), in)
	refusedWith(t, err, fault.Forbidden)
	first, err := w.use.DecideGrade(w.as("A1"), in)
	must(t, err)
	in.Reason = "经党委会研究，整顿任务更重"
	second, err := w.use.DecideGrade(w.as("A1"), in)
	must(t, err)
	_, err = w.use.ApproveGrade(w.as("A1"), id, second.ID)
	refusedWith(t, err, fault.GradeSecondSame)
	_, err = w.use.ApproveGrade(w.as("C1"), id, first.ID)
	refusedWith(t, err, fault.NotFound) // superseded
	_, err = w.use.ApproveGrade(w.as("C1"), id, second.ID)
	must(t, err)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	must(t, err)
	w.publish(id, "")
	grades, names, err := w.use.Grades(w.as("C1"), id, 0)
	must(t, err)
	if len(grades) != 1 || grades[0].Steps[0].Seats != 1 || names["S2"] != "二村村党组织书记" {
		t.Fatalf("grades: %+v", grades)
	}
	for _, l := range grades[0].Lines {
		if want := l.Subject == "S2"; (l.Grade == "excellent") != want {
			t.Errorf("%s is %s", l.Subject, l.Grade)
		}
	}
}

// How severe the judges were is estimated after the close, for those who run the
// round; groups that share no subject are warned of when they are set, and
// refused an estimate.
func TestSeverityOfJudges(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.opened(w.foundPeriod())
	w.receive(id, villages...)
	w.mark(id, usual)
	_, err := w.use.Severity(w.as("F1"), id)
	refusedWith(t, err, fault.Forbidden)
	_, err = w.use.Severity(w.as("C1"), id)
	refusedWith(t, err, fault.WrongState)
	w.announced(id)
	all, err := w.use.Severity(w.as("C1"), id)
	must(t, err)
	if len(all) != 3 || all[0].Channel != "onsite" || len(all[0].Judges) != 2 || !all[0].Judges[1].Effect.Equal(num("1")) || all[0].Subjects[0].Name != "一村" {
		t.Errorf("severity: %+v", all)
	}
}

func (w *township) foundPeriod() string {
	w.found(document, false)
	return "2023-04"
}

// Groups that mark the same item of different villages and share none cannot be
// compared, and whoever sets them is told.
func TestADisconnectedPlanIsWarnedOf(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(walk, false)
	id := w.planned("2023-04")
	set := func(panels ...round.PanelInput) []fault.Code {
		answer, err := w.use.SetPanels(w.as("C1"), round.PanelsSet{Round: id, Revision: w.step(id).Revision, Panels: panels})
		must(t, err)
		var codes []fault.Code
		for _, f := range answer.Warnings {
			codes = append(codes, f.Code)
		}
		return codes
	}
	apart := set(round.PanelInput{Name: "一组", UnitCodes: []string{village1}, Members: []uuid.UUID{w.persons["J1"]}},
		round.PanelInput{Name: "二组", Subjects: []uuid.UUID{w.units[village2], w.units[village3]}, Members: []uuid.UUID{w.persons["J2"]}})
	if !slices.Contains(apart, fault.PlanDisconnected) {
		t.Errorf("warnings of groups apart: %v", apart)
	}
	joined := set(round.PanelInput{Name: "一组", UnitCodes: []string{village1, village2}, Members: []uuid.UUID{w.persons["J1"]}},
		round.PanelInput{Name: "二组", UnitCodes: []string{village2, village3}, Members: []uuid.UUID{w.persons["J2"]}})
	if slices.Contains(joined, fault.PlanDisconnected) {
		t.Errorf("warnings of groups that share a village: %v", joined)
	}
}

// Other ties and bands are tried on published rounds; what no template has is
// refused at its place.
func TestOtherSettingsAreTried(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	w.published("2023-04", map[string]values{village1: {"90", "90", "80"}, village2: {"75", "75", "90"}, village3: {"70", "70", "70"}})
	try := func(s round.Settings) (*round.Simulation, error) { return w.use.Simulate(w.as("D1"), w.competition, s) }
	sim, err := try(round.Settings{TieBreak: &[]string{"ledger"}})
	must(t, err)
	if sim.Difference.RanksChanged != 1 { // 84.00 each: the better ledger goes first
		t.Errorf("with a tie-break: %+v", sim.Difference)
	}
	_, err = try(round.Settings{Bands: []round.BandSetting{{Band: "middle", Size: ref(0)}}, RankOn: ref("luck"), Streaks: []round.StreakSetting{{Streak: "bottom-twice", After: ref("stop")}}})
	all := refusedWith(t, err, fault.Invalid, fault.Invalid, fault.NotFound, fault.Invalid)
	if all[0].Field != "rankOn" || all[2].Field != "bands[0].band" || all[3].Field != "streaks[0].after" {
		t.Errorf("places: %v", all)
	}
}
