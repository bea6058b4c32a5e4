package jobs

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// line is a queue and a store in memory, which does what the database's
// functions say they do.
type line struct {
	mu   sync.Mutex
	jobs []*held
	down bool // answers nothing
	news []News
	acts []audit.Event
}

type held struct {
	Job
	tenant, lease uuid.UUID
	until, due    time.Time
}

func (l *line) find(id uuid.UUID) *held {
	for _, j := range l.jobs {
		if j.ID == id {
			return j
		}
	}
	return nil
}

// of reads a job as it stands.
func (l *line) of(id uuid.UUID) held {
	l.mu.Lock()
	defer l.mu.Unlock()
	return *l.find(id)
}

func (l *line) add(kind string) *held {
	l.mu.Lock()
	defer l.mu.Unlock()
	j := &held{Job: Job{ID: uuid.Must(uuid.NewV7()), Kind: kind, State: Queued, AskedBy: me, Input: json.RawMessage(`{}`)}, tenant: home, due: time.Now()}
	l.jobs = append(l.jobs, j)
	return j
}

func (l *line) queue(ctx context.Context, do func(context.Context, Queue) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return context.DeadlineExceeded
	}
	return do(ctx, l)
}

func (l *line) work(ctx context.Context, do func(context.Context, Store) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return do(event.Into(audit.Into(ctx, l), l), l)
}

// Collect implements audit.Sink.
func (l *line) Collect(e audit.Event) { l.acts = append(l.acts, e) }

// Happened implements event.Sink.
func (l *line) Happened(event.Event) {}

func (l *line) tell(_ context.Context, n News) error {
	l.news = append(l.news, n)
	return nil
}

func (l *line) TakeJob(_ context.Context, _ []string, lease uuid.UUID, lasting time.Duration) (*Taken, error) {
	for _, j := range l.jobs {
		if j.State == Queued && !j.due.After(time.Now()) || j.State == Running && !j.until.After(time.Now()) {
			j.State, j.lease, j.until, j.Attempt = Running, lease, time.Now().Add(lasting), j.Attempt+1
			return &Taken{ID: j.ID, Tenant: j.tenant, Lease: lease, Kind: j.Kind, Input: j.Input, AskedBy: j.AskedBy, Attempt: j.Attempt}, nil
		}
	}
	return nil, nil
}

func (l *line) BeatJob(_ context.Context, id, lease uuid.UUID, lasting time.Duration, done int64, total *int64) (Word, error) {
	j := l.find(id)
	if j.lease != lease || j.State != Running {
		return Lost, nil
	}
	j.until, j.Done, j.Total = time.Now().Add(lasting), done, total
	if j.Stopping {
		return Stop, nil
	}
	return GoOn, nil
}

func (l *line) ReturnJob(_ context.Context, id, lease uuid.UUID, after time.Duration, counts bool) (bool, error) {
	j := l.find(id)
	if j.lease != lease || j.State != Running {
		return false, nil
	}
	j.State, j.due = Queued, time.Now().Add(after)
	if !counts {
		j.Attempt--
	}
	return true, nil
}

func (l *line) CountJobs(context.Context) ([]Count, error) {
	return []Count{{Kind: "export", Queued: int64(len(l.jobs))}, {Kind: "of another release", Queued: 7}}, nil
}

func (l *line) InsertJob(ctx context.Context, id uuid.UUID, kind string, input json.RawMessage) error {
	who, err := viewer.From(ctx)
	l.jobs = append(l.jobs, &held{Job: Job{ID: id, Kind: kind, Input: input, State: Queued, AskedBy: who.User}, tenant: who.Tenant, due: time.Now()})
	return err
}

func (l *line) UnfinishedJobs(context.Context) (n int, _ error) {
	for _, j := range l.jobs {
		if j.State == Queued || j.State == Running {
			n++
		}
	}
	return n, nil
}

func (l *line) JobByID(_ context.Context, id uuid.UUID) (*Job, error) {
	if j := l.find(id); j != nil {
		copied := j.Job
		return &copied, nil
	}
	return nil, fault.New(fault.NotFound)
}

func (l *line) JobPage(_ context.Context, f Filter, w paging.Window) (all []*Job, _ error) {
	for i := len(l.jobs) - 1; i >= 0; i-- {
		j := l.jobs[i]
		if j.AskedBy == f.AskedBy && (f.State == nil || j.State == *f.State) && (w.After == nil || j.ID.String() < w.After[0].Text) && len(all) < w.Fetch() {
			all = append(all, &j.Job)
		}
	}
	return all, nil
}

func (l *line) StopJob(_ context.Context, id uuid.UUID) (State, bool, error) {
	j := l.find(id)
	if j.State != Queued && j.State != Running {
		return "", false, nil
	}
	j.Stopping = true
	if j.State == Queued {
		j.State = Cancelled
	}
	return j.State, true, nil
}

func (l *line) EndJob(_ context.Context, id, lease uuid.UUID, end End) (bool, error) {
	j := l.find(id)
	if j.lease != lease || j.State != Running {
		return false, nil
	}
	j.State, j.Fault, j.Result = end.State, end.Fault, end.Result
	return true, nil
}

func (l *line) KeptResults(_ context.Context, all bool) (kept []Kept, _ error) {
	for _, j := range l.jobs {
		if j.Result != nil && j.Result.Key != "" && (all || !j.Result.Until.After(time.Now())) {
			kept = append(kept, Kept{Job: j.ID, Key: j.Result.Key})
		}
	}
	return kept, nil
}

func (l *line) ForgetJobs(_ context.Context, gone []uuid.UUID, _ int) error {
	for _, id := range gone {
		l.find(id).Result.Key = ""
	}
	return nil
}

var (
	home, me = uuid.New(), uuid.New()
	quiet    = slog.New(slog.DiscardHandler)
)

func as(t testing.TB, user uuid.UUID) context.Context {
	t.Helper()
	return viewer.With(t.Context(), &viewer.Viewer{Tenant: home, User: user})
}

type gate struct{ shut bool }

func (g gate) Anywhere(_ context.Context, p authz.Permission) error {
	if g.shut {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}

// outcomes notes how tries ended.
type outcomes struct {
	mu   sync.Mutex
	all  []string
	seen []string
}

func (o *outcomes) JobBegun(string, time.Duration) {}
func (o *outcomes) JobOver(_, outcome string, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all = append(o.all, outcome)
}
func (o *outcomes) JobsCounted(kind string, _, _ int64) { o.seen = append(o.seen, kind) }

// runner makes a worker of one kind over a line.
func runner(l *line, run func(ctx context.Context, r *Run) (*Result, error), change ...func(*RunnerConfig)) (*Runner, *outcomes) {
	o := &outcomes{}
	c := RunnerConfig{Queue: l.queue, Write: l.work, Tell: l.tell, Measure: o, Logger: quiet, Clock: time.Now,
		As:    func(ctx context.Context, _, _, _ uuid.UUID, do func(context.Context) error) error { return do(ctx) },
		For:   func(ctx context.Context, _ *Taken, do func(context.Context) error) error { return do(ctx) },
		Kinds: []Kind{{Name: "export", Run: run}}}
	for _, do := range change {
		do(&c)
	}
	return NewRunner(c), o
}
