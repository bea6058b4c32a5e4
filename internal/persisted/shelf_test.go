package persisted

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func hashOf(text string) Hash { return sha256.Sum256([]byte(text)) }

// A hundred thousand different operations of one tenant take no more memory than
// a thousand, and nothing from another tenant.
//
// covers T34
func TestAFloodOfOperationsIsBounded(t *testing.T) {
	t.Parallel()
	m := NewMemory()
	a, b := uuid.New(), uuid.New()
	const quiet = "{ viewer { today } }"
	m.Put(b, hashOf(quiet), quiet)
	most := 0
	for i := range 100_000 {
		text := fmt.Sprintf("{ viewer { today } } # %d", i)
		m.Put(a, hashOf(text), text)
		most = max(most, m.Bytes())
	}
	if limit := eachTenant + 2*around + around + len(quiet); most > limit {
		t.Errorf("%d bytes were held, not at most %d", most, limit)
	}
	if text, found := m.Get(b, hashOf(quiet)); !found || text != quiet {
		t.Error("the other tenant's operation is forgotten")
	}
	if _, found := m.Get(a, hashOf(quiet)); found {
		t.Error("one tenant finds what another one asked")
	}
	if _, found := m.Get(a, hashOf("{ viewer { today } } # 99999")); !found {
		t.Error("the last one is forgotten")
	}
}

// covers T34
func TestManyTenantsAreBounded(t *testing.T) {
	t.Parallel()
	m := NewMemory()
	text := strings.Repeat("x", 100_000)
	hash := hashOf(text)
	for range 5_000 {
		m.Put(uuid.New(), hash, text)
		if m.Bytes() > all {
			t.Fatalf("%d bytes are held", m.Bytes())
		}
	}
	if m.tenants.Len() < 500 {
		t.Errorf("only %d tenants are remembered", m.tenants.Len())
	}
}

// What one operation weighs is bounded, too.
func TestOneLargeOperationIsNotTaken(t *testing.T) {
	t.Parallel()
	m := NewMemory()
	tenant, text := uuid.New(), strings.Repeat("x", eachTenant/8)
	m.Put(tenant, hashOf(text), text)
	if _, found := m.Get(tenant, hashOf(text)); found {
		t.Error("it is taken")
	}
}

// Whatever is put, the weight is that of what is there, and the one used last is
// there.
func TestAShelfKeepsItsBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := NewShelf(100, func(_ int, v string) int { return len(v) })
		for range rapid.IntRange(1, 80).Draw(rt, "steps") {
			k, v := rapid.IntRange(0, 9).Draw(rt, "k"), strings.Repeat("x", rapid.IntRange(0, 20).Draw(rt, "v"))
			s.Put(k, v)
			if got, found := s.Get(k); len(v) <= 12 && (!found || got != v) {
				rt.Fatalf("%d is not there", k)
			}
			sum := 0
			for _, key := range s.things.Keys() {
				held, _ := s.things.Peek(key)
				sum += len(held)
			}
			if sum != s.Bytes() || sum > 100 || s.Has(k) != s.things.Contains(k) {
				rt.Fatalf("%d weigh %d", sum, s.Bytes())
			}
		}
	})
}
