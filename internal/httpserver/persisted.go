package httpserver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/persisted"
	"leitai/internal/viewer"
)

// Trusted knows the operations that a tenant registered; every call is part of a
// request.
type Trusted interface {
	// Text gives the text of a registered operation.
	Text(ctx context.Context, h persisted.Hash) (string, error)
	// PolicyOf tells what is registered and who may ask nothing else.
	PolicyOf(ctx context.Context) (*persisted.Policy, error)
}

// recall finds the text of an operation that is asked by its hash: among those
// the tenant's clients sent before to this replica, else among those the tenant
// registered, which costs a unit of its own. A text that comes with a hash has to
// be the text of that hash.
func (s *Server) recall(w http.ResponseWriter, r *http.Request, who budget.Asker, a *asked) error {
	hash, named, err := a.named()
	if err != nil || !named {
		return err
	}
	if a.sent {
		if a.hashed() != hash {
			return fault.New(fault.PersistedQueryHash)
		}
		return nil
	}
	a.hash, a.known = hash, true
	if text, found := s.memory.Get(who.Tenant, hash); found {
		a.Query = text
		return nil
	}
	if _, err := s.charge(w, r, who, 1, false); err != nil {
		return err
	}
	return s.within(r, func(ctx context.Context) error {
		text, err := s.deps.Trusted.Text(ctx, hash)
		if err != nil {
			return err
		}
		a.Query = text
		s.memory.Put(who.Tenant, hash, text)
		return nil
	})
}

// remember keeps a text that was sent with its hash and found valid.
func (s *Server) remember(who budget.Asker, a *asked) {
	if _, named, err := a.named(); err == nil && named && a.sent {
		s.memory.Put(who.Tenant, a.hashed(), a.Query)
	}
}

// hashed is the SHA-256 of the text.
func (a *asked) hashed() persisted.Hash {
	if !a.known {
		a.hash, a.known = sha256.Sum256([]byte(a.Query)), true
	}
	return a.hash
}

// named reads the hash that a request names its operation by: the parameter id,
// or the extension of automatic persisted queries. false: it names none.
func (a *asked) named() (hash persisted.Hash, named bool, err error) {
	text := a.id
	if extension, has := a.Extensions["persistedQuery"]; has {
		fields, _ := extension.(map[string]any)
		version, _ := fields["version"].(json.Number)
		sent, _ := fields["sha256Hash"].(string)
		if version != "1" || text != "" && sent != text {
			return hash, false, fault.New(fault.PersistedQueryHash).At("extensions.persistedQuery")
		}
		text = sent
	} else if text == "" {
		return hash, false, nil
	}
	if n, err := hex.Decode(hash[:], []byte(text)[:min(len(text), 2*len(hash))]); err != nil || n != len(hash) || hex.EncodeToString(hash[:]) != text {
		return hash, false, fault.New(fault.PersistedQueryHash)
	}
	return hash, true, nil
}

// trusted holds tokens in the trusted-document mode to registered operations,
// and asks by id to those registered now, whatever this replica remembers. It
// says nothing about an operation that it refuses, and hides the schema from
// those it holds.
func (s *Server) trusted(ctx context.Context, read *operation) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if v.Credential.Kind != viewer.Token && read.asked.id == "" {
		return nil
	}
	policy, err := s.deps.Trusted.PolicyOf(ctx)
	if err != nil {
		return err
	}
	held := policy.Holds(v)
	if held {
		read.context.DisableIntrospection = true
	}
	switch registered := (held || read.asked.id != "") && policy.Registered(read.asked.hashed()); {
	case held && !registered:
		return fault.New(fault.DocumentNotTrusted)
	case read.asked.id != "" && !registered:
		return fault.New(fault.PersistedQueryNotFound)
	}
	return nil
}

// documents are operations that were parsed and found valid, bounded by what
// they take: the text, and what it is parsed into.
type documents struct {
	shelf *persisted.Shelf[string, *document]
}

// document is what a text was parsed into, with the weight of its operations as
// far as it follows from the text.
type document struct {
	parsed  *ast.QueryDocument
	burdens []atomic.Pointer[burden] // by operation
}

const (
	// parsedBytes is what all of them may weigh.
	parsedBytes = 64 << 20
	// parsedWeight is how many bytes a byte of text takes when it is parsed,
	// measured on the queries of the documentation, rounded up.
	parsedWeight = 32
)

func newDocuments() *documents {
	return &documents{persisted.NewShelf(parsedBytes, func(text string, _ *document) int { return parsedWeight*len(text) + 1_000 })}
}

// Get implements graphql.Cache.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	held, found := d.shelf.Get(text)
	if !found {
		return nil, false
	}
	return held.parsed, true
}

// Add implements graphql.Cache.
func (d *documents) Add(_ context.Context, text string, parsed *ast.QueryDocument) {
	d.shelf.Put(text, &document{parsed: parsed, burdens: make([]atomic.Pointer[burden], len(parsed.Operations))})
}

func (d *documents) has(text string) bool { return d.shelf.Has(text) }

// burdenOf is where the weight of an operation is remembered; nowhere, when its
// text is not held or was parsed anew meanwhile.
func (d *documents) burdenOf(operation *graphql.OperationContext) *atomic.Pointer[burden] {
	if held, found := d.shelf.Get(operation.RawQuery); found && held.parsed == operation.Doc {
		if n := slices.Index(held.parsed.Operations, operation.Operation); n >= 0 {
			return &held.burdens[n]
		}
	}
	return &atomic.Pointer[burden]{}
}
