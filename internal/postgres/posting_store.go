package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/posting"
	"leitai/internal/teams"
)

var _ teams.Store = (*Tx)(nil)

// PostingRules implements teams.Store.
func (tx *Tx) PostingRules(ctx context.Context, competition uuid.UUID) (teams.Rules, error) {
	trial, err := queryOne(ctx, tx, value[bool], `SELECT trial FROM competition WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), competition)
	if err != nil {
		return teams.Rules{}, faultOf(err)
	}
	doc, err := tx.RulingTemplate(ctx, competition, "9999")
	return teams.Rules{Trial: trial, Template: doc}, faultOf(err)
}

// PseudonymOf implements teams.Store.
func (tx *Tx) PseudonymOf(ctx context.Context, person uuid.UUID) (string, error) {
	found, err := queryOne(ctx, tx, value[string], `SELECT pseudonym FROM person WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), person)
	return found, faultOf(err)
}

// KnowsOrganisation implements teams.Store.
func (tx *Tx) KnowsOrganisation(ctx context.Context, id uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM organisation WHERE tenant_id = $1 AND id = $2)`, tx.Tenant(), id)
}

// HoldsPost implements teams.Store.
func (tx *Tx) HoldsPost(ctx context.Context, person uuid.UUID, kinds []string, organisation *uuid.UUID, on calendar.Date) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM post WHERE tenant_id = $1 AND person_id = $2 AND kind = ANY ($3)
		AND ($4::uuid IS NULL OR organisation_id = $4) AND valid_from <= $5 AND (valid_to IS NULL OR valid_to > $5))`,
		tx.Tenant(), person, array(kinds), organisation, timeOf(on))
}

// OpenPost implements teams.Store: the day after the last is the first on which
// the post is no longer held.
func (tx *Tx) OpenPost(ctx context.Context, p *teams.Posting, kind string) error {
	_, err := tx.exec(ctx, `INSERT INTO post (id, tenant_id, region, person_id, kind, unit_id, valid_from, valid_to) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), p.Person, kind, p.Unit, timeOf(p.From), timeOf(p.Last.AddDays(1)))
	return err
}

// ClosePost implements teams.Store.
func (tx *Tx) ClosePost(ctx context.Context, p *teams.Posting, kind string) error {
	_, err := tx.exec(ctx, `UPDATE post SET valid_to = $6 WHERE tenant_id = $1 AND person_id = $2 AND kind = $3 AND unit_id = $4 AND valid_from = $5
		AND valid_to > $6`, tx.Tenant(), p.Person, kind, p.Unit, timeOf(p.From), timeOf(p.Last.AddDays(1)))
	return err
}

// UnitClasses implements teams.Store.
func (tx *Tx) UnitClasses(ctx context.Context, unit uuid.UUID, on calendar.Date) ([]string, error) {
	return queryAll(ctx, tx, value[string], `SELECT DISTINCT class FROM group_member WHERE tenant_id = $1 AND unit_id = $2
		AND valid_from <= $3 AND (valid_until IS NULL OR valid_until > $3) ORDER BY 1`, tx.Tenant(), unit, timeOf(on))
}

const postingDemands = `
SELECT d.id, d.competition_id, d.unit_id, d.classes, d.first_secretary, d.team, d.min_members, d.existing_team, d.bound_id, d.cluster, d.funds,
       d.planned_on, d.revision, count(p.id) FILTER (WHERE p.role = 'first-secretary') > 0, count(p.id) FILTER (WHERE p.role = 'team-member')
FROM posting_demand d LEFT JOIN posting p ON p.tenant_id = d.tenant_id AND p.demand_id = d.id AND p.stage = 'POSTED'
WHERE d.tenant_id = $1 AND ($2::uuid IS NULL OR d.competition_id = $2) AND ($3::uuid IS NULL OR d.id = $3)
GROUP BY d.id ORDER BY d.unit_id`

func scanDemand(s scan) (*teams.Demand, error) {
	var d teams.Demand
	var bound uuid.NullUUID
	var planned time.Time
	err := s(&d.ID, &d.Competition, &d.Unit, pq.Array(&d.Classes), &d.FirstSecretary, &d.Team, &d.MinMembers, &d.ExistingTeam, &bound, &d.Cluster, &d.Funds,
		&planned, &d.Revision, &d.Secretary, &d.Members)
	d.Bound, d.PlannedOn = refOf(bound), dateOf(planned)
	return &d, err
}

// PostingDemands implements teams.Store.
func (tx *Tx) PostingDemands(ctx context.Context, competition uuid.UUID) ([]*teams.Demand, error) {
	return queryAll(ctx, tx, scanDemand, postingDemands, tx.Tenant(), competition, nil)
}

// PostingDemandByID implements teams.Store.
func (tx *Tx) PostingDemandByID(ctx context.Context, id uuid.UUID) (*teams.Demand, error) {
	d, err := queryOne(ctx, tx, scanDemand, postingDemands, tx.Tenant(), nil, id)
	return d, faultOf(err)
}

// SavePostingDemand implements teams.Store.
func (tx *Tx) SavePostingDemand(ctx context.Context, d *teams.Demand) error {
	n, err := tx.exec(ctx, `INSERT INTO posting_demand AS x (id, tenant_id, region, competition_id, unit_id, classes, first_secretary, team, min_members,
		existing_team, bound_id, cluster, funds, planned_on) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)
		ON CONFLICT (tenant_id, competition_id, unit_id) DO UPDATE SET classes = excluded.classes, first_secretary = excluded.first_secretary,
		team = excluded.team, min_members = excluded.min_members, existing_team = excluded.existing_team, bound_id = excluded.bound_id,
		cluster = excluded.cluster, funds = excluded.funds, planned_on = excluded.planned_on, revision = x.revision + 1 WHERE x.revision = $15`,
		d.ID, tx.Tenant(), tx.region(), d.Competition, d.Unit, array(words(d.Classes)), d.FirstSecretary, d.Team, d.MinMembers, d.ExistingTeam, d.Bound,
		d.Cluster, d.Funds, timeOf(d.PlannedOn), d.Revision)
	if err != nil {
		return err
	}
	return counted(int(n), &d.Revision)
}

// PersonFacts implements teams.Store.
func (tx *Tx) PersonFacts(ctx context.Context, person uuid.UUID) (*teams.Facts, error) {
	f, err := queryOne(ctx, tx, func(s scan) (*teams.Facts, error) {
		f := teams.Facts{Person: person}
		var rank string
		var born time.Time
		var full, work *time.Time
		err := s(&born, &full, &work, &rank, &f.GrassrootsMonths, &f.PreferredUnit, &f.RuralExpertise, &f.Political, &f.Health, &f.Revision)
		f.Born, f.FullMemberSince, f.WorkSince, f.Rank = dateOf(born), dateOfPtr(full), dateOfPtr(work), posting.Rank(rank)
		return &f, err
	}, `SELECT born, full_member_since, work_since, rank, grassroots_months, preferred_unit, rural_expertise, political, health, revision
		FROM posting_fact WHERE tenant_id = $1 AND person_id = $2`, tx.Tenant(), person)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nothing recorded is no error
	}
	return f, err
}

// SaveFacts implements teams.Store.
func (tx *Tx) SaveFacts(ctx context.Context, f *teams.Facts) error {
	n, err := tx.exec(ctx, `INSERT INTO posting_fact AS x (id, tenant_id, region, person_id, born, full_member_since, work_since, rank, grassroots_months,
		preferred_unit, rural_expertise, political, health) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)
		ON CONFLICT (tenant_id, person_id) DO UPDATE SET born = excluded.born, full_member_since = excluded.full_member_since,
		work_since = excluded.work_since, rank = excluded.rank, grassroots_months = excluded.grassroots_months, preferred_unit = excluded.preferred_unit,
		rural_expertise = excluded.rural_expertise, political = excluded.political, health = excluded.health, revision = x.revision + 1
		WHERE x.revision = $14`,
		uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), f.Person, timeOf(f.Born), timeOfPtr(f.FullMemberSince), timeOfPtr(f.WorkSince), string(f.Rank),
		f.GrassrootsMonths, f.PreferredUnit, f.RuralExpertise, f.Political, f.Health, f.Revision)
	if err != nil {
		return err
	}
	return counted(int(n), &f.Revision)
}

const postingColumns = `p.id, p.tenant_id, p.competition_id, p.demand_id, p.trial, p.unit_id, p.person_id, p.pseudonym, p.role, p.stage, p.sender_id,
	p.liaison_id, p.mentor_id, p.replaces_id, p.selected_on, p.min_days, p.valid_from, p.last_day, p.detached, p.party_moved_on, p.outside_headcount,
	p.recorded_on, p.revision`

func scanPosting(s scan) (*teams.Posting, error) {
	var p teams.Posting
	var role, stage string
	var liaison, mentor, replaces uuid.NullUUID
	var selected time.Time
	var from, last, moved, recorded *time.Time
	err := s(&p.ID, &p.Tenant, &p.Competition, &p.Demand, &p.Trial, &p.Unit, &p.Person, &p.Pseudonym, &role, &stage, &p.Sender, &liaison, &mentor,
		&replaces, &selected, &p.MinDays, &from, &last, &p.Detached, &moved, &p.OutsideHeadcount, &recorded, &p.Revision)
	p.Role, p.Stage = posting.Role(role), posting.Stage(stage)
	p.Liaison, p.Mentor, p.Replaces = refOf(liaison), refOf(mentor), refOf(replaces)
	p.SelectedOn, p.From, p.Last = dateOf(selected), dateOfPtr(from), dateOfPtr(last)
	p.PartyMovedOn, p.RecordedOn = dateOfPtr(moved), dateOfPtr(recorded)
	return &p, err
}

// InsertPosting implements teams.Store.
func (tx *Tx) InsertPosting(ctx context.Context, p *teams.Posting) error {
	p.Tenant = tx.Tenant()
	_, err := tx.exec(ctx, `INSERT INTO posting (id, tenant_id, region, competition_id, demand_id, trial, unit_id, person_id, pseudonym, role, stage,
		sender_id, replaces_id, selected_on, min_days) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
		p.ID, p.Tenant, tx.region(), p.Competition, p.Demand, p.Trial, p.Unit, p.Person, p.Pseudonym, string(p.Role), string(p.Stage),
		p.Sender, p.Replaces, timeOf(p.SelectedOn), p.MinDays)
	return err
}

// PostingByID implements teams.Store.
func (tx *Tx) PostingByID(ctx context.Context, id uuid.UUID) (*teams.Posting, error) {
	p, err := queryOne(ctx, tx, scanPosting, `SELECT `+postingColumns+` FROM posting p WHERE p.tenant_id `+inReachOrAbove+` AND p.id = $1`, id)
	return p, faultOf(err)
}

// UpdatePosting implements teams.Store.
func (tx *Tx) UpdatePosting(ctx context.Context, p *teams.Posting) error {
	n, err := tx.exec(ctx, `UPDATE posting SET stage = $4, liaison_id = $5, mentor_id = $6, valid_from = $7, last_day = $8, detached = $9,
		party_moved_on = $10, outside_headcount = $11, recorded_on = $12, revision = revision + 1 WHERE tenant_id = $1 AND id = $2 AND revision = $3`,
		tx.Tenant(), p.ID, p.Revision, string(p.Stage), p.Liaison, p.Mentor, timeOfPtr(p.From), timeOfPtr(p.Last), p.Detached,
		timeOfPtr(p.PartyMovedOn), p.OutsideHeadcount, timeOfPtr(p.RecordedOn))
	if err != nil {
		return err
	}
	return counted(int(n), &p.Revision)
}

// PublishedGrades implements teams.Store; the newest revision counts.
func (tx *Tx) PublishedGrades(ctx context.Context, competition uuid.UUID) (map[string][]teams.Grade, error) {
	out := map[string][]teams.Grade{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var g teams.Grade
		var pseudonym string
		err := s(&g.Year, &g.Scale, &pseudonym, &g.Grade)
		out[pseudonym] = append(out[pseudonym], g)
		return struct{}{}, err
	}, `SELECT left(r.period, 4)::int, g->>'scale', l->>'subject', l->>'grade'
		FROM round r JOIN publication p ON p.tenant_id = r.tenant_id AND p.round_id = r.id AND p.revision = r.published_revision,
		     jsonb_path_query(p.public_bundle::jsonb, '$.payload.result.grades[*]') g, jsonb_path_query(g, '$.lines[*]') l
		WHERE r.tenant_id = $1 AND r.competition_id = $2 AND l->>'grade' <> '' ORDER BY r.period, 2`, tx.Tenant(), competition)
	return out, err
}
