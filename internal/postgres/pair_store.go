package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/contest"
	"leitai/internal/template"
)

// subjectName calls a subject ($id) at a place ($unit): a unit by its name, a
// person by place and pseudonym, an organisation by its name.
func subjectName(id, unit string) string {
	return `coalesce((SELECT own.name FROM organisation own WHERE own.tenant_id ` + inReach + ` AND own.id = ` + id + `),
		(SELECT place.shown_name FROM unit place WHERE place.id = ` + unit + `) || coalesce((SELECT '（' || who.pseudonym || '）' FROM person who WHERE who.tenant_id ` + inReach + ` AND who.id = ` + id + `), ''), '')`
}

// SuggestedPairs implements consequences.Store: those of the newest publication,
// with the ids behind the subjects' codes.
func (tx *Tx) SuggestedPairs(ctx context.Context, round uuid.UUID) ([]consequences.Pair, error) {
	type suggestion struct {
		competition uuid.UUID
		held        time.Time
		perMonth    int
		pairs       []contest.Pair
	}
	found, err := queryOne(ctx, tx, func(s scan) (suggestion, error) {
		var one suggestion
		var canonical string
		var result sql.NullString
		if err := s(&one.competition, &one.held, &canonical, &result); err != nil {
			return one, err
		}
		doc, err := template.Read([]byte(canonical))
		if err != nil {
			return one, err
		}
		if doc.Pairing != nil {
			one.perMonth = doc.Pairing.ExchangesPerMonth
		}
		var body struct {
			Pairs []contest.Pair `json:"pairs"`
		}
		if result.Valid {
			err = json.Unmarshal([]byte(result.String), &body)
		}
		one.pairs = body.Pairs
		return one, err
	}, `SELECT r.competition_id, r.held, v.canonical, (SELECT c.result FROM computation c WHERE c.tenant_id = r.tenant_id AND c.round_id = r.id)
		FROM round r JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id
		WHERE r.tenant_id = $1 AND r.id = $2 AND r.state = 'published'`, tx.Tenant(), round)
	if err != nil {
		return nil, faultOf(err)
	}
	known, err := tx.rosterKnown(ctx, round)
	if err != nil {
		return nil, err
	}
	var pairs []consequences.Pair
	for _, p := range found.pairs {
		lead, follow := known[p.Lead], known[p.Follow]
		pairs = append(pairs, consequences.Pair{Competition: found.competition, Round: &round, LeadUnit: lead.Unit, FollowUnit: follow.Unit, LeadSubject: lead.Subject,
			FollowSubject: follow.Subject, LeadName: lead.Name, FollowName: follow.Name, PerMonth: found.perMonth, From: dateOf(found.held)})
	}
	return pairs, nil
}

// rosterKnown gives the subjects of a round by their code in bundles.
func (tx *Tx) rosterKnown(ctx context.Context, round uuid.UUID) (map[string]consequences.Known, error) {
	all, err := queryAll(ctx, tx, readKnown, `SELECT e.subject_id, e.unit_id, CASE WHEN e.code = '' THEN coalesce(u.code, u.id::text) ELSE e.code END, `+
		subjectName("e.subject_id", "e.unit_id")+` FROM entry e JOIN unit u ON u.id = e.unit_id WHERE e.tenant_id = $1 AND e.round_id = $2 ORDER BY e.position`,
		tx.Tenant(), round)
	known := map[string]consequences.Known{}
	for _, k := range all {
		known[k.Code] = k
	}
	return known, err
}

func readKnown(s scan) (consequences.Known, error) {
	var k consequences.Known
	err := s(&k.Subject, &k.Unit, &k.Code, &k.Name)
	return k, err
}

// ExchangesPerMonth implements consequences.Store.
func (tx *Tx) ExchangesPerMonth(ctx context.Context, competition uuid.UUID) (int, error) {
	doc, err := tx.RulingTemplate(ctx, competition, "9999-12")
	if err != nil || doc.Pairing == nil {
		return 0, faultOf(err)
	}
	return doc.Pairing.ExchangesPerMonth, nil
}

// InsertPairs implements consequences.Store.
func (tx *Tx) InsertPairs(ctx context.Context, all []*consequences.Pair) error {
	for _, p := range all {
		_, err := tx.exec(ctx, `INSERT INTO pair (id, tenant_id, region, competition_id, round_id, lead_unit, follow_unit, lead_subject, follow_subject, per_month,
			valid_from, reason, confirmed_by, confirmed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`, p.ID, tx.Tenant(), tx.region(), p.Competition,
			p.Round, p.LeadUnit, p.FollowUnit, p.LeadSubject, p.FollowSubject, p.PerMonth, timeOf(p.From), p.Reason, p.ConfirmedBy, p.ConfirmedAt)
		if err != nil {
			return err
		}
	}
	return nil
}

var selectPair = `SELECT p.id, p.competition_id, p.round_id, p.lead_unit, p.follow_unit, p.lead_subject, p.follow_subject, ` + subjectName("p.lead_subject", "p.lead_unit") + `, ` +
	subjectName("p.follow_subject", "p.follow_unit") + `, p.per_month, p.valid_from, p.valid_until, p.reason, p.confirmed_by, p.confirmed_at, p.revision FROM pair p `

func readPair(s scan) (*consequences.Pair, error) {
	var p consequences.Pair
	var round uuid.NullUUID
	var from time.Time
	var until sql.NullTime
	err := s(&p.ID, &p.Competition, &round, &p.LeadUnit, &p.FollowUnit, &p.LeadSubject, &p.FollowSubject, &p.LeadName, &p.FollowName, &p.PerMonth,
		&from, &until, &p.Reason, &p.ConfirmedBy, &p.ConfirmedAt, &p.LockRevision)
	p.Round, p.From = refOf(round), dateOf(from)
	if until.Valid {
		p.Until = dateOf(until.Time)
	}
	return &p, err
}

// PairByID implements consequences.Store.
func (tx *Tx) PairByID(ctx context.Context, id uuid.UUID) (*consequences.Pair, error) {
	p, err := queryOne(ctx, tx, readPair, selectPair+`WHERE p.tenant_id = $1 AND p.id = $2`, tx.Tenant(), id)
	return p, faultOf(err)
}

// UpdatePair implements consequences.Store.
func (tx *Tx) UpdatePair(ctx context.Context, p *consequences.Pair) error {
	n, err := tx.exec(ctx, `UPDATE pair SET valid_until = $4, revision = revision + 1 WHERE tenant_id = $1 AND id = $2 AND revision = $3`,
		tx.Tenant(), p.ID, p.LockRevision, timeOfPtr(p.Until))
	return lockCounted(n, err, &p.LockRevision)
}

// PairsOf implements consequences.Store, the newest first.
func (tx *Tx) PairsOf(ctx context.Context, competition uuid.UUID) ([]*consequences.Pair, error) {
	return queryAll(ctx, tx, readPair, selectPair+`WHERE p.tenant_id = $1 AND p.competition_id = $2 ORDER BY p.valid_from DESC, p.id LIMIT 2000`, tx.Tenant(), competition)
}

// InsertExchange implements consequences.Store.
func (tx *Tx) InsertExchange(ctx context.Context, e *consequences.Exchange) error {
	_, err := tx.exec(ctx, `INSERT INTO exchange (id, tenant_id, region, pair_id, held_on, place, content, offline, voids, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, e.ID, tx.Tenant(), tx.region(), e.Pair, timeOf(e.HeldOn), e.Place, e.Content, e.Offline, e.Voids, e.RecordedBy, e.RecordedAt)
	return err
}

const selectExchange = `SELECT e.id, e.pair_id, e.held_on, e.place, e.content, e.offline, e.voids, v.id IS NOT NULL, e.recorded_by, e.recorded_at
FROM exchange e LEFT JOIN exchange v ON v.tenant_id = e.tenant_id AND v.voids = e.id `

func readExchange(s scan) (*consequences.Exchange, error) {
	var e consequences.Exchange
	var on time.Time
	var voids uuid.NullUUID
	err := s(&e.ID, &e.Pair, &on, &e.Place, &e.Content, &e.Offline, &voids, &e.Voided, &e.RecordedBy, &e.RecordedAt)
	e.HeldOn, e.Voids = dateOf(on), refOf(voids)
	return &e, err
}

// ExchangesOf implements consequences.Store.
func (tx *Tx) ExchangesOf(ctx context.Context, pair uuid.UUID) ([]*consequences.Exchange, error) {
	return queryAll(ctx, tx, readExchange, selectExchange+`WHERE e.tenant_id = $1 AND e.pair_id = $2 ORDER BY e.held_on, e.id`, tx.Tenant(), pair)
}

// ExchangesIn implements consequences.Store.
func (tx *Tx) ExchangesIn(ctx context.Context, competition uuid.UUID, first, last calendar.Date) ([]*consequences.Exchange, error) {
	return queryAll(ctx, tx, readExchange, selectExchange+`JOIN pair p ON p.tenant_id = e.tenant_id AND p.id = e.pair_id
		WHERE e.tenant_id = $1 AND p.competition_id = $2 AND e.held_on BETWEEN $3 AND $4 ORDER BY e.held_on, e.id`, tx.Tenant(), competition, timeOf(first), timeOf(last))
}
