// Package data owns the reference data of the benchmarks: a fictional province
// (codes that begin with 98, which no statistical table has) with counties,
// townships and villages in the shape of a real one, and months of published
// rounds in every township. It is made in one transaction of the maintenance
// role, in bulk, and the same seed makes the same rows.
//
// The rows are those that the use cases write: results, boards and bundles are
// computed by the same rules and signed with the same key, and the audit holds
// the steps of every round in its chain. It does not own any rule, nor what is
// measured on the data (the other folders of bench).
package data

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/lib/pq"

	"leitai/internal/config"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/round"
)

// Options is what to make.
type Options struct {
	DSN      string // of leitai_maint, on a migrated database without tenants
	Keys     config.Keys
	Scale    float64 // 1: 90 counties, 1,360 townships, 25,547 villages; above 0, at most 1
	Rounds   int     // months a township, the last of them December 2025; 1 to 300
	Items    int     // a round, 1 to 40
	Judges   int     // a township, 1 to 9
	Seed     uint64
	Open     int              // further months a township, being marked, with a clerk's token that enters marks; 0 to 24
	More     int              // further counties, each of one small township with one published month; 0 to 8,000
	Grants   int              // further grants, spread over all tenants, of users that do not exist; 0 to 5,000,000
	Now      func() time.Time // for the tokens only, which live a year from then
	Progress func(text string)
}

// Token is the way in to one tenant: as its dashboard, which reads published
// data only, or as the clerk who types in marks.
type Token struct {
	Kind   string `json:"kind"` // county | township | clerk
	Code   string `json:"code"`
	Name   string `json:"name"`
	Tenant string `json:"tenant"`
	Token  string `json:"token"`
}

// Report says what was made.
type Report struct {
	Counties, Townships, Villages, Rounds, Marks int
	Tokens                                       []Token // counties first; of each kind, those of More last
}

// Make makes the province, all or nothing. A database with tenants is refused
// with BENCH_DATABASE_IN_USE, numbers out of range with INVALID.
func Make(ctx context.Context, o Options) (Report, error) {
	if err := o.check(); err != nil {
		return Report{}, err
	}
	connector, err := pq.NewConnector(o.DSN)
	if err != nil {
		return Report{}, fault.New(fault.Invalid, "value", "DSN", "want", "postgres://leitai_maint:…@…/…").At("maint-dsn")
	}
	pool := sql.OpenDB(connector)
	defer func() { _ = pool.Close() }() // what was written is committed by then
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return Report{}, fmt.Errorf("bench data: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // a no-op after the commit
	if err := unused(ctx, tx); err != nil {
		return Report{}, err
	}
	m := &maker{Options: o, tx: tx, seal: round.SealWith(contest.NewSigner(o.Keys.SigningID, o.Keys.Signing))}
	if err := m.run(ctx); err != nil {
		return Report{}, err
	}
	if err := tx.Commit(); err != nil {
		return Report{}, fmt.Errorf("bench data: commit: %w", err)
	}
	return m.report, nil
}

func (o Options) check() error {
	var bad fault.List
	within := func(field string, have, least, most int) {
		if have < least || have > most {
			bad = append(bad, fault.New(fault.Invalid, "value", fmt.Sprint(have), "want", fmt.Sprintf("%d–%d", least, most)).At("%s", field))
		}
	}
	if !(o.Scale > 0 && o.Scale <= 1) {
		bad = append(bad, fault.New(fault.Invalid, "value", fmt.Sprint(o.Scale), "want", "0 < … ≤ 1").At("scale"))
	}
	within("rounds", o.Rounds, 1, mostRounds)
	within("items", o.Items, 1, mostItems)
	within("judges", o.Judges, 1, mostJudges)
	within("open", o.Open, 0, mostOpen)
	within("more", o.More, 0, mostMore)
	within("grants", o.Grants, 0, mostGrants)
	return bad.Err()
}

// The largest numbers that are taken.
const (
	mostRounds, mostItems, mostJudges = 300, 40, 9
	mostOpen, mostMore, mostGrants    = 24, 8_000, 5_000_000
)

// unused refuses a database that somebody works in, and one that already holds
// units of the fictional province.
func unused(ctx context.Context, tx *sql.Tx) error {
	var name string
	var tenants, units bool
	err := tx.QueryRowContext(ctx, `SELECT current_database(), EXISTS (SELECT FROM tenant), EXISTS (SELECT FROM unit WHERE code = $1)`,
		provinceCode).Scan(&name, &tenants, &units)
	switch {
	case err != nil:
		return fmt.Errorf("bench data: look at the database: %w", err)
	case tenants || units:
		return fault.New(fault.BenchDatabaseInUse, "database", name)
	}
	return nil
}
