package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/fault"
	"leitai/internal/tenancy"
)

// FoundPlatform implements tenancy.Store.
func (tx *Tx) FoundPlatform(ctx context.Context, o tenancy.Opening) error {
	ids := []uuid.UUID{o.Tenant.ID, o.Admin.User, o.Admin.ID, mixin.NewID(), mixin.NewID()}
	_, err := tx.exec(ctx, `SELECT platform_found($1,$2,$3,$4,$5,$6,$7,$8)`, array(ids), o.Tenant.Name, o.Tenant.TimeZone, o.At,
		o.Login, o.Hash, o.Admin.Pseudonym, o.Admin.Name)
	if pq.As(err, uniqueViolation) != nil {
		return fault.New(fault.PlatformExists)
	}
	return err
}
