package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
)

// TakenPeriods implements consequences.Store.
func (tx *Tx) TakenPeriods(ctx context.Context, competition uuid.UUID) (map[string]bool, error) {
	periods, err := queryAll(ctx, tx, value[string], `SELECT period FROM round WHERE tenant_id = $1 AND competition_id = $2
		UNION SELECT period FROM past_result WHERE tenant_id = $1 AND competition_id = $2`, tx.Tenant(), competition)
	taken := make(map[string]bool, len(periods))
	for _, p := range periods {
		taken[p] = true
	}
	return taken, err
}

// pastRow is a past rank as one document, because a list of bands has no place
// in an array of arrays.
type pastRow struct {
	ID      uuid.UUID `json:"id"`
	Period  string    `json:"period"`
	Unit    uuid.UUID `json:"unit"`
	Subject uuid.UUID `json:"subject"`
	Rank    int       `json:"rank"`
	Total   *string   `json:"total"`
	Bands   []string  `json:"bands"`
}

// InsertPast implements consequences.Store, in one statement. With each rank the
// people are kept who held posts at the place on the last day of the period.
func (tx *Tx) InsertPast(ctx context.Context, all []*consequences.Past) error {
	rows := make([]pastRow, len(all))
	for i, p := range all {
		rows[i] = pastRow{ID: p.ID, Period: p.Period, Unit: p.Unit, Subject: p.Subject, Rank: p.Rank, Bands: append([]string{}, p.Bands...)}
		if p.Total != nil {
			text := p.Total.String()
			rows[i].Total = &text
		}
	}
	document, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO past_result (id, tenant_id, region, competition_id, period, unit_id, subject_id, rank, total, bands, links, source, entered_by, entered_at)
		SELECT x.id, $2, $3, $4, x.period, x.unit, x.subject, x.rank, x.total, ARRAY(SELECT jsonb_array_elements_text(x.bands)),
		  coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('role', o.kind, 'person', p.pseudonym)) FROM post o JOIN person p ON p.tenant_id = o.tenant_id AND p.id = o.person_id
		    WHERE o.tenant_id = $2 AND o.unit_id = x.unit AND o.valid_from <= d.last AND (o.valid_to IS NULL OR o.valid_to > d.last)), '[]'), $5, $6, $7
		FROM jsonb_to_recordset($1::jsonb) x(id uuid, period text, unit uuid, subject uuid, rank int, total numeric, bands jsonb)
		CROSS JOIN LATERAL (SELECT CASE WHEN x.period ~ '^[0-9]{4}-[0-9]{2}$' THEN (x.period || '-01')::date + interval '1 month' - interval '1 day'
		  ELSE (left(x.period, 4) || '-12-31')::date END last) d`,
		string(document), tx.Tenant(), tx.region(), all[0].Competition, all[0].Source, all[0].EnteredBy, all[0].EnteredAt)
	return err
}

// withPast adds to a competition's history what came before the program (past
// ranks that people entered) and lets units that merged, were split or moved
// carry their predecessors' standings on (Q10). Rounds stay in the order of
// their periods.
func (tx *Tx) withPast(ctx context.Context, tenant, competition uuid.UUID, before string, rounds []contest.Held) ([]contest.Held, error) {
	past, err := tx.pastRounds(ctx, tenant, competition, before)
	if err != nil {
		return nil, err
	}
	rounds = append(past, rounds...)
	slices.SortStableFunc(rounds, func(a, b contest.Held) int { return cmp.Compare(a.Period, b.Period) })
	lines, err := tx.lineage(ctx, tenant)
	if err != nil || len(lines) == 0 {
		return rounds, err
	}
	for i := range rounds {
		if err := inherit(&rounds[i], lines); err != nil {
			return nil, err
		}
	}
	return rounds, nil
}

func (tx *Tx) pastRounds(ctx context.Context, tenant, competition uuid.UUID, before string) ([]contest.Held, error) {
	var rounds []contest.Held
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var period string
		var row contest.HeldStanding
		var total *string
		var links []byte
		if err := s(&period, &row.Subject, &total, &row.Rank, pq.Array(&row.Bands), &links); err != nil {
			return struct{}{}, err
		}
		if total != nil {
			n, err := numberOf(*total)
			if err != nil {
				return struct{}{}, err
			}
			row.Total = n
		}
		if err := json.Unmarshal(links, &row.Links); err != nil {
			return struct{}{}, err
		}
		if n := len(rounds); n == 0 || rounds[n-1].Period != period {
			at, err := calendar.ParsePeriod(period)
			if err != nil {
				return struct{}{}, err
			}
			rounds = append(rounds, contest.Held{Period: period, Held: at.Last().String()})
		}
		last := &rounds[len(rounds)-1]
		last.Standings = append(last.Standings, row)
		return struct{}{}, nil
	}, `SELECT x.period, coalesce((SELECT p.pseudonym FROM person p WHERE p.id = x.subject_id), u.code, x.subject_id::text), x.total::text, x.rank, x.bands, x.links
		FROM past_result x LEFT JOIN unit u ON u.id = x.subject_id
		WHERE x.tenant_id = $1 AND x.competition_id = $2 AND x.period < $3 COLLATE "C" ORDER BY x.period COLLATE "C", x.rank, u.code`, tenant, competition, before)
	return rounds, err
}

// lineage reads which units at or below a tenant's carry on others' history, by
// their codes in bundles. A unit that ended has its own id as code, because
// another one may stand under its old code.
func (tx *Tx) lineage(ctx context.Context, tenant uuid.UUID) ([]outcome.Lineage, error) {
	return queryAll(ctx, tx, func(s scan) (outcome.Lineage, error) {
		var l outcome.Lineage
		var until time.Time
		err := s(&l.Subject, &l.Predecessor, &until)
		l.Until = dateOf(until)
		return l, err
	}, belowTenant+`
SELECT coalesce(u.code, u.id::text), coalesce(p.code, p.id::text), l.until
FROM unit_lineage(ARRAY(SELECT s.successor_id FROM unit_successor s JOIN below b ON b.id = s.successor_id)) l
JOIN unit u ON u.id = l.unit_id JOIN unit p ON p.id = l.predecessor_id ORDER BY u.id, p.id`, tenant)
}

// inherit lets today's units carry a round's standings on.
func inherit(round *contest.Held, lines []outcome.Lineage) error {
	if round.Cancelled || round.Held == "" {
		return nil
	}
	held, err := calendar.ParseDate(round.Held)
	if err != nil {
		return err
	}
	stood := make([]outcome.Past, len(round.Standings))
	for i, s := range round.Standings {
		stood[i] = outcome.Past{Subject: s.Subject, Total: s.Total, Rank: s.Rank, Bands: s.Bands, Links: s.Links}
	}
	round.Standings = round.Standings[:0:0]
	for _, p := range outcome.Inherit(stood, lines, held) {
		round.Standings = append(round.Standings, contest.HeldStanding{Subject: p.Subject, Total: p.Total, Rank: p.Rank, Bands: p.Bands, Links: p.Links})
	}
	return nil
}

// MovedBalances implements consequences.Store.
func (tx *Tx) MovedBalances(ctx context.Context, unit uuid.UUID) ([]consequences.Opening, error) {
	return queryAll(ctx, tx, func(s scan) (consequences.Opening, error) {
		var o consequences.Opening
		var since time.Time
		var points, deductions string
		if err := s(&o.FromUnit, &o.FromCompetition, &o.FromName, &since, &points, &deductions); err != nil {
			return o, err
		}
		o.Since = dateOf(since)
		var err error
		if o.Points, err = numberOf(points); err != nil {
			return o, err
		}
		o.Deductions, err = numberOf(deductions)
		return o, err
	}, `SELECT from_unit, from_competition, from_name, since, points::text, deductions::text FROM moved_balances($1) ORDER BY from_name, from_competition`, unit)
}

// InsertOpenings implements consequences.Store.
func (tx *Tx) InsertOpenings(ctx context.Context, competition uuid.UUID, all []consequences.Opening, by uuid.UUID, at time.Time) (int, error) {
	added := 0
	for _, o := range all {
		n, err := tx.exec(ctx, `INSERT INTO account_opening (id, tenant_id, region, competition_id, unit_id, from_unit, from_competition, from_name, period, since, points,
			deductions, posted_by, posted_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)
			ON CONFLICT (tenant_id, competition_id, unit_id, from_unit, from_competition) DO NOTHING`, o.ID, tx.Tenant(), tx.region(), competition, o.Unit, o.FromUnit,
			o.FromCompetition, o.FromName, o.Since.String()[:7], timeOf(o.Since), o.Points.String(), o.Deductions.String(), by, at)
		if err != nil {
			return added, err
		}
		added += int(n)
	}
	return added, nil
}

// openings are opening balances as entries of accounts.
func (tx *Tx) openings(ctx context.Context, f consequences.AccountFilter, names map[uuid.UUID]string) ([]consequences.Entry, error) {
	return queryAll(ctx, tx, func(s scan) (consequences.Entry, error) {
		var e consequences.Entry
		var unit uuid.UUID
		var points, deductions, name string
		if err := s(&e.ID, &e.Competition, &unit, &e.Period, &points, &deductions, &e.Note, &e.PostedBy, &e.PostedAt, &name); err != nil {
			return e, err
		}
		id := e.ID
		e.Unit, e.Subject, e.Opening, e.Rule = &unit, unit, &id, "opening"
		names[unit] = name
		var err error
		if e.Points, err = numberOf(points); err != nil {
			return e, err
		}
		var taken exact.Number
		taken, err = numberOf(deductions)
		e.Deducted = taken
		return e, err
	}, `SELECT o.id, o.competition_id, o.unit_id, o.period, o.points::text, o.deductions::text, o.from_name, o.posted_by, o.posted_at, u.shown_name
		FROM account_opening o JOIN unit u ON u.id = o.unit_id
		WHERE o.tenant_id `+inReach+` AND o.competition_id = $1 AND ($2 = '' OR o.period >= $2) AND ($3 = '' OR o.period <= $3) AND ($4 OR o.unit_id = ANY ($5)) ORDER BY o.period, o.posted_at, o.id`,
		f.Competition, f.From, f.To, f.All, array(f.Units))
}
