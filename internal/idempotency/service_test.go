package idempotency

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/config"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// keys is a store that knows what it is told of one key.
type keys struct {
	before   *Earlier
	claimed  []Attempt
	kept     []byte
	released bool
}

func (k *keys) ClaimKey(_ context.Context, a Attempt, leased, expires time.Time) (*Earlier, error) {
	if leased.Sub(a.At) != Lease || expires.Sub(a.At) != Kept {
		return nil, errors.New("other times")
	}
	if k.before == nil {
		k.claimed = append(k.claimed, a)
	}
	return k.before, nil
}

func (k *keys) KeepAnswer(_ context.Context, _ Attempt, answer []byte) error {
	k.kept = answer
	return nil
}

func (k *keys) ReleaseKey(context.Context, Attempt) error {
	k.released = true
	return nil
}

func service(k *keys) *Service {
	return New(func(ctx context.Context, do func(context.Context, Store) error) error { return do(ctx, k) }, func() config.Ring { return ring }, func() time.Time { return time.Unix(1e9, 0) })
}

var ring = config.Ring{[]byte("a key of thirty-two bytes in all")}

func asked(t *testing.T) (context.Context, *viewer.Viewer) {
	t.Helper()
	v := &viewer.Viewer{Tenant: uuid.New(), User: uuid.New(), Credential: viewer.Credential{Kind: viewer.Token, ID: "t"}}
	return viewer.With(t.Context(), v), v
}

func TestAClaimIsTheAskersOwn(t *testing.T) {
	t.Parallel()
	ctx, v := asked(t)
	k := &keys{}
	a, first, err := service(k).Begin(ctx, "key", [32]byte{1})
	if err != nil || first != nil || len(k.claimed) != 1 {
		t.Fatal(a, first, err)
	}
	if a.Tenant != v.Tenant || a.User != v.User || a.Credential != "t" || a.Key != "key" || a.Request != [32]byte{1} || a.ID == uuid.Nil {
		t.Errorf("%+v", a)
	}
	b, _, _ := service(k).Begin(ctx, "key", [32]byte{1})
	if b.ID == a.ID {
		t.Error("two attempts are one")
	}
	if From(ctx) != nil || From(Into(ctx, a)) != a {
		t.Error("the context does not carry the attempt")
	}
}

// What a later request is told follows from what became of the first one.
func TestWhatALaterRequestIsTold(t *testing.T) {
	t.Parallel()
	ctx, _ := asked(t)
	for name, c := range map[string]struct {
		before Earlier
		answer string
		code   fault.Code
	}{
		"under way":                           {Earlier{Request: [32]byte{1}, UnderWay: true}, "", fault.IdempotencyBusy},
		"carried out, not answered yet":       {Earlier{Request: [32]byte{1}, CarriedOut: true, UnderWay: true}, "", fault.IdempotencyBusy},
		"answered":                            {Earlier{Request: [32]byte{1}, CarriedOut: true, Answer: []byte("x")}, "x", ""},
		"refused, and answered":               {Earlier{Request: [32]byte{1}, Answer: []byte("no")}, "no", ""},
		"carried out, the answer lost":        {Earlier{Request: [32]byte{1}, CarriedOut: true}, "", fault.IdempotencyAnswerNotKept},
		"another request, answered":           {Earlier{Request: [32]byte{2}, CarriedOut: true, Answer: []byte("x")}, "", fault.IdempotencyKeyReused},
		"another request that is under way":   {Earlier{Request: [32]byte{2}}, "", fault.IdempotencyKeyReused},
		"another request, the answer is lost": {Earlier{Request: [32]byte{2}, CarriedOut: true}, "", fault.IdempotencyKeyReused},
	} {
		if c.before.Answer != nil {
			k := &keys{}
			s := service(k)
			a, _, _ := s.Begin(ctx, "key", [32]byte{1})
			if err := s.Keep(ctx, a, c.before.Answer); err != nil || bytes.Equal(k.kept, c.before.Answer) {
				t.Fatalf("%s: kept as it is: %v", name, err)
			}
			c.before.Answer = k.kept
		}
		a, first, err := service(&keys{before: &c.before}).Begin(ctx, "key", [32]byte{1})
		if a != nil || string(first) != c.answer || fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v %q %v", name, a, first, err)
		}
	}
}

func TestAnAnswerThatIsTooLargeIsNotKept(t *testing.T) {
	t.Parallel()
	ctx, _ := asked(t)
	k := &keys{}
	s := service(k)
	a, _, _ := s.Begin(ctx, "key", [32]byte{})
	if err := s.Keep(ctx, a, make([]byte, MostAnswer+1)); err != nil || k.kept != nil || !k.released {
		t.Errorf("%v %d", err, len(k.kept))
	}
	if err := s.Keep(ctx, a, make([]byte, MostAnswer)); err != nil || len(k.kept) < MostAnswer || len(k.kept) > 256<<10 {
		t.Errorf("%v %d", err, len(k.kept))
	}
	if err := s.Release(ctx, a); err != nil || !k.released {
		t.Errorf("%v", err)
	}
}

// What is kept opens for nobody else, under no other key, and not with keys that
// a thief of the database does not have.
func TestKeptAnswersAreSealed(t *testing.T) {
	t.Parallel()
	ctx, _ := asked(t)
	k := &keys{}
	s := service(k)
	a, _, _ := s.Begin(ctx, "key", [32]byte{1})
	if err := s.Keep(ctx, a, []byte("whsec_secret")); err != nil || bytes.Contains(k.kept, []byte("whsec")) {
		t.Fatalf("%v %q", err, k.kept)
	}
	k.before = &Earlier{Request: [32]byte{1}, CarriedOut: true, Answer: k.kept}
	if _, _, err := s.Begin(ctx, "other", [32]byte{1}); fault.CodeOf(err) != fault.IdempotencyAnswerNotKept {
		t.Errorf("under another key: %v", err)
	}
	other, _ := asked(t)
	if _, _, err := s.Begin(other, "key", [32]byte{1}); fault.CodeOf(err) != fault.IdempotencyAnswerNotKept {
		t.Errorf("for another user: %v", err)
	}
	s.secrets = func() config.Ring { return config.Ring{[]byte("some other key of thirty-two byte")[:32]} }
	if _, _, err := s.Begin(ctx, "key", [32]byte{1}); fault.CodeOf(err) != fault.IdempotencyAnswerNotKept {
		t.Errorf("with another key: %v", err)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{"a": true, "8e03978e-40d5-43e8-bc93-6894a57f9324": true, strings.Repeat("x", 200): true, "!~": true,
		"": false, strings.Repeat("x", 201): false, "a b": false, "键": false, "a\n": false, "\x7f": false} {
		if ValidKey(key) != want {
			t.Errorf("%q", key)
		}
	}
	ctx, _ := asked(t)
	if _, _, err := service(&keys{}).Begin(ctx, "a b", [32]byte{}); fault.CodeOf(err) != fault.IdempotencyKeyInvalid {
		t.Error(err)
	}
	if _, _, err := service(&keys{}).Begin(t.Context(), "a", [32]byte{}); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error(err)
	}
}
