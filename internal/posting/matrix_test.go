package posting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/posting"
	"leitai/internal/template"
)

// Which stage follows which, whole: what is not here is refused.
// covers D08, D29
func TestWhichStageFollowsWhich(t *testing.T) {
	t.Parallel()
	follows := map[posting.Stage]string{
		"": "PROPOSED", posting.Proposed: "CONSULTED WITHDRAWN", posting.Consulted: "DECIDED WITHDRAWN", posting.Decided: "FILED WITHDRAWN",
		posting.Filed: "POSTED WITHDRAWN", posting.Posted: "COMPLETED RECALLED", posting.Completed: "", posting.Recalled: "", posting.Withdrawn: "",
	}
	for from, want := range follows {
		var got []string
		for to := range follows {
			if to == "" {
				continue
			}
			var taken []posting.Step
			if from != "" {
				taken = []posting.Step{step(from, "2021-09-01")}
			}
			if posting.Advance(taken, step(to, "2021-09-02"), posting.Verdict{}, declared) == nil {
				got = append(got, string(to))
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("after %q: %v, want %s", from, got, want)
		}
		next := from.Next()
		if len(next) > 0 {
			next[0] = "changed"
		}
		if len(from.Next()) != len(strings.Fields(want)) || slices.Contains(from.Next(), "changed") {
			t.Errorf("next of %q: %v", from, from.Next())
		}
	}
}

// A refusal names the stage, and says in both languages what would be right.
func TestRefusalsOfStepsCanBeRead(t *testing.T) {
	t.Parallel()
	decided := []posting.Step{step(posting.Decided, "2021-09-03")}
	barred := posting.Verdict{Reasons: []posting.Reason{posting.TooOld, posting.NotFullMember, posting.PartyYears, posting.WorkYears}}
	list := fault.All(posting.Advance(decided, posting.Step{To: posting.Filed}, barred, posting.Declarations{}))
	list = append(list, fault.All(posting.Advance(decided, step(posting.Posted, "2021-09-04"), posting.Verdict{}, declared))...)
	list = append(list, fault.All(posting.Advance(decided, step(posting.Filed, "2021-09-01"), posting.Verdict{}, declared))...)
	if len(list) != 3+4+2+1+1 {
		t.Fatalf("%d faults: %v", len(list), list)
	}
	for _, f := range list {
		for _, language := range []fault.Language{fault.Chinese, fault.English} {
			if message := f.Message(language); message == "" || strings.Contains(message, "{") || strings.Contains(message, "“”") {
				t.Errorf("%s says %q", f.Code, message)
			}
		}
	}
	if message := list[3].Message(fault.Chinese); !strings.Contains(message, "年龄超过规定周岁") {
		t.Errorf("the reason is told in words: %s", message)
	}
}

// Slots cover a term without gap or overlap, and only the first and the last
// may be partial.
func TestSlotsCoverTheTerm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := day("2015-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "from"))
		term := posting.Term{From: from, Last: from.AddDays(rapid.IntRange(0, 1500).Draw(t, "length"))}
		slots := posting.Slots(rapid.SampledFrom([]string{posting.ClockQuarter, posting.ClockHalfYear, posting.ClockYear}).Draw(t, "clock"), 0, term)
		if slots[0].From != term.From || slots[len(slots)-1].Due != term.Last {
			t.Fatalf("%v does not cover %v", slots, term)
		}
		for i, s := range slots {
			if i > 0 && s.From != slots[i-1].Due.AddDays(1) {
				t.Fatalf("a gap before %v", s)
			}
			if s.Partial && i > 0 && i < len(slots)-1 || s.Due.Before(s.From) {
				t.Fatalf("%v in the middle of %v", s, term)
			}
		}
	})
}

// A term of so many months is undone by nothing: one day later begins month n.
// covers D10
func TestATermIsWholeMonths(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := day("2015-01-01").AddDays(rapid.IntRange(0, 4000).Draw(t, "from"))
		months := rapid.IntRange(1, 60).Draw(t, "months")
		last := posting.TermEnd(from, months)
		if days := last.Since(from) + 1; days < 28*months || days > 31*months {
			t.Fatalf("%d months from %s are %d days", months, from, days)
		}
		if posting.TermEnd(from, months+1).Compare(last) <= 0 {
			t.Fatalf("a longer term ends no later")
		}
		if next := last.AddDays(1); from.Day() <= 28 && next.Day() != from.Day() {
			t.Fatalf("from %s it ends on %s", from, last)
		}
	})
}

// More days never make a month worse, and leave never makes it good.
// covers Q23
func TestDaysNeverMakeAMonthWorse(t *testing.T) {
	t.Parallel()
	order := []posting.State{posting.Short, posting.Excused, posting.OK}
	rapid.Check(t, func(t *rapid.T) {
		rule := template.Statement{MinDays: rapid.IntRange(0, 31).Draw(t, "min")}
		days, excused := rapid.IntRange(0, 30).Draw(t, "days"), rapid.IntRange(0, 31).Draw(t, "excused")
		before, after := posting.Month(rule, days, excused), posting.Month(rule, days+1, excused)
		if slices.Index(order, after) < slices.Index(order, before) {
			t.Fatalf("%s became %s", before, after)
		}
		if (before == posting.OK) != (posting.Month(rule, days, 0) == posting.OK) {
			t.Fatalf("leave made %d days of %d good", days, rule.MinDays)
		}
	})
}

// Holding more never owes more, and nothing is owed for a partial period.
// covers D26, D30
func TestHoldingMoreNeverOwesMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := term.From.AddDays(rapid.IntRange(0, 800).Draw(t, "today"))
		var held []posting.Held
		for range rapid.IntRange(0, 6).Draw(t, "held") {
			duty := rapid.SampledFrom(posting.Duties()).Draw(t, "duty")
			held = append(held, posting.Held{Kind: duty.Kind, On: term.From.AddDays(rapid.IntRange(-50, 800).Draw(t, "on"))})
		}
		all, fewer := posting.Owing(posting.Duties(), term, held, today), posting.Owing(posting.Duties(), term, held[:len(held)/2], today)
		for i := range all {
			if all[i].Owes > fewer[i].Owes || all[i].Partial && all[i].Owes > 0 || all[i].IsDue && !all[i].Due.Before(today) {
				t.Fatalf("%s", fmt.Sprint(all[i], fewer[i]))
			}
		}
		if nothing := posting.Owing(posting.Duties(), term, nil, term.From.AddDays(-1)); len(nothing) != 0 {
			t.Fatalf("owed before the term: %v", nothing)
		}
	})
	if got := posting.Years(calendar.Date{}, day("2021-09-01")); got != 0 {
		t.Errorf("years since nothing: %d", got)
	}
}
