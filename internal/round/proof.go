package round

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
)

// Batch is marks that were entered at once, as an entry of the audit tells of
// them.
type Batch struct {
	Seq         int64     `json:"-"` // of the entry
	Round       uuid.UUID `json:"-"`
	Marks       int
	At          time.Time
	Fingerprint string
	IDs         []uuid.UUID // of few; of more they are found by round and moment
	Trial       uuid.UUID   // the competition, of a trial
}

// BatchOf reads the detail of an entry. One that cannot be read gives a batch
// that no marks prove.
func BatchOf(seq int64, round uuid.UUID, detail []byte) Batch {
	var b Batch
	if json.Unmarshal(detail, &b) != nil {
		b = Batch{}
	}
	b.Seq, b.Round = seq, round
	return b
}

// Proof holds batches against the marks that are stored. The marks are given to
// it one by one, of each batch in the order of their ids, so that it keeps no
// more of them than a digest.
type Proof struct {
	batches []Batch
	before  Before
	named   map[uuid.UUID]*stack   // of batches that name their marks, by mark
	own     []*stack               // the same, by batch
	found   map[uuid.UUID]bool     // named marks that were given
	moments map[moment]*atOnce     // of the others
	rounds  map[uuid.UUID][]string // the moments of each round
}

// Before gives the id that a subject had when entry seq was written: units get
// other ids when a tenant moves into another database.
type Before func(subject uuid.UUID, seq int64) uuid.UUID

// moment is when marks of a round were entered, in microseconds.
type moment struct {
	round uuid.UUID
	at    int64
}

// stack is a digest of marks.
type stack struct {
	batch *Batch // that names them, or the first one of their moment
	marks int
	sum   hash.Hash
}

// atOnce are the marks of a moment by who entered them: two people may have
// entered theirs in the same microsecond, of the clocks of two servers.
type atOnce struct {
	first *Batch
	by    map[uuid.UUID]*stack
}

// NewProof begins a proof of some batches.
func NewProof(batches []Batch, before Before) *Proof {
	p := &Proof{batches: batches, before: before, named: map[uuid.UUID]*stack{}, own: make([]*stack, len(batches)),
		found: map[uuid.UUID]bool{}, moments: map[moment]*atOnce{}, rounds: map[uuid.UUID][]string{}}
	for i := range batches {
		b := &batches[i]
		if b.IDs != nil {
			p.own[i] = &stack{batch: b, sum: sha256.New()}
			for _, id := range b.IDs {
				p.named[id] = p.own[i]
			}
			continue
		}
		at := moment{b.Round, b.At.UnixMicro()}
		if p.moments[at] == nil {
			p.moments[at] = &atOnce{b, map[uuid.UUID]*stack{}}
			p.rounds[b.Round] = append(p.rounds[b.Round], b.At.UTC().Format(time.RFC3339Nano))
		}
	}
	return p
}

// Named lists the marks that batches name; each that is there goes to AddNamed.
func (p *Proof) Named() []uuid.UUID { return slices.Collect(maps.Keys(p.named)) }

// Rounds lists rounds with moments (RFC 3339); every mark that was entered then
// goes to AddEntered.
func (p *Proof) Rounds() map[uuid.UUID][]string { return p.rounds }

// AddNamed takes a mark that a batch names. One that was moved into another
// round or to another moment is not the one that was entered.
func (p *Proof) AddNamed(m *Mark, readable bool) {
	s := p.named[m.ID]
	if s == nil || m.Round != s.batch.Round || m.EnteredAt.UnixMicro() != s.batch.At.UnixMicro() {
		return
	}
	p.found[m.ID] = true
	p.add(s, m, readable)
}

// AddEntered takes a mark of a moment of a round.
func (p *Proof) AddEntered(m *Mark, readable bool) {
	at := p.moments[moment{m.Round, m.EnteredAt.UnixMicro()}]
	if at == nil || p.named[m.ID] != nil {
		return
	}
	s := at.by[m.EnteredBy]
	if s == nil {
		s = &stack{batch: at.first, sum: sha256.New()}
		at.by[m.EnteredBy] = s
	}
	p.add(s, m, readable)
}

// add puts a mark on a stack; one whose value or finding cannot be read is there,
// but says nothing that was ever entered.
func (p *Proof) add(s *stack, m *Mark, readable bool) {
	s.marks++
	if !readable {
		s.sum.Write([]byte("unreadable\n"))
		return
	}
	m.Subject = p.before(m.Subject, s.batch.Seq)
	s.sum.Write(appendLine(nil, m))
}

// proves says whether a stack is what a batch entered.
func (s *stack) proves(b *Batch) bool {
	return s.marks == b.Marks && hex.EncodeToString(s.sum.Sum(nil)) == b.Fingerprint
}

// Altered lists the batches that are not what was entered, in their order, with
// the competition of those that were a trial's.
func (p *Proof) Altered() (altered []audit.Altered, trials []uuid.UUID) {
	for i := range p.batches {
		b := &p.batches[i]
		a := audit.Altered{Seq: b.Seq, Round: b.Round, At: b.At, Entered: b.Marks}
		if p.own[i] != nil {
			if p.own[i].proves(b) {
				continue
			}
			a.Found = p.own[i].marks
			a.Missing = slices.DeleteFunc(slices.Clone(b.IDs), func(id uuid.UUID) bool { return p.found[id] })
		} else if a.Found = p.unproved(b); a.Found < 0 {
			continue
		}
		altered, trials = append(altered, a), append(trials, b.Trial)
	}
	return altered, trials
}

// unproved counts the marks of a batch's moment that prove no batch; -1 where
// some prove this one.
func (p *Proof) unproved(b *Batch) int {
	at := moment{b.Round, b.At.UnixMicro()}
	count := 0
	for _, s := range p.moments[at].by {
		if s.proves(b) {
			return -1
		}
		if !slices.ContainsFunc(p.batches, func(other Batch) bool {
			return other.Round == at.round && other.At.UnixMicro() == at.at && s.proves(&other)
		}) {
			count += s.marks
		}
	}
	return count
}
