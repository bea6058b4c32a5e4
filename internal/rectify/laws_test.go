package rectify_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/fault"
	"leitai/internal/rectify"
)

// Whatever steps are tried in whatever order, an issue is only closed on an
// answer that somebody else verified.
// covers A39
func TestNoIssueIsClosedOnAShortcut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := rectify.Work{Stage: rectify.Assigned}
		who := rapid.SampledFrom([]string{"", "village", "inspector"})
		text := rapid.SampledFrom([]string{"", "已清运"})
		answered := false
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			before := w
			var err error
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				w, err = w.Answer(who.Draw(t, "by"), text.Draw(t, "measure"))
				answered = answered || err == nil
			case 1:
				w, err = w.Close(who.Draw(t, "by"))
			default:
				w, err = w.Return(who.Draw(t, "by"), text.Draw(t, "reason"))
			}
			if err != nil && (w != before || fault.CodeOf(err) == "") {
				t.Fatalf("a refused step (%v) changed %+v to %+v", err, before, w)
			}
			if before.Stage == rectify.Closed && w != before {
				t.Fatalf("what was closed is %+v now", w)
			}
		}
		if w.Stage == rectify.Closed && (!answered || w.Measure == "" || w.VerifiedBy == "" || w.VerifiedBy == w.AnsweredBy) {
			t.Fatalf("%+v", w)
		}
		if w.Stage == rectify.Returned && w.Reason == "" {
			t.Fatalf("returned without a reason: %+v", w)
		}
	})
}
