// Command recompute measures how fast a province's round is computed anew, beside
// the one SQL statement that does the same on the same marks, and refuses to
// count anything before both gave the same total and rank for every village.
//
// It owns the measurement alone: the rules are those that publish (contest), and
// the marks are made up for villages that do not exist.
package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	_ "github.com/lib/pq" // the driver

	"leitai/internal/contest"
	"leitai/internal/embedded"
)

func main() {
	villages := flag.Int("villages", 25547, "villages of the province")
	runs := flag.Int("runs", 5, "turns of each contestant")
	asJSON := flag.Bool("json", false, "print the figures as JSON")
	flag.Parse()
	if err := measure(context.Background(), *villages, *runs, *asJSON); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// measure lets both take turns and prints the median of each.
func measure(ctx context.Context, villages, runs int, asJSON bool) error {
	folder, err := os.MkdirTemp("", "leitai-recompute-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	server, err := embedded.Start(ctx, embedded.Options{Dir: folder + "/postgres", Ephemeral: true})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop(ctx) }()
	db, err := sql.Open("postgres", server.AdminDSN("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	in := province(villages)
	if err := load(ctx, db, in); err != nil {
		return err
	}
	var rules, statement []time.Duration
	for range runs {
		begun := time.Now()
		result, err := contest.Tally(in)
		if err != nil {
			return err
		}
		rules = append(rules, time.Since(begun))
		begun = time.Now()
		rows, err := bySQL(ctx, db)
		if err != nil {
			return err
		}
		statement = append(statement, time.Since(begun))
		if err := agree(result, rows); err != nil {
			return err
		}
	}
	if asJSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]int64{"villages": int64(villages), "marks": int64(len(in.Marks)),
			"ownMillis": median(rules).Milliseconds(), "sqlMillis": median(statement).Milliseconds()})
	}
	fmt.Printf("%d villages, %d marks: leitai %v, one SQL statement %v (medians of %d turns): %.1f times as fast; every total and rank is equal\n",
		villages, len(in.Marks), median(rules), median(statement), runs, float64(median(statement))/float64(median(rules)))
	return nil
}

func median(all []time.Duration) time.Duration {
	slices.SortFunc(all, cmp.Compare)
	return all[len(all)/2].Round(time.Millisecond)
}

// load puts the marks where the statement finds them, in numeric.
func load(ctx context.Context, db *sql.DB, in contest.Input) error {
	const tables = `CREATE UNLOGGED TABLE mark (village text NOT NULL, item text NOT NULL, judge text NOT NULL, value numeric NOT NULL);
CREATE TABLE item (key text PRIMARY KEY, points numeric NOT NULL)`
	if _, err := db.ExecContext(ctx, tables); err != nil {
		return err
	}
	for _, item := range in.Rubric {
		if _, err := db.ExecContext(ctx, `INSERT INTO item VALUES ($1, $2)`, item.Key, item.Points.String()); err != nil {
			return err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	copying, err := tx.PrepareContext(ctx, `COPY mark (village, item, judge, value) FROM STDIN`)
	if err != nil {
		return err
	}
	defer func() { _ = copying.Close() }() // the copy has ended by then
	for i := range in.Marks {
		m := &in.Marks[i]
		if _, err := copying.ExecContext(ctx, m.Subject, m.Item, m.Judge, m.Value.String()); err != nil {
			return err
		}
	}
	if _, err := copying.ExecContext(ctx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `ANALYZE`)
	return err
}

// statement is the round as one would write it in SQL: the mean of the judges in
// each item, weighted by the item's points, rounded to two decimals, ranked.
const statement = `
WITH cell AS (SELECT village, item, avg(value) AS value FROM mark GROUP BY village, item),
total AS (SELECT c.village, round(sum(c.value * i.points / 100), 2) AS total FROM cell c JOIN item i ON i.key = c.item GROUP BY c.village)
SELECT village, total::text, rank() OVER (ORDER BY total DESC) FROM total`

type standing struct {
	total string
	rank  int
}

func bySQL(ctx context.Context, db *sql.DB) (map[string]standing, error) {
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string]standing{}
	for rows.Next() {
		var village string
		var s standing
		if err := rows.Scan(&village, &s.total, &s.rank); err != nil {
			return nil, err
		}
		all[village] = s
	}
	return all, rows.Err()
}

// agree compares every total and rank.
func agree(result *contest.Result, rows map[string]standing) error {
	if len(result.Standings) != len(rows) {
		return fmt.Errorf("%d villages here, %d in SQL", len(result.Standings), len(rows))
	}
	for i := range result.Standings {
		s := &result.Standings[i]
		if want := rows[s.Subject]; s.Shown != want.total || s.Rank != want.rank {
			return fmt.Errorf("%s: %s, rank %d here; %s, rank %d in SQL", s.Subject, s.Shown, s.Rank, want.total, want.rank)
		}
	}
	return nil
}
