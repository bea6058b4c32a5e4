package outcome

import (
	"cmp"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/template"
)

// Round is one round of a competition as a streak looks at it.
type Round struct {
	Period    calendar.Period
	Cancelled bool
	Stood     map[string]Stood // the subjects that were ranked; nobody else's streak is touched
}

// Stood is how one ranked subject stood in a round.
type Stood struct {
	Bands []string
	Links []Link // on the date of the round
}

// Run is a subject's streak after the last round.
type Run struct {
	Count     int  // rounds running, the last one included
	Triggered bool // the last round made the streak's length full, or went on beyond it
	members   []Stood
}

// Values of a streak's settings.
const (
	AfterReset       = "reset"
	OverMonths       = "calendar-months"
	BoundYear        = "year"
	LinkedNow        = "linked-now"
	RestartOnChange  = "restart-on-change"
	VillageSecretary = "village-secretary"
)

// Streaks counts, for every subject ranked in the last round, how many rounds
// running it has been in the rule's band. Rounds may come in any order; the
// latest period is the round in question.
//
// Over held rounds, a cancelled round and one in which the subject was not
// ranked neither break nor extend a run; over calendar months, any gap between
// periods breaks it (Q8). After a trigger the run goes on or starts anew (Q9).
// A run ends with the year where the rule is bound to it, and with a change of
// the village secretary where it restarts on change (Q10).
func Streaks(rule template.Streak, rounds []Round) map[string]Run {
	ordered := slices.Clone(rounds)
	slices.SortStableFunc(ordered, func(a, b Round) int { return a.Period.Compare(b.Period) })
	runs, last := map[string]Run{}, map[string]calendar.Period{}
	for _, round := range ordered {
		if round.Cancelled {
			continue
		}
		for id, stood := range round.Stood {
			run := runs[id]
			if breaks(rule, run, last[id], round.Period, stood) {
				run = Run{}
			}
			runs[id] = step(rule, run, stood)
			last[id] = round.Period
		}
	}
	return current(runs, ordered)
}

// step takes a run one round further.
func step(rule template.Streak, run Run, stood Stood) Run {
	if !slices.Contains(stood.Bands, rule.Band) {
		return Run{}
	}
	if run.Triggered && rule.After == AfterReset {
		run = Run{}
	}
	run.Count++
	run.members = append(run.members, stood)
	run.Triggered = run.Count >= rule.Length
	return run
}

// breaks reports whether a run cannot reach from its last period to the next.
func breaks(rule template.Streak, run Run, last, next calendar.Period, stood Stood) bool {
	if run.Count == 0 {
		return false
	}
	switch {
	case rule.Over == OverMonths && last.Next() != next:
		return true
	case rule.Bound == BoundYear && last.Year() != next.Year():
		return true
	case rule.Person == RestartOnChange:
		return changed(run.members[len(run.members)-1].Links, stood.Links)
	}
	return false
}

// changed reports whether the village secretary of two rounds is another
// person; unknown when either round names none.
func changed(before, now []Link) bool {
	known, same := false, false
	for _, a := range before {
		for _, b := range now {
			if a.Role == VillageSecretary && b.Role == VillageSecretary {
				known = true
				same = same || a.Person == b.Person
			}
		}
	}
	return known && !same
}

// current keeps the runs of the subjects ranked in the last held round.
func current(runs map[string]Run, ordered []Round) map[string]Run {
	out := map[string]Run{}
	if len(ordered) == 0 {
		return out
	}
	for id := range ordered[len(ordered)-1].Stood {
		out[id] = runs[id]
	}
	return out
}

// Linked gives the links among now whose person was linked to the subject in
// every round of the run; all of them under the reading that looks at the last
// round only (Q10).
func (r Run) Linked(rule template.Streak, now []Link) []Link {
	if rule.Person == LinkedNow {
		return now
	}
	var out []Link
	for _, link := range now {
		throughout := true
		for _, stood := range r.members {
			throughout = throughout && slices.ContainsFunc(stood.Links, func(l Link) bool { return l.Person == link.Person })
		}
		if throughout {
			out = append(out, link)
		}
	}
	return out
}

// SortedLinks gives links in their one order: by role, then by person.
func SortedLinks(links []Link) []Link {
	links = slices.Clone(links)
	slices.SortFunc(links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Person, b.Person))
	})
	return links
}
