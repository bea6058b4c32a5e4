package rectify_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/rectify"
	"leitai/internal/template"
)

var once = template.Issues{Overdue: template.IssueOverdue{Times: exact.Int(2), Once: true, DueDay: "in-time"}, Into: "account"}

func issue(base, closed string) rectify.Issue {
	i := rectify.Issue{Base: exact.Must(base), Due: calendar.MustDate("2023-05-20")}
	if closed != "" {
		i.Closed = calendar.MustDate(closed)
	}
	return i
}

// covers A39, A40, A41b, Q15
func TestOverdueDoubles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, closed, day string
		state             rectify.State
		late              int
		penalty           string
		accountability    bool
		light             rectify.Light
	}{
		{"open, far from due", "", "2023-05-16", rectify.Open, 0, "1.5", false, rectify.Blue},
		{"open, due soon", "", "2023-05-17", rectify.Open, 0, "1.5", false, rectify.Yellow},
		{"open on the due day", "", "2023-05-20", rectify.Open, 0, "1.5", false, rectify.Yellow},
		{"a day late", "", "2023-05-21", rectify.OpenOverdue, 1, "3", true, rectify.Red},
		{"long overdue", "", "2023-06-30", rectify.OpenOverdue, 41, "3", true, rectify.Red},
		{"closed before", "2023-05-18", "2023-06-30", rectify.ClosedOnTime, 0, "1.5", false, rectify.NoLight},
		{"closed on the due day", "2023-05-20", "2023-06-30", rectify.ClosedOnTime, 0, "1.5", false, rectify.NoLight},
		{"closing late does not undo it", "2023-05-22", "2023-06-30", rectify.ClosedLate, 2, "3", false, rectify.NoLight},
		{"closed after the day that is asked about", "2023-05-22", "2023-05-21", rectify.OpenOverdue, 1, "3", true, rectify.Red},
	} {
		a := rectify.Assess(once, issue("1.5", c.closed), calendar.MustDate(c.day), nil)
		if a.State != c.state || a.DaysLate != c.late || !a.Penalty.Equal(exact.Must(c.penalty)) || a.Accountability != c.accountability || a.Light != c.light {
			t.Errorf("%s: %+v (penalty %s)", c.name, a, a.Penalty)
		}
	}
}

// covers Q15
func TestOtherReadingsOfOverdue(t *testing.T) {
	t.Parallel()
	late := once
	late.Overdue.DueDay = rectify.DueDayLate
	if a := rectify.Assess(late, issue("1", "2023-05-20"), calendar.MustDate("2023-05-31"), nil); a.State != rectify.ClosedLate || a.DaysLate != 0 || !a.Penalty.Equal(exact.Int(2)) {
		t.Errorf("the due day itself is late: %+v", a)
	}
	each := once
	each.Overdue.Once = false
	rounds := []calendar.Date{calendar.MustDate("2023-05-04"), calendar.MustDate("2023-05-30"), calendar.MustDate("2023-06-30"), calendar.MustDate("2023-07-31")}
	for day, want := range map[string]string{"2023-05-20": "1", "2023-05-21": "2", "2023-05-30": "2", "2023-06-29": "2", "2023-06-30": "4", "2023-07-31": "8"} {
		if a := rectify.Assess(each, issue("1", ""), calendar.MustDate(day), rounds); !a.Penalty.Equal(exact.Must(want)) {
			t.Errorf("on %s the deduction is %s, want %s", day, a.Penalty, want)
		}
	}
	if a := rectify.Assess(each, issue("1", "2023-06-30"), calendar.MustDate("2023-12-31"), rounds); !a.Penalty.Equal(exact.Int(4)) {
		t.Errorf("closing stops the doubling, at %s", a.Penalty)
	}
	triple := once
	triple.Overdue.Times = exact.Int(3)
	if a := rectify.Assess(triple, issue("2", ""), calendar.MustDate("2023-06-01"), nil); !a.Penalty.Equal(exact.Int(6)) {
		t.Errorf("three times 2 is %s", a.Penalty)
	}
	if a := rectify.Assess(template.Issues{Overdue: template.IssueOverdue{Once: true}}, issue("2", ""), calendar.MustDate("2023-06-01"), nil); !a.Penalty.Equal(exact.Int(4)) {
		t.Errorf("where nothing is said it doubles: %s", a.Penalty)
	}
}

func TestDeductionNeverShrinksWithTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i := issue("2", "")
		closes := rapid.IntRange(-10, 60).Draw(t, "closes")
		if closes >= 0 {
			i.Closed = i.Due.AddDays(closes - 5)
		}
		rule := once
		rule.Overdue.Once = rapid.Bool().Draw(t, "once")
		var rounds []calendar.Date
		for k := range 4 {
			rounds = append(rounds, i.Due.AddDays(k*20-15))
		}
		from := rapid.IntRange(-10, 60).Draw(t, "day")
		before := rectify.Assess(rule, i, i.Due.AddDays(from), rounds)
		after := rectify.Assess(rule, i, i.Due.AddDays(from+1), rounds)
		if after.Penalty.Cmp(before.Penalty) < 0 || before.Penalty.Cmp(i.Base) < 0 || after.DaysLate < before.DaysLate {
			t.Fatalf("%+v, a day later %+v", before, after)
		}
	})
}

// covers A39
func TestWorkOnAnIssue(t *testing.T) {
	t.Parallel()
	w := rectify.Work{Stage: rectify.Assigned}
	answered, err := w.Answer("village", "已清运")
	if err != nil || answered.Stage != rectify.Answered {
		t.Fatalf("%+v, %v", answered, err)
	}
	returned, err := answered.Return("inspector", "照片不清")
	if err != nil || returned.Stage != rectify.Returned || returned.Reason != "照片不清" {
		t.Fatalf("%+v, %v", returned, err)
	}
	again, err := returned.Answer("village", "已重拍")
	if err != nil || again.Measure != "已重拍" {
		t.Fatalf("%+v, %v", again, err)
	}
	closed, err := again.Close("inspector")
	if err != nil || closed.Stage != rectify.Closed || closed.VerifiedBy != "inspector" {
		t.Fatalf("%+v, %v", closed, err)
	}
}

// covers A39
func TestStepsThatAreRefused(t *testing.T) {
	t.Parallel()
	assigned := rectify.Work{Stage: rectify.Assigned}
	answered, _ := assigned.Answer("village", "已清运")
	closed, _ := answered.Close("inspector")
	for name, c := range map[string]struct {
		step func() (rectify.Work, error)
		want fault.Code
	}{
		"close without an answer":  {func() (rectify.Work, error) { return assigned.Close("inspector") }, fault.WrongState},
		"return without an answer": {func() (rectify.Work, error) { return assigned.Return("inspector", "x") }, fault.WrongState},
		"answer twice":             {func() (rectify.Work, error) { return answered.Answer("village", "x") }, fault.WrongState},
		"answer what is closed":    {func() (rectify.Work, error) { return closed.Answer("village", "x") }, fault.WrongState},
		"close twice":              {func() (rectify.Work, error) { return closed.Close("inspector") }, fault.WrongState},
		"answer without a measure": {func() (rectify.Work, error) { return assigned.Answer("village", "") }, fault.IssueMeasureMissing},
		"answer by nobody":         {func() (rectify.Work, error) { return assigned.Answer("", "x") }, fault.IssuePersonMissing},
		"return without a reason":  {func() (rectify.Work, error) { return answered.Return("inspector", "") }, fault.IssueReasonMissing},
		"verify one's own answer":  {func() (rectify.Work, error) { return answered.Close("village") }, fault.IssueSamePerson},
		"return one's own answer":  {func() (rectify.Work, error) { return answered.Return("village", "x") }, fault.IssueSamePerson},
		"verify by nobody":         {func() (rectify.Work, error) { return answered.Close("") }, fault.IssuePersonMissing},
	} {
		if w, err := c.step(); fault.CodeOf(err) != c.want {
			t.Errorf("%s gives %+v, %v; want %s", name, w, err, c.want)
		}
	}
}
