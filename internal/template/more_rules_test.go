package template

import (
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// The rules of the other schemes' keys, tried on the document that has them all.
// covers G2, Q17, Q20, Q26, Q34
func TestRefusalsOfTheOtherSchemes(t *testing.T) {
	t.Parallel()
	all := string(everythingSource(t))
	refuse(t, all, []refusal{
		{"parts of 90", "weight: 70, from: items", "weight: 60, from: items", fault.TemplateWeights, "parts", "parts: [{key: own, name: {zh"},
		{"part from nowhere", "from: ballots.meeting", "from: ballots.other", fault.TemplateUnknownRef, "parts[1].from", "ballots.other"},
		{"part of a round from rounds", "from: items}", "from: rounds}", fault.TemplateUnknownRef, "parts[0].from", "weight: 70"},
		{"part twice", "{key: vote, weight: 30", "{key: own, weight: 30", fault.TemplateTwice, "parts[1].key", "ballots.meeting}]"},
		{"roll-up's parts of 90", "weight: 80", "weight: 70", fault.TemplateWeights, "rollups.year.parts", "weight: 70, from: rounds"},
		{"roll-up from itself", "from: entered", "from: rollups.year", fault.TemplateUnknownRef, "rollups.year.parts[1].from", "rollups.year"},
		{"open vote", "roster: bound", "roster: open", fault.TemplatePublicVote, "ballots.meeting.roster", "roster"},
		{"one option", ", poor: 50}", "}", fault.TemplateConflict, "ballots.meeting.options", "options"},
		{"option over 100", "poor: 50", "poor: 150", fault.TemplateOutOfRange, "ballots.meeting.options.poor", "poor: 150"},
		{"groups of 101", "weight: 60, mergeWith", "weight: 61, mergeWith", fault.TemplateWeights, "ballots.meeting.groups", "weight: 61"},
		{"no groups", "groups: {leaders: {name: {zh-Hans: 领导, en: Leaders}, weight: 40}, others: {weight: 60, mergeWith: leaders}}", "groups: {}", fault.TemplateConflict, "ballots.meeting.groups", "groups: {}"},
		{"merged with itself", "mergeWith: leaders", "mergeWith: others", fault.TemplateUnknownRef, "ballots.meeting.groups.others.mergeWith", "mergeWith"},
		{"merged where small groups are hidden", "small: merge", "small: hide", fault.TemplateConflict, "ballots.meeting.groups.others.mergeWith", "mergeWith"},
		{"threshold of five", "threshold: 8", "threshold: 5", fault.TemplateOutOfRange, "ballots.meeting.threshold", "threshold"},
		{"invalid ballots counted", "exclude: [recused, invalid]", "exclude: [recused]", fault.TemplateConflict, "ballots.meeting.exclude", "exclude"},
		{"left out twice", "exclude: [recused, invalid]", "exclude: [recused, invalid, invalid]", fault.TemplateTwice, "ballots.meeting.exclude[2]", "exclude"},
		{"lights that rise", "yellow: {from: 82.5}", "yellow: {from: 90}", fault.TemplateOrder, "legend", "legend"},
		{"last light with a threshold", "red: {}", "red: {from: 60}", fault.TemplateOrder, "legend", "legend"},
		{"pairs of no band", "lead: first", "lead: champions", fault.TemplateUnknownRef, "pairing.lead", "champions"},
		{"photos without photo", "kinds: [photo, interview]", "kinds: [interview]", fault.TemplateConflict, "evidence.kinds", "minPhotos"},
		{"months on a quarterly clock", "clock: quarterly", "clock: quarterly, months: 3", fault.TemplateConflict, "postings.milestones[1].months", "quarterly"},
		{"milestone twice", "key: visits", "key: co-op", fault.TemplateTwice, "postings.milestones[1].key", "key: co-op, clock"},
		{"milestone by a wrong formula", "visited >= households", "visited >> households", fault.TemplateFormula, "postings.milestones[1].formula", "visited >>"},
		{"feed twice", "feeds: [{into: duty-list, weight: 12.5}]", "feeds: [{into: duty-list, weight: 1}, {into: duty-list, weight: 2}]", fault.TemplateTwice, "feeds[1].into", "feeds"},
		{"deadline that is no day", "due: 01-14", "due: 02-29", fault.TemplateBadDate, "deadlines[0].due", "02-29"},
		{"deadline in month 13", "due: 01-14", "due: 13-01", fault.TemplateBadDate, "deadlines[0].due", "13-01"},
		{"deadline twice", "maxCharacters: 2000}", "maxCharacters: 2000}, {document: duty-report, due: 01-15}", fault.TemplateTwice, "deadlines[1].document", "01-15"},
		{"coverage by no day", "allSubjectsBy: 06-30", "allSubjectsBy: 06-31", fault.TemplateBadDate, "coverage.allSubjectsBy", "06-31"},
		{"stage twice", "[visit, speech]", "[speech, speech]", fault.TemplateTwice, "stages[1]", "stages"},
	})
}

func TestGradeRefusals(t *testing.T) {
	t.Parallel()
	all := string(everythingSource(t))
	const at = "grades.annual.steps.excellent"
	refuse(t, all, []refusal{
		{"both quotas", "{atMost: 40%, kind", "{atMost: 40%, atLeast: 10%, kind", fault.TemplateConflict, at + ".quota", "atMost"},
		{"no bound", "{atMost: 40%, kind", "{kind", fault.TemplateConflict, at + ".quota", "kind: soft"},
		{"quota of nothing", "atMost: 40%", "atMost: 0%", fault.TemplateConflict, at + ".quota", "atMost"},
		{"quota over all", "atMost: 40%", "atMost: 140%", fault.TemplateOutOfRange, at + ".quota.atMost", "140%"},
		{"quota as 40", "atMost: 40%", "atMost: 40", fault.TemplateOutOfRange, at + ".quota.atMost", "atMost: 40,"},
		{"teams where persons are judged", "kind: soft, of: persons", "kind: soft, of: teams", fault.TemplateConflict, at + ".quota.of", "soft"},
		{"needs an unknown scale", "needs: {review: good}", "needs: {duty: good}", fault.TemplateUnknownRef, at + ".needs.duty", "duty: good"},
		{"needs an unknown grade", "needs: {review: good}", "needs: {review: best}", fault.TemplateUnknownRef, at + ".needs.review", "review: best"},
		{"needs its own scale", "needs: {review: good}", "needs: {annual: reserve}", fault.TemplateUnknownRef, at + ".needs.annual", "annual: reserve"},
		{"tie broken by nothing", "tieBreak: [plain]", "tieBreak: [age]", fault.TemplateUnknownRef, at + ".tieBreak[0]", "[age]"},
		{"unused above a floor", "kind: hard, of: persons}, ties: inclusive", "kind: hard, of: persons}, ties: inclusive, unused: empty", fault.TemplateConflict, "grades.annual.steps.reserve.unused", "1/3"},
		{"ties without a quota", "poor: {}}}", "poor: {ties: decide}}}", fault.TemplateConflict, "grades.review.steps.poor", "review: {name"},
		{"last grade with a threshold", "poor: {}}}", "poor: {from: 60}}}", fault.TemplateOrder, "grades.review.steps", "review: {name"},
		{"talk on an unknown scale", "talkIf: {review: [poor]}", "talkIf: {duty: [poor]}", fault.TemplateUnknownRef, "talkIf.duty", "talkIf"},
		{"talk on an unknown grade", "talkIf: {review: [poor]}", "talkIf: {review: [bad]}", fault.TemplateUnknownRef, "talkIf.review[0]", "talkIf"},
		{"talk on a grade twice", "talkIf: {review: [poor]}", "talkIf: {review: [poor, poor]}", fault.TemplateTwice, "talkIf.review[1]", "talkIf"},
	})
	for _, c := range []refusal{
		{"no grades at all", "steps: {good: {name: {zh-Hans: 好, en: Good}, from: 90}, poor: {}}", "steps: {}", fault.TemplateConflict, "grades.review.steps", ""},
		{"first grade without one", ", from: 90}, poor: {}", "}, poor: {}", fault.TemplateOrder, "grades.review.steps", ""},
	} {
		_, err := Parse([]byte(swapped(t, all, c.old, c.new)))
		if l := fault.All(err); !has(l, c.code, c.field) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A quota counts what is judged: persons of persons, teams or persons of teams,
// subjects otherwise; nobody has to write it.
// covers Q17, Q18, Q19, Q20, Q21
func TestQuotaDefaults(t *testing.T) {
	t.Parallel()
	const tail = "grades:\n  annual:\n    steps:\n      excellent: {quota: {atMost: 40%}}\n      kept: {quota: {atLeast: 30%}}\n"
	for subject, of := range map[string]string{"village": "subjects", "organisation": "subjects", "person": "persons", "team": "teams"} {
		d := parsed(t, []byte(swapped(t, small, "subject: village", "subject: "+subject)+tail))
		g, _ := d.GradeScale("annual")
		most, least := g.Steps[0], g.Steps[1]
		if most.Quota.Of != of || most.Quota.Kind != "hard" || most.Ties != "decide" || most.Unused != "pass-on" {
			t.Errorf("%s: at most: %+v %+v", subject, most, *most.Quota)
		}
		if least.Quota.Of != of || least.Ties != "inclusive" || least.Unused != "" {
			t.Errorf("%s: at least: %+v", subject, least)
		}
		if !most.Quota.AtMost.Equal(exact.Ratio(2, 5)) || !least.Quota.AtLeast.Equal(exact.Ratio(3, 10)) {
			t.Errorf("%s: the shares are %s and %s", subject, most.Quota.AtMost, least.Quota.AtLeast)
		}
	}
	for _, of := range []string{"teams", "persons"} {
		text := swapped(t, small, "subject: village", "subject: team") + strings.Replace(tail, "atMost: 40%", "atMost: 40%, of: "+of, 1)
		parsed(t, []byte(text))
	}
}

// Ballots come with the readings of Q26, Q27 and Q34 written out.
// covers G2, Q26, Q27, Q34
func TestBallotDefaults(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(small+"ballots:\n  meeting:\n    options: {good: 100, poor: 0}\n    groups: {all: {weight: 100}}\n"))
	b, ok := d.Ballot("meeting")
	if !ok || b.Roster != "bound" || b.Identity != "most-specific-group" || b.Threshold != 6 || b.Small != "hide" ||
		strings.Join(b.Recuse, " ") != "own-village" || strings.Join(b.Exclude, " ") != "recused invalid abstained" {
		t.Errorf("got %+v", b)
	}
}

// First secretaries' terms come with the bounds of the notice and the readings
// of Q22 and Q23 written out.
// covers D03, D04, D10, D24, Q22, Q23
func TestPostingDefaults(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(swapped(t, small, "subject: village", "subject: person\npostings: {}")))
	want := Postings{
		Selection: Selection{MaxAge: 57, PartyYears: 1, WorkYears: 2, Count: "completed-years", PartyFrom: "full-membership"},
		Team:      TeamSize{MinMembers: 2}, Term: 24, Statement: Statement{MinDays: 20, Leave: "shown-apart", Short: "reported"},
	}
	got := *d.Postings
	if got.Selection != want.Selection || got.Team.MinMembers != 2 || got.Term != 24 || got.Statement != want.Statement {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
