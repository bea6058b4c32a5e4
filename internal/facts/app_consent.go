package facts

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// mostDays is how long a consent lasts at most.
const mostDays = 365

// Consent lets an app read what the viewer's tenant publishes, for a number of
// days. It takes a person who may consent for the tenant. An app that is not
// offered to the tenant does not exist for it.
func (s *Service) Consent(ctx context.Context, app uuid.UUID, forDays int) (*Consent, error) {
	if forDays < 1 || forDays > mostDays {
		return nil, fault.New(fault.AppDays, "value", strconv.Itoa(forDays)).At("days")
	}
	var made *Consent
	err := s.change(ctx, authz.AppConsent, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		offered, err := st.OfferedApps(ctx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(offered, func(a *App) bool { return a.ID == app })
		if at < 0 {
			return fault.New(fault.NotFound).At("app")
		}
		if err := s.endExpired(ctx, v, st, app); err != nil {
			return err
		}
		key, err := st.TenantKey(ctx)
		if err != nil {
			return err
		}
		a, moment := offered[at], s.moment()
		c := &Consent{ID: newID(), App: a.ID, AppName: a.Name, AppMaker: a.Maker, NameKey: key, Scopes: a.Scopes, Account: newID(), Token: newID(),
			ConsentedBy: v.User, ConsentedAt: moment, Until: moment.AddDate(0, 0, forDays), Live: true}
		there, err := st.InsertAppConsent(ctx, c, a)
		if err == nil && !there {
			err = fault.New(fault.NotFound).At("app")
		}
		if err != nil {
			return err
		}
		made = c
		return audit.Record(ctx, "app:consent", "app-consent", c.ID,
			map[string]any{"app": a.ID, "name": a.Name, "maker": a.Maker, "scopes": a.Scopes, "until": c.Until})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// endExpired ends a consent to the same app whose time is over, or whose token
// is; one that lasts is refused.
func (s *Service) endExpired(ctx context.Context, v *viewer.Viewer, st Store, app uuid.UUID) error {
	all, err := st.AppConsents(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.App != app || c.WithdrawnAt != nil {
			continue
		}
		if c.Live {
			return fault.New(fault.AppConsented).At("app")
		}
		moment := s.moment()
		c.WithdrawnAt, c.WithdrawnBy, c.Reason = &moment, v.User, "renewed"
		if err := st.EndAppConsent(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// Withdraw takes a consent back: the app reads the tenant no more from the same
// moment on, on every replica.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID, reason string) (*Consent, error) {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > 500 {
		return nil, fault.New(fault.AppReason).At("reason")
	}
	var c *Consent
	err := s.change(ctx, authz.AppConsent, func(ctx context.Context, v *viewer.Viewer, st Store) (err error) {
		if c, err = st.AppConsentByID(ctx, id); err != nil {
			return err
		}
		if c.WithdrawnAt != nil {
			return fault.New(fault.AppConsentOver).At("consent")
		}
		moment := s.moment()
		c.WithdrawnAt, c.WithdrawnBy, c.Reason, c.Live = &moment, v.User, reason, false
		if err := st.EndAppConsent(ctx, c); err != nil {
			return err
		}
		return audit.Record(ctx, "app:withdraw", "app-consent", id, map[string]any{"app": c.App, "name": c.AppName}, audit.Because(reason))
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}
