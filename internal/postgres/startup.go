package postgres

import (
	"context"
	"fmt"

	"leitai/internal/fault"
)

// checkFitness refuses a role under which row-level security would not hold,
// and a schema the program is too new for.
func (db *DB) checkFitness(ctx context.Context) error {
	var role string
	var super, bypass, owner bool
	err := db.pool.QueryRowContext(ctx, `
		SELECT current_user, r.rolsuper,
		       EXISTS (SELECT FROM pg_roles b WHERE b.rolbypassrls AND pg_has_role(current_user, b.oid, 'MEMBER')),
		       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
		               AND pg_has_role(current_user, c.relowner, 'MEMBER'))
		FROM pg_roles r WHERE r.rolname = current_user`).Scan(&role, &super, &bypass, &owner)
	if err != nil {
		return fmt.Errorf("postgres: ask the database who we are: %w", err)
	}
	for _, tooStrong := range []struct {
		is     bool
		reason string
	}{{super, "SUPERUSER"}, {bypass, "BYPASSRLS"}, {owner, "OWNER"}} {
		if tooStrong.is {
			return fault.New(fault.DatabaseRoleTooStrong, "role", role, "reason", tooStrong.reason)
		}
	}
	return db.checkSchema(ctx)
}

func (db *DB) checkSchema(ctx context.Context) error {
	if db.opts.Schema == "" {
		return nil
	}
	var known bool
	err := db.pool.QueryRowContext(ctx, `SELECT to_regclass('leitai_migrate.revision') IS NOT NULL`).Scan(&known)
	if err != nil {
		return fmt.Errorf("postgres: ask for the schema's version: %w", err)
	}
	have := ""
	if known {
		err := db.pool.QueryRowContext(ctx, `SELECT coalesce(max(version COLLATE "C"), '') FROM leitai_migrate.revision`).Scan(&have)
		if err != nil {
			return fmt.Errorf("postgres: ask for the schema's version: %w", err)
		}
	}
	if have < db.opts.Schema {
		return fault.New(fault.DatabaseSchemaOld, "have", have, "want", db.opts.Schema)
	}
	return nil
}
