package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/google/uuid"
)

// world is whom and what the traffic is about: a fictional province whose
// townships have published months, which are read, and months being marked.
type world struct {
	readers []reader
	writers []*writer
}

// reader is a township's dashboard, which asks for the board of its last month.
type reader struct{ token, round string }

// writer is a township's clerk with the marks still to be entered.
type writer struct {
	token string
	next  int
	marks []mark
}

// mark is one as it is entered, once.
type mark struct {
	ID, Round, Unit, Item, Judge, Value string
}

// given is what `leitai bench-data` writes of a tenant.
type given struct{ Kind, Code, Tenant, Token string }

// meet reads who there is from the file of tokens and the database.
func meet(ctx context.Context, tokens, dsn string) (*world, error) {
	text, err := os.ReadFile(tokens)
	if err != nil {
		return nil, err
	}
	var all []given
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	w := &world{}
	for _, g := range all {
		switch g.Kind {
		case "township":
			err = w.addReader(ctx, dsn, g)
		case "clerk":
			err = w.addWriter(ctx, dsn, g)
		}
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", g.Kind, g.Code, err)
		}
	}
	if len(w.readers) == 0 || len(w.writers) == 0 {
		return nil, fmt.Errorf("%d dashboards and %d clerks", len(w.readers), len(w.writers))
	}
	return w, nil
}

func (w *world) addReader(ctx context.Context, dsn string, g given) error {
	const last = `SELECT id FROM round WHERE tenant_id = $1 AND state = 'published' ORDER BY period DESC LIMIT 1`
	return query(ctx, dsn, last, func(rows *sql.Rows) error {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		w.readers = append(w.readers, reader{g.Token, global("Round", id)})
		return nil
	}, g.Tenant)
}

// addWriter lists every mark that the panels of the months being marked may give.
func (w *world) addWriter(ctx context.Context, dsn string, g given) error {
	const possible = `SELECT r.id, u.code, i.key, m.person_id FROM round r JOIN entry e ON e.round_id = r.id JOIN unit u ON u.id = e.unit_id
		JOIN rubric_item i ON i.round_id = r.id JOIN panel_member m ON m.round_id = r.id
		WHERE r.tenant_id = $1 AND r.state = 'open' ORDER BY r.period, e.position, i.position, m.person_id`
	of := &writer{token: g.Token}
	w.writers = append(w.writers, of)
	return query(ctx, dsn, possible, func(rows *sql.Rows) error {
		var round, judge uuid.UUID
		m := mark{ID: uuid.NewString(), Value: strconv.FormatFloat(float64(120+len(of.marks)*7%81)/2, 'f', -1, 64)}
		if err := rows.Scan(&round, &m.Unit, &m.Item, &judge); err != nil {
			return err
		}
		m.Round, m.Judge = global("Round", round), global("Person", judge)
		of.marks = append(of.marks, m)
		return nil
	}, g.Tenant)
}

// global is how the contract names an object.
func global(kind string, id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte(kind+":"), id[:]...))
}

// stored counts the rows of every mark of the months being marked, by id and value.
func stored(ctx context.Context, dsn string) (map[string]int, error) {
	all := map[string]int{}
	const marks = `SELECT m.id, m.value::text FROM mark m JOIN round r ON r.id = m.round_id WHERE r.state = 'open'`
	err := query(ctx, dsn, marks, func(rows *sql.Rows) error {
		var id, value string
		if err := rows.Scan(&id, &value); err != nil {
			return err
		}
		all[id+" "+plain(value)]++
		return nil
	})
	return all, err
}

// plain writes a number without zeros at its end.
func plain(value string) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
