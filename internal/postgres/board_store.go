package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/contest"
	"leitai/internal/outcome"
	contestround "leitai/internal/round"
)

// BoardSQL reads a publication with all its subjects in one statement and as one
// row, whatever their number: the lines as they were laid out when it was
// published, and the codes and names that their places have today. It is
// exported for the benchmark's bare handler, which sends the very same
// statements.
const BoardSQL = `
SELECT b.tenant_id, b.round_id, r.competition_id, r.period, r.held, r.trial, r.published_revision > b.revision, b.id, b.revision, b.audience,
       b.show, b.best, b.worst, b.public_hash, b.published_at, b.lines, (
  SELECT string_agg(concat_ws(E'\t', u.id, coalesce(u.code, u.id::text), translate(u.shown_name, E'\n', ' ')), E'\n') FROM unit u WHERE u.id = ANY (b.units))
FROM board b JOIN round r ON r.tenant_id = b.tenant_id AND r.id = b.round_id
WHERE b.round_id = $1 AND b.tenant_id = ANY ($3) AND ($2 = 0 OR b.revision = $2)
ORDER BY b.revision DESC LIMIT 1`

// sharedBoard reads a board of a tenant that is neither the viewer's own nor
// below it, when it was published to the county or to everybody (Q35).
const sharedBoard = `SELECT * FROM shared_boards($1, $2)`

// BoardOf implements round.Store. A board that the viewer's own line of tenants
// does not hold is looked for among the shared ones.
func (tx *Tx) BoardOf(ctx context.Context, round uuid.UUID, revision int) (*contestround.Board, error) {
	own, err := first(queryAll(ctx, tx, boardOf(false), BoardSQL, round, revision, array(tx.seen())))
	if own != nil || err != nil {
		return own, err
	}
	return first(queryAll(ctx, tx, boardOf(true), sharedBoard, round, revision))
}

// boardOf reads a board, with its host where it is a shared one.
func boardOf(shared bool) func(scan) (*contestround.Board, error) {
	return func(s scan) (*contestround.Board, error) {
		b := &contestround.Board{}
		var held time.Time
		var lines, places string
		dest := []any{&b.Tenant, &b.Round, &b.Competition, &b.Period, &held, &b.Trial, &b.Superseded, &b.Publication, &b.Revision,
			&b.Audience, &b.Show, pq.Array(&b.BestBands), pq.Array(&b.WorstBands), &b.Hash, &b.PublishedAt, &lines, &places}
		if shared {
			b.Host = &contestround.Host{}
			dest = append(dest, &b.Host.Kind, &b.Host.Name, &b.Host.Unit, &b.Host.Region, &b.Host.TimeZone, &b.Host.Demo)
		}
		if err := s(dest...); err != nil {
			return nil, err
		}
		b.Held = dateOf(held)
		var err error
		b.Rows, err = boardRows(lines, places)
		return b, err
	}
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
