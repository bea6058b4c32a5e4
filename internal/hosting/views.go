package hosting

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// SignupState is how far an application is.
type SignupState string

// The states of an application.
const (
	Waiting  SignupState = "waiting"
	Approved SignupState = "approved"
	Refused  SignupState = "refused"
)

// Signup is an application to open a tenant, as whoever decides sees it.
type Signup struct {
	ID          uuid.UUID
	Unit        uuid.UUID
	Applicant   string
	Office      string
	Phone       string
	Login       string
	Preset      string // the scheme wished for; "" for none
	Note        string
	State       SignupState
	SubmittedAt time.Time
	DecidedAt   *time.Time
	Reason      string
	Opened      *uuid.UUID // the tenant
	Taken       bool       // the unit is a tenant by now
}

// Receipt is what the applicant learns with the receipt's code.
type Receipt struct {
	State       SignupState
	UnitName    string
	Login       string // to sign in with, once approved
	Reason      string
	SubmittedAt time.Time
	DecidedAt   *time.Time
}

// PublicUnit is a line of the division table, for the form.
type PublicUnit struct {
	Code  string
	Name  string // as shown
	Level string
	Below bool // there are units below it
}

// Plan is what the operator offers; nil is no limit.
type Plan struct {
	Key      string
	Zh, En   string
	Villages *int
	Bytes    *int64
	Requests *int64 // of API tokens in a calendar month
	Days     *int   // it ends after so many
}

// State is what is left of a tenant's access.
type State string

// The states of a tenant.
const (
	Active   State = "active"
	ReadOnly State = "read-only"
	Closed   State = "closed"
)

// Standing is how a tenant stands with its plan.
type Standing struct {
	Plan     *Plan // nil: without limits
	Until    *time.Time
	State    State
	Villages int64
	Bytes    int64
	Tokens   int64 // requests of API tokens this month
	Sessions int64 // and of people
	Running  bool  // a round is under way
}

// Day is the requests of one day.
type Day struct {
	Day      time.Time // midnight UTC of the date
	Sessions int64
	Tokens   int64
}

// Usage is a tenant's own month.
type Usage struct {
	Standing
	Days     []Day // of the current month, by date
	Warnings fault.List
}

// Line is one tenant's month in a statement: counts only.
type Line struct {
	Tenant   uuid.UUID
	Name     string
	Kind     string
	UnitCode string
	Plan     string // key; "" without one
	Sessions int64
	Tokens   int64
	Bytes    int64 // of what was stored by the end of the month and still is
	Villages int64 // in rounds published in the month
	Rounds   int64 // published in the month for the first time
}

// Scope is whose lines a statement has.
type Scope string

// The scopes of a statement.
const (
	Own   Scope = "own"
	Below Scope = "below" // of the tenants adopted
	All   Scope = "all"   // for the platform
)

// Hosted is a tenant as the platform sees it.
type Hosted struct {
	Tenant    uuid.UUID
	Name      string
	Kind      string
	UnitCode  string
	CreatedAt time.Time
	State     State
	Plan      string
	Until     *time.Time
}

// Place is a tenant that the platform acts upon.
type Place struct {
	Tenant uuid.UUID
	Region string
	Unit   uuid.UUID
	Name   string
}

// Hold is a suspension.
type Hold struct {
	ID           uuid.UUID
	Access       State // what is left: ReadOnly or Closed
	Reason       string
	PlacedAt     time.Time
	LiftedAt     *time.Time
	LiftedReason string
}

// Glass is the record of a reading by break glass.
type Glass struct {
	ID       uuid.UUID
	Place    Place // that is read
	Operator uuid.UUID
	Login    string
	Reason   string
	Hours    int
	AskedAt  time.Time
	Second   *uuid.UUID // the operator who approved
	OpenedAt *time.Time
	Until    *time.Time
	EndedBy  *uuid.UUID
	EndedAt  *time.Time
}

// GlassState is how far a reading is.
type GlassState string

// The states of a reading.
const (
	GlassWaiting GlassState = "waiting"
	GlassOpen    GlassState = "open"
	GlassEnded   GlassState = "ended"
)

// StateAt tells how far a reading is at a moment. One that nobody approved within a
// day has ended.
func (g *Glass) StateAt(moment time.Time) GlassState {
	switch {
	case g.EndedAt != nil || g.Until != nil && !g.Until.After(moment):
		return GlassEnded
	case g.OpenedAt != nil:
		return GlassOpen
	case !g.AskedAt.Add(glassWaits).After(moment):
		return GlassEnded
	}
	return GlassWaiting
}
