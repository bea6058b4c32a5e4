package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/identity"
)

// BeginTOTP implements identity.Methods.
func (tx *Tx) BeginTOTP(ctx context.Context, user uuid.UUID, sealed []byte) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT totp_begin($1, $2)`, user, sealed)
}

// TOTPOf implements identity.Methods.
func (tx *Tx) TOTPOf(ctx context.Context, user uuid.UUID) (*identity.SealedSecret, error) {
	return orNil(queryOne(ctx, tx, func(s scan) (*identity.SealedSecret, error) {
		var f identity.SealedSecret
		err := s(&f.Sealed, &f.Confirmed)
		return &f, err
	}, `SELECT sealed, confirmed FROM totp_of($1)`, user))
}

// ConfirmTOTP implements identity.Methods.
func (tx *Tx) ConfirmTOTP(ctx context.Context, user uuid.UUID, step int64) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT totp_confirm($1, $2)`, user, step)
}

// UseTOTP implements identity.Methods.
func (tx *Tx) UseTOTP(ctx context.Context, user uuid.UUID, step int64) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT totp_use($1, $2)`, user, step)
}

// ResealTOTP implements identity.Methods.
func (tx *Tx) ResealTOTP(ctx context.Context, user uuid.UUID, before, fresh []byte) error {
	_, err := tx.exec(ctx, `SELECT totp_reseal($1, $2, $3)`, user, before, fresh)
	return err
}

// RemoveTOTP implements identity.Methods.
func (tx *Tx) RemoveTOTP(ctx context.Context, user uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT totp_remove($1)`, user)
}

// SetRecoveryCodes implements identity.Methods.
func (tx *Tx) SetRecoveryCodes(ctx context.Context, user uuid.UUID, hashes [][32]byte) error {
	raw := make([][]byte, len(hashes))
	for i := range hashes {
		raw[i] = hashes[i][:]
	}
	_, err := tx.exec(ctx, `SELECT recovery_set($1, $2)`, user, pq.ByteaArray(raw))
	return err
}

// UseRecoveryCode implements identity.Methods.
func (tx *Tx) UseRecoveryCode(ctx context.Context, user uuid.UUID, hash [32]byte) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT recovery_use($1, $2)`, user, hash[:])
}

// RecoveryCodesLeft implements identity.Methods.
func (tx *Tx) RecoveryCodesLeft(ctx context.Context, user uuid.UUID) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT recovery_left($1)`, user)
}
