// Package calendar owns days and periods: dates without a time zone, months,
// quarters, half-years and years, which days are worked (official holidays,
// make-up workdays, a tenant's own entries), the day a round is held on (A17,
// A18, Q1–Q3) and the day a deadline falls on.
//
// It does not own when somebody calls it (there is no clock here), which rule a
// competition has (template), nor what a missed deadline means (contest, round).
package calendar
