package identity

import (
	"context"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// LoginInput is what a person enters.
type LoginInput struct {
	Login    string
	Password string
	Address  string    // of the client, for the throttle only
	Tenant   uuid.UUID // to begin in; uuid.Nil: the first by name
	Previous string    // secret of a session the browser still had; it ends
}

// LoggedIn is a new session. The secret is shown once, to the browser.
type LoggedIn struct {
	Secret    string
	User      uuid.UUID
	Tenant    uuid.UUID // worked in at first
	Tenants   []Place   // to choose from
	ExpiresAt time.Time // at the latest
}

// Login opens a session for a login and password. It answers LOGIN_FAILED for
// an unknown account, a wrong password and a disabled user alike, after the
// same work; LOGIN_THROTTLED before any work when attempts come too fast;
// LOGIN_NO_TENANT when the user holds no role anywhere. The session's secret is
// always a new one.
func (s *Service) Login(ctx context.Context, in LoginInput) (*LoggedIn, error) {
	name, address := nameOf(in.Login), addressKey(in.Address)
	if !loginName.MatchString(name) || len(in.Password) > longestPassword {
		return nil, fault.New(fault.LoginFailed)
	}
	if wait := max(s.addresses.take(address), s.accounts.take(name)); wait > 0 {
		return nil, throttled(wait)
	}
	account, err := s.authenticate(ctx, name, in.Password)
	if err != nil {
		return nil, err
	}
	s.accounts.forget(name)
	s.addresses.giveBack(address)
	return s.openSession(ctx, account.user, in)
}

func throttled(wait time.Duration) error {
	return fault.New(fault.LoginThrottled, "seconds", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// account is a user who proved the password: what it was hashed with and the
// key that came out.
type account struct {
	user    uuid.UUID
	setting string
	key     []byte
}

// authenticate does one hash operation whatever the account, and asks the
// database the same two questions: the database compares the key, it hands none
// out.
func (s *Service) authenticate(ctx context.Context, name, password string) (*account, error) {
	a := &account{}
	err := s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		a.setting, err = d.SettingOfLogin(ctx, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	if a.key, err = s.hasher.Derive(ctx, password, orElse(a.setting, s.dummy)); err != nil {
		return nil, err
	}
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		a.user, err = d.UserOfLogin(ctx, name, a.key)
		return err
	})
	if err == nil && a.user == uuid.Nil {
		err = fault.New(fault.LoginFailed)
	}
	return a, err
}

func (s *Service) openSession(ctx context.Context, user uuid.UUID, in LoginInput) (*LoggedIn, error) {
	opened := &LoggedIn{Secret: newSessionSecret(), User: user, ExpiresAt: s.now().Add(s.absolute)}
	fresh, err := SessionCredential(opened.Secret)
	if err != nil {
		return nil, err
	}
	err = s.outside(ctx, func(ctx context.Context, d Directory) error {
		places, err := d.PlacesOf(ctx, user)
		if err != nil {
			return err
		}
		opened.Tenants = places
		if opened.Tenant = chosen(places, in.Tenant); opened.Tenant == uuid.Nil {
			return fault.New(fault.LoginNoTenant)
		}
		if before, err := SessionCredential(in.Previous); err == nil {
			if err := d.CloseSession(ctx, before.Hash); err != nil {
				return err
			}
		}
		return d.OpenSession(ctx, fresh.Hash, user, opened.Tenant, s.idle, s.absolute)
	})
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// chosen is the tenant asked for when it is among the places, else the first.
func chosen(places []Place, wanted uuid.UUID) uuid.UUID {
	if slices.ContainsFunc(places, func(p Place) bool { return p.Tenant == wanted }) {
		return wanted
	}
	if len(places) == 0 {
		return uuid.Nil
	}
	return places[0].Tenant
}

// Logout ends the session of a secret; an unknown one is ended already.
func (s *Service) Logout(ctx context.Context, secret string) error {
	session, err := SessionCredential(secret)
	if fault.CodeOf(err) == fault.Unauthenticated {
		return nil // no secret of ours
	}
	if err != nil {
		return err
	}
	return s.outside(ctx, func(ctx context.Context, d Directory) error { return d.CloseSession(ctx, session.Hash) })
}

// SwitchTenant lets a session work in another tenant in which its user holds a
// role; NOT_FOUND for any other.
func (s *Service) SwitchTenant(ctx context.Context, secret string, tenant uuid.UUID) error {
	session, err := SessionCredential(secret)
	if err != nil {
		return err
	}
	return s.outside(ctx, func(ctx context.Context, d Directory) error {
		moved, err := d.MoveSession(ctx, session.Hash, tenant)
		if err == nil && !moved {
			err = fault.New(fault.NotFound)
		}
		return err
	})
}
