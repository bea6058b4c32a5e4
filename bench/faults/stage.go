package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"leitai/bench/faults/crew"
	"leitai/bench/faults/history"
	"leitai/bench/faults/look"
	"leitai/bench/faults/parts"
	"leitai/bench/faults/world"
	"leitai/internal/postgres/migrate"
)

// stage is everything that runs in a proof.
type stage struct {
	*run
	db      *parts.Postgres
	pooler  *parts.Pooler // nil: none
	servers []*parts.Program
	worker  *parts.Program
	world   *world.World
	log     *history.Log
	crew    *crew.Crew
}

// pause is how long a township rests between two acts: so that two cores have
// something left for recovering.
const pause = 150 * time.Millisecond

// raise makes the data and starts database, pooler, two servers and a worker.
func (r *run) raise(ctx context.Context, settings map[string]string, pooled bool) (s *stage, err error) {
	s = &stage{run: r}
	defer func() {
		if err != nil {
			s.clear()
		}
	}()
	if s.db, err = parts.NewPostgres(ctx, filepath.Join(r.folder, "primary"), settings); err != nil {
		return s, err
	}
	tell("seed %d; making the data", r.seed)
	if err = s.db.Init(); err != nil {
		return s, err
	}
	if err = s.db.Start(ctx); err != nil {
		return s, err
	}
	if s.world, err = world.Make(ctx, r.folder, s.db, r.size); err != nil {
		return s, err
	}
	cells := 0
	for _, t := range s.world.Towns {
		cells += len(t.Cells) * len(t.Rounds)
	}
	tell("%d townships, %d rounds being marked, %d marks to give", len(s.world.Towns), len(s.world.Towns)*len(s.world.Towns[0].Rounds), cells)
	b := s.binding()
	if pooled {
		roles := []string{migrate.App, migrate.Job}
		if s.pooler, err = parts.NewPooler(ctx, filepath.Join(r.folder, "pooler"), s.db, world.Database, roles); err != nil {
			return s, err
		}
		if err = s.pooler.Start(ctx); err != nil {
			return s, err
		}
		b.DSN, b.Job, b.Pooled = s.pooler.DSN(migrate.App, world.Database), s.pooler.DSN(migrate.Job, world.Database), true
	}
	return s, s.serve(ctx, b)
}

// binding leads the programs straight to the database.
func (s *stage) binding() parts.Binding {
	app, job := s.db.DSN(migrate.App, world.Database), s.db.DSN(migrate.Job, world.Database)
	return parts.Binding{Binary: s.binary, Keys: s.world.Keys, Files: store(s.world.Files), Logs: s.folder, DSN: app, Direct: app, Job: job, JobDirect: job}
}

func store(folder string) string {
	return "file://" + folder + "?create_dir=true&no_tmp_dir=true&metadata=skip"
}

// serve starts two servers and a worker, and prepares the clients.
func (s *stage) serve(ctx context.Context, b parts.Binding) error {
	var addresses []string
	for _, name := range []string{"server-1", "server-2"} {
		p, err := b.Server(ctx, name)
		if err != nil {
			return err
		}
		s.servers, addresses = append(s.servers, p), append(addresses, p.URL)
		if err := p.Start(ctx); err != nil {
			return err
		}
	}
	var err error
	if s.worker, err = b.Worker(ctx, "worker"); err != nil {
		return err
	}
	if err := s.worker.Start(ctx); err != nil {
		return err
	}
	s.log = history.NewLog()
	s.crew = crew.New(s.log, addresses, pause, s.seed)
	return nil
}

// clear ends everything that still runs.
func (s *stage) clear() {
	for _, p := range append(s.servers, s.worker) {
		if p != nil {
			p.Kill()
		}
	}
	if s.pooler != nil {
		s.pooler.Kill()
	}
	if s.db != nil {
		_ = s.db.Stop() // the data of a proof are thrown away
	}
}

// maint leads the maintenance role to the database of the moment.
func (s *stage) maint() string { return s.db.DSN(migrate.Maint, world.Database) }

// hold reads the database and holds it against what clients remember.
func (s *stage) hold(ctx context.Context, whole bool) ([]history.Finding, history.Stored, []history.Act, error) {
	read := s.log.Now()
	stored, err := look.Stored(ctx, s.maint(), s.world.Towns)
	if err != nil {
		return nil, stored, nil, err
	}
	stored.Read, stored.Whole = read, whole
	acts := s.log.Acts()
	return history.Check(acts, stored), stored, acts, s.keep(acts)
}

// keep writes the history beside the report, an act a line.
func (s *stage) keep(acts []history.Act) error {
	var lines bytes.Buffer
	to := json.NewEncoder(&lines)
	for i := range acts {
		if err := to.Encode(&acts[i]); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(s.folder, "history.jsonl"), lines.Bytes(), 0o600)
}

// settled waits until every export is over.
func (s *stage) settled(ctx context.Context) error {
	for begun := time.Now(); time.Since(begun) < longestJobs; time.Sleep(200 * time.Millisecond) {
		open, err := s.db.Number(ctx, world.Database, `SELECT count(*) FROM job WHERE state IN ('queued', 'running')`)
		if err != nil {
			return err
		}
		if open == 0 {
			return nil
		}
	}
	return fmt.Errorf("exports are not done after %s", longestJobs)
}

// longestJobs is more than the lease of a worker that was killed.
const longestJobs = 3 * time.Minute
