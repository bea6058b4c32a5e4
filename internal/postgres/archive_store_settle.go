package postgres

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/archive"
	"leitai/internal/audit"
	"leitai/internal/fault"
)

// namesOthers are columns that may name another tenant: what is said there
// changes nothing of the other one.
var namesOthers = map[string][]string{"adoption": {"other_id"}, "unit_proposal": {"decided_tenant"}}

// SettleArchive implements archive.Target.
func (tx *Tx) SettleArchive(ctx context.Context, m *archive.Manifest, voidOpen bool) error {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		// What no archive holds was written by the database itself.
		if t.kind == archive.KindRows && t.name != "tenant" && neverLeaves[t.name] == "" {
			if err := tx.refuseForeign(ctx, t); err != nil {
				return err
			}
		}
	}
	if err := tx.settlePolls(ctx, voidOpen); err != nil {
		return err
	}
	head, err := audit.Verify(chainOf(ctx, tx.tx, tx.Tenant()))
	var brokenChain *audit.Broken
	if errors.As(err, &brokenChain) {
		return fault.New(fault.ArchiveAudit)
	}
	if err != nil {
		return err
	}
	if head.Seq != m.Tenant.AuditSeq || head.Seq > 0 && hex.EncodeToString(head.Hash) != m.Tenant.AuditSum {
		return fault.New(fault.ArchiveAudit)
	}
	return tx.newRights(ctx, tables)
}

// refuseForeign looks for another tenant's id in any column of the rows taken.
func (tx *Tx) refuseForeign(ctx context.Context, t ownedTable) error {
	var named []string
	for i, c := range t.columns {
		switch {
		case slices.Contains(namesOthers[t.name], c):
		case t.types[i] == "uuid":
			named = append(named, `o.id = x.`+pq.QuoteIdentifier(c))
		case t.types[i] == "uuid[]":
			named = append(named, `o.id = ANY (x.`+pq.QuoteIdentifier(c)+`)`)
		}
	}
	return tx.refuseIf(ctx, []refusal{{`SELECT EXISTS (SELECT FROM ` + pq.QuoteIdentifier(t.name) + ` x, tenant o WHERE x.tenant_id = $1 AND o.id <> $1 AND (` +
		strings.Join(named, ` OR `) + `))`, tx.Tenant(), fault.New(fault.ArchiveForeign, "table", t.name)}})
}

// settlePolls lets evaluations that were open begin anew: their codes and
// ballots stayed where they were.
func (tx *Tx) settlePolls(ctx context.Context, voidOpen bool) error {
	open, err := queryOne(ctx, tx, value[int], `SELECT count(*) FROM poll WHERE tenant_id = $1 AND state = 'open'`, tx.Tenant())
	if err != nil || open == 0 {
		return err
	}
	if !voidOpen {
		return fault.New(fault.ArchivePollOpen, "value", strconv.Itoa(open))
	}
	if _, err := tx.exec(ctx, `UPDATE poll SET first_closer = NULL WHERE tenant_id = $1 AND state = 'open'`, tx.Tenant()); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE poll_group g SET codes = 0, papers = 0, present = 0 FROM poll p
		WHERE g.tenant_id = $1 AND p.tenant_id = g.tenant_id AND p.id = g.poll_id AND p.state = 'open'`, tx.Tenant())
	return err
}

// newRights gives the rows of rights a new epoch, so that every replica reads
// them at its next request.
func (tx *Tx) newRights(ctx context.Context, tables []ownedTable) error {
	reached, err := queryOne(ctx, tx, value[int64], `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch`)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if t.kind == archive.KindRows && t.typeOf("epoch") == "bigint" {
			if _, err := tx.exec(ctx, `UPDATE `+pq.QuoteIdentifier(t.name)+` SET epoch = $2 WHERE tenant_id = $1`, tx.Tenant(), reached); err != nil {
				return err
			}
		}
	}
	return nil
}

// NoteArchive implements archive.Target.
func (tx *Tx) NoteArchive(ctx context.Context, m *archive.Manifest, units map[string]string, by string) error {
	if len(units) > 0 {
		tx.scope.viewer.Region = m.Tenant.Region // there was no tenant when the transaction was opened
		if err := audit.Record(ctx, "tenant:import", "tenant", m.Tenant.ID, map[string]any{"manifest": m.Sum(), "units": units, "by": by}); err != nil {
			return err
		}
	}
	return tx.noteEvent(ctx, "import", m.Tenant.ID, by, m.Sum())
}

func (tx *Tx) noteEvent(ctx context.Context, kind string, tenant uuid.UUID, by, sum string) error {
	_, err := tx.exec(ctx, `INSERT INTO archive_event (id, kind, subject, at, by, manifest_sha256) VALUES ($1, $2, $3, $4, $5, $6)`,
		mixin.NewID(), kind, tenant, tx.db.opts.Now(), by, sum)
	return err
}
