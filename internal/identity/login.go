package identity

import (
	"cmp"
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
	Agent    string    // the browser, as it calls itself
}

// LoggedIn is a new session, or the next step to one. The secret is shown once,
// to the browser.
type LoggedIn struct {
	Step      string // "": signed in; else what is still to be shown, and the secret is the step's
	Secret    string
	User      uuid.UUID
	Tenant    uuid.UUID // worked in at first
	Tenants   []Place   // to choose from
	ExpiresAt time.Time // at the latest
}

// Login proves a login and password, and opens a session when nothing else is
// asked for. It answers LOGIN_FAILED for an unknown account, a wrong password
// and a disabled user alike, after the same work; LOGIN_THROTTLED before any
// work when attempts come too fast; LOGIN_NO_TENANT when the user holds no role
// anywhere. The secret is always a new one.
func (s *Service) Login(ctx context.Context, in LoginInput) (*LoggedIn, error) {
	name, address := nameOf(in.Login), addressKey(in.Address)
	if !loginName.MatchString(name) || len(in.Password) > longestPassword {
		return nil, fault.New(fault.LoginFailed)
	}
	if wait := max(s.addresses.take(address), s.accounts.take(name)); wait > 0 {
		return nil, throttled(wait)
	}
	user, err := s.authenticate(ctx, name, in.Password)
	if err != nil {
		return nil, err
	}
	s.accounts.forget(name)
	s.addresses.giveBack(address)
	return s.proved(ctx, Step{User: user, Tenant: in.Tenant, Proof: Proof{Method: byPassword, Agent: in.Agent}}, in.Previous)
}

func throttled(wait time.Duration) error {
	return fault.New(fault.LoginThrottled, "seconds", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// authenticate does one hash operation whatever the account.
func (s *Service) authenticate(ctx context.Context, name, password string) (user uuid.UUID, err error) {
	var setting string
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		setting, err = d.SettingOfLogin(ctx, name)
		return err
	})
	if err != nil {
		return uuid.Nil, err
	}
	key, err := s.hasher.Derive(ctx, password, cmp.Or(setting, s.dummy))
	if err != nil {
		return uuid.Nil, err
	}
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		user, err = d.UserOfLogin(ctx, name, key)
		return err
	})
	if err != nil {
		return uuid.Nil, err
	}
	if setting == "" || user == uuid.Nil {
		return uuid.Nil, fault.New(fault.LoginFailed)
	}
	return user, s.rehash(ctx, user, password, setting, key)
}

// rehash keeps up with the costs of the hasher: a password that was hashed with
// others is hashed anew while it is known.
func (s *Service) rehash(ctx context.Context, user uuid.UUID, password, setting string, key []byte) error {
	if s.hasher.Current(setting) {
		return nil
	}
	fresh, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.outside(ctx, func(ctx context.Context, d Directory) error { return d.Rehash(ctx, user, hashOf(setting, key), fresh) })
}

// openSession opens a session for somebody who proved all that was asked.
func (s *Service) openSession(ctx context.Context, d Directory, step Step, needs Needs, tenant uuid.UUID, previous string) (*LoggedIn, error) {
	idle, absolute := s.lives(needs)
	opened := &LoggedIn{Secret: newSessionSecret(), User: step.User, Tenant: tenant, ExpiresAt: s.now().Add(absolute)}
	fresh, err := SessionCredential(opened.Secret)
	if err != nil {
		return nil, err
	}
	if before, err := SessionCredential(previous); err == nil {
		if err := d.CloseSession(ctx, before.Hash); err != nil {
			return nil, err
		}
	}
	begun, err := d.BeginSession(ctx, NewSession{Hash: fresh.Hash, ID: uuid.New(), User: step.User, Tenant: tenant, Idle: idle, Absolute: absolute, Proof: step.Proof})
	if err == nil && !begun {
		err = fault.New(fault.LoginNoTenant)
	}
	return opened, err
}

// lives are how long a session of a user idles and lives: the operator's times,
// or shorter ones of a tenant.
func (s *Service) lives(n Needs) (idle, absolute time.Duration) {
	return shorter(s.idle, n.Idle), shorter(s.absolute, n.Absolute)
}

func shorter(operator, tenant time.Duration) time.Duration {
	if tenant == 0 {
		return operator
	}
	return min(operator, tenant)
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
	if err := s.ended(ctx, session); err != nil {
		return err
	}
	return s.outside(ctx, func(ctx context.Context, d Directory) error { return d.CloseSession(ctx, session.Hash) })
}
