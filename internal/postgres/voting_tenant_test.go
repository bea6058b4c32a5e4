package postgres

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/voting"
)

// Another tenant's evaluation is as if it were not there, for every use case and
// every function.
func TestVotingStaysInTheTenant(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.codes(t, "others", 2)
	stranger := h.settle(t, "township", "990102001")
	ctx, _ := h.as(t, stranger)
	for name, err := range map[string]error{
		"read":    func() error { _, err := h.service.Poll(ctx, h.poll); return err }(),
		"turnout": func() error { _, err := h.service.Turnout(ctx, h.poll); return err }(),
		"results": func() error { _, err := h.service.Results(ctx, h.poll); return err }(),
		"roster": func() error {
			_, err := h.service.Roster(ctx, h.poll, []ballot.Named{{Row: 1, Person: "R", Group: "others"}})
			return err
		}(),
		"issue": func() error {
			_, err := h.service.Issue(ctx, h.poll, false, []voting.GroupNumber{{Group: "others", Number: 1}})
			return err
		}(),
		"attend": func() error { _, err := h.service.Attend(ctx, h.poll, "others", 1, 1); return err }(),
		"paper": func() error {
			_, err := h.service.EnterPaper(ctx, h.poll, ballot.PaperCount{Group: "others"})
			return err
		}(),
		"close": func() error { _, err := h.service.Close(ctx, h.poll); return err }(),
	} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, do := range map[string]func(context.Context, *Tx) error{
		"issue": func(ctx context.Context, tx *Tx) error {
			return tx.IssueCodes(ctx, h.poll, true, []string{"others"}, [][]byte{make([]byte, 32)})
		},
		"attend": func(ctx context.Context, tx *Tx) error { return tx.SetAttendance(ctx, h.poll, "others", 0, 0) },
		"close":  func(ctx context.Context, tx *Tx) error { _, err := tx.ClosePoll(ctx, h.poll, uuid.New()); return err },
		"paper": func(ctx context.Context, tx *Tx) error {
			_, _, err := tx.EnterPaper(ctx, h.poll, uuid.New(), ballot.PaperCount{Group: "others"}, hallRule())
			return err
		},
	} {
		if err := h.db.write(ctx, do); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("the function to %s: %v", name, err)
		}
	}
	if all, err := h.service.Polls(ctx, h.home.id("competition"), nil); len(all) != 0 || err != nil {
		t.Errorf("%v, %v", all, err)
	}
	if n := h.count(t, `SELECT count(*) FROM ballot_code WHERE poll_id = $1`, h.poll); n != 2 {
		t.Errorf("%d codes are left of 2", n)
	}
	theirs := &voting.Poll{ID: mixin.NewID(), Competition: h.home.id("competition"), Key: "x", Rule: hallRule(), OpenedBy: stranger.person}
	err := h.db.write(ctx, func(ctx context.Context, tx *Tx) error { return tx.InsertPoll(ctx, theirs) })
	if fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an evaluation in another's competition: %v", err)
	}
}
