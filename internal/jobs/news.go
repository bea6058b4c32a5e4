package jobs

import (
	"context"

	"leitai/internal/event"
)

// Record is the Tell of the program: it records an event for the people of a job.
func Record(ctx context.Context, n News) error {
	kind := event.JobProgress
	data := map[string]any{"kind": n.Kind, "state": n.State, "done": n.Done, "total": n.Total}
	if n.Finished {
		kind = event.JobFinished
	}
	return event.Record(ctx, event.Event{Kind: kind, Object: n.Job, ObjectKind: "job", Persons: n.For, Data: data})
}
