package identity

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/alexedwards/argon2id"
)

func TestHashes(t *testing.T) {
	t.Parallel()
	a := NewArgon2(Argon2Options{MemoryKiB: 64, Iterations: 1})
	hash, err := a.Hash(t.Context(), "Correct-Horse-1")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") || strings.Contains(hash, "Horse") {
		t.Fatalf("%q %v", hash, err)
	}
	again, err := a.Hash(t.Context(), "Correct-Horse-1")
	if err != nil || again == hash {
		t.Error("two hashes of a password are alike")
	}
	for word, want := range map[string]bool{"Correct-Horse-1": true, "correct-Horse-1": false, "": false} {
		key, err := a.Derive(t.Context(), word, settingOf(hash))
		if err != nil || (hashOf(settingOf(hash), key) == hash) != want {
			t.Errorf("%q: %v", word, err)
		}
	}
	if strings.Contains(settingOf(hash), hash[strings.LastIndexByte(hash, '$'):]) || settingOf("nothing") != "" {
		t.Error("a setting holds its key")
	}
	if setting := a.Setting(); setting == a.Setting() || !a.Current(setting) || NewArgon2(Argon2Options{}).Current(setting) {
		t.Errorf("a new setting: %q", setting)
	} else if key, err := a.Derive(t.Context(), "Correct-Horse-1", setting); err != nil || len(key) != keyLength || hashOf(setting, key) == hash {
		t.Errorf("a key under a new setting: %v", err)
	}
	if _, err := a.Derive(t.Context(), "", "not a setting"); err == nil {
		t.Error("nonsense is a setting")
	}
	if d := NewArgon2(Argon2Options{}); d.params.Memory != 19*1024 || d.params.Iterations != 2 || d.budget != 2*19*1024 {
		t.Errorf("defaults %+v %d", d.params, d.budget)
	}
}

// However many log in at a time, the memory of the hashes under way stays in
// the budget.
func TestTheGateBoundsTheMemoryOfParallelLogins(t *testing.T) {
	t.Parallel()
	const parallel = 50
	a := NewArgon2(Argon2Options{MemoryKiB: 100, Iterations: 1, BudgetKiB: 350})
	hash, err := a.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	heavy, err := argon2id.CreateHash("x", &argon2id.Params{Memory: 300, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	var used, peak, done atomic.Int64
	inner := a.derive
	a.derive = func(password, salt []byte, iterations, memory uint32, lanes uint8, length uint32) []byte {
		weight := int64(memory)
		now := used.Add(weight)
		defer used.Add(-weight)
		for {
			if most := peak.Load(); now <= most || peak.CompareAndSwap(most, now) {
				break
			}
		}
		done.Add(1)
		return inner(password, salt, iterations, memory, lanes, length)
	}
	var all sync.WaitGroup
	for i := range parallel {
		all.Go(func() {
			which := hash
			if i%5 == 0 {
				which = heavy
			}
			if key, err := a.Derive(context.Background(), "x", settingOf(which)); err != nil || hashOf(settingOf(which), key) != which {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if peak.Load() > 350 || done.Load() != parallel {
		t.Errorf("%d KiB at a time, %d hashes", peak.Load(), done.Load())
	}
}

func TestWaitingForTheGateEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	a := NewArgon2(Argon2Options{MemoryKiB: 64, Iterations: 1, BudgetKiB: 64})
	if err := a.gate.Acquire(t.Context(), 64); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("hash: %v", err)
	}
	if _, err := a.Derive(ctx, "x", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA"); !errors.Is(err, context.Canceled) {
		t.Errorf("derive: %v", err)
	}
}
