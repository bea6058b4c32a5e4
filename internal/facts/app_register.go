package facts

import (
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// AppInput is an app to be registered.
type AppInput struct {
	Name, Maker, Contact, Purpose string
	Origins                       []string
	Scopes                        []string // none: what facts need
}

// factScopes are what an app needs to load facts.
var factScopes = []string{string(authz.PublicationRead)}

// RegisterApp registers an app and gives its secret, which is shown this once.
// It takes a person, of the platform, a prefecture or a county.
func (s *Service) RegisterApp(ctx context.Context, in AppInput) (*App, string, error) {
	secret, handle := s.c.NewSecret()
	var made *App
	err := s.change(ctx, authz.AppWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if !slices.Contains(registrars, v.TenantKind) {
			return fault.New(fault.AppNotHere)
		}
		a, err := s.checked(ctx, in)
		if err != nil {
			return err
		}
		a.ID, a.Handle, a.RegisteredBy, a.RegisteredAt, a.Own, a.Sandbox = newID(), handle, v.User, s.moment(), true, v.Demo
		a.SecretAt = a.RegisteredAt
		if err := st.InsertApp(ctx, a, sha256.Sum256([]byte(secret))); err != nil {
			return err
		}
		made = a
		return audit.Record(ctx, "app:register", "app", a.ID,
			map[string]any{"name": a.Name, "maker": a.Maker, "origins": a.Origins, "scopes": a.Scopes})
	})
	if err != nil {
		return nil, "", err
	}
	return made, secret, nil
}

// checked lists everything that is wrong with an app.
func (s *Service) checked(ctx context.Context, in AppInput) (*App, error) {
	var bad fault.List
	a := &App{Name: line(&bad, in.Name, "name", 100), Maker: line(&bad, in.Maker, "maker", 100), Contact: line(&bad, in.Contact, "contact", 200),
		Purpose: line(&bad, in.Purpose, "purpose", 500), Origins: origins(&bad, in.Origins), Scopes: slices.Clone(in.Scopes)}
	if len(a.Scopes) == 0 {
		a.Scopes = slices.Clone(factScopes)
	}
	given, _ := s.c.Gate.Given(ctx, authz.Dashboard)
	for i, scope := range a.Scopes {
		if !slices.Contains(given, authz.Permission(scope)) || slices.Index(a.Scopes, scope) != i {
			bad = append(bad, fault.New(fault.AppScope, "value", scope, "want", words(given)).At("scopes[%d]", i))
		}
	}
	return a, bad.Err()
}

func words(all []authz.Permission) string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = string(p)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// line trims a text and notes one that is missing, too long or not printable.
func line(bad *fault.List, value, field string, most int) string {
	trimmed := strings.TrimSpace(value)
	n := utf8.RuneCountInString(trimmed)
	if n == 0 || n > most || !utf8.ValidString(trimmed) || strings.IndexFunc(trimmed, unicode.IsControl) >= 0 {
		*bad = append(*bad, fault.New(fault.Required, "want", "1–"+strconv.Itoa(most)).At("%s", field))
	}
	return trimmed
}

// SetOrigins changes which pages may ask for an app from a browser.
func (s *Service) SetOrigins(ctx context.Context, id uuid.UUID, wanted []string) (*App, error) {
	return s.appAct(ctx, id, func(ctx context.Context, _ *viewer.Viewer, st Store, a *App) error {
		var bad fault.List
		list := origins(&bad, wanted)
		if err := bad.Err(); err != nil {
			return err
		}
		before := a.Origins
		a.Origins = list
		if err := st.SetAppOrigins(ctx, id, list); err != nil {
			return err
		}
		return audit.Record(ctx, "app:origins", "app", id, map[string]any{"before": before, "origins": list})
	})
}

// RotateSecret gives an app another secret, shown this once; with the one before
// it reads no tenant any more. What tenants consented to stays.
func (s *Service) RotateSecret(ctx context.Context, id uuid.UUID) (*App, string, error) {
	secret, handle := s.c.NewSecret()
	a, err := s.appAct(ctx, id, func(ctx context.Context, _ *viewer.Viewer, st Store, a *App) error {
		a.Handle, a.SecretAt = handle, s.moment()
		if err := st.RotateApp(ctx, id, handle, sha256.Sum256([]byte(secret)), a.SecretAt); err != nil {
			return err
		}
		return audit.Record(ctx, "app:rotate", "app", id, map[string]any{"readers": a.Readers})
	})
	if err != nil {
		return nil, "", err
	}
	return a, secret, nil
}

// EndApp ends an app for good: it reads no tenant from the same moment on.
func (s *Service) EndApp(ctx context.Context, id uuid.UUID) (*App, error) {
	return s.appAct(ctx, id, func(ctx context.Context, v *viewer.Viewer, st Store, a *App) error {
		moment := s.moment()
		a.EndedAt = &moment
		if err := st.EndApp(ctx, id, v.User, moment); err != nil {
			return err
		}
		return audit.Record(ctx, "app:end", "app", id, map[string]any{"readers": a.Readers})
	})
}

// appAct is an act upon a live app of the tenant's own.
func (s *Service) appAct(ctx context.Context, id uuid.UUID, act func(context.Context, *viewer.Viewer, Store, *App) error) (*App, error) {
	var a *App
	err := s.change(ctx, authz.AppWrite, func(ctx context.Context, v *viewer.Viewer, st Store) (err error) {
		if a, err = st.AppByID(ctx, id); err != nil {
			return err
		}
		if a.EndedAt != nil {
			return fault.New(fault.AppEnded).At("app")
		}
		return act(ctx, v, st, a)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}
