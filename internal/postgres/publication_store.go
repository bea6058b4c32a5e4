package postgres

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"leitai/ent/gen"
	"leitai/ent/gen/publication"
	"leitai/internal/contest"
	"leitai/internal/fault"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// ComputationOf implements round.Store; nil when nothing is kept.
func (tx *Tx) ComputationOf(ctx context.Context, round uuid.UUID) (*contestround.Computation, error) {
	all, err := queryAll(ctx, tx, func(s scan) (*contestround.Computation, error) {
		c := &contestround.Computation{Round: round, Result: &contest.Result{}}
		var result string
		if err := s(&c.Rules, &c.Input, &result, &c.ComputedBy, &c.ComputedAt); err != nil {
			return nil, err
		}
		return c, json.Unmarshal([]byte(result), c.Result)
	}, `SELECT rules, input, result, computed_by, computed_at FROM computation WHERE round_id = $1 AND tenant_id = ANY ($2)`,
		round, array(tx.scope.drafts))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// SaveComputation implements round.Store.
func (tx *Tx) SaveComputation(ctx context.Context, c *contestround.Computation) error {
	result, err := json.Marshal(c.Result)
	if err != nil {
		return err
	}
	if err := tx.DropComputation(ctx, c.Round); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO computation (id, tenant_id, region, round_id, rules, input, result, computed_by, computed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), c.Round, c.Rules, c.Input, string(result), c.ComputedBy, c.ComputedAt)
	return err
}

// DropComputation implements round.Store.
func (tx *Tx) DropComputation(ctx context.Context, round uuid.UUID) error {
	_, err := tx.exec(ctx, `DELETE FROM computation WHERE tenant_id = $1 AND round_id = $2`, tx.Tenant(), round)
	return err
}

// InsertPublication implements round.Store.
func (tx *Tx) InsertPublication(ctx context.Context, p *contestround.Publication, sealed string, rows []contestround.Standing) error {
	err := tx.Ent().Publication.Create().SetID(p.ID).SetRoundID(p.Round).SetRevision(p.Revision).SetTrial(p.Trial).SetAudience(string(p.Audience)).
		SetPublicBundle(p.Bundle).SetPublicHash(p.Hash).SetSealedHash(p.SealedHash).SetBulletinNumber(p.BulletinNumber).SetComment(p.Comment).
		SetReason(p.Reason).SetApprovedBy(p.ApprovedBy).SetApproverRole(p.ApproverRole).SetPublishedAt(p.PublishedAt).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO sealed_bundle (id, tenant_id, region, publication_id, body) VALUES ($1, $2, $3, $4, $5)`,
		uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), p.ID, sealed)
	if err != nil {
		return err
	}
	return tx.insertStandings(ctx, p, rows)
}

// standingRow is a row of the board as one document, because a list of a
// subject's bands has no place in an array of arrays.
type standingRow struct {
	ID       uuid.UUID             `json:"id"`
	Unit     uuid.UUID             `json:"unit"`
	Subject  uuid.UUID             `json:"subject"`
	Kind     template.SubjectKind  `json:"kind"`
	Code     string                `json:"code"`
	Position int                   `json:"position"`
	Name     string                `json:"name"`
	Total    *string               `json:"total"`
	Rank     *int                  `json:"rank"`
	IfExact  *int                  `json:"if_exact"`
	Change   *int                  `json:"change"`
	Low      *int                  `json:"low"`
	High     *int                  `json:"high"`
	Bands    []string              `json:"bands"`
	Streaks  []contest.StreakCount `json:"streaks"`
	Unranked string                `json:"unranked"`
	Trace    *contest.Trace        `json:"trace"`

	Track      string                  `json:"track"`
	TrackRank  *int                    `json:"track_rank"`
	Percentile *string                 `json:"percentile"`
	Light      string                  `json:"light"`
	Parts      []contest.PartValue     `json:"parts"`
	Grades     []contestround.RowGrade `json:"grades"`
	Vetoes     []string                `json:"vetoes"`
}

func (tx *Tx) insertStandings(ctx context.Context, p *contestround.Publication, rows []contestround.Standing) error {
	all := make([]standingRow, len(rows))
	for i, s := range rows {
		all[i] = standingRow{
			ID: uuid.Must(uuid.NewV7()), Unit: s.Unit, Position: s.Position, Name: s.Name, Rank: s.Rank, IfExact: s.RankIfExact, Change: s.Change,
			Low: s.RankLow, High: s.RankHigh, Bands: append([]string{}, s.Bands...), Streaks: append([]contest.StreakCount{}, s.Streaks...),
			Unranked: s.Unranked, Trace: s.Trace, Subject: s.Subject, Kind: s.Kind, Track: s.Track, TrackRank: s.TrackRank, Light: s.Light,
			Parts: append([]contest.PartValue{}, s.Parts...), Grades: append([]contestround.RowGrade{}, s.Grades...), Vetoes: append([]string{}, s.Vetoes...),
		}
		if !contestround.IsUnit(s.Kind) {
			all[i].Code = s.UnitCode // a unit goes by its code of the day
		}
		if s.Percentile != nil {
			text := s.Percentile.String()
			all[i].Percentile = &text
		}
		if s.Total != nil {
			all[i].Total = &s.Shown // keeps the decimals of the scale
		}
	}
	document, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO standing (id, tenant_id, region, publication_id, round_id, trial, audience, unit_id, position, name, total, rank,
		  rank_exact, rank_change, rank_low, rank_high, bands, streaks, unranked, trace, subject_id, subject_kind, code, track, track_rank, percentile,
		  light, parts, grades, vetoes)
		SELECT x.id, $2, $3, $4, $5, $6, $7, x.unit, x.position, x.name, x.total, x.rank, x.if_exact, x.change, x.low, x.high,
		  ARRAY(SELECT jsonb_array_elements_text(x.bands)), x.streaks, x.unranked, x.trace, x.subject, x.kind, x.code, x.track, x.track_rank, x.percentile,
		  x.light, x.parts, x.grades, ARRAY(SELECT jsonb_array_elements_text(x.vetoes))
		FROM jsonb_to_recordset($1::jsonb) x(id uuid, unit uuid, position int, name text, total numeric, rank int, if_exact int, change int,
		  low int, high int, bands jsonb, streaks jsonb, unranked text, trace jsonb, subject uuid, kind text, code text, track text,
		  track_rank int, percentile numeric, light text, parts jsonb, grades jsonb, vetoes jsonb)`,
		string(document), tx.Tenant(), tx.region(), p.ID, p.Round, p.Trial, string(p.Audience))
	return err
}

// PublicationsOf implements round.Store.
func (tx *Tx) PublicationsOf(ctx context.Context, round uuid.UUID) ([]*contestround.Publication, error) {
	rows, err := tx.Ent().Publication.Query().Where(publication.RoundID(round)).Order(gen.Desc(publication.FieldRevision)).All(ctx)
	all := make([]*contestround.Publication, len(rows))
	for i, row := range rows {
		all[i] = publicationOf(row)
		all[i].Superseded = i > 0
	}
	return all, err
}

// PublicationsOfRounds implements round.Store.
func (tx *Tx) PublicationsOfRounds(ctx context.Context, rounds []uuid.UUID) ([]*contestround.Publication, error) {
	rows, err := tx.Ent().Publication.Query().Where(among(publication.FieldRoundID, rounds)).
		Order(gen.Asc(publication.FieldRoundID), gen.Desc(publication.FieldRevision)).All(ctx)
	all := make([]*contestround.Publication, len(rows))
	for i, row := range rows {
		all[i] = publicationOf(row)
		all[i].Superseded = i > 0 && rows[i-1].RoundID == row.RoundID
	}
	return all, err
}

// PublicationByID implements round.Store.
func (tx *Tx) PublicationByID(ctx context.Context, id uuid.UUID) (*contestround.Publication, error) {
	row, err := tx.Ent().Publication.Get(ctx, id)
	if err != nil {
		return nil, faultOf(err)
	}
	p := publicationOf(row)
	later, err := tx.Ent().Publication.Query().Where(publication.RoundID(p.Round), publication.RevisionGT(p.Revision)).Count(ctx)
	p.Superseded = later > 0
	return p, err
}

func publicationOf(row *gen.Publication) *contestround.Publication {
	return &contestround.Publication{
		ID: row.ID, Tenant: row.TenantID, Round: row.RoundID, Revision: row.Revision, Trial: row.Trial, Audience: contestround.Audience(row.Audience),
		Bundle: row.PublicBundle, Hash: row.PublicHash, SealedHash: row.SealedHash, BulletinNumber: row.BulletinNumber, Comment: row.Comment,
		Reason: row.Reason, ApprovedBy: row.ApprovedBy, ApproverRole: row.ApproverRole, PublishedAt: row.PublishedAt,
	}
}

// SealedOf implements round.Store.
func (tx *Tx) SealedOf(ctx context.Context, id uuid.UUID) (string, error) {
	body, err := queryOne(ctx, tx, value[string], `SELECT body FROM sealed_bundle WHERE publication_id = $1 AND tenant_id = ANY ($2)`,
		id, array(tx.scope.drafts))
	return body, faultOf(err)
}

// BundleOf implements round.Store.
func (tx *Tx) BundleOf(ctx context.Context, id uuid.UUID) (string, error) {
	body, err := queryOne(ctx, tx, value[string], `SELECT public_bundle FROM publication WHERE id = $1 AND tenant_id = ANY ($2)`, id, array(tx.seen()))
	return body, faultOf(err)
}

// IssuesCosting implements round.Store: issues opened after the last round that
// was held before this one, up to the day of this one.
func (tx *Tx) IssuesCosting(ctx context.Context, r *contestround.Round) ([]contestround.Deducted, error) {
	return queryAll(ctx, tx, func(s scan) (contestround.Deducted, error) {
		var d contestround.Deducted
		var base string
		var due sql.NullTime
		var closed sql.NullTime
		if err := s(&d.Issue, &d.Unit, &base, &due, &closed); err != nil {
			return d, err
		}
		d.Due = dateOf(due.Time)
		if closed.Valid {
			d.Closed = dateOf(closed.Time)
		}
		var err error
		d.Base, err = numberOf(base)
		return d, err
	}, `SELECT i.id, i.unit_id, i.base::text, i.due, i.closed FROM issue i
		WHERE i.tenant_id = $1 AND i.competition_id = $2 AND i.opened <= $3 AND i.opened > coalesce((SELECT max(p.held) FROM round p
		  WHERE p.tenant_id = $1 AND p.competition_id = $2 AND p.held < $3 AND p.state <> 'cancelled' AND p.opened_at IS NOT NULL), '-infinity')
		ORDER BY i.number`, tx.Tenant(), r.Competition, timeOf(r.Held))
}

// What wipe_trial refuses.
const (
	noSuchTrial pqerror.Code = "P0002"
	notATrial   pqerror.Code = "LT005"
)

// WipeTrial implements round.Store.
func (tx *Tx) WipeTrial(ctx context.Context, competition uuid.UUID) error {
	_, err := queryOne(ctx, tx, value[int64], `SELECT wipe_trial($1)`, competition)
	switch {
	case pq.As(err, noSuchTrial) != nil:
		return fault.New(fault.NotFound).At("competition")
	case pq.As(err, notATrial) != nil:
		return fault.New(fault.NotATrial).At("competition")
	}
	return faultOf(err)
}
