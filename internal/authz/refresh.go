package authz

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// Changes is what became different after an epoch, and the epochs it brings the
// reader to, all read in one statement.
type Changes struct {
	Epoch  int64 // of grants
	Units  int64 // epoch of the last change of the tree of units
	Grants []Grant
}

// Source is what authz asks of the store, inside the request's transaction.
type Source interface {
	// GrantsSince reads the grants changed after the epoch, revoked ones too.
	GrantsSince(ctx context.Context, epoch int64) (Changes, error)
	// UnitsBelow reads the units at and below root, each with its parent.
	UnitsBelow(ctx context.Context, root uuid.UUID) (map[uuid.UUID]uuid.UUID, error)
}

// Refresh brings the memory up to the epoch that the viewer of the context was
// opened with, and makes sure that the tree of the viewer's tenant is known. It
// must run after every opening of a transaction and before the first decision
// in it; on an error nothing may be decided. When nothing changed it asks the
// source nothing.
func (a *Authz) Refresh(ctx context.Context, source Source) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if a.fresh(v) {
		return nil
	}
	a.refreshing.Lock()
	defer a.refreshing.Unlock()
	if a.epoch.Load() < v.Epoch {
		changes, err := source.GrantsSince(ctx, a.epoch.Load())
		if err != nil {
			return fmt.Errorf("read the grants: %w", err)
		}
		a.holding.apply(changes.Grants)
		a.units.Store(max(changes.Units, a.units.Load()))
		a.epoch.Store(max(changes.Epoch, v.Epoch))
	}
	return a.grow(ctx, v.TenantUnit, source)
}

func (a *Authz) fresh(v *viewer.Viewer) bool {
	if a.epoch.Load() < v.Epoch {
		return false
	}
	t := a.forest.tree(v.TenantUnit)
	if t == nil || t.units < a.units.Load() {
		return false
	}
	t.used.Store(a.now().UnixNano())
	return true
}

// grow reads the tree of a tenant's unit when it is unknown or outdated. The
// old tree serves other requests until the new one stands.
func (a *Authz) grow(ctx context.Context, root uuid.UUID, source Source) error {
	units := a.units.Load()
	if t := a.forest.tree(root); t != nil && t.units >= units {
		return nil
	}
	parents, err := source.UnitsBelow(ctx, root)
	if err != nil {
		return fmt.Errorf("read the tree of units: %w", err)
	}
	moment := a.now()
	t := &tree{parents: parents, units: units}
	t.used.Store(moment.UnixNano())
	a.forest.plant(root, t, moment)
	return nil
}

// Epoch is that of the grants in memory.
func (a *Authz) Epoch() int64 { return a.epoch.Load() }
