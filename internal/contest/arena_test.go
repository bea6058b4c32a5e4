package contest_test

import "leitai/internal/template"

// arenaText is the monthly contest in the readings that are the defaults.
const arenaText = `
schemaVersion: 1
key: monthly-arena
name: {zh-Hans: 擂台比武月评比, en: Monthly arena}
basis: [{title: 擂台比武实施方案, number: 例发〔2023〕1号, issuer: 例镇党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30}
channels:
  onsite: {name: {zh-Hans: 现场督查, en: on site}, weight: 40, judges: {min: 2, combine: mean}, range: [0, 100], step: 0.5}
  ledger: {name: {zh-Hans: 资料台账, en: ledger}, weight: 60, judges: {min: 1, combine: single}}
rubric: per-round
bands:
  top: {best: 3, ties: inclusive}
  bottom: {worst: 3, ties: exclusive}
streaks:
  bottom-twice: {band: bottom, length: 2}
outcomes:
  - {when: top, do: points, by: rank, values: [5, 4, 3], to: [linked-leader, resident-cadre, village]}
  - {when: bottom, do: criticism}
  - {when: bottom-twice, do: points, by: rank-from-bottom, values: [-5, -4, -3], to: [linked-leader, resident-cadre, village]}
  - {when: bottom-twice, do: talk, byRole: principal-leaders, with: [linked-leader, resident-cadre]}
`

// arena reads the template anew, so that a test may change its copy.
func arena() *template.Document {
	doc, err := template.Parse([]byte(arenaText))
	if err != nil {
		panic(err)
	}
	return &doc
}
