// Package array owns the Go types of PostgreSQL's text[] and uuid[] columns.
// It does not own arrays as query arguments: pq.Array serves those.
package array

import (
	"database/sql/driver"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// Text is a text[] column. Nil is stored as the empty array, because no such
// column is nullable.
type Text []string

// Value gives the array in PostgreSQL's text form.
func (a Text) Value() (driver.Value, error) {
	if a == nil {
		return "{}", nil
	}
	return pq.StringArray(a).Value()
}

// Scan reads the array in PostgreSQL's text form.
func (a *Text) Scan(src any) error { return (*pq.StringArray)(a).Scan(src) }

// UUID is a uuid[] column. Nil is stored as the empty array.
type UUID []uuid.UUID

// Value gives the array in PostgreSQL's text form.
func (a UUID) Value() (driver.Value, error) {
	if a == nil {
		return "{}", nil
	}
	return pq.Array([]uuid.UUID(a)).Value()
}

// Scan reads the array in PostgreSQL's text form.
func (a *UUID) Scan(src any) error { return pq.Array((*[]uuid.UUID)(a)).Scan(src) }
