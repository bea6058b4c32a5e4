// Package voting owns what people do with a democratic evaluation (民主测评): it
// is opened with the template's rule, given subjects and a roster, codes are
// issued once, voters cast, paper is counted by two, two officials close, and
// scores are read.
//
// It does not own the arithmetic nor what may be published (ballot), and it has
// no way to read a ballot: the database hands out counts once, to the
// transaction that closes. Nothing here notes who cast or when.
package voting

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
}

// Work runs one transaction on the store; it may be run again.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	// Outside runs work of somebody who is nobody: a voter with a code.
	Outside func(ctx context.Context, do func(ctx context.Context, b Box) error) error
	Gate    Gate
	Now     func() time.Time
	Random  io.Reader // of the codes; nil is the machine's
}

// Service is the use cases of democratic evaluations.
type Service struct {
	write, read Work
	outside     func(ctx context.Context, do func(ctx context.Context, b Box) error) error
	gate        Gate
	now         func() time.Time
	random      io.Reader
}

// New makes the use cases.
func New(c Config) *Service {
	if c.Random == nil {
		c.Random = rand.Reader
	}
	return &Service{write: c.Write, read: c.Read, outside: c.Outside, gate: c.Gate, now: c.Now, random: c.Random}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
