package search

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

// Kind is what a hit is.
type Kind string

// The kinds, in the order in which they are asked and answered.
const (
	Unit         Kind = "unit"
	Competition  Kind = "competition"
	Round        Kind = "round"
	Publication  Kind = "publication"
	Template     Kind = "template"
	Issue        Kind = "issue"
	Person       Kind = "person"
	Organisation Kind = "organisation"
	OfficeForm   Kind = "office-form"
)

// asked is how a kind is looked up.
type asked struct {
	kind Kind
	// narrow tells the query what of the kind the viewer may read; false for
	// nothing.
	narrow func(ctx context.Context, gate Gate, q *Query) bool
	find   func(st Store, ctx context.Context, q Query) ([]Hit, error)
}

var kinds = []asked{
	{Unit, held(authz.UnitRead), Store.FindUnits},
	{Competition, held(authz.CompetitionRead), Store.FindCompetitions},
	{Round, held(authz.RoundRead), Store.FindRounds},
	{Publication, published, Store.FindPublications},
	{Template, held(authz.TemplateRead), Store.FindTemplates},
	{Issue, ledger, Store.FindIssues},
	{Person, held(authz.PersonRead), Store.FindPeople},
	{Organisation, held(authz.TenantRead), Store.FindOrganisations},
	{OfficeForm, held(authz.DocumentRead), Store.FindForms},
}

// held is the rule of what is the tenant's as a whole.
func held(p authz.Permission) func(ctx context.Context, gate Gate, q *Query) bool {
	return func(ctx context.Context, gate Gate, _ *Query) bool { return gate.May(ctx, p, uuid.Nil) }
}

// published is that of results: those of persons and trials are found by whoever
// runs the contests.
func published(ctx context.Context, gate Gate, q *Query) bool {
	q.Drafts = gate.May(ctx, authz.ResultDraftRead, uuid.Nil)
	return gate.May(ctx, authz.PublicationRead, uuid.Nil)
}

// ledger is that of issues: a village's people find their own, a department those
// of its dimensions.
func ledger(ctx context.Context, gate Gate, q *Query) bool {
	if gate.Anywhere(ctx, authz.IssueRead) != nil {
		return false
	}
	q.Units, q.Sight = nil, gate.Sight(ctx, authz.IssueRead)
	if !gate.May(ctx, authz.IssueRead, uuid.Nil) {
		q.Units = append([]uuid.UUID{}, gate.Scope(ctx, authz.IssueRead)...)
	}
	return true
}

func itoa(n int) string { return strconv.Itoa(n) }
