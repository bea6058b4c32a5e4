package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"time"
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
	// Fields in the order of their names, so that the form is canonical.
	form, err := json.Marshal(struct {
		Action     string          `json:"action"`
		Actor      string          `json:"actor"`
		At         string          `json:"at"`
		Credential string          `json:"credential"`
		Detail     json.RawMessage `json:"detail"`
		ID         string          `json:"id"`
		ObjectID   string          `json:"objectId"`
		ObjectKind string          `json:"objectKind"`
		Previous   string          `json:"previous"`
		Region     string          `json:"region"`
		RequestID  string          `json:"requestId"`
		Seq        int64           `json:"seq"`
		Tenant     string          `json:"tenant"`
	}{
		e.Action, e.Actor.String(), e.At.UTC().Format(time.RFC3339Nano), e.Credential, detail, e.ID.String(), e.ObjectID.String(),
		e.ObjectKind, hex.EncodeToString(e.Previous), e.Region, e.RequestID, e.Seq, e.Tenant.String(),
	})
	if err != nil {
		return nil, fmt.Errorf("audit: entry %d: %w", e.Seq, err)
	}
	sum := sha256.Sum256(form)
	return sum[:], nil
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
// the last entries were cut off shows only against a head noted elsewhere.
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
