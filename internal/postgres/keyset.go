package postgres

import (
	"time"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

// keyColumn is one column of the order of a list.
type keyColumn struct {
	name  string
	desc  bool
	parse func(string) (any, error) // reads a cursor's value back
}

func textKey(s string) (any, error) { return s, nil }
func uuidKey(s string) (any, error) { return uuid.Parse(s) }
func timeKey(s string) (any, error) { return time.Parse(time.RFC3339Nano, s) }

func dateKey(s string) (any, error) {
	d, err := calendar.ParseDate(s)
	return timeOf(d), err
}

// keyset turns a window over a list ordered by columns into what narrows and
// orders a query of ent.
func keyset(w paging.Window, columns ...keyColumn) (narrow, order func(*entsql.Selector), err error) {
	after, err := keyValues(columns, w.After)
	if err != nil {
		return nil, nil, err
	}
	before, err := keyValues(columns, w.Before)
	if err != nil {
		return nil, nil, err
	}
	narrow = func(s *entsql.Selector) {
		if after != nil {
			s.Where(beyond(s, columns, after, false))
		}
		if before != nil {
			s.Where(beyond(s, columns, before, true))
		}
	}
	order = func(s *entsql.Selector) {
		for _, c := range columns {
			if c.desc != w.Backward {
				s.OrderBy(entsql.Desc(s.C(c.name)))
			} else {
				s.OrderBy(entsql.Asc(s.C(c.name)))
			}
		}
	}
	return narrow, order, nil
}

func keyValues(columns []keyColumn, bound []paging.Value) ([]any, error) {
	if bound == nil {
		return nil, nil
	}
	values := make([]any, len(columns))
	for i, c := range columns {
		var err error
		if i >= len(bound) || bound[i].Null {
			return nil, fault.New(fault.InvalidCursor)
		}
		if values[i], err = c.parse(bound[i].Text); err != nil {
			return nil, fault.New(fault.InvalidCursor)
		}
	}
	return values, nil
}

// beyond is true of rows that stand after a keyset in the list's order, or
// before it: the first column that differs decides.
func beyond(s *entsql.Selector, columns []keyColumn, values []any, before bool) *entsql.Predicate {
	var cases []*entsql.Predicate
	for i, c := range columns {
		var all []*entsql.Predicate
		for k := range i {
			all = append(all, entsql.EQ(s.C(columns[k].name), values[k]))
		}
		if c.desc != before {
			all = append(all, entsql.LT(s.C(c.name), values[i]))
		} else {
			all = append(all, entsql.GT(s.C(c.name), values[i]))
		}
		cases = append(cases, entsql.And(all...))
	}
	return entsql.Or(cases...)
}
