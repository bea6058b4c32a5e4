package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// User is an account as its tenant sees it.
type User struct {
	ID        uuid.UUID
	Login     string
	Service   bool // a system's: no password, tokens only
	Active    bool
	Home      bool // the tenant's people reset, disable and enable it
	Person    uuid.UUID
	CreatedAt time.Time
}

// UserSearch narrows a list of users; an empty text leaves all.
type UserSearch struct {
	Text  string // beginning of a login
	Names bool   // or part of the person's name
}

// Users lists the users of the tenant by login: those it is the home of, and
// those who hold or held a role in it. A search leaves those whose login begins
// with it, and for whoever reads people those whose person's name holds it.
func (s *Service) Users(ctx context.Context, search string, args paging.Args) (paging.Page[*User], error) {
	f := UserSearch{Text: strings.TrimSpace(search), Names: s.gate.May(ctx, authz.PersonRead, uuid.Nil)}
	read := func(st Store, ctx context.Context, w paging.Window) ([]*User, error) { return st.UserPage(ctx, f, w) }
	return listed(ctx, s, "users "+f.Text, args, read, func(u *User) string { return u.Login })
}

// UserByID gives a user of the tenant to those who read grants.
func (s *Service) UserByID(ctx context.Context, id uuid.UUID) (user *User, err error) {
	if err := s.gate.Require(ctx, authz.GrantRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		user, err = st.UserByID(ctx, id)
		return err
	})
	return user, err
}

// ownUser gives a person's account that the tenant is the home of, to somebody
// who gives roles and holds every permission that the user holds here. It is
// what takes to act over an account.
func (s *Service) ownUser(ctx context.Context, st Store, id uuid.UUID) (*User, error) {
	if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
		return nil, err
	}
	user, err := st.UserByID(ctx, id)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		return nil, fault.New(fault.NotFound).At("user")
	case err != nil:
		return nil, err
	case !user.Home:
		return nil, fault.New(fault.UserNotHome).At("user")
	case user.Service:
		return nil, fault.New(fault.ServiceAccountUser).At("user")
	}
	held, err := st.GrantsHeldBy(ctx, id)
	if err != nil {
		return nil, err
	}
	var beyond []string
	for _, h := range held {
		for _, p := range s.gate.Beyond(ctx, h.Role, h.Unit, h.Dimensions) {
			beyond = append(beyond, string(p))
		}
	}
	if len(beyond) > 0 {
		slices.Sort(beyond)
		return nil, fault.New(fault.UserAboveYou, "permissions", strings.Join(slices.Compact(beyond), ", ")).At("user")
	}
	return user, nil
}

// DisableUser ends all sessions and tokens of a user at once, in every tenant,
// and lets the user open none. No tenant is left without an administrator.
func (s *Service) DisableUser(ctx context.Context, id uuid.UUID, reason string) error {
	return s.changeUser(ctx, id, reason, "user:disable", func(ctx context.Context, st Store, _ *User) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if id == v.User {
			return fault.New(fault.UserSelf).At("user")
		}
		// Its lock lets one such change in at a time, in whatever tenant: two
		// administrators do not disable each other.
		if _, err := st.RaiseEpoch(ctx); err != nil {
			return err
		}
		last, err := st.Indispensable(ctx, id, s.gate.RolesWith(authz.GrantWrite))
		if err == nil && last {
			err = fault.New(fault.UserIndispensable).At("user")
		}
		if err != nil {
			return err
		}
		return setActive(ctx, st, id, false)
	})
}

// EnableUser lets a disabled user sign in again; sessions and tokens stay ended.
func (s *Service) EnableUser(ctx context.Context, id uuid.UUID, reason string) error {
	return s.changeUser(ctx, id, reason, "user:enable", func(ctx context.Context, st Store, _ *User) error { return setActive(ctx, st, id, true) })
}

func setActive(ctx context.Context, st Store, user uuid.UUID, active bool) error {
	changed, err := st.SetUserActive(ctx, user, active)
	if err == nil && !changed {
		err = fault.New(fault.UserNotHome).At("user")
	}
	return err
}

func (s *Service) changeUser(ctx context.Context, id uuid.UUID, reason, action string, change func(context.Context, Store, *User) error) error {
	why := strings.TrimSpace(reason)
	if why == "" || !printable(why, 500) {
		return fault.New(fault.ReasonMissing).At("reason")
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		user, err := s.ownUser(ctx, st, id)
		if err != nil {
			return err
		}
		if err := change(ctx, st, user); err != nil {
			return err
		}
		return audit.Record(ctx, action, "user", id, map[string]any{"reason": why})
	})
}
