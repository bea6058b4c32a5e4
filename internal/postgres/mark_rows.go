package postgres

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/exact"
	contestround "leitai/internal/round"
)

// markRows are marks column by column, as InsertMarks sends them.
type markRows struct {
	ids      uuids
	items    listed[string]
	channels listed[string]
	places   listed[place]
	judges   listed[uuid.UUID]
	values   []string

	// Of corrections and findings; empty where no mark has any.
	supersedes []uuid.NullUUID
	reasons    []string
	details    []*string
}

// place is whose a mark is and where that is.
type place struct{ subject, unit uuid.UUID }

func newMarkRows(n int) *markRows {
	return &markRows{ids: make(uuids, 0, n), values: make([]string, 0, n),
		items: newListed[string](n), channels: newListed[string](n), places: newListed[place](n), judges: newListed[uuid.UUID](n)}
}

var errMixedMarks = errors.New("postgres: marks of several rounds, persons or moments at once")

// add appends a mark, which is of the same round, person and moment as the first.
func (r *markRows) add(m, first *contestround.Mark) error {
	if m.Round != first.Round || m.EnteredBy != first.EnteredBy || !m.EnteredAt.Equal(first.EnteredAt) {
		return errMixedMarks
	}
	n := len(r.ids)
	r.ids, r.values = append(r.ids, m.ID), append(r.values, m.Value.Round(contestround.StoredDecimals, exact.HalfUp).String())
	r.items.add(m.Item)
	r.channels.add(m.Channel)
	r.places.add(place{m.Subject, m.Unit})
	r.judges.add(m.Judge)
	if m.Supersedes != nil {
		r.supersedes = append(append(r.supersedes, make([]uuid.NullUUID, n-len(r.supersedes))...), uuid.NullUUID{UUID: *m.Supersedes, Valid: true})
		r.reasons = append(append(r.reasons, make([]string, n-len(r.reasons))...), m.Reason)
	}
	if m.Detail == nil {
		return nil
	}
	document, err := json.Marshal(m.Detail)
	text := string(document)
	r.details = append(append(r.details, make([]*string, n-len(r.details))...), &text)
	return err
}

// of gives the units and subjects of the places.
func (r *markRows) of() (units, subjects uuids) {
	for _, p := range r.places.values {
		units, subjects = append(units, p.unit), append(subjects, p.subject)
	}
	return units, subjects
}

// listed is a column as the list of its values and, for every row, which of them
// it has.
type listed[T comparable] struct {
	values []T
	at     ordinals
	places map[T]int
}

func newListed[T comparable](n int) listed[T] {
	return listed[T]{at: make(ordinals, 0, n), places: map[T]int{}}
}

func (l *listed[T]) add(v T) {
	if n := len(l.at); n > 0 && l.values[l.at[n-1]-1] == v { // as the row before
		l.at = append(l.at, l.at[n-1])
		return
	}
	at, known := l.places[v]
	if !known {
		l.values = append(l.values, v)
		at = len(l.values)
		l.places[v] = at
	}
	l.at = append(l.at, at)
}

// ordinals are places in a list, from 1 as PostgreSQL counts, sent as an array.
type ordinals []int

// Value implements driver.Valuer.
func (list ordinals) Value() (driver.Value, error) {
	text := append(make([]byte, 0, 2+4*len(list)), '{')
	for i, n := range list {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	return string(append(text, '}')), nil
}
