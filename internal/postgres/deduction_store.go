package postgres

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/accountentry"
	"leitai/internal/issues"
)

// DeductionsOf implements issues.Store. The n-th entry of an issue under one
// rule is stored as rule#n, because posting one twice must stay impossible.
func (tx *Tx) DeductionsOf(ctx context.Context, competition uuid.UUID) (map[uuid.UUID]map[string]issues.Posted, error) {
	rows, err := tx.Ent().AccountEntry.Query().Where(accountentry.CompetitionID(competition), accountentry.IssueIDNotNil()).All(ctx)
	if err != nil {
		return nil, err
	}
	posted := map[uuid.UUID]map[string]issues.Posted{}
	for _, row := range rows {
		if posted[*row.IssueID] == nil {
			posted[*row.IssueID] = map[string]issues.Posted{}
		}
		rule, _, _ := strings.Cut(row.Rule, "#")
		p := posted[*row.IssueID][rule]
		if p.Points, err = sumOf(p.Points, row.Points); err != nil {
			return nil, err
		}
		p.Entries++
		posted[*row.IssueID][rule] = p
	}
	return posted, nil
}

// InsertDeductions implements issues.Store.
func (tx *Tx) InsertDeductions(ctx context.Context, all []issues.Deduction) error {
	rows := make([]*gen.AccountEntryCreate, len(all))
	for i, d := range all {
		rule := d.Rule
		if d.Nth > 1 {
			rule += "#" + strconv.Itoa(d.Nth)
		}
		rows[i] = tx.Ent().AccountEntry.Create().SetID(d.ID).SetCompetitionID(d.Competition).SetUnitID(d.Unit).SetPeriod(d.Period).
			SetPoints(d.Points.String()).SetRule(rule).SetRole("village").SetSubjectID(d.Unit).SetIssueID(d.Issue).
			SetPostedBy(d.PostedBy).SetPostedAt(d.PostedAt)
	}
	return tx.Ent().AccountEntry.CreateBulk(rows...).Exec(ctx)
}
