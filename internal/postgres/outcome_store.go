package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/outcome"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	rule "leitai/internal/outcome"
	"leitai/internal/paging"
)

var _ consequences.Store = (*Tx)(nil)

// outcomeDetail is what is only read together with its outcome.
type outcomeDetail struct {
	Period  string                       `json:"period"`
	Penalty bool                         `json:"penalty"`
	Entries []consequences.ProposedEntry `json:"entries"`
	With    []rule.Link                  `json:"with"`
}

// InsertOutcomes implements consequences.Store.
func (tx *Tx) InsertOutcomes(ctx context.Context, all []*consequences.Outcome) error {
	rows := make([]*gen.OutcomeCreate, len(all))
	for i, o := range all {
		detail, err := json.Marshal(outcomeDetail{Period: o.Period, Penalty: o.Penalty, Entries: o.Entries, With: o.With})
		if err != nil {
			return err
		}
		rows[i] = tx.Ent().Outcome.Create().SetID(o.ID).SetCompetitionID(o.Competition).SetNillableRoundID(o.Round).SetNillableRollupID(o.Rollup).
			SetPublicationRevision(o.Revision).SetRule(o.Rule).SetReason(o.Reason).SetAction(o.Action).SetUnitID(o.Unit).
			SetSubjectID(subjectOr(o.Subject, o.Unit)).
			SetRank(o.Rank).SetRankFromBottom(o.FromBottom).SetStreak(o.Streak).SetByRole(o.ByRole).SetDetail(detail).SetState(string(o.State))
	}
	return tx.Ent().Outcome.CreateBulk(rows...).Exec(ctx)
}

// OutcomesByID implements consequences.Store, in the order of the ids.
func (tx *Tx) OutcomesByID(ctx context.Context, ids []uuid.UUID) ([]*consequences.Outcome, error) {
	q := tx.Ent().Outcome.Query().Where(within("id", ids))
	if tx.writing {
		q.ForUpdate()
	}
	found, err := tx.outcomes(ctx, q)
	if err != nil {
		return nil, err
	}
	byID := map[uuid.UUID]*consequences.Outcome{}
	for _, o := range found {
		byID[o.ID] = o
	}
	ordered := make([]*consequences.Outcome, 0, len(ids))
	for i, id := range ids {
		o, known := byID[id]
		if !known {
			return nil, fault.New(fault.NotFound).At("outcomes[%d]", i)
		}
		ordered = append(ordered, o)
	}
	return ordered, nil
}

// OutcomesOfRound implements consequences.Store.
func (tx *Tx) OutcomesOfRound(ctx context.Context, round uuid.UUID) ([]*consequences.Outcome, error) {
	return tx.outcomes(ctx, tx.Ent().Outcome.Query().Where(outcome.RoundID(round)).Order(outcome.ByID()))
}

// OutcomesOfRollup implements consequences.Store.
func (tx *Tx) OutcomesOfRollup(ctx context.Context, rollup uuid.UUID) ([]*consequences.Outcome, error) {
	return tx.outcomes(ctx, tx.Ent().Outcome.Query().Where(outcome.RollupID(rollup)).Order(outcome.ByID()))
}

// OutcomePage implements consequences.Store; ids are in the order of time.
func (tx *Tx) OutcomePage(ctx context.Context, f consequences.OutcomeFilter, w paging.Window) ([]*consequences.Outcome, error) {
	q := tx.Ent().Outcome.Query()
	if f.Round != nil {
		q.Where(outcome.RoundID(*f.Round))
	}
	if f.State != nil {
		q.Where(outcome.State(string(*f.State)))
	}
	if f.Units != nil {
		q.Where(within("unit_id", f.Units))
	}
	if err := newestFirst(w, func(p func(*entsql.Selector)) { q.Where(p) }, func(o func(*entsql.Selector)) { q.Order(o) }); err != nil {
		return nil, err
	}
	return tx.outcomes(ctx, q.Limit(w.Fetch()))
}

// newestFirst puts a window by id on a query: newest first, or oldest first for
// a backward window.
func newestFirst(w paging.Window, where, order func(func(*entsql.Selector))) error {
	for _, bound := range []struct {
		value []paging.Value
		less  bool
	}{{w.After, true}, {w.Before, false}} {
		if bound.value == nil {
			continue
		}
		id, err := uuid.Parse(bound.value[0].Text)
		if err != nil {
			return fault.New(fault.InvalidCursor)
		}
		where(func(s *entsql.Selector) {
			if bound.less {
				s.Where(entsql.LT(s.C("id"), id))
			} else {
				s.Where(entsql.GT(s.C("id"), id))
			}
		})
	}
	order(func(s *entsql.Selector) {
		if w.Backward {
			s.OrderBy(entsql.Asc(s.C("id")))
		} else {
			s.OrderBy(entsql.Desc(s.C("id")))
		}
	})
	return nil
}

func (tx *Tx) outcomes(ctx context.Context, q *gen.OutcomeQuery) ([]*consequences.Outcome, error) {
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	units, subjects := make([]uuid.UUID, len(rows)), make([]uuid.UUID, len(rows))
	for i, row := range rows {
		units[i], subjects[i] = row.UnitID, row.SubjectID
	}
	names, err := tx.subjectNames(ctx, units, subjects)
	if err != nil {
		return nil, err
	}
	all := make([]*consequences.Outcome, len(rows))
	for i, row := range rows {
		if all[i], err = outcomeOf(row, names[row.SubjectID]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func outcomeOf(row *gen.Outcome, name string) (*consequences.Outcome, error) {
	var detail outcomeDetail
	if err := json.Unmarshal(row.Detail, &detail); err != nil {
		return nil, fmt.Errorf("outcome %s: %w", row.ID, err)
	}
	amount, err := numberOfPtr(row.Amount)
	if err != nil {
		return nil, err
	}
	return &consequences.Outcome{ID: row.ID, Competition: row.CompetitionID, Round: row.RoundID, Rollup: row.RollupID, Revision: row.PublicationRevision,
		Rule: row.Rule, Reason: row.Reason, Action: row.Action, Unit: row.UnitID, Subject: row.SubjectID, UnitName: name, Period: detail.Period, Rank: row.Rank,
		FromBottom: row.RankFromBottom, Streak: row.Streak, ByRole: row.ByRole, Entries: detail.Entries, With: detail.With, Penalty: detail.Penalty,
		State: consequences.State(row.State), Due: dateOfPtr(row.Due), Amount: amount, Minutes: row.MinutesNumber, Basis: row.Basis, Record: row.Record,
		ConfirmedBy: row.ConfirmedBy, DecidedBy: row.DecidedBy, ApprovedBy: row.ApprovedBy, ExecutedBy: row.ExecutedBy, ExecutedAt: row.ExecutedAt,
		LockRevision: row.Revision}, nil
}

// UpdateOutcome implements consequences.Store.
func (tx *Tx) UpdateOutcome(ctx context.Context, o *consequences.Outcome) error {
	u := tx.Ent().Outcome.Update().Where(outcome.ID(o.ID), outcome.Revision(o.LockRevision)).
		SetState(string(o.State)).SetNillableDue(timeOfPtr(o.Due)).SetMinutesNumber(o.Minutes).SetBasis(o.Basis).SetRecord(o.Record).
		SetNillableConfirmedBy(o.ConfirmedBy).SetNillableDecidedBy(o.DecidedBy).SetNillableApprovedBy(o.ApprovedBy).
		SetNillableExecutedBy(o.ExecutedBy).SetNillableExecutedAt(o.ExecutedAt).SetRevision(o.LockRevision + 1)
	if o.Amount != nil {
		u.SetAmount(o.Amount.String())
	}
	changed, err := u.Save(ctx)
	if err != nil {
		return err
	}
	if changed == 0 {
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(o.LockRevision+1)).At("revision")
	}
	o.LockRevision++
	return nil
}

// CompetitionTrial implements consequences.Store.
func (tx *Tx) CompetitionTrial(ctx context.Context, competition uuid.UUID) (bool, error) {
	row, err := tx.Ent().Competition.Get(ctx, competition)
	if err != nil {
		return false, err
	}
	return row.Trial, nil
}

// subjectOr is the subject, or the unit itself where none is named.
func subjectOr(subject, unit uuid.UUID) uuid.UUID {
	if subject == uuid.Nil {
		return unit
	}
	return subject
}

// subjectNames tells how subjects at their places are called: a unit by its
// name, a person by place and pseudonym, an organisation by its name.
func (tx *Tx) subjectNames(ctx context.Context, units, subjects []uuid.UUID) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	if len(subjects) == 0 {
		return names, nil
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var name string
		err := s(&id, &name)
		names[id] = name
		return struct{}{}, err
	}, `SELECT x.subject, `+subjectName("x.subject", "x.unit")+` FROM unnest($1::uuid[], $2::uuid[]) x (subject, unit)`, array(subjects), array(units))
	return names, err
}
