package inbox

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Who has no inbox has nothing unread: the console asks it of everybody, also of
// who runs the platform and of who holds no role yet.
func TestWhoHasNoInboxHasNothingUnread(t *testing.T) {
	t.Parallel()
	s := New(Config{Gate: held{}})
	ctx := viewer.With(t.Context(), &viewer.Viewer{User: uuid.New()})
	if n, err := s.Unread(ctx); n != 0 || err != nil {
		t.Errorf("unread: %d, %v", n, err)
	}
	if _, err := s.Muted(ctx); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("its settings are not theirs: %v", err)
	}
}
