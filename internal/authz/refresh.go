package authz

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// News is which tenants' grants or own roles changed after an epoch, and the
// epochs it brings the reader to, all read in one statement.
type News struct {
	Epoch   int64 // of the last change of anything
	Units   int64 // of the last change of the tree of units
	Tenants []uuid.UUID
	Many    bool // more tenants changed than are listed: any may have
}

// Changes is what changed in one tenant after an epoch: the users whose grants
// did, and every grant of theirs that stands.
type Changes struct {
	Users  []uuid.UUID
	Grants []Grant
}

// Source is what authz asks of the store, inside the request's transaction; of
// one tenant only of that which the transaction was opened for.
type Source interface {
	// ChangedSince reads which tenants changed after the epoch.
	ChangedSince(ctx context.Context, epoch int64) (News, error)
	// OwnRoles reads the tenant's own roles that stand, in a fixed order.
	OwnRoles(ctx context.Context) ([]OwnRole, error)
	// GrantsSince reads what changed after the epoch; after 0, all that stands.
	GrantsSince(ctx context.Context, epoch int64) (Changes, error)
	// UnitsBelow reads the units at and below root, each with its parent.
	UnitsBelow(ctx context.Context, root uuid.UUID) (Units, error)
	// OpenDrafts lets the transaction read the tenant's unpublished rows, if the
	// store, too, finds that the viewer holds an own role that does.
	OpenDrafts(ctx context.Context) error
}

// Refresh makes sure that what decides in the viewer's tenant is not older than
// the epoch that the viewer of the context was opened with. It must run after
// every opening of a transaction and before the first decision in it; on an
// error nothing may be decided. When nothing changed it asks the source nothing.
func (a *Authz) Refresh(ctx context.Context, source Source) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	at := a.shelf.slot(v.Tenant)
	if !a.fresh(v, at) {
		if err := a.hear(ctx, v.Epoch, source); err != nil {
			return err
		}
		if err := a.load(ctx, v, at, source); err != nil {
			return err
		}
	}
	v.Rights = at
	if a.opensDrafts(v) {
		return source.OpenDrafts(ctx)
	}
	return nil
}

// fresh reports whether the book in a slot is new enough for a viewer: it was
// read at the viewer's epoch or later, or nothing in it has changed up to that
// epoch.
func (a *Authz) fresh(v *viewer.Viewer, at *slot) bool {
	b := at.book.Load()
	if b == nil || b.tree.root != v.TenantUnit && b.have <= v.Epoch {
		return false
	}
	if b.have >= v.Epoch {
		return true
	}
	known := a.shelf.known()
	return known.epoch >= v.Epoch && b.have >= at.need.Load() && b.have >= known.units
}

// hear learns which tenants changed up to an epoch.
func (a *Authz) hear(ctx context.Context, epoch int64, source Source) error {
	if a.shelf.known().epoch >= epoch {
		return nil
	}
	a.hearing.Lock()
	defer a.hearing.Unlock()
	known := a.shelf.known()
	if known.epoch >= epoch {
		return nil
	}
	since := known.epoch
	if since == 0 {
		since = epoch // the first to ask: what changed before is in no book, or in those of others who ask now
	}
	news, err := source.ChangedSince(ctx, since)
	if err != nil {
		return fmt.Errorf("read which rights changed: %w", err)
	}
	news.Epoch, news.Many = max(news.Epoch, epoch), news.Many || known.epoch == 0
	a.shelf.mark(news)
	return nil
}

// load reads what changed in the viewer's tenant, or all of it where the tree,
// an own role or nothing is known. The old book serves others meanwhile.
func (a *Authz) load(ctx context.Context, v *viewer.Viewer, at *slot, source Source) error {
	at.loading.Lock()
	defer at.loading.Unlock()
	if a.fresh(v, at) {
		return nil
	}
	own, err := source.OwnRoles(ctx)
	if err != nil {
		return fmt.Errorf("read the tenant's own roles: %w", err)
	}
	b := at.book.Load()
	whole := b == nil || b.tree.root != v.TenantUnit || b.have < a.shelf.known().units || !b.own.same(own)
	since := int64(0)
	if !whole {
		since = b.have
	}
	var t tree
	if whole {
		below, err := source.UnitsBelow(ctx, v.TenantUnit)
		if err != nil {
			return fmt.Errorf("read the tree of units: %w", err)
		}
		t = newTree(v.TenantUnit, below)
	}
	changes, err := source.GrantsSince(ctx, since)
	if err != nil {
		return fmt.Errorf("read the grants: %w", err)
	}
	if whole {
		b = newBook(v.Epoch, t, newOwnRoles(own), changes.Grants)
	} else {
		b = b.amended(v.Epoch, changes.Users, changes.Grants)
	}
	a.shelf.put(v.Tenant, at, b)
	return nil
}

// opensDrafts says whether the viewer reads unpublished rows by one of the
// tenant's own roles alone, which the opening of the transaction knows nothing of.
func (a *Authz) opensDrafts(v *viewer.Viewer) bool {
	b := bookOf(v)
	if b == nil || len(b.own.list) == 0 || slices.Contains(v.Drafts, v.Tenant) {
		return false
	}
	moment := a.now().UnixNano()
	for _, e := range b.entriesOf(v.User) {
		if e.role >= firstOwn && e.counts(moment) && b.own.unpublished(int(e.role-firstOwn)) {
			return true
		}
	}
	return false
}

// Epoch is up to which changes are known.
func (a *Authz) Epoch() int64 { return a.shelf.known().epoch }

func compareIDs(x, y uuid.UUID) int { return bytes.Compare(x[:], y[:]) }
