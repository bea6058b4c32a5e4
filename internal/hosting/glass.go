package hosting

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// glassWaits is for how long a wish to read waits for a second operator.
const glassWaits = 24 * time.Hour

const mostHours = 8

// AskGlass records an operator's wish to read in a tenant, for at most eight
// hours and with a reason. It opens at once where there is no other operator,
// else when another one approves. While it is open the operator may switch to
// that tenant and read there, ballots aside, and never write. It stands in the
// audit of both and is shown to the tenant, whose administrators can end it.
func (s *Service) AskGlass(ctx context.Context, unitCode, reason string, hours int) (*Glass, error) {
	reason, short := text(reason, "reason", "≥ 10", 10, 500)
	var bad fault.List
	if short != nil {
		bad = append(bad, fault.New(fault.GlassReason).At("reason"))
	}
	if hours < 1 || hours > mostHours {
		bad = append(bad, fault.New(fault.GlassHours, "value", strconv.Itoa(hours)).At("hours"))
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	var asked *Glass
	err := s.change(ctx, authz.PlatformWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		at, err := s.place(ctx, st, unitCode)
		if err != nil {
			return err
		}
		if v.Credential.Kind != viewer.Session { // a token that leaked opens nothing
			return fault.New(fault.SessionNeeded)
		}
		id := newID()
		if err := st.AskGlass(ctx, id, at.Tenant, v.User, reason, hours, s.moment()); err != nil {
			return onlyPlatform(err)
		}
		if asked, err = glassByID(ctx, st, id); err != nil {
			return err
		}
		return recordBoth(ctx, st, *at, act{action: "glass:ask", kind: "break-glass", object: id, reason: reason,
			detail: map[string]any{"operator": v.User, "hours": hours, "opened": asked.OpenedAt != nil}})
	})
	return asked, err
}

// onlyPlatform tells what the database refused because of who asks.
func onlyPlatform(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.PlatformOnly)
	}
	return err
}

// ApproveGlass opens what another operator asked for; nobody approves an own
// wish.
func (s *Service) ApproveGlass(ctx context.Context, id uuid.UUID) (*Glass, error) {
	return s.onGlass(ctx, authz.PlatformWrite, id, "glass:approve", fault.GlassNotWaiting, func(ctx context.Context, v *viewer.Viewer, st Store) (bool, error) {
		if v.Credential.Kind != viewer.Session {
			return false, fault.New(fault.SessionNeeded)
		}
		done, err := st.ApproveGlass(ctx, id, v.User, s.moment())
		return done, onlyPlatform(err)
	})
}

// EndGlass ends a reading at once: by an operator, or by the tenant that is
// read.
func (s *Service) EndGlass(ctx context.Context, id uuid.UUID) (*Glass, error) {
	return s.onGlass(ctx, authz.GlassEnd, id, "glass:end", fault.GlassOver, func(ctx context.Context, v *viewer.Viewer, st Store) (bool, error) {
		return st.EndGlass(ctx, id, v.User, s.moment())
	})
}

// onGlass changes a record and notes it in the audit of the platform and of the
// tenant that is read.
func (s *Service) onGlass(ctx context.Context, p authz.Permission, id uuid.UUID, action string, refused fault.Code,
	do func(ctx context.Context, v *viewer.Viewer, st Store) (bool, error)) (*Glass, error) {
	var g *Glass
	err := s.change(ctx, p, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if _, err := glassByID(ctx, st, id); err != nil {
			return err
		}
		done, err := do(ctx, v, st)
		if err == nil && !done {
			err = fault.New(refused).At("record")
		}
		if err != nil {
			return err
		}
		if g, err = glassByID(ctx, st, id); err != nil {
			return err
		}
		other := g.Place
		if v.TenantKind != platformKind {
			platform, err := st.PlatformOf(ctx)
			if err != nil {
				return err
			}
			other = *platform
		}
		return recordBoth(ctx, st, other, act{action: action, kind: "break-glass", object: id, detail: map[string]any{"operator": g.Operator, "tenant": g.Place.Tenant}})
	})
	return g, err
}

// Glasses lists the readings: the platform all of them, a tenant those of
// itself, newest first, at most 200.
func (s *Service) Glasses(ctx context.Context) ([]*Glass, error) {
	var list []*Glass
	err := s.look(ctx, authz.GlassRead, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		list, err = st.Glasses(ctx)
		return err
	})
	return list, err
}

// Moment is when a list was read, to tell how far each reading is.
func (s *Service) Moment() time.Time { return s.now() }

func glassByID(ctx context.Context, st Store, id uuid.UUID) (*Glass, error) {
	all, err := st.Glasses(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(g *Glass) bool { return g.ID == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound).At("record")
	}
	return all[i], nil
}
