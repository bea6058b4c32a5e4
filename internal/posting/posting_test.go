package posting_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/posting"
	"leitai/internal/template"
)

func day(s string) calendar.Date { return calendar.MustDate(s) }

var selection = template.Selection{MaxAge: 57, PartyYears: 1, WorkYears: 2, Count: "completed-years", PartyFrom: "full-membership"}

// fit is somebody who may be sent on 1 September 2021.
func fit(change func(*posting.Facts)) posting.Facts {
	f := posting.Facts{Role: posting.FirstSecretary, Born: day("1990-05-01"), FullMemberSince: day("2012-06-01"), WorkSince: day("2012-07-01"), GrassrootsMonths: -1}
	if change != nil {
		change(&f)
	}
	return f
}

// covers D03, D04, D05, Q22
func TestWhoMayBeSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*posting.Facts)
		want   string
	}{
		{"fit", nil, "[]"},
		{"57 today", func(f *posting.Facts) { f.Born = day("1964-09-01") }, "[]"},
		{"58 today", func(f *posting.Facts) { f.Born = day("1963-09-01") }, "[AGE]"},
		{"58 tomorrow", func(f *posting.Facts) { f.Born = day("1963-09-02") }, "[]"},
		{"birth date not known", func(f *posting.Facts) { f.Born = calendar.Date{} }, "[AGE]"},
		{"a full member for a year today", func(f *posting.Facts) { f.FullMemberSince = day("2020-09-01") }, "[]"},
		{"a full member for a year tomorrow", func(f *posting.Facts) { f.FullMemberSince = day("2020-09-02") }, "[PARTY_YEARS]"},
		{"probationary", func(f *posting.Facts) { f.FullMemberSince = calendar.Date{} }, "[NOT_FULL_MEMBER]"},
		{"a full member from tomorrow", func(f *posting.Facts) { f.FullMemberSince = day("2021-09-02") }, "[NOT_FULL_MEMBER]"},
		{"at work for two years today", func(f *posting.Facts) { f.WorkSince = day("2019-09-01") }, "[]"},
		{"at work for two years tomorrow", func(f *posting.Facts) { f.WorkSince = day("2019-09-02") }, "[WORK_YEARS]"},
		{"work not known", func(f *posting.Facts) { f.WorkSince = calendar.Date{} }, "[WORK_YEARS]"},
		{"everything", func(f *posting.Facts) { *f = posting.Facts{Role: posting.FirstSecretary} }, "[AGE NOT_FULL_MEMBER WORK_YEARS]"},
		{"a team member needs none of the years", func(f *posting.Facts) { *f = posting.Facts{Role: posting.TeamMember, Born: day("1999-01-01")} }, "[]"},
		{"a team member's age counts", func(f *posting.Facts) {
			*f = posting.Facts{Role: posting.TeamMember, Born: day("1950-01-01")}
		}, "[AGE]"},
	} {
		v := posting.Check(selection, fit(c.change), day("2021-09-01"))
		if got := fmt.Sprint(v.Reasons); got != c.want || v.Eligible() != (c.want == "[]") {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// covers D05, D07
func TestPreferencesRecommendAndNeverBar(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*posting.Facts)
		want   string
	}{
		{"nothing stated", nil, "[]"},
		{"正科 of 35", func(f *posting.Facts) { f.Rank, f.Born = posting.SectionChief, day("1986-01-01") }, "[YOUNG_FOR_RANK]"},
		{"正科 of 36", func(f *posting.Facts) { f.Rank, f.Born = posting.SectionChief, day("1985-01-01") }, "[]"},
		{"副科 of 30", func(f *posting.Facts) { f.Rank, f.Born = posting.SectionDeputy, day("1991-01-01") }, "[YOUNG_FOR_RANK]"},
		{"副科 of 31", func(f *posting.Facts) { f.Rank, f.Born = posting.SectionDeputy, day("1990-01-01") }, "[]"},
		{"two years less a month at the grass roots", func(f *posting.Facts) { f.GrassrootsMonths = 23 }, "[LITTLE_GRASSROOTS]"},
		{"two years at the grass roots", func(f *posting.Facts) { f.GrassrootsMonths = 24 }, "[]"},
		{"unit and expertise", func(f *posting.Facts) { f.PreferredUnit, f.RuralExpertise = true, true }, "[UNIT_KIND RURAL_EXPERTISE]"},
		{"a team member of the Party", func(f *posting.Facts) { f.Role = posting.TeamMember }, "[PARTY_MEMBER]"},
	} {
		v := posting.Check(selection, fit(c.change), day("2021-09-01"))
		if got := fmt.Sprint(v.Flags); got != c.want || !v.Eligible() {
			t.Errorf("%s: flags %s, reasons %v; want %s", c.name, got, v.Reasons, c.want)
		}
	}
}

// covers Q22
func TestYearsAreCompletedYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, on string
		want     int
	}{
		{"2020-02-29", "2021-02-28", 0}, {"2020-02-29", "2021-03-01", 1}, {"2020-02-29", "2024-02-29", 4},
		{"2021-09-02", "2021-09-01", 0}, {"2021-09-01", "2021-09-01", 0}, {"1964-09-02", "2021-09-01", 56},
	} {
		if got := posting.Years(day(c.from), day(c.on)); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.from, c.on, got, c.want)
		}
	}
}

// Waiting never makes somebody too young or too new; only age grows into a bar.
// covers D03, D04
func TestOnlyAgeGrowsIntoABar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string) calendar.Date {
			return day("1960-01-01").AddDays(rapid.IntRange(0, 22000).Draw(t, name))
		}
		f := posting.Facts{Role: posting.FirstSecretary, Born: at("born"), FullMemberSince: at("full"), WorkSince: at("work"), GrassrootsMonths: -1}
		on := at("on")
		later := on.AddDays(rapid.IntRange(0, 4000).Draw(t, "later"))
		before, after := posting.Check(selection, f, on), posting.Check(selection, f, later)
		for _, r := range after.Reasons {
			if r != posting.TooOld && before.Eligible() {
				t.Fatalf("%v on %s, %v on %s", before.Reasons, on, after.Reasons, later)
			}
		}
	})
}

// covers D01
func TestTheClassOfAVillageDrivesWhatIsSent(t *testing.T) {
	t.Parallel()
	rule := template.TeamSize{MinMembers: 2, For: []string{"poverty-lifted", "prominent-problem"}}
	for _, c := range []struct {
		classes []string
		want    posting.Demand
	}{
		{[]string{"poverty-lifted"}, posting.Demand{FirstSecretary: posting.SendAlways, Team: posting.SendAlways, MinMembers: 2}},
		{[]string{"heavy-task"}, posting.Demand{FirstSecretary: posting.SendAlways, Team: posting.SendByNeed}},
		{[]string{"weak"}, posting.Demand{FirstSecretary: posting.SendAlways, Team: posting.SendByNeed}},
		{[]string{"weak", "prominent-problem"}, posting.Demand{FirstSecretary: posting.SendAlways, Team: posting.SendAlways, MinMembers: 2}},
		{[]string{"other"}, posting.Demand{FirstSecretary: posting.SendByNeed, Team: posting.SendByNeed}},
		{nil, posting.Demand{FirstSecretary: posting.SendByNeed, Team: posting.SendByNeed}},
	} {
		if got := posting.DemandOf(rule, c.classes); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.classes, got, c.want)
		}
	}
	lifted := posting.DemandOf(rule, []string{"poverty-lifted"})
	if lifted.Short(1) != 1 || lifted.Short(2) != 0 || lifted.Short(3) != 0 || posting.DemandOf(rule, nil).Short(0) != 0 {
		t.Error("a team lacks as many as it is short of two")
	}
}

// covers D24, Q23, G7
func TestAMonthOfDays(t *testing.T) {
	t.Parallel()
	rule := template.Statement{MinDays: 20}
	for _, c := range []struct {
		days, excused int
		want          posting.State
	}{
		{20, 0, posting.OK}, {19, 0, posting.Short}, {19, 1, posting.Excused}, {15, 5, posting.Excused},
		{15, 4, posting.Short}, {0, 20, posting.Excused}, {21, 5, posting.OK}, {0, 0, posting.Short},
	} {
		if got := posting.Month(rule, c.days, c.excused); got != c.want {
			t.Errorf("%d and %d excused: %s, want %s", c.days, c.excused, got, c.want)
		}
	}
	if posting.Days(calendar.MustPeriod("2024-02")) != 29 || posting.Days(calendar.MustPeriod("2023-02")) != 28 {
		t.Error("days of February")
	}
}

// covers D10
func TestATermEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2021-10-01", 24, "2023-09-30"}, {"2021-10-15", 24, "2023-10-14"}, {"2021-08-31", 6, "2022-02-28"}, {"2024-02-29", 24, "2026-02-28"}, {"2021-12-31", 1, "2022-01-30"},
	} {
		if got := posting.TermEnd(day(c.from), c.months); got != day(c.want) {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.months, got, c.want)
		}
	}
}
