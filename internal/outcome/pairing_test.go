package outcome_test

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/outcome"
)

func met(pair string, days ...string) []outcome.Exchange {
	var all []outcome.Exchange
	for _, day := range days {
		text, online := strings.CutSuffix(day, "*")
		all = append(all, outcome.Exchange{Pair: pair, Date: calendar.MustDate(text), Offline: !online})
	}
	return all
}

func short(pairs []outcome.Paired, exchanges []outcome.Exchange, month string) string {
	var out []string
	for _, s := range outcome.Shortfalls(pairs, exchanges, calendar.MustPeriod(month)) {
		out = append(out, fmt.Sprintf("%s-%s %d/%d", s.Pair.Lead, s.Pair.Follow, s.Count, s.Least))
	}
	return strings.Join(out, ", ")
}

// Each pair meets offline twice a month; what it did online or in another month
// does not count, and a month in which it was no pair throughout is not asked of
// it. covers C14, C15
func TestShortfalls(t *testing.T) {
	t.Parallel()
	from := calendar.MustDate("2023-01-01")
	pairs := []outcome.Paired{
		{ID: "b", Lead: "V2", Follow: "V10", PerMonth: 2, From: from}, {ID: "a", Lead: "V1", Follow: "V11", PerMonth: 2, From: from},
		{ID: "late", Lead: "V3", Follow: "V12", PerMonth: 2, From: calendar.MustDate("2023-01-02"), Until: calendar.MustDate("2023-03-31")},
		{ID: "free", Lead: "V4", Follow: "V9", PerMonth: 0, From: from},
	}
	exchanges := append(met("a", "2023-01-05", "2023-01-31", "2023-02-01", "2023-02-28"), met("b", "2023-01-10", "2023-01-12*", "2023-02-10", "2023-02-12", "2023-02-14")...)
	for month, want := range map[string]string{
		"2022-12": "", "2023-01": "V2-V10 1/2", "2023-02": "V3-V12 0/2", "2023-03": "V1-V11 0/2, V2-V10 0/2",
	} {
		if got := short(pairs, exchanges, month); got != want {
			t.Errorf("%s: %q, want %q", month, got, want)
		}
	}
}

// The shortfall of the published case: V2 met V10 once in January. covers C15
func TestShortfallOfACase(t *testing.T) {
	t.Parallel()
	from := calendar.MustDate("2023-01-01")
	pairs := []outcome.Paired{{ID: "1", Lead: "V1", Follow: "V11", PerMonth: 2, From: from}, {ID: "2", Lead: "V2", Follow: "V10", PerMonth: 2, From: from}}
	counts := map[string][2]int{"2023-01": {2, 1}, "2023-02": {2, 2}, "2023-03": {3, 2}}
	var all []outcome.Exchange
	for month, n := range counts {
		for pair, times := range map[string]int{"1": n[0], "2": n[1]} {
			for day := range times {
				all = append(all, met(pair, fmt.Sprintf("%s-%02d", month, day+1))...)
			}
		}
	}
	for month, want := range map[string]string{"2023-01": "V2-V10 1/2", "2023-02": "", "2023-03": ""} {
		if got := short(pairs, all, month); got != want {
			t.Errorf("%s: %q, want %q", month, got, want)
		}
	}
}
