package stand

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"leitai/bench/data"
	"leitai/internal/postgres/migrate"
)

// Shape is what a database holds.
type Shape struct {
	Scale              float64
	Rounds, Items      int
	Judges             int
	Open, More, Grants int
	Seed               uint64
	WithoutRowSecurity bool // every policy's effect taken away, and nothing else
}

// Database is one database of the stand.
type Database struct {
	stand *Stand
	name  string
	made
}

// made is what is kept beside the database of how it was made.
type made struct {
	Shape  Shape
	Schema string
	At     time.Time
	Report data.Report
	Took   time.Duration
}

// tokensGood is how long tokens are used; they live a year.
const tokensGood = 300 * 24 * time.Hour

// Database gives the database of a name, made anew when it is missing, when it
// was made differently or for another schema, or when its tokens are about to
// end.
func (s *Stand) Database(ctx context.Context, name string, shape Shape) (*Database, error) {
	d := &Database{stand: s, name: name}
	note := filepath.Join(s.folder, name+".json")
	text, err := os.ReadFile(note) //nolint:gosec // below the caller's own folder
	if err == nil && json.Unmarshal(text, &d.made) == nil &&
		d.Shape == shape && d.Schema == s.set.Latest() && time.Since(d.At) < tokensGood {
		return d, nil
	}
	begun := time.Now()
	s.tell("making the database %s", name)
	d.made = made{Shape: shape, Schema: s.set.Latest(), At: begun}
	if err := os.Remove(note); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err := d.make(ctx); err != nil {
		return nil, fmt.Errorf("make the database %s: %w", name, err)
	}
	d.Took = time.Since(begun)
	if text, err = json.MarshalIndent(d.made, "", " "); err != nil {
		return nil, err
	}
	s.tell("%s: %d townships, %d villages, %d marks, made in %s", name, d.Report.Townships, d.Report.Villages, d.Report.Marks, d.Took.Round(time.Second))
	return d, os.WriteFile(note, text, 0o600)
}

func (d *Database) make(ctx context.Context) error {
	s := d.stand
	if err := s.admin(ctx, "postgres", `DROP DATABASE IF EXISTS `+d.name+` WITH (FORCE)`); err != nil {
		return err
	}
	passwords := migrate.Passwords{Owner: password, App: password, Job: password, Maint: password}
	if err := migrate.Roles(ctx, s.server.AdminDSN("postgres"), d.name, passwords); err != nil {
		return err
	}
	if _, err := s.set.Up(ctx, s.dsn(migrate.Owner, d.name)); err != nil {
		return err
	}
	var err error
	d.Report, err = data.Make(ctx, data.Options{DSN: s.dsn(migrate.Maint, d.name), Keys: s.keys, Now: time.Now, Progress: func(text string) { s.tell("%s: %s", d.name, text) },
		Scale: d.Shape.Scale, Rounds: d.Shape.Rounds, Items: d.Shape.Items, Judges: d.Shape.Judges, Seed: d.Shape.Seed,
		Open: d.Shape.Open, More: d.Shape.More, Grants: d.Shape.Grants})
	if err != nil {
		return err
	}
	statements := []string{`VACUUM (ANALYZE)`, `CHECKPOINT`}
	if d.Shape.WithoutRowSecurity {
		statements = append(statements, withoutPolicies)
	}
	return s.admin(ctx, d.name, statements...)
}

const withoutPolicies = `DO $$ DECLARE t regclass; BEGIN
	FOR t IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP
		EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', t);
	END LOOP; END $$`

// App is the connection string of the service's user.
func (d *Database) App() string { return d.stand.dsn(migrate.App, d.name) }

// Maint is the connection string of the maintenance user.
func (d *Database) Maint() string { return d.stand.dsn(migrate.Maint, d.name) }

// Name is the database's own.
func (d *Database) Name() string { return d.name }

// Tokens are those of a kind: county, township or clerk.
func (d *Database) Tokens(kind string) []data.Token {
	var all []data.Token
	for _, t := range d.Report.Tokens {
		if t.Kind == kind {
			all = append(all, t)
		}
	}
	return all
}

// Vacuum tidies a table that much was removed from.
func (d *Database) Vacuum(ctx context.Context, table string) error {
	return d.stand.admin(ctx, d.name, `VACUUM (ANALYZE) `+table)
}

// Extend adds something of a contestant's own to the database.
func (d *Database) Extend(ctx context.Context, statement string) error {
	return d.stand.admin(ctx, d.name, statement)
}
