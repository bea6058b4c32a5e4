package contest_test

import (
	"fmt"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// everythingText uses every rule that a round can have.
const everythingText = `
schemaVersion: 1
key: everything
name: {zh-Hans: 综合, en: Everything}
basis: [{title: 考核办法, number: 例发〔2023〕9号, issuer: 例镇党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30}
tracks: {groupSet: village-class}
channels:
  onsite: {name: {zh-Hans: 现场督查, en: on site}, weight: 40, judges: {min: 3, combine: trimmed, drop: 1}, range: [0, 100]}
  ledger: {name: {zh-Hans: 资料台账, en: ledger}, weight: 60, judges: {min: 1, combine: single}}
rubric: fixed
items:
  - {key: party, name: {zh-Hans: 党建, en: party building}, dimension: party-building, kind: points, points: 30}
  - {key: list, name: {zh-Hans: 检查清单, en: checklist}, dimension: governance, kind: checklist, points: 10, split: {ledger: 100}, checks: [{key: roster, name: 名册, points: 6}, {key: board, name: 公示栏, points: 4}]}
  - {key: weak, name: {zh-Hans: 软弱涣散整顿, en: weak villages}, dimension: party-building, kind: levels, points: 10, for: [weak], split: {ledger: 100}, levels: {good: {points: 10}, fair: {points: 6}, poor: {points: 0}}}
  - {key: safety, name: {zh-Hans: 安全生产, en: safety}, dimension: safety, kind: deductions, points: 10, split: {onsite: 100}, table: {accident: {points: 4}, warning: {points: 1}}}
  - {key: income, name: {zh-Hans: 集体收入, en: income}, dimension: industry, kind: metric, points: 10, formula: "income / households"}
  - {key: race, name: {zh-Hans: 招商, en: race}, dimension: industry, kind: rank-points, points: 10, split: {onsite: 100}, values: [10, 8, 6, 4]}
  - {key: test, name: {zh-Hans: 闭卷测试, en: test}, dimension: party-building, kind: exam, points: 10}
  - {key: voice, name: {zh-Hans: 群众评价, en: voice}, dimension: livelihood, kind: ballot, points: 10, ballot: assembly}
  - {key: honour, name: {zh-Hans: 荣誉加分, en: honours}, dimension: governance, kind: bonus, table: {county: {points: 1}, province: {points: 3}}, cap: 5}
  - {key: redline, name: {zh-Hans: 一票否决, en: red line}, dimension: safety, kind: veto, split: {ledger: 100}, basis: 例发〔2023〕9号}
parts:
  - {key: work, name: {zh-Hans: 工作实绩, en: work}, weight: 70, from: items}
  - {key: meeting, name: {zh-Hans: 民主测评, en: meeting}, weight: 20, from: ballots.assembly}
  - {key: daily, name: {zh-Hans: 平时考核, en: daily}, weight: 10, from: entered}
ballots:
  assembly: {options: {good: 100, fair: 80, poor: 50}, groups: {cadres: {weight: 50}, members: {weight: 50}}}
legend: {green: {from: 88}, yellow: {from: 80}, red: {}}
ranking: {scope: all, tieBreak: [party, meeting]}
bands:
  top: {best: 3}
  bottom: {worst: 3}
  improved: {gain: 2}
outcomes:
  - {when: top, do: points, by: rank, values: [5, 4, 3], to: [village]}
  - {when: bottom, do: talk, byRole: secretary}
pairing: {lead: top, follow: bottom, exchangesPerMonth: 2}
grades:
  duty: {of: parts.daily, steps: {good: {from: 85}, fair: {from: 75}, poor: {}}}
  annual: {steps: {excellent: {quota: {atMost: 40%, kind: hard}, needs: {duty: good}}, competent: {}}}
talkIf: {duty: [poor]}
`

func everything() *template.Document {
	doc, err := template.Parse([]byte(everythingText))
	if err != nil {
		panic(err)
	}
	return &doc
}

// draw gives the n-th number of a subject, from low up to, without, high.
type draw func(n int, low, high int) int

// steady draws numbers that differ from subject to subject, always the same.
func steady(subject int) draw {
	return func(n, low, high int) int { return low + (subject*37+n*53+subject*n*11)%(high-low) }
}

// played is a round of so many villages with three on-site judges and everything
// handed in.
func played(doc *template.Document, villages int, of func(subject int) draw) contest.Input {
	in := contest.Input{Rules: contest.RulesVersion, Template: doc, Rubric: doc.Items, Round: contest.Round{ID: "r", Period: "2023-04", Held: "2023-05-04", Number: 1, Revision: 1}}
	for v := range villages {
		play(&in, fmt.Sprintf("V%d", v+1), v, of(v))
	}
	return in
}

func play(in *contest.Input, id string, v int, d draw) {
	s := contest.Subject{ID: id, Name: "例村" + id, Track: []string{"demo", "strive", "base"}[v%3], Links: []outcome.Link{{Role: "linked-leader", Person: "L" + id}}}
	if v%4 == 0 {
		s.Classes = []string{"weak"}
	}
	in.Roster = append(in.Roster, s)
	mark := func(item, channel string, judge int, value exact.Number, detail *scoring.Detail) {
		in.Marks = append(in.Marks, contest.Mark{ID: fmt.Sprintf("%s/%s/%s/%d", id, item, channel, judge), Item: item, Channel: channel, Subject: id, Judge: fmt.Sprintf("J%d", judge), Value: value, Detail: detail})
	}
	said := func(item, channel string, judge int, detail scoring.Detail) {
		i := (&template.Document{Items: in.Rubric}).Items
		for k := range i {
			if i[k].Key == item {
				mark(item, channel, judge, scoring.ValueOf(&i[k], detail), &detail)
			}
		}
	}
	for j := range 3 {
		mark("party", "onsite", j, exact.Int(int64(d(j, 60, 100))), nil)
		mark("race", "onsite", j, exact.Int(int64(d(j+3, 60, 100))), nil)
		events := []scoring.EventCount{{Key: "warning", Count: d(j+6, 1, 4)}}
		said("safety", "onsite", j, scoring.Detail{Events: events, Note: "巡查所见"})
	}
	mark("party", "ledger", 9, exact.Int(int64(d(9, 60, 100))), nil)
	states := []string{scoring.CheckYes, scoring.CheckNo, scoring.CheckNA}
	said("list", "ledger", 9, scoring.Detail{Checks: []scoring.CheckState{{Key: "roster", State: states[d(10, 0, 3)]}, {Key: "board", State: states[d(11, 0, 3)]}}})
	if s.Classes != nil {
		said("weak", "ledger", 9, scoring.Detail{Level: []string{"good", "fair", "poor"}[d(12, 0, 3)]})
	}
	if d(13, 0, 3) == 0 {
		said("honour", "ledger", 9, scoring.Detail{Events: []scoring.EventCount{{Key: "county", Count: d(14, 1, 4)}}})
	}
	in.Metrics = append(in.Metrics, contest.Metric{Subject: id, Key: "income", Value: exact.Int(int64(d(15, 100, 900)))}, contest.Metric{Subject: id, Key: "households", Value: exact.Int(int64(d(16, 80, 120)))})
	in.Exams = append(in.Exams, contest.Exam{Item: "test", Subject: id, Sat: 6, Absent: d(17, 0, 2), Mean: exact.Ratio(int64(d(18, 120, 200)), 2)})
	in.Ballots = append(in.Ballots, contest.BallotScore{Ballot: "assembly", Subject: id, Score: exact.Ratio(int64(d(19, 210, 300)), 3), Due: 60, Present: 58, Issued: 58, Returned: 57, Valid: 56})
	in.Entered = append(in.Entered, contest.Entered{Part: "daily", Subject: id, Value: exact.Int(int64(d(20, 70, 100))), Reason: "平时掌握", By: "P1"})
	in.Facts = append(in.Facts, contest.Fact{Subject: id, Key: "daysTotal", Value: exact.Int(int64(d(21, 200, 260)))})
}
