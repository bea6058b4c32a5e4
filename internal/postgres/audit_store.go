package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/audit"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

var _ audit.Sink = (*Tx)(nil)

// Collect implements audit.Sink: the event waits for the commit.
func (tx *Tx) Collect(e audit.Event) {
	tx.turn.Lock()
	defer tx.turn.Unlock()
	tx.pending = append(tx.pending, e)
}

// appendAudit writes the transaction's events at the end of the tenant's chain.
// The tenant's lock, held since the opening, keeps the chain from forking;
// UNIQUE (tenant_id, seq) would stop it in any case.
func (tx *Tx) appendAudit(ctx context.Context) error {
	if len(tx.pending) == 0 {
		return nil
	}
	if tx.Tenant() == uuid.Nil {
		return fmt.Errorf("postgres: %s was recorded outside of a tenant", tx.pending[0].Action)
	}
	head, err := tx.auditHead(ctx)
	if err != nil {
		return err
	}
	entries := tx.auditEntries(ctx)
	if _, err := audit.Link(head, entries); err != nil {
		return err
	}
	for _, e := range entries {
		_, err := tx.exec(ctx, `INSERT INTO audit_entry (id, tenant_id, region, seq, at, actor, credential, request_id, action,
			object_kind, object_id, detail, previous, hash, unit_id, reason, before, after)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
			e.ID, e.Tenant, e.Region, e.Seq, e.At, e.Actor, e.Credential, e.RequestID, e.Action,
			e.ObjectKind, e.ObjectID, e.Detail, e.Previous, e.Hash, e.Unit, e.Reason, documentOrNull(e.Before), documentOrNull(e.After))
		if err != nil {
			return err
		}
	}
	return nil
}

// documentOrNull keeps an absent document from becoming an empty text.
func documentOrNull(document json.RawMessage) any {
	if document == nil {
		return nil
	}
	return document
}

func (tx *Tx) auditEntries(ctx context.Context) []audit.Entry {
	v := carryOver(ctx, tx.scope.viewer)
	moment := tx.db.opts.Now()
	entries := make([]audit.Entry, len(tx.pending))
	for i, event := range tx.pending {
		entries[i] = audit.Entry{
			ID: mixin.NewID(), Tenant: v.Tenant, Region: v.Region, At: moment, Actor: v.User, Credential: v.Credential.ID,
			RequestID: v.RequestID, Action: event.Action, ObjectKind: event.ObjectKind, ObjectID: event.ObjectID, Detail: event.Detail,
			Unit: event.Unit, Reason: event.Reason, Before: event.Before, After: event.After,
		}
		if event.Unit == uuid.Nil {
			entries[i].Unit = v.TenantUnit
		}
	}
	return entries
}

func (tx *Tx) auditHead(ctx context.Context) (audit.Head, error) {
	heads, err := queryAll(ctx, tx, func(s scan) (audit.Head, error) {
		var h audit.Head
		return h, s(&h.Seq, &h.Hash)
	}, `SELECT seq, hash FROM audit_head()`)
	if err != nil || len(heads) == 0 {
		return audit.Start(), err
	}
	return heads[0], nil
}

// auditPage is how many entries are held in memory at a time.
const auditPage = 1000

// AuditChain reads the own tenant's chain from its first entry, page by page.
func (tx *Tx) AuditChain(ctx context.Context) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for after := int64(0); ; {
			page, err := tx.AuditEntries(ctx, after, auditPage)
			if err != nil {
				yield(audit.Entry{}, err)
				return
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
				after = e.Seq
			}
			if len(page) < auditPage {
				return
			}
		}
	}
}

// AuditEntries reads at most so many entries of the own tenant after a number.
func (tx *Tx) AuditEntries(ctx context.Context, after int64, most int) ([]audit.Entry, error) {
	return queryAll(ctx, tx, readAuditEntry, selectAuditEntry+`WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, tx.Tenant(), after, most)
}

const selectAuditEntry = `SELECT id, tenant_id, region, seq, at, actor, credential, request_id, action, object_kind, object_id, detail,
	coalesce(unit_id, '00000000-0000-0000-0000-000000000000'), reason, before, after, previous, hash FROM audit_entry `

func readAuditEntry(s scan) (audit.Entry, error) {
	var e audit.Entry
	var detail, before, after []byte
	var at time.Time
	err := s(&e.ID, &e.Tenant, &e.Region, &e.Seq, &at, &e.Actor, &e.Credential, &e.RequestID, &e.Action, &e.ObjectKind, &e.ObjectID, &detail,
		&e.Unit, &e.Reason, &before, &after, &e.Previous, &e.Hash)
	e.At, e.Detail, e.Before, e.After = at.UTC(), detail, before, after
	return e, err
}

// AuditedPage implements tenancy.Store.
func (tx *Tx) AuditedPage(ctx context.Context, f tenancy.AuditQuery, w paging.Window) ([]*tenancy.Audited, error) {
	q := conditions{}
	q.where("tenant_id = $?", tx.Tenant())
	for _, c := range []struct {
		asked bool
		text  string
		value any
	}{
		{f.Action != "", "action = $?", f.Action}, {f.Object != uuid.Nil, "object_id = $?", f.Object}, {f.User != uuid.Nil, "actor = $?", f.User},
		{f.Unit != uuid.Nil, "unit_id = $?", f.Unit}, {!f.Since.IsZero(), "at >= $?", f.Since}, {!f.Until.IsZero(), "at < $?", f.Until},
	} {
		if c.asked {
			q.where(c.text, c.value)
		}
	}
	for _, bound := range []struct {
		values []paging.Value
		text   string
	}{{w.After, "seq < $?::bigint"}, {w.Before, "seq > $?::bigint"}} {
		if bound.values != nil {
			q.where(bound.text, bound.values[0].Text)
		}
	}
	direction := "DESC"
	if w.Backward {
		direction = "ASC"
	}
	page, err := queryAll(ctx, tx, func(s scan) (*tenancy.Audited, error) {
		e, err := readAuditEntry(s)
		return &tenancy.Audited{Entry: e}, err
	}, selectAuditEntry+q.text()+" ORDER BY seq "+direction+" LIMIT "+strconv.Itoa(w.Fetch()), q.args...)
	if err != nil {
		return nil, err
	}
	return page, tx.namePersons(ctx, page)
}

// namePersons adds the persons behind the users of a page.
func (tx *Tx) namePersons(ctx context.Context, page []*tenancy.Audited) error {
	users := make([]uuid.UUID, len(page))
	for i, e := range page {
		users[i] = e.Actor
	}
	behind := map[uuid.UUID]uuid.UUID{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var user, person uuid.UUID
		err := s(&user, &person)
		behind[user] = person
		return struct{}{}, err
	}, `SELECT user_id, id FROM person WHERE tenant_id = $1 AND user_id = ANY ($2)`, tx.Tenant(), array(users))
	for _, e := range page {
		e.Person = behind[e.Actor]
	}
	return err
}

// AuditTip gives the tip of the own tenant's chain, as the database noted it
// beside the entries.
func (tx *Tx) AuditTip(ctx context.Context) (audit.Head, error) {
	tips, err := queryAll(ctx, tx, func(s scan) (audit.Head, error) {
		var h audit.Head
		return h, s(&h.Seq, &h.Hash)
	}, `SELECT seq, hash FROM audit_tip WHERE tenant_id = $1`, tx.Tenant())
	if err != nil || len(tips) == 0 {
		return audit.Start(), err
	}
	return tips[0], nil
}
