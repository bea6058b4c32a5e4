package event

import (
	"context"
	"testing"

	"github.com/google/uuid"
)

func TestWhoHasOnlyJoinedDoesNotWatchYet(t *testing.T) {
	t.Parallel()
	h := NewHub(func(ctx context.Context, h *Hub) { h.Ready(); <-ctx.Done() })
	defer h.Close()
	w, err := h.Join(t.Context())
	if err != nil || h.Waiting() != 1 || h.Watching() != 0 {
		t.Errorf("%v, %d wait, %d watch", err, h.Waiting(), h.Watching())
	}
	w.Watch(uuid.New(), uuid.New())
	if h.Watching() != 1 {
		t.Errorf("%d watch", h.Watching())
	}
	if w.Leave(); h.Watching() != 0 {
		t.Errorf("%d watch after the last has left", h.Watching())
	}
}
