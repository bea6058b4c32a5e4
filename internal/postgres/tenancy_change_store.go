package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/tenancy"
)

// InsertProposal implements tenancy.Store.
func (tx *Tx) InsertProposal(ctx context.Context, p *tenancy.Proposal) error {
	made, err := json.Marshal(append([]tenancy.NewUnit{}, p.Made...))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO unit_proposal (id, tenant_id, region, kind, units, target, made, keep, since, basis, proposed_by, proposed_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, p.ID, tx.Tenant(), tx.region(), string(p.Kind), array(append([]uuid.UUID{}, p.Units...)),
		idOrNil(p.Target), string(made), p.Keep, timeOf(p.Since), p.Basis, p.ProposedBy, p.ProposedAt)
	return err
}

const selectProposal = `SELECT p.id, p.tenant_id, p.kind, p.units, p.target, p.made, p.keep, p.since, p.basis, p.state, p.proposed_by, p.proposed_at,
  p.decided_tenant, p.decided_at, p.note FROM unit_proposal p `

func readProposal(s scan) (*tenancy.Proposal, error) {
	var (
		p               tenancy.Proposal
		kind            string
		target, decided uuid.NullUUID
		made            []byte
		since           time.Time
		decidedAt       sql.NullTime
	)
	err := s(&p.ID, &p.Tenant, &kind, pq.Array(&p.Units), &target, &made, &p.Keep, &since, &p.Basis, &p.State, &p.ProposedBy, &p.ProposedAt,
		&decided, &decidedAt, &p.Note)
	if err != nil {
		return nil, err
	}
	p.Kind, p.Target, p.DecidedTenant, p.Since = tenancy.ChangeKind(kind), target.UUID, decided.UUID, dateOf(since)
	if decidedAt.Valid {
		p.DecidedAt = &decidedAt.Time
	}
	return &p, json.Unmarshal(made, &p.Made)
}

// Proposals implements tenancy.Store; there are few.
func (tx *Tx) Proposals(ctx context.Context) ([]*tenancy.Proposal, error) {
	return queryAll(ctx, tx, readProposal, selectProposal+`WHERE p.tenant_id `+inReach+` ORDER BY p.proposed_at DESC, p.id LIMIT 500`)
}

// ProposalByID implements tenancy.Store.
func (tx *Tx) ProposalByID(ctx context.Context, id uuid.UUID) (*tenancy.Proposal, error) {
	p, err := queryOne(ctx, tx, readProposal, selectProposal+`WHERE p.tenant_id `+inReach+` AND p.id = $1`, id)
	return p, faultOf(err)
}

// UnitArbiter implements tenancy.Store.
func (tx *Tx) UnitArbiter(ctx context.Context, proposer uuid.UUID) (uuid.UUID, error) {
	return queryOne(ctx, tx, value[uuid.UUID], `SELECT unit_arbiter($1)`, proposer)
}

// DecideProposal implements tenancy.Store: the function checks once more who
// decides and whose units they are, because the tree belongs to no tenant.
func (tx *Tx) DecideProposal(ctx context.Context, id uuid.UUID, accept bool, by uuid.UUID, note string, at time.Time) error {
	_, err := tx.exec(ctx, `SELECT unit_decide($1, $2, $3, $4, $5)`, id, accept, by, note, at)
	return err
}

// Successions implements tenancy.Store.
func (tx *Tx) Successions(ctx context.Context, unit uuid.UUID) ([]tenancy.Succession, error) {
	return queryAll(ctx, tx, func(s scan) (tenancy.Succession, error) {
		var one tenancy.Succession
		var kind string
		var since time.Time
		err := s(&one.Unit, &one.Successor, &kind, &since)
		one.Kind, one.Since = tenancy.ChangeKind(kind), dateOf(since)
		return one, err
	}, `SELECT unit_id, successor_id, kind, since FROM unit_successor WHERE unit_id = $1 OR successor_id = $1 ORDER BY since, unit_id, successor_id`, unit)
}
