package postgres

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/accountentry"
	"leitai/internal/consequences"
)

// The holder of an entry that is no person stands in unit_id: a unit, or a body
// (an organisation or a team), which is told apart by not being in the tree.
func firstOf(unit, body *uuid.UUID) *uuid.UUID {
	if unit != nil {
		return unit
	}
	return body
}

// InsertEntries implements consequences.Store. The table's UNIQUE makes posting
// the same consequence twice impossible.
func (tx *Tx) InsertEntries(ctx context.Context, entries []consequences.Entry) error {
	rows := make([]*gen.AccountEntryCreate, len(entries))
	for i, e := range entries {
		rows[i] = tx.Ent().AccountEntry.Create().SetID(e.ID).SetCompetitionID(e.Competition).SetNillableUnitID(firstOf(e.Unit, e.Body)).SetNillablePersonID(e.Person).
			SetPeriod(e.Period).SetPoints(e.Points.String()).SetRule(e.Rule).SetRole(e.Role).SetSubjectID(e.Subject).
			SetNillableOutcomeID(e.Outcome).SetNillableIssueID(e.Issue).SetPublicationRevision(e.Revision).SetNillableReverses(e.Reverses).
			SetPostedBy(e.PostedBy).SetPostedAt(e.PostedAt)
	}
	return tx.Ent().AccountEntry.CreateBulk(rows...).Exec(ctx)
}

// EntriesOfOutcome implements consequences.Store.
func (tx *Tx) EntriesOfOutcome(ctx context.Context, id uuid.UUID) ([]consequences.Entry, error) {
	rows, err := tx.Ent().AccountEntry.Query().Where(accountentry.OutcomeID(id)).Order(accountentry.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	countered := map[uuid.UUID]bool{}
	for _, row := range rows {
		if row.Reverses != nil {
			countered[*row.Reverses] = true
		}
	}
	var standing []consequences.Entry
	for _, row := range rows {
		if row.Reverses != nil || countered[row.ID] {
			continue
		}
		e, err := entryOf(row)
		if err != nil {
			return nil, err
		}
		standing = append(standing, e)
	}
	return standing, nil
}

func entryOf(row *gen.AccountEntry) (consequences.Entry, error) {
	points, err := numberOf(row.Points)
	return consequences.Entry{ID: row.ID, Competition: row.CompetitionID, Unit: row.UnitID, Person: row.PersonID, Period: row.Period, Points: points,
		Rule: row.Rule, Role: row.Role, Subject: row.SubjectID, Outcome: row.OutcomeID, Issue: row.IssueID, Revision: row.PublicationRevision,
		Reverses: row.Reverses, PostedBy: row.PostedBy, PostedAt: row.PostedAt}, err
}

const accountEntries = `
SELECT e.id, e.competition_id, e.unit_id, e.person_id, e.period, e.points::text, e.rule, e.role, e.subject_id, e.outcome_id, e.issue_id,
       e.publication_revision, e.reverses, e.posted_by, e.posted_at, coalesce(u.shown_name, p.pseudonym, o.name, ''), e.unit_id IS NOT NULL AND u.id IS NULL
FROM account_entry e
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN person p ON p.tenant_id = e.tenant_id AND p.id = e.person_id
LEFT JOIN organisation o ON o.tenant_id = e.tenant_id AND o.id = e.unit_id
WHERE e.tenant_id ` + inReach + ` AND e.competition_id = $1 AND ($2 = '' OR e.period >= $2) AND ($3 = '' OR e.period <= $3)
  AND ($4 OR e.unit_id = ANY ($5) OR e.person_id = $6)
ORDER BY e.period, e.posted_at, e.id`

// AccountEntries implements consequences.Store in one statement.
func (tx *Tx) AccountEntries(ctx context.Context, f consequences.AccountFilter) ([]consequences.Entry, map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	entries, err := queryAll(ctx, tx, func(s scan) (consequences.Entry, error) {
		var (
			e                                      consequences.Entry
			unit, person, outcome, issue, reverses uuid.NullUUID
			points, name                           string
			body                                   bool
		)
		err := s(&e.ID, &e.Competition, &unit, &person, &e.Period, &points, &e.Rule, &e.Role, &e.Subject, &outcome, &issue,
			&e.Revision, &reverses, &e.PostedBy, &e.PostedAt, &name, &body)
		if err != nil {
			return e, err
		}
		e.Unit, e.Person, e.Outcome, e.Issue, e.Reverses = refOf(unit), refOf(person), refOf(outcome), refOf(issue), refOf(reverses)
		if body {
			e.Unit, e.Body = nil, e.Unit
		}
		if holder := firstOf(e.Unit, e.Body); holder != nil {
			names[*holder] = name
		} else if e.Person != nil {
			names[*e.Person] = name
		}
		e.Points, err = numberOf(points)
		return e, err
	}, accountEntries, f.Competition, f.From, f.To, f.All, array(f.Units), sql.Null[uuid.UUID]{V: f.Person, Valid: f.Person != uuid.Nil})
	if err != nil {
		return nil, nil, err
	}
	brought, err := tx.openings(ctx, f, names)
	return append(brought, entries...), names, err
}

func refOf(n uuid.NullUUID) *uuid.UUID {
	if !n.Valid {
		return nil
	}
	return &n.UUID
}
