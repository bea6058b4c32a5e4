package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// token gives the user of a home an API token of a day.
func (w *world) token(t *testing.T, h home) viewer.Credential {
	t.Helper()
	id := mixin.NewID()
	cred := viewer.Credential{Kind: viewer.Token, Hash: sha256.Sum256(id[:]), ID: id.String()}
	w.put(t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, scopes, created_at, expires_at)
		VALUES ($1, $2, $3, $4, 'screen', 'h', $5, '{round:read}', now(), now() + interval '1 day')`, id, h.tenant, h.region, h.user, cred.Hash[:])
	return cred
}

// A credential that is unknown, dead or of somebody who may no longer come in
// opens nothing: no row, and none of the four settings.
func TestDeadCredentialsOpenNothing(t *testing.T) {
	t.Parallel()
	session := func(session, _ viewer.Credential) viewer.Credential { return session }
	token := func(_, token viewer.Credential) viewer.Credential { return token }
	for name, c := range map[string]struct {
		which  func(session, token viewer.Credential) viewer.Credential
		change string // what happened to it
	}{
		"unknown session": {func(viewer.Credential, viewer.Credential) viewer.Credential {
			return viewer.Credential{Kind: viewer.Session, Hash: [32]byte{1}}
		}, `SELECT`},
		"unknown token": {func(viewer.Credential, viewer.Credential) viewer.Credential {
			return viewer.Credential{Kind: viewer.Token}
		}, `SELECT`},
		"a session's hash as a token": {func(session, _ viewer.Credential) viewer.Credential {
			return viewer.Credential{Kind: viewer.Token, Hash: session.Hash}
		}, `SELECT`},
		"idle session":     {session, `UPDATE session SET idle_until = now() - interval '1 second'`},
		"expired session":  {session, `UPDATE session SET expires_at = now() - interval '1 second'`},
		"closed session":   {session, `DELETE FROM session`},
		"expired token":    {token, `UPDATE api_token SET expires_at = now() - interval '1 second'`},
		"revoked token":    {token, `UPDATE api_token SET revoked_at = now()`},
		"suspended tenant": {session, `UPDATE tenant SET status = 'suspended' WHERE name = '990101001'`},
		"disabled user":    {token, `UPDATE app_user SET status = 'disabled' WHERE login = 'clerk-990101001'`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.settle(t, "township", "990101002") // a neighbour that nobody may fall into
			h := w.settle(t, "township", "990101001")
			cred := c.which(h.cred, w.token(t, h))
			if _, r, _, err := w.db.Begin(t.Context(), cred); err == nil {
				_ = r.End() // it was alive before
			}
			w.put(t, c.change)
			if _, _, _, err := w.db.Begin(t.Context(), cred); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("got %v", err)
			}
			err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
				n, err := tx.exec(ctx, `SELECT FROM open_request($1, $2, '{township-clerk}')`, string(cred.Kind), cred.Hash[:])
				if n != 0 || err != nil {
					t.Errorf("%d rows, %v", n, err)
				}
				settings, err := queryOne(ctx, tx, value[string], `SELECT coalesce(current_setting('app.tenant', true), '') || coalesce(current_setting('app.tenants', true), '')
					|| coalesce(current_setting('app.draft_tenants', true), '') || coalesce(current_setting('app.ancestors', true), '')`)
				if settings != "" {
					t.Errorf("settings: %s", settings)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestATokenOpensItsOwnersTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.settle(t, "township", "990101002")
	h := w.settle(t, "township", "990101001")
	cred := w.token(t, h)
	_, r, v, err := w.db.Begin(t.Context(), cred)
	if err != nil {
		t.Fatal(err)
	}
	if v.Tenant != h.tenant || !v.ReadOnly || !slices.Equal(v.Scopes, []string{"round:read"}) || v.Credential.ID != cred.ID {
		t.Errorf("%+v", v)
	}
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	if n := w.count(t, `SELECT count(*) FROM api_token WHERE used_at IS NOT NULL`); n != 1 {
		t.Error("the use of the token was not noted")
	}
}

// What is readable follows the adoption, of which both sides must stand, and
// unpublished work follows the role and the lower side's word.
func TestWhatAnOpeningMayRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change           string // after the adoption
		drafts           bool
		readable, upside bool // the county reads the township; the township reads downwards
	}{
		"adopted":             {"", false, true, true},
		"adopted with drafts": {"", true, true, true},
		"ended by the lower":  {`UPDATE adoption SET ended_at = now() WHERE side = 'lower'`, true, false, false},
		"ended by the upper":  {`UPDATE adoption SET ended_at = now() WHERE side = 'upper'`, true, false, false},
		"without the role":    {`UPDATE role_grant SET revoked_at = now()`, true, true, true},
		"role of the past":    {`UPDATE role_grant SET valid_until = now() - interval '1 second'`, true, true, true},
		"role of the future":  {`UPDATE role_grant SET valid_from = now() + interval '1 day'`, true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			county, town := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
			w.adopt(t, county, town, c.drafts)
			role := true
			if c.change != "" {
				w.put(t, c.change)
				role = w.count(t, `SELECT count(*) FROM role_grant WHERE revoked_at IS NULL AND valid_from <= now() AND coalesce(valid_until, 'infinity') > now()`) > 0
			}
			_, r, v, err := w.db.Begin(t.Context(), county.cred)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.End() }()
			if slices.Contains(v.Readable, town.tenant) != c.readable || !slices.Contains(v.Readable, county.tenant) {
				t.Errorf("readable: %v", v.Readable)
			}
			if slices.Contains(v.Drafts, town.tenant) != (c.readable && c.drafts && role) || slices.Contains(v.Drafts, county.tenant) != role {
				t.Errorf("drafts: %v", v.Drafts)
			}
			_, below, v, err := w.db.Begin(t.Context(), town.cred)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = below.End() }()
			if slices.Contains(below.reader.scope.ancestors, county.tenant) != c.upside || !slices.Equal(v.Readable, []uuid.UUID{town.tenant}) {
				t.Errorf("ancestors %v, readable %v", below.reader.scope.ancestors, v.Readable)
			}
		})
	}
}

// A session that ended, or moved to another tenant, while its request ran writes
// nothing.
func TestARevokedCredentialWritesNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"signed out": `DELETE FROM session`,
		"moved":      `UPDATE session SET tenant_id = (SELECT id FROM tenant WHERE name = '990101002')`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.settle(t, "township", "990101002")
			ctx, _ := w.as(t, w.settle(t, "township", "990101001"))
			w.put(t, change)
			err := w.db.write(ctx, func(context.Context, *Tx) error { t.Error("the work ran"); return nil })
			if fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Every opening, of a read and of each write, brings the grants up to date
// before the work; when that fails nothing runs.
func TestTheHookRunsAtEveryOpening(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	var epochs []int64
	var fails error
	w.db.OnOpen(func(ctx context.Context, source authz.Source) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		changes, err := source.GrantsSince(ctx, 0)
		if err != nil || len(changes.Users) != 0 || len(changes.Grants) != 1 || changes.Grants[0].Role != "township-clerk" || changes.Grants[0].Unit != h.unit {
			t.Errorf("changes %+v, %v", changes, err)
		}
		below, err := source.UnitsBelow(ctx, v.TenantUnit)
		if at := slices.Index(below.IDs, h.village); err != nil || len(below.IDs) != 2 || at < 0 || below.Parents[at] != h.unit {
			t.Errorf("units %v, %v", below, err)
		}
		epochs = append(epochs, v.Epoch)
		return fails
	})
	ctx, _ := w.as(t, h)
	next := func(ctx context.Context, tx *Tx) error { _, err := tx.RaiseEpoch(ctx); return err }
	for range 2 {
		if err := w.db.write(ctx, next); err != nil {
			t.Fatal(err)
		}
	}
	if len(epochs) != 3 || epochs[1] != epochs[0] || epochs[2] != epochs[0]+1 {
		t.Errorf("epochs %v", epochs)
	}
	fails = errors.New("the grants cannot be read")
	for name, run := range map[string]func(context.Context, func(context.Context, *Tx) error) error{"read": w.db.read, "write": w.db.write} {
		err := run(ctx, func(context.Context, *Tx) error { t.Errorf("%s ran", name); return nil })
		if !errors.Is(err, fails) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheProgramItselfWorksForOneTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	w.fill(t, other)
	ctx, r, v, err := w.db.AsTenant(t.Context(), Service{Tenant: h.tenant, User: h.user, Person: h.person})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.End() }()
	if v.Region != h.region || v.TenantUnit != h.unit || v.Person != h.person {
		t.Errorf("%+v", v)
	}
	err = w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		if n, err := tx.Ent().Round.Query().Count(ctx); n != 0 || err != nil {
			t.Errorf("%d rounds of others, %v", n, err)
		}
		return tx.Ent().CalendarDay.Create().SetDay(time.Unix(0, 0).UTC()).SetKind("holiday").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	// A tenant that does not exist yet is provisioned from inside.
	unit, id := mixin.NewID(), mixin.NewID()
	w.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name) VALUES ($1, '990102', 'county', '白沙县', '白沙县')`, unit)
	ctx, fresh, _, err := w.db.AsTenant(t.Context(), Service{Tenant: id, Region: "990102"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = fresh.End() }()
	err = w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.Ent().Tenant.Create().SetID(id).SetKind("county").SetUnitID(unit).SetName("白沙县").SetTimeZone("Asia/Shanghai").
			SetStatus("active").SetCreatedAt(time.Unix(0, 0)).Exec(ctx)
	})
	if err != nil || w.count(t, `SELECT count(*) FROM tenant WHERE id = $1 AND region = '990102'`, id) != 1 {
		t.Errorf("provisioned: %v", err)
	}
}

// A statement that takes too long is ended by the server.
func TestStatementsHaveATimeLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.StatementTimeout = 30 * time.Millisecond })
	h := w.settle(t, "township", "990101001")
	for name, run := range map[string]func(context.Context, func(context.Context, *Tx) error) error{"read": w.db.read, "write": w.db.write} {
		ctx, r := w.as(t, h)
		err := run(ctx, func(ctx context.Context, tx *Tx) error { _, err := tx.exec(ctx, `SELECT pg_sleep(60)`); return err })
		if fault.CodeOf(err) != fault.RequestTimeout {
			t.Errorf("%s: %v", name, err)
		}
		_ = r.End() // its transaction failed with the statement
	}
}
