// Package jobs owns long work: what a user asked for and a request is too short
// for. A job waits in a queue of the database, is run by one of the workers of
// any replica, tells how far it is, and ends done, failed or cancelled.
//
// It does not own what a kind of job does (each kind brings its Run), whom it
// works for beyond naming the user, nor where rows are kept (postgres).
//
// A job is inserted in the transaction of the request that asks for it, so that
// there is never one without the other. It is run at least once: a worker holds
// it by a lease that it renews while it works, and when it is gone, another
// begins anew. What a run leaves behind therefore counts only through the one
// statement that ends the job, and that is refused to a worker whose lease went
// to another. A run reads as the user who asked, opened anew for every step: a
// right that is taken away meanwhile ends the run with its code.
//
// Of one tenant one job of a kind runs at a time, and tenants take turns.
package jobs

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

// State is where a job stands.
type State string

// The states. The last three are final.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Result is what a job made: one file in the store of files.
type Result struct {
	Key       string // in the store; empty when the file was swept
	Name      string // for a download
	MediaType string
	Bytes     int64
	Rows      int64
	SHA256    string    // of the file, hex
	Until     time.Time // when the file is swept
}

// Job is one piece of long work.
type Job struct {
	ID       uuid.UUID
	Kind     string
	Input    json.RawMessage // as the kind writes it
	AskedBy  uuid.UUID       // the user
	AskedAt  time.Time
	State    State
	Stopping bool   // its user wants it to end
	Done     int64  // steps or rows so far
	Total    *int64 // of them; nil: not known
	Started  *time.Time
	Finished *time.Time
	Attempt  int          // how often it was begun
	Fault    *fault.Fault // why it failed; nil otherwise
	Result   *Result      // of a job that is done and made a file
}

// Filter narrows a list of jobs.
type Filter struct {
	AskedBy uuid.UUID
	State   *State
}

// Store is what the use cases need of one open transaction of a tenant.
type Store interface {
	// InsertJob puts a job of the viewer into the queue.
	InsertJob(ctx context.Context, id uuid.UUID, kind string, input json.RawMessage) error
	// UnfinishedJobs counts the tenant's jobs that wait or run.
	UnfinishedJobs(ctx context.Context) (int, error)
	// JobByID reads a job of the tenant; NOT_FOUND when there is none.
	JobByID(ctx context.Context, id uuid.UUID) (*Job, error)
	// JobPage reads jobs, newest first.
	JobPage(ctx context.Context, f Filter, w paging.Window) ([]*Job, error)
	// StopJob cancels a job that waits and tells the worker of one that runs;
	// false when it has ended.
	StopJob(ctx context.Context, id uuid.UUID) (State, bool, error)
	// EndJob writes how a job ended; false when the lease is not the job's.
	EndJob(ctx context.Context, id, lease uuid.UUID, end End) (bool, error)
	// KeptResults lists files whose days are over, or with all set every file.
	KeptResults(ctx context.Context, all bool) ([]Kept, error)
	// ForgetJobs notes that the files of jobs were removed, and removes jobs
	// that ended so many days ago.
	ForgetJobs(ctx context.Context, gone []uuid.UUID, days int) error
}

// Kept is the file of a job.
type Kept struct {
	Job uuid.UUID
	Key string
}

// End is how a job ended.
type End struct {
	State  State
	Fault  *fault.Fault // of Failed
	Result *Result      // of Done
	Days   int          // that the file is kept
}

// Queue is the worker's side of the store, outside of any tenant.
type Queue interface {
	// TakeJob gives the next job of the kinds for a while; nil when none waits.
	TakeJob(ctx context.Context, kinds []string, lease uuid.UUID, lasting time.Duration) (*Taken, error)
	// BeatJob keeps a job for its worker and notes how far it is.
	BeatJob(ctx context.Context, job, lease uuid.UUID, lasting time.Duration, done int64, total *int64) (Word, error)
	// ReturnJob gives a job back to the queue, to be tried again after a while;
	// with counts unset as if it had not been tried.
	ReturnJob(ctx context.Context, job, lease uuid.UUID, after time.Duration, counts bool) (bool, error)
	// CountJobs tells how many jobs wait and run, by kind.
	CountJobs(ctx context.Context) ([]Count, error)
}

// Word is what the queue tells the worker of a job.
type Word string

// The words: go on; the user wants it to end; another worker holds it.
const (
	GoOn Word = "run"
	Stop Word = "stop"
	Lost Word = ""
)

// Taken is a job in the hands of a worker.
type Taken struct {
	ID, Tenant, Lease uuid.UUID
	Kind              string
	Input             json.RawMessage
	AskedBy           uuid.UUID     // the user
	Person            uuid.UUID     // of the user in the tenant; uuid.Nil: none
	Attempt           int           // this one counted
	Waited            time.Duration // in the queue
}

// Count is how many jobs of a kind wait and run.
type Count struct {
	Kind            string
	Queued, Running int64
}

// Gate decides what the viewer of a context may do.
type Gate interface {
	Anywhere(ctx context.Context, p authz.Permission) error
}

// Work runs one transaction of the viewer's tenant; it may be run again.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Line runs one short transaction of the queue.
type Line func(ctx context.Context, do func(ctx context.Context, q Queue) error) error

// Tell tells subscribers of a job, inside the transaction that changed it.
type Tell func(ctx context.Context, what News) error

// News is what subscribers learn of a job.
type News struct {
	Job      uuid.UUID
	Kind     string
	For      []uuid.UUID // the user who asked, and the person it is
	State    State
	Done     int64
	Total    *int64
	Finished bool
}
