package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"leitai/bench/faults/parts"
	"leitai/bench/faults/world"
	"leitai/internal/postgres/migrate"
)

// standbyName is the application name by which the primary knows its standby.
const standbyName = "standby"

// notices is how often whoever watches the primary looks, and how many looks in
// vain are enough.
const notices, looks = 200 * time.Millisecond, 3

// goal is within what time somebody writes again.
const goal = 10 * time.Second

// failover kills the primary under writing load and promotes its synchronous
// standby; servers and worker find it by themselves, by a DSN with both hosts.
func (r *run) failover(ctx context.Context) error {
	s := &stage{run: r}
	defer func() { s.clear() }()
	standby, err := s.pair(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = standby.Stop() }() // perhaps it is the stage's by then
	var without int
	var after, promoted, at time.Duration
	t, err := s.during(ctx, func() (err error) {
		if err := rest(ctx, working); err != nil {
			return err
		}
		if without, after, err = s.withoutStandby(ctx, standby); err != nil {
			return err
		}
		at = s.log.Now()
		if err := s.takeOver(ctx, standby); err != nil {
			return err
		}
		promoted = s.log.Now() - at
		tell("the standby is promoted after %.1f s", promoted.Seconds())
		return rest(ctx, working)
	})
	if err != nil {
		return err
	}
	again := writingAgain(s.log.Acts(), at)
	text := fmt.Sprintf("seed %d\n\n| | |\n|---|---|\n| acts acknowledged while the standby was away for %.0f s | %d |\n| from its return to the first acknowledged act that was begun after it | %.1f s |\n| from the death of the primary to the promotion of the standby | %.1f s |\n| from the death to the first acknowledged act that was begun after it | %.1f s |\n%s| acknowledged and lost, stored twice, half published, answered otherwise | 0 |\n",
		s.seed, away.Seconds(), without, after.Seconds(), promoted.Seconds(), again.Seconds(), t)
	fmt.Print("\n" + text)
	if again > goal {
		return fmt.Errorf("nobody wrote for %s, the goal is %s", again.Round(time.Millisecond), goal)
	}
	return os.WriteFile(filepath.Join(s.folder, "report.md"), []byte(text), 0o600)
}

// working is how long townships write before and after, away how long the standby
// is gone: less than a request may take.
const working, away = 15 * time.Second, 5 * time.Second

// withoutStandby kills the standby and brings it back. It says how many acts were
// acknowledged that were begun without it, which must be none, and how long after
// its return somebody wrote again.
func (s *stage) withoutStandby(ctx context.Context, standby *parts.Postgres) (acked int, after time.Duration, err error) {
	if err := standby.Kill(); err != nil {
		return 0, 0, err
	}
	gone := s.log.Now()
	tell("the standby dies")
	if err := rest(ctx, away); err != nil {
		return 0, 0, err
	}
	for _, a := range s.log.Acts() {
		if a.Begun > gone && a.Acked > 0 {
			acked++
		}
	}
	if err := standby.Start(ctx); err != nil {
		return acked, 0, err
	}
	back := s.log.Now()
	if err := errors.Join(synchronous(ctx, s.db), rest(ctx, working/2)); err != nil {
		return acked, 0, err
	}
	if acked > 0 {
		return acked, 0, fmt.Errorf("%w: %d acts were acknowledged without the standby", errFound, acked)
	}
	return acked, writingAgain(s.log.Acts(), back), nil
}

// takeOver kills the primary and promotes the standby, once somebody noticed.
func (s *stage) takeOver(ctx context.Context, standby *parts.Postgres) error {
	tell("the primary dies")
	if err := s.db.Kill(); err != nil {
		return err
	}
	if err := noticed(ctx, s.db); err != nil {
		return err
	}
	if err := standby.Promote(ctx); err != nil {
		return err
	}
	s.db = standby
	return nil
}

// pair makes a primary with a standby that has to confirm every commit, and
// servers that know both.
func (s *stage) pair(ctx context.Context) (standby *parts.Postgres, err error) {
	if s.db, err = parts.NewPostgres(ctx, filepath.Join(s.folder, "primary"), map[string]string{"synchronous_commit": "on"}); err != nil {
		return nil, err
	}
	tell("seed %d; making the data", s.seed)
	if err := errors.Join(s.db.Init(), s.db.Start(ctx)); err != nil {
		return nil, err
	}
	if s.world, err = world.Make(ctx, s.folder, s.db, s.size); err != nil {
		return nil, err
	}
	if standby, err = s.db.Standby(ctx, filepath.Join(s.folder, "standby"), standbyName); err != nil {
		return nil, err
	}
	err = s.db.Exec(ctx, "postgres", "ALTER SYSTEM SET synchronous_standby_names = '"+standbyName+"'", "SELECT pg_reload_conf()")
	if err == nil {
		err = synchronous(ctx, s.db)
	}
	if err != nil {
		return standby, err
	}
	tell("the standby confirms every commit")
	b := s.binding()
	both := func(dsn string) (string, error) { return reaching(dsn, s.db.Port, standby.Port) }
	app, err1 := both(s.db.DSN(migrate.App, world.Database))
	job, err2 := both(s.db.DSN(migrate.Job, world.Database))
	if err := errors.Join(err1, err2); err != nil {
		return standby, err
	}
	b.DSN, b.Direct, b.Job, b.JobDirect = app, app, job, job
	return standby, s.serve(ctx, b)
}

// reaching makes a DSN that leads to whichever of several servers takes writes.
func reaching(dsn string, ports ...int) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", err
	}
	var hosts, all []string
	for _, port := range ports {
		hosts, all = append(hosts, "127.0.0.1"), append(all, fmt.Sprint(port))
	}
	u.Host = ""
	q := u.Query()
	q.Set("host", strings.Join(hosts, ","))
	q.Set("port", strings.Join(all, ","))
	q.Set("target_session_attrs", "read-write")
	q.Set("connect_timeout", "2")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// synchronous waits until the primary counts on the standby.
func synchronous(ctx context.Context, primary *parts.Postgres) error {
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(50 * time.Millisecond) {
		n, err := primary.Number(ctx, "postgres", `SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'`)
		if err != nil {
			return err
		}
		if n == 1 {
			return nil
		}
	}
	return errors.New("the standby does not confirm commits")
}

// noticed looks at the primary as a watchdog does.
func noticed(ctx context.Context, primary *parts.Postgres) error {
	for vain := 0; vain < looks; {
		if err := rest(ctx, notices); err != nil {
			return err
		}
		if _, err := primary.Number(ctx, "postgres", `SELECT 1`); err != nil {
			vain++
		} else {
			vain = 0
		}
	}
	return nil
}

// rest waits, unless the proof is broken off.
func rest(ctx context.Context, length time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(length):
		return nil
	}
}
