package phrase_test

import (
	"testing"

	"leitai/internal/phrase"
)

// An open round takes marks; an open issue is being put right. The two must not
// borrow each other's word.
func TestStatesOfARoundInWords(t *testing.T) {
	t.Parallel()
	for state, want := range map[string][2]string{
		"planned": {"已计划", "planned"}, "notified": {"已通知", "notified"}, "open": {"评分中", "open"}, "closed": {"评分已截止", "closed"},
		"computed": {"已计算", "computed"}, "provisional": {"公示中", "provisional"}, "PUBLISHED": {"已通报", "published"},
		"cancelled": {"已取消", "cancelled"}, "elsewhere": {"elsewhere", "elsewhere"},
	} {
		if z, e := phrase.Round(state, zh), phrase.Round(state, en); z != want[0] || e != want[1] {
			t.Errorf("%s: %s, %s", state, z, e)
		}
	}
	if phrase.Round("open", zh) == phrase.State("open", zh) {
		t.Error("an open round is called like an open issue")
	}
}
