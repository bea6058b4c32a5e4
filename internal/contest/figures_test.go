package contest_test

import (
	"fmt"
	"slices"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// A figure that does not hold is refused at its place, whatever else is right.
func TestFiguresAreRefusedAtTheirPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(in *contest.Input)
		want  string
	}{
		"metric of nobody":     {func(in *contest.Input) { in.Metrics[1].Subject = "V9" }, "INPUT_SUBJECT_UNKNOWN metrics[1].subject"},
		"metric twice":         {func(in *contest.Input) { in.Metrics[1].Key = "income" }, "INPUT_VALUE_TWICE metrics[1]"},
		"fact without a name":  {func(in *contest.Input) { in.Facts[0].Key = "" }, "INPUT_VALUE_TWICE facts[0]"},
		"fact of nobody":       {func(in *contest.Input) { in.Facts[0].Subject = "" }, "INPUT_SUBJECT_UNKNOWN facts[0].subject"},
		"exam of another kind": {func(in *contest.Input) { in.Exams[0].Item = "party" }, "INPUT_KEY_UNKNOWN exams[0].item"},
		"exam of nobody":       {func(in *contest.Input) { in.Exams[0].Subject = "V9" }, "INPUT_SUBJECT_UNKNOWN exams[0].subject"},
		"exam mean of 101":     {func(in *contest.Input) { in.Exams[0].Mean = exact.Int(101) }, "INPUT_VALUE_RANGE exams[0].mean"},
		"exam twice":           {func(in *contest.Input) { in.Exams[1].Subject = "V1" }, "INPUT_VALUE_TWICE exams[1]"},
		"unknown ballot":       {func(in *contest.Input) { in.Ballots[0].Ballot = "likes" }, "INPUT_KEY_UNKNOWN ballots[0].ballot"},
		"ballot of nobody":     {func(in *contest.Input) { in.Ballots[0].Subject = "V9" }, "INPUT_SUBJECT_UNKNOWN ballots[0].subject"},
		"ballot score below 0": {func(in *contest.Input) { in.Ballots[0].Score = exact.Int(-1) }, "INPUT_VALUE_RANGE ballots[0].score"},
		"ballot twice":         {func(in *contest.Input) { in.Ballots[1].Subject = "V1" }, "INPUT_VALUE_TWICE ballots[1]"},
		"part from items":      {func(in *contest.Input) { in.Entered[0].Part = "work" }, "INPUT_KEY_UNKNOWN entered[0].part"},
		"part of nobody":       {func(in *contest.Input) { in.Entered[0].Subject = "V9" }, "INPUT_SUBJECT_UNKNOWN entered[0].subject"},
		"part over the scale":  {func(in *contest.Input) { in.Entered[0].Value = exact.Int(101) }, "INPUT_VALUE_RANGE entered[0].value"},
		"part twice":           {func(in *contest.Input) { in.Entered[1].Subject = "V1" }, "INPUT_VALUE_TWICE entered[1]"},
		"unknown grade":        {func(in *contest.Input) { in.GradeDecisions = decided("V1", "superb") }, "INPUT_GRADE_UNKNOWN gradeDecisions[0].grade"},
		"grade of nobody":      {func(in *contest.Input) { in.GradeDecisions = decided("V9", "excellent") }, "INPUT_SUBJECT_UNKNOWN gradeDecisions[0].subject"},
		"grade twice": {func(in *contest.Input) {
			in.GradeDecisions = append(decided("V1", "excellent"), decided("V1", "competent")...)
		}, "INPUT_VALUE_TWICE gradeDecisions[1]"},
		"detail that is wrong": {func(in *contest.Input) { markOf(in, "list").Detail.Checks[0].State = "perhaps" }, "MARK_DETAIL_STATE marks[10].detail.checks[0].state"},
		"value of a detail":    {func(in *contest.Input) { markOf(in, "list").Value = exact.Must("9.5") }, "MARK_DETAIL_VALUE marks[10].value"},
		"decision about a part": {func(in *contest.Input) {
			in.Decisions = []contest.Decision{{Subject: "V1", Part: "work", Do: "zero", Reason: "无"}}
		}, "INPUT_DECISION decisions[0]"},
		"part and item at once": {func(in *contest.Input) {
			in.Decisions = []contest.Decision{{Subject: "V1", Part: "daily", Item: "income", Do: "zero", Reason: "无"}}
		}, "INPUT_DECISION decisions[0]"},
		"division by zero": {func(in *contest.Input) { in.Metrics[1].Value = exact.Number{} }, "FORMULA_DIVISION_BY_ZERO rubric[4].formula"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := played(shared(), 2, steady)
			c.spoil(&in)
			_, err := contest.Compute(in)
			faults := fault.All(err)
			if len(faults) != 1 || fmt.Sprint(faults[0].Code, " ", faults[0].Field) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// What the public form says of a cell is checked like a mark.
func TestMeansAreRefusedAtTheirPlace(t *testing.T) {
	t.Parallel()
	public, err := contest.PublicInput(played(shared(), 2, steady))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		item  string
		spoil func(m *contest.Mean)
		want  fault.Code
	}{
		"what applies says that it does not": {"party", func(m *contest.Mean) { m.NA = true }, fault.DetailKind},
		"over the item's points":             {"list", func(m *contest.Mean) { m.Value = exact.Int(11) }, fault.MarkOutOfRange},
		"a deduction below its floor":        {"safety", func(m *contest.Mean) { m.Value = exact.Int(-1) }, fault.MarkOutOfRange},
		"nobody marked":                      {"race", func(m *contest.Mean) { m.Judges = 0 }, fault.InputMarkTwice},
	} {
		in := public
		in.Means = slices.Clone(public.Means)
		i := slices.IndexFunc(in.Means, func(m contest.Mean) bool { return m.Item == c.item })
		c.spoil(&in.Means[i])
		if _, err := contest.Compute(in); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A team stands for its persons where the quota counts persons; nonsense counts
// as one.
// covers Q20
func TestQuotasCountPersonsOfTeams(t *testing.T) {
	t.Parallel()
	in := played(everything(), 3, steady)
	in.Template.Grades[1].Steps[0].Quota.Of, in.Template.Grades[1].Steps[0].Needs = "persons", nil
	for i, persons := range []string{"3", "3", "3"} {
		in.Facts = append(in.Facts, contest.Fact{Subject: in.Roster[i].ID, Key: contest.FactPersons, Value: exact.Must(persons)})
	}
	seats := compute(t, in).Grades[1].Steps[0]
	if seats.Of != 9 || seats.Seats != 3 || seats.Counted != "persons" || seats.Beside == nil || seats.Beside.Of != 3 || seats.Beside.Seats != 1 {
		t.Errorf("%+v, beside %+v", seats, seats.Beside)
	}
	for i, nonsense := range []string{"-3", "99999999999", "1/2"} {
		in.Facts[len(in.Facts)-3+i].Value = exact.Must(nonsense)
	}
	if seats := compute(t, in).Grades[1].Steps[0]; seats.Of != 3 {
		t.Errorf("%+v", seats)
	}
}

func decided(subject, grade string) []contest.GradeDecision {
	return []contest.GradeDecision{{Scale: "annual", Subject: subject, Grade: grade, Reason: "集体研究", By: "P1"}}
}

func markOf(in *contest.Input, item string) *contest.Mark {
	return &in.Marks[slices.IndexFunc(in.Marks, func(m contest.Mark) bool { return m.Item == item })]
}

// Version 1 of the rules refuses, by name, what it did not know.
func TestRulesOneRefuseWhatTheyDidNotKnow(t *testing.T) {
	t.Parallel()
	in := played(everything(), 2, steady)
	in.Rules = 1
	in.GradeDecisions = decided("V1", "excellent")
	in.Roster[1].Unit = "V2"
	in.Decisions = []contest.Decision{{Subject: "V1", Part: "daily"}}
	in.Template.Themes = "per-round"
	_, err := contest.Compute(in)
	var fields []string
	for _, f := range fault.All(err) {
		if f.Code != fault.InputRulesOlder {
			t.Errorf("%v", f)
		}
		fields = append(fields, f.Field)
	}
	want := "[ballots decisions entered exams facts gradeDecisions marks metrics roster rubric template.ballots template.bands template.channels template.grades template.legend template.pairing template.parts template.talkIf template.themes template.tracks]"
	if fmt.Sprint(fields) != want {
		t.Errorf("%v", fields)
	}
	plain := seven("2023-04")
	plain.Rules = 1
	if result := compute(t, plain); result.Rules != 1 || board(result) != board(compute(t, seven("2023-04"))) {
		t.Errorf("what version 1 knew comes out as %s", board(result))
	}
}

// covers B01, B06
func TestCoverageNamesWhoeverWasNotSeen(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Coverage: &template.Coverage{Blocks: true, AllSubjectsBy: "06-20"}, Evidence: &template.Evidence{MinPhotos: 2}}
	subjects, quarter := []string{"V2", "V10", "V1"}, calendar.MustPeriod("2023-Q2")
	faults := contest.Coverage(doc, quarter, subjects, map[string]bool{"V1": true, "V10": true}, map[string]int{"V1": 2, "V10": 1})
	if got := fmt.Sprint(faults[0].Code, faults[0].Subjects, faults[1].Code, faults[1].Subjects); len(faults) != 2 || got != "NOT_ALL_VISITED[V2]PHOTO_MISSING[V10]" {
		t.Errorf("%s", got)
	}
	if got := faults[0].Message(fault.Chinese); got != "还有对象未观摩，应在 2023-06-20 前全部走到，走到后方可公布" {
		t.Errorf("%s", got)
	}
	if got := faults[1].Message(fault.Chinese); got != "有对象的现场照片不足 2 张，应补拍留存" {
		t.Errorf("%s", got)
	}
	all := map[string]bool{"V1": true, "V2": true, "V10": true}
	if faults := contest.Coverage(doc, quarter, subjects, all, map[string]int{"V1": 2, "V2": 3, "V10": 2}); len(faults) > 0 {
		t.Errorf("all seen, but %v", faults)
	}
	doc.Coverage.Blocks = false
	if faults := contest.Coverage(doc, quarter, subjects, nil, nil); len(faults) > 0 {
		t.Errorf("nobody was visited, which blocks nothing here, nor asks for photos of nothing: %v", faults)
	}
	if faults := contest.Coverage(&template.Document{}, quarter, subjects, nil, nil); len(faults) > 0 {
		t.Errorf("no such rule, but %v", faults)
	}
	if got := contest.CoverageDue(doc, quarter).String(); got != "2023-06-20" {
		t.Errorf("due %s", got)
	}
	if got := contest.CoverageDue(&template.Document{}, quarter).String(); got != "2023-06-30" {
		t.Errorf("due %s", got)
	}
}

// covers Q6, Q7, Q11, Q24
func TestWhatIfOnAnyInput(t *testing.T) {
	t.Parallel()
	in := played(shared(), 12, steady)
	number := func(n int64) map[string]exact.Number {
		return map[string]exact.Number{"work": exact.Int(n), "daily": exact.Int(80 - n)}
	}
	for name, c := range map[string]struct {
		change contest.Change
		moves  bool
	}{
		"nothing": {func(*template.Document) {}, false},
		"parts":   {contest.WithPartWeights(number(10)), true},
		"items":   {contest.WithItemPoints(map[string]exact.Number{"party": exact.Int(10), "test": exact.Int(30)}), true},
		"sizes":   {func(doc *template.Document) { doc.Bands[0].Best, doc.Bands[1].Worst = 1, 1 }, true},
		"ties":    {func(doc *template.Document) { doc.Bands[0].Ties = "exclusive" }, false}, // nobody is tied here
		"scope":   {func(doc *template.Document) { doc.Ranking = template.Ranking{On: "exact", Scope: "track"} }, true},
		"legend":  {func(doc *template.Document) { doc.Legend, doc.Grades, doc.TalkIf = nil, nil, nil }, false},
	} {
		d, err := contest.WhatIf([]contest.Input{in}, c.change)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if moved := d.RanksChanged > 0 || len(d.Bands) > 0; moved != c.moves {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if in.Rubric[0].Points.String() != "30" || in.Template.Parts[0].Weight.String() != "70" {
		t.Error("a simulation changed the round itself")
	}
}
