package rectify_test

import (
	"reflect"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/rectify"

	"pgregory.net/rapid"
)

// What was closed is looked at again ninety days later, over the end of a year
// and of a February. covers E25
func TestReturnVisitIsDueInNinetyDays(t *testing.T) {
	t.Parallel()
	for closed, want := range map[string]string{"2023-05-04": "2023-08-02", "2023-12-01": "2024-02-29", "2022-12-01": "2023-03-01"} {
		if got := rectify.ReturnDue(calendar.MustDate(closed)); got != calendar.MustDate(want) {
			t.Errorf("closed on %s: %s, want %s", closed, got, want)
		}
	}
}

// A problem is known again by its type, or by its item where a type is missing,
// at the same village in an earlier year; never within one year, never at
// another village. covers E26
func TestRecurringProblems(t *testing.T) {
	t.Parallel()
	on := calendar.MustDate
	now := rectify.Case{ID: "now", Place: "沈庄", Item: "habitat", Problem: "garbage", Opened: on("2024-02-01")}
	all := []rectify.Case{
		now,
		{ID: "same year", Place: "沈庄", Item: "habitat", Problem: "garbage", Opened: on("2024-01-01")},
		{ID: "last year", Place: "沈庄", Item: "roads", Problem: "garbage", Opened: on("2023-12-31")},
		{ID: "years ago", Place: "沈庄", Item: "habitat", Problem: "garbage", Opened: on("2020-05-01")},
		{ID: "elsewhere", Place: "王庄", Item: "habitat", Problem: "garbage", Opened: on("2023-05-01")},
		{ID: "another type", Place: "沈庄", Item: "habitat", Problem: "sewage", Opened: on("2023-05-01")},
		{ID: "no type", Place: "沈庄", Item: "habitat", Opened: on("2023-06-01")},
		{ID: "no type, another item", Place: "沈庄", Item: "roads", Opened: on("2023-06-01")},
		{ID: "later", Place: "沈庄", Item: "habitat", Problem: "garbage", Opened: on("2025-06-01")},
	}
	ids := func(of rectify.Case) (ids []string) {
		for _, c := range rectify.Recurring(of, all) {
			ids = append(ids, c.ID)
		}
		return ids
	}
	if got := ids(now); !reflect.DeepEqual(got, []string{"years ago", "no type", "last year"}) {
		t.Errorf("recurring: %v", got)
	}
	if got := ids(rectify.Case{Place: "沈庄", Opened: on("2024-02-01")}); got != nil {
		t.Errorf("a case without type and item is known again: %v", got)
	}
}

// Known again is one-sided in time: the earlier case never recurs by the later.
func TestRecurringLooksBackOnly(t *testing.T) {
	t.Parallel()
	one := rapid.Custom(func(t *rapid.T) rectify.Case {
		return rectify.Case{Place: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "place"), Item: rapid.SampledFrom([]string{"", "i", "j"}).Draw(t, "item"),
			Problem: rapid.SampledFrom([]string{"", "p", "q"}).Draw(t, "problem"), Opened: calendar.MustDate("2023-06-15").AddDays(rapid.IntRange(-900, 900).Draw(t, "days"))}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := one.Draw(t, "a"), one.Draw(t, "b")
		ab, ba := len(rectify.Recurring(a, []rectify.Case{b})), len(rectify.Recurring(b, []rectify.Case{a}))
		if ab+ba > 1 || ab == 1 && !b.Opened.Before(a.Opened) {
			t.Fatalf("%+v and %+v: %d, %d", a, b, ab, ba)
		}
	})
}

// A step that cannot be taken now is refused in words, with the keys kept for
// programs.
func TestWrongStagesAreToldInWords(t *testing.T) {
	t.Parallel()
	_, err := rectify.Work{Stage: rectify.Closed}.Answer("甲", "已清运")
	f := fault.All(err)[0]
	if f.Code != fault.WrongState || f.Args["state"] != "CLOSED" || f.Args["want"] != "ASSIGNED, RETURNED" {
		t.Errorf("%+v", f)
	}
	if got, want := f.Message(fault.Chinese), "当前状态为“已销号”，此操作要求：已交办、已退回"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	_, err = rectify.Work{Stage: rectify.Assigned}.Close("甲")
	if got, want := fault.All(err)[0].Message(fault.English), "the state is assigned; this needs answered"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
