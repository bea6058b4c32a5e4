package consequences

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Task is what somebody is to carry out: a confirmed outcome or finding, with
// the people who held the executing role on the day it was confirmed (A28, A30,
// A37, A38, C08, C10–C13).
type Task struct {
	ID           uuid.UUID
	Competition  uuid.UUID
	Outcome      *uuid.UUID // of an outcome …
	Finding      *uuid.UUID // … or of a finding
	Action       string     // talk, statement, sharing, pairing, praise, rectification, accountability, criticism, commendation, perfunctory
	Unit         uuid.UUID
	Title        string // how the subject was called
	Role         string // that carries it out
	Executors    []uuid.UUID
	Due          calendar.Date
	State        string // open | done | withdrawn
	Record       string
	CreatedAt    time.Time
	DoneBy       *uuid.UUID
	DoneAt       *time.Time
	LockRevision int
}

// States of a task.
const (
	TaskOpen      = "open"
	TaskDone      = "done"
	TaskWithdrawn = "withdrawn" // its outcome was taken back
)

// daysToAct is by when a task is due unless the one who confirms says otherwise:
// the template names no time, and an open end is no deadline.
const daysToAct = 15

// Overdue reports whether the task is late on a date.
func (t *Task) Overdue(on calendar.Date) bool { return t.State == TaskOpen && t.Due.Before(on) }

// TaskFilter narrows a list of tasks; Executor leaves those of one person, DueBy
// those that were due before a date.
type TaskFilter struct {
	State    string
	Executor *uuid.UUID
	DueBy    calendar.Date
}

// posts that carry an officer's role.
var officerPosts = map[string][]string{
	"principal-leaders":   {"secretary", "mayor"},
	"leading-group":       {"leading-group-head"},
	"office":              {"office-head"},
	"county-organisation": {"organisation-member"},
}

// roles at the village of the subject; the others are of the whole township.
var villagePosts = []string{"linked-leader", "village-secretary", "resident-cadre", "first-secretary", "package-cadre"}

// usualExecutor is who carries an action out where the rule names nobody.
var usualExecutor = map[string]string{
	"talk": "secretary", "criticism": "office", "praise": "office", "pairing": "office", "statement": "subject", "sharing": "subject",
	"rectification": "village-secretary", "accountability": "discipline-secretary", "commendation": "office", "perfunctory": "leading-group",
}

// taskOf makes the task of an outcome that was just confirmed.
func (s *Service) taskOf(ctx context.Context, st Store, o *Outcome, today calendar.Date) (*Task, error) {
	t := &Task{ID: newID(), Competition: o.Competition, Outcome: &o.ID, Action: o.Action, Unit: o.Unit, Title: o.UnitName, Role: o.ByRole,
		Due: o.Due, State: TaskOpen, CreatedAt: s.now(), LockRevision: 1}
	return t, t.assign(ctx, st, o.Subject, today)
}

// assign finds who carries a task out: the people who hold the role on the day.
func (t *Task) assign(ctx context.Context, st Store, subject uuid.UUID, today calendar.Date) error {
	if t.Role == "" {
		t.Role = usualExecutor[t.Action]
	}
	role := t.Role
	if role == "subject" {
		person, err := st.IsPerson(ctx, subject)
		if err != nil {
			return err
		}
		if person {
			t.Executors = []uuid.UUID{subject}
			return nil
		}
		role = outcome.VillageSecretary
	}
	kinds := officerPosts[role]
	if kinds == nil {
		kinds = []string{role}
	}
	unit := uuid.Nil // the tenant's own
	if slices.Contains(villagePosts, role) {
		unit = t.Unit
	}
	var err error
	t.Executors, err = st.HoldersOf(ctx, kinds, unit, today)
	return err
}

// Tasks is a page of tasks, by due date. Whoever reads outcomes at the tenant's
// unit sees all of them; others their own.
func (s *Service) Tasks(ctx context.Context, f TaskFilter, args paging.Args) (paging.Page[*Task], error) {
	var page paging.Page[*Task]
	if err := s.gate.Anywhere(ctx, authz.TaskRead); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	if !s.gate.May(ctx, authz.OutcomeRead, uuid.Nil) {
		f.Executor = &who.Person
	}
	scope := paging.Scope("tasks", who.Tenant.String(), f.State, text(f.Executor), f.DueBy.String())
	window, err := s.cursors.Open(args, scope, 2)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.TaskPage(ctx, f, window)
		page = paging.Cut(rows, window, func(t *Task) string {
			return s.cursors.Encode(scope, paging.Text(t.Due.String()), paging.Text(t.ID.String()))
		})
		return err
	})
	return page, err
}

// Task reads one task; another's is as if it were not there.
func (s *Service) Task(ctx context.Context, id uuid.UUID) (*Task, error) {
	if err := s.gate.Anywhere(ctx, authz.TaskRead); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	var found *Task
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		t, err := st.TaskByID(ctx, id)
		if err != nil {
			return err
		}
		if !s.gate.May(ctx, authz.OutcomeRead, uuid.Nil) && !slices.Contains(t.Executors, who.Person) {
			return fault.New(fault.NotFound)
		}
		found = t
		return nil
	})
	return found, err
}

// close records that a task was carried out.
func (t *Task) close(record string, by uuid.UUID, at time.Time) error {
	if t.State != TaskOpen {
		return wrongTask(t.State).At("task")
	}
	if strings.TrimSpace(record) == "" {
		return fault.New(fault.OutcomeRecordMissing).At("record")
	}
	t.State, t.Record, t.DoneBy, t.DoneAt = TaskDone, record, &by, &at
	return nil
}

func wrongTask(state string) *fault.Fault {
	f := fault.New(fault.WrongState, "state", state, "want", TaskOpen).Call("want", "待办", "open")
	switch state {
	case TaskDone:
		return f.Call("state", "已办结", "done")
	case TaskWithdrawn:
		return f.Call("state", "已撤销", "withdrawn")
	}
	return f.Call("state", "待办", "open")
}

// Today is the viewer's business date, by which tasks are late.
func (s *Service) Today(ctx context.Context) (calendar.Date, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return calendar.Date{}, err
	}
	return s.today(who)
}

func (s *Service) today(who *viewer.Viewer) (calendar.Date, error) { return who.DateOf(s.now()) }

// put opens a task and tells those who are to carry it out.
func put(ctx context.Context, st Store, t *Task) error {
	if err := st.InsertTask(ctx, t); err != nil {
		return err
	}
	return event.Record(ctx, event.Event{Kind: event.TaskOpened, Unit: t.Unit, Object: t.ID, ObjectKind: "task", Persons: t.Executors,
		Data: map[string]any{"action": t.Action, "due": t.Due.String()}})
}
