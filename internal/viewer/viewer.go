// Package viewer owns who asks: the user behind a request, the tenant the
// request writes to, the tenants it may read, and the credential that proved
// it. It travels in the context from the edge to the store.
//
// It does not own how a credential is checked (identity), what the viewer may
// do (authz), or the row-level settings themselves (postgres sets them from the
// credential, not from here).
package viewer

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// CredentialKind is how the viewer proved who they are.
type CredentialKind string

// The kinds of credential. System is the program itself (migrations of data,
// the demo's seeding); it never comes from a request.
const (
	Session CredentialKind = "session"
	Token   CredentialKind = "token"
)

// Credential is the hashed secret a request came with: the store looks it up
// again in every transaction, so that a revoked one writes nothing.
type Credential struct {
	Kind CredentialKind
	Hash [32]byte
	ID   string // of the token, for the audit; empty for a session
	App  bool   // an app's: what it reads is narrowed to the tenants that consented to it
}

// Viewer is who asks. A Viewer is never changed after it is made.
type Viewer struct {
	User       uuid.UUID
	Person     uuid.UUID // the user's person in the tenant; uuid.Nil when there is none
	Tenant     uuid.UUID // the one tenant written
	TenantKind string    // prefecture | county | township
	TenantUnit uuid.UUID
	Region     string
	TimeZone   string
	Demo       bool
	Readable   []uuid.UUID // tenants whose published rows may be read
	Drafts     []uuid.UUID // tenants whose unpublished rows may be read
	Scopes     []string    // of a token; empty: everything the owner may do
	Units      []uuid.UUID // of a token: it counts at and below these only; empty: everywhere its owner does
	ReadOnly   bool        // a token that may not write
	Epoch      int64       // of the grants, as read when the request was opened
	Language   fault.Language
	RequestID  string
	Credential Credential
	// Rights is what authz remembers of the tenant. It sets it at every opening,
	// before anybody else sees the viewer; without it nothing is allowed.
	Rights any
}

// DateOf is the date of a moment in the business time zone of the tenant.
func (v *Viewer) DateOf(moment time.Time) (calendar.Date, error) {
	zone, err := zoneOf(v.TimeZone)
	if err != nil {
		return calendar.Date{}, err
	}
	return calendar.FromTime(moment, zone), nil
}

// zones are the time zones that were asked for: time.LoadLocation reads a file
// each time.
var zones sync.Map

func zoneOf(name string) (*time.Location, error) {
	kept, _ := zones.Load(name)
	if zone, ok := kept.(*time.Location); ok {
		return zone, nil
	}
	zone, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, zone)
	}
	return zone, err
}

type key struct{}

// With returns a context that carries v.
func With(ctx context.Context, v *Viewer) context.Context { return context.WithValue(ctx, key{}, v) }

// From returns the viewer of a context, or an UNAUTHENTICATED fault.
func From(ctx context.Context) (*Viewer, error) {
	if v, ok := ctx.Value(key{}).(*Viewer); ok && v != nil {
		return v, nil
	}
	return nil, fault.New(fault.Unauthenticated)
}

// Actor returns the viewer and refuses one that has no person in the tenant,
// because every act is recorded with the person who did it.
func Actor(ctx context.Context) (*Viewer, error) {
	v, err := From(ctx)
	if err != nil {
		return nil, err
	}
	if v.Person == uuid.Nil {
		return nil, fault.New(fault.NoPerson)
	}
	return v, nil
}
