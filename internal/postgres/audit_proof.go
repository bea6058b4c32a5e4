package postgres

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/internal/audit"
	contestround "leitai/internal/round"
	"leitai/internal/scoring"
)

// asking runs a query and gives its rows to read one by one, so that they need
// not be held.
type asking func(ctx context.Context, read func(scan) error, query string, args ...any) error

func (tx *Tx) asking(ctx context.Context, read func(scan) error, query string, args ...any) error {
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) { return struct{}{}, read(s) }, query, args...)
	return err
}

// askingAll is asking for the role that reads every tenant.
func askingAll(tx *sql.Tx) asking {
	return func(ctx context.Context, read func(scan) error, query string, args ...any) error {
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			if err := read(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}

// AuditProved implements tenancy.Store.
func (tx *Tx) AuditProved(ctx context.Context) (audit.Proved, error) {
	return (&markProof{ask: tx.asking, tenant: tx.Tenant()}).run(ctx)
}

// markProof holds every entry of a tenant's audit that carries a fingerprint of
// marks against the marks that are stored, a page of entries at a time.
type markProof struct {
	ask    asking
	tenant uuid.UUID
	moves  []move
	wiped  map[uuid.UUID]bool // trials, by competition, as far as asked
}

// move is an import of the tenant that gave units other ids.
type move struct {
	seq    int64
	before map[uuid.UUID]uuid.UUID // by the id of since
}

func (p *markProof) run(ctx context.Context) (audit.Proved, error) {
	var all audit.Proved
	p.wiped = map[uuid.UUID]bool{}
	if err := p.readMoves(ctx); err != nil {
		return all, err
	}
	for after := int64(0); ; {
		batches, err := p.batches(ctx, after)
		if err != nil || len(batches) == 0 {
			return all, err
		}
		altered, err := p.hold(ctx, batches)
		if err != nil {
			return all, err
		}
		all.Add(len(batches), altered)
		after = batches[len(batches)-1].Seq
	}
}

func (p *markProof) readMoves(ctx context.Context) error {
	return p.ask(ctx, func(s scan) error {
		m := move{before: map[uuid.UUID]uuid.UUID{}}
		var text []byte
		if err := s(&m.seq, &text); err != nil {
			return err
		}
		var units map[uuid.UUID]uuid.UUID
		if err := json.Unmarshal(text, &units); err != nil {
			return nil //nolint:nilerr // the entry was changed, which the chain tells; what it moved is reported as altered
		}
		for was, is := range units {
			m.before[is] = was
		}
		p.moves = append(p.moves, m)
		return nil
	}, `SELECT seq, detail->'units' FROM audit_entry WHERE tenant_id = $1 AND action = 'tenant:import' ORDER BY seq DESC`, p.tenant)
}

// before implements contestround.Before: the last move is undone first.
func (p *markProof) before(subject uuid.UUID, seq int64) uuid.UUID {
	for _, m := range p.moves {
		if was, moved := m.before[subject]; moved && m.seq > seq {
			subject = was
		}
	}
	return subject
}

func (p *markProof) batches(ctx context.Context, after int64) (page []contestround.Batch, err error) {
	err = p.ask(ctx, func(s scan) error {
		var seq int64
		var round uuid.UUID
		var detail []byte
		err := s(&seq, &round, &detail)
		page = append(page, contestround.BatchOf(seq, round, detail))
		return err
	}, `SELECT seq, object_id, detail FROM audit_entry WHERE tenant_id = $1 AND seq > $2 AND action = 'mark:write' AND detail ? 'fingerprint'
		ORDER BY seq LIMIT $3`, p.tenant, after, auditPage)
	return page, err
}

// storedMarks reads marks as they are stored, of one tenant.
const storedMarks = `SELECT id, round_id, item_key, channel, subject_id, judge_id, value::text, detail, entered_by, entered_at, supersedes
	FROM mark WHERE tenant_id = $1 AND `

func (p *markProof) hold(ctx context.Context, batches []contestround.Batch) ([]audit.Altered, error) {
	proof := contestround.NewProof(batches, p.before)
	if named := proof.Named(); len(named) > 0 {
		if err := p.ask(ctx, storedMark(proof.AddNamed), storedMarks+`id = ANY ($2) ORDER BY id`, p.tenant, uuids(named)); err != nil {
			return nil, err
		}
	}
	for round, moments := range proof.Rounds() {
		if err := p.ask(ctx, storedMark(proof.AddEntered), storedMarks+`round_id = $2 AND entered_at = ANY ($3::timestamptz[]) ORDER BY id`,
			p.tenant, round, array(moments)); err != nil {
			return nil, err
		}
	}
	altered, trials := proof.Altered()
	kept := altered[:0]
	for i, a := range altered {
		wiped, err := p.wasWiped(ctx, trials[i], a)
		if err != nil {
			return nil, err
		}
		if !wiped {
			kept = append(kept, a)
		}
	}
	return kept, nil
}

// storedMark reads a row for a proof. A value or a finding that no service has
// written is no reason to stop: it is what is looked for.
func storedMark(to func(m *contestround.Mark, readable bool)) func(scan) error {
	return func(s scan) error {
		var m contestround.Mark
		var number string
		var detail []byte
		if err := s(&m.ID, &m.Round, &m.Item, &m.Channel, &m.Subject, &m.Judge, &number, &detail, &m.EnteredBy, &m.EnteredAt, &m.Supersedes); err != nil {
			return err
		}
		var err error
		m.Value, err = numberOf(number)
		if err == nil && detail != nil {
			m.Detail = &scoring.Detail{}
			err = json.Unmarshal(detail, m.Detail)
		}
		to(&m, err == nil)
		return nil
	}
}

// wasWiped says whether the marks of a batch went with their trial, as the audit
// tells.
func (p *markProof) wasWiped(ctx context.Context, trial uuid.UUID, a audit.Altered) (bool, error) {
	if trial == uuid.Nil || a.Found > 0 {
		return false, nil
	}
	if wiped, asked := p.wiped[trial]; asked {
		return wiped, nil
	}
	err := p.ask(ctx, func(s scan) error {
		var wiped bool
		err := s(&wiped)
		p.wiped[trial] = wiped
		return err
	}, `SELECT EXISTS (SELECT FROM audit_entry WHERE tenant_id = $1 AND action = 'trial:wipe' AND object_id = $2)`, p.tenant, trial)
	return p.wiped[trial], err
}
