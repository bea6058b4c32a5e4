package archive

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Leaving is the wish to end a tenant.
type Leaving struct {
	ID          uuid.UUID
	Reason      string
	GraceDays   int
	RequestedBy uuid.UUID // the user; uuid.Nil: the operator
	RequestedAt time.Time
	ConfirmedBy uuid.UUID
	ConfirmedAt time.Time // zero: a second person is waited for
	Due         time.Time // zero before the confirmation
}

// KeptLeaving is where the wish is kept.
type KeptLeaving interface {
	// PendingLeaving gives the wish that is not called off; nil for none.
	PendingLeaving(ctx context.Context) (*Leaving, error)
	InsertLeaving(ctx context.Context, l *Leaving) error
	ConfirmLeaving(ctx context.Context, l *Leaving) error
	CancelLeaving(ctx context.Context, id, by uuid.UUID, at time.Time, why string) error
}

// Leaving gives the wish to end the viewer's tenant; nil when there is none.
func (s *Service) Leaving(ctx context.Context) (*Leaving, error) {
	if err := s.c.Gate.Require(ctx, authz.TenantLeave, uuid.Nil); err != nil {
		return nil, err
	}
	var l *Leaving
	err := s.c.Read(ctx, func(ctx context.Context, st Store) (err error) {
		l, err = st.PendingLeaving(ctx)
		return err
	})
	return l, err
}

// Leave asks for the end of the tenant. Nothing happens before somebody else
// has confirmed it.
func (s *Service) Leave(ctx context.Context, reason string) (*Leaving, error) {
	why, ok := reasonOf(reason)
	if !ok {
		return nil, fault.New(fault.LeavingReason).At("reason")
	}
	return s.step(ctx, func(ctx context.Context, v *viewer.Viewer, st Store, pending *Leaving) (*Leaving, error) {
		if pending != nil {
			return nil, fault.New(fault.LeavingPending)
		}
		l := &Leaving{ID: uuid.Must(uuid.NewV7()), Reason: why, GraceDays: s.c.GraceDays, RequestedBy: v.User, RequestedAt: s.moment()}
		if err := st.InsertLeaving(ctx, l); err != nil {
			return nil, err
		}
		return l, audit.Record(ctx, "tenant:leave", "tenant", v.Tenant, map[string]any{"graceDays": l.GraceDays}, audit.Because(why))
	})
}

// ConfirmLeave confirms what another person asked for: from now on the tenant is
// read-only, and after the period of grace it ends.
func (s *Service) ConfirmLeave(ctx context.Context) (*Leaving, error) {
	return s.step(ctx, func(ctx context.Context, v *viewer.Viewer, st Store, l *Leaving) (*Leaving, error) {
		switch {
		case l == nil:
			return nil, fault.New(fault.LeavingNone)
		case !l.ConfirmedAt.IsZero():
			return nil, fault.New(fault.LeavingConfirmed)
		case l.RequestedBy == v.User:
			return nil, fault.New(fault.LeavingSecond)
		}
		l.ConfirmedBy, l.ConfirmedAt = v.User, s.moment()
		l.Due = l.ConfirmedAt.AddDate(0, 0, l.GraceDays)
		if err := st.ConfirmLeaving(ctx, l); err != nil {
			return nil, err
		}
		return l, audit.Record(ctx, "tenant:leave-confirm", "tenant", v.Tenant, map[string]any{"due": l.Due})
	})
}

// CancelLeave calls the end off, at any moment before it; the tenant is as it
// was. One person is enough to keep what there is.
func (s *Service) CancelLeave(ctx context.Context, reason string) (*Leaving, error) {
	why, ok := reasonOf(reason)
	if !ok {
		return nil, fault.New(fault.LeavingReason).At("reason")
	}
	return s.step(ctx, func(ctx context.Context, v *viewer.Viewer, st Store, l *Leaving) (*Leaving, error) {
		if l == nil {
			return nil, fault.New(fault.LeavingNone)
		}
		if err := st.CancelLeaving(ctx, l.ID, v.User, s.moment(), why); err != nil {
			return nil, err
		}
		return nil, audit.Record(ctx, "tenant:leave-cancel", "tenant", v.Tenant, nil, audit.Because(why))
	})
}

// step changes the wish. The permission counts as one to read, because a tenant
// that is read-only must be able to call its end off; a token that may only read
// is refused here.
func (s *Service) step(ctx context.Context, do func(ctx context.Context, v *viewer.Viewer, st Store, pending *Leaving) (*Leaving, error)) (*Leaving, error) {
	var l *Leaving
	err := s.change(ctx, authz.TenantLeave, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if v.Credential.Kind == viewer.Token && v.ReadOnly {
			return fault.New(fault.Forbidden, "permission", string(authz.TenantLeave))
		}
		pending, err := st.PendingLeaving(ctx)
		if err != nil {
			return err
		}
		l, err = do(ctx, v, st, pending)
		return err
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// RemoveFiles removes every stored file of a tenant that ended.
func RemoveFiles(ctx context.Context, files Files, tenant uuid.UUID, now time.Time) (removed int, err error) {
	for _, folder := range []string{"/", "/export/"} { // exports lie apart, so that no archive takes them for evidence
		err = errors.Join(err, files.Walk(ctx, tenant.String()+folder, now.Add(24*time.Hour), func(key string) error {
			removed++
			return files.Delete(ctx, key)
		}))
	}
	return removed, err
}
