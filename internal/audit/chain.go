package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/google/uuid"
)

// Head is the last link of a chain.
type Head struct {
	Seq  int64
	Hash []byte
}

// Start is the head of a tenant's chain before its first entry.
func Start() Head { return Head{Hash: make([]byte, sha256.Size)} }

// Link gives the entries their numbers and hashes, in order after head, and
// returns the new head.
func Link(head Head, entries []Entry) (Head, error) {
	for i := range entries {
		e := &entries[i]
		e.Seq, e.Previous = head.Seq+1, head.Hash
		e.At = e.At.UTC().Truncate(time.Microsecond)
		hash, err := e.Sum()
		if err != nil {
			return head, err
		}
		e.Hash = hash
		head = Head{Seq: e.Seq, Hash: hash}
	}
	return head, nil
}

// Sum computes the hash that an entry with these fields has.
func (e Entry) Sum() ([]byte, error) {
	detail, err := canonical(e.Detail)
	if err != nil {
		return nil, fmt.Errorf("audit: entry %d: %w", e.Seq, err)
	}
	before, after, err := e.change()
	if err != nil {
		return nil, fmt.Errorf("audit: entry %d: %w", e.Seq, err)
	}
	unit := ""
	if e.Unit != uuid.Nil {
		unit = e.Unit.String()
	}
	// Fields in the order of their names, so that the form is canonical.
	form, err := json.Marshal(struct {
		Action     string          `json:"action"`
		Actor      string          `json:"actor"`
		After      json.RawMessage `json:"after,omitempty"`
		At         string          `json:"at"`
		Before     json.RawMessage `json:"before,omitempty"`
		Credential string          `json:"credential"`
		Detail     json.RawMessage `json:"detail"`
		ID         string          `json:"id"`
		ObjectID   string          `json:"objectId"`
		ObjectKind string          `json:"objectKind"`
		Previous   string          `json:"previous"`
		Reason     string          `json:"reason,omitempty"`
		Region     string          `json:"region"`
		RequestID  string          `json:"requestId"`
		Seq        int64           `json:"seq"`
		Tenant     string          `json:"tenant"`
		Unit       string          `json:"unit,omitempty"`
	}{
		e.Action, e.Actor.String(), after, e.At.UTC().Format(time.RFC3339Nano), before, e.Credential, detail, e.ID.String(), e.ObjectID.String(),
		e.ObjectKind, hex.EncodeToString(e.Previous), e.Reason, e.Region, e.RequestID, e.Seq, e.Tenant.String(), unit,
	})
	if err != nil {
		return nil, fmt.Errorf("audit: entry %d: %w", e.Seq, err)
	}
	sum := sha256.Sum256(form)
	return sum[:], nil
}

// change gives what changed in canonical form; nil where nothing is noted.
func (e Entry) change() (before, after json.RawMessage, err error) {
	if e.Before != nil {
		if before, err = canonical(e.Before); err != nil {
			return nil, nil, err
		}
	}
	if e.After != nil {
		after, err = canonical(e.After)
	}
	return before, after, err
}

// Broken is the first entry at which a chain does not hold.
type Broken struct {
	Seq int64 // the number the entry should have
	Why string
}

// Error says where and why.
func (b *Broken) Error() string {
	return fmt.Sprintf("audit: the chain is broken at entry %d: %s", b.Seq, b.Why)
}

// Verify follows a tenant's chain from its first entry, in order, and returns
// its head; a *Broken where an entry was changed, removed, added or moved. That
// the last entries were cut off shows only against a head noted elsewhere:
// see VerifyTo.
func Verify(entries iter.Seq2[Entry, error]) (Head, error) {
	head := Start()
	for e, err := range entries {
		if err != nil {
			return head, err
		}
		next := head.Seq + 1
		if e.Seq != next {
			return head, &Broken{Seq: next, Why: fmt.Sprintf("the entry that follows has number %d", e.Seq)}
		}
		if !bytes.Equal(e.Previous, head.Hash) {
			return head, &Broken{Seq: next, Why: "it does not continue the entry before"}
		}
		hash, err := e.Sum()
		if err != nil {
			return head, &Broken{Seq: next, Why: err.Error()}
		}
		if !bytes.Equal(e.Hash, hash) {
			return head, &Broken{Seq: next, Why: "its content does not match its hash"}
		}
		head = Head{Seq: e.Seq, Hash: e.Hash}
	}
	return head, nil
}

// VerifyTo is Verify with heads noted elsewhere: the chain must pass through
// each of them, so that neither its end can be cut off nor all of it replaced.
func VerifyTo(entries iter.Seq2[Entry, error], noted ...Head) (Head, error) {
	ahead := map[int64][]byte{}
	for _, h := range noted {
		if h.Seq == 0 {
			continue // an empty chain has nothing to pass through
		}
		if other, known := ahead[h.Seq]; known && !bytes.Equal(other, h.Hash) {
			return Start(), &Broken{Seq: h.Seq, Why: "two heads with this number were noted"}
		}
		ahead[h.Seq] = h.Hash
	}
	passed := func(yield func(Entry, error) bool) {
		for e, err := range entries {
			if want, known := ahead[e.Seq]; err == nil && known && bytes.Equal(want, e.Hash) {
				delete(ahead, e.Seq)
			}
			if !yield(e, err) {
				return
			}
		}
	}
	head, err := Verify(passed)
	if err != nil {
		return head, err
	}
	for seq := range ahead {
		if seq <= head.Seq {
			return head, &Broken{Seq: seq, Why: "it is not the entry that was noted"}
		}
	}
	if len(ahead) > 0 {
		return head, &Broken{Seq: head.Seq + 1, Why: "it was noted, and is not there any more"}
	}
	return head, nil
}

// VerifyWhole is VerifyTo for a chain whose tip is known: it ends there and
// nowhere else, so that nothing can be added past it either.
func VerifyWhole(entries iter.Seq2[Entry, error], tip Head, noted ...Head) (Head, error) {
	head, err := VerifyTo(entries, append([]Head{tip}, noted...)...)
	if err == nil && head.Seq != tip.Seq {
		err = &Broken{Seq: tip.Seq + 1, Why: "it was added past the end that the database noted"}
	}
	return head, err
}
