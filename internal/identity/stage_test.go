package identity_test

import (
	"bytes"
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/viewer"
)

const password = "Correct-Horse-1"

// counting is a hasher that counts what it is asked.
type counting struct {
	identity.Hasher
	matches atomic.Int64
}

func (c *counting) Derive(ctx context.Context, password, setting string) ([]byte, error) {
	c.matches.Add(1)
	return c.Hasher.Derive(ctx, password, setting)
}

// clock is the machine's, moved on by hand.
type clock struct {
	lock  sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.lock.Lock()
	defer c.lock.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) advance(d time.Duration) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.ahead += d
}

// stage is two townships with users, the database beneath, and the use cases.
type stage struct {
	behind  time.Duration // the business clock, behind the machine's
	t       *testing.T
	db      *postgres.DB
	maint   *sql.DB
	authz   *authz.Authz
	who     *identity.Service
	hasher  *counting
	clock   *clock
	ring    config.Ring
	issuers *vouching
	tenants map[string]uuid.UUID // east, west
	units   map[string]uuid.UUID
	users   map[string]uuid.UUID
}

func newStage(t *testing.T) *stage {
	t.Helper()
	base := dbtest.New(t)
	s := &stage{t: t, maint: base.Maint(t), clock: &clock{}, tenants: map[string]uuid.UUID{}, units: map[string]uuid.UUID{}, users: map[string]uuid.UUID{}}
	s.ring, s.issuers = config.Ring{bytes.Repeat([]byte{7}, 32)}, &vouching{}
	s.hasher = &counting{Hasher: identity.NewArgon2(identity.Argon2Options{MemoryKiB: 64, Iterations: 1})}
	var err error
	s.authz, err = authz.New(time.Now)
	must(t, err)
	s.db, err = postgres.Open(t.Context(), base.AppDSN, postgres.Options{DraftRoles: s.authz.DraftRoles(), MaxOpen: 40})
	must(t, err)
	t.Cleanup(func() { _ = s.db.Close() })
	s.db.OnOpen(s.authz.Refresh)
	s.who = identity.New(identity.Config{
		Write: postgres.Write[identity.Store](s.db), Read: postgres.Read[identity.Store](s.db), Outside: postgres.Outside[identity.Directory](s.db), Within: postgres.Within(s.db),
		Admit: postgres.Invited(s.db), Cursors: paging.Codec{Keys: [][]byte{[]byte("a key for the cursors of the tests")}},
		Gate: s.authz, Hasher: s.hasher, Now: s.clock.now, Business: func() time.Time { return s.clock.now().Add(-s.behind) }, Issuers: s.issuers,
		Secrets: func() config.Ring { return s.ring },
	})
	s.tenant("east", "990101101")
	s.tenant("west", "990101102")
	s.user("approver", "east", authz.TownshipApprover)
	s.user("clerk", "east", authz.TownshipClerk)
	s.user("judge", "east", authz.Judge)
	s.user("stranger", "west", authz.TownshipApprover)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stage) put(query string, args ...any) {
	s.t.Helper()
	if _, err := s.maint.ExecContext(s.t.Context(), query, args...); err != nil {
		s.t.Fatalf("%s: %v", query, err)
	}
}

func (s *stage) count(query string, args ...any) int {
	s.t.Helper()
	n := 0
	must(s.t, s.maint.QueryRowContext(s.t.Context(), query, args...).Scan(&n))
	return n
}

func (s *stage) tenant(name, code string) {
	s.t.Helper()
	s.tenants[name], s.units[name] = uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	s.put(`INSERT INTO unit (id, code, level, legal_name, shown_name, region) VALUES ($1, $2, 'township', $3, $3, $4)`, s.units[name], code, name, code[:6])
	s.put(`INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, $4, 'township', $2, $3, now())`, s.tenants[name], s.units[name], name, code[:6])
}

// user makes a user with the password of the tests and a role.
func (s *stage) user(login, tenant string, role authz.Role) {
	s.t.Helper()
	made, err := s.who.Prepare(s.t.Context(), login, password)
	must(s.t, err)
	s.users[login] = made.ID
	s.put(`INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, $3, now())`, made.ID, login, made.Hash)
	s.grant(login, tenant, role)
}

func (s *stage) grant(login, tenant string, role authz.Role) {
	s.t.Helper()
	s.put(`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), $1, '990101', $2, $3, $4, $2, now() - interval '1 day', epoch FROM e`,
		s.tenants[tenant], s.users[login], s.units[tenant], string(role))
}

func (s *stage) login(login, word string) (*identity.LoggedIn, error) {
	return s.who.Login(s.t.Context(), identity.LoginInput{Login: login, Password: word, Address: "192.0.2.1"})
}

func (s *stage) switching(secret string, tenant uuid.UUID) error {
	_, err := s.who.SwitchTenant(s.t.Context(), secret, tenant)
	return err
}

// signIn gives the secret of a new session.
func (s *stage) signIn(login string) string {
	s.t.Helper()
	in, err := s.login(login, password)
	must(s.t, err)
	return in.Secret
}

// open opens a request with a cookie or a token; end must follow.
func (s *stage) open(secret string) (ctx context.Context, end func(), err error) {
	bearer, cookie := secret, ""
	if len(secret) == 43 {
		bearer, cookie = "", secret
	}
	cred, _, err := identity.Credential("", bearer, cookie)
	if err != nil {
		return nil, nil, err
	}
	ctx, request, _, err := s.db.Begin(s.t.Context(), cred)
	if err != nil {
		return nil, nil, err
	}
	return ctx, func() { _ = request.End() }, nil
}

// once opens a request and ends it.
func (s *stage) once(secret string) error {
	_, end, err := s.open(secret)
	if err == nil {
		end()
	}
	return err
}

// begin opens a request that ends with the test.
func (s *stage) begin(secret string) (context.Context, *viewer.Viewer, error) {
	ctx, end, err := s.open(secret)
	if err != nil {
		return nil, nil, err
	}
	s.t.Cleanup(end)
	v, err := viewer.From(ctx)
	return ctx, v, err
}

func (s *stage) as(login string) context.Context {
	s.t.Helper()
	ctx, _, err := s.begin(s.signIn(login))
	must(s.t, err)
	return ctx
}

func refused(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	all := fault.All(err)
	if len(all) == 0 || all[0].Code != code || all[0].Field != field {
		t.Fatalf("want %s at %q, got %v", code, field, err)
	}
}
