// Package idempotency owns mutations that are sent again: who holds a key, when
// an attempt is over, whether it changed anything, and the first answer, which
// the same asker is given again for a day.
//
// It does not own how a key is sent or the answer written (httpserver), nor the
// rows (postgres). An answer cannot be stored in the transaction that carries
// its mutation out, because it is written afterwards, of what was committed;
// that transaction marks the key instead. So a key is carried out once or not
// at all, whatever fails in between: at worst the answer is lost, and that is
// told.
package idempotency

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/config"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

const (
	// Kept is how long an answer is given again.
	Kept = 24 * time.Hour
	// Lease is how long an attempt holds its key without an answer. It is longer
	// than any request may take.
	Lease = time.Minute
	// MostAnswer is the size in bytes of an answer that is kept.
	MostAnswer = 255 << 10
	// mostKey is the length of a key.
	mostKey = 200
)

// Attempt is one try at a mutation under a key.
type Attempt struct {
	ID         uuid.UUID // nobody else may write its answer
	Tenant     uuid.UUID
	User       uuid.UUID
	Credential string   // the token's id; empty for the sessions of the user
	Key        string   // 1 to 200 visible ASCII characters
	Request    [32]byte // SHA-256 of what is asked
	At         time.Time
}

// Earlier is what is known of a key that somebody held before.
type Earlier struct {
	Request    [32]byte
	CarriedOut bool   // a transaction of it changed something
	UnderWay   bool   // its attempt has neither ended nor used its lease up
	Answer     []byte // nil: none is kept
}

// Store is one open transaction of the asker's tenant.
type Store interface {
	// ClaimKey takes the key for an attempt until leased: a new one, one whose
	// answer is a day old, or one whose attempt for the same request is over
	// without having changed anything. Else it tells what was before. What is
	// older than a day is swept by the way.
	ClaimKey(ctx context.Context, a Attempt, leased, expires time.Time) (*Earlier, error)
	// KeepAnswer stores the answer of an attempt that still holds its key.
	KeepAnswer(ctx context.Context, a Attempt, answer []byte) error
	// ReleaseKey ends an attempt without an answer: the key of one that changed
	// nothing is free.
	ReleaseKey(ctx context.Context, a Attempt) error
}

// Work runs a function in a transaction of the request.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Service holds keys.
type Service struct {
	write   Work
	secrets func() config.Ring
	now     func() time.Time // real time
}

// New makes the use case. Answers are kept sealed with the ring, because some
// tell a secret that is shown once.
func New(write Work, secrets func() config.Ring, now func() time.Time) *Service {
	return &Service{write: write, secrets: secrets, now: now}
}

// Begin claims a key for what the viewer asks. It gives an attempt, to be ended
// by Keep or Release, or else the first answer. IDEMPOTENCY_BUSY while another
// attempt is under way, IDEMPOTENCY_KEY_REUSED for another request,
// IDEMPOTENCY_ANSWER_NOT_KEPT when it was carried out and no answer is there.
func (s *Service) Begin(ctx context.Context, key string, request [32]byte) (*Attempt, []byte, error) {
	if !ValidKey(key) {
		return nil, nil, fault.New(fault.IdempotencyKeyInvalid)
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	a := Attempt{ID: uuid.New(), Tenant: v.Tenant, User: v.User, Credential: v.Credential.ID, Key: key, Request: request, At: s.now()}
	var before *Earlier
	err = s.write(ctx, func(ctx context.Context, st Store) (err error) {
		before, err = st.ClaimKey(ctx, a, a.At.Add(Lease), a.At.Add(Kept))
		return err
	})
	switch {
	case err != nil:
		return nil, nil, err
	case before == nil:
		return &a, nil, nil
	}
	answer, err := before.answerTo(request)
	if err != nil {
		return nil, nil, err
	}
	if answer, err = s.secrets().Open(answer, a.purpose()); errors.Is(err, config.ErrSealed) { // its key was retired
		return nil, nil, fault.New(fault.IdempotencyAnswerNotKept)
	}
	return nil, answer, err
}

// purpose binds a kept answer to who asked under which key.
func (a *Attempt) purpose() string {
	return strings.Join([]string{"answer", a.Tenant.String(), a.User.String(), a.Credential, a.Key}, " ")
}

// answerTo is what a later request under the same key is told.
func (e *Earlier) answerTo(request [32]byte) ([]byte, error) {
	switch {
	case e.Request != request:
		return nil, fault.New(fault.IdempotencyKeyReused)
	case e.Answer != nil:
		return e.Answer, nil
	case e.CarriedOut && !e.UnderWay:
		return nil, fault.New(fault.IdempotencyAnswerNotKept)
	}
	return nil, fault.New(fault.IdempotencyBusy)
}

// Keep ends an attempt with its answer, which a later request is given as it
// is. One that is too large is not kept; the key of what was carried out stays
// taken all the same.
func (s *Service) Keep(ctx context.Context, a *Attempt, answer []byte) error {
	if len(answer) > MostAnswer {
		return s.Release(ctx, a)
	}
	sealed, err := s.secrets().Seal(answer, a.purpose())
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error { return st.KeepAnswer(ctx, *a, sealed) })
}

// Release ends an attempt that has no answer worth keeping, so that it can be
// made again at once, unless it changed something.
func (s *Service) Release(ctx context.Context, a *Attempt) error {
	return s.write(ctx, func(ctx context.Context, st Store) error { return st.ReleaseKey(ctx, *a) })
}

// ValidKey says whether a key is 1 to 200 visible ASCII characters.
func ValidKey(key string) bool {
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return false
		}
	}
	return key != "" && len(key) <= mostKey
}

type attemptKey struct{}

// Into gives the context of what is done in an attempt: the transactions that
// change something for it mark its key.
func Into(ctx context.Context, a *Attempt) context.Context {
	return context.WithValue(ctx, attemptKey{}, a)
}

// From gives the attempt that something is done in; nil outside of one.
func From(ctx context.Context) *Attempt {
	a, _ := ctx.Value(attemptKey{}).(*Attempt)
	return a
}
