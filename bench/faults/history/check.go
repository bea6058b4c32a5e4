package history

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is what must not be.
type Fault string

// What must not be.
const (
	Lost      Fault = "acknowledged and lost"
	Altered   Fault = "stored otherwise than sent"
	Duplicate Fault = "there twice"
	Unasked   Fault = "asked for by nobody"
	HalfBatch Fault = "half a batch"
	HalfRound Fault = "half a publication"
	Unsteady  Fault = "steps and revisions disagree"
	Refused   Fault = "refused"
	Replayed  Fault = "sent again and answered otherwise"
	Unending  Fault = "never brought to an end"
)

// Finding is one thing that must not be.
type Finding struct {
	Fault Fault
	What  string
}

// String tells the finding in a line.
func (f Finding) String() string { return string(f.Fault) + ": " + f.What }

// Check holds what a database stores against what clients remember. While they
// are at work it judges what was acknowledged before the database was read; acts
// must have been copied after it was read.
func Check(acts []Act, s Stored) []Finding {
	j := &judge{stored: s, marks: map[string]Mark{}, reviews: map[string]int{}}
	for _, m := range s.Marks {
		if _, twice := j.marks[m.ID]; twice {
			j.find(Duplicate, "mark %s", m.ID)
		}
		j.marks[m.ID] = m
	}
	for _, id := range s.Reviews {
		j.reviews[id]++
	}
	j.answers(acts)
	j.batches(acts)
	j.asked(acts)
	j.cells()
	j.publications(acts)
	j.rounds(acts)
	j.jobs(acts)
	slices.SortFunc(j.found, func(a, b Finding) int { return strings.Compare(a.String(), b.String()) })
	return j.found
}

type judge struct {
	stored  Stored
	marks   map[string]Mark
	reviews map[string]int
	found   []Finding
}

func (j *judge) find(f Fault, format string, args ...any) {
	j.found = append(j.found, Finding{f, fmt.Sprintf(format, args...)})
}

// acked says whether an act has to be there: it was acknowledged before the
// database was read.
func (j *judge) acked(a *Act) bool { return a.Acked > 0 && a.Acked < j.stored.Read }

// answers looks at what clients were told.
func (j *judge) answers(acts []Act) {
	for i := range acts {
		a := &acts[i]
		if a.Refused != "" {
			j.find(Refused, "%s of %s: %s after %d tries", a.Kind, a.Town, a.Refused, a.Tries)
		}
		if a.Replay != "" && a.Replay != ReplaySame && a.Replay != ReplayLost {
			j.find(Replayed, "%s of %s: %s", a.Kind, a.Town, a.Replay)
		}
		if j.stored.Whole && a.Acked == 0 && a.Refused == "" {
			j.find(Unending, "%s of %s after %d tries, the last met %s", a.Kind, a.Town, a.Tries, a.Last)
		}
	}
}

// What an act sent again after its answer may be told.
const (
	ReplaySame = "same" // the first answer, byte for byte
	ReplayLost = "lost" // that it was carried out, and that the answer is not kept
)

// batches looks for every mark and confirmation that was sent: all of a batch or
// none, none missing of one that was acknowledged, and as it was sent.
func (j *judge) batches(acts []Act) {
	for i := range acts {
		a := &acts[i]
		have, want := 0, len(a.Marks)+len(a.Confirms)
		for _, m := range a.Marks {
			stored, there := j.marks[m.ID]
			if there {
				have++
			}
			if there && stored != m {
				j.find(Altered, "mark %s: %v, sent %v", m.ID, stored, m)
			}
		}
		for _, id := range a.Confirms {
			if j.reviews[id] > 0 {
				have++
			}
		}
		switch {
		case j.acked(a) && have < want:
			j.find(Lost, "%d of %d marks of a %s of %s", want-have, want, a.Kind, a.Town)
		case have != 0 && have != want:
			j.find(HalfBatch, "%d of %d marks of a %s of %s", have, want, a.Kind, a.Town)
		}
	}
}

// asked looks for marks and confirmations that nobody sent, or that are there
// more often than sent.
func (j *judge) asked(acts []Act) {
	sent, confirmed := map[string]bool{}, map[string]bool{}
	for i := range acts {
		for _, m := range acts[i].Marks {
			sent[m.ID] = true
		}
		for _, id := range acts[i].Confirms {
			confirmed[id] = true
		}
	}
	for id := range j.marks {
		if !sent[id] {
			j.find(Unasked, "mark %s", id)
		}
	}
	for id, n := range j.reviews {
		if n > 1 {
			j.find(Duplicate, "confirmation of mark %s, %d times", id, n)
		}
		if !confirmed[id] {
			j.find(Unasked, "confirmation of mark %s", id)
		}
	}
}

// cells looks for cells that count twice: with two marks that nothing corrects.
func (j *judge) cells() {
	corrected, counts := map[string]int{}, map[string]int{}
	for _, m := range j.marks {
		if m.Corrects != "" {
			corrected[m.Corrects]++
		}
	}
	for id, n := range corrected {
		if n > 1 {
			j.find(Duplicate, "correction of mark %s, %d times", id, n)
		}
	}
	for id, m := range j.marks {
		if corrected[id] == 0 {
			counts[m.Round+" "+m.Cell]++
		}
	}
	for cell, n := range counts {
		if n > 1 {
			j.find(Duplicate, "cell %s counts %d marks", cell, n)
		}
	}
}
