package tenancy

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
)

// Unit is a node of the administrative tree.
type Unit struct {
	ID        uuid.UUID
	Code      string // statistical; "" for a provisional unit
	Level     string // province | prefecture | county | township | village | group
	LegalName string
	ShownName string
	Parent    uuid.UUID // uuid.Nil for a province
	From      calendar.Date
	To        calendar.Date // first day it stands no longer; zero while it stands
}

// Tenant is a prefecture, county or township that keeps its own data here.
type Tenant struct {
	ID       uuid.UUID
	Kind     string // prefecture | county | township
	Name     string
	Unit     uuid.UUID
	Region   string // code that all its rows carry for ever
	TimeZone string
	Demo     bool
}

// Related is a tenant above or below the viewer's.
type Related struct {
	Tenant uuid.UUID
	Kind   string
	Unit   uuid.UUID
	Name   string
	Upper  bool // it stands above
}

// Consent is one side's word to an adoption.
type Consent struct {
	ID       uuid.UUID
	Tenant   uuid.UUID // that gave it
	Other    uuid.UUID
	Side     string // upper | lower: what the giver is
	Drafts   bool   // of the lower side: unpublished work may be read
	AgreedBy uuid.UUID
	AgreedAt time.Time
}

// Adoption is the relation to another tenant, in force while both sides agree.
type Adoption struct {
	Other       uuid.UUID
	OtherName   string // "" when it is not in the line any more
	Upper       bool   // the viewer's tenant is the upper side
	AgreedHere  bool
	AgreedThere bool
	Drafts      bool // the lower side lets the upper one read unpublished work
}

// InForce reports whether both sides agree.
func (a Adoption) InForce() bool { return a.AgreedHere && a.AgreedThere }

// Grant is a role given to a user at a unit and below.
type Grant struct {
	ID         uuid.UUID
	User       uuid.UUID
	Login      string
	Role       authz.Role
	Unit       uuid.UUID
	Dimensions []string // empty: all
	GrantedBy  uuid.UUID
	From       time.Time
	Until      *time.Time
	RevokedAt  *time.Time
	Disabled   bool // the user cannot sign in
}

// Person is a cadre of the tenant.
type Person struct {
	ID        uuid.UUID
	Pseudonym string
	Name      string    // "" once erased, or where the viewer may not see it
	User      uuid.UUID // uuid.Nil without one
}

// Post is what a person holds between two dates.
type Post struct {
	ID           uuid.UUID
	Person       uuid.UUID
	Kind         string
	Unit         uuid.UUID // uuid.Nil when it is held in an organisation alone
	Organisation uuid.UUID
	Title        string
	From         calendar.Date
	To           calendar.Date // first day no longer held; zero while held
}

// overlaps reports whether two periods share a day.
func (p Post) overlaps(q Post) bool {
	return (p.To.IsZero() || q.From.Before(p.To)) && (q.To.IsZero() || p.From.Before(q.To))
}

// Link is who stands behind a village on a date (A08).
type Link struct {
	Unit      uuid.UUID
	Role      string // kind of the post
	Person    uuid.UUID
	Pseudonym string
}

// Organisation is what reports, sends or is evaluated beside the villages.
type Organisation struct {
	ID     uuid.UUID
	Kind   string
	Name   string
	Parent uuid.UUID
	From   calendar.Date
	To     calendar.Date
}

// CalendarDay is a day the tenant works or rests beside the national table.
type CalendarDay struct {
	Day     calendar.Date
	Workday bool
	Name    string
}
