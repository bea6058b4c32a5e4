package round

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// ConfirmMarks confirms marks that somebody else judged and entered. Confirming
// again what one confirmed before changes nothing.
func (s *Service) ConfirmMarks(ctx context.Context, round uuid.UUID, marks []uuid.UUID) ([]*Mark, error) {
	return s.review(ctx, round, marks, MarkConfirmed, "")
}

// RejectMarks sends marks back to be corrected, with a reason; a second person
// never edits a mark.
func (s *Service) RejectMarks(ctx context.Context, round uuid.UUID, marks []uuid.UUID, reason string) ([]*Mark, error) {
	if err := reasoned(reason); err != nil {
		return nil, err
	}
	return s.review(ctx, round, marks, MarkRejected, strings.TrimSpace(reason))
}

func (s *Service) review(ctx context.Context, round uuid.UUID, ids []uuid.UUID, to MarkState, reason string) ([]*Mark, error) {
	if len(ids) == 0 || len(ids) > MaxMarks {
		return nil, fault.New(fault.MarksPerBatch, "value", itoa(len(ids)), "want", itoa(MaxMarks)).At("marks")
	}
	var out []*Mark
	err := s.change(ctx, authz.MarkConfirm, round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		found, err := st.MarksByID(ctx, ids)
		if err != nil {
			return err
		}
		stored := map[uuid.UUID]*Mark{}
		for _, m := range found {
			stored[m.ID] = m
		}
		seen, _, err := s.itemsSeen(ctx, st, r, authz.MarkConfirm)
		if err != nil {
			return err
		}
		var bad fault.List
		var todo []*Mark
		for i, id := range ids {
			m := stored[id]
			if m != nil && !seen(m.Item) {
				m = nil
			}
			fresh, f := reviewable(m, round, who.Person, to)
			if f != nil {
				bad = append(bad, f.At("marks[%d]", i))
			} else if fresh {
				at := s.now()
				m.State, m.Rejection, m.ReviewedBy, m.ReviewedAt = to, reason, &who.Person, &at
				todo = append(todo, m)
			}
			out = append(out, m)
		}
		if bad != nil || len(todo) == 0 {
			return bad.Err()
		}
		if err := opened(r); err != nil {
			return err
		}
		if err := st.InsertReviews(ctx, round, todo); err != nil {
			return err
		}
		if err := marked(ctx, r, len(todo)); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.MarkConfirm), "round", r.ID, map[string]any{"marks": idsOf(todo), "decision": to}, audit.Because(reason))
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// reviewable says whether a mark waits for this second person; false without a
// fault is a repeated answer.
func reviewable(m *Mark, round, who uuid.UUID, to MarkState) (bool, *fault.Fault) {
	switch {
	case m == nil || m.Round != round:
		return false, fault.New(fault.NotFound)
	case m.Judge == who || m.EnteredBy == who:
		return false, fault.New(fault.ConfirmOwn)
	case m.State == MarkSuperseded:
		return false, fault.New(fault.MarkReplaced)
	case m.State == to && m.ReviewedBy != nil && *m.ReviewedBy == who:
		return false, nil
	case m.State != MarkEntered:
		return false, fault.New(fault.MarkReviewed)
	}
	return true, nil
}

func idsOf(marks []*Mark) []string {
	out := make([]string, len(marks))
	for i, m := range marks {
		out[i] = m.ID.String()
	}
	return out
}
