package postgres

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/competition"
	"leitai/ent/gen/round"
	"leitai/internal/calendar"
	"leitai/internal/paging"
	"leitai/internal/programme"
)

// InsertCompetition implements programme.Store.
func (tx *Tx) InsertCompetition(ctx context.Context, c *programme.Competition) error {
	notice, group, err := competitionDocuments(c)
	if err != nil {
		return err
	}
	return tx.Ent().Competition.Create().SetID(c.ID).SetName(c.Name).SetTrial(c.Trial).SetFilingNumber(c.FilingNumber).SetNotice(notice).
		SetLeadingGroup(group).SetState(string(c.State)).SetCreatedBy(c.CreatedBy).SetCreatedAt(c.CreatedAt).Exec(ctx)
}

// UpdateCompetition implements programme.Store.
func (tx *Tx) UpdateCompetition(ctx context.Context, c *programme.Competition) error {
	notice, group, err := competitionDocuments(c)
	if err != nil {
		return err
	}
	n, err := tx.Ent().Competition.Update().Where(competition.ID(c.ID), competition.Revision(c.Revision)).SetFilingNumber(c.FilingNumber).
		SetNotice(notice).SetLeadingGroup(group).SetState(string(c.State)).AddRevision(1).Save(ctx)
	if err != nil {
		return err
	}
	return counted(n, &c.Revision)
}

func competitionDocuments(c *programme.Competition) (notice, group json.RawMessage, err error) {
	if notice, err = json.Marshal(c.Notice); err != nil {
		return nil, nil, err
	}
	group, err = json.Marshal(c.LeadingGroup)
	return notice, group, err
}

// CompetitionByID implements programme.Store.
func (tx *Tx) CompetitionByID(ctx context.Context, id uuid.UUID) (*programme.Competition, error) {
	row, err := tx.Ent().Competition.Get(ctx, id)
	if err != nil {
		return nil, faultOf(err)
	}
	all, err := tx.competitions(ctx, []*gen.Competition{row})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// CompetitionsByID implements programme.Store.
func (tx *Tx) CompetitionsByID(ctx context.Context, ids []uuid.UUID) ([]*programme.Competition, error) {
	rows, err := tx.Ent().Competition.Query().Where(among(competition.FieldID, ids)).All(ctx)
	if err != nil {
		return nil, err
	}
	return tx.competitions(ctx, rows)
}

// CompetitionPage implements programme.Store.
func (tx *Tx) CompetitionPage(ctx context.Context, w paging.Window) ([]*programme.Competition, error) {
	narrow, order, err := keyset(w, keyColumn{competition.FieldCreatedAt, true, timeKey}, keyColumn{competition.FieldID, true, uuidKey})
	if err != nil {
		return nil, err
	}
	rows, err := tx.Ent().Competition.Query().Where(narrow).Order(order).Limit(w.Fetch()).All(ctx)
	if err != nil {
		return nil, err
	}
	return tx.competitions(ctx, rows)
}

// competitions reads rows with the template versions that rule them.
func (tx *Tx) competitions(ctx context.Context, rows []*gen.Competition) ([]*programme.Competition, error) {
	all, byID := make([]*programme.Competition, len(rows)), map[uuid.UUID]*programme.Competition{}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		c := &programme.Competition{
			ID: row.ID, Tenant: row.TenantID, Name: row.Name, Trial: row.Trial, FilingNumber: row.FilingNumber,
			State: programme.CompetitionState(row.State), Revision: row.Revision, CreatedBy: row.CreatedBy, CreatedAt: row.CreatedAt,
		}
		if err := json.Unmarshal(row.Notice, &c.Notice); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(row.LeadingGroup, &c.LeadingGroup); err != nil {
			return nil, err
		}
		all[i], byID[row.ID], ids[i] = c, c, row.ID
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var v programme.RuleVersion
		err := s(&id, &v.TemplateVersion, &v.Key, &v.Version, &v.FromPeriod)
		if c := byID[id]; c != nil {
			c.Versions = append(c.Versions, v)
		}
		return struct{}{}, err
	}, `SELECT c.competition_id, c.template_version_id, t.key, t.version, c.from_period FROM competition_version c
		JOIN template_version t ON t.tenant_id = c.tenant_id AND t.id = c.template_version_id
		WHERE c.competition_id = ANY ($1) AND c.tenant_id = ANY ($2) ORDER BY c.from_period`, array(ids), array(tx.seen()))
	return all, err
}

// seen are the tenants any row of which may be read.
func (tx *Tx) seen() []uuid.UUID { return slices.Concat(tx.scope.readable, tx.scope.drafts) }

// AddCompetitionVersion implements programme.Store.
func (tx *Tx) AddCompetitionVersion(ctx context.Context, id uuid.UUID, v programme.RuleVersion) error {
	return tx.Ent().CompetitionVersion.Create().SetCompetitionID(id).SetTemplateVersionID(v.TemplateVersion).SetFromPeriod(v.FromPeriod).Exec(ctx)
}

// UnknownPersons implements programme.Store.
func (tx *Tx) UnknownPersons(ctx context.Context, ids []uuid.UUID) ([]uuid.UUID, error) {
	known, err := tx.Pseudonyms(ctx, ids)
	if err != nil {
		return nil, err
	}
	var unknown []uuid.UUID
	for _, id := range ids {
		if known[id] == "" {
			unknown = append(unknown, id)
		}
	}
	return unknown, nil
}

// PlannedRounds implements programme.Store.
func (tx *Tx) PlannedRounds(ctx context.Context, id uuid.UUID) ([]programme.RoundRow, error) {
	rows, err := tx.Ent().Round.Query().Where(round.CompetitionID(id)).Order(gen.Asc(round.FieldPeriod)).All(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]programme.RoundRow, len(rows))
	for i, row := range rows {
		all[i] = programme.RoundRow{
			ID: row.ID, Competition: row.CompetitionID, TemplateVersion: row.TemplateVersionID, Trial: row.Trial, Period: row.Period,
			Nominal: dateOf(row.Nominal), Held: dateOf(row.Held), State: row.State, Opened: row.OpenedAt != nil,
		}
	}
	return all, nil
}

// SavePlannedRounds implements programme.Store, in one statement. A round that
// was opened keeps its version whatever it is told.
func (tx *Tx) SavePlannedRounds(ctx context.Context, rounds []programme.RoundRow) error {
	if len(rounds) == 0 {
		return nil
	}
	var ids, competitions, versions []uuid.UUID
	var trials []bool
	var periods []string
	var nominal, held []time.Time
	for _, r := range rounds {
		ids, competitions, versions = append(ids, r.ID), append(competitions, r.Competition), append(versions, r.TemplateVersion)
		trials, periods = append(trials, r.Trial), append(periods, r.Period)
		nominal, held = append(nominal, timeOf(r.Nominal)), append(held, timeOf(r.Held))
	}
	_, err := tx.exec(ctx, `INSERT INTO round AS r (id, tenant_id, region, competition_id, template_version_id, trial, period, nominal, held)
		SELECT u.id, $8, $9, u.competition, u.version, u.trial, u.period, u.nominal, u.held
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bool[], $5::text[], $6::date[], $7::date[]) u(id, competition, version, trial, period, nominal, held)
		ON CONFLICT (tenant_id, competition_id, period) DO UPDATE
		SET template_version_id = excluded.template_version_id, nominal = excluded.nominal, held = excluded.held, revision = r.revision + 1
		WHERE r.opened_at IS NULL`,
		array(ids), array(competitions), array(versions), array(trials), array(periods), array(nominal), array(held), tx.Tenant(), tx.region())
	return err
}

// CalendarDays implements programme.Store.
func (tx *Tx) CalendarDays(ctx context.Context) ([]calendar.Entry, error) {
	return queryAll(ctx, tx, func(s scan) (calendar.Entry, error) {
		var e calendar.Entry
		var day time.Time
		err := s(&day, &e.Kind, &e.Name)
		e.Date = dateOf(day)
		return e, err
	}, `SELECT day, kind, name FROM calendar_day WHERE tenant_id = $1 ORDER BY day`, tx.Tenant())
}

// RoundCalendar implements programme.Store.
func (tx *Tx) RoundCalendar(ctx context.Context, from, to calendar.Date) ([]programme.CalendarEntry, error) {
	return queryAll(ctx, tx, func(s scan) (programme.CalendarEntry, error) {
		var e programme.CalendarEntry
		var nominal, held time.Time
		err := s(&e.Round, &e.Competition, &e.CompetitionName, &e.Trial, &e.Period, &nominal, &held, &e.State, &e.Venue)
		e.Nominal, e.Held = dateOf(nominal), dateOf(held)
		return e, err
	}, `SELECT r.id, r.competition_id, c.name, r.trial, r.period, r.nominal, r.held, r.state, r.venue
		FROM round r JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id
		WHERE (r.held BETWEEN $1 AND $2 OR r.nominal BETWEEN $1 AND $2) AND r.tenant_id = ANY ($3) ORDER BY r.held, c.name, r.id`, timeOf(from), timeOf(to), array(tx.seen()))
}
