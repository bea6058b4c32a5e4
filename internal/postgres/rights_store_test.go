package postgres

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/rights"
)

// ownRole defines a role of a tenant's own and raises the epoch.
func (w *world) ownRole(t testing.TB, h home, key string, drafts bool) {
	t.Helper()
	w.put(t, `WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		INSERT INTO tenant_role (id, tenant_id, region, key, name_zh, permissions, drafts, defined_by, defined_at, changed_at, epoch)
		SELECT $1, $2, $3, $4, '帮办', '{submission:read}', $5, $6, now(), now(), epoch FROM e`, mixin.NewID(), h.tenant, h.region, key, drafts, h.user)
}

// What is read before anything is decided is that of the own tenant alone, by
// whoever asks there; of others only that something changed.
func TestRightsAreReadTenantByTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here, there := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	w.ownRole(t, here, "own-helper", true)
	w.ownRole(t, there, "own-stranger", true)
	w.grant(t, here, "own-helper")
	w.grant(t, here, "judge")
	w.put(t, `UPDATE role_grant SET revoked_at = now(), epoch = 7 WHERE tenant_id = $1 AND role = 'judge'`, here.tenant)
	ctx, _ := w.as(t, here)
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		own, err := tx.OwnRoles(ctx)
		if err != nil || len(own) != 1 || own[0].Role != "own-helper" || !slices.Equal(own[0].Permissions, []authz.Permission{authz.SubmissionRead}) || own[0].Epoch == 0 {
			t.Errorf("own roles %+v, %v", own, err)
		}
		all, err := tx.GrantsSince(ctx, 0)
		if err != nil || len(all.Grants) != 2 || slices.ContainsFunc(all.Grants, func(g authz.Grant) bool { return g.User != here.user }) {
			t.Errorf("grants %+v, %v", all, err)
		}
		changed, err := tx.GrantsSince(ctx, 6)
		if err != nil || len(changed.Users) != 1 || changed.Users[0] != here.user || len(changed.Grants) != 2 {
			t.Errorf("changed %+v, %v", changed, err)
		}
		none, err := tx.GrantsSince(ctx, 7)
		if err != nil || len(none.Users) != 0 || len(none.Grants) != 0 {
			t.Errorf("nothing changed: %+v, %v", none, err)
		}
		news, err := tx.ChangedSince(ctx, 1)
		if err != nil || len(news.Tenants) != 2 || news.Many || news.Epoch < 3 {
			t.Errorf("news %+v, %v", news, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A user whose last grant is revoked is told, with nothing left.
func TestWhoLostEverythingIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	w.put(t, `UPDATE role_grant SET revoked_at = now(), epoch = 9`)
	err := w.db.outside(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.exec(ctx, `SELECT set_config('app.tenant', $1, true)`, h.tenant.String()); err != nil {
			return err
		}
		c, err := tx.GrantsSince(ctx, 8)
		if len(c.Users) != 1 || c.Users[0] != h.user || len(c.Grants) != 0 {
			t.Errorf("told %+v", c)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Unpublished rows open for a live grant of an own role that reads some, in its
// own tenant; whatever the program asks, for nobody else.
func TestDraftsOpenForAnOwnRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.DraftRoles = []string{"nobody"} })
	h, lower, other := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	w.adopt(t, h, lower, true)
	w.ownRole(t, h, "own-helper", true)
	w.ownRole(t, h, "own-reader", false)
	w.ownRole(t, other, "own-helper", true)
	drafts := func() []uuid.UUID {
		ctx, r := w.as(t, h)
		defer func() { _ = r.End() }()
		var list []uuid.UUID
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			if err := tx.OpenDrafts(ctx); err != nil {
				return err
			}
			var err error
			list, err = queryAll(ctx, tx, value[uuid.UUID], `SELECT unnest(coalesce(app_setting_ids('app.draft_tenants'), '{}'))`)
			if !slices.Equal(list, tx.scope.drafts) || !slices.Equal(list, tx.Viewer().Drafts) {
				t.Errorf("the setting is %v, the scope %v, the viewer's %v", list, tx.scope.drafts, tx.Viewer().Drafts)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := drafts(); len(got) != 0 {
		t.Errorf("without the role: %v", got)
	}
	w.grant(t, h, "own-reader")
	if got := drafts(); len(got) != 0 {
		t.Errorf("with a role that reads what is published: %v", got)
	}
	w.grant(t, h, "own-helper")
	if got := drafts(); !slices.Contains(got, h.tenant) || !slices.Contains(got, lower.tenant) || len(got) != 2 {
		t.Errorf("with the role: %v", got)
	}
	w.put(t, `UPDATE role_grant SET valid_until = now() - interval '1 second' WHERE role = 'own-helper'`)
	if got := drafts(); len(got) != 0 {
		t.Errorf("with the role of the past: %v", got)
	}
}

// No grant names an own role that its tenant does not have, or has retired.
func TestAGrantNeedsItsOwnRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here, there := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	w.ownRole(t, there, "own-helper", true)
	w.ownRole(t, here, "own-retired", true)
	w.put(t, `UPDATE tenant_role SET retired_at = now() WHERE key = 'own-retired'`)
	for _, role := range []string{"own-helper", "own-retired", "own-"} {
		_, err := w.maint.ExecContext(t.Context(), `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
			VALUES ($1, $2, $3, $4, $5, $6, $4, now(), 1)`, mixin.NewID(), here.tenant, here.region, here.user, here.unit, role)
		if sqlstate(err) != "23503" {
			t.Errorf("%s: %v", role, err)
		}
	}
	if _, err := w.maint.ExecContext(t.Context(), `UPDATE role_grant SET role = 'own-helper' WHERE tenant_id = $1`, here.tenant); sqlstate(err) != "23503" {
		t.Errorf("a grant becomes one of a role that is none: %v", err)
	}
	w.grant(t, there, "own-helper")
}

func TestOwnRolesAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	w.ownRole(t, other, "own-helper", true)
	ctx, _ := w.as(t, h)
	moment := time.Date(2023, 4, 28, 12, 0, 0, 0, time.UTC)
	r := &rights.Role{ID: mixin.NewID(), Key: "own-helper", Zh: "帮办", En: "helper", Permissions: []authz.Permission{authz.RoundRead}, DefinedAt: moment, ChangedAt: moment, Revision: 1}
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.InsertOwnRole(ctx, r, h.user, 5); err != nil {
			return err
		}
		r.Permissions, r.Revision = []authz.Permission{authz.SubmissionRead}, 2
		if err := tx.UpdateOwnRole(ctx, r, 6); err != nil {
			return err
		}
		if err := tx.UpdateOwnRole(ctx, r, 7); fault.CodeOf(err) != fault.StaleRevision {
			t.Errorf("the same revision twice: %v", err)
		}
		list, err := tx.OwnRoleList(ctx)
		if len(list) != 1 || list[0].Zh != "帮办" || list[0].Revision != 2 || !list[0].DefinedAt.Equal(moment) || list[0].RetiredAt != nil {
			t.Errorf("kept %+v", list)
		}
		given, err2 := tx.GrantsGiven(ctx)
		if err2 != nil || len(given) != 1 || given[0].Login != "clerk-990101001" || given[0].Disabled || given[0].Role != "township-clerk" {
			t.Errorf("given %+v, %v", given, err2)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := w.count(t, `SELECT count(*) FROM tenant_role WHERE tenant_id = $1 AND drafts AND epoch = 6`, h.tenant); n != 1 {
		t.Error("the role reads unpublished rows and carries its epoch")
	}
}

// No statement, whoever sends it, makes a unit stand below itself: neither an
// update, nor rows that come in one insert, nor two moves at a time.
// covers T16
func TestUnitsNeverRunInACircle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	above, h := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
	w.put(t, `UPDATE unit SET parent_id = $1 WHERE id = $2`, above.unit, h.unit)
	x, y := mixin.NewID(), mixin.NewID()
	for name, c := range map[string]struct {
		query string
		args  []any
	}{
		"itself":        {`UPDATE unit SET parent_id = id WHERE id = $1`, []any{h.unit}},
		"its village":   {`UPDATE unit SET parent_id = $2 WHERE id = $1`, []any{h.unit, h.village}},
		"two below":     {`UPDATE unit SET parent_id = $2 WHERE id = $1`, []any{above.unit, h.village}},
		"in one insert": {`INSERT INTO unit (id, level, legal_name, shown_name, parent_id, region) VALUES ($1, 'village', 'x', 'x', $2, ''), ($2, 'village', 'y', 'y', $1, '')`, []any{x, y}},
	} {
		if _, err := w.maint.ExecContext(t.Context(), c.query, c.args...); sqlstate(err) != "LT031" {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.put(t, `UPDATE unit SET shown_name = 'renamed'`)
	w.put(t, `INSERT INTO unit (id, level, legal_name, shown_name, parent_id, region) VALUES ($1, 'group', 'x', 'x', $2, '')`, x, h.village)

	// Each of two moves is right by itself.
	one, two := mixin.NewID(), mixin.NewID()
	w.put(t, `INSERT INTO unit (id, level, legal_name, shown_name, parent_id, region) VALUES ($1, 'village', 'a', 'a', $3, ''), ($2, 'village', 'b', 'b', $3, '')`, one, two, h.unit)
	w.put(t, `INSERT INTO unit (id, level, legal_name, shown_name, parent_id, region) VALUES ($1, 'group', 'c', 'c', $3, ''), ($2, 'group', 'd', 'd', $4, '')`, mixin.NewID(), mixin.NewID(), one, two)
	errs := make([]error, 2)
	var both sync.WaitGroup
	for i, pair := range [][2]uuid.UUID{{one, two}, {two, one}} {
		both.Go(func() {
			_, errs[i] = w.maint.ExecContext(t.Context(), `UPDATE unit SET parent_id = $2 WHERE id = $1`, pair[0], pair[1])
		})
	}
	both.Wait()
	if refused := slices.IndexFunc(errs, func(err error) bool { return sqlstate(err) == "LT031" }); (errs[0] == nil) == (errs[1] == nil) || refused < 0 {
		t.Errorf("two moves at a time: %v", errs)
	}
}
