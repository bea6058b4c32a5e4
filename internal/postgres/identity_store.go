package postgres

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

var (
	_ identity.Directory = (*Tx)(nil)
	_ identity.Store     = (*Tx)(nil)
)

// SettingOfLogin implements identity.Directory.
func (tx *Tx) SettingOfLogin(ctx context.Context, login string) (string, error) {
	setting, err := queryOne(ctx, tx, value[sql.NullString], `SELECT login_setting($1)`, login)
	return setting.String, err
}

// UserOfLogin implements identity.Directory.
func (tx *Tx) UserOfLogin(ctx context.Context, login string, key []byte) (uuid.UUID, error) {
	user, err := queryOne(ctx, tx, value[uuid.NullUUID], `SELECT login_check($1, $2)`, login, key)
	return user.UUID, err
}

// PlacesOf implements identity.Directory.
func (tx *Tx) PlacesOf(ctx context.Context, user uuid.UUID) ([]identity.Place, error) {
	return queryAll(ctx, tx, func(s scan) (identity.Place, error) {
		var p identity.Place
		err := s(&p.Tenant, &p.Kind, &p.Name)
		return p, err
	}, `SELECT tenant_id, kind, name FROM login_tenants($1)`, user)
}

// seconds is a duration as PostgreSQL's interval.
func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) + " seconds"
}

// CloseSession implements identity.Directory.
func (tx *Tx) CloseSession(ctx context.Context, hash [32]byte) error {
	_, err := tx.exec(ctx, `SELECT session_close($1)`, hash[:])
	return err
}

// InsertUser implements identity.Store.
func (tx *Tx) InsertUser(ctx context.Context, user uuid.UUID, login, hash string) error {
	taken, err := queryOne(ctx, tx, value[bool], `SELECT login_taken($1)`, login)
	if err != nil {
		return err
	}
	if taken {
		return fault.New(fault.AlreadyExists, "value", login).At("login")
	}
	_, err = tx.exec(ctx, `SELECT user_create($1, $2, $3, 'zh-Hans')`, user, login, hash)
	return err
}

// AccountOf implements identity.Store.
func (tx *Tx) AccountOf(ctx context.Context, user uuid.UUID) (login, setting string, err error) {
	_, err = queryOne(ctx, tx, func(s scan) (struct{}, error) {
		return struct{}{}, s(&login, &setting)
	}, `SELECT login, setting FROM user_setting($1)`, user)
	return login, setting, faultOf(err)
}

// KeyMatches implements identity.Store.
func (tx *Tx) KeyMatches(ctx context.Context, user uuid.UUID, key []byte) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT user_check($1, $2)`, user, key)
}

// ReplaceHash implements identity.Store.
func (tx *Tx) ReplaceHash(ctx context.Context, user uuid.UUID, key []byte, hash string) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT user_password_own($1, $2, $3)`, user, key, hash)
}

// SetHash implements identity.Store.
func (tx *Tx) SetHash(ctx context.Context, user uuid.UUID, hash string) error {
	_, err := tx.exec(ctx, `SELECT user_password($1, $2)`, user, hash)
	return err
}

// CloseSessions implements identity.Store.
func (tx *Tx) CloseSessions(ctx context.Context, user uuid.UUID, keep *[32]byte) error {
	var kept []byte
	if keep != nil {
		kept = keep[:]
	}
	_, err := tx.exec(ctx, `SELECT sessions_close_all($1, $2)`, user, kept)
	return err
}

const grantsHeld = `SELECT role, unit_id, dimensions FROM role_grant
WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > now()) ORDER BY id`

// GrantsHeldBy implements identity.Store. Grants that begin later are among
// them.
func (tx *Tx) GrantsHeldBy(ctx context.Context, user uuid.UUID) ([]identity.Held, error) {
	return queryAll(ctx, tx, func(s scan) (identity.Held, error) {
		var h identity.Held
		var role string
		err := s(&role, &h.Unit, pq.Array(&h.Dimensions))
		h.Role = authz.Role(role)
		return h, err
	}, grantsHeld, tx.Tenant(), user)
}

// HoldsElsewhere implements identity.Store.
func (tx *Tx) HoldsElsewhere(ctx context.Context, user uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT user_elsewhere($1)`, user)
}

// UserOfPerson implements identity.Store.
func (tx *Tx) UserOfPerson(ctx context.Context, person uuid.UUID) (uuid.UUID, error) {
	user, err := queryOne(ctx, tx, value[uuid.NullUUID], `SELECT user_id FROM person WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), person)
	return user.UUID, faultOf(err)
}

// LinkUser implements identity.Store.
func (tx *Tx) LinkUser(ctx context.Context, person, user uuid.UUID) error {
	_, err := tx.exec(ctx, `UPDATE person SET user_id = $3 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), person, user)
	return err
}

// InsertToken implements identity.Store.
func (tx *Tx) InsertToken(ctx context.Context, t *identity.Token, hash [32]byte) error {
	_, err := tx.exec(ctx, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, scopes, read_only, created_at, expires_at, units)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		t.ID, tx.Tenant(), tx.region(), t.User, t.Name, t.Handle, hash[:], array(orEmpty(t.Scopes)), t.ReadOnly, t.CreatedAt, t.ExpiresAt, array(orEmpty(t.Units)))
	return err
}

// orEmpty keeps an absent list from becoming NULL.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

//nolint:gosec // a query for tokens, not one of them
const selectToken = `SELECT id, user_id, name, handle, scopes, units, read_only, created_at, expires_at, used_at, revoked_at FROM api_token WHERE tenant_id = $1 `

func readToken(s scan) (*identity.Token, error) {
	var t identity.Token
	err := s(&t.ID, &t.User, &t.Name, &t.Handle, pq.Array(&t.Scopes), pq.Array(&t.Units), &t.ReadOnly, &t.CreatedAt, &t.ExpiresAt, &t.UsedAt, &t.RevokedAt)
	return &t, err
}

// TokenByID implements identity.Store.
func (tx *Tx) TokenByID(ctx context.Context, id uuid.UUID) (*identity.Token, error) {
	t, err := queryOne(ctx, tx, readToken, selectToken+`AND id = $2`, tx.Tenant(), id)
	return t, faultOf(err)
}

// TokensOf implements identity.Store.
func (tx *Tx) TokensOf(ctx context.Context, user *uuid.UUID) ([]*identity.Token, error) {
	return queryAll(ctx, tx, readToken, selectToken+`AND ($2::uuid IS NULL OR user_id = $2) ORDER BY id DESC`, tx.Tenant(), user)
}

// ApproveToken implements identity.Store.
func (tx *Tx) ApproveToken(ctx context.Context, id uuid.UUID) error {
	_, err := tx.exec(ctx, `UPDATE api_token SET read_only = false WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id)
	return err
}

// RevokeToken implements identity.Store.
func (tx *Tx) RevokeToken(ctx context.Context, id uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE api_token SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, at)
	return err
}
