package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/contest"
	"leitai/internal/outcome"
	contestround "leitai/internal/round"
)

// BoardSQL reads a publication with all its subjects in one statement, whatever
// their number. The head is worked out once. It is exported for the benchmark's
// bare handler, which sends the very same statements.
const BoardSQL = `
WITH head AS MATERIALIZED (
  SELECT r.tenant_id, r.id round_id, r.competition_id, r.period, r.held, r.trial, r.published_revision, p.id, p.revision, p.audience, p.public_hash,
         p.published_at, d.doc->'ranking'->>'show' show,
         ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(d.doc->'bands', '[]')) b WHERE b ? 'best') best,
         ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(d.doc->'bands', '[]')) b WHERE b ? 'worst') worst
  FROM publication p
  JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id
  LEFT JOIN LATERAL (SELECT t.canonical::jsonb doc FROM template_version t
    WHERE t.tenant_id = r.tenant_id AND t.id = r.template_version_id AND t.state = 'active' OFFSET 0) d ON true -- parsed once
  WHERE p.round_id = $1 AND p.tenant_id = ANY ($3) AND ($2 = 0 OR p.revision = $2)
  ORDER BY p.revision DESC LIMIT 1)
SELECT h.tenant_id, h.round_id, h.competition_id, h.period, h.held, h.trial, h.published_revision > h.revision, h.id, h.revision, h.audience,
       coalesce(h.show, ''), h.best, h.worst, h.public_hash, h.published_at,
       s.unit_id, CASE WHEN s.code = '' THEN coalesce(u.code, u.id::text) ELSE s.code END, s.name, s.total::text, s.rank, s.rank_exact, s.rank_change,
       s.bands, s.streaks, s.rank_low, s.rank_high, s.unranked, s.subject_id, s.subject_kind, u.shown_name, s.track, s.track_rank, s.percentile::text,
       s.light, s.parts, s.grades, s.vetoes
FROM head h JOIN standing s ON s.tenant_id = h.tenant_id AND s.publication_id = h.id JOIN unit u ON u.id = s.unit_id
ORDER BY s.position`

// sharedBoard reads a board of a tenant that is neither the viewer's own nor
// below it, when it was published to the county or to everybody (Q35).
const sharedBoard = `SELECT * FROM shared_standings($1, $2)`

// BoardOf implements round.Store. A board that the viewer's own line of tenants
// does not hold is looked for among the shared ones.
func (tx *Tx) BoardOf(ctx context.Context, round uuid.UUID, revision int) (*contestround.Board, error) {
	var own, shared boardRows
	if _, err := queryAll(ctx, tx, own.scan, BoardSQL, round, revision, array(tx.seen())); err != nil || own.board != nil {
		return own.board, err
	}
	shared.host = &contestround.Host{}
	_, err := queryAll(ctx, tx, shared.scan, sharedBoard, round, revision)
	return shared.board, err
}

// boardRows gathers a board row by row, with its host where it is a shared one.
type boardRows struct {
	board *contestround.Board
	host  *contestround.Host
}

func (b *boardRows) scan(s scan) (struct{}, error) {
	var head contestround.Board
	var row contestround.BoardRow
	var held time.Time
	var total sql.NullString
	var percentile *string
	var streaks, parts, grades []byte
	dest := []any{&head.Tenant, &head.Round, &head.Competition, &head.Period, &held, &head.Trial, &head.Superseded, &head.Publication, &head.Revision,
		&head.Audience, &head.Show, pq.Array(&head.BestBands), pq.Array(&head.WorstBands), &head.Hash, &head.PublishedAt,
		&row.Unit, &row.UnitCode, &row.Name, &total, &row.Rank, &row.RankIfExact, &row.Change, pq.Array(&row.Bands), &streaks,
		&row.RankLow, &row.RankHigh, &row.Unranked, &row.Subject, &row.Kind, &row.Place, &row.Track, &row.TrackRank, &percentile,
		&row.Light, &parts, &grades, pq.Array(&row.Vetoes)}
	if b.host != nil {
		dest = append(dest, &b.host.Kind, &b.host.Name, &b.host.Unit, &b.host.Region, &b.host.TimeZone, &b.host.Demo)
	}
	if err := s(dest...); err != nil {
		return struct{}{}, err
	}
	if b.board == nil {
		head.Held, head.Host = dateOf(held), b.host
		b.board = &head
	}
	var err error
	if total.Valid {
		row.Shown = total.String
		if row.Total, err = numberOfPtr(&row.Shown); err != nil {
			return struct{}{}, err
		}
	}
	if row.Percentile, err = numberOfPtr(percentile); err != nil {
		return struct{}{}, err
	}
	if err := errors.Join(json.Unmarshal(streaks, &row.Streaks), json.Unmarshal(parts, &row.Parts), json.Unmarshal(grades, &row.Grades)); err != nil {
		return struct{}{}, err
	}
	b.board.Rows = append(b.board.Rows, row)
	return struct{}{}, nil
}

// history reads the earlier rounds of a competition: published ones in their
// newest revision, and cancelled ones. Subjects go by their code of today.
const history = `
SELECT r.period, r.held, r.state = 'cancelled', CASE WHEN s.code <> '' THEN s.code ELSE coalesce(u.code, u.id::text, '') END, s.total::text, coalesce(s.rank, 0), s.bands, coalesce(e.links, '[]')
FROM round r
LEFT JOIN LATERAL (SELECT p.id FROM publication p WHERE p.tenant_id = r.tenant_id AND p.round_id = r.id AND r.state <> 'cancelled'
  ORDER BY p.revision DESC LIMIT 1) n ON true
LEFT JOIN standing s ON s.tenant_id = r.tenant_id AND s.publication_id = n.id
LEFT JOIN unit u ON u.id = s.unit_id
LEFT JOIN entry e ON e.tenant_id = r.tenant_id AND e.round_id = r.id AND e.subject_id = s.subject_id
WHERE r.tenant_id = $1 AND r.competition_id = $2 AND r.period < $3 COLLATE "C" AND (r.published_revision > 0 OR r.state = 'cancelled')
ORDER BY r.period COLLATE "C", s.position`

// HistoryOf implements round.Store.
func (tx *Tx) HistoryOf(ctx context.Context, r *contestround.Round) ([]contest.Held, error) {
	var rounds []contest.Held
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var h contest.Held
		var row contest.HeldStanding
		var held time.Time
		var total sql.NullString
		var links []byte
		err := s(&h.Period, &held, &h.Cancelled, &row.Subject, &total, &row.Rank, pq.Array(&row.Bands), &links)
		if err != nil {
			return struct{}{}, err
		}
		if n := len(rounds); n == 0 || rounds[n-1].Period != h.Period {
			if !h.Cancelled {
				h.Held = dateOf(held).String()
			}
			rounds = append(rounds, h)
		}
		if h.Cancelled || row.Subject == "" {
			return struct{}{}, nil
		}
		if total.Valid {
			if row.Total, err = numberOf(total.String); err != nil {
				return struct{}{}, err
			}
		}
		var people []outcome.Link
		if err := json.Unmarshal(links, &people); err != nil {
			return struct{}{}, err
		}
		if len(people) > 0 {
			row.Links = people
		}
		last := &rounds[len(rounds)-1]
		last.Standings = append(last.Standings, row)
		return struct{}{}, nil
	}, history, r.Tenant, r.Competition, r.Period)
	if err != nil {
		return nil, err
	}
	return tx.withPast(ctx, r.Tenant, r.Competition, r.Period, rounds)
}
