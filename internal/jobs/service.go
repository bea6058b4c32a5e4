package jobs

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// MostUnfinished is how many jobs of one tenant may wait or run.
const MostUnfinished = 20

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Cursors     paging.Codec
}

// Service is what a user does with jobs: ask, look, cancel. A user sees the own
// jobs and no other's.
type Service struct {
	write, read Work
	gate        Gate
	cursors     paging.Codec
}

// New makes the use cases.
func New(c Config) *Service {
	return &Service{write: c.Write, read: c.Read, gate: c.Gate, cursors: c.Cursors}
}

// Enqueue puts a job for the viewer into the queue, inside the caller's
// transaction if there is one. JOBS_TOO_MANY when the tenant has enough.
func (s *Service) Enqueue(ctx context.Context, kind string, input any) (uuid.UUID, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.Must(uuid.NewV7())
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		// Writers of a tenant take turns, so that the count holds until the end.
		have, err := st.UnfinishedJobs(ctx)
		if err != nil {
			return err
		}
		if have >= MostUnfinished {
			return fault.New(fault.JobsTooMany, "have", strconv.Itoa(have), "most", strconv.Itoa(MostUnfinished))
		}
		return st.InsertJob(ctx, id, kind, text)
	})
	if err != nil {
		return uuid.Nil, err
	}
	telemetry.LinkWork(ctx, id)
	return id, nil
}

// ByID reads one of the viewer's own jobs; every other is NOT_FOUND.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (*Job, error) {
	if err := s.gate.Anywhere(ctx, authz.ExportRequest); err != nil {
		return nil, err
	}
	var j *Job
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		j, err = own(ctx, st, id)
		return err
	})
	return j, err
}

func own(ctx context.Context, st Store, id uuid.UUID) (*Job, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	j, err := st.JobByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if j.AskedBy != who.User {
		return nil, fault.New(fault.NotFound)
	}
	return j, nil
}

// List is a page of the viewer's own jobs, newest first.
func (s *Service) List(ctx context.Context, state *State, args paging.Args) (paging.Page[*Job], error) {
	var page paging.Page[*Job]
	if err := s.gate.Anywhere(ctx, authz.ExportRequest); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	f := Filter{AskedBy: who.User, State: state}
	parts := []string{"jobs", who.Tenant.String(), who.User.String()}
	if state != nil {
		parts = append(parts, string(*state))
	}
	scope := paging.Scope(parts...)
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.JobPage(ctx, f, window)
		page = paging.Cut(rows, window, func(j *Job) string { return s.cursors.Encode(scope, paging.Text(j.ID.String())) })
		return err
	})
	return page, err
}

// Cancel ends one of the viewer's own jobs: at once while it waits, and soon
// while it runs. JOB_OVER when it has ended.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID) (*Job, error) {
	if err := s.gate.Anywhere(ctx, authz.ExportRequest); err != nil {
		return nil, err
	}
	var j *Job
	err := s.write(ctx, func(ctx context.Context, st Store) (err error) {
		if j, err = own(ctx, st, id); err != nil {
			return err
		}
		state, stopped, err := st.StopJob(ctx, id)
		if err != nil {
			return err
		}
		if !stopped {
			return fault.New(fault.JobOver)
		}
		if err := audit.Record(ctx, "job:cancel", "job", id, map[string]any{"kind": j.Kind, "state": state}); err != nil {
			return err
		}
		if j, err = st.JobByID(ctx, id); err != nil || j.Finished == nil {
			return err // the worker that runs it tells when it has ended
		}
		return Record(ctx, News{Job: id, Kind: j.Kind, For: []uuid.UUID{j.AskedBy}, State: j.State, Done: j.Done, Total: j.Total, Finished: true})
	})
	return j, err
}
