// Package look owns reading what a run left behind: the rows of its rounds in one
// snapshot, the bundles and the audit by the programs that anybody can run, and
// the same results over the API.
//
// It does not own the judgement (history).
package look

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
	"leitai/internal/paging"
)

// Stored reads what a database holds of the towns' rounds, in one snapshot, as
// the maintenance role.
func Stored(ctx context.Context, maintDSN string, towns []*world.Town) (s history.Stored, err error) {
	db, err := sql.Open("postgres", maintDSN)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return s, err
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	r := &reader{ctx: ctx, tx: tx, stored: &s, codes: map[uuid.UUID]string{}}
	for _, t := range towns {
		r.codes[t.Tenant] = t.Code
		r.tenants = append(r.tenants, t.Tenant)
		for _, round := range t.Rounds {
			r.rounds = append(r.rounds, round.ID)
		}
	}
	s.Rounds = map[string]history.Round{}
	for _, read := range []func() error{r.readMarks, r.readReviews, r.readRounds, r.readPublications, r.readJobs} {
		if err := read(); err != nil {
			return s, err
		}
	}
	for _, t := range towns {
		for _, round := range t.Rounds {
			row := s.Rounds[round.ID.String()]
			row.First = round.Revision
			s.Rounds[round.ID.String()] = row
		}
	}
	return s, nil
}

type reader struct {
	ctx     context.Context //nolint:containedctx // of one reading
	tx      *sql.Tx
	stored  *history.Stored
	codes   map[uuid.UUID]string
	tenants []uuid.UUID
	rounds  []uuid.UUID
}

// each scans every row of a query.
func (r *reader) each(scan func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := r.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%.80s: %w", query, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *reader) readMarks() error {
	return r.each(func(rows *sql.Rows) error {
		var m history.Mark
		var unit, item string
		var judge uuid.UUID
		err := rows.Scan(&m.ID, &m.Round, &unit, &item, &judge, &m.Value, &m.Corrects)
		m.Cell = unit + " " + item + " " + paging.GlobalID("Person", judge)
		r.stored.Marks = append(r.stored.Marks, m)
		return err
	}, `SELECT m.id, m.round_id, u.code, m.item_key, m.judge_id, m.value::text, coalesce(m.supersedes::text, '') FROM mark m JOIN unit u ON u.id = m.unit_id
		WHERE m.round_id = ANY ($1)`, pq.Array(r.rounds))
}

func (r *reader) readReviews() error {
	return r.each(func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		r.stored.Reviews = append(r.stored.Reviews, id)
		return err
	}, `SELECT mark_id FROM mark_review WHERE round_id = ANY ($1) AND decision = 'confirmed'`, pq.Array(r.rounds))
}

func (r *reader) readRounds() error {
	return r.each(func(rows *sql.Rows) error {
		var id string
		var round history.Round
		err := rows.Scan(&id, &round.Revision, &round.State, &round.Entries)
		r.stored.Rounds[id] = round
		return err
	}, `SELECT r.id, r.revision, r.state, (SELECT count(*) FROM entry e WHERE e.round_id = r.id) FROM round r WHERE r.id = ANY ($1)`, pq.Array(r.rounds))
}

func (r *reader) readPublications() error {
	return r.each(func(rows *sql.Rows) error {
		var p history.Publication
		var id uuid.UUID
		err := rows.Scan(&id, &p.Round, &p.Hash, &p.Revision, &p.Sealed, &p.Boards, &p.Standings, &p.Totals, &p.Events, &p.Audits)
		p.ID = paging.GlobalID("Publication", id)
		r.stored.Publications = append(r.stored.Publications, p)
		return err
	}, `SELECT p.id, p.round_id, p.public_hash, p.revision,
		(SELECT count(*) FROM sealed_bundle s WHERE s.publication_id = p.id),
		(SELECT count(*) FROM board b WHERE b.id = p.id AND b.public_hash = p.public_hash),
		(SELECT count(*) FROM standing s WHERE s.publication_id = p.id),
		(SELECT count(*) FROM round_total t WHERE t.publication_id = p.id),
		(SELECT count(*) FROM event e WHERE e.tenant_id = p.tenant_id AND e.object_id = p.id AND e.kind IN ('publication.published','publication.revised')),
		(SELECT count(*) FROM audit_entry a WHERE a.tenant_id = p.tenant_id AND a.object_id = p.id AND a.action = 'round:publish'
			AND a.detail->>'hash' = p.public_hash AND a.detail->>'sealedHash' = p.sealed_hash)
		FROM publication p WHERE p.round_id = ANY ($1)`, pq.Array(r.rounds))
}

func (r *reader) readJobs() error {
	return r.each(func(rows *sql.Rows) error {
		var j history.Job
		var id, tenant uuid.UUID
		err := rows.Scan(&id, &tenant, &j.State, &j.File)
		j.ID, j.Town = paging.GlobalID("Job", id), r.codes[tenant]
		r.stored.Jobs = append(r.stored.Jobs, j)
		return err
	}, `SELECT id, tenant_id, state, file FROM job WHERE tenant_id = ANY ($1)`, pq.Array(r.tenants))
}
