package template

import (
	"slices"
	"strings"
	"testing"

	"leitai/internal/exact"
)

// fact is one thing a notice asks for, where it stands in its example.
type fact struct{ path, value string }

func states(t *testing.T, key string, facts []fact) Document {
	t.Helper()
	d := example(t, key)
	for _, f := range facts {
		if got := said(d, f.path); got != f.value {
			t.Errorf("%s: %s is %q, want %q", key, f.path, got, f.value)
		}
	}
	return d
}

// The observation of every village of a town in every quarter: complete
// coverage, ten areas seen check by check with their evidence, a meeting that
// evaluates, lights, and no ranking.
// covers B01, B03, B04, B06, B08, B09, B22, B23
func TestObservationSaysWhatItsNoticeAsksFor(t *testing.T) {
	t.Parallel()
	d := states(t, "town-observation", []fact{
		{"subject", "village"}, {"calendar.every", "quarter"}, {"calendar.day", "30"}, {"rubric", "fixed"}, {"scale.points", "100"}, {"scale.items", "sum"},
		{"coverage.blocks", "true"}, {"coverage.allSubjectsBy", ""},
		{"evidence.minPhotos", "1"}, {"evidence.kinds", "[document, photo, observed, interview]"},
		{"channels.visit.source", "onsite"}, {"channels.visit.weight", "100"}, {"channels.visit.range", "[0, 10]"}, {"channels.visit.step", "0.5"}, {"channels.visit.reception", "false"},
		{"items.team.points", "10"}, {"items.team.kind", "checklist"}, {"items.team.checks.complete.points", "4"}, {"items.team.checks.office.evidence", "[observed, photo]"}, {"items.team.checks.duty.evidence", "[photo]"},
		{"items.study.checks.plan.points", "4"}, {"items.study.checks.index.evidence", "[document]"},
		{"items.organisation-life.checks.meetings.points", "4"}, {"items.weak-village.checks.clans.evidence", "[document]"},
		{"items.weak-village.for", "[weak]"}, {"items.weak-village.na", "redistribute"}, {"items.weak-village.checks.visit-proof.evidence", "[photo]"}, {"items.weak-village.checks.knowledge.evidence", "[interview]"},
		{"items.members.checks.recruit.name.zh-Hans", "两年至少发展一名党员"},
		{"items.democracy.checks.boards.evidence", "[photo]"},
		{"items.premises.checks.pay.evidence", "[interview]"}, {"items.premises.checks.rooms.points", "4"},
		{"items.duties.checks.commitments.points", "5"},
		{"items.links.checks.rectify.name.zh-Hans", "两本整改台账"},
		{"items.first-secretary.dimension", "rural-revitalisation"}, {"items.first-secretary.checks.diary.points", "3"},
		{"parts.tour.weight", "70"}, {"parts.tour.from", "items"}, {"parts.assembly.weight", "30"}, {"parts.assembly.from", "ballots.assembly"},
		{"ballots.assembly.options.good.score", "100"}, {"ballots.assembly.options.fair.score", "85"}, {"ballots.assembly.options.average.score", "70"}, {"ballots.assembly.options.poor.score", "50"},
		{"ballots.assembly.groups.leadership.weight", "40"}, {"ballots.assembly.groups.village-secretary.weight", "20"}, {"ballots.assembly.roster", "bound"}, {"ballots.assembly.threshold", "6"}, {"ballots.assembly.small", "hide"},
		{"legend.green.from", "88"}, {"legend.yellow.from", "82"}, {"legend.red.from", ""},
		{"stages", "[visit, review, ballot, comment]"}, {"ranking.show", "none"}, {"bands", ""}, {"outcomes", ""}, {"announce.audience", "township"},
	})
	if len(d.Items) != 10 {
		t.Errorf("there are %d areas", len(d.Items))
	}
	for _, i := range d.Items {
		var sum exact.Number
		for _, c := range i.Rule.Checks {
			sum = sum.Add(c.Points)
		}
		if len(i.Rule.Checks) < 2 || !sum.Equal(i.Points) {
			t.Errorf("%s: %d checks of %s in all, worth %s", i.Key, len(i.Rule.Checks), sum, i.Points)
		}
	}
	if !slices.Contains(d.Documents, "village-archive") || !slices.Contains(d.Documents, "county-report") || !slices.Contains(d.Documents, "three-colour-notice") {
		t.Errorf("it prints %v", d.Documents)
	}
}

// The secretaries' contest in three tracks: four steps of a round, a theme, and
// consequences that grow with the period and name who carries them out.
// covers C03, C04, C05, C07, C09, C10, C11, C12, C13, C14, C15
func TestSecretaryArenaSaysWhatItsNoticeAsksFor(t *testing.T) {
	t.Parallel()
	d := states(t, "secretary-arena", []fact{
		{"subject", "person"}, {"calendar.every", "month"}, {"calendar.day", "25"}, {"tracks.groupSet", "village-class"}, {"ranking.scope", "track"}, {"ranking.show", "ranks"},
		{"themes", "per-round"}, {"rubric", "per-round"}, {"stages", "[visit, speech, comment, assembly]"},
		{"items.theme.points", "100"},
		{"channels.observe.source", "onsite"}, {"channels.observe.weight", "40"}, {"channels.speech.weight", "20"}, {"channels.comment.weight", "10"}, {"channels.assembly.weight", "30"},
		{"channels.speech.judges", "{min: 5, combine: trimmed, drop: 1}"}, {"channels.comment.judges.combine", "single"},
		{"panels.minMembers", "5"},
		{"bands.top.best", "3"}, {"bands.bottom.worst", "3"}, {"bands.improved.gain", "3"}, {"bands.improved.against", "previous-held"}, {"bands.improved.small", ""},
		{"outcomes[0].when", "top"}, {"outcomes[0].do", "sharing"}, {"outcomes[1].when", "improved"}, {"outcomes[1].do", "sharing"},
		{"outcomes[2].when", "bottom"}, {"outcomes[2].do", "talk"}, {"outcomes[2].byRole", "deputy-secretary"}, {"outcomes[2].with", "[person]"},
		{"rollups.quarter.of", "rounds"}, {"rollups.quarter.minAttended", "2"}, {"rollups.quarter.bands.bottom.worst", "3"}, {"rollups.quarter.outcomes[0].byRole", "mayor"},
		{"rollups.year.of", "quarter"}, {"rollups.year.minAttended", "3"}, {"rollups.year.outcomes[0].do", "statement"}, {"rollups.year.outcomes[0].byRole", ""},
		{"pairing", "{lead: top, follow: bottom, exchangesPerMonth: 2}"}, {"feeds[0].into", "duty-list"}, {"feeds[0].weight", "20"},
	})
	theme, _ := d.Item("theme")
	for _, domain := range []string{"基层党建", "产业发展", "环境整治", "民生改善", "村庄治理"} {
		if !strings.Contains(theme.Criteria, domain) {
			t.Errorf("the themes leave %s out: %s", domain, theme.Criteria)
		}
	}
	if len(d.Streaks) != 0 || len(d.ConfirmAtActivation) != 0 {
		t.Errorf("it has streaks %v and asks to confirm %v", d.Streaks, d.ConfirmAtActivation)
	}
}

// The term of first secretaries: who may be sent, for how long, how many days a
// month, the targets with their clocks, and a floor of excellent ones.
// covers D01, D03, D04, D10, D14, D15, D16, D17, D18, D19, D20, D21, D22, D24, D31, D33
func TestTermSaysWhatItsNoticeAsksFor(t *testing.T) {
	t.Parallel()
	d := states(t, "first-secretary-term", []fact{
		{"subject", "person"}, {"calendar.every", "year"}, {"calendar.window", "{from: 12-01, to: 12-31}"}, {"calendar.day", ""},
		{"channels.verification.judges", "{min: 3, combine: mean}"}, {"channels.verification.weight", "100"},
		{"items.conduct.name.zh-Hans", "作风"}, {"items.service.name.zh-Hans", "为民"}, {"items.discipline.name.zh-Hans", "纪律"}, {"items.results.name.zh-Hans", "实绩"}, {"items.results.points", "25"},
		{"postings.selection.maxAge", "57"}, {"postings.selection.partyYears", "1"}, {"postings.selection.workYears", "2"},
		{"postings.team", "{minMembers: 2, for: [poverty-lifted, prominent-problem]}"}, {"postings.term", "24"}, {"postings.statement.minDays", "20"},
		{"postings.milestones.weak-village-solved.clock", "months"}, {"postings.milestones.weak-village-solved.months", "12"}, {"postings.milestones.weak-village-solved.formula", "openProblems == 0"},
		{"postings.milestones.star-rating.formula", "starRating >= 4"}, {"postings.milestones.star-rating.months", ""},
		{"postings.milestones.new-member.clock", "term"}, {"postings.milestones.new-member.formula", "newPartyMembers >= 1"},
		{"postings.milestones.reserve.formula", "reserve >= 3 and reservePrincipal >= 1"},
		{"postings.milestones.cooperative.months", "6"}, {"postings.milestones.industries.formula", "industries >= 1"},
		{"postings.milestones.income.clock", "yearly"}, {"postings.milestones.income.formula", "collectiveIncome - collectiveIncomeBefore >= 30000 and collectiveIncome >= 100000"},
		{"postings.milestones.households.clock", "quarterly"}, {"postings.milestones.households.formula", "householdsVisited >= households"},
		{"postings.milestones.livelihood.clock", "yearly"}, {"postings.milestones.livelihood.formula", "livelihoodItems >= 3"},
		{"grades.annual.decision", "own"}, {"grades.annual.steps.excellent.quota", "{atLeast: 30%, kind: hard, of: persons}"}, {"grades.annual.steps.excellent.tieBreak", "[daysTotal]"},
		{"grades.annual.steps.excellent.ties", "inclusive"}, {"grades.annual.steps.excellent.unused", ""}, {"grades.annual.steps.incompetent.quota", ""},
		{"rollups.term.months", "from-first-round"}, {"rollups.term.minAttended", "2"}, {"announce.audience", "county"},
	})
	for _, m := range d.Postings.Milestones {
		if metrics, reason := Formula(m.Formula); reason != "" || len(metrics) == 0 {
			t.Errorf("%s: %v, %s", m.Key, metrics, reason)
		}
	}
}

// The year's assessment: half a ballot of four groups, half the work, grades by
// thresholds and by a quota that needs another grade, talks and dates.
// covers E01, E03, E04, E06, E08, E10, E11, E13, E20, E22, E23, E27
func TestAnnualAssessmentSaysWhatItsNoticeAsksFor(t *testing.T) {
	t.Parallel()
	d := states(t, "annual-assessment", []fact{
		{"subject", "person"}, {"calendar.window", "{from: 01-07, to: 01-17, in: next-year}"}, {"panels.groups", "4"}, {"ranking.show", "none"},
		{"items.work.evidence", "[document, observed]"}, {"items.work.points", "100"}, {"channels.verification.source", "verification"},
		{"parts.ballot.weight", "50"}, {"parts.ballot.from", "ballots.assembly"}, {"parts.work.weight", "50"}, {"parts.work.from", "items"},
		{"ballots.assembly.options.excellent.score", "100"}, {"ballots.assembly.options.competent.score", "80"}, {"ballots.assembly.options.basic.score", "60"}, {"ballots.assembly.options.incompetent.score", "0"},
		{"ballots.assembly.groups.street-leaders.weight", "30"}, {"ballots.assembly.groups.party-members.weight", "30"}, {"ballots.assembly.groups.group-heads-and-masses.weight", "30"}, {"ballots.assembly.groups.delegates.weight", "10"},
		{"grades.duty-review.decision", "own"}, {"grades.duty-review.of", "entered"}, {"grades.duty-review.steps.good.from", ""}, {"grades.annual.of", ""}, {"ballots.assembly.recuse", "[]"},
		{"grades.duty-review.steps.good.name.zh-Hans", "好"}, {"grades.duty-review.steps.fairly-good.name.zh-Hans", "较好"}, {"grades.duty-review.steps.average.name.zh-Hans", "一般"}, {"grades.duty-review.steps.poor.name.zh-Hans", "差"},
		{"grades.annual.decision", "superior"}, {"grades.annual.steps.excellent.quota", "{atMost: 40%, kind: hard, of: persons}"}, {"grades.annual.steps.excellent.needs", "{duty-review: good}"},
		{"grades.annual.steps.excellent.tieBreak", "[work]"}, {"grades.annual.steps.excellent.ties", "decide"}, {"grades.annual.steps.excellent.unused", "pass-on"}, {"grades.annual.steps.competent.quota", ""},
		{"talkIf.duty-review", "[average, poor]"},
		{"deadlines[0]", "{document: duty-report-review, due: 01-14}"}, {"deadlines[1]", "{document: duty-report, due: 01-17, maxCharacters: 2000}"}, {"deadlines[4]", "{document: assessment-form, due: 01-21}"},
		{"outcomes", ""}, {"bands", ""}, {"issues", ""},
	})
	for _, paper := range []string{"registration-form", "ballot-form", "ballot-summary", "assessment-form", "rectification-list", "duty-report", "contact-table"} {
		if !slices.Contains(d.Documents, paper) {
			t.Errorf("it does not print the %s", paper)
		}
	}
	if len(d.Deadlines) != 5 {
		t.Errorf("there are %d deadlines", len(d.Deadlines))
	}
}

// The other grades of the year's end: villages, cadres and teams, each with its
// ceiling and with who decides.
// covers E11, E12, E14, E15, Q17, Q18, Q20
func TestTheOtherAnnualGrades(t *testing.T) {
	t.Parallel()
	for key, want := range map[string][]fact{
		"annual-assessment-villages": {
			{"subject", "village"}, {"grades.annual.decision", "own"}, {"grades.annual.steps.class-a.quota", "{atMost: 50%, kind: hard, of: subjects}"}, {"ballots", ""},
		},
		"annual-assessment-cadres": {
			{"subject", "person"}, {"grades.annual.decision", "own"}, {"grades.annual.steps.excellent.quota", "{atMost: 30%, kind: soft, of: persons}"}, {"parts.ballot.weight", "50"},
		},
		"annual-assessment-teams": {
			{"subject", "team"}, {"grades.annual.decision", "superior"}, {"grades.annual.steps.excellent.quota", "{atMost: 40%, kind: hard, of: teams}"}, {"parts.work.from", "items"},
		},
	} {
		d := states(t, key, append(want, fact{"calendar.window", "{from: 01-07, to: 01-17, in: next-year}"}, fact{"deadlines[0]", "{document: duty-report, due: 01-17, maxCharacters: 2000}"}))
		if steps := d.Grades[0].Steps; steps[0].Unused != "pass-on" || steps[0].Ties != "decide" || steps[len(steps)-1].Quota != nil {
			t.Errorf("%s: %+v", key, steps)
		}
	}
}

// A scheme of one's own: points by formula, by level and off, a bonus beside the
// scale, and a veto that cites its basis.
// covers G11
func TestTheSixthScheme(t *testing.T) {
	t.Parallel()
	states(t, "county-township-contest", []fact{
		{"subject", "township"}, {"calendar.every", "quarter"}, {"items.industry.kind", "metric"}, {"items.habitat.kind", "levels"}, {"items.safety.kind", "deductions"},
		{"items.safety.floor", "0"}, {"items.merit.kind", "bonus"}, {"items.merit.cap", "5"}, {"items.accident.kind", "veto"}, {"items.accident.basis", "演县办发〔2024〕8号"},
		{"items.accident.effect", "zero"}, {"outcomes[0].to", "[township]"}, {"ranking.show", "top-only"}, {"announce.audience", "county"},
	})
}
