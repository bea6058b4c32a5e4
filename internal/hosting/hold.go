package hosting

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Suspend holds a tenant back: ReadOnly leaves reading and exporting, Closed
// nothing. It is in force at the next request of everybody there.
func (s *Service) Suspend(ctx context.Context, unitCode string, access State, reason string) (*Hosted, error) {
	reason, bad := text(reason, "reason", "理由 / a reason", 2, 500)
	if bad != nil {
		return nil, bad
	}
	return s.upon(ctx, unitCode, func(ctx context.Context, v *viewer.Viewer, st Store, at *Place) (act, error) {
		id := newID()
		err := st.PlaceHold(ctx, id, at.Tenant, access, reason, v.User, s.moment())
		if fault.CodeOf(err) == fault.AlreadyExists {
			err = fault.New(fault.TenantHeld).At("unitCode")
		}
		return act{action: "tenant:suspend", object: at.Tenant, detail: map[string]any{"hold": id, "access": access}, reason: reason}, err
	})
}

// Restore lifts the suspension of a tenant.
func (s *Service) Restore(ctx context.Context, unitCode, reason string) (*Hosted, error) {
	reason, bad := text(reason, "reason", "理由 / a reason", 2, 500)
	if bad != nil {
		return nil, bad
	}
	return s.upon(ctx, unitCode, func(ctx context.Context, v *viewer.Viewer, st Store, at *Place) (act, error) {
		lifted, err := st.LiftHold(ctx, at.Tenant, reason, v.User, s.moment())
		if err == nil && !lifted {
			err = fault.New(fault.TenantNotHeld).At("unitCode")
		}
		return act{action: "tenant:restore", object: at.Tenant, reason: reason}, err
	})
}

// Holds lists the suspensions of the viewer's own tenant, newest first.
func (s *Service) Holds(ctx context.Context) ([]*Hold, error) {
	var list []*Hold
	err := s.look(ctx, authz.UsageRead, func(ctx context.Context, v *viewer.Viewer, st Store) (err error) {
		list, err = st.HoldsOf(ctx, v.Tenant)
		return err
	})
	return list, err
}

// Hosted lists the tenants of the platform by the code of their units, narrowed
// to a beginning of code or name.
func (s *Service) Hosted(ctx context.Context, beginning string, args paging.Args) (paging.Page[*Hosted], error) {
	beginning = strings.TrimSpace(beginning)
	if len(beginning) > 200 {
		return paging.Page[*Hosted]{}, fault.New(fault.Invalid, "value", clipped(beginning), "want", "≤ 50").At("search")
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return paging.Page[*Hosted]{}, err
	}
	scope := paging.Scope("hosted", v.Tenant.String(), beginning)
	w, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return paging.Page[*Hosted]{}, err
	}
	var list []*Hosted
	err = s.look(ctx, authz.PlatformRead, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		list, err = st.HostedPage(ctx, beginning, w)
		return err
	})
	if err != nil {
		return paging.Page[*Hosted]{}, err
	}
	return paging.Cut(list, w, func(h *Hosted) string { return s.cursors.Encode(scope, paging.Text(h.UnitCode)) }), nil
}

// hostedAt reads one tenant as the platform sees it.
func hostedAt(ctx context.Context, st Store, code string) (*Hosted, error) {
	list, err := st.HostedPage(ctx, code, paging.Window{Size: paging.MaxSize})
	if err != nil {
		return nil, err
	}
	for _, h := range list {
		if h.UnitCode == code {
			return h, nil
		}
	}
	return nil, fault.New(fault.NotFound)
}

// HoldsOf lists the suspensions of a tenant, for the platform.
func (s *Service) HoldsOf(ctx context.Context, tenant uuid.UUID) ([]*Hold, error) {
	var list []*Hold
	err := s.look(ctx, authz.PlatformRead, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		list, err = st.HoldsOf(ctx, tenant)
		return err
	})
	return list, err
}
