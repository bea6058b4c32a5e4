package facts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// App is a system of a third party. It is registered once and reads nothing by
// that: each tenant consents by itself.
type App struct {
	ID           uuid.UUID
	Registrar    string // name of the tenant that registered it
	Own          bool   // the viewer's tenant registered it
	Name         string
	Maker        string // the company or office that runs it
	Contact      string
	Purpose      string
	Origins      []string // pages that may ask from a browser
	Scopes       []string
	Sandbox      bool // of a fictional county: it reads fictional tenants only
	Handle       string
	RegisteredAt time.Time
	RegisteredBy uuid.UUID
	SecretAt     time.Time
	EndedAt      *time.Time
	Readers      int // tenants it reads now; for the registrar alone
}

// Consent is a tenant's word that an app reads it, for a time.
type Consent struct {
	ID          uuid.UUID
	App         uuid.UUID
	AppName     string
	AppMaker    string
	NameKey     string // how the app names this tenant
	Scopes      []string
	Account     uuid.UUID // the service account behind it
	Token       uuid.UUID
	ConsentedBy uuid.UUID
	ConsentedAt time.Time
	Until       time.Time
	WithdrawnAt *time.Time
	WithdrawnBy uuid.UUID
	Reason      string
	Live        bool // the app reads the tenant at this moment
}

// Registry keeps apps and consents of the viewer's tenant.
type Registry interface {
	InsertApp(ctx context.Context, a *App, hash [32]byte) error
	AppByID(ctx context.Context, id uuid.UUID) (*App, error)
	OwnApps(ctx context.Context) ([]*App, error)
	SetAppOrigins(ctx context.Context, id uuid.UUID, origins []string) error
	// RotateApp and EndApp reach every tenant that the app reads.
	RotateApp(ctx context.Context, id uuid.UUID, handle string, hash [32]byte, at time.Time) error
	EndApp(ctx context.Context, id, by uuid.UUID, at time.Time) error
	// OfferedApps lists what the tenant may consent to.
	OfferedApps(ctx context.Context) ([]*App, error)

	AppConsents(ctx context.Context) ([]*Consent, error)
	AppConsentByID(ctx context.Context, id uuid.UUID) (*Consent, error)
	// InsertAppConsent makes account, role and token as well; false when the app is
	// not offered to the tenant.
	InsertAppConsent(ctx context.Context, c *Consent, a *App) (bool, error)
	// EndAppConsent ends token, role and account in the same moment.
	EndAppConsent(ctx context.Context, c *Consent) error
	// TenantKey is how apps name the viewer's tenant.
	TenantKey(ctx context.Context) (string, error)
}

// Door is what can be asked before anybody is known.
type Door interface {
	// OriginListed says whether a page of an origin may ask: of any live app, or
	// of the one with this secret.
	OriginListed(ctx context.Context, origin string, hash *[32]byte) (bool, error)
}

// registrars are the kinds of tenant that register apps.
var registrars = []string{"platform", "prefecture", "county"}

// Apps lists what the tenant registered, ended ones too, then what else it may
// consent to.
func (s *Service) Apps(ctx context.Context) (all []*App, err error) {
	err = s.look(ctx, authz.GrantRead, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		own, err := st.OwnApps(ctx)
		if err != nil {
			return err
		}
		offered, err := st.OfferedApps(ctx)
		if err != nil {
			return err
		}
		offered = slices.DeleteFunc(offered, func(a *App) bool {
			return slices.ContainsFunc(own, func(o *App) bool { return o.ID == a.ID })
		})
		all = append(own, offered...)
		return nil
	})
	return all, err
}

// Consents lists the tenant's consents, the newest first, with those that are
// over.
func (s *Service) Consents(ctx context.Context) (all []*Consent, err error) {
	err = s.look(ctx, authz.GrantRead, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		all, err = st.AppConsents(ctx)
		return err
	})
	return all, err
}

// App reads one app that the tenant registered or may consent to.
func (s *Service) App(ctx context.Context, id uuid.UUID) (*App, error) {
	all, err := s.Apps(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(a *App) bool { return a.ID == id })
	if at < 0 {
		return nil, fault.New(fault.NotFound)
	}
	return all[at], nil
}

// OriginListed says whether a page of an origin may ask from a browser.
func (s *Service) OriginListed(ctx context.Context, origin string, hash *[32]byte) (listed bool, err error) {
	err = s.c.Outside(ctx, func(ctx context.Context, d Door) error {
		listed, err = d.OriginListed(ctx, origin, hash)
		return err
	})
	return listed, err
}

// ConsentByID reads one consent of the tenant.
func (s *Service) ConsentByID(ctx context.Context, id uuid.UUID) (*Consent, error) {
	all, err := s.Consents(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(c *Consent) bool { return c.ID == id })
	if at < 0 {
		return nil, fault.New(fault.NotFound)
	}
	return all[at], nil
}
