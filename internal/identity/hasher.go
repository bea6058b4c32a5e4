package identity

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
)

// Hasher hashes passwords, and derives the key of one anew.
type Hasher interface {
	// Hash gives setting and key: $argon2id$v=19$m=…,t=…,p=…$salt$key.
	Hash(ctx context.Context, password string) (string, error)
	// Derive gives the key of a password under a setting, which is a hash without
	// its key. The database compares it: it hands no key out (login_check).
	Derive(ctx context.Context, password, setting string) ([]byte, error)
	// Setting gives a new setting, with a salt of its own.
	Setting() string
	// Current reports whether a setting has the costs that Hash would give it.
	Current(setting string) bool
}

// keyLength of a derived key, in bytes.
const keyLength = 32

// settingOf is a hash without its key.
func settingOf(hash string) string { return hash[:max(strings.LastIndexByte(hash, '$'), 0)] }

// hashOf puts a hash together again.
func hashOf(setting string, key []byte) string {
	return setting + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// Argon2Options are the costs of a hash. The defaults are those OWASP names for
// argon2id: 19 MiB, two passes, one lane.
type Argon2Options struct {
	MemoryKiB  uint32 // of one hash; 0 means 19 MiB
	Iterations uint32 // 0 means 2
	BudgetKiB  int64  // of all hashes at a time; 0 means two hashes
}

// Argon2 hashes with argon2id behind a gate: the memory of all hashes at a time
// stays within the budget, and the others wait for their turn or for the end of
// their context.
type Argon2 struct {
	params argon2id.Params
	budget int64
	gate   *semaphore.Weighted
	derive func(password, salt []byte, iterations, memory uint32, lanes uint8, length uint32) []byte
	create func(password string, params *argon2id.Params) (string, error)

	observe func(kib int64)
}

var _ Hasher = (*Argon2)(nil)

// NewArgon2 makes the hasher.
func NewArgon2(o Argon2Options) *Argon2 {
	memory := cmp.Or(o.MemoryKiB, 19*1024)
	budget := max(cmp.Or(o.BudgetKiB, 2*int64(memory)), int64(memory))
	return &Argon2{
		params: argon2id.Params{Memory: memory, Iterations: cmp.Or(o.Iterations, 2), Parallelism: 1, SaltLength: 16, KeyLength: keyLength},
		budget: budget, gate: semaphore.NewWeighted(budget),
		derive: argon2.IDKey, create: argon2id.CreateHash, observe: func(int64) {},
	}
}

// Observe has every change of the memory that hashes hold told, in KiB, for a
// metric. It is called before the first hash.
func (a *Argon2) Observe(change func(kib int64)) { a.observe = change }

// hold waits for the memory of a hash and gives what gives it back.
func (a *Argon2) hold(ctx context.Context, memory uint32) (func(), error) {
	weight := min(int64(memory), a.budget)
	if err := a.gate.Acquire(ctx, weight); err != nil {
		return nil, fmt.Errorf("wait for the memory of a password's hash: %w", err)
	}
	a.observe(int64(memory))
	return func() {
		a.observe(-int64(memory))
		a.gate.Release(weight)
	}, nil
}

// Hash implements Hasher.
func (a *Argon2) Hash(ctx context.Context, password string) (string, error) {
	release, err := a.hold(ctx, a.params.Memory)
	if err != nil {
		return "", err
	}
	defer release()
	return a.create(password, &a.params)
}

// Setting implements Hasher.
func (a *Argon2) Setting() string {
	salt := make([]byte, a.params.SaltLength)
	_, _ = rand.Read(salt) // it never fails
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s", argon2.Version, a.params.Memory, a.params.Iterations, a.params.Parallelism,
		base64.RawStdEncoding.EncodeToString(salt))
}

// Derive implements Hasher. A setting of other costs weighs what it costs.
func (a *Argon2) Derive(ctx context.Context, password, setting string) ([]byte, error) {
	params, salt, _, err := argon2id.DecodeHash(setting + "$")
	if err != nil {
		return nil, fmt.Errorf("read the setting of a password: %w", err)
	}
	release, err := a.hold(ctx, params.Memory)
	if err != nil {
		return nil, err
	}
	defer release()
	return a.derive([]byte(password), salt, params.Iterations, params.Memory, params.Parallelism, keyLength), nil
}

// Current implements Hasher.
func (a *Argon2) Current(setting string) bool {
	params, _, _, err := argon2id.DecodeHash(setting + "$")
	return err == nil && params.Memory == a.params.Memory && params.Iterations == a.params.Iterations && params.Parallelism == a.params.Parallelism
}
