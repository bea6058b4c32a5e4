package hosting

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Plans lists what the operator offers, by key.
func (s *Service) Plans(ctx context.Context) ([]*Plan, error) {
	var list []*Plan
	err := s.look(ctx, authz.TenantRead, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		list, err = st.Plans(ctx)
		return err
	})
	return list, err
}

var planKey = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// PutPlan offers a plan, or changes what one offers; it is in force at once for
// every tenant that has it. A limit is positive, or nil for none.
func (s *Service) PutPlan(ctx context.Context, p Plan) (*Plan, error) {
	var bad fault.List
	if !planKey.MatchString(p.Key) {
		bad = append(bad, fault.New(fault.PlanKeyInvalid, "value", clipped(p.Key)).At("key"))
	}
	var wrong *fault.Fault
	if p.Zh, wrong = text(p.Zh, "name", "名称 / a name", 1, 50); wrong != nil {
		bad = append(bad, wrong)
	}
	if p.En, wrong = text(p.En, "nameEn", "", 0, 100); wrong != nil {
		bad = append(bad, wrong)
	}
	for _, l := range []struct {
		field string
		value *int64
		most  int64
	}{{"villages", wide(p.Villages), 1_000_000}, {"storageMegabytes", p.Bytes, 1 << 50}, {"requests", p.Requests, 1 << 40}, {"days", wide(p.Days), 3650}} {
		if l.value != nil && (*l.value < 1 || *l.value > l.most) {
			bad = append(bad, fault.New(fault.Invalid, "value", strconv.FormatInt(*l.value, 10), "want", "≥ 1").At("%s", l.field))
		}
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	err := s.change(ctx, authz.PlatformWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if err := st.PutPlan(ctx, &p); err != nil {
			return err
		}
		return audit.Record(ctx, "plan:put", "plan", v.Tenant, map[string]any{"key": p.Key, "villages": p.Villages, "bytes": p.Bytes, "requests": p.Requests, "days": p.Days})
	})
	return &p, err
}

func wide(n *int) *int64 {
	if n == nil {
		return nil
	}
	v := int64(*n)
	return &v
}

// AssignPlan gives a tenant a plan from now on; until is its end, nil the plan's
// own. After the end the tenant is read and exported only; nothing is deleted.
func (s *Service) AssignPlan(ctx context.Context, unitCode, plan string, until *time.Time) (*Hosted, error) {
	if until != nil && !until.After(s.now()) {
		return nil, fault.New(fault.Invalid, "value", until.Format(time.DateOnly), "want", "> "+s.now().In(zone).Format(time.DateOnly)).At("until")
	}
	return s.upon(ctx, unitCode, func(ctx context.Context, v *viewer.Viewer, st Store, at *Place) (act, error) {
		offered, err := st.Plans(ctx)
		if err != nil {
			return act{}, err
		}
		if !slices.ContainsFunc(offered, func(p *Plan) bool { return p.Key == plan }) {
			return act{}, fault.New(fault.PlanUnknown, "value", clipped(plan)).At("plan")
		}
		return act{action: "plan:assign", object: at.Tenant, detail: map[string]any{"plan": plan, "until": until}},
			st.AssignPlan(ctx, newID(), at.Tenant, plan, s.moment(), until, v.User)
	})
}

// act is what is recorded of an act upon a tenant.
type act struct {
	action string
	kind   string // of the object; "": tenant
	object uuid.UUID
	detail map[string]any
	reason string
}

// upon does something to a tenant as the platform, records it in the audit of
// both, and gives the tenant as it is then.
func (s *Service) upon(ctx context.Context, unitCode string, do func(ctx context.Context, v *viewer.Viewer, st Store, at *Place) (act, error)) (*Hosted, error) {
	var after *Hosted
	err := s.change(ctx, authz.PlatformWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		at, err := s.place(ctx, st, unitCode)
		if err != nil {
			return err
		}
		done, err := do(ctx, v, st, at)
		if err != nil {
			return err
		}
		if err := recordBoth(ctx, st, *at, done); err != nil {
			return err
		}
		after, err = hostedAt(ctx, st, unitCode)
		return err
	})
	return after, err
}

// place finds the tenant that is acted upon.
func (s *Service) place(ctx context.Context, st Store, code string) (*Place, error) {
	at, err := st.HostedTenant(ctx, code)
	if err == nil && at == nil {
		err = fault.New(fault.TenantUnknown, "code", clipped(code)).At("unitCode")
	}
	return at, err
}
