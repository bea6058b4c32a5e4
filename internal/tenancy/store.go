package tenancy

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// Store is what the use cases need of one open transaction. Reads see what the
// viewer may read; writes go to the viewer's own tenant. An id or code that is
// unknown, or may not be known, is NOT_FOUND.
type Store interface {
	KeptUnits
	KeptGroups
	KeptChanges
	KeptTenants
	KeptGrants
	KeptPersons
	KeptOrganisations
	KeptDays
	KeptAudit
}

// UnitFilter narrows a list of units: to the children of a parent, a level, the
// beginning of code or shown name.
type UnitFilter struct {
	Parent *uuid.UUID
	Level  string
	Search string
}

// KeptUnits is the tree of units, which belongs to no tenant.
type KeptUnits interface {
	UnitByCode(ctx context.Context, code string) (*Unit, error) // of those that stand
	UnitsByID(ctx context.Context, ids []uuid.UUID) ([]*Unit, error)
	UnitsByCode(ctx context.Context, codes []string) ([]*Unit, error)
	UnitPage(ctx context.Context, f UnitFilter, w paging.Window) ([]*Unit, error)
	// UnitLine lists a unit and its ancestors, the unit first.
	UnitLine(ctx context.Context, id uuid.UUID) ([]*Unit, error)
}

// Opening is a tenant to be stored, with its first administrator.
type Opening struct {
	Tenant    Tenant
	At        time.Time
	GrantedBy uuid.UUID
	Admin     Person
	Login     string
	Hash      string
	Role      string
}

// KeptTenants are tenants and adoptions.
type KeptTenants interface {
	TenantsByID(ctx context.Context, ids []uuid.UUID) ([]*Tenant, error) // readable ones
	// ProvisionTenant stores a tenant below the viewer's own; as the platform, one
	// with no tenant above.
	ProvisionTenant(ctx context.Context, o Opening) error
	// FoundTenant stores the viewer's own tenant, which was none before.
	FoundTenant(ctx context.Context, o Opening) error
	// FoundPlatform stores the operator's own tenant, once: PLATFORM_EXISTS.
	FoundPlatform(ctx context.Context, o Opening) error
	RelatedTenants(ctx context.Context) ([]Related, error)
	// Consents lists the live consents of the viewer's tenant and of others to it.
	Consents(ctx context.Context) ([]Consent, error)
	InsertConsent(ctx context.Context, c Consent) error
	SetConsentDrafts(ctx context.Context, id uuid.UUID, drafts bool) error
	EndConsent(ctx context.Context, id uuid.UUID, at time.Time) error
}

// KeptGrants are the roles given in the viewer's tenant.
type KeptGrants interface {
	// UserNamed gives a user whom the tenant knows, by login: one it is the home
	// of, or that holds a role there now; uuid.Nil when there is none.
	UserNamed(ctx context.Context, login string) (uuid.UUID, error)
	// LoginTaken says whether anybody on the whole service has a login.
	LoginTaken(ctx context.Context, login string) (bool, error)
	Grants(ctx context.Context) ([]*Grant, error) // revoked and ended ones too, newest first
	// RaiseEpoch counts the epoch of grants up and keeps its row locked, so that
	// epochs are committed in their order.
	RaiseEpoch(ctx context.Context) (int64, error)
	InsertGrant(ctx context.Context, g *Grant, epoch int64) error
	RevokeGrant(ctx context.Context, id uuid.UUID, at time.Time, epoch int64) error
}

// KeptPersons are persons, their names apart, and posts.
type KeptPersons interface {
	PersonsByID(ctx context.Context, ids []uuid.UUID) ([]*Person, error)
	PersonPage(ctx context.Context, w paging.Window) ([]*Person, error) // by pseudonym
	// PersonsCalled finds persons by pseudonym or by exact name.
	PersonsCalled(ctx context.Context, pseudonyms, names []string) ([]*Person, error)
	InsertPersons(ctx context.Context, persons []*Person, at time.Time) error
	SetPersonName(ctx context.Context, person uuid.UUID, name string) error
	SetPersonUser(ctx context.Context, person uuid.UUID, user *uuid.UUID) error
	PersonOfUser(ctx context.Context, user uuid.UUID) (uuid.UUID, error) // uuid.Nil without one

	PostsOfPersons(ctx context.Context, persons []uuid.UUID) ([]*Post, error) // by person and beginning
	PostByID(ctx context.Context, id uuid.UUID) (*Post, error)
	InsertPosts(ctx context.Context, posts []*Post) error
	SetPostEnd(ctx context.Context, id uuid.UUID, to calendar.Date) error
	// LinksOn lists who holds a post of the kinds at the units on a date; no
	// unit named: at any.
	LinksOn(ctx context.Context, units []uuid.UUID, kinds []string, date calendar.Date) ([]Link, error)
}

// KeptOrganisations are the tenant's organisations.
type KeptOrganisations interface {
	Organisations(ctx context.Context) ([]*Organisation, error) // by name
	InsertOrganisation(ctx context.Context, o *Organisation) error
	UpdateOrganisation(ctx context.Context, o *Organisation) error // name, parent and end
}

// KeptDays are the tenant's own days.
type KeptDays interface {
	OwnDays(ctx context.Context, from, to calendar.Date) ([]CalendarDay, error) // both included
	PutOwnDay(ctx context.Context, d CalendarDay) error
	DropOwnDay(ctx context.Context, day calendar.Date) error
}

// KeptGroups are the classes of units.
type KeptGroups interface {
	GroupSets(ctx context.Context) ([]*GroupSet, error) // of the tenant, by key
	InsertGroupSet(ctx context.Context, g *GroupSet) error
	UpdateGroupSet(ctx context.Context, g *GroupSet) error // names and classes; counts the revision up
	// GroupMembers lists classes of a set, by code and beginning: of the units
	// named, or of all for nil.
	GroupMembers(ctx context.Context, set string, units []uuid.UUID) ([]*Member, error)
	// SaveMembers writes the new ends of some members and adds others.
	SaveMembers(ctx context.Context, ended, added []*Member) error
}

// KeptChanges are changes of the tree of units.
type KeptChanges interface {
	InsertProposal(ctx context.Context, p *Proposal) error
	Proposals(ctx context.Context) ([]*Proposal, error) // readable ones, newest first
	ProposalByID(ctx context.Context, id uuid.UUID) (*Proposal, error)
	// UnitArbiter gives the tenant that decides on a tenant's proposals.
	UnitArbiter(ctx context.Context, proposer uuid.UUID) (uuid.UUID, error)
	// DecideProposal decides one, and changes the tree when it is accepted.
	DecideProposal(ctx context.Context, id uuid.UUID, accept bool, by uuid.UUID, note string, at time.Time) error
	Successions(ctx context.Context, unit uuid.UUID) ([]Succession, error) // from and to the unit, by date
}
