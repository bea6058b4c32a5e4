package persisted

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

func asToken(tenant, token uuid.UUID, epoch int64) *viewer.Viewer {
	return &viewer.Viewer{Tenant: tenant, Epoch: epoch, Credential: viewer.Credential{Kind: viewer.Token, ID: token.String()}}
}

// Who is held: the token named, every token where all are, never a person.
func TestWhoIsHeld(t *testing.T) {
	t.Parallel()
	one, other := uuid.New(), uuid.New()
	person := &viewer.Viewer{Credential: viewer.Credential{Kind: viewer.Session}}
	for name, c := range map[string]struct {
		tokens                []uuid.UUID
		one, other, anyPerson bool
	}{
		"nobody": {nil, false, false, false},
		"one":    {[]uuid.UUID{one}, true, false, false},
		"every":  {[]uuid.UUID{uuid.Nil}, true, true, false},
	} {
		p := NewPolicy(1, nil, c.tokens)
		if p.Holds(asToken(uuid.Nil, one, 1)) != c.one || p.Holds(asToken(uuid.Nil, other, 1)) != c.other || p.Holds(person) != c.anyPerson {
			t.Errorf("%s: wrong", name)
		}
	}
	unnamed := &viewer.Viewer{Credential: viewer.Credential{Kind: viewer.Token}}
	if !NewPolicy(1, nil, []uuid.UUID{one}).Holds(unnamed) {
		t.Error("a token without an id passes")
	}
}

// policies is a store of a policy alone.
type policies struct {
	Store

	reads  atomic.Int64
	hashes []Hash
}

func (p *policies) TrustedPolicy(context.Context) ([]Hash, []uuid.UUID, error) {
	p.reads.Add(1)
	return p.hashes, nil, nil
}

func (p *policies) TrustedText(context.Context, Hash) (string, error) {
	return "", fault.New(fault.NotFound)
}

type open struct{}

func (open) Require(context.Context, authz.Permission, uuid.UUID) error { return nil }

func serviceOf(st Store) *Service {
	work := func(ctx context.Context, do func(context.Context, Store) error) error { return do(ctx, st) }
	return New(Config{Read: work, Write: work, Gate: open{}})
}

// The policy is read once for a tenant and epoch, and again after each move of
// the epoch; an old request never puts an old policy back.
func TestThePolicyFollowsTheEpoch(t *testing.T) {
	t.Parallel()
	st := &policies{}
	s := serviceOf(st)
	a, b := uuid.New(), uuid.New()
	h := hashOf("{ x }")
	at := func(tenant uuid.UUID, epoch int64) *Policy {
		p, err := s.PolicyOf(viewer.With(t.Context(), asToken(tenant, uuid.New(), epoch)))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for range 3 {
		at(a, 1)
	}
	if n := st.reads.Load(); n != 1 {
		t.Errorf("read %d times", n)
	}
	at(b, 1)
	st.hashes = []Hash{h}
	if at(a, 1).Registered(h) || !at(a, 2).Registered(h) {
		t.Error("the epoch does not decide")
	}
	st.hashes = nil
	if at(a, 1).Registered(h) { // a request that began before
		t.Error("an old request sees a newer policy")
	}
	if !at(a, 2).Registered(h) {
		t.Error("an old request put its policy back")
	}
	if n := st.reads.Load(); n != 4 {
		t.Errorf("read %d times", n)
	}
	if _, err := s.PolicyOf(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

func TestATextThatIsNotRegistered(t *testing.T) {
	t.Parallel()
	if _, err := serviceOf(&policies{}).Text(t.Context(), Hash{}); fault.CodeOf(err) != fault.PersistedQueryNotFound {
		t.Errorf("%v", err)
	}
}

// Tokens register nothing, and lists are checked before anything is written.
func TestWhatMayBeRegistered(t *testing.T) {
	t.Parallel()
	s := serviceOf(&policies{})
	person := viewer.With(t.Context(), &viewer.Viewer{User: uuid.New()})
	program := viewer.With(t.Context(), asToken(uuid.New(), uuid.New(), 1))
	one := []Wanted{{Name: "a", Text: "{ x }"}}
	for name, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"by a token":         {second(s.Add(program, one)), fault.SessionNeeded},
		"retired by a token": {second(s.Retire(program, []uuid.UUID{uuid.New()})), fault.SessionNeeded},
		"mode by a token":    {second(s.SetMode(program, uuid.Nil, true)), fault.SessionNeeded},
		"none":               {second(s.Add(person, nil)), fault.Required},
		"too many":           {second(s.Add(person, make([]Wanted, mostAtOnce+1))), fault.Required},
		"no name":            {second(s.Add(person, []Wanted{{Name: " ", Text: "{ x }"}})), fault.Required},
		"none retired":       {second(s.Retire(person, nil)), fault.Required},
	} {
		if fault.CodeOf(c.err) != c.want {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	closed := New(Config{Gate: shut{}})
	for name, err := range map[string]error{"add": second(closed.Add(person, one)), "list": second(closed.Modes(person)), "one": second(closed.ByID(person, uuid.New()))} {
		if !errors.Is(err, errShut) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errShut = errors.New("shut")

type shut struct{}

func (shut) Require(context.Context, authz.Permission, uuid.UUID) error { return errShut }

func second[T any](_ T, err error) error { return err }
