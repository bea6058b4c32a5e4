package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"leitai/internal/consequences"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// publishedRows reads the newest publication of every published round of a
// span with its standings and the people linked to each subject.
var publishedRows = `
SELECT r.id, r.period, r.held, p.revision, s.unit_id, s.subject_id, CASE WHEN s.code = '' THEN coalesce(u.code, u.id::text) ELSE s.code END,
  ` + subjectName("s.subject_id", "s.unit_id") + `, s.track, s.parts, s.total::text, coalesce(s.rank, 0), e.links
FROM round r
JOIN LATERAL (SELECT id, revision FROM publication WHERE tenant_id = r.tenant_id AND round_id = r.id ORDER BY revision DESC LIMIT 1) p ON true
JOIN standing s ON s.tenant_id = r.tenant_id AND s.publication_id = p.id
JOIN unit u ON u.id = s.unit_id
LEFT JOIN entry e ON e.tenant_id = r.tenant_id AND e.round_id = r.id AND e.subject_id = s.subject_id
WHERE r.tenant_id ` + inReach + ` AND r.competition_id = $1 AND r.period >= $2 AND r.period <= $3 AND r.state = 'published'
ORDER BY r.period, s.position`

// PublishedRounds implements consequences.Store.
func (tx *Tx) PublishedRounds(ctx context.Context, competition uuid.UUID, from, to string) ([]consequences.RoundResult, []string, error) {
	var results []consequences.RoundResult
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var (
			r     consequences.RoundResult
			row   consequences.RoundRow
			held  sql.NullTime
			total *string
			parts []byte
			links []byte
		)
		err := s(&r.Round, &r.Period, &held, &r.Revision, &row.Unit, &row.Subject, &row.UnitCode, &row.Name, &row.Track, &parts, &total, &row.Rank, &links)
		if err != nil {
			return struct{}{}, err
		}
		r.Held = dateOf(held.Time)
		if row.Total, err = numberOfPtr(total); err != nil {
			return struct{}{}, err
		}
		if row.Parts, err = partValues(parts); err != nil {
			return struct{}{}, err
		}
		if links != nil {
			if err := json.Unmarshal(links, &row.Links); err != nil {
				return struct{}{}, err
			}
		}
		if n := len(results); n == 0 || results[n-1].Round != r.Round {
			results = append(results, r)
		}
		last := &results[len(results)-1]
		last.Rows = append(last.Rows, row)
		return struct{}{}, nil
	}, publishedRows, competition, from, to)
	if err != nil {
		return nil, nil, err
	}
	open, err := queryAll(ctx, tx, value[string], `SELECT period FROM round WHERE tenant_id `+inReach+` AND competition_id = $1 AND period >= $2 AND period <= $3
		AND state NOT IN ('published', 'cancelled') ORDER BY period`, competition, from, to)
	return results, open, err
}

// partValues reads the parts of a total, [{key, weight, value}], by key.
func partValues(document []byte) (map[string]exact.Number, error) {
	var parts []struct {
		Key   string       `json:"key"`
		Value exact.Number `json:"value"`
	}
	if err := json.Unmarshal(document, &parts); err != nil {
		return nil, err
	}
	values := make(map[string]exact.Number, len(parts))
	for _, p := range parts {
		values[p.Key] = p.Value
	}
	return values, nil
}

// FirstPeriod implements consequences.Store.
func (tx *Tx) FirstPeriod(ctx context.Context, competition uuid.UUID) (string, error) {
	return queryOne(ctx, tx, value[string], `SELECT period FROM round WHERE tenant_id `+inReach+` AND competition_id = $1 ORDER BY period LIMIT 1`, competition)
}

// LastPeriod implements consequences.Store.
func (tx *Tx) LastPeriod(ctx context.Context, competition uuid.UUID) (string, error) {
	return queryOne(ctx, tx, value[string], `SELECT period FROM round WHERE tenant_id `+inReach+` AND competition_id = $1 ORDER BY period DESC LIMIT 1`, competition)
}

// RulingTemplate implements consequences.Store.
func (tx *Tx) RulingTemplate(ctx context.Context, competition uuid.UUID, period string) (*template.Document, error) {
	canonical, err := queryOne(ctx, tx, value[string], `SELECT t.canonical FROM competition_version c
		JOIN template_version t ON t.tenant_id = c.tenant_id AND t.id = c.template_version_id
		WHERE c.tenant_id `+inReach+` AND c.competition_id = $1 AND c.from_period <= $2 ORDER BY c.from_period DESC LIMIT 1`, competition, period)
	if err != nil {
		return nil, err
	}
	doc, err := template.Read([]byte(canonical))
	return &doc, err
}

// RulingTemplates implements consequences.Store.
func (tx *Tx) RulingTemplates(ctx context.Context, competitions []uuid.UUID, period string) (map[uuid.UUID]*template.Document, error) {
	all := map[uuid.UUID]*template.Document{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var competition uuid.UUID
		var canonical string
		if err := s(&competition, &canonical); err != nil {
			return struct{}{}, err
		}
		doc, err := template.Read([]byte(canonical))
		all[competition] = &doc
		return struct{}{}, err
	}, `SELECT DISTINCT ON (c.competition_id) c.competition_id, t.canonical FROM competition_version c
		JOIN template_version t ON t.tenant_id = c.tenant_id AND t.id = c.template_version_id
		WHERE c.tenant_id `+inReach+` AND c.competition_id = ANY ($1) AND c.from_period <= $2 ORDER BY c.competition_id, c.from_period DESC`, uuids(competitions), period)
	return all, err
}

// InsertRollup implements consequences.Store.
func (tx *Tx) InsertRollup(ctx context.Context, r *consequences.Rollup) error {
	inputs, err := json.Marshal(r.Inputs)
	if err != nil {
		return err
	}
	rows, err := json.Marshal(r.Rows)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO rollup (id, tenant_id, region, competition_id, trial, key, period, revision, inputs, result, approved_by, published_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, r.ID, tx.Tenant(), tx.region(), r.Competition, r.Trial, r.Key, r.Period, r.Revision,
		string(inputs), string(rows), r.ApprovedBy, r.PublishedAt)
	return err
}

const rollupColumns = `SELECT id, tenant_id, competition_id, trial, key, period, revision, inputs, result, approved_by, published_at FROM rollup `

// LatestRollup implements consequences.Store.
func (tx *Tx) LatestRollup(ctx context.Context, competition uuid.UUID, key, period string) (*consequences.Rollup, error) {
	r, err := queryOne(ctx, tx, scanRollup, rollupColumns+`WHERE tenant_id `+inReach+` AND competition_id = $1 AND key = $2 AND period = $3 ORDER BY revision DESC LIMIT 1`, competition, key, period)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// RollupsOf implements consequences.Store: the newest revision of each, newest
// span first.
func (tx *Tx) RollupsOf(ctx context.Context, competition uuid.UUID) ([]*consequences.Rollup, error) {
	return queryAll(ctx, tx, scanRollup, rollupColumns+`r WHERE tenant_id `+inReach+` AND competition_id = $1 AND NOT EXISTS (SELECT FROM rollup n WHERE n.tenant_id = r.tenant_id
		AND n.competition_id = r.competition_id AND n.key = r.key AND n.period = r.period AND n.revision > r.revision) ORDER BY period DESC, key`, competition)
}

// RollupByID implements consequences.Store.
func (tx *Tx) RollupByID(ctx context.Context, id uuid.UUID) (*consequences.Rollup, error) {
	return queryOne(ctx, tx, scanRollup, rollupColumns+`WHERE tenant_id `+inReach+` AND id = $1`, id)
}

// RollupExposure implements consequences.Store; row-level security hides what
// is for the persons concerned from all but the own tenant's people.
func (tx *Tx) RollupExposure(ctx context.Context, r *consequences.Rollup) (consequences.Exposure, error) {
	rounds, revisions := make([]uuid.UUID, len(r.Inputs)), make([]int, len(r.Inputs))
	for i, in := range r.Inputs {
		rounds[i], revisions[i] = in.Round, in.Revision
	}
	return queryOne(ctx, tx, func(s scan) (consequences.Exposure, error) {
		var e consequences.Exposure
		var canonical string
		if err := s(&e.Shown, &canonical); err != nil {
			return e, err
		}
		doc, err := template.Read([]byte(canonical))
		e.Template = &doc
		return e, err
	}, `SELECT (SELECT count(*) FROM unnest($2::uuid[], $3::int[]) x(round_id, revision)
		  JOIN publication p ON p.tenant_id = $1 AND p.round_id = x.round_id AND p.revision = x.revision WHERE p.audience <> 'person'), v.canonical
		FROM round r JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id
		WHERE r.tenant_id = $1 AND r.id = ANY ($2) ORDER BY r.period DESC LIMIT 1`, r.Tenant, array(rounds), array(revisions))
}

func scanRollup(s scan) (*consequences.Rollup, error) {
	r := &consequences.Rollup{}
	var inputs, rows []byte
	err := s(&r.ID, &r.Tenant, &r.Competition, &r.Trial, &r.Key, &r.Period, &r.Revision, &inputs, &rows, &r.ApprovedBy, &r.PublishedAt)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(inputs, &r.Inputs); err != nil {
		return nil, err
	}
	return r, json.Unmarshal(rows, &r.Rows)
}

// sumOf adds a points column that was read as text.
func sumOf(sum exact.Number, text string) (exact.Number, error) {
	n, err := numberOf(text)
	return sum.Add(n), err
}
