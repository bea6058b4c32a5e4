package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/bench/data"
	"leitai/bench/stand"
	"leitai/internal/paging"
)

// channel of all marks of the reference data.
const channel = "onsite"

// sheet is what a township's judges marked on paper, for every round that is
// being marked alike.
type sheet struct {
	token, region  string
	tenant, person uuid.UUID // whose clerk, as a person
	rounds         []openRound
	marks          []paperMark
	bodies         [][]byte // of the requests of the round whose turn comes
}

type openRound struct {
	id     uuid.UUID
	global string // in the contract
}

type paperMark struct {
	unit, judge       uuid.UUID
	code, item, value string
	judgeGlobal       string // in the contract
}

// markID makes the id of a mark: the same in every run, because what a run
// entered is removed by the next.
func (s *sheet) markID(round, i int) uuid.UUID {
	return uuid.NewSHA1(s.rounds[round].id, []byte(strconv.Itoa(i)))
}

// openSheets removes what an earlier run entered and makes the sheets of all
// townships.
func openSheets(ctx context.Context, d *stand.Database) ([]*sheet, error) {
	db, err := sql.Open("postgres", d.Maint())
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, `DELETE FROM mark m USING round r WHERE r.id = m.round_id AND r.tenant_id = m.tenant_id AND r.state = 'open'`); err != nil {
		return nil, err
	}
	if err := d.Vacuum(ctx, "mark"); err != nil {
		return nil, err
	}
	var all []*sheet
	for _, t := range d.Tokens("clerk") {
		s := &sheet{token: t.Token}
		if err := s.fill(ctx, db, t); err != nil {
			return nil, fmt.Errorf("the sheet of %s: %w", t.Code, err)
		}
		all = append(all, s)
	}
	return all, nil
}

func (s *sheet) fill(ctx context.Context, db *sql.DB, t data.Token) error {
	err := db.QueryRowContext(ctx, `SELECT p.tenant_id, p.region, p.id FROM person p JOIN app_user u ON u.id = p.user_id WHERE u.login = $1`, "clerk@"+t.Code).
		Scan(&s.tenant, &s.region, &s.person)
	if err != nil {
		return err
	}
	var ids pq.StringArray
	err = db.QueryRowContext(ctx, `SELECT array_agg(id ORDER BY period) FROM round WHERE tenant_id = $1 AND state = 'open'`, s.tenant).Scan(&ids)
	if err != nil {
		return err
	}
	for _, text := range ids {
		id, err := uuid.Parse(text)
		if err != nil {
			return err
		}
		s.rounds = append(s.rounds, openRound{id, paging.GlobalID("Round", id)})
	}
	rows, err := db.QueryContext(ctx, `SELECT e.unit_id, u.code, i.key, m.person_id FROM entry e JOIN unit u ON u.id = e.unit_id JOIN rubric_item i ON i.round_id = e.round_id
		JOIN panel_member m ON m.round_id = e.round_id WHERE e.round_id = $1 ORDER BY e.position, i.position, m.person_id`, s.rounds[0].id)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var m paperMark
		if err := rows.Scan(&m.unit, &m.code, &m.item, &m.judge); err != nil {
			return err
		}
		m.judgeGlobal, m.value = paging.GlobalID("Person", m.judge), strconv.FormatFloat(float64(120+len(s.marks)*7%81)/2, 'f', -1, 64)
		s.marks = append(s.marks, m)
	}
	return rows.Err()
}

// raw enters marks without anything before it but row-level security.
type raw struct {
	db  *sql.DB
	pid int
}

const rawInsert = `INSERT INTO mark (id, tenant_id, region, round_id, item_key, channel, unit_id, judge_id, value, entered_by, entered_at, subject_id)
	SELECT u.id, $1, $2, $3, u.item, $4, u.unit, u.judge, u.value, $5, $6, u.unit FROM unnest($7::uuid[], $8::text[], $9::uuid[], $10::uuid[], $11::numeric[]) u(id, item, unit, judge, value)`

// insert writes a township's marks of a round, as many at a time as the contract
// takes.
func (r *raw) insert(ctx context.Context, s *sheet, round int) error {
	for from := 0; from < len(s.marks); from += batch {
		var ids, units, judges []uuid.UUID
		var items, values []string
		for i := from; i < min(from+batch, len(s.marks)); i++ {
			m := &s.marks[i]
			ids, units, judges = append(ids, s.markID(round, i)), append(units, m.unit), append(judges, m.judge)
			items, values = append(items, m.item), append(values, m.value)
		}
		tx, err := r.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `SELECT set_config('app.tenant', $1::text, true), set_config('app.tenants', '{' || $1::text || '}', true), set_config('app.draft_tenants', '{' || $1::text || '}', true)`, s.tenant)
		if err == nil {
			_, err = tx.ExecContext(ctx, rawInsert, s.tenant, s.region, s.rounds[round].id, channel, s.person, time.Now(), pq.Array(ids), pq.Array(items), pq.Array(units), pq.Array(judges), pq.Array(values))
		}
		if err != nil {
			_ = tx.Rollback() // the first error is the one to tell
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// check counts: every mark sent has to be there, once.
func (r *raw) check(ctx context.Context, sheets []*sheet, rounds int) error {
	db := r.db
	for _, s := range sheets {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		var n int
		_, err = tx.ExecContext(ctx, `SELECT set_config('app.draft_tenants', '{' || $1::text || '}', true)`, s.tenant)
		if err == nil {
			err = tx.QueryRowContext(ctx, `SELECT count(*) FROM mark m JOIN round r ON r.id = m.round_id WHERE m.tenant_id = $1 AND r.state = 'open'`, s.tenant).Scan(&n)
		}
		_ = tx.Rollback() // nothing was written
		if err != nil {
			return err
		}
		if n != rounds*len(s.marks) {
			return fmt.Errorf("%w: %d of %d", errMissing, n, rounds*len(s.marks))
		}
	}
	return nil
}

func openRaw(d *stand.Database) (*raw, error) {
	db, err := sql.Open("postgres", d.App())
	return &raw{db: db, pid: os.Getpid()}, err
}

func (r *raw) close() { _ = r.db.Close() }
