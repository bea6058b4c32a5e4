package postgres

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	"leitai/internal/identity"
)

// TenantSignInPolicy implements identity.Methods.
func (tx *Tx) TenantSignInPolicy(ctx context.Context) (identity.TenantPolicy, error) {
	found, err := queryAll(ctx, tx, func(s scan) (identity.TenantPolicy, error) {
		var p identity.TenantPolicy
		var idle, absolute, least, days, remembered sql.NullInt64
		err := s(&p.SecondFactor, &idle, &absolute, &least, &days, &remembered)
		p.IdleMinutes, p.AbsoluteMinutes, p.PasswordLeast = int(idle.Int64), int(absolute.Int64), int(least.Int64)
		p.PasswordDays, p.PasswordRemembered = int(days.Int64), int(remembered.Int64)
		return p, err
	}, `SELECT second_factor, idle_minutes, absolute_minutes, password_least, password_days, password_remembered FROM sign_in_policy WHERE tenant_id = $1`, tx.Tenant())
	if err != nil || len(found) == 0 {
		return identity.TenantPolicy{}, err
	}
	return found[0], nil
}

// SaveTenantSignInPolicy implements identity.Methods.
func (tx *Tx) SaveTenantSignInPolicy(ctx context.Context, by uuid.UUID, p identity.TenantPolicy) error {
	_, err := tx.exec(ctx, `INSERT INTO sign_in_policy (id, tenant_id, region, second_factor, idle_minutes, absolute_minutes, password_least, password_days,
			password_remembered, changed_by, changed_at)
		VALUES ($1, $2, $3, $4, nullif($5, 0), nullif($6, 0), nullif($7, 0), nullif($8, 0), nullif($9, 0), $10, now())
		ON CONFLICT (tenant_id) DO UPDATE SET second_factor = excluded.second_factor, idle_minutes = excluded.idle_minutes,
			absolute_minutes = excluded.absolute_minutes, password_least = excluded.password_least, password_days = excluded.password_days,
			password_remembered = excluded.password_remembered, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), p.SecondFactor, p.IdleMinutes, p.AbsoluteMinutes, p.PasswordLeast, p.PasswordDays, p.PasswordRemembered, by)
	return err
}
