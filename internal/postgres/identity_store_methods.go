package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"leitai/internal/identity"
)

var _ identity.Methods = (*Tx)(nil)

// LoginOf implements identity.Methods.
func (tx *Tx) LoginOf(ctx context.Context, user uuid.UUID) (string, error) {
	login, err := queryOne(ctx, tx, value[sql.NullString], `SELECT user_login($1)`, user)
	return login.String, err
}

// SignInNeeds implements identity.Methods.
func (tx *Tx) SignInNeeds(ctx context.Context, user uuid.UUID) (identity.Needs, error) {
	return queryOne(ctx, tx, func(s scan) (identity.Needs, error) {
		var n identity.Needs
		var idle, absolute, least, days, remembered sql.NullInt64
		var set sql.NullTime
		err := s(&n.SecondFactor, &idle, &absolute, &least, &days, &remembered, &n.Factor, &set)
		n.Idle, n.Absolute = time.Duration(idle.Int64)*time.Minute, time.Duration(absolute.Int64)*time.Minute
		n.Passwords = identity.PasswordPolicy{Least: int(least.Int64), Days: int(days.Int64), Remembered: int(remembered.Int64)}
		n.PasswordSet = set.Time
		return n, err
	}, `SELECT second_factor, idle_minutes, absolute_minutes, password_least, password_days, password_remembered, factor, password_set_at FROM sign_in_needs($1)`, user)
}

// BeginSession implements identity.Methods. Sessions that ended are swept on
// the way.
func (tx *Tx) BeginSession(ctx context.Context, n identity.NewSession) (bool, error) {
	if _, err := tx.exec(ctx, `SELECT sessions_sweep()`); err != nil {
		return false, err
	}
	return queryOne(ctx, tx, value[bool], `SELECT session_begin($1, $2, $3, $4, $5::interval, $6::interval, $7, $8, $9)`,
		n.Hash[:], n.ID, n.User, n.Tenant, seconds(n.Idle), seconds(n.Absolute), n.Method, n.Strong, n.Agent)
}

// RotateSession implements identity.Methods.
func (tx *Tx) RotateSession(ctx context.Context, before, fresh [32]byte, tenant uuid.UUID, idle, absolute time.Duration) (identity.Moved, error) {
	moved, err := queryOne(ctx, tx, value[string], `SELECT session_rotate($1, $2, $3, $4::interval, $5::interval)`,
		before[:], fresh[:], tenant, seconds(idle), seconds(absolute))
	return identity.Moved(moved), err
}

// SessionsOf implements identity.Methods.
func (tx *Tx) SessionsOf(ctx context.Context, user uuid.UUID, own [32]byte) ([]identity.SessionInfo, error) {
	return queryAll(ctx, tx, func(s scan) (identity.SessionInfo, error) {
		var i identity.SessionInfo
		err := s(&i.ID, &i.Own, &i.Tenant, &i.TenantName, &i.CreatedAt, &i.SeenAt, &i.ExpiresAt, &i.Method, &i.Agent)
		return i, err
	}, `SELECT id, own, tenant_id, tenant_name, created_at, seen_at, expires_at, method, agent FROM sessions_of($1, $2)`, user, own[:])
}

// EndSession implements identity.Methods.
func (tx *Tx) EndSession(ctx context.Context, user, id uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT session_end($1, $2)`, user, id)
}

// CloseWeakSessions implements identity.Methods.
func (tx *Tx) CloseWeakSessions(ctx context.Context) error {
	_, err := tx.exec(ctx, `SELECT sessions_close_weak()`)
	return err
}

// SessionFactsOf implements identity.Methods.
func (tx *Tx) SessionFactsOf(ctx context.Context, session [32]byte) (*identity.SessionFacts, error) {
	return orNil(queryOne(ctx, tx, func(s scan) (*identity.SessionFacts, error) {
		var f identity.SessionFacts
		err := s(&f.User, &f.Tenant, &f.Strong, &f.Method, &f.ProvedAt, &f.ExpiresAt)
		return &f, err
	}, `SELECT user_id, tenant_id, strong, method, proved_at, expires_at FROM session_facts($1)`, session[:]))
}

// Strengthen implements identity.Methods.
func (tx *Tx) Strengthen(ctx context.Context, session [32]byte, method string) error {
	_, err := tx.exec(ctx, `SELECT session_strengthen($1, $2)`, session[:], method)
	return err
}

// OpenStep implements identity.Methods.
func (tx *Tx) OpenStep(ctx context.Context, hash [32]byte, step identity.Step, life time.Duration) error {
	wanted := uuid.NullUUID{UUID: step.Tenant, Valid: step.Tenant != uuid.Nil}
	_, err := tx.exec(ctx, `SELECT step_open($1, $2, $3, $4, $5, $6, $7, $8::interval)`,
		hash[:], step.User, step.Kind, step.Method, step.Strong, wanted, step.Agent, seconds(life))
	return err
}

func readStep(s scan) (*identity.Step, error) {
	var step identity.Step
	var wanted uuid.NullUUID
	err := s(&step.User, &step.Kind, &step.Method, &step.Strong, &wanted, &step.Agent)
	step.Tenant = wanted.UUID
	return &step, err
}

// LookStep implements identity.Methods.
func (tx *Tx) LookStep(ctx context.Context, hash [32]byte) (*identity.Step, error) {
	return orNil(queryOne(ctx, tx, readStep, `SELECT user_id, kind, method, strong, tenant_wanted, agent FROM step_look($1)`, hash[:]))
}

// TryStep implements identity.Methods.
func (tx *Tx) TryStep(ctx context.Context, hash [32]byte, most int) (*identity.Step, error) {
	return orNil(queryOne(ctx, tx, readStep, `SELECT user_id, kind, method, strong, tenant_wanted, agent FROM step_try($1, $2)`, hash[:], most))
}

// orNil gives nil where there is no row.
func orNil[T any](one *T, err error) (*T, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return one, err
}

// TakeStep implements identity.Methods.
func (tx *Tx) TakeStep(ctx context.Context, hash [32]byte) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT step_take($1)`, hash[:])
}

// StepPassword implements identity.Methods.
func (tx *Tx) StepPassword(ctx context.Context, step [32]byte, hash string) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT step_password($1, $2)`, step[:], hash)
}

// CloseSteps implements identity.Methods.
func (tx *Tx) CloseSteps(ctx context.Context, user uuid.UUID) error {
	_, err := tx.exec(ctx, `SELECT steps_close_all($1)`, user)
	return err
}

// SaltsOf implements identity.Methods.
func (tx *Tx) SaltsOf(ctx context.Context, user uuid.UUID, most int) ([]string, error) {
	return queryAll(ctx, tx, value[string], `SELECT salt FROM password_salts($1, $2)`, user, most)
}

// KnowsPassword implements identity.Methods.
func (tx *Tx) KnowsPassword(ctx context.Context, user uuid.UUID, hashes []string) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT password_known($1, $2)`, user, array(hashes))
}

// Rehash implements identity.Methods.
func (tx *Tx) Rehash(ctx context.Context, user uuid.UUID, before, fresh string) error {
	_, err := tx.exec(ctx, `SELECT password_rehash($1, $2, $3)`, user, before, fresh)
	return err
}

// UserOfExternal implements identity.Methods.
func (tx *Tx) UserOfExternal(ctx context.Context, issuer, subject string) (*identity.ExternalUser, error) {
	return orNil(queryOne(ctx, tx, func(s scan) (*identity.ExternalUser, error) {
		var u identity.ExternalUser
		err := s(&u.User, &u.Active, &u.Region)
		return &u, err
	}, `SELECT user_id, active, region FROM external_find($1, $2)`, issuer, subject))
}

// RegionOf implements identity.Methods.
func (tx *Tx) RegionOf(ctx context.Context, user uuid.UUID) (string, error) {
	region, err := queryOne(ctx, tx, value[sql.NullString], `SELECT user_region($1)`, user)
	return region.String, err
}

// InsertExternal implements identity.Methods.
func (tx *Tx) InsertExternal(ctx context.Context, user uuid.UUID, e identity.External) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT external_link($1, $2, $3, $4, $5)`, uuid.Must(uuid.NewV7()), user, e.Issuer, e.Subject, e.Key)
}

// NoteExternal implements identity.Methods.
func (tx *Tx) NoteExternal(ctx context.Context, issuer, subject string) error {
	_, err := tx.exec(ctx, `SELECT external_used($1, $2)`, issuer, subject)
	return err
}

// ExternalsOf implements identity.Methods.
func (tx *Tx) ExternalsOf(ctx context.Context, user uuid.UUID) ([]identity.ExternalLink, error) {
	return queryAll(ctx, tx, func(s scan) (identity.ExternalLink, error) {
		var l identity.ExternalLink
		err := s(&l.ID, &l.Issuer, &l.Key, &l.CreatedAt, &l.UsedAt)
		return l, err
	}, `SELECT id, issuer, issuer_key, created_at, used_at FROM external_list($1)`, user)
}

// RemoveExternals implements identity.Methods.
func (tx *Tx) RemoveExternals(ctx context.Context, user uuid.UUID, which *uuid.UUID) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT external_unlink($1, $2)`, user, which)
}

// UseState implements identity.Methods.
func (tx *Tx) UseState(ctx context.Context, hash [32]byte, life time.Duration) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT state_use($1, $2::interval)`, hash[:], seconds(life))
}
