package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/round"
	"leitai/internal/fault"
	"leitai/internal/paging"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

var _ contestround.Store = (*Tx)(nil)

// RoundByID implements round.Store.
func (tx *Tx) RoundByID(ctx context.Context, id uuid.UUID) (*contestround.Round, error) {
	row, err := tx.Ent().Round.Get(ctx, id)
	if err != nil {
		return nil, faultOf(err)
	}
	return roundOf(row)
}

// RoundsByID implements round.Store.
func (tx *Tx) RoundsByID(ctx context.Context, ids []uuid.UUID) ([]*contestround.Round, error) {
	rows, err := tx.Ent().Round.Query().Where(among(round.FieldID, ids)).All(ctx)
	if err != nil {
		return nil, err
	}
	return roundsOf(rows)
}

// LockRound implements round.Store.
func (tx *Tx) LockRound(ctx context.Context, id uuid.UUID) (*contestround.Round, error) {
	row, err := tx.Ent().Round.Query().Where(round.ID(id), round.TenantID(tx.Tenant())).ForUpdate().Only(ctx)
	if err != nil {
		return nil, faultOf(err)
	}
	return roundOf(row)
}

// UpdateRound implements round.Store.
func (tx *Tx) UpdateRound(ctx context.Context, r *contestround.Round) error {
	notice := json.RawMessage("{}")
	if r.Notice != nil {
		var err error
		if notice, err = json.Marshal(r.Notice); err != nil {
			return err
		}
	}
	u := tx.Ent().Round.Update().Where(round.ID(r.ID), round.Revision(r.Revision)).
		SetHeld(timeOf(r.Held)).SetState(string(r.State)).SetVenue(r.Venue).SetTheme(r.Theme).SetForm(r.Form).SetNotice(notice).
		SetPublishedRevision(r.PublishedRevision).SetCancelReason(r.CancelReason).AddRevision(1)
	orNull(r.RubricPublishedAt, u.SetRubricPublishedAt, u.ClearRubricPublishedAt)
	orNull(r.OpenedAt, u.SetOpenedAt, u.ClearOpenedAt)
	orNull(r.ClosedAt, u.SetClosedAt, u.ClearClosedAt)
	orNull(r.AnnouncedAt, u.SetAnnouncedAt, u.ClearAnnouncedAt)
	orNull(timeOfPtr(r.ObjectionsUntil), u.SetObjectionsUntil, u.ClearObjectionsUntil)
	n, err := u.Save(ctx)
	if err != nil {
		return err
	}
	return counted(n, &r.Revision)
}

// orNull sets a column, or clears it when there is no value.
func orNull[T, U any](v *T, set func(T) U, drop func() U) {
	if v == nil {
		drop()
		return
	}
	set(*v)
}

// RoundPage implements round.Store.
func (tx *Tx) RoundPage(ctx context.Context, f contestround.Filter, w paging.Window) ([]*contestround.Round, error) {
	q := tx.Ent().Round.Query()
	if f.Competition != nil {
		q.Where(round.CompetitionID(*f.Competition))
	}
	if f.State != nil {
		q.Where(round.State(string(*f.State)))
	}
	narrow, order, err := keyset(w, keyColumn{round.FieldHeld, true, dateKey}, keyColumn{round.FieldID, true, uuidKey})
	if err != nil {
		return nil, err
	}
	rows, err := q.Where(narrow).Order(order).Limit(w.Fetch()).All(ctx)
	if err != nil {
		return nil, err
	}
	return roundsOf(rows)
}

// RoundsOf implements round.Store.
func (tx *Tx) RoundsOf(ctx context.Context, competition uuid.UUID) ([]*contestround.Round, error) {
	rows, err := tx.Ent().Round.Query().Where(round.CompetitionID(competition)).Order(gen.Asc(round.FieldPeriod)).All(ctx)
	if err != nil {
		return nil, err
	}
	return roundsOf(rows)
}

// RoundTemplate implements round.Store.
func (tx *Tx) RoundTemplate(ctx context.Context, r *contestround.Round) (*template.Document, int, error) {
	v, err := tx.Ent().TemplateVersion.Get(ctx, r.TemplateVersion)
	if err != nil {
		return nil, 0, faultOf(err)
	}
	if v.Canonical == "" {
		return nil, 0, fault.New(fault.TemplateNotActive, "value", v.NameZh)
	}
	doc, err := readTemplates.Read(v.Canonical)
	return &doc, v.Version, err
}

// readTemplates are those of rounds that somebody works on; the text is read from
// the database every time, under row-level security, and only not parsed anew.
var readTemplates = template.NewShelf(1 << 20)

func roundsOf(rows []*gen.Round) ([]*contestround.Round, error) {
	all := make([]*contestround.Round, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = roundOf(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func roundOf(row *gen.Round) (*contestround.Round, error) {
	r := &contestround.Round{
		ID: row.ID, Tenant: row.TenantID, Competition: row.CompetitionID, TemplateVersion: row.TemplateVersionID, Trial: row.Trial,
		Period: row.Period, Nominal: dateOf(row.Nominal), Held: dateOf(row.Held), State: contestround.State(row.State), Venue: row.Venue,
		Theme: row.Theme, Form: row.Form,
		RubricPublishedAt: row.RubricPublishedAt, OpenedAt: row.OpenedAt, ClosedAt: row.ClosedAt, AnnouncedAt: row.AnnouncedAt,
		ObjectionsUntil: dateOfPtr(row.ObjectionsUntil), PublishedRevision: row.PublishedRevision, CancelReason: row.CancelReason, Revision: row.Revision,
	}
	if string(row.Notice) == "{}" {
		return r, nil
	}
	r.Notice = &contestround.RoundNotice{}
	return r, json.Unmarshal(row.Notice, r.Notice)
}
