package graph

import (
	"context"
	"time"

	"leitai/internal/agenda"
	"leitai/internal/archive"
	"leitai/internal/authz"
	"leitai/internal/bulletin"
	"leitai/internal/comparison"
	"leitai/internal/consequences"
	"leitai/internal/event"
	"leitai/internal/evidence"
	"leitai/internal/export"
	"leitai/internal/facts"
	"leitai/internal/hosting"
	"leitai/internal/identity"
	"leitai/internal/inbox"
	"leitai/internal/issues"
	"leitai/internal/jobs"
	"leitai/internal/persisted"
	"leitai/internal/programme"
	"leitai/internal/rights"
	"leitai/internal/round"
	"leitai/internal/search"
	"leitai/internal/teams"
	"leitai/internal/tenancy"
	"leitai/internal/visits"
	"leitai/internal/voting"
	"leitai/internal/webhook"
)

// Gate is what the contract itself asks of authorisation; where exactly a
// permission has to be held is asked by the use cases.
type Gate interface {
	// Anywhere returns nil when the viewer holds p at any unit of the tenant.
	Anywhere(ctx context.Context, p authz.Permission) error
	// Permitted lists what the viewer holds at any unit of the tenant, sorted.
	Permitted(ctx context.Context) []authz.Permission
	// Held lists the roles of the viewer with their units.
	Held(ctx context.Context) []authz.Holding
	// RoleNamed describes a role of the viewer's tenant, built in or its own.
	RoleNamed(ctx context.Context, role authz.Role) (authz.RoleInfo, bool)
}

// Resolver is the use cases behind the contract.
type Resolver struct {
	Authz        Gate
	Identity     *identity.Service
	Tenancy      *tenancy.Service
	Hosting      *hosting.Service
	Programme    *programme.Service
	Rights       *rights.Service
	Rounds       *round.Service
	Consequences *consequences.Service
	Comparing    *comparison.Service
	Issues       *issues.Service
	Papers       *bulletin.Service
	Pieces       *evidence.Service // of evidence
	Visits       *visits.Service
	Voting       *voting.Service
	Teams        *teams.Service
	Archives     *archive.Service
	Jobs         *jobs.Service
	Exports      *export.Service
	Facts        *facts.Service
	Trusted      *persisted.Service // operations
	Webhooks     *webhook.Service
	Inbox        *inbox.Service
	Finder       *search.Service
	Agendas      *agenda.Service
	Streams      *event.Streams
	Now          func() time.Time
}
