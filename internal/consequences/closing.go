package consequences

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// CloseTask records that a task was carried out, by the office or by one of its
// executors. With the task of an outcome the outcome itself is carried out.
func (s *Service) CloseTask(ctx context.Context, id uuid.UUID, revision int, record string) (*Task, error) {
	before, err := s.Task(ctx, id)
	if err != nil {
		return nil, err
	}
	if before.LockRevision != revision {
		return nil, fault.New(fault.StaleRevision, "have", strconv.Itoa(before.LockRevision)).At("revision")
	}
	if before.Outcome == nil {
		return s.closeFound(ctx, id, record)
	}
	if before.State != TaskOpen {
		return nil, wrongTask(before.State).At("task")
	}
	lock, err := s.lockOf(ctx, *before.Outcome)
	if err != nil {
		return nil, err
	}
	if _, err := s.Execute(ctx, *before.Outcome, lock, record); err != nil {
		return nil, err
	}
	return s.Task(ctx, id)
}

// lockOf is the revision of the outcome behind a task, which its executor may
// not otherwise read.
func (s *Service) lockOf(ctx context.Context, outcome uuid.UUID) (revision int, err error) {
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		found, err := st.OutcomesByID(ctx, []uuid.UUID{outcome})
		if err == nil {
			revision = found[0].LockRevision
		}
		return err
	})
	return revision, err
}

func (s *Service) closeFound(ctx context.Context, id uuid.UUID, record string) (*Task, error) {
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var closed *Task
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		t, err := st.TaskByID(ctx, id)
		if err != nil {
			return err
		}
		if !s.gate.May(ctx, authz.OutcomeExecute, uuid.Nil) && !slices.Contains(t.Executors, who.Person) {
			return fault.New(fault.Forbidden, "permission", string(authz.OutcomeExecute))
		}
		if err := t.close(record, who.Person, s.now()); err != nil {
			return err
		}
		if err := st.UpdateTask(ctx, t); err != nil {
			return err
		}
		closed = t
		return audit.Record(ctx, string(authz.TaskExecute), "task", id, map[string]any{"record": record})
	})
	return closed, err
}
