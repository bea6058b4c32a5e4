package programme

import (
	"context"
	"fmt"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// overlaps warns of months in which another competition inspects villages, too:
// one warning for each such month and competition (G6). Trials and rounds that
// were called off inspect nobody.
func (p *planner) overlaps(ctx context.Context, st Store) error {
	if p.competition.Trial || len(p.plan.Entries) == 0 {
		return nil
	}
	held := map[string]bool{}
	var first, last calendar.Date
	for _, e := range p.plan.Entries {
		if e.Skipped || e.State == "cancelled" {
			continue
		}
		held[monthOf(e.Held)] = true
		if first.IsZero() || first.After(e.Held) {
			first = e.Held
		}
		if e.Held.After(last) {
			last = e.Held
		}
	}
	if first.IsZero() {
		return nil
	}
	others, err := st.RoundCalendar(ctx, first.AddDays(-31), last.AddDays(31)) // whole months
	if err != nil {
		return err
	}
	looks := make([]calendar.Inspection, 0, len(others)+len(p.plan.Entries))
	for _, e := range p.plan.Entries {
		if !e.Skipped && e.State != "cancelled" {
			looks = append(looks, calendar.Inspection{Program: p.competition.ID.String(), On: e.Held})
		}
	}
	names := map[string]string{}
	for _, o := range others {
		if o.Competition != p.competition.ID && !o.Trial && o.State != "cancelled" {
			names[o.Competition.String()] = o.CompetitionName
			looks = append(looks, calendar.Inspection{Program: o.Competition.String(), On: o.Held})
		}
	}
	for _, o := range calendar.Overlaps(looks) {
		if !held[o.Month.String()] {
			continue // it is between others
		}
		for _, program := range inOrder(o.Programs, others) {
			if name, other := names[program]; other {
				p.plan.Warnings = append(p.plan.Warnings, fault.New(fault.LintOverlap, "month", o.Month.String(), "name", name).At("competition"))
			}
		}
	}
	return nil
}

// inOrder lists those programmes once, in the order of their rounds.
func inOrder(programs []string, rounds []CalendarEntry) []string {
	var ordered []string
	for _, r := range rounds {
		if id := r.Competition.String(); slices.Contains(programs, id) && !slices.Contains(ordered, id) {
			ordered = append(ordered, id)
		}
	}
	return ordered
}

func monthOf(d calendar.Date) string { return fmt.Sprintf("%04d-%02d", d.Year(), int(d.Month())) }
