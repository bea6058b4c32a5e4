package audit

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// Altered is an entry that proves marks, by their fingerprint, which are not
// there any more as they were entered: somebody changed the database past the
// service.
type Altered struct {
	Seq     int64       // of the entry
	Round   uuid.UUID   // in which they were entered
	At      time.Time   // when
	Entered int         // how many
	Found   int         // how many are there
	Missing []uuid.UUID // those that are gone, where the entry names each
}

// Fault says in words what differs.
func (a Altered) Fault() *fault.Fault {
	code := fault.AuditMarksChanged
	switch {
	case a.Found < a.Entered:
		code = fault.AuditMarksMissing
	case a.Found > a.Entered:
		code = fault.AuditMarksAdded
	}
	missing := make([]string, len(a.Missing))
	for i, id := range a.Missing {
		missing[i] = id.String()
	}
	return fault.New(code, "seq", strconv.FormatInt(a.Seq, 10), "round", a.Round.String(), "at", a.At.UTC().Format(time.RFC3339Nano),
		"want", strconv.Itoa(a.Entered), "have", strconv.Itoa(a.Found)).About(missing...)
}

// MostAltered is how many altered entries are told of one tenant.
const MostAltered = 100

// Proved is what became of the marks that the entries of a tenant prove.
type Proved struct {
	Batches int       // entries that carry a fingerprint
	Altered []Altered // in the order of the entries, MostAltered at most
	Count   int       // of all that are altered
}

// Add takes what was found in some of the entries.
func (p *Proved) Add(batches int, altered []Altered) {
	p.Batches += batches
	p.Count += len(altered)
	p.Altered = append(p.Altered, altered[:min(len(altered), MostAltered-len(p.Altered))]...)
}
