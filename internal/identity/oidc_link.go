package identity

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
)

// BeginLink sends the browser of the viewer to an issuer to link an identity
// with their user. It asks for the current password or a sign-in of the last
// ten minutes, and for a code when a second factor is in force.
func (s *Service) BeginLink(ctx context.Context, key, next, password, code string) (*Visit, error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.confirmSelf(ctx, v, password, code); err != nil {
		return nil, err
	}
	return s.begun(ctx, visit{Key: key, For: forLink, User: v.User, Next: next})
}

// FinishLink links an identity with the user who began the visit, who is still
// the one signed in.
func (s *Service) FinishLink(ctx context.Context, l *Linking) error {
	v, err := withSession(ctx)
	if err != nil {
		return err
	}
	if v.User != l.user {
		return fault.New(fault.IssuerRefused)
	}
	return s.write(ctx, func(ctx context.Context, st Store) error { return s.LinkExternal(ctx, st, l.user, l.external) })
}

// LinkExternal links an identity with a user inside the transaction of whoever
// makes or proves that user: EXTERNAL_TAKEN when either is linked already,
// ISSUER_FOREIGN_REGION when the issuer is not for the user's home.
func (s *Service) LinkExternal(ctx context.Context, m Methods, user uuid.UUID, e External) error {
	home, err := m.RegionOf(ctx, user)
	if err != nil {
		return err
	}
	if err := s.mayVouch(e.Key, home); err != nil {
		return err
	}
	linked, err := m.InsertExternal(ctx, user, e)
	if err != nil {
		return err
	}
	if !linked {
		return fault.New(fault.ExternalTaken)
	}
	return recordLink(ctx, user, e)
}

// Links lists the identities linked with the viewer's user.
func (s *Service) Links(ctx context.Context) (all []ExternalLink, err error) {
	v, err := withSession(ctx)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.ExternalsOf(ctx, v.User)
		return err
	})
	return all, err
}

// Unlink takes an identity off the viewer's user; every other session ends. It
// asks for the password or a sign-in of the last ten minutes, and refuses the
// only identity of a user without a password (EXTERNAL_LAST).
func (s *Service) Unlink(ctx context.Context, id uuid.UUID, password, code string) error {
	v, err := withSession(ctx)
	if err != nil {
		return err
	}
	if err := s.confirmSelf(ctx, v, password, code); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := otherWayIn(ctx, st, v.User); err != nil {
			return err
		}
		removed, err := st.RemoveExternals(ctx, v.User, &id)
		if err != nil {
			return err
		}
		if removed == 0 {
			return fault.New(fault.NotFound)
		}
		if err := st.CloseSessions(ctx, v.User, &v.Credential.Hash); err != nil {
			return err
		}
		return audit.Record(ctx, "external:unlink", "user", v.User, map[string]any{"link": id})
	})
}

// otherWayIn refuses to take the last way of signing in off a user.
func otherWayIn(ctx context.Context, st Store, user uuid.UUID) error {
	_, setting, err := st.AccountOf(ctx, user)
	if err != nil || setting != "" {
		return err
	}
	links, err := st.ExternalsOf(ctx, user)
	if err == nil && len(links) < 2 {
		err = fault.New(fault.ExternalLast)
	}
	return err
}
