// Package world owns the data that a proof works on: a small fictional province
// (bench/data) whose months of 2026 are being marked, with what clients need to
// play them to their publication through the contract.
//
// It does not own the programs that serve it nor the clients.
package world

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/bench/data"
	"leitai/bench/faults/parts"
	"leitai/internal/config"
	"leitai/internal/contest"
	"leitai/internal/paging"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

// Database is the name of the database.
const Database = "leitai"

// Channel of all marks.
const Channel = "onsite"

// World is the data with its keys.
type World struct {
	Keys, Files string // folders
	Fingerprint string // of the key that signs bundles
	Towns       []*Town
	Counties    []string // tokens of the counties' dashboards
}

// Town is a township with its two people: a clerk who types in what judges wrote
// on paper, and the approver, who confirms and publishes.
type Town struct {
	Code            string
	Tenant          uuid.UUID
	Clerk, Approver string // tokens
	Rounds          []Round
	Cells           []Cell // what is marked in each round
	Dashboard       string // token
	Last            string // the last published round, in the contract
}

// Round is a month that is being marked.
type Round struct {
	ID       uuid.UUID
	Global   string
	Revision int
}

// Cell is one judge's mark of one village for one item.
type Cell struct{ Unit, Item, Judge string }

// Size of the data.
type Size struct {
	Scale              float64 // 1: 90 counties
	Rounds, Items      int     // published months, items of a month
	Judges, Open, More int
	Seed               uint64
}

// Small is the data of the proofs: two counties of fifteen townships.
func Small(seed uint64) Size {
	return Size{Scale: 0.0222, Rounds: 2, Items: 4, Judges: 2, Open: 10, Seed: seed}
}

// Make makes the database in a cluster, with keys and a folder of files below
// one folder.
func Make(ctx context.Context, folder string, in *parts.Postgres, size Size) (*World, error) {
	w := &World{Keys: filepath.Join(folder, "keys"), Files: filepath.Join(folder, "files")}
	if err := errors.Join(os.RemoveAll(w.Keys), os.RemoveAll(w.Files), os.MkdirAll(w.Files, 0o700), config.MakeKeys(w.Keys)); err != nil {
		return nil, err
	}
	keys, err := config.LoadKeys(w.Keys)
	if err != nil {
		return nil, err
	}
	w.Fingerprint = contest.Fingerprint(ed25519.PublicKey(keys.Signing[ed25519.PrivateKeySize-ed25519.PublicKeySize:]))
	if err := Schema(ctx, in, Database); err != nil {
		return nil, err
	}
	made, err := data.Make(ctx, data.Options{DSN: in.DSN(migrate.Maint, Database), Keys: keys, Now: time.Now, Progress: func(string) {},
		Scale: size.Scale, Rounds: size.Rounds, Items: size.Items, Judges: size.Judges, Open: size.Open, More: size.More, Seed: size.Seed})
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("postgres", in.DSN(migrate.Maint, Database))
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // everything is committed
	if err := hasten(ctx, db); err != nil {
		return nil, err
	}
	dashboards := map[string]string{}
	for _, t := range made.Tokens {
		switch t.Kind {
		case "county":
			w.Counties = append(w.Counties, t.Token)
		case "township":
			dashboards[t.Tenant] = t.Token
		case "clerk":
			town, err := settle(ctx, db, t)
			if err != nil {
				return nil, fmt.Errorf("the township %s: %w", t.Code, err)
			}
			town.Dashboard = dashboards[t.Tenant]
			w.Towns = append(w.Towns, town)
		}
	}
	return w, in.Exec(ctx, Database, "VACUUM (ANALYZE)", "CHECKPOINT")
}

// Schema makes roles and an empty migrated database.
func Schema(ctx context.Context, in *parts.Postgres, database string) error {
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return err
	}
	passwords := migrate.Passwords{Owner: parts.Password, App: parts.Password, Job: parts.Password, Maint: parts.Password}
	if err := migrate.Roles(ctx, in.DSN(parts.Admin, "postgres"), database, passwords); err != nil {
		return err
	}
	_, err = set.Up(ctx, in.DSN(migrate.Owner, database))
	return err
}

// hasten takes the days out in which villages may object, so that a month can be
// played to its publication while a proof runs.
func hasten(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `UPDATE template_version SET source = replace(source, 'objectionDays: 3', 'objectionDays: 0'),
		canonical = replace(canonical, '"objectionDays":3', '"objectionDays":0')`)
	return err
}

// settle reads what the clients of a township need, and makes the approver's
// token.
func settle(ctx context.Context, db *sql.DB, clerk data.Token) (*Town, error) {
	tenant, err := uuid.Parse(clerk.Tenant)
	if err != nil {
		return nil, err
	}
	t := &Town{Code: clerk.Code, Tenant: tenant, Clerk: clerk.Token}
	if t.Approver, err = admit(ctx, db, tenant, clerk.Code); err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `SELECT id, revision FROM round WHERE tenant_id = $1 AND state = 'open' ORDER BY period`, tenant)
	if err != nil {
		return nil, err
	}
	err = each(rows, func() error {
		var r Round
		err := rows.Scan(&r.ID, &r.Revision)
		r.Global = paging.GlobalID("Round", r.ID)
		t.Rounds = append(t.Rounds, r)
		return err
	})
	if err != nil || len(t.Rounds) == 0 {
		return nil, errors.Join(err, errors.New("it has no month that is being marked"))
	}
	var last uuid.UUID
	err = db.QueryRowContext(ctx, `SELECT id FROM round WHERE tenant_id = $1 AND state = 'published' ORDER BY period DESC LIMIT 1`, tenant).Scan(&last)
	if err != nil {
		return nil, err
	}
	t.Last = paging.GlobalID("Round", last)
	rows, err = db.QueryContext(ctx, `SELECT u.code, i.key, m.person_id FROM entry e JOIN unit u ON u.id = e.unit_id JOIN rubric_item i ON i.round_id = e.round_id
		JOIN panel_member m ON m.round_id = e.round_id WHERE e.round_id = $1 ORDER BY e.position, i.position, m.person_id`, t.Rounds[0].ID)
	if err != nil {
		return nil, err
	}
	return t, each(rows, func() error {
		var c Cell
		var judge uuid.UUID
		err := rows.Scan(&c.Unit, &c.Item, &judge)
		c.Judge = paging.GlobalID("Person", judge)
		t.Cells = append(t.Cells, c)
		return err
	})
}

// each calls do for every row and closes the rows.
func each(rows *sql.Rows, do func() error) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := do(); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// daysGood is how long a token of a proof lives.
const daysGood = 30

// admit makes a token by which a township's approver may do all that the role
// gives.
func admit(ctx context.Context, db *sql.DB, tenant uuid.UUID, code string) (string, error) {
	token, handle, hash, err := newToken()
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, scopes, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), t.id, t.region, u.id, 'faults', $3, $4, $5, false, now(), now() + make_interval(days => $6)
		FROM tenant t, app_user u WHERE t.id = $1 AND u.login = $2`, tenant, "admin@"+code, handle, hash, pq.Array([]string{}), daysGood)
	return token, err
}
