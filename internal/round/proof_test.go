package round_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/audit"
	"leitai/internal/exact"
	"leitai/internal/round"
	"leitai/internal/scoring"
)

// told is the entry that tells of marks, of few with their ids.
func told(t require, seq int64, marks []*round.Mark, named bool) round.Batch {
	detail := map[string]any{"marks": len(marks), "at": marks[0].EnteredAt.Format(time.RFC3339Nano), "fingerprint": round.Fingerprint(marks)}
	if named {
		var ids []uuid.UUID
		for _, m := range marks {
			ids = append(ids, m.ID)
		}
		detail["ids"] = ids
	}
	text, err := json.Marshal(detail)
	if err != nil {
		t.Fatal(err)
	}
	return round.BatchOf(seq, marks[0].Round, text)
}

type require interface{ Fatal(...any) }

// proved gives marks to a proof as a store does.
func proved(batches []round.Batch, stored []*round.Mark, before round.Before) []audit.Altered {
	p := round.NewProof(batches, before)
	named, rounds := p.Named(), p.Rounds()
	stored = slices.Clone(stored)
	slices.SortFunc(stored, func(a, b *round.Mark) int { return slices.Compare(a.ID[:], b.ID[:]) })
	for _, m := range stored {
		copied := *m
		if slices.Contains(named, m.ID) {
			p.AddNamed(&copied, true)
		}
		if copied = *m; slices.Contains(rounds[m.Round], m.EnteredAt.UTC().Format(time.RFC3339Nano)) {
			p.AddEntered(&copied, true)
		}
	}
	altered, trials := p.Altered()
	if len(trials) != len(altered) {
		panic("a trial for each")
	}
	return altered
}

func unmoved(id uuid.UUID, _ int64) uuid.UUID { return id }

// Batches of several rounds, moments and persons hold while nothing changes,
// also of two persons in one microsecond; one mark changed, removed, moved or
// added is found, at the entry that entered it and at no other.
// covers T30
func TestOneMarkThatIsNotWhatWasEnteredIsFound(t *testing.T) {
	t.Parallel()
	moments := []time.Time{time.Date(2023, 4, 28, 1, 0, 0, 1000, time.UTC), time.Date(2023, 4, 28, 1, 0, 0, 2000, time.UTC)}
	rounds := []uuid.UUID{uuid.New(), uuid.New()}
	rapid.Check(t, func(t *rapid.T) {
		var batches []round.Batch
		var stored []*round.Mark
		var of []int64
		for seq := range int64(rapid.IntRange(1, 5).Draw(t, "batches")) {
			who, moment, in := uuid.New(), rapid.SampledFrom(moments).Draw(t, "moment"), rapid.SampledFrom(rounds).Draw(t, "round")
			marks := make([]*round.Mark, rapid.IntRange(1, 4).Draw(t, "marks"))
			for i := range marks {
				marks[i] = &round.Mark{ID: uuid.New(), Round: in, Item: "party", Channel: "onsite", Subject: uuid.New(), Judge: who, EnteredBy: who,
					EnteredAt: moment, Value: exact.Ratio(rapid.Int64Range(0, 300).Draw(t, "value"), 3)}
				of = append(of, seq+1)
			}
			batches = append(batches, told(t, seq+1, marks, rapid.Bool().Draw(t, "named")))
			stored = append(stored, marks...)
		}
		if altered := proved(batches, stored, unmoved); len(altered) > 0 {
			t.Fatalf("untouched: %+v", altered)
		}
		at := rapid.IntRange(0, len(stored)-1).Draw(t, "at")
		changed := *stored[at]
		changed.Value = changed.Value.Add(exact.Must("0.000001"))
		moved := *stored[at]
		moved.EnteredAt = moved.EnteredAt.Add(time.Hour)
		carried := *stored[at]
		carried.Round = uuid.New()
		replaced := func(m *round.Mark) []*round.Mark {
			other := slices.Clone(stored)
			other[at] = m
			return other
		}
		for name, c := range map[string]struct {
			stored []*round.Mark
			less   int
		}{
			"changed": {replaced(&changed), 0}, "moved": {replaced(&moved), 1}, "in another round": {replaced(&carried), 1},
			"removed": {slices.Delete(slices.Clone(stored), at, at+1), 1},
		} {
			altered := proved(batches, c.stored, unmoved)
			if len(altered) != 1 || altered[0].Seq != of[at] || altered[0].Found != altered[0].Entered-c.less {
				t.Fatalf("%s in entry %d: %+v", name, of[at], altered)
			}
			b := batches[of[at]-1]
			if want := b.IDs != nil && c.less > 0; want != (len(altered[0].Missing) == 1 && altered[0].Missing[0] == stored[at].ID) {
				t.Fatalf("%s: missing %v", name, altered[0].Missing)
			}
		}
	})
}

// A mark put beside a batch, one that no service has written, an entry that
// cannot be read, and subjects that had other ids.
func TestWhatAProofMakesOfTheRest(t *testing.T) {
	t.Parallel()
	moment, in, who := time.Date(2023, 4, 28, 1, 0, 0, 0, time.UTC), uuid.New(), uuid.New()
	m := func() *round.Mark {
		return &round.Mark{ID: uuid.New(), Round: in, Item: "party", Channel: "onsite", Subject: uuid.New(), Judge: who, EnteredBy: who, EnteredAt: moment,
			Value: exact.Must("9"), Detail: &scoring.Detail{Level: "good", Note: "<好>"}}
	}
	one, two := m(), m()
	batch := told(t, 7, []*round.Mark{one, two}, false)
	if altered := proved([]round.Batch{batch}, []*round.Mark{one, two, m()}, unmoved); len(altered) != 1 || altered[0].Found != 3 {
		t.Errorf("one more: %+v", altered)
	}
	p := round.NewProof([]round.Batch{batch}, unmoved)
	p.AddEntered(one, true)
	p.AddEntered(two, false)
	if altered, _ := p.Altered(); len(altered) != 1 || altered[0].Found != 2 {
		t.Errorf("one that cannot be read: %+v", altered)
	}
	for _, detail := range []string{`{`, `{"marks":"two","fingerprint":""}`} {
		if altered := proved([]round.Batch{round.BatchOf(3, in, []byte(detail))}, []*round.Mark{one}, unmoved); len(altered) != 1 || altered[0].Seq != 3 {
			t.Errorf("%s: %+v", detail, altered)
		}
	}
	was := one.Subject
	one.Subject = uuid.New() // as it is called here
	before := func(id uuid.UUID, seq int64) uuid.UUID {
		if id == one.Subject && seq == 7 {
			return was
		}
		return id
	}
	if altered := proved([]round.Batch{batch}, []*round.Mark{one, two}, before); len(altered) > 0 {
		t.Errorf("moved into another database: %+v", altered)
	}
	if altered := proved([]round.Batch{batch}, []*round.Mark{one, two}, unmoved); len(altered) != 1 {
		t.Error("another subject goes unnoticed")
	}
}
