package identity_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

func TestLoginOpensASession(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	in, err := s.login("  Clerk ", password)
	must(t, err)
	if in.User != s.users["clerk"] || in.Tenant != s.tenants["east"] || len(in.Tenants) != 1 || in.Tenants[0].Name != "east" {
		t.Errorf("%+v", in)
	}
	_, v, err := s.begin(in.Secret)
	must(t, err)
	if v.User != s.users["clerk"] || v.Tenant != s.tenants["east"] {
		t.Errorf("viewer %+v", v)
	}
	must(t, s.who.Logout(t.Context(), in.Secret))
	if _, _, err := s.begin(in.Secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("after the logout: %v", err)
	}
	must(t, s.who.Logout(t.Context(), in.Secret))
	must(t, s.who.Logout(t.Context(), "no secret"))
}

// A known account with a wrong password, an unknown one and a disabled one give
// the same answer after the same number of hash operations.
func TestUnknownAndKnownAccountsDoTheSameWork(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'judge'`)
	var answers []string
	for _, c := range [][2]string{{"clerk", "Wrong-Horse-1"}, {"nobody", "Wrong-Horse-1"}, {"nobody2", password}, {"judge", password}} {
		before := s.hasher.matches.Load()
		_, err := s.login(c[0], c[1])
		refused(t, err, fault.LoginFailed, "")
		answers = append(answers, err.Error())
		if n := s.hasher.matches.Load() - before; n != 1 {
			t.Errorf("%v: %d hash operations", c, n)
		}
	}
	before := s.hasher.matches.Load()
	_, err := s.login("clerk", password)
	must(t, err)
	if n := s.hasher.matches.Load() - before; n != 1 {
		t.Errorf("a success: %d hash operations", n)
	}
	for _, a := range answers {
		if a != answers[0] {
			t.Errorf("answers differ: %q and %q", a, answers[0])
		}
	}
}

func TestLoginsAreSlowedDownAlikeForUnknownAccounts(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, login := range []string{"clerk", "nobody"} {
		for range 5 {
			_, err := s.login(login, "Wrong-Horse-1")
			refused(t, err, fault.LoginFailed, "")
		}
		before := s.hasher.matches.Load()
		_, err := s.login(login, password)
		refused(t, err, fault.LoginThrottled, "")
		if s.hasher.matches.Load() != before {
			t.Error("a throttled attempt is hashed")
		}
	}
	if _, err := s.login("approver", password); err != nil {
		t.Errorf("another account: %v", err)
	}
	s.clock.advance(time.Minute)
	if _, err := s.login("clerk", password); err != nil {
		t.Errorf("after the delay: %v", err)
	}
}

func TestAnAddressIsSlowedDownToo(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var last error
	for i := range 60 {
		_, last = s.login("guess"+string(rune('a'+i%26))+string(rune('a'+i/26)), "Wrong-Horse-1")
	}
	refused(t, last, fault.LoginThrottled, "")
	_, err := s.who.Login(t.Context(), identity.LoginInput{Login: "clerk", Password: password, Address: "198.51.100.7"})
	must(t, err)
}

func TestNonsenseIsRefusedWithoutWork(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	before := s.hasher.matches.Load()
	for _, login := range []string{"", " ", "a", "clerk'--", "党建办", string(make([]byte, 500))} {
		_, err := s.login(login, password)
		refused(t, err, fault.LoginFailed, "")
	}
	_, err := s.login("clerk", string(make([]byte, 10_000)))
	refused(t, err, fault.LoginFailed, "")
	if s.hasher.matches.Load() != before {
		t.Error("nonsense is hashed")
	}
}

// Sessions end when idle, at the latest after their absolute life, and are
// prolonged by use only until then.
func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	secret := s.signIn("clerk")
	if n := s.count(`SELECT count(*) FROM session WHERE idle_until = seen_at + interval '2 hours' AND expires_at = created_at + interval '12 hours'`); n != 1 {
		t.Fatal("a session idles 2 hours and lives 12")
	}
	s.put(`UPDATE session SET seen_at = now() - interval '119 minutes', idle_until = now() + interval '1 minute'`)
	if err := s.once(secret); err != nil {
		t.Fatalf("a minute before idling out: %v", err)
	}
	s.signIn("judge")
	s.put(`UPDATE session SET idle_until = now() - interval '1 second'`)
	if _, _, err := s.begin(secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("idled out: %v", err)
	}
	s.put(`UPDATE session SET idle_until = now() + interval '1 hour', expires_at = now() - interval '1 second'`)
	if _, _, err := s.begin(secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("over: %v", err)
	}
	s.signIn("approver")
	if n := s.count(`SELECT count(*) FROM session`); n != 1 {
		t.Errorf("%d sessions are left, the dead ones are swept at a login", n)
	}
}

// Use keeps a session awake, and requests that come together do not wait for
// each other.
func TestUseProlongsASession(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	secret := s.signIn("clerk")
	s.put(`UPDATE session SET seen_at = now() - interval '1 hour', idle_until = now() + interval '1 hour'`)
	first, end, err := s.open(secret)
	must(t, err)
	must(t, s.once(secret)) // while the first is under way
	end()
	if n := s.count(`SELECT count(*) FROM session WHERE idle_until > now() + interval '119 minutes'`); first == nil || n != 1 {
		t.Error("the session was not prolonged")
	}
}

// The database holds no secret: what a copy of it shows signs nobody in.
func TestACopyOfTheDatabaseSignsNobodyIn(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	secret := s.signIn("approver")
	_, token, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "导出", Days: 30})
	must(t, err)
	for _, table := range []string{"session", "api_token", "app_user", "audit_entry"} {
		for _, hidden := range []string{secret, token, token[22:], password} {
			if s.count(`SELECT count(*) FROM `+table+` t WHERE position($1 in t::text) > 0`, hidden) != 0 {
				t.Errorf("%s holds a secret", table)
			}
		}
	}
	var stored string
	must(t, s.maint.QueryRowContext(t.Context(), `SELECT encode(hash, 'base64') FROM session LIMIT 1`).Scan(&stored))
	if _, _, err := s.begin(stored[:43]); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a stored hash as a cookie: %v", err)
	}
}

// A session that the browser had before the login is worth nothing after it.
func TestTheSecretIsRotatedAtLogin(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	before := s.signIn("judge")
	in, err := s.who.Login(t.Context(), identity.LoginInput{Login: "clerk", Password: password, Previous: before})
	must(t, err)
	if in.Secret == before {
		t.Error("the secret is kept")
	}
	if _, _, err := s.begin(before); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the old session: %v", err)
	}
}

func TestChoosingATenant(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.grant("clerk", "west", authz.Judge)
	in, err := s.who.Login(t.Context(), identity.LoginInput{Login: "clerk", Password: password, Tenant: s.tenants["west"]})
	must(t, err)
	if in.Tenant != s.tenants["west"] || len(in.Tenants) != 2 {
		t.Errorf("%+v", in)
	}
	ctx, v, err := s.begin(in.Secret)
	must(t, err)
	if v.Tenant != s.tenants["west"] || s.authz.May(ctx, authz.RoundPlan, uuid.Nil) || !s.authz.May(ctx, authz.MarkWrite, uuid.Nil) {
		t.Error("a clerk of the east is a judge in the west")
	}
	moved, err := s.who.SwitchTenant(t.Context(), in.Secret, s.tenants["east"])
	must(t, err)
	if _, v, err := s.begin(moved.Secret); err != nil || v.Tenant != s.tenants["east"] {
		t.Errorf("%+v %v", v, err)
	}
	if _, _, err := s.begin(in.Secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the secret from before the switch: %v", err)
	}
	judge := s.signIn("judge")
	refused(t, s.switching(judge, s.tenants["west"]), fault.NotFound, "")
	refused(t, s.switching(judge, uuid.New()), fault.NotFound, "")
	refused(t, s.switching("nonsense", s.tenants["west"]), fault.Unauthenticated, "")
	if _, v, err := s.begin(judge); err != nil || v.Tenant != s.tenants["east"] {
		t.Errorf("a refused switch moved the session: %v", err)
	}
}

func TestManyLoginsAtATime(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if _, err := s.login("clerk", password); err != nil && fault.CodeOf(err) != fault.LoginThrottled {
				t.Errorf("%v", err)
			}
		})
	}
	all.Wait()
}

// A password that was hashed with other costs is hashed anew when its owner
// signs in; it is the same password, no older and not a past one.
func TestOldCostsAreReplacedAtSignIn(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	old, err := identity.NewArgon2(identity.Argon2Options{MemoryKiB: 32, Iterations: 2}).Hash(t.Context(), password)
	must(t, err)
	s.put(`UPDATE app_user SET password_hash = $1 WHERE login = 'clerk'`, old)
	s.put(`DELETE FROM password_past`)
	s.put(`UPDATE app_user SET password_set_at = now() - interval '40 days' WHERE login = 'clerk'`)
	_, err = s.login("clerk", "Wrong-Horse-1")
	refused(t, err, fault.LoginFailed, "")
	if s.count(`SELECT count(*) FROM app_user WHERE password_hash = $1`, old) != 1 {
		t.Error("hashed anew by a wrong password")
	}
	s.signIn("clerk")
	if s.count(`SELECT count(*) FROM app_user WHERE login = 'clerk' AND password_hash LIKE '$argon2id$v=19$m=64,t=1,p=1$%' AND password_set_at < now() - interval '39 days'`) != 1 {
		t.Error("not hashed anew, or its age began anew")
	}
	if s.count(`SELECT count(*) FROM password_past`) != 0 {
		t.Error("the same password is a past one")
	}
	s.signIn("clerk")
}
