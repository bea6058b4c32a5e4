// Package sources owns what the rows of an export are: the columns of each
// kind, and how the lists of the use cases become rows of cells. Every list is
// the use case's own, asked as the user who asked for the export.
//
// It does not own who may read what (the use cases decide, as for any other
// reader) nor how rows are written (export).
package sources

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/export"
	"leitai/internal/paging"
	"leitai/internal/sheet"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

// Units gives those units of the ids that exist.
type Units interface {
	UnitsByID(ctx context.Context, ids []uuid.UUID) ([]*tenancy.Unit, error)
}

// places names units for the rows of a page: code and shown name.
type places map[uuid.UUID]*tenancy.Unit

func placesOf(ctx context.Context, from Units, ids []uuid.UUID) (places, error) {
	units, err := from.UnitsByID(ctx, ids)
	known := make(places, len(units))
	for _, u := range units {
		known[u.ID] = u
	}
	return known, err
}

func (p places) code(id uuid.UUID) sheet.Value {
	if u, known := p[id]; known {
		return sheet.Text(u.Code)
	}
	return sheet.Text("")
}

func (p places) name(id uuid.UUID) sheet.Value {
	if u, known := p[id]; known {
		return sheet.Text(u.ShownName)
	}
	return sheet.Text("")
}

// clock writes moments in the time zone of the tenant that reads.
type clock struct{ zone *time.Location }

func clockOf(ctx context.Context) (clock, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return clock{}, err
	}
	zone, err := time.LoadLocation(who.TimeZone)
	return clock{zone}, err
}

func (c clock) at(moment time.Time) sheet.Value {
	return sheet.Text(moment.In(c.zone).Format(time.RFC3339))
}

// pageSize of the lists that are read.
const pageSize = paging.MaxSize

func after(at string) paging.Args {
	size := pageSize
	args := paging.Args{First: &size}
	if at != "" {
		args.After = &at
	}
	return args
}

// next is where the page after this one begins.
func next[T any](p paging.Page[T]) string {
	if !p.HasNext {
		return ""
	}
	return p.End()
}

func number(n exact.Number) sheet.Value { return sheet.Number(n.String()) }

func count(n int) sheet.Value { return sheet.Number(strconv.Itoa(n)) }

// counted is a number that may be missing.
func counted(n *int) sheet.Value {
	if n == nil {
		return sheet.Text("")
	}
	return count(*n)
}

// yes is a mark in a column of yes or nothing, readable by programs and people.
func yes(is bool) sheet.Value {
	if is {
		return sheet.Text("1")
	}
	return sheet.Text("0")
}

func whole(rows [][]sheet.Value) export.Page {
	total := int64(len(rows))
	return export.Page{Rows: rows, Total: &total}
}
