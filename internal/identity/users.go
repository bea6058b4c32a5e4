package identity

import (
	"cmp"
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// NewUser is a user to be made.
type NewUser struct {
	Login    string
	Password string
	Person   *uuid.UUID // of the viewer's tenant, to be linked with it
}

// Prepared is a user whose login and password were checked and whose password
// is hashed, ready to be stored by whoever makes the user as part of more.
type Prepared struct {
	ID    uuid.UUID
	Login string
	Hash  string
}

// Prepare checks a login and password and hashes it; it stores nothing.
func (s *Service) Prepare(ctx context.Context, login, password string) (Prepared, error) {
	name := nameOf(login)
	var bad fault.List
	for _, f := range []*fault.Fault{checkName(name), s.passwords.check(name, password)} {
		if f != nil {
			bad = append(bad, f)
		}
	}
	if err := bad.Err(); err != nil {
		return Prepared{}, err
	}
	hash, err := s.hasher.Hash(ctx, password)
	return Prepared{ID: newID(), Login: name, Hash: hash}, err
}

// CreateUser makes a user without any role. A login is unique on the whole
// service: ALREADY_EXISTS when somebody has it.
func (s *Service) CreateUser(ctx context.Context, in NewUser) (uuid.UUID, error) {
	if err := s.gate.Require(ctx, authz.UserCreate, uuid.Nil); err != nil {
		return uuid.Nil, err
	}
	made, err := s.Prepare(ctx, in.Login, in.Password)
	if err != nil {
		return uuid.Nil, err
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.gate.Require(ctx, authz.UserCreate, uuid.Nil); err != nil {
			return err
		}
		if in.Person != nil {
			if err := freePerson(ctx, st, *in.Person); err != nil {
				return err
			}
		}
		if err := st.InsertUser(ctx, made.ID, made.Login, made.Hash); err != nil {
			return err
		}
		if in.Person != nil {
			if err := st.LinkUser(ctx, *in.Person, made.ID); err != nil {
				return err
			}
		}
		return audit.Record(ctx, "user:create", "user", made.ID, map[string]any{"person": in.Person})
	})
	if err != nil {
		return uuid.Nil, err
	}
	return made.ID, nil
}

func freePerson(ctx context.Context, st Store, person uuid.UUID) error {
	user, err := st.UserOfPerson(ctx, person)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return fault.New(fault.NotFound).At("person")
	case err != nil:
		return err
	case user != uuid.Nil:
		return fault.New(fault.PersonHasUser).At("person")
	}
	return nil
}

// ChangePassword sets the viewer's own password and ends all their other
// sessions. It needs the current one, and a session rather than a token.
func (s *Service) ChangePassword(ctx context.Context, current, next string) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if v.Credential.Kind != viewer.Session {
		return fault.New(fault.SessionNeeded)
	}
	if wait := s.accounts.take(v.User.String()); wait > 0 {
		return throttled(wait)
	}
	key, err := s.currentKey(ctx, v.User, current)
	if err != nil {
		return err
	}
	s.accounts.forget(v.User.String())
	return s.replaceHash(ctx, v.User, next, func(ctx context.Context, st Store, hash string) error {
		switch changed, err := st.ReplaceHash(ctx, v.User, key, hash); {
		case err != nil:
			return err
		case !changed: // somebody else was faster
			return fault.New(fault.PasswordWrong).At("current")
		}
		if err := st.CloseSessions(ctx, v.User, &v.Credential.Hash); err != nil {
			return err
		}
		return audit.Record(ctx, "user:password", "user", v.User, nil)
	})
}

// replaceHash checks and hashes a password, and has it stored.
func (s *Service) replaceHash(ctx context.Context, user uuid.UUID, password string, store func(ctx context.Context, st Store, hash string) error) error {
	if _, _, err := s.accountOf(ctx, user); err != nil {
		return err
	}
	hash, err := s.freshHash(ctx, s.viewerMethods, user, password)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error { return store(ctx, st, hash) })
}

func (s *Service) accountOf(ctx context.Context, user uuid.UUID) (login, setting string, err error) {
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		login, setting, err = st.AccountOf(ctx, user)
		return err
	})
	return login, setting, err
}

// currentKey derives the key of the password somebody has, and refuses a wrong
// one with PASSWORD_WRONG.
func (s *Service) currentKey(ctx context.Context, user uuid.UUID, password string) ([]byte, error) {
	_, setting, err := s.accountOf(ctx, user)
	if err != nil {
		return nil, err
	}
	var key []byte
	matches := false
	if len(password) <= longestPassword {
		if key, err = s.hasher.Derive(ctx, password, cmp.Or(setting, s.dummy)); err != nil {
			return nil, err
		}
		err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
			matches, err = st.KeyMatches(ctx, user, key)
			return err
		})
	}
	if err == nil && !matches {
		err = fault.New(fault.PasswordWrong).At("current")
	}
	return key, err
}

// SetPassword gives another user a new password and ends all their sessions.
// Whoever resets could act as that user: so the tenant must be the user's home,
// the user hold no role in another tenant, and the viewer hold the right to
// grant and every permission that the user holds.
func (s *Service) SetPassword(ctx context.Context, user uuid.UUID, password string) error {
	err := s.read(ctx, func(ctx context.Context, st Store) error { return s.mayReset(ctx, st, user) })
	if err != nil {
		return err
	}
	return s.replaceHash(ctx, user, password, func(ctx context.Context, st Store, hash string) error {
		if err := s.mayReset(ctx, st, user); err != nil {
			return err
		}
		if err := st.SetHash(ctx, user, hash); err != nil {
			return err
		}
		if err := st.CloseSessions(ctx, user, nil); err != nil {
			return err
		}
		return audit.Record(ctx, "user:password", "user", user, map[string]any{"reset": true})
	})
}

func (s *Service) mayReset(ctx context.Context, st Store, user uuid.UUID) error {
	if _, err := s.ownUser(ctx, st, user); err != nil {
		return err
	}
	elsewhere, err := st.HoldsElsewhere(ctx, user)
	if err == nil && elsewhere {
		err = fault.New(fault.UserHoldsElsewhere).At("user")
	}
	return err
}
