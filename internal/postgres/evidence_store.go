package postgres

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/evidence"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

var _ evidence.Store = (*Tx)(nil)

// CompetitionOfRound implements evidence.Store.
func (tx *Tx) CompetitionOfRound(ctx context.Context, round uuid.UUID) (uuid.UUID, error) {
	id, err := queryOne(ctx, tx, value[uuid.UUID], `SELECT competition_id FROM round WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), round)
	return id, faultOf(err)
}

// InsertEvidence implements evidence.Store.
func (tx *Tx) InsertEvidence(ctx context.Context, i *evidence.Item) error {
	var file *uuid.UUID
	if i.File != nil {
		file = &i.File.ID
	}
	_, err := tx.exec(ctx, `INSERT INTO evidence_item (id, tenant_id, region, competition_id, round_id, unit_id, subject_id, item_key, check_key, kind, taken_on,
		note, file_id, asked_role, answer, reuses, entered_by, entered_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
		i.ID, tx.Tenant(), tx.region(), i.Competition, i.Round, i.Unit, i.Subject, i.Item, i.Check, string(i.Kind), timeOf(i.TakenOn),
		i.Note, file, i.AskedRole, string(i.Answer), i.Reuses, i.EnteredBy, i.EnteredAt)
	return err
}

// WithdrawEvidence implements evidence.Store.
func (tx *Tx) WithdrawEvidence(ctx context.Context, i *evidence.Item) error {
	n, err := tx.exec(ctx, `UPDATE evidence_item SET withdrawn_by = $3, withdrawn_at = $4, withdrawn_reason = $5
		WHERE tenant_id = $1 AND id = $2 AND withdrawn_at IS NULL`, tx.Tenant(), i.ID, i.WithdrawnBy, i.WithdrawnAt, i.Reason)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound)
	}
	return err
}

const evidenceRows = `SELECT e.id, e.competition_id, e.round_id, e.unit_id, e.subject_id, e.item_key, e.check_key, e.kind, e.taken_on, e.note,
	e.asked_role, e.answer, e.reuses, c.trial, e.entered_by, e.entered_at, e.withdrawn_by, e.withdrawn_at, e.withdrawn_reason,
	f.id, f.tenant_id, f.key, f.thumbnail, f.sha256, f.media_type, f.bytes, f.width, f.height, f.name, f.uploaded_by, f.senders, f.uploaded_at
	FROM evidence_item e JOIN competition c ON c.tenant_id = e.tenant_id AND c.id = e.competition_id
	LEFT JOIN evidence_file f ON f.tenant_id = e.tenant_id AND f.id = e.file_id `

// EvidenceByID implements evidence.Store: a piece of the own tenant, locked when
// the transaction writes.
func (tx *Tx) EvidenceByID(ctx context.Context, id uuid.UUID) (*evidence.Item, error) {
	lock := ""
	if tx.writing {
		lock = " FOR UPDATE OF e"
	}
	i, err := queryOne(ctx, tx, scanEvidence, evidenceRows+`WHERE e.tenant_id = $1 AND e.id = $2`+lock, tx.Tenant(), id)
	return i, faultOf(err)
}

// EvidenceByIDs implements evidence.Store.
func (tx *Tx) EvidenceByIDs(ctx context.Context, ids []uuid.UUID) ([]*evidence.Item, error) {
	return queryAll(ctx, tx, scanEvidence, evidenceRows+`WHERE e.tenant_id `+inReach+` AND e.id = ANY ($1) ORDER BY array_position($1, e.id)`, array(ids))
}

// EvidencePage implements evidence.Store, newest first.
func (tx *Tx) EvidencePage(ctx context.Context, f evidence.Filter, w paging.Window) ([]*evidence.Item, error) {
	var unit *uuid.UUID
	if f.UnitCode != "" {
		found, err := tx.VillageByCode(ctx, f.UnitCode)
		if err != nil {
			return nil, err
		}
		unit = &found
	}
	after, before, order, err := idWindow(w)
	if err != nil {
		return nil, err
	}
	var limited authz.Sight
	if f.Limited != nil {
		limited = *f.Limited
	}
	return queryAll(ctx, tx, scanEvidence, evidenceRows+`WHERE e.tenant_id `+inReach+` AND ($1::uuid IS NULL OR e.unit_id = $1) AND ($2::uuid IS NULL OR e.competition_id = $2)
		AND ($3::uuid IS NULL OR e.round_id = $3) AND ($4 = '' OR e.item_key = $4) AND ($5 = '' OR e.kind = $5) AND ($6 OR e.withdrawn_at IS NULL)
		AND ($7 OR e.unit_id = ANY ($8)) AND ($12 OR `+seenRow("e", "$13", "$14")+`) AND ($9::uuid IS NULL OR e.id < $9) AND ($10::uuid IS NULL OR e.id > $10) ORDER BY e.id `+order+` LIMIT $11`,
		unit, f.Competition, f.Round, f.Item, string(f.Kind), f.Withdrawn, f.Units == nil, array(f.Units), after, before, w.Fetch(), f.Limited == nil, array(orEmpty(limited.Dimensions)), array(limited.Whole))
}

// idWindow turns a window over a list by id, newest first, into bounds and the
// direction in which to read.
func idWindow(w paging.Window) (after, before *uuid.UUID, order string, err error) {
	read := func(bound []paging.Value) *uuid.UUID {
		if bound == nil || err != nil {
			return nil
		}
		id, bad := uuid.Parse(bound[0].Text)
		if bad != nil {
			err = fault.New(fault.InvalidCursor)
		}
		return &id
	}
	after, before = read(w.After), read(w.Before)
	if w.Backward {
		return after, before, "ASC", err
	}
	return after, before, "DESC", err
}

// EvidenceCounts implements evidence.Store.
func (tx *Tx) EvidenceCounts(ctx context.Context, round uuid.UUID) ([]evidence.Count, error) {
	return queryAll(ctx, tx, func(s scan) (evidence.Count, error) {
		var c evidence.Count
		err := s(&c.Unit, &c.Item, &c.Check, &c.Kind, &c.Pieces)
		return c, err
	}, `SELECT unit_id, item_key, check_key, kind, count(*) FROM evidence_item WHERE tenant_id `+inReach+` AND round_id = $1 AND withdrawn_at IS NULL GROUP BY 1, 2, 3, 4`, round)
}

// EarlierEvidence implements evidence.Store.
func (tx *Tx) EarlierEvidence(ctx context.Context, like evidence.Like) (*evidence.Item, error) {
	i, err := queryOne(ctx, tx, scanEvidence, evidenceRows+`WHERE e.tenant_id = $1 AND e.unit_id = $2 AND e.item_key = $3 AND ($4 = '' OR e.check_key = $4)
		AND e.kind = $5 AND e.taken_on >= $6 AND e.withdrawn_at IS NULL AND (NOT c.trial OR c.id = $7) ORDER BY e.taken_on DESC, e.id DESC LIMIT 1`,
		tx.Tenant(), like.Unit, like.Item, like.Check, string(like.Kind), timeOf(like.Since), like.Competition)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return i, err
}

func scanEvidence(s scan) (*evidence.Item, error) {
	var (
		i                        evidence.Item
		f                        nullFile
		round, reuses, withdrawn uuid.NullUUID
		taken                    time.Time
	)
	err := s(append([]any{&i.ID, &i.Competition, &round, &i.Unit, &i.Subject, &i.Item, &i.Check, &i.Kind, &taken, &i.Note, &i.AskedRole, &i.Answer, &reuses,
		&i.Trial, &i.EnteredBy, &i.EnteredAt, &withdrawn, &i.WithdrawnAt, &i.Reason}, f.columns()...)...)
	i.Round, i.Reuses, i.WithdrawnBy, i.TakenOn, i.File = refOf(round), refOf(reuses), refOf(withdrawn), dateOf(taken), f.file()
	return &i, err
}

// InsertRequests implements evidence.Store. Asking a second time for the same
// changes nothing but the day it is due.
func (tx *Tx) InsertRequests(ctx context.Context, all []*evidence.Request) error {
	for _, r := range all {
		id, err := queryOne(ctx, tx, value[uuid.UUID], `INSERT INTO evidence_request (id, tenant_id, region, competition_id, round_id, trial, unit_id, item_key,
			check_key, kind, note, due, given_id, already, asked_by, asked_on) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)
			ON CONFLICT (tenant_id, competition_id, round_id, unit_id, item_key, check_key, kind) DO UPDATE SET due = excluded.due, note = excluded.note,
			given_id = coalesce(evidence_request.given_id, excluded.given_id) RETURNING id`,
			r.ID, tx.Tenant(), tx.region(), r.Competition, r.Round, r.Trial, r.Unit, r.Item, r.Check, string(r.Kind), r.Note, timeOf(r.Due), r.Given,
			r.Already, r.AskedBy, timeOf(r.AskedOn))
		if err != nil {
			return err
		}
		r.ID = id
	}
	return nil
}

// AnswerRequests implements evidence.Store.
func (tx *Tx) AnswerRequests(ctx context.Context, i *evidence.Item) error {
	_, err := tx.exec(ctx, `UPDATE evidence_request SET given_id = $2 WHERE tenant_id = $1 AND given_id IS NULL AND competition_id = $3 AND unit_id = $4
		AND item_key = $5 AND (check_key = '' OR check_key = $6) AND kind = $7 AND (round_id IS NULL OR round_id IS NOT DISTINCT FROM $8)`,
		tx.Tenant(), i.ID, i.Competition, i.Unit, i.Item, i.Check, string(i.Kind), i.Round)
	return err
}

// RequestsBetween implements evidence.Store.
func (tx *Tx) RequestsBetween(ctx context.Context, from, to calendar.Date, units []uuid.UUID) ([]*evidence.Request, error) {
	return queryAll(ctx, tx, func(s scan) (*evidence.Request, error) {
		var (
			r            evidence.Request
			round, given uuid.NullUUID
			due, asked   time.Time
		)
		err := s(&r.ID, &r.Tenant, &r.Competition, &round, &r.Trial, &r.Unit, &r.Item, &r.Check, &r.Kind, &r.Note, &due, &given, &r.Already, &r.AskedBy, &asked)
		r.Round, r.Given, r.Due, r.AskedOn = refOf(round), refOf(given), dateOf(due), dateOf(asked)
		return &r, err
	}, strings.TrimSpace(`SELECT id, tenant_id, competition_id, round_id, trial, unit_id, item_key, check_key, kind, note, due, given_id, already, asked_by, asked_on
		FROM evidence_request WHERE tenant_id `+inReach+` AND asked_on BETWEEN $1 AND $2 AND ($3 OR unit_id = ANY ($4)) ORDER BY asked_on, tenant_id, unit_id, id LIMIT 5000`),
		timeOf(from), timeOf(to), units == nil, array(units))
}
