package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	contestround "leitai/internal/round"
)

// OwnResult implements round.Store.
func (tx *Tx) OwnResult(ctx context.Context, round uuid.UUID, revision int) (*contestround.OwnResult, error) {
	all, err := queryAll(ctx, tx, func(s scan) (*contestround.OwnResult, error) {
		b, own := &contestround.Board{Round: round}, &contestround.OwnResult{}
		var held time.Time
		e := &own.Entry
		err := s(&b.Tenant, &b.Competition, &b.Period, &held, &b.Superseded, &b.Publication, &b.Revision, &b.Audience, &b.PublishedAt,
			&e.Subject, &e.Kind, &e.Unit, &e.Place, &e.Code, &own.Bundle)
		b.Held, e.Round, e.UnitCode, own.Board = dateOf(held), round, e.Code, b
		return own, err
	}, `SELECT tenant_id, competition_id, period, held, superseded, publication_id, revision, audience, published_at, subject_id, subject_kind, unit_id, place, code, bundle
		FROM own_result($1, $2)`, round, revision)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}
