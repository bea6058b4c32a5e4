package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// SwitchTenant lets a session work in another tenant in which its user holds a
// role, under a new secret; NOT_FOUND for any other, FACTOR_WANTED when a second
// factor is asked for and the session has none.
func (s *Service) SwitchTenant(ctx context.Context, secret string, tenant uuid.UUID) (in *LoggedIn, err error) {
	err = s.outside(ctx, func(ctx context.Context, d Directory) error {
		in, err = s.rotate(ctx, d, secret, tenant)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.noted(ctx, in, "switch")
}

// Rotate gives the session of the viewer a new secret where it is; the old one
// is worth nothing any more. It follows a change of the password or a factor.
func (s *Service) Rotate(ctx context.Context, secret string) (in *LoggedIn, err error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		in, err = s.rotate(ctx, st, secret, v.Tenant)
		return err
	})
	return in, err
}

func (s *Service) rotate(ctx context.Context, m Methods, secret string, tenant uuid.UUID) (*LoggedIn, error) {
	before, err := SessionCredential(secret)
	if err != nil {
		return nil, err
	}
	in := &LoggedIn{Secret: newSessionSecret(), Tenant: tenant}
	fresh, err := SessionCredential(in.Secret)
	if err != nil {
		return nil, err
	}
	facts, err := m.SessionFactsOf(ctx, before.Hash)
	if err != nil {
		return nil, err
	}
	if facts == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	needs, err := m.SignInNeeds(ctx, facts.User)
	if err != nil {
		return nil, err
	}
	idle, absolute := s.lives(needs)
	in.User, in.ExpiresAt = facts.User, facts.ExpiresAt
	moved, err := m.RotateSession(ctx, before.Hash, fresh.Hash, tenant, idle, absolute)
	if err == nil {
		err = refusalOf(moved)
	}
	if err != nil {
		return nil, err
	}
	return in, nil
}

func refusalOf(m Moved) error {
	switch m {
	case MovedOn:
		return nil
	case MovedWantFactor:
		return fault.New(fault.FactorWanted)
	}
	return fault.New(fault.NotFound)
}

// Sessions lists the viewer's own sessions, the newest first.
func (s *Service) Sessions(ctx context.Context) (all []SessionInfo, err error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.SessionsOf(ctx, v.User, v.Credential.Hash)
		return err
	})
	return all, err
}

// Places lists the tenants in which the viewer may work, as the sign-in does:
// those of a live grant that are not closed. SESSION_NEEDED for a token, which
// is of one tenant and is told of no other.
func (s *Service) Places(ctx context.Context) (all []Place, err error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.PlacesOf(ctx, v.User)
		return err
	})
	return all, err
}

// OwnLogin is the login of the viewer; "" for a token, whose bearer need not be
// its owner.
func (s *Service) OwnLogin(ctx context.Context) (login string, err error) {
	v, err := viewer.From(ctx)
	if err != nil || v.Credential.Kind == viewer.Token {
		return "", err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		login, err = st.LoginOf(ctx, v.User)
		return err
	})
	return login, err
}

// EndSession ends one session of the viewer; NOT_FOUND for anybody else's.
func (s *Service) EndSession(ctx context.Context, id uuid.UUID) error {
	v, err := withSession(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		ended, err := st.EndSession(ctx, v.User, id)
		if err != nil {
			return err
		}
		if !ended {
			return fault.New(fault.NotFound)
		}
		return audit.Record(ctx, "session:end", "session", id, nil)
	})
}

// EndOtherSessions ends every session of the viewer but the one that asks.
func (s *Service) EndOtherSessions(ctx context.Context) error {
	v, err := withSession(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := st.CloseSessions(ctx, v.User, &v.Credential.Hash); err != nil {
			return err
		}
		return audit.Record(ctx, "session:end", "user", v.User, map[string]any{"others": true})
	})
}

// freshFor is how long after a sign-in somebody may do without the password
// what otherwise asks for it: who signs in with another issuer may not know one.
const freshFor = 10 * time.Minute

// confirmSelf proves once more that the viewer is who they are, before a change
// of how they prove it: by the current password, or a sign-in of the last ten
// minutes; and by a code when a second factor is in force. Tries are throttled
// like sign-ins.
func (s *Service) confirmSelf(ctx context.Context, v *viewer.Viewer, password, code string) error {
	if err := s.confirmPassword(ctx, v, password); err != nil {
		return err
	}
	return s.confirmCode(ctx, v.User, code)
}

// confirmPassword is confirmSelf for whom no code is asked of.
func (s *Service) confirmPassword(ctx context.Context, v *viewer.Viewer, password string) error {
	if wait := s.accounts.take(v.User.String()); wait > 0 {
		return throttled(wait)
	}
	if password != "" {
		if _, err := s.currentKey(ctx, v.User, password); err != nil {
			return err
		}
	} else if err := s.fresh(ctx, v); err != nil {
		return err
	}
	s.accounts.forget(v.User.String())
	return nil
}

func (s *Service) fresh(ctx context.Context, v *viewer.Viewer) error {
	var facts *SessionFacts
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		facts, err = st.SessionFactsOf(ctx, v.Credential.Hash)
		return err
	})
	if err != nil {
		return err
	}
	if facts == nil || s.now().Sub(facts.ProvedAt) > freshFor {
		return fault.New(fault.ProofWanted).At("password")
	}
	return nil
}

// Slow takes one try of an address, for what somebody without a session may do
// (invitations, identities of other issuers): LOGIN_THROTTLED when tries come
// too fast. Done gives it back after a success.
func (s *Service) Slow(address string) error {
	if wait := s.addresses.take(addressKey(address)); wait > 0 {
		return throttled(wait)
	}
	return nil
}

// Done gives back the try of an address after a success.
func (s *Service) Done(address string) { s.addresses.giveBack(addressKey(address)) }
