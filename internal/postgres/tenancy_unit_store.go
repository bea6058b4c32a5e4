package postgres

import (
	"context"
	"database/sql"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

// The tree of units belongs to no tenant, so nothing narrows these statements.
const selectUnit = `SELECT u.id, u.code, u.level, u.legal_name, u.shown_name, u.parent_id, u.valid_from, u.valid_to FROM unit u `

func readUnit(s scan) (*tenancy.Unit, error) {
	var (
		u        tenancy.Unit
		code     sql.NullString
		parent   uuid.NullUUID
		from, to sql.NullTime
	)
	err := s(&u.ID, &code, &u.Level, &u.LegalName, &u.ShownName, &parent, &from, &to)
	u.Code, u.Parent, u.From = code.String, parent.UUID, dateOf(from.Time)
	if to.Valid {
		u.To = dateOf(to.Time)
	}
	return &u, err
}

// UnitByCode implements tenancy.Store.
func (tx *Tx) UnitByCode(ctx context.Context, code string) (*tenancy.Unit, error) {
	u, err := queryOne(ctx, tx, readUnit, selectUnit+`WHERE u.code = $1 AND u.valid_to IS NULL`, code)
	return u, faultOf(err)
}

// UnitsByCode implements tenancy.Store.
func (tx *Tx) UnitsByCode(ctx context.Context, codes []string) ([]*tenancy.Unit, error) {
	return queryAll(ctx, tx, readUnit, selectUnit+`WHERE u.code = ANY ($1) AND u.valid_to IS NULL`, array(codes))
}

// UnitsByID implements tenancy.Store.
func (tx *Tx) UnitsByID(ctx context.Context, ids []uuid.UUID) ([]*tenancy.Unit, error) {
	return queryAll(ctx, tx, readUnit, selectUnit+`WHERE u.id = ANY ($1)`, array(ids))
}

const unitLine = `WITH RECURSIVE line (id, parent_id, height) AS (
  SELECT id, parent_id, 0 FROM unit WHERE id = $1
  UNION ALL
  SELECT p.id, p.parent_id, l.height + 1 FROM unit p JOIN line l ON p.id = l.parent_id WHERE l.height < 10)
` + selectUnit + `JOIN line l ON l.id = u.id ORDER BY l.height`

// UnitLine implements tenancy.Store. Ten levels are more than there are, and
// end a cycle.
func (tx *Tx) UnitLine(ctx context.Context, id uuid.UUID) ([]*tenancy.Unit, error) {
	return queryAll(ctx, tx, readUnit, unitLine, id)
}

// UnitPage implements tenancy.Store. Below a parent there are few units, which
// are sorted; without one the index on the codes that stand gives the order.
func (tx *Tx) UnitPage(ctx context.Context, f tenancy.UnitFilter, w paging.Window) ([]*tenancy.Unit, error) {
	q := conditions{}
	key := "u.code"
	if f.Parent != nil {
		key = "coalesce(u.code, '~')"
		q.where("u.parent_id = $?", *f.Parent)
	} else {
		q.where("u.code IS NOT NULL AND u.valid_to IS NULL")
	}
	if f.Level != "" {
		q.where("u.level = $?", f.Level)
	}
	if f.Search != "" {
		q.begins(f.Search)
	}
	if err := q.window(w, key, "u.id"); err != nil {
		return nil, err
	}
	return queryAll(ctx, tx, readUnit, selectUnit+q.text()+q.order(w, key, "u.id"), q.args...)
}

// conditions gathers a WHERE with its arguments.
type conditions struct {
	parts []string
	args  []any
}

// where adds a condition; each $? stands for the next argument.
func (q *conditions) where(text string, args ...any) {
	for _, arg := range args {
		q.args = append(q.args, arg)
		text = strings.Replace(text, "$?", placeholder(len(q.args)), 1)
	}
	q.parts = append(q.parts, text)
}

// begins is a search by the beginning of a code or of a shown name, as a range,
// so that an index serves it: among all units of the nation anything else takes
// ten times as long.
func (q *conditions) begins(search string) {
	if strings.Trim(search, "0123456789") == "" {
		q.where("u.code >= $? AND u.code < $?", search, search+":") // ":" follows "9"
		return
	}
	q.where("u.shown_name >= $? AND u.shown_name < $?", search, search+"\U0010FFFF")
}

func (q *conditions) text() string {
	if len(q.parts) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(q.parts, " AND ")
}

// window bounds a list by a text key and an id, which make the key unique.
func (q *conditions) window(w paging.Window, key, id string) error {
	for _, bound := range []struct {
		values []paging.Value
		sign   string
	}{{w.After, ">"}, {w.Before, "<"}} {
		if bound.values == nil {
			continue
		}
		at, err := uuid.Parse(bound.values[len(bound.values)-1].Text)
		if err != nil {
			return fault.New(fault.InvalidCursor)
		}
		// The first half alone lets an index on the key be used.
		q.where("("+key+" "+bound.sign+"= $? AND ("+key+", "+id+") "+bound.sign+" ($?, $?))", bound.values[0].Text, bound.values[0].Text, at)
	}
	return nil
}

func (q *conditions) order(w paging.Window, key, id string) string {
	direction := " ASC"
	if w.Backward {
		direction = " DESC"
	}
	q.args = append(q.args, w.Fetch())
	return " ORDER BY " + key + direction + ", " + id + direction + " LIMIT " + placeholder(len(q.args))
}
