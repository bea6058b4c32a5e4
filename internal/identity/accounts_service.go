package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// ServiceAccount is an account for a system or a dashboard: no password and no
// way to sign in, tokens only. Its roles are given like anybody's.
type ServiceAccount struct {
	ID         uuid.UUID // also the user's
	Login      string    // by which roles are given to it
	Name       string
	Department string // that answers for it
	Purpose    string
	ReviewOn   calendar.Date // past it, no new token is made
	Overdue    bool          // that day has passed
	CreatedBy  uuid.UUID
	CreatedAt  time.Time
	DisabledAt *time.Time
}

// ServiceAccountInput is a service account to be made.
type ServiceAccountInput struct {
	Name       string
	Department string
	Purpose    string
	ReviewOn   calendar.Date // zero: in a year
}

// ServicePrefix begins the login of every service account; no person's login
// can have a colon.
const ServicePrefix = "service:"

// CreateServiceAccount makes an account without any role. It takes the right to
// approve tokens.
func (s *Service) CreateServiceAccount(ctx context.Context, in ServiceAccountInput) (*ServiceAccount, error) {
	if _, err := withSession(ctx); err != nil {
		return nil, err
	}
	var made *ServiceAccount
	err := s.changeService(ctx, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		made = &ServiceAccount{
			ID: newID(), Login: ServicePrefix + strings.ToLower(randomLetters(12)), Name: strings.TrimSpace(in.Name), Department: strings.TrimSpace(in.Department),
			Purpose: strings.TrimSpace(in.Purpose), CreatedBy: v.User, CreatedAt: s.now().UTC().Truncate(time.Microsecond),
		}
		var bad fault.List
		for _, f := range []struct {
			field, text string
			most        int
		}{{"name", made.Name, 100}, {"department", made.Department, 100}, {"purpose", made.Purpose, 500}} {
			if f.text == "" || !printable(f.text, f.most) {
				bad = append(bad, fault.New(fault.Required, "want", "1–500").At("%s", f.field))
			}
		}
		day, err := s.reviewDay(v, in.ReviewOn)
		if err != nil {
			bad = append(bad, fault.All(err)...)
		}
		if err := bad.Err(); err != nil {
			return err
		}
		made.ReviewOn = day
		if err := st.InsertServiceAccount(ctx, made); err != nil {
			return err
		}
		return audit.Record(ctx, "service:create", "user", made.ID, map[string]any{
			"name": made.Name, "department": made.Department, "purpose": made.Purpose, "reviewOn": made.ReviewOn.String()})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// reviewDay is the day of the next review: from tomorrow to a year ahead.
func (s *Service) reviewDay(v *viewer.Viewer, wanted calendar.Date) (calendar.Date, error) {
	zone, err := time.LoadLocation(v.TimeZone)
	if err != nil {
		return calendar.Date{}, err
	}
	today := calendar.FromTime(s.now(), zone)
	most := calendar.FromTime(s.now().AddDate(1, 0, 0), zone)
	if wanted.IsZero() {
		return most, nil
	}
	if !wanted.After(today) || wanted.After(most) {
		return calendar.Date{}, fault.New(fault.ServiceReviewDate, "value", wanted.String(), "most", most.String()).At("reviewOn")
	}
	return wanted, nil
}

// ReviewServiceAccount says that an account is still needed until another day.
func (s *Service) ReviewServiceAccount(ctx context.Context, id uuid.UUID, on calendar.Date) (*ServiceAccount, error) {
	return s.serviceAct(ctx, id, func(ctx context.Context, v *viewer.Viewer, st Store, a *ServiceAccount) error {
		if a.DisabledAt != nil {
			return fault.New(fault.ServiceDisabled).At("serviceAccount")
		}
		day, err := s.reviewDay(v, on)
		if err != nil {
			return err
		}
		a.ReviewOn = day
		if err := st.ReviewServiceAccount(ctx, id, day); err != nil {
			return err
		}
		return audit.Record(ctx, "service:review", "user", id, map[string]any{"reviewOn": day.String()})
	})
}

// DisableServiceAccount ends an account for good: its tokens and its roles end
// in the same moment. Doing it again changes nothing.
func (s *Service) DisableServiceAccount(ctx context.Context, id uuid.UUID) (*ServiceAccount, error) {
	return s.serviceAct(ctx, id, func(ctx context.Context, _ *viewer.Viewer, st Store, a *ServiceAccount) error {
		if a.DisabledAt != nil {
			return nil
		}
		moment := s.now().UTC().Truncate(time.Microsecond)
		a.DisabledAt = &moment
		epoch, err := st.RaiseEpoch(ctx)
		if err != nil {
			return err
		}
		roles, err := st.RevokeRolesOf(ctx, id, moment, epoch)
		if err != nil {
			return err
		}
		if err := setActive(ctx, st, id, false); err != nil {
			return err
		}
		if err := st.EndServiceAccount(ctx, id, moment); err != nil {
			return err
		}
		return audit.Record(ctx, "service:disable", "user", id, map[string]any{"roles": roles})
	})
}

// serviceAct runs an act on one service account, and tells whether its review is
// overdue.
func (s *Service) serviceAct(ctx context.Context, id uuid.UUID,
	act func(context.Context, *viewer.Viewer, Store, *ServiceAccount) error) (*ServiceAccount, error) {
	var account *ServiceAccount
	err := s.changeService(ctx, func(ctx context.Context, v *viewer.Viewer, st Store) (err error) {
		if account, err = st.ServiceAccountByID(ctx, id); err != nil {
			return err
		}
		if err := act(ctx, v, st, account); err != nil {
			return err
		}
		account.Overdue = s.overdue(v, account)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return account, nil
}

func (s *Service) changeService(ctx context.Context, do func(context.Context, *viewer.Viewer, Store) error) error {
	if err := s.gate.Require(ctx, authz.TokenApprove, uuid.Nil); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if err := s.gate.Require(ctx, authz.TokenApprove, uuid.Nil); err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}

// overdue says whether the day of the review has passed.
func (s *Service) overdue(v *viewer.Viewer, a *ServiceAccount) bool {
	zone, err := time.LoadLocation(v.TimeZone)
	return err != nil || a.ReviewOn.Before(calendar.FromTime(s.now(), zone))
}

// ServiceAccounts lists the service accounts of the tenant by name.
func (s *Service) ServiceAccounts(ctx context.Context) ([]*ServiceAccount, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.gate.Require(ctx, authz.GrantRead, uuid.Nil); err != nil {
		return nil, err
	}
	var list []*ServiceAccount
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		list, err = st.ServiceAccounts(ctx)
		return err
	})
	for _, a := range list {
		a.Overdue = s.overdue(v, a)
	}
	return list, err
}

// ServiceAccountByID gives one service account of the tenant.
func (s *Service) ServiceAccountByID(ctx context.Context, id uuid.UUID) (*ServiceAccount, error) {
	list, err := s.ServiceAccounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		if a.ID == id {
			return a, nil
		}
	}
	return nil, fault.New(fault.NotFound)
}
