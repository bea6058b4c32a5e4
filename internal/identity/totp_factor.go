package identity

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
)

// Factor is the second factor of the viewer.
type Factor struct {
	InForce      bool
	Required     bool // a tenant asks for it, or the user operates the platform
	RecoveryLeft int
}

// Enrolment is what an authenticator needs; it is shown once.
type Enrolment struct {
	Secret string // base32, to be typed where there is no camera
	URL    string // otpauth://…, to be shown as a QR code
}

// FactorOf tells the viewer's own second factor.
func (s *Service) FactorOf(ctx context.Context) (f Factor, err error) {
	v, err := withSession(ctx)
	if err != nil {
		return f, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		needs, err := st.SignInNeeds(ctx, v.User)
		if err != nil {
			return err
		}
		f.InForce, f.Required = needs.Factor, needs.SecondFactor
		f.RecoveryLeft, err = st.RecoveryCodesLeft(ctx, v.User)
		return err
	})
	return f, err
}

// BeginFactor makes a secret for the viewer; it is in force once a code of it
// was confirmed. It asks for the current password, or a sign-in of the last ten
// minutes.
func (s *Service) BeginFactor(ctx context.Context, password string) (*Enrolment, error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.confirmPassword(ctx, v, password); err != nil {
		return nil, err
	}
	login, _, err := s.accountOf(ctx, v.User)
	if err != nil {
		return nil, err
	}
	var made *Enrolment
	err = s.write(ctx, func(ctx context.Context, st Store) (err error) {
		if made, err = s.begin(ctx, st, v.User, login); err != nil {
			return err
		}
		return audit.Record(ctx, "factor:begin", "user", v.User, nil)
	})
	return made, err
}

func (s *Service) begin(ctx context.Context, m Methods, user uuid.UUID, login string) (*Enrolment, error) {
	secret := newTOTPSecret()
	sealed, err := s.secrets().Seal([]byte(secret), sealedFor(user))
	if err != nil {
		return nil, err
	}
	begun, err := m.BeginTOTP(ctx, user, sealed)
	if err == nil && !begun {
		err = fault.New(fault.FactorInForce)
	}
	return &Enrolment{Secret: secret, URL: otpURL(login, secret)}, err
}

// ConfirmFactor puts the secret in force with a code of it, and gives the
// recovery codes, which are shown this once. Every other session of the user
// ends; this one counts as proved with the factor.
func (s *Service) ConfirmFactor(ctx context.Context, code string) ([]string, error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	if wait := s.codes.take(v.User.String()); wait > 0 {
		return nil, throttled(wait)
	}
	var codes []string
	err = s.write(ctx, func(ctx context.Context, st Store) (err error) {
		if codes, err = s.confirm(ctx, st, v.User, code); err != nil {
			return err
		}
		if err := st.CloseSessions(ctx, v.User, &v.Credential.Hash); err != nil {
			return err
		}
		if err := st.Strengthen(ctx, v.Credential.Hash, byPassword+byCode); err != nil {
			return err
		}
		return audit.Record(ctx, "factor:confirm", "user", v.User, nil)
	})
	if err == nil {
		s.codes.forget(v.User.String())
	}
	return codes, err
}

func (s *Service) confirm(ctx context.Context, m Methods, user uuid.UUID, code string) ([]string, error) {
	factor, err := m.TOTPOf(ctx, user)
	if err != nil {
		return nil, err
	}
	switch {
	case factor == nil:
		return nil, fault.New(fault.FactorMissing)
	case factor.Confirmed:
		return nil, fault.New(fault.FactorInForce)
	}
	plain := plainCode(code)
	if !sixDigits(plain) {
		return nil, fault.New(fault.CodeWrong).At("code")
	}
	step, err := s.stepOfCode(ctx, m, user, factor, plain)
	if err != nil {
		return nil, err
	}
	if step == 0 {
		return nil, fault.New(fault.CodeWrong).At("code")
	}
	confirmed, err := m.ConfirmTOTP(ctx, user, step)
	if err != nil {
		return nil, err
	}
	if !confirmed { // another request was first
		return nil, fault.New(fault.FactorInForce)
	}
	codes, hashes := newRecoveryCodes()
	return codes, m.SetRecoveryCodes(ctx, user, hashes)
}

// RenewRecoveryCodes replaces the recovery codes; it asks for the password and
// a code.
func (s *Service) RenewRecoveryCodes(ctx context.Context, password, code string) ([]string, error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.confirmSelf(ctx, v, password, code); err != nil {
		return nil, err
	}
	codes, hashes := newRecoveryCodes()
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		needs, err := st.SignInNeeds(ctx, v.User)
		if err != nil {
			return err
		}
		if !needs.Factor {
			return fault.New(fault.FactorMissing)
		}
		if err := st.SetRecoveryCodes(ctx, v.User, hashes); err != nil {
			return err
		}
		return audit.Record(ctx, "factor:recovery", "user", v.User, nil)
	})
	return codes, err
}

// RemoveFactor takes the viewer's second factor out of force; it asks for the
// password and a code, and is refused while a tenant asks for a factor. Every
// other session of the user ends.
func (s *Service) RemoveFactor(ctx context.Context, password, code string) error {
	v, err := withSession(ctx)
	if err != nil {
		return err
	}
	if err := s.confirmSelf(ctx, v, password, code); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		needs, err := st.SignInNeeds(ctx, v.User)
		if err != nil {
			return err
		}
		if needs.SecondFactor && needs.Factor {
			return fault.New(fault.FactorRequired)
		}
		removed, err := st.RemoveTOTP(ctx, v.User)
		if err != nil {
			return err
		}
		if !removed {
			return fault.New(fault.FactorMissing)
		}
		if err := st.CloseSessions(ctx, v.User, &v.Credential.Hash); err != nil {
			return err
		}
		return audit.Record(ctx, "factor:remove", "user", v.User, nil)
	})
}

// ResetFactors takes the second factor and the external identities off another
// user of the tenant who has lost them, and ends all their sessions. It takes
// what setting that user's password takes.
func (s *Service) ResetFactors(ctx context.Context, user uuid.UUID) error {
	if _, err := withSession(ctx); err != nil {
		return err
	}
	if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.mayReset(ctx, st, user); err != nil {
			return err
		}
		removed, err := st.RemoveTOTP(ctx, user)
		if err != nil {
			return err
		}
		links, err := st.RemoveExternals(ctx, user, nil)
		if err != nil {
			return err
		}
		if err := st.CloseSteps(ctx, user); err != nil {
			return err
		}
		if err := st.CloseSessions(ctx, user, nil); err != nil {
			return err
		}
		return audit.Record(ctx, "factor:reset", "user", user, map[string]any{"factor": removed, "links": links})
	})
}

// confirmCode takes a code of the viewer when a factor is in force.
func (s *Service) confirmCode(ctx context.Context, user uuid.UUID, code string) error {
	var needs Needs
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		needs, err = st.SignInNeeds(ctx, user)
		return err
	})
	if err != nil || !needs.Factor {
		return err
	}
	if wait := s.codes.take(user.String()); wait > 0 {
		return throttled(wait)
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		_, err := s.useCode(ctx, st, user, code)
		return err
	})
	if err == nil {
		s.codes.forget(user.String())
	}
	return err
}
