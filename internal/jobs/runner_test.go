package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

func made(rows int64) func(context.Context, *Run) (*Result, error) {
	return func(context.Context, *Run) (*Result, error) { return &Result{Key: "k", Rows: rows}, nil }
}

func TestAJobThatIsAskedForIsDoneOnce(t *testing.T) {
	t.Parallel()
	l := &line{}
	j := l.add("export")
	r, o := runner(l, made(7))
	if found, err := r.Next(t.Context()); !found || err != nil {
		t.Fatal(found, err)
	}
	if found, err := r.Next(t.Context()); found || err != nil {
		t.Fatal("it was run twice", err)
	}
	if j.State != Done || j.Result.Rows != 7 || !slices.Equal(o.all, []string{"done"}) {
		t.Errorf("%+v %v", j.Job, o.all)
	}
	if len(l.news) != 1 || !l.news[0].Finished || l.news[0].Done != 7 || !slices.Contains(l.news[0].For, me) {
		t.Errorf("%+v", l.news)
	}
	if len(l.acts) != 1 || l.acts[0].Action != "job:end" {
		t.Errorf("the audit has %+v", l.acts)
	}
}

// A fault of the request itself ends a job with its code; one of the moment,
// a bug or a panic is tried again, later each time, and not for ever.
func TestWhatIsTriedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		run   func(context.Context, *Run) (*Result, error)
		code  fault.Code
		tries int
		took  time.Duration
	}{
		"refused": {func(context.Context, *Run) (*Result, error) {
			return nil, fault.New(fault.Forbidden, "permission", "x")
		}, fault.Forbidden, 1, 0},
		"busy":        {func(context.Context, *Run) (*Result, error) { return nil, fault.New(fault.RequestTimeout) }, fault.JobGivenUp, 5, 75 * time.Second},
		"a bug":       {func(context.Context, *Run) (*Result, error) { return nil, errors.New("no such column") }, fault.JobGivenUp, 5, 75 * time.Second},
		"a panic":     {func(context.Context, *Run) (*Result, error) { panic("index out of range") }, fault.JobGivenUp, 5, 75 * time.Second},
		"rights lost": {func(ctx context.Context, r *Run) (*Result, error) { return nil, r.As(ctx, nil) }, fault.JobRightsLost, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := &line{}
				id := l.add("export").ID
				r, o := runner(l, c.run, func(c *RunnerConfig) {
					if name == "rights lost" {
						c.As = func(context.Context, uuid.UUID, uuid.UUID, uuid.UUID, func(context.Context) error) error {
							return fault.New(fault.Unauthenticated)
						}
					}
				})
				ctx, stop := context.WithCancel(t.Context())
				begun := time.Now()
				go r.Run(ctx, 1)
				for l.of(id).State != Failed {
					time.Sleep(time.Second)
				}
				took := time.Since(begun)
				stop()
				synctest.Wait()
				j := l.of(id)
				if j.Fault.Code != c.code || j.Attempt != c.tries || took < c.took || took > c.took+10*time.Second {
					t.Errorf("%v after %d tries in %v", j.Fault, j.Attempt, took)
				}
				if o.all[len(o.all)-1] != "failed" || len(o.all) != c.tries {
					t.Errorf("%v", o.all)
				}
			})
		})
	}
}

// A job whose workers die over and over is not begun for ever.
func TestAJobThatKillsItsWorkersIsGivenUp(t *testing.T) {
	t.Parallel()
	l := &line{}
	j := l.add("export")
	j.Attempt = 5
	begun := false
	r, _ := runner(l, func(context.Context, *Run) (*Result, error) { begun = true; return nil, nil })
	if _, err := r.Next(t.Context()); err != nil || begun || j.State != Failed || j.Fault.Code != fault.JobGivenUp {
		t.Errorf("%v: begun %v, %+v", err, begun, j.Job)
	}
}

// waiting runs until its context ends, and tells when it began.
func waiting(began chan<- struct{}) func(context.Context, *Run) (*Result, error) {
	return func(ctx context.Context, r *Run) (*Result, error) {
		r.Progress(3, nil)
		began <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

func TestCancellingEndsARunSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		id := l.add("export").ID
		began := make(chan struct{})
		r, o := runner(l, waiting(began))
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go r.Run(ctx, 1)
		<-began
		service := New(Config{Write: l.work, Read: l.work, Gate: gate{}})
		if j, err := service.Cancel(as(t, me), id); err != nil || j.State != Running || !j.Stopping {
			t.Fatal(j, err)
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if j := l.of(id); j.State != Cancelled || !slices.Equal(o.all, []string{"cancelled"}) {
			t.Errorf("%+v %v", j.Job, o.all)
		}
		if _, err := service.Cancel(as(t, me), id); fault.CodeOf(err) != fault.JobOver {
			t.Errorf("cancelled twice: %v", err)
		}
		if !slices.ContainsFunc(l.news, func(n News) bool { return n.State == Cancelled && n.Finished }) {
			t.Errorf("%+v", l.news)
		}
	})
}

// A worker that stops gives its job back at once, and the try does not count.
func TestAWorkerThatStopsGivesItsJobBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		id := l.add("export").ID
		began := make(chan struct{})
		r, o := runner(l, waiting(began))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { r.Run(ctx, 1); close(ended) }()
		<-began
		stop()
		<-ended
		if j := l.of(id); j.State != Queued || j.Attempt != 0 || j.due.After(time.Now()) || !slices.Equal(o.all, []string{"returned"}) {
			t.Errorf("%+v %v", j, o.all)
		}
	})
}

// A worker that cannot renew its lease takes itself for gone before another may
// begin; what it made does not count.
func TestTwoWorkersNeverBothCount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		id := l.add("export").ID
		began, ended := make(chan struct{}), time.Time{}
		cut, o := runner(l, func(ctx context.Context, r *Run) (*Result, error) {
			_, err := waiting(began)(ctx, r)
			ended = time.Now()
			return nil, err
		})
		done := make(chan struct{})
		go func() { _, _ = cut.Next(t.Context()); close(done) }()
		<-began
		l.mu.Lock()
		l.down = true
		l.mu.Unlock()
		lost := time.Now().Add(time.Minute) // the lease
		<-done
		if !ended.Before(lost) || !slices.Equal(o.all, []string{"lost"}) {
			t.Errorf("the first worker went on until %v, the lease ended %v; %v", ended, lost, o.all)
		}
		l.mu.Lock()
		l.down = false
		l.mu.Unlock()
		time.Sleep(time.Until(lost))
		second, o2 := runner(l, made(1))
		if found, err := second.Next(t.Context()); !found || err != nil || l.of(id).State != Done || !slices.Equal(o2.all, []string{"done"}) {
			t.Errorf("%v %v %+v", found, err, l.of(id).Job)
		}
	})
}

func TestAResultOfALostLeaseIsDiscarded(t *testing.T) {
	t.Parallel()
	l := &line{}
	j := l.add("export")
	var gone []string
	r, o := runner(l, func(context.Context, *Run) (*Result, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		j.lease = uuid.New() // another took it over
		return &Result{Key: "mine"}, nil
	}, func(c *RunnerConfig) {
		c.Kinds[0].Discard = func(_ context.Context, r *Result) { gone = append(gone, r.Key) }
	})
	if _, err := r.Next(t.Context()); err != nil || !slices.Equal(gone, []string{"mine"}) || !slices.Equal(o.all, []string{"lost"}) || j.Result != nil || len(l.news) != 0 {
		t.Errorf("%v %v %v %+v", err, gone, o.all, j.Job)
	}
}

// When nobody knows whether the end was written, the result stays: the row may
// name it. The sweep knows.
func TestAResultOfAnUnknownEndStays(t *testing.T) {
	t.Parallel()
	l := &line{}
	l.add("export")
	r, _ := runner(l, made(1), func(c *RunnerConfig) {
		c.Write = func(context.Context, func(context.Context, Store) error) error { return errors.New("connection lost") }
		c.Kinds[0].Discard = func(context.Context, *Result) { t.Error("the result was removed") }
	})
	if _, err := r.Next(t.Context()); err == nil {
		t.Error("no error")
	}
}

func TestProgressIsTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		id := l.add("export").ID
		r, o := runner(l, func(_ context.Context, r *Run) (*Result, error) {
			all := int64(30)
			for done := range all {
				r.Progress(done+1, &all)
				time.Sleep(time.Second)
			}
			return &Result{Rows: all}, nil
		})
		ctx, stop := context.WithCancel(t.Context())
		go r.Run(ctx, 1)
		time.Sleep(10500 * time.Millisecond)
		if j := l.of(id); j.Done != 10 && j.Done != 11 || *j.Total != 30 {
			t.Errorf("after ten seconds: %d", j.Done)
		}
		time.Sleep(30 * time.Second)
		stop()
		synctest.Wait()
		if len(l.news) < 10 || len(l.news) > 17 || l.news[0].Finished || !l.news[len(l.news)-1].Finished {
			t.Errorf("%d news, %+v", len(l.news), l.news)
		}
		if !slices.Equal(slices.Compact(o.seen), []string{"export"}) {
			t.Errorf("counted %+v", o.seen)
		}
	})
}
