package programme

import (
	"context"
	"fmt"

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
	told := map[string]bool{}
	for _, o := range others {
		month := monthOf(o.Held)
		key := month + o.Competition.String()
		if o.Competition == p.competition.ID || o.Trial || o.State == "cancelled" || !held[month] || told[key] {
			continue
		}
		told[key] = true
		p.plan.Warnings = append(p.plan.Warnings, fault.New(fault.LintOverlap, "month", month, "name", o.CompetitionName).At("competition"))
	}
	return nil
}

func monthOf(d calendar.Date) string { return fmt.Sprintf("%04d-%02d", d.Year(), int(d.Month())) }
