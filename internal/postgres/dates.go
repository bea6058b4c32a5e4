package postgres

import (
	"time"

	"leitai/internal/calendar"
	"leitai/internal/exact"
)

// A date column is midnight UTC in Go; it has no zone of its own.

func dateOf(t time.Time) calendar.Date { return calendar.FromTime(t, time.UTC) }

func dateOfPtr(t *time.Time) calendar.Date {
	if t == nil {
		return calendar.Date{}
	}
	return dateOf(*t)
}

func timeOf(d calendar.Date) time.Time { return d.Start(time.UTC) }

// timeOfPtr gives nil for the zero date.
func timeOfPtr(d calendar.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	t := timeOf(d)
	return &t
}

// numberOf reads a numeric column, which ent and lib/pq give as decimal text.
func numberOf(text string) (exact.Number, error) { return exact.Parse(text) }

// numberOfPtr gives nil for NULL.
func numberOfPtr(text *string) (*exact.Number, error) {
	if text == nil {
		return nil, nil
	}
	n, err := exact.Parse(*text)
	return &n, err
}
