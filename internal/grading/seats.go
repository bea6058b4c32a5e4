package grading

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

type (
	number  = exact.Number
	refusal = fault.Fault
)

// Count is a quota worked out on one way of counting (Q20).
type Count struct {
	Of    string       `json:"of"` // persons | teams | subjects
	N     int          `json:"n"`
	Exact exact.Number `json:"exact"` // share × n
	Shown string       `json:"shown"` // the same with two decimals, "1.60"
	Seats int          `json:"seats"` // rounded down under a ceiling, up above a floor
}

// Seats is what became of the seats of one grade. Seats, Awarded, Open, Unused,
// Over and Shortfall are counted as the quota counts.
type Seats struct {
	Step      string   `json:"step"`
	AtLeast   bool     `json:"atLeast"` // the quota must be reached; else it may not be exceeded
	Soft      bool     `json:"soft"`    // may be exceeded with a reason and a second approver (Q18)
	Count              // the way that counts
	Beside    *Count   `json:"beside,omitempty"` // the other way, shown beside it (Q20)
	Awarded   int      `json:"awarded"`          // seats given
	Open      int      `json:"open"`             // seats that wait for a decision on a tie
	Unused    int      `json:"unused"`           // seats that nobody takes
	Over      int      `json:"over"`             // seats given beyond the quota
	Shortfall int      `json:"shortfall"`        // at least: seats that nobody qualified for (Q19)
	Tied      []string `json:"tied,omitempty"`   // those tied for the open seats, in natural order
}

// SeatsOf gives how many seats a quota has among n: rounded down for at most
// (Q17), rounded up for at least (Q19).
func SeatsOf(quota template.Quota, n int) Count {
	share, up := shareOf(quota)
	count := Count{Of: quota.Of, N: n, Exact: share.Mul(exact.Int(int64(n)))}
	count.Shown = count.Exact.Fixed(decimalsOfShownSeat)
	whole := count.Exact.Floor()
	if up {
		whole = count.Exact.Ceil()
	}
	seats, _ := whole.Int64()
	count.Seats = int(seats)
	return count
}

func shareOf(quota template.Quota) (share exact.Number, up bool) {
	if quota.AtLeast != nil {
		return *quota.AtLeast, true
	}
	if quota.AtMost != nil {
		return *quota.AtMost, false
	}
	return exact.Number{}, false
}

// countSeats works a step's quota out on all candidates, both ways where they
// are teams: by teams when teams are graded, by persons when the quota says so.
func (s *solver) countSeats(step template.GradeStep) Seats {
	quota := *step.Quota
	persons, teams := 0, slices.ContainsFunc(s.people, func(p *person) bool { return p.Persons > 1 })
	for _, p := range s.people {
		persons += max(p.Persons, 1)
	}
	bySubject, byPerson := SeatsOf(quota, len(s.people)), SeatsOf(quota, persons)
	byPerson.Of = countPersons
	if bySubject.Of == countPersons || bySubject.Of == "" {
		bySubject.Of = countSubjects
		if teams {
			bySubject.Of = countTeams
		}
	}
	out := Seats{Step: step.Key, AtLeast: quota.AtLeast != nil, Soft: quota.Kind == kindSoft, Count: bySubject}
	if teams {
		out.Beside = &byPerson
	}
	if quota.Of == countPersons {
		out.Count, out.Beside = byPerson, nil
		if teams {
			out.Beside = &bySubject
		}
	}
	return out
}

// units is how many seats candidates take.
func (q Seats) units(people []*person) int {
	if q.Of != countPersons {
		return len(people)
	}
	n := 0
	for _, p := range people {
		n += max(p.Persons, 1)
	}
	return n
}
