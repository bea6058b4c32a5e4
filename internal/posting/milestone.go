package posting

import (
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Progress is how a target stands in one slot.
type Progress string

// The states of a target.
const (
	Met     Progress = "MET"
	Pending Progress = "PENDING" // not yet due, or the slot is partial
	Missed  Progress = "MISSED"  // due, and the figures do not reach it
	Unknown Progress = "UNKNOWN" // due, and figures are missing
)

// Figures are the numbers entered for one milestone and slot.
type Figures struct {
	Milestone string
	Label     string // of the slot
	Values    map[string]exact.Number
}

// Target is a milestone in one slot.
type Target struct {
	Slot
	State   Progress
	Missing []string // metrics of the formula without a figure
}

// Targets is a milestone with all its slots.
type Targets struct {
	Milestone template.Milestone
	Slots     []Target
}

// Milestones tells how the targets of a term stand on a day (D14–D22). A
// formula that cannot be worked out with the figures entered, by a division by
// zero for example, is a fault that names the milestone; validated templates
// have no other.
func Milestones(rules []template.Milestone, term Term, entered []Figures, today calendar.Date) ([]Targets, error) {
	var out []Targets
	var faults fault.List
	for _, m := range rules {
		t := Targets{Milestone: m}
		metrics, _ := template.Formula(m.Formula)
		for _, slot := range MilestoneSlots(m, term) {
			target, err := progress(m, slot, metrics, figuresOf(entered, m.Key, slot.Label), today)
			if err != nil {
				faults = append(faults, err.At("milestones.%s.%s", m.Key, slot.Label))
				continue
			}
			t.Slots = append(t.Slots, target)
		}
		out = append(out, t)
	}
	return out, faults.Err()
}

// progress works out one slot. A target reached early is met; one not reached
// stays pending until its slot is over.
func progress(m template.Milestone, slot Slot, metrics []string, values map[string]exact.Number, today calendar.Date) (Target, *fault.Fault) {
	t := Target{Slot: slot}
	for _, name := range metrics {
		if _, ok := values[name]; !ok {
			t.Missing = append(t.Missing, name)
		}
	}
	reached := false
	if len(t.Missing) == 0 {
		value, err := template.Evaluate(m.Formula, values)
		if err != nil {
			return t, err
		}
		reached = value.Sign() != 0
	}
	switch {
	case reached:
		t.State = Met
	case !slot.Over(today) || slot.Partial:
		t.State = Pending
	case len(t.Missing) > 0:
		t.State = Unknown
	default:
		t.State = Missed
	}
	return t, nil
}

// figuresOf finds the figures of a milestone and slot; the last entry counts.
func figuresOf(entered []Figures, milestone, label string) map[string]exact.Number {
	for i := len(entered) - 1; i >= 0; i-- {
		if f := entered[i]; f.Milestone == milestone && f.Label == label {
			return f.Values
		}
	}
	return nil
}
