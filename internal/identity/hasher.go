package identity

import (
	"context"
	"fmt"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
)

// Hasher hashes passwords and compares them.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	Matches(ctx context.Context, password, hash string) (bool, error)
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
	params  argon2id.Params
	budget  int64
	gate    *semaphore.Weighted
	compare func(password, hash string) (bool, error)
	create  func(password string, params *argon2id.Params) (string, error)
}

var _ Hasher = (*Argon2)(nil)

// NewArgon2 makes the hasher.
func NewArgon2(o Argon2Options) *Argon2 {
	memory := orElse(o.MemoryKiB, 19*1024)
	budget := max(orElse(o.BudgetKiB, 2*int64(memory)), int64(memory))
	return &Argon2{
		params: argon2id.Params{Memory: memory, Iterations: orElse(o.Iterations, 2), Parallelism: 1, SaltLength: 16, KeyLength: 32},
		budget: budget, gate: semaphore.NewWeighted(budget),
		compare: argon2id.ComparePasswordAndHash, create: argon2id.CreateHash,
	}
}

// Hash implements Hasher.
func (a *Argon2) Hash(ctx context.Context, password string) (string, error) {
	weight := int64(a.params.Memory)
	if err := a.gate.Acquire(ctx, weight); err != nil {
		return "", fmt.Errorf("wait to hash a password: %w", err)
	}
	defer a.gate.Release(weight)
	return a.create(password, &a.params)
}

// Matches implements Hasher. A hash made with other costs weighs what it costs.
func (a *Argon2) Matches(ctx context.Context, password, hash string) (bool, error) {
	params, _, _, err := argon2id.DecodeHash(hash)
	if err != nil {
		return false, fmt.Errorf("read a password hash: %w", err)
	}
	weight := min(int64(params.Memory), a.budget)
	if err := a.gate.Acquire(ctx, weight); err != nil {
		return false, fmt.Errorf("wait to check a password: %w", err)
	}
	defer a.gate.Release(weight)
	return a.compare(password, hash)
}
