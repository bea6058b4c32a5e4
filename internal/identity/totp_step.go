package identity

import (
	"context"

	"leitai/internal/fault"
)

// EnrolByStep makes a secret for somebody who signs in and has to set up a
// second factor first.
func (s *Service) EnrolByStep(ctx context.Context, secret string) (made *Enrolment, err error) {
	step, err := s.lookStep(ctx, secret)
	if err != nil {
		return nil, err
	}
	if step.Kind != StepEnrol {
		return nil, fault.New(fault.SignInStepOver)
	}
	err = s.outside(ctx, func(ctx context.Context, d Directory) error {
		login, err := d.LoginOf(ctx, step.User)
		if err != nil {
			return err
		}
		made, err = s.begin(ctx, d, step.User, login)
		return err
	})
	return made, err
}

// ConfirmByStep puts that secret in force, gives the recovery codes, which are
// shown this once, and goes on with the sign-in. Every other session ends.
func (s *Service) ConfirmByStep(ctx context.Context, secret, code, previous string) (codes []string, in *LoggedIn, err error) {
	step, err := s.tryStep(ctx, secret, StepEnrol)
	if err != nil {
		return nil, nil, err
	}
	if wait := s.codes.take(step.User.String()); wait > 0 {
		return nil, nil, throttled(wait)
	}
	in, err = s.endStep(ctx, secret, *step, previous, func(ctx context.Context, d Directory, step *Step) (err error) {
		if codes, err = s.confirm(ctx, d, step.User, code); err != nil {
			return err
		}
		step.Method, step.Strong = step.Method+byCode, true
		return d.CloseSessions(ctx, step.User, nil)
	})
	if err != nil {
		return nil, nil, err
	}
	s.codes.forget(step.User.String())
	return codes, in, nil
}
