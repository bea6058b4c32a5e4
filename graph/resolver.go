package graph

import (
	"time"

	"leitai/internal/authz"
	"leitai/internal/bulletin"
	"leitai/internal/consequences"
	"leitai/internal/evidence"
	"leitai/internal/identity"
	"leitai/internal/issues"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/teams"
	"leitai/internal/tenancy"
	"leitai/internal/visits"
	"leitai/internal/voting"
)

// Resolver is the use cases behind the contract.
type Resolver struct {
	Authz        *authz.Authz
	Identity     *identity.Service
	Tenancy      *tenancy.Service
	Programme    *programme.Service
	Rounds       *round.Service
	Consequences *consequences.Service
	Issues       *issues.Service
	Papers       *bulletin.Service
	Pieces       *evidence.Service // of evidence
	Visits       *visits.Service
	Voting       *voting.Service
	Teams        *teams.Service
	Now          func() time.Time
}
