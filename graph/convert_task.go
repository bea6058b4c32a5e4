package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/phrase"
)

// task tells a task as of a day.
func task(on calendar.Date, language fault.Language) func(*consequences.Task) *model.Task {
	return func(t *consequences.Task) *model.Task {
		return &model.Task{ID: globalID(taskKind, t.ID), UnitKey: t.Unit, ExecutorKeys: t.Executors, Action: t.Action, Label: taskLabel(t.Action, language),
			Title: t.Title, Role: t.Role, Due: t.Due, Overdue: t.Overdue(on), State: model.TaskState(strings.ToUpper(t.State)), Record: t.Record,
			DoneAt: t.DoneAt, Revision: t.LockRevision}
	}
}

// taskLabel is what a task is called: findings are no outcome of a rule.
func taskLabel(action string, language fault.Language) string {
	switch {
	case action == consequences.Commendation && language == fault.English:
		return "timely commendation"
	case action == consequences.Commendation:
		return "即时表扬"
	case action == consequences.Perfunctory && language == fault.English:
		return "perfunctory work, by the target management rules"
	case action == consequences.Perfunctory:
		return "按目标管理办法处理敷衍了事"
	}
	return phrase.Outcome(action, language)
}

func taskPage(p paging.Page[*consequences.Task], one func(*consequences.Task) *model.Task) *model.TaskConnection {
	c := &model.TaskConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, one, func(cursor string, n *model.Task) *model.TaskEdge {
		return &model.TaskEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// telling is how tasks are told to whoever asks, today.
func (r *Resolver) telling(ctx context.Context) (func(*consequences.Task) *model.Task, error) {
	today, err := r.Consequences.Today(ctx)
	return task(today, languageOf(ctx)), err
}

// taskByID is the reader of a node.
func (r *Resolver) taskByID(ctx context.Context, key uuid.UUID) (*model.Task, error) {
	one, err := r.telling(ctx)
	if err != nil {
		return nil, err
	}
	t, err := r.Consequences.Task(ctx, key)
	if err != nil {
		return nil, err
	}
	return one(t), nil
}

func finding(f *consequences.Finding) *model.Finding {
	return &model.Finding{ID: globalID(findingKind, f.ID), UnitKey: f.Unit, PersonKey: f.Person, Kind: model.FindingKind(strings.ToUpper(f.Kind)), Reason: f.Reason,
		Measure: f.Measure, Basis: f.Basis, State: model.FindingState(strings.ToUpper(f.State)), Note: f.Note, Revision: f.LockRevision}
}

// findingPayload runs a mutation of a finding.
func findingPayload(ctx context.Context, clientID *string, ids reader, do func() (*consequences.Finding, error)) (*model.FindingPayload, error) {
	payload := &model.FindingPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var f *consequences.Finding
		if f, err = do(); err == nil {
			payload.Finding = finding(f)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func openItem(i consequences.OpenItem) *model.OpenItem {
	return &model.OpenItem{Kind: i.Kind, Title: i.Title, Due: i.Due}
}

func handover(h *consequences.Handover) *model.Handover {
	return &model.Handover{ID: globalID(handoverKind, h.ID), FromKey: h.From, ToKey: h.To, HandedOn: h.HandedOn, Items: converted(h.Items, openItem), Note: h.Note}
}

// peopleAt gives the people behind keys; one that may not be known is left out.
func peopleAt(ctx context.Context, keys []uuid.UUID) ([]*model.Person, error) {
	all := []*model.Person{}
	for i := range keys {
		p, err := personAt(ctx, &keys[i])
		if err != nil {
			return nil, err
		}
		if p != nil {
			all = append(all, p)
		}
	}
	return all, nil
}
