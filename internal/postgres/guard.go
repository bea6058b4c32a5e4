package postgres

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/gen"
	"leitai/ent/gen/intercept"
	"leitai/internal/fault"
)

// newClient makes ent's client of a transaction, with the tenancy of every
// query and mutation on top of row-level security: either alone keeps tenants
// apart.
func newClient(tx *Tx) *gen.Client {
	client := gen.NewClient(gen.Driver((*session)(tx)))
	client.Use(tx.ownWrites)
	client.Intercept(intercept.TraverseFunc(tx.ownReads))
	return client
}

// readDownwards are tables whose published rows the tenants below may read.
var readDownwards = []string{gen.TypeTenant, gen.TypeTemplateVersion, gen.TypeCompetition}

// ownReads narrows a query to the tenants the opening statement named. Which of
// their rows are published is row-level security's question alone.
func (tx *Tx) ownReads(_ context.Context, q intercept.Query) error {
	if q.Type() == gen.TypeUnit {
		return nil // belongs to no tenant
	}
	tenants := slices.Concat(tx.scope.readable, tx.scope.drafts)
	if slices.Contains(readDownwards, q.Type()) {
		tenants = slices.Concat(tenants, tx.scope.ancestors)
	}
	if q.Type() == gen.TypeAdoption { // the other side's consent names us
		q.WhereP(entsql.OrPredicates(within("tenant_id", tenants), within("other_id", []uuid.UUID{tx.Tenant()})))
		return nil
	}
	q.WhereP(within("tenant_id", tenants))
	return nil
}

// Ends of a condition on tenant_id in SQL by hand, which are to it what ownReads
// is to ent: the tenants that the opening statement named, whatever row-level
// security would hide anyway. Postings are read downwards as well.
const (
	inReach        = `= ANY ((SELECT app_setting_ids('app.tenants') || app_setting_ids('app.draft_tenants'))::uuid[])`
	inReachOrAbove = `= ANY ((SELECT app_setting_ids('app.tenants') || app_setting_ids('app.draft_tenants') || app_setting_ids('app.ancestors'))::uuid[])`
)

// within is column = ANY (ids): one statement text whatever the number of ids.
func within(column string, ids []uuid.UUID) func(*entsql.Selector) {
	return func(s *entsql.Selector) {
		s.Where(entsql.P(func(b *entsql.Builder) {
			b.Ident(s.C(column)).WriteString(" = ANY(").Arg(pq.Array(ids)).WriteString(")")
		}))
	}
}

// ownWrites gives what is created the viewer's tenant and region, refuses
// another's, and narrows updates and deletions to the viewer's tenant.
func (tx *Tx) ownWrites(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		if m.Type() == gen.TypeUnit {
			return nil, fmt.Errorf("postgres: units are written by imports only: %w", fault.New(fault.Forbidden, "permission", "unit:write"))
		}
		if m.Op().Is(ent.OpCreate) {
			for column, want := range map[string]ent.Value{"tenant_id": tx.Tenant(), "region": tx.region()} {
				if have, set := m.Field(column); set && have != want {
					tx.db.opts.Crossed("program")
					return nil, fmt.Errorf("postgres: a %s of another tenant: %w", m.Type(), fault.New(fault.NotFound))
				}
				if err := m.SetField(column, want); err != nil {
					return nil, err
				}
			}
			return next.Mutate(ctx, m)
		}
		narrow, ok := m.(interface {
			WhereP(...func(*entsql.Selector))
		})
		if !ok {
			return nil, fmt.Errorf("postgres: a %s cannot be narrowed to its tenant", m.Type())
		}
		narrow.WhereP(within("tenant_id", []uuid.UUID{tx.Tenant()}))
		return next.Mutate(ctx, m)
	})
}
