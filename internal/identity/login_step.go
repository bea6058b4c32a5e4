package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// How somebody proved who they are.
const (
	byPassword = "password"
	byCode     = "+code"
	byRecovery = "+recovery"
	byIssuer   = "oidc:"
)

// stepLife is how long a step waits for the next one; stepTries is how many
// codes it takes.
const (
	stepLife  = 5 * time.Minute
	stepTries = 5
)

// proved goes on after a proof: to the next step that is asked for, or to a
// session.
func (s *Service) proved(ctx context.Context, step Step, previous string) (in *LoggedIn, err error) {
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		in, err = s.goOn(ctx, d, step, previous)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.noted(ctx, in, step.Method)
}

func (s *Service) goOn(ctx context.Context, d Directory, step Step, previous string) (*LoggedIn, error) {
	needs, err := d.SignInNeeds(ctx, step.User)
	if err != nil {
		return nil, err
	}
	places, err := d.PlacesOf(ctx, step.User)
	if err != nil {
		return nil, err
	}
	tenant := chosen(places, step.Tenant)
	if tenant == uuid.Nil {
		return nil, fault.New(fault.LoginNoTenant)
	}
	if step.Kind = s.missing(step, needs); step.Kind != "" {
		return s.openStep(ctx, d, step)
	}
	in, err := s.openSession(ctx, d, step, needs, tenant, previous)
	if err != nil {
		return nil, err
	}
	in.Tenants = places
	return in, nil
}

// missing is the next step a sign-in needs; "" for none.
func (s *Service) missing(step Step, needs Needs) string {
	switch {
	case !step.Strong && needs.Factor:
		return StepCode
	case !step.Strong && needs.SecondFactor:
		return StepEnrol
	case strings.HasPrefix(step.Method, byPassword) && s.tooOld(needs):
		return StepRenew
	}
	return ""
}

// tooOld reports whether a password has to be replaced before it opens a session.
func (s *Service) tooOld(needs Needs) bool {
	days := s.passwords.stricter(needs.Passwords).Days
	return days > 0 && s.now().After(needs.PasswordSet.AddDate(0, 0, days))
}

func (s *Service) openStep(ctx context.Context, d Directory, step Step) (*LoggedIn, error) {
	secret := newSessionSecret()
	hash, err := stepHash(secret)
	if err != nil {
		return nil, err
	}
	return &LoggedIn{Step: step.Kind, Secret: secret, ExpiresAt: s.now().Add(stepLife)}, d.OpenStep(ctx, hash, step, stepLife)
}

// stepHash is what is stored of a step's secret; it is no session's, although
// both look alike.
func stepHash(secret string) ([32]byte, error) {
	c, err := SessionCredential(secret)
	if err != nil {
		return c.Hash, fault.New(fault.SignInStepOver)
	}
	for i := range c.Hash {
		c.Hash[i] ^= 0x5a // domain separation: a step's hash in the table of sessions opens nothing
	}
	return c.Hash, nil
}

// StepOf gives what a sign-in under way still needs; SIGN_IN_STEP_OVER when it
// is over.
func (s *Service) StepOf(ctx context.Context, secret string) (kind string, err error) {
	step, err := s.lookStep(ctx, secret)
	if err != nil {
		return "", err
	}
	return step.Kind, nil
}

func (s *Service) lookStep(ctx context.Context, secret string) (*Step, error) {
	hash, err := stepHash(secret)
	if err != nil {
		return nil, err
	}
	var step *Step
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		step, err = d.LookStep(ctx, hash)
		return err
	})
	if err == nil && step == nil {
		err = fault.New(fault.SignInStepOver)
	}
	return step, err
}

// tryStep counts a try at a step of a kind, for good: what follows may fail.
func (s *Service) tryStep(ctx context.Context, secret, kind string) (*Step, error) {
	hash, err := stepHash(secret)
	if err != nil {
		return nil, err
	}
	var step *Step
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		step, err = d.TryStep(ctx, hash, stepTries)
		return err
	})
	if err == nil && (step == nil || step.Kind != kind) {
		err = fault.New(fault.SignInStepOver)
	}
	return step, err
}

// endStep takes a step and goes on to the next one or the session, at once with
// what was done for it: two that answer the same step get one session.
func (s *Service) endStep(ctx context.Context, secret string, step Step, previous string, do func(context.Context, Directory, *Step) error) (in *LoggedIn, err error) {
	hash, err := stepHash(secret)
	if err != nil {
		return nil, err
	}
	var now Step
	err = s.outside(ctx, func(ctx context.Context, d Directory) error {
		now = step
		if err := do(ctx, d, &now); err != nil {
			return err
		}
		taken, err := d.TakeStep(ctx, hash)
		if err != nil {
			return err
		}
		if !taken {
			return fault.New(fault.SignInStepOver)
		}
		in, err = s.goOn(ctx, d, now, previous)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.noted(ctx, in, now.Method)
}

// Code answers the step that asks for a code of the second factor, or for one
// of the recovery codes: CODE_WRONG, which only somebody with the password
// learns.
func (s *Service) Code(ctx context.Context, secret, code, previous string) (*LoggedIn, error) {
	step, err := s.tryStep(ctx, secret, StepCode)
	if err != nil {
		return nil, err
	}
	if wait := s.codes.take(step.User.String()); wait > 0 {
		return nil, throttled(wait)
	}
	in, err := s.endStep(ctx, secret, *step, previous, func(ctx context.Context, d Directory, step *Step) error {
		how, err := s.useCode(ctx, d, step.User, code)
		step.Method, step.Strong = step.Method+how, true
		return err
	})
	if err == nil {
		s.codes.forget(step.User.String())
	}
	return in, err
}

// Renew answers the step that asks for a new password because the old one is
// older than allowed.
func (s *Service) Renew(ctx context.Context, secret, password, previous string) (*LoggedIn, error) {
	step, err := s.tryStep(ctx, secret, StepRenew)
	if err != nil {
		return nil, err
	}
	hash, err := s.freshHash(ctx, s.stepMethods, step.User, password)
	if err != nil {
		return nil, err
	}
	return s.endStep(ctx, secret, *step, previous, func(ctx context.Context, d Directory, step *Step) error {
		if err := d.CloseSessions(ctx, step.User, nil); err != nil {
			return err
		}
		return s.stepPassword(ctx, d, secret, hash)
	})
}

// stepMethods runs the functions of the database for a sign-in under way.
func (s *Service) stepMethods(ctx context.Context, do func(context.Context, Methods) error) error {
	return s.outside(ctx, func(ctx context.Context, d Directory) error { return do(ctx, d) })
}

// viewerMethods runs them inside the request of a viewer, for reading.
func (s *Service) viewerMethods(ctx context.Context, do func(context.Context, Methods) error) error {
	return s.read(ctx, func(ctx context.Context, st Store) error { return do(ctx, st) })
}

func (s *Service) stepPassword(ctx context.Context, d Directory, secret, hash string) error {
	step, err := stepHash(secret)
	if err != nil {
		return err
	}
	set, err := d.StepPassword(ctx, step, hash)
	if err == nil && !set {
		err = fault.New(fault.SignInStepOver)
	}
	return err
}
