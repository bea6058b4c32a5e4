package postgres

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/fault"
	"leitai/internal/jobs"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// ask puts a job of a kind into the queue as a tenant's clerk.
func (w *world) askJob(t testing.TB, h home, kind string) uuid.UUID {
	t.Helper()
	ctx, _ := w.as(t, h)
	id := mixin.NewID()
	err := Write[jobs.Store](w.db)(ctx, func(ctx context.Context, st jobs.Store) error {
		return st.InsertJob(ctx, id, kind, json.RawMessage(`{}`))
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w *world) takeJob(t testing.TB, lasting time.Duration, kinds ...string) (taken *jobs.Taken) {
	t.Helper()
	err := Outside[jobs.Queue](w.db)(t.Context(), func(ctx context.Context, q jobs.Queue) (err error) {
		taken, err = q.TakeJob(ctx, kinds, uuid.New(), lasting)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func (w *world) beatJob(t testing.TB, job, lease uuid.UUID) (word jobs.Word) {
	t.Helper()
	total := int64(10)
	err := Outside[jobs.Queue](w.db)(t.Context(), func(ctx context.Context, q jobs.Queue) (err error) {
		word, err = q.BeatJob(ctx, job, lease, time.Minute, 4, &total)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return word
}

// finish ends a job as its worker does, in a transaction of its tenant.
func (w *world) finishJob(t testing.TB, tenant, job, lease uuid.UUID, end jobs.End) (held bool) {
	t.Helper()
	ctx, r, _, err := w.db.AsTenant(t.Context(), Service{Tenant: tenant})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.End() }()
	err = Write[jobs.Store](w.db)(ctx, func(ctx context.Context, st jobs.Store) (err error) {
		held, err = st.EndJob(ctx, job, lease, end)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return held
}

var jobDone = jobs.End{State: jobs.Done, Days: 7, Result: &jobs.Result{Key: "a/export/b.csv", Name: "台账.csv", MediaType: "text/csv", Bytes: 2048, Rows: 12, SHA256: "ab"}}

// Twenty workers at one queue: every job is taken by one of them, and no two
// jobs of a kind of one tenant run at the same time.
func TestTwoWorkersNeverHoldOneJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	homes := []home{w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002"), w.settle(t, "township", "990101003")}
	const each = 5
	for _, h := range homes {
		for range each {
			w.askJob(t, h, "export")
		}
	}
	var mu sync.Mutex
	seen, running := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	var all sync.WaitGroup
	var failed atomic.Bool
	for range 8 {
		all.Go(func() {
			for {
				taken := w.takeJob(t, time.Minute, "export")
				if taken == nil {
					mu.Lock()
					over := len(seen) == each*len(homes)
					mu.Unlock()
					if over || failed.Load() {
						return
					}
					continue
				}
				mu.Lock()
				seen[taken.ID]++
				running[taken.Tenant]++
				if seen[taken.ID] > 1 || running[taken.Tenant] > 1 {
					failed.Store(true)
					t.Errorf("job taken %d times, %d of its tenant at once", seen[taken.ID], running[taken.Tenant])
				}
				running[taken.Tenant]--
				mu.Unlock()
				if !w.finishJob(t, taken.Tenant, taken.ID, taken.Lease, jobDone) {
					t.Error("the holder could not end it")
				}
			}
		})
	}
	all.Wait()
	if n := w.count(t, `SELECT count(*) FROM job WHERE state = 'done' AND attempt = 1 AND rows = 12`); n != each*len(homes) {
		t.Errorf("%d done", n)
	}
}

// A tenant with a long list delays its own jobs only.
func TestTenantsTakeTurns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	busy, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	for range 4 {
		w.askJob(t, busy, "export")
	}
	w.askJob(t, other, "export")
	w.askJob(t, other, "export")
	var order []bool
	for range 6 {
		taken := w.takeJob(t, time.Minute, "export")
		order = append(order, taken.Tenant == other.tenant)
		w.finishJob(t, taken.Tenant, taken.ID, taken.Lease, jobDone)
	}
	if order[0] || !order[1] || order[2] || !order[3] || order[4] || order[5] {
		t.Errorf("the other's turns: %v", order)
	}
	// One that runs keeps the next of its kind waiting, and no other kind.
	w.askJob(t, busy, "export")
	w.askJob(t, busy, "export")
	w.askJob(t, busy, "rebuild")
	first := w.takeJob(t, time.Minute, "export", "rebuild")
	second := w.takeJob(t, time.Minute, "export", "rebuild")
	if first == nil || second == nil || first.Kind == second.Kind || w.takeJob(t, time.Minute, "export", "rebuild") != nil {
		t.Errorf("%+v and %+v", first, second)
	}
	if w.takeJob(t, time.Minute, "another") != nil {
		t.Error("a job of a kind that this worker does not know")
	}
}

// A worker that is silent for longer than its lease is taken for gone: another
// begins anew, and what the first one says afterwards is not heard.
func TestADeadWorkersJobIsTakenOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	id := w.askJob(t, h, "export")
	first := w.takeJob(t, time.Minute, "export")
	if w.takeJob(t, time.Minute, "export") != nil {
		t.Fatal("a job that is held was taken")
	}
	w.put(t, `UPDATE job SET leased_until = now() - interval '1 second' WHERE id = $1`, id)
	second := w.takeJob(t, time.Minute, "export")
	if second == nil || second.ID != id || second.Attempt != 2 {
		t.Fatalf("%+v", second)
	}
	if word := w.beatJob(t, id, first.Lease); word != jobs.Lost {
		t.Errorf("the first was told %q", word)
	}
	if w.finishJob(t, h.tenant, id, first.Lease, jobDone) {
		t.Error("the first ended it")
	}
	if word := w.beatJob(t, id, second.Lease); word != jobs.GoOn {
		t.Errorf("the second was told %q", word)
	}
	if !w.finishJob(t, h.tenant, id, second.Lease, jobDone) || w.finishJob(t, h.tenant, id, second.Lease, jobDone) {
		t.Error("the second ended it once")
	}
}

// The tenant of a job is that of the transaction that ends or stops it.
func TestJobsOfAnotherTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
	w.adopt(t, a, b, true) // and may read its drafts
	id := w.askJob(t, b, "export")
	ctx, _ := w.as(t, a)
	err := Write[jobs.Store](w.db)(ctx, func(ctx context.Context, st jobs.Store) error {
		if _, err := st.JobByID(ctx, id); fault.CodeOf(faultOf(err)) != fault.NotFound {
			t.Errorf("read: %v", err)
		}
		if page, err := st.JobPage(ctx, jobs.Filter{AskedBy: b.user}, paging.Window{Size: 10}); err != nil || len(page) != 0 {
			t.Errorf("listed: %v %v", page, err)
		}
		if _, stopped, err := st.StopJob(ctx, id); err != nil || stopped {
			t.Errorf("stopped: %v %v", stopped, err)
		}
		if n, err := st.UnfinishedJobs(ctx); err != nil || n != 0 {
			t.Errorf("counted: %d %v", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	taken := w.takeJob(t, time.Minute, "export")
	if w.finishJob(t, a.tenant, id, taken.Lease, jobDone) {
		t.Error("ended from another tenant, with the right lease")
	}
	if !w.finishJob(t, b.tenant, id, taken.Lease, jobDone) {
		t.Error("not ended")
	}
	w.put(t, `UPDATE job SET expires_at = now() - interval '1 day' WHERE id = $1`, id)
	ctx, r, _, err := w.db.AsTenant(t.Context(), Service{Tenant: a.tenant})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.End() }()
	err = Write[jobs.Store](w.db)(ctx, func(ctx context.Context, st jobs.Store) error {
		kept, err := st.KeptResults(ctx, true)
		if err != nil || len(kept) != 0 {
			t.Errorf("kept: %v %v", kept, err)
		}
		return st.ForgetJobs(ctx, []uuid.UUID{id}, 30)
	})
	if err != nil || w.count(t, `SELECT count(*) FROM job WHERE file <> ''`) != 1 {
		t.Errorf("swept from another tenant: %v", err)
	}
}

// What is told of a job is what became of it.
func TestAJobIsReadAsItStands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	id := w.askJob(t, h, "export")
	read := func() *jobs.Job {
		t.Helper()
		ctx, r := w.as(t, h)
		defer func() { _ = r.End() }()
		var j *jobs.Job
		err := Read[jobs.Store](w.db)(ctx, func(ctx context.Context, st jobs.Store) (err error) {
			j, err = st.JobByID(ctx, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	if j := read(); j.State != jobs.Queued || j.AskedBy != h.user || j.Started != nil || j.Result != nil || j.Fault != nil {
		t.Errorf("%+v", j)
	}
	taken := w.takeJob(t, time.Minute, "export")
	w.beatJob(t, id, taken.Lease)
	if j := read(); j.State != jobs.Running || j.Done != 4 || *j.Total != 10 || j.Started == nil || j.Finished != nil {
		t.Errorf("%+v", j)
	}
	err := Outside[jobs.Queue](w.db)(t.Context(), func(ctx context.Context, q jobs.Queue) error {
		held, err := q.ReturnJob(ctx, id, taken.Lease, time.Hour, true)
		if !held {
			t.Error("not given back")
		}
		return err
	})
	if err != nil || w.takeJob(t, time.Minute, "export") != nil {
		t.Fatalf("it was to wait an hour: %v", err)
	}
	w.put(t, `UPDATE job SET due_at = now() WHERE id = $1`, id)
	taken = w.takeJob(t, time.Minute, "export")
	w.finishJob(t, h.tenant, id, taken.Lease, jobs.End{State: jobs.Failed, Fault: fault.New(fault.ExportTooLong, "most", "5")})
	if j := read(); j.State != jobs.Failed || j.Attempt != 2 || j.Finished == nil || j.Fault.Message(fault.English) != fault.New(fault.ExportTooLong, "most", "5").Message(fault.English) {
		t.Errorf("%+v", j)
	}
}

// open_job opens what open_request opens, for a session and for a token alike.
func TestAJobRunsByTheRightsOfNow(t *testing.T) { //nolint:tparallel // both take jobs of one queue
	t.Parallel()
	w := newWorld(t)
	county, h := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
	w.adopt(t, county, h, true)
	token := mixin.NewID()
	w.put(t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, scopes, created_at, expires_at)
		VALUES ($1, $2, $3, $4, 'screen', 'h', $5, '{issue:read}', now(), now() + interval '1 day')`, token, county.tenant, county.region, county.user, hash(token))
	for name, cred := range map[string]viewer.Credential{"session": county.cred, "token": {Kind: viewer.Token, Hash: [32]byte(hash(token))}} {
		t.Run(name, func(t *testing.T) {
			asked := county
			asked.cred = cred
			id := w.askJob(t, asked, "export")
			taken := w.takeJob(t, time.Minute, "export")
			_, r, want, err := w.db.Begin(t.Context(), cred)
			if err != nil {
				t.Fatal(err)
			}
			_ = r.End()
			step := AsJob(w.db)
			err = step(t.Context(), id, taken.Lease, county.tenant, func(ctx context.Context) error {
				have, err := viewer.From(ctx)
				if err != nil {
					return err
				}
				same := *want
				same.Credential.Hash = have.Credential.Hash // the only thing a job does not know
				same.Rights = have.Rights
				if a, b := jsonOf(t, have), jsonOf(t, &same); a != b {
					t.Errorf("a job sees\n%s\na request sees\n%s", a, b)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if n := w.count(t, `SELECT count(*) FROM session WHERE user_id = $1`, county.user); n != 1 {
				t.Errorf("%d sessions are left", n)
			}
			nothing := func(context.Context) error { t.Error("it ran"); return nil }
			if err := step(t.Context(), id, uuid.New(), county.tenant, nothing); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("another lease: %v", err)
			}
			if err := step(t.Context(), id, taken.Lease, h.tenant, nothing); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("another tenant: %v", err)
			}
			if err := AsAsker(w.db)(t.Context(), id, county.tenant, nothing); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("its file, before it is done: %v", err)
			}
			w.finishJob(t, county.tenant, id, taken.Lease, jobDone)
			if err := step(t.Context(), id, taken.Lease, county.tenant, nothing); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("after its end: %v", err)
			}
			opened := false
			if err := AsAsker(w.db)(t.Context(), id, county.tenant, func(context.Context) error { opened = true; return nil }); err != nil || !opened {
				t.Errorf("its file, when it is done: %v", err)
			}
			switch name {
			case "token":
				w.put(t, `UPDATE api_token SET revoked_at = now() WHERE id = $1`, token)
			case "session":
				w.put(t, `UPDATE app_user SET status = 'disabled' WHERE id = $1`, county.user)
				defer w.put(t, `UPDATE app_user SET status = 'active' WHERE id = $1`, county.user)
			}
			if err := AsAsker(w.db)(t.Context(), id, county.tenant, nothing); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("revoked: %v", err)
			}
		})
	}
}

func hash(id uuid.UUID) []byte { return append(id[:], id[:]...) }

func jsonOf(t *testing.T, v *viewer.Viewer) string {
	t.Helper()
	copied := *v
	copied.Rights = nil
	text, err := json.Marshal(copied)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The application changes no job but through the functions, and they change
// nothing that has ended.
func TestAnEndedJobStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	id := w.askJob(t, h, "export")
	taken := w.takeJob(t, time.Minute, "export")
	w.finishJob(t, h.tenant, id, taken.Lease, jobDone)
	ctx, _ := w.as(t, h)
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, query := range []string{`UPDATE job SET state = 'queued'`, `DELETE FROM job`} {
			if n, state := tx.try(ctx, t, query); n != 0 || state != "42501" {
				t.Errorf("%s: %d rows, %s", query, n, state)
			}
		}
		plant := `INSERT INTO job (id, tenant_id, region, kind, input, asked_by, asked_at, due_at, state, finished_at, file) VALUES ($1, $2, $3, 'export', '{}', $4, now(), now(), 'done', now(), 'x')`
		if _, state := tx.try(ctx, t, plant, mixin.NewID(), h.tenant, h.region, h.user); state != "LT001" {
			t.Errorf("a job that begins with a file: %s", state)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	admin := w.Admin(t)
	if _, err := admin.ExecContext(t.Context(), `SET ROLE leitai_lookup; UPDATE job SET rows = 99`); sqlstate(err) != "LT001" {
		t.Errorf("an ended job was changed: %v", err)
	}
}
