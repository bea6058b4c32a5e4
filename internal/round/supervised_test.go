package round_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/round"
)

// watched is a round of one marked item and one that supervision costs.
const watched = `
schemaVersion: 1
key: watched
name: {zh-Hans: 抓党建考评, en: Watched}
basis: [{title: 演示通知, number: 演委发〔2023〕1号, issuer: 演示乡党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30, clamp: month-end, roll: next-workday, period: nominal}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum}
channels:
  tour: {name: 观摩, weight: 100, judges: {min: 1, combine: single}}
rubric: fixed
items:
  - {key: own, name: 日常, dimension: party-building, kind: points, points: 80}
  - {key: watch, name: 督查, dimension: party-building, kind: metric, points: 20, formula: '20 + supervisionPoints'}
panels: {groups: 1, minMembers: 1, recuse: [own-village]}
announce: {objectionDays: 0, audience: township}
`

// What supervision found costs the village in the round of its period, without
// anybody entering it; what was withdrawn or happened later costs nothing.
// covers B20
func TestSupervisionCostsTheRoundOfItsPeriod(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.walking(watched, "2023-04")
	measure := func(code, day, points string, withdrawn bool) {
		w.put(`INSERT INTO supervision (id, tenant_id, region, competition_id, unit_id, kind, basis, happened_on, points, entered_by, entered_at, withdrawn_by, withdrawn_at, withdrawn_reason)
			VALUES ($1, $2, '990101', $3, $4, 'bulletin', '演委通〔2023〕2号', $5::date, $6::numeric, $7, now(), CASE WHEN $8 THEN $7::uuid END, CASE WHEN $8 THEN now() END, CASE WHEN $8 THEN '登记有误' ELSE '' END)`,
			fresh(), w.tenant, w.competition, w.units[code], day, points, w.persons["C1"], withdrawn)
	}
	measure(village1, "2023-04-10", "-2.5", false)
	measure(village1, "2023-04-20", "-1", false)
	measure(village2, "2023-04-20", "-5", true)
	measure(village3, "2023-05-20", "-5", false)
	value := num("1")
	_, err := w.use.EnterFigures(w.as("C1"), round.FiguresEnter{Round: id, Kind: round.MetricFigure,
		Figures: []round.FigureInput{{UnitCode: village1, Key: round.Supervised, Value: &value, Source: "自报"}}})
	refusedWith(t, err, fault.FigureUnknown)
	var sheet []round.MarkInput
	for _, code := range villages {
		sheet = append(sheet, round.MarkInput{ID: fresh(), UnitCode: code, Item: "own", Channel: "tour", Value: num("100")})
	}
	marks, err := w.use.SubmitMarks(w.as("J1"), id, sheet)
	must(t, err)
	var ids []uuid.UUID
	for _, m := range marks {
		ids = append(ids, m.ID)
	}
	_, err = w.use.ConfirmMarks(w.as("F1"), id, ids)
	must(t, err)
	preview, err := w.use.Preview(w.as("C1"), id)
	must(t, err)
	if len(preview.Result.Gaps) != 0 {
		t.Errorf("gaps: %+v", preview.Result.Gaps)
	}
	for _, s := range preview.Result.Standings {
		want := "100.00"
		if s.Subject == village1 {
			want = "96.50"
		}
		if s.Shown != want {
			t.Errorf("%s: %s, want %s", s.Subject, s.Shown, want)
		}
	}
}
