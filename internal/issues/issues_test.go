package issues

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/rectify"
	"leitai/internal/viewer"
)

// An issue is opened with what is wrong, a deadline from today on and a base of
// 0 or more; everything that is missing is named at once. covers A39, Q15
func TestOpeningIsChecked(t *testing.T) {
	t.Parallel()
	today := calendar.MustDate("2023-05-05")
	bad := Opening{Title: " ", Base: exact.Must("-1"), Due: calendar.MustDate("2023-05-04")}
	faults := fault.All(bad.check(today))
	fields := map[string]fault.Code{}
	for _, f := range faults {
		fields[f.Field] = f.Code
	}
	if fields["title"] != fault.IssueTitleMissing || fields["base"] != fault.IssueBaseInvalid || fields["due"] != fault.IssueDuePast {
		t.Errorf("faults %v", faults)
	}
	for _, base := range []string{"0", "1.5"} {
		good := Opening{Title: "垃圾未清运", Base: exact.Must(base), Due: today}
		if err := good.check(today); err != nil {
			t.Errorf("base %s, due today: %v", base, err)
		}
	}
	if err := (Opening{Title: "x", Base: exact.Must("1/3"), Due: today}).check(today); fault.CodeOf(err) != fault.IssueBaseInvalid {
		t.Errorf("a base that no paper can print: %v", err)
	}
}

// The person who answered cannot verify the own answer, and a refused step
// leaves the issue as it was.
func TestTheAnswererDoesNotVerify(t *testing.T) {
	t.Parallel()
	village, office := &viewer.Viewer{Person: uuid.New()}, &viewer.Viewer{Person: uuid.New()}
	today := calendar.MustDate("2023-05-18")
	i := &Issue{Stage: rectify.Answered, AnsweredBy: &village.Person, Measure: "已清运"}
	verify := func(i *Issue, w rectify.Work, who *viewer.Viewer, today calendar.Date) (rectify.Work, error) {
		w, err := w.Close(who.Person.String())
		if err == nil {
			i.Closed = today
		}
		return w, err
	}
	if err := apply(i, village, today, verify); fault.CodeOf(err) != fault.IssueSamePerson || i.Stage != rectify.Answered || !i.Closed.IsZero() {
		t.Errorf("%v left %+v", err, i)
	}
	if err := apply(i, office, today, verify); err != nil || i.Stage != rectify.Closed || i.Closed != today {
		t.Errorf("%v left %+v", err, i)
	}
}

// The base counts for the month of the opening, the doubling for the month in
// which the issue fell overdue. covers A40, Q36
func TestMonthOfADeduction(t *testing.T) {
	t.Parallel()
	i := &Issue{Opened: calendar.MustDate("2023-05-25"), Due: calendar.MustDate("2023-06-05")}
	if got := monthOf(i, RuleBase); got != "2023-05" {
		t.Errorf("base counts for %s", got)
	}
	if got := monthOf(i, RuleOverdue); got != "2023-06" {
		t.Errorf("doubling counts for %s", got)
	}
}
