package posting

import "leitai/internal/calendar"

// Duty is something to be held so often while people are posted.
type Duty struct {
	Kind    string
	Clock   string
	AtLeast int // in each slot
}

// The kinds of duty.
const (
	Symposium   = "symposium"   // 座谈会: the county meets its first secretaries
	Observation = "observation" // 现场观摩
	Training    = "training"    // 培训
	UnitVisit   = "unit-visit"  // the head of the sending unit visits
	UnitHearing = "unit-report" // the sending unit hears the person's report
	Inspection  = "inspection"  // 专项考察
)

// Duties are those of the scheme: a symposium each quarter, an observation each
// half-year and a training each year (D26, D27), a visit and a report of the
// sending unit each half-year (D30), a special inspection each half-year (D31).
func Duties() []Duty {
	return []Duty{
		{Symposium, ClockQuarter, 1}, {Observation, ClockHalfYear, 1}, {Training, ClockYear, 1},
		{UnitVisit, ClockHalfYear, 1}, {UnitHearing, ClockHalfYear, 1}, {Inspection, ClockHalfYear, 1},
	}
}

// Held is one occasion of a duty.
type Held struct {
	Kind string
	On   calendar.Date
}

// Owed is a duty in one slot of a term.
type Owed struct {
	Duty
	Slot
	Held  int  // occasions in the slot
	Owes  int  // still to be held; 0 for a partial slot
	IsDue bool // the slot is over and something is still owed
}

// Owing tells what has been held and what is still owed in every slot that has
// begun by the day.
func Owing(duties []Duty, term Term, held []Held, today calendar.Date) []Owed {
	var out []Owed
	for _, duty := range duties {
		for _, slot := range Slots(duty.Clock, 0, term) {
			if slot.From.After(today) {
				continue
			}
			o := Owed{Duty: duty, Slot: slot}
			for _, h := range held {
				if h.Kind == duty.Kind && !h.On.Before(slot.From) && !h.On.After(slot.Due) && !h.On.After(today) {
					o.Held++
				}
			}
			if !slot.Partial {
				o.Owes = max(0, duty.AtLeast-o.Held)
			}
			o.IsDue = o.Owes > 0 && slot.Over(today)
			out = append(out, o)
		}
	}
	return out
}

// AttachmentDue tells whether somebody who is posted is due an attachment post
// (挂职): a 正科 from the first day, a 副科 after a year of service once the annual
// grade was the best; other ranks not by this rule (D35).
func AttachmentDue(rank Rank, yearsServed int, excellent bool) bool {
	return rank == SectionChief || rank == SectionDeputy && yearsServed >= 1 && excellent
}

// RunOf is the greatest number of years in a row in which a grade was held; of
// a year's two grades the later counts. Two running excellent ones count for
// promotion (D34).
func RunOf(grades map[int]string, grade string) int {
	longest := 0
	for year, g := range grades {
		if g != grade || grades[year-1] == grade {
			continue
		}
		n := 1
		for grades[year+n] == grade {
			n++
		}
		longest = max(longest, n)
	}
	return longest
}
