package posting_test

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/posting"
	"leitai/internal/template"
)

var term = posting.Term{From: day("2021-10-01"), Last: day("2023-09-30")}

func slots(list []posting.Slot) string {
	var out []string
	for _, s := range list {
		text := s.Label + " " + s.Due.String()
		if s.Partial {
			text += " partial"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func TestClocksStrike(t *testing.T) {
	t.Parallel()
	if got := slots(posting.Slots(posting.ClockYear, 0, term)); got != "2021 2021-12-31 partial, 2022 2022-12-31, 2023 2023-09-30 partial" {
		t.Error(got)
	}
	if got := posting.Slots(posting.ClockQuarter, 0, term); len(got) != 8 || got[0].Partial || got[7].Label != "2023-Q3" {
		t.Errorf("%v", got)
	}
	if got := slots(posting.Slots(posting.ClockMonths, 6, term)); got != "months 2022-03-31" {
		t.Error(got)
	}
	if got := slots(posting.Slots(posting.ClockTerm, 0, term)); got != "term 2023-09-30" {
		t.Error(got)
	}
	short := posting.Term{From: day("2021-10-01"), Last: day("2021-12-31")}
	if got := slots(posting.Slots(posting.ClockMonths, 6, short)); got != "months 2022-03-31 partial" {
		t.Errorf("a posting that ended early owes nothing later: %s", got)
	}
	if got := posting.Slots(posting.ClockQuarter, 0, posting.Term{From: day("2022-01-01"), Last: day("2021-12-31")}); len(got) != 0 {
		t.Errorf("a term that ended before it began: %v", got)
	}
}

func values(whole map[string]int64) map[string]exact.Number {
	out := map[string]exact.Number{}
	for key, n := range whole {
		out[key] = exact.Int(n)
	}
	return out
}

// covers D14, D15, D16, D17, D18, D19, D20, D21, D22, D23
func TestTargetsHaveClocks(t *testing.T) {
	t.Parallel()
	rules := []template.Milestone{
		{Key: "households", Clock: "quarterly", Formula: "householdsVisited >= households"},
		{Key: "cooperative", Clock: "months", Months: 6, Formula: "cooperatives >= 1"},
		{Key: "income", Clock: "yearly", Formula: "income - incomeBefore >= 30000 and income >= 100000"},
		{Key: "member", Clock: "term", Formula: "newPartyMembers >= 1"},
		{Key: "reserve", Clock: "term", Formula: "reserve >= 3 and reserve <= 4 and reservePrincipal >= 1 and reservePrincipal <= 2"},
		{Key: "industries", Clock: "term", Formula: "industries >= 1 and industries <= 2"},
		{Key: "stars", Clock: "term", Formula: "starRating >= 4"},
		{Key: "solved", Clock: "months", Months: 12, Formula: "openProblems == 0"},
		{Key: "practices", Clock: "quarterly", Formula: "practicesKept >= 5 and monthsOfAccounts >= 3"}, // duty, reporting, decisions, power list, accounts
	}
	entered := []posting.Figures{
		{"households", "2021-Q4", values(map[string]int64{"householdsVisited": 300, "households": 412})},
		{"households", "2021-Q4", values(map[string]int64{"householdsVisited": 412, "households": 412})}, // corrects the one before
		{"households", "2022-Q1", values(map[string]int64{"householdsVisited": 409, "households": 412})},
		{"households", "2022-Q2", values(map[string]int64{"householdsVisited": 412})},
		{"income", "2022", values(map[string]int64{"income": 131000, "incomeBefore": 98000})},
		{"member", "term", values(map[string]int64{"newPartyMembers": 0})},
		{"reserve", "term", values(map[string]int64{"reserve": 3, "reservePrincipal": 1})},
		{"industries", "term", values(map[string]int64{"industries": 0})},
		{"stars", "term", values(map[string]int64{"starRating": 4})},
		{"solved", "months", values(map[string]int64{"openProblems": 2})},
		{"practices", "2021-Q4", values(map[string]int64{"practicesKept": 5, "monthsOfAccounts": 3})},
	}
	got, err := posting.Milestones(rules, term, entered, day("2022-07-01"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"households":  "MET MISSED UNKNOWN[households] PENDING[households householdsVisited]",
		"cooperative": "UNKNOWN[cooperatives]",
		"income":      "PENDING[income incomeBefore] MET PENDING[income incomeBefore]",
		"member":      "PENDING",
		"reserve":     "MET",
		"industries":  "PENDING",
		"stars":       "MET",
		"solved":      "PENDING",
		"practices":   "MET UNKNOWN[monthsOfAccounts practicesKept] UNKNOWN[monthsOfAccounts practicesKept] PENDING[monthsOfAccounts practicesKept]",
	}
	for _, m := range got {
		var states []string
		for _, s := range m.Slots[:min(4, len(m.Slots))] {
			text := string(s.State)
			if len(s.Missing) > 0 {
				text += fmt.Sprint(s.Missing)
			}
			states = append(states, text)
		}
		if text := strings.Join(states, " "); text != want[m.Milestone.Key] {
			t.Errorf("%s: %s, want %s", m.Milestone.Key, text, want[m.Milestone.Key])
		}
	}
	late, err := posting.Milestones(rules, term, entered, day("2023-10-01"))
	if err != nil || late[3].Slots[0].State != posting.Missed {
		t.Errorf("after the term: %+v, %v", late[3].Slots, err)
	}
}

func TestAFormulaThatCannotBeWorkedOutNamesItsPlace(t *testing.T) {
	t.Parallel()
	rules := []template.Milestone{{Key: "growth", Clock: "term", Formula: "income / incomeBefore >= 1.1"}}
	_, err := posting.Milestones(rules, term, []posting.Figures{{"growth", "term", values(map[string]int64{"income": 5, "incomeBefore": 0})}}, day("2022-07-01"))
	faults := fault.All(err)
	if len(faults) != 1 || faults[0].Field != "milestones.growth.term" {
		t.Errorf("%v", err)
	}
}

// covers D26, D27, D30, D31
func TestDutiesAreOwedByPeriod(t *testing.T) {
	t.Parallel()
	held := []posting.Held{
		{posting.Symposium, day("2021-12-20")}, {posting.Symposium, day("2022-02-10")}, {posting.Symposium, day("2022-02-11")},
		{posting.UnitVisit, day("2022-03-01")}, {posting.Inspection, day("2022-08-01")},
	}
	got := map[string]string{}
	for _, o := range posting.Owing(posting.Duties(), term, held, day("2022-07-15")) {
		text := fmt.Sprintf("%s %d/%d", o.Label, o.Held, o.AtLeast)
		if o.Owes > 0 {
			text += fmt.Sprintf(" owes %d", o.Owes)
		}
		if o.IsDue {
			text += " late"
		}
		got[o.Kind] += text + "; "
	}
	for kind, want := range map[string]string{
		posting.Symposium:   "2021-Q4 1/1; 2022-Q1 2/1; 2022-Q2 0/1 owes 1 late; 2022-Q3 0/1 owes 1; ",
		posting.Observation: "2021-H2 0/1; 2022-H1 0/1 owes 1 late; 2022-H2 0/1 owes 1; ",
		posting.Training:    "2021 0/1; 2022 0/1 owes 1; ",
		posting.UnitVisit:   "2021-H2 0/1; 2022-H1 1/1; 2022-H2 0/1 owes 1; ",
		posting.UnitHearing: "2021-H2 0/1; 2022-H1 0/1 owes 1 late; 2022-H2 0/1 owes 1; ",
		posting.Inspection:  "2021-H2 0/1; 2022-H1 0/1 owes 1 late; 2022-H2 0/1 owes 1; ",
	} {
		if got[kind] != want {
			t.Errorf("%s: %s\nwant %s", kind, got[kind], want)
		}
	}
}

// covers D35
func TestAnAttachmentPostIsDue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rank      posting.Rank
		years     int
		excellent bool
		want      bool
	}{
		{posting.SectionChief, 0, false, true}, {posting.SectionDeputy, 1, true, true}, {posting.SectionDeputy, 0, true, false},
		{posting.SectionDeputy, 1, false, false}, {"", 2, true, false},
	} {
		if got := posting.AttachmentDue(c.rank, c.years, c.excellent); got != c.want {
			t.Errorf("%q after %d years, excellent %v: %v", c.rank, c.years, c.excellent, got)
		}
	}
}

// covers D34
func TestTwoYearsRunning(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		grades map[int]string
		want   int
	}{
		{map[int]string{2021: "excellent", 2022: "excellent"}, 2},
		{map[int]string{2021: "excellent", 2022: "competent", 2023: "excellent"}, 1},
		{map[int]string{2021: "excellent", 2023: "excellent"}, 1},
		{map[int]string{2020: "excellent", 2022: "excellent", 2023: "excellent", 2024: "excellent"}, 3},
		{nil, 0},
	} {
		if got := posting.RunOf(c.grades, "excellent"); got != c.want {
			t.Errorf("%v: %d, want %d", c.grades, got, c.want)
		}
	}
}
