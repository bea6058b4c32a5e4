package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/event"
	"leitai/internal/inbox"
	"leitai/internal/paging"
)

var _ interface {
	inbox.Store
	inbox.Queue
} = (*Tx)(nil)

// InboxRights implements inbox.Store.
func (tx *Tx) InboxRights(ctx context.Context, user uuid.UUID) ([]inbox.Right, error) {
	return queryAll(ctx, tx, func(s scan) (inbox.Right, error) {
		var r inbox.Right
		var unit uuid.NullUUID
		err := s(&r.Permission, &unit)
		r.Unit = refOf(unit)
		return r, err
	}, `SELECT DISTINCT permission, unit_id FROM inbox_item WHERE tenant_id = $1 AND user_id = $2`, tx.Tenant(), user)
}

// inboxOwn are the items of a user that need one of the rights, which are two
// arrays: permissions, and units with the zero id for none.
const inboxOwn = ` i.tenant_id = $1 AND i.user_id = $2 AND EXISTS (SELECT FROM unnest($3::text[], $4::uuid[]) r(permission, unit)
	WHERE r.permission = i.permission AND r.unit = coalesce(i.unit_id, '00000000-0000-0000-0000-000000000000')) `

func rightArrays(rights []inbox.Right) (permissions, units any) {
	names, places := make([]string, len(rights)), make([]uuid.UUID, len(rights))
	for i, r := range rights {
		names[i] = string(r.Permission)
		if r.Unit != nil {
			places[i] = *r.Unit
		}
	}
	return array(names), array(places)
}

// InboxPage implements inbox.Store.
func (tx *Tx) InboxPage(ctx context.Context, user uuid.UUID, unread bool, rights []inbox.Right, w paging.Window) ([]*inbox.Item, error) {
	after, before, order, err := idWindow(w)
	if err != nil {
		return nil, err
	}
	permissions, units := rightArrays(rights)
	return queryAll(ctx, tx, scanInbox, inboxItems+inboxOwn+`AND ($5 = false OR i.read_at IS NULL)
		AND ($6::uuid IS NULL OR i.id < $6) AND ($7::uuid IS NULL OR i.id > $7) ORDER BY i.id `+order+` LIMIT $8`,
		tx.Tenant(), user, permissions, units, unread, after, before, w.Fetch())
}

const inboxItems = `SELECT i.id, i.kind, i.permission, i.unit_id, i.about_unit, coalesce(u.shown_name, ''), i.object_kind, i.object_id, i.facts, i.created_at, i.read_at
FROM inbox_item i LEFT JOIN unit u ON u.id = i.about_unit WHERE`

func scanInbox(s scan) (*inbox.Item, error) {
	i := &inbox.Item{}
	var at, about uuid.NullUUID
	var facts []byte
	err := s(&i.ID, &i.Kind, &i.Needs.Permission, &at, &about, &i.Unit, &i.ObjectKind, &i.Object, &facts, &i.CreatedAt, &i.ReadAt)
	i.Needs.Unit, i.About, i.Facts = refOf(at), about.UUID, facts
	return i, err
}

// InboxItem implements inbox.Store.
func (tx *Tx) InboxItem(ctx context.Context, user, id uuid.UUID) (*inbox.Item, error) {
	i, err := queryOne(ctx, tx, scanInbox, inboxItems+` i.tenant_id = $1 AND i.user_id = $2 AND i.id = $3`, tx.Tenant(), user, id)
	return i, faultOf(err)
}

// InboxUnread implements inbox.Store.
func (tx *Tx) InboxUnread(ctx context.Context, user uuid.UUID, rights []inbox.Right, most int) (int, error) {
	permissions, units := rightArrays(rights)
	return queryOne(ctx, tx, value[int], `SELECT count(*) FROM (SELECT FROM inbox_item i WHERE`+inboxOwn+`AND i.read_at IS NULL LIMIT $5) x`,
		tx.Tenant(), user, permissions, units, most)
}

// ReadInbox implements inbox.Store.
func (tx *Tx) ReadInbox(ctx context.Context, user uuid.UUID, ids []uuid.UUID, rights []inbox.Right, at time.Time) (int, error) {
	permissions, units := rightArrays(rights)
	n, err := tx.exec(ctx, `UPDATE inbox_item i SET read_at = $5 WHERE`+inboxOwn+`AND i.read_at IS NULL AND ($6 OR i.id = ANY ($7))`,
		tx.Tenant(), user, permissions, units, at, len(ids) == 0, array(ids))
	return int(n), err
}

// InboxMuted implements inbox.Store.
func (tx *Tx) InboxMuted(ctx context.Context, user uuid.UUID) ([]string, error) {
	found, err := queryAll(ctx, tx, func(s scan) (kinds []string, err error) {
		err = s(pq.Array(&kinds))
		return kinds, err
	}, `SELECT muted FROM inbox_setting WHERE tenant_id = $1 AND user_id = $2`, tx.Tenant(), user)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// MuteInbox implements inbox.Store.
func (tx *Tx) MuteInbox(ctx context.Context, id, user uuid.UUID, kinds []string) error {
	_, err := tx.exec(ctx, `INSERT INTO inbox_setting (id, tenant_id, region, user_id, muted) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (tenant_id, user_id) DO UPDATE SET muted = excluded.muted`, id, tx.Tenant(), tx.region(), user, array(kinds))
	return err
}

// InboxEvents implements inbox.Store.
func (tx *Tx) InboxEvents(ctx context.Context, most int) ([]*event.Stored, error) {
	return queryAll(ctx, tx, readEvent, `SELECT `+eventColumns+` FROM event e WHERE e.tenant_id = $1
		AND e.seq > coalesce((SELECT c.seq FROM event_cursor c WHERE c.tenant_id = $1 AND c.reader = 'inbox'), 0) ORDER BY e.seq LIMIT $2`, tx.Tenant(), most)
}

// InboxUsers implements inbox.Store.
func (tx *Tx) InboxUsers(ctx context.Context, most int) ([]inbox.User, error) {
	return queryAll(ctx, tx, func(s scan) (inbox.User, error) {
		var u inbox.User
		var person uuid.NullUUID
		err := s(&u.User, &person)
		u.Person = person.UUID
		return u, err
	}, `SELECT DISTINCT g.user_id, p.id FROM role_grant g LEFT JOIN person p ON p.tenant_id = g.tenant_id AND p.user_id = g.user_id
		WHERE g.tenant_id = $1 AND g.revoked_at IS NULL ORDER BY g.user_id LIMIT $2`, tx.Tenant(), most)
}

// GiveInbox implements inbox.Store. It is the program's own work, which the inbox
// itself tells, so that it is no entry of the audit.
func (tx *Tx) GiveInbox(ctx context.Context, d inbox.Draft, users []uuid.UUID, at time.Time) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, len(users))
	for i := range ids {
		var err error
		if ids[i], err = uuid.NewV7(); err != nil {
			return nil, err
		}
	}
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT inbox_spread($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, array(ids), array(users), d.Source, d.Kind,
		string(d.Needs.Permission), d.Needs.Unit, idOrNull(d.About), d.ObjectKind, d.Object, d.Facts, at)
}

// PassInbox implements inbox.Store.
func (tx *Tx) PassInbox(ctx context.Context, last int64) error {
	_, err := queryAll(ctx, tx, none, `SELECT event_cursor_move('inbox', $1)`, last)
	return err
}

// DueIssues implements inbox.Store. Before the first look only yesterday's are told.
func (tx *Tx) DueIssues(ctx context.Context, today int64) ([]inbox.Due, error) {
	due, err := queryAll(ctx, tx, func(s scan) (inbox.Due, error) {
		var d inbox.Due
		var person uuid.NullUUID
		err := s(&d.Issue, &d.Unit, &d.Number, &person)
		d.Responsible = person.UUID
		return d, err
	}, `SELECT i.id, i.unit_id, i.number, i.responsible_id FROM issue i JOIN competition c ON c.tenant_id = i.tenant_id AND c.id = i.competition_id
		WHERE i.tenant_id = $1 AND i.state <> 'closed' AND NOT c.trial AND i.due < date '1970-01-01' + $2::integer
		AND i.due >= date '1970-01-01' + coalesce((SELECT k.seq FROM event_cursor k WHERE k.tenant_id = $1 AND k.reader = 'overdue'), $2 - 1)::integer
		ORDER BY i.id`, tx.Tenant(), today)
	if err != nil {
		return nil, err
	}
	_, err = queryAll(ctx, tx, none, `SELECT event_cursor_move('overdue', $1)`, today)
	return due, err
}

// InboxBehind implements inbox.Queue.
func (tx *Tx) InboxBehind(ctx context.Context, most int) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM inbox_behind($1)`, most)
}

// OverdueBehind implements inbox.Queue.
func (tx *Tx) OverdueBehind(ctx context.Context, now time.Time, most int) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM overdue_behind($1, $2)`, now, most)
}

// SweepInbox implements inbox.Queue.
func (tx *Tx) SweepInbox(ctx context.Context, before time.Time, most int) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT inbox_sweep($1, $2)`, before, most)
}
