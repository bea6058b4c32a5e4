package postgres

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/event"
)

// sweepEvents lets the program remove what happened before a moment.
func (w *world) sweepEvents(t *testing.T, before time.Time) (removed int) {
	t.Helper()
	err := Outside[event.Attic](w.db)(t.Context(), func(ctx context.Context, a event.Attic) (err error) {
		removed, err = a.SweepEvents(ctx, before, 1000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return removed
}

// Old events go, but for those that a cursor, a reader of the program or the log
// of a webhook still leads to; who follows is told what was promised.
func TestSweptEventsAreMissedByNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	open, done, issue := mixin.NewID(), mixin.NewID(), mixin.NewID()
	hook := w.endpoint(t, h)
	w.happen(t, h,
		event.Event{Kind: event.RoundOpened, Object: open, ObjectKind: "round", Round: &open},
		event.Event{Kind: event.MarksSubmitted, Object: open, ObjectKind: "round", Round: &open},
		event.Event{Kind: event.MarksSubmitted, Object: open, ObjectKind: "round", Round: &open}, // 3: how it stands
		event.Event{Kind: event.RoundOpened, Object: done, ObjectKind: "round", Round: &done},
		event.Event{Kind: event.PublicationPublished, Object: done, ObjectKind: "publication", Round: &done}, // 5: for ever
		event.Event{Kind: event.JobFinished, Object: mixin.NewID(), ObjectKind: "job", Persons: []uuid.UUID{h.person}},
		event.Event{Kind: event.IssueOpened, Object: mixin.NewID(), ObjectKind: "issue", Round: &open}, // tells nothing of how a round stands
		event.Event{Kind: event.IssueOpened, Object: issue, ObjectKind: "issue"},                       // 8: in the log of a webhook
		event.Event{Kind: event.TaskOpened, Object: mixin.NewID(), ObjectKind: "task"},                 // 9: young
		event.Event{Kind: event.TaskOpened, Object: mixin.NewID(), ObjectKind: "task"},                 // 10: nobody was told yet
	)
	w.happen(t, other, event.Event{Kind: event.TaskOpened, Object: mixin.NewID(), ObjectKind: "task"})
	w.put(t, `UPDATE event SET at = now() - interval '300 days' WHERE seq <> 9`)
	w.put(t, `INSERT INTO webhook_delivery (id, tenant_id, region, endpoint_id, event_id, kind, sequence, due_at, created_at)
		SELECT gen_random_uuid(), e.tenant_id, e.region, $1, e.id, e.kind, e.seq, now(), now() FROM event e WHERE e.object_id = $2`, hook.ID, issue)
	before := time.Now().AddDate(0, 0, -200)
	all := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	stay := func(why string, want []int64) {
		t.Helper()
		w.sweepEvents(t, before)
		if have := w.since(t, h, 0); !slices.Equal(have, want) {
			t.Errorf("%s: %v stay, want %v", why, have, want)
		}
	}
	cursor := func(reader string, seq int) {
		t.Helper()
		w.put(t, `INSERT INTO event_cursor (id, tenant_id, region, reader, seq) VALUES (gen_random_uuid(), $1, $2, $3, $4)`, h.tenant, h.region, reader, seq)
	}
	stay("no inbox was filled", all)
	cursor("inbox", 9)
	stay("no webhook was told", all)
	cursor("webhook", 10)
	stay("all but one were told", []int64{3, 5, 8, 9, 10})
	stay("again", []int64{3, 5, 8, 9, 10})
	if n := len(w.since(t, other, 0)); n != 1 {
		t.Errorf("%d events are left of a tenant that nobody told of any", n)
	}
	w.happen(t, h, event.Event{Kind: event.RoundClosed, Object: open, ObjectKind: "round", Round: &open})
	w.put(t, `DELETE FROM webhook_delivery`)
	stay("the round went on, the log went", []int64{5, 9, 10, 11})
	if seqs := w.since(t, h, 10); !slices.Equal(seqs, []int64{11}) {
		t.Errorf("the numbers went on with %v", seqs)
	}
}
