package consequences

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// What is asked is told with its day, what came first, what counts now, and what
// is late: handed in late, or not yet although it was due. covers E27
func TestAskedDocuments(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Deadlines: []template.Deadline{{Document: "form", Due: "01-17"}, {Document: "report", Due: "01-14"}}}
	a, b := Known{Subject: uuid.New(), Name: "甲村"}, Known{Subject: uuid.New(), Name: "乙村"}
	handed := []*Submission{
		{Document: "report", Subject: a.Subject, Number: 1, HandedOn: calendar.MustDate("2022-01-14")},
		{Document: "report", Subject: a.Subject, Number: 2, HandedOn: calendar.MustDate("2022-01-20")}, // a better one later
		{Document: "form", Subject: b.Subject, Number: 1, HandedOn: calendar.MustDate("2022-01-18")},
	}
	all, err := asked(doc, []Known{a, b}, handed, 2022, calendar.MustDate("2022-01-15"))
	if err != nil || len(all) != 4 || all[0].Document != "report" {
		t.Fatalf("%v %+v", err, all)
	}
	for i, want := range []struct {
		number int
		late   bool
	}{{2, false}, {0, true}, {0, false}, {1, true}} {
		number := 0
		if all[i].Submission != nil {
			number = all[i].Submission.Number
		}
		if number != want.number || all[i].Late != want.late {
			t.Errorf("%s of %s: number %d, late %v", all[i].Document, all[i].Subject.Name, number, all[i].Late)
		}
	}
}

// A report has parts with keys of their own and at most two thousand characters
// of text, blanks aside, unless the template says otherwise. covers E04, E17
func TestLengthOfReports(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("党 建\n", 500) // 1000 characters
	two := func(first, second string) []ReportPart {
		return []ReportPart{{Key: "party-building", Text: first}, {Key: "ideology", Text: second}}
	}
	for _, c := range []struct {
		parts []ReportPart
		most  int
		want  int
		code  fault.Code
	}{
		{two(long, long), 0, 2000, ""},
		{two(long, long+"超"), 0, 0, fault.ReportTooLong},
		{two(long, long+"超"), 3000, 2001, ""},
		{two(long, " "), 0, 0, fault.ReportPartEmpty},
		{[]ReportPart{{Key: "a", Text: "x"}, {Key: "a", Text: "y"}}, 0, 0, fault.ReportPartEmpty},
	} {
		n, err := lengthOf(c.parts, c.most)
		if n != c.want || fault.CodeOf(err) != c.code {
			t.Errorf("%d characters, %v; want %d, %s", n, err, c.want, c.code)
		}
	}
}

// A hand-in is one of text, file or paper, for a document that is asked, and not
// ahead of its day. covers E27
func TestHandingIn(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Deadlines: []template.Deadline{{Document: "report", Due: "01-14"}}}
	today := calendar.MustDate("2022-01-10")
	try := func(in SubmissionInput) (fault.Code, *Submission) {
		in.Year = 2022
		s, err := in.made(doc, Known{Subject: uuid.New()}, today)
		return fault.CodeOf(err), s
	}
	paper := SubmissionInput{Document: "report", HandedOn: today, Note: "存党建办"}
	if code, s := try(paper); code != "" || s.Due != calendar.MustDate("2022-01-14") || s.Year != "2022" {
		t.Errorf("%s %+v", code, s)
	}
	both := paper
	both.Parts = []ReportPart{{Key: "a", Text: "x"}}
	neither, other, ahead := paper, paper, paper
	neither.Note, other.Document, ahead.HandedOn = " ", "form", today.AddDays(1)
	for want, in := range map[fault.Code]SubmissionInput{fault.DocumentNotAsked: other, fault.ExchangeDay: ahead} {
		if code, _ := try(in); code != want {
			t.Errorf("want %s, got %s", want, code)
		}
	}
	for _, in := range []SubmissionInput{both, neither} {
		if code, _ := try(in); code != fault.SubmissionEmpty {
			t.Errorf("got %s", code)
		}
	}
}

// What other schemes feed is weighed by source: a subject's own, or what belongs
// to its place where others are judged there. covers B13, B14, B15, C09
func TestFedMeans(t *testing.T) {
	t.Parallel()
	village, person, elsewhere := uuid.New(), uuid.New(), uuid.New()
	known := map[string]Known{"V1": {Subject: village, Unit: village}, "S1": {Subject: person, Unit: village}, "V2": {Subject: elsewhere, Unit: elsewhere}}
	fed := []Fed{
		{Subject: person, Unit: village, Value: exact.Int(90), Weight: exact.Int(20)},
		{Subject: person, Unit: village, Value: exact.Int(60), Weight: exact.Int(10)},
		{Subject: village, Unit: village, Value: exact.Int(70), Weight: exact.Int(10)},
	}
	got := fedMeans(known, fed)
	if v := got["S1"]; !v.Equal(exact.Int(80)) {
		t.Errorf("the person's own: %s", v)
	}
	if v := got["V1"]; !v.Equal(exact.Int(70)) {
		t.Errorf("the village's own: %s", v)
	}
	if _, there := got["V2"]; there || len(got) != 2 {
		t.Errorf("%v", got)
	}
	if v := fedMeans(map[string]Known{"V1": known["V1"]}, fed[:1])["V1"]; !v.Equal(exact.Int(90)) {
		t.Errorf("of the place: %s", v)
	}
}

// Excellent two years running on one scale is a preference; one year, or on two
// scales, is none. covers D34
func TestPreferredPersons(t *testing.T) {
	t.Parallel()
	a, b, c := uuid.New(), uuid.New(), uuid.New()
	grades := []GradedIn{
		{Person: a, Scale: "annual", Grade: "excellent", Year: 2022}, {Person: a, Scale: "annual", Grade: "excellent", Year: 2023},
		{Person: b, Scale: "annual", Grade: "competent", Year: 2022}, {Person: b, Scale: "annual", Grade: "excellent", Year: 2023},
		{Person: c, Scale: "annual", Grade: "excellent", Year: 2022}, {Person: c, Scale: "term", Grade: "excellent", Year: 2023},
	}
	if got := preferred(grades, 2023); len(got) != 1 || got[0].Person != a || got[0].Years != [2]int{2022, 2023} {
		t.Errorf("%+v", got)
	}
}

// What a year hands to the target assessment: its value, the balance of the
// subject's own account, deductions beside it, and the items it stood first in.
// covers A35, A36
func TestYearLine(t *testing.T) {
	t.Parallel()
	village, other := uuid.New(), uuid.New()
	points := []ItemPoints{
		{Item: "party", ItemName: "党建", Subject: village, Name: "甲", Points: exact.Int(40)}, {Item: "party", ItemName: "党建", Subject: other, Name: "乙", Points: exact.Int(40)},
		{Item: "safety", ItemName: "安全", Subject: village, Name: "甲", Points: exact.Int(10)}, {Item: "safety", ItemName: "安全", Subject: other, Name: "乙", Points: exact.Int(20)},
	}
	items := standings(points)
	accounts := []Account{{Unit: &village, Balance: exact.Int(5), Deductions: exact.Int(-2)}, {Unit: &other, Balance: exact.Int(9)}}
	line := yearLine(RollupRow{Unit: village, Rank: 1}, accounts, items)
	if !line.Balance.Equal(exact.Int(5)) || !line.Deductions.Equal(exact.Int(-2)) || len(line.Best) != 1 || line.Best[0] != "党建" {
		t.Errorf("%+v", line)
	}
}
