package postgres

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/issue"
	"leitai/ent/gen/issueevent"
	"leitai/internal/fault"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/template"
)

var _ issues.Store = (*Tx)(nil)

// InsertIssue implements issues.Store.
func (tx *Tx) InsertIssue(ctx context.Context, i *issues.Issue) error {
	return tx.Ent().Issue.Create().SetID(i.ID).SetCompetitionID(i.Competition).SetNillableRoundID(i.Round).SetUnitID(i.Unit).SetNumber(i.Number).
		SetItemKey(i.Item).SetTitle(i.Title).SetPlace(i.Place).SetBase(i.Base.String()).SetNillableResponsibleID(i.Responsible).
		SetOpened(timeOf(i.Opened)).SetDue(timeOf(i.Due)).SetState(stageText(i.Stage)).SetSerious(i.Serious).SetOpenedBy(i.OpenedBy).Exec(ctx)
}

// IssueByID implements issues.Store; the row is locked when the transaction
// writes.
func (tx *Tx) IssueByID(ctx context.Context, id uuid.UUID) (*issues.Issue, error) {
	q := tx.Ent().Issue.Query().Where(issue.ID(id))
	if tx.writing {
		q.ForUpdate()
	}
	row, err := q.Only(ctx)
	if err != nil {
		return nil, faultOf(err)
	}
	return issueOf(row)
}

// UpdateIssue implements issues.Store.
func (tx *Tx) UpdateIssue(ctx context.Context, i *issues.Issue) error {
	changed, err := tx.Ent().Issue.Update().Where(issue.ID(i.ID), issue.Revision(i.Revision)).
		SetState(stageText(i.Stage)).SetMeasure(i.Measure).SetNillableAnsweredBy(i.AnsweredBy).SetNillableClosed(timeOfPtr(i.Closed)).SetSerious(i.Serious).
		SetAccountability(i.Accountability).SetAccountabilityReason(i.Reason).SetRevision(i.Revision + 1).Save(ctx)
	if err != nil {
		return err
	}
	if changed == 0 {
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(i.Revision+1)).At("revision")
	}
	i.Revision++
	return nil
}

// LockIssues implements issues.Store: the competition's row is the lock of its
// list.
func (tx *Tx) LockIssues(ctx context.Context, competition uuid.UUID) error {
	_, err := queryOne(ctx, tx, value[uuid.UUID], `SELECT id FROM competition WHERE tenant_id = $1 AND id = $2 FOR UPDATE`, tx.Tenant(), competition)
	return faultOf(err)
}

// NextIssueNumber implements issues.Store.
func (tx *Tx) NextIssueNumber(ctx context.Context, competition uuid.UUID) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT coalesce(max(number), 0) + 1 FROM issue WHERE tenant_id `+inReach+` AND competition_id = $1`, competition)
}

// RoundIsOf implements issues.Store.
func (tx *Tx) RoundIsOf(ctx context.Context, id, competition uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM round WHERE tenant_id = $1 AND id = $2 AND competition_id = $3)`,
		tx.Tenant(), id, competition)
}

// IssuePage implements issues.Store, newest first.
func (tx *Tx) IssuePage(ctx context.Context, f issues.Filter, w paging.Window) ([]*issues.Issue, error) {
	q := tx.Ent().Issue.Query()
	if f.Stage != nil {
		q.Where(issue.State(stageText(*f.Stage)))
	}
	if f.Units != nil {
		q.Where(within("unit_id", f.Units))
	}
	if f.Limited != nil {
		q.Where(inSight(*f.Limited))
	}
	if f.Competition != nil {
		q.Where(issue.CompetitionID(*f.Competition))
	}
	if f.Listed {
		q.Where(detailed("d.listed_on IS NOT NULL AND d.lifted_on IS NULL"))
	}
	if !f.ReturnBy.IsZero() {
		q.Where(detailed("d.returned_on IS NULL AND d.return_due <= ", timeOf(f.ReturnBy)))
	}
	if f.UnitCode != "" {
		unit, err := tx.VillageByCode(ctx, f.UnitCode)
		if err != nil {
			return nil, err
		}
		q.Where(issue.UnitID(unit))
	}
	if err := newestFirst(w, func(p func(*entsql.Selector)) { q.Where(p) }, func(o func(*entsql.Selector)) { q.Order(o) }); err != nil {
		return nil, err
	}
	rows, err := q.Limit(w.Fetch()).All(ctx)
	if err != nil {
		return nil, err
	}
	return issuesOf(rows)
}

// IssuesOf implements issues.Store, by number.
func (tx *Tx) IssuesOf(ctx context.Context, competition uuid.UUID) ([]*issues.Issue, error) {
	rows, err := tx.Ent().Issue.Query().Where(issue.CompetitionID(competition)).Order(issue.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	return issuesOf(rows)
}

func issuesOf(rows []*gen.Issue) ([]*issues.Issue, error) {
	all := make([]*issues.Issue, len(rows))
	for n, row := range rows {
		i, err := issueOf(row)
		if err != nil {
			return nil, err
		}
		all[n] = i
	}
	return all, nil
}

func issueOf(row *gen.Issue) (*issues.Issue, error) {
	base, err := numberOf(row.Base)
	return &issues.Issue{ID: row.ID, Competition: row.CompetitionID, Round: row.RoundID, Unit: row.UnitID, Number: row.Number, Item: row.ItemKey,
		Title: row.Title, Place: row.Place, Base: base, Responsible: row.ResponsibleID, Opened: dateOf(row.Opened), Due: dateOf(row.Due),
		Stage: rectify.Stage(strings.ToUpper(row.State)), Measure: row.Measure, AnsweredBy: row.AnsweredBy, Closed: dateOfPtr(row.Closed),
		Serious: row.Serious, Accountability: row.Accountability, Reason: row.AccountabilityReason, OpenedBy: row.OpenedBy, Revision: row.Revision}, err
}

func stageText(s rectify.Stage) string { return strings.ToLower(string(s)) }

// InsertIssueEvent implements issues.Store.
func (tx *Tx) InsertIssueEvent(ctx context.Context, e issues.Event) error {
	return tx.Ent().IssueEvent.Create().SetID(e.ID).SetIssueID(e.Issue).SetKind(e.Kind).SetNote(e.Note).SetHappenedOn(timeOf(e.On)).
		SetRecordedBy(e.RecordedBy).SetRecordedAt(e.RecordedAt).Exec(ctx)
}

// IssueEvents implements issues.Store.
func (tx *Tx) IssueEvents(ctx context.Context, ids, units []uuid.UUID) ([]issues.Event, error) {
	q := tx.Ent().IssueEvent.Query().Where(within("issue_id", ids))
	if units != nil {
		q.Where(func(s *entsql.Selector) {
			s.Where(entsql.P(func(b *entsql.Builder) {
				b.Ident(s.C("issue_id")).WriteString(" IN (SELECT id FROM issue WHERE unit_id = ANY(").Arg(array(units)).WriteString("))")
			}))
		})
	}
	rows, err := q.Order(issueevent.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	events := make([]issues.Event, len(rows))
	for i, row := range rows {
		events[i] = issues.Event{ID: row.ID, Issue: row.IssueID, Kind: row.Kind, Note: row.Note, On: dateOf(row.HappenedOn),
			RecordedBy: row.RecordedBy, RecordedAt: row.RecordedAt}
	}
	return events, nil
}

// VillageByCode implements issues.Store: a current unit at or below the
// tenant's own; any other is as if it were not there.
func (tx *Tx) VillageByCode(ctx context.Context, code string) (uuid.UUID, error) {
	id, err := queryOne(ctx, tx, value[uuid.UUID], `WITH RECURSIVE up (id, parent_id, start) AS (
		SELECT id, parent_id, id FROM unit WHERE code = $1 AND valid_to IS NULL
		UNION ALL SELECT u.id, u.parent_id, up.start FROM unit u JOIN up ON u.id = up.parent_id)
		SELECT start FROM up WHERE id = $2`, code, tx.scope.viewer.TenantUnit)
	if err != nil {
		if f := faultOf(err); fault.CodeOf(f) == fault.NotFound {
			return uuid.Nil, fault.New(fault.NotFound).At("unitCode")
		}
	}
	return id, err
}

// IssueRules implements issues.Store.
func (tx *Tx) IssueRules(ctx context.Context, competitions []uuid.UUID) (map[uuid.UUID]issues.Rules, error) {
	all := make(map[uuid.UUID]issues.Rules, len(competitions))
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var competition uuid.UUID
		var canonical string
		if err := s(&competition, &canonical); err != nil {
			return struct{}{}, err
		}
		doc, err := template.Read([]byte(canonical))
		var rules issues.Rules
		if doc.Issues != nil {
			rules.Issues = *doc.Issues
		}
		all[competition] = rules
		return struct{}{}, err
	}, `SELECT DISTINCT ON (c.competition_id) c.competition_id, t.canonical FROM competition_version c
		JOIN template_version t ON t.tenant_id = c.tenant_id AND t.id = c.template_version_id
		WHERE c.tenant_id `+inReach+` AND c.competition_id = ANY ($1) ORDER BY c.competition_id, c.from_period DESC`, array(competitions))
	if err != nil {
		return nil, err
	}
	for _, competition := range competitions {
		if _, ruled := all[competition]; !ruled {
			return nil, sql.ErrNoRows
		}
	}
	_, err = queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var competition uuid.UUID
		var held time.Time
		err := s(&competition, &held)
		rules := all[competition]
		rules.Held = append(rules.Held, dateOf(held))
		all[competition] = rules
		return struct{}{}, err
	}, `SELECT competition_id, held FROM round WHERE tenant_id `+inReach+` AND competition_id = ANY ($1) AND state = 'published' ORDER BY held`, array(competitions))
	return all, err
}
