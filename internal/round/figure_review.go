package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// ConfirmFigures confirms figures that somebody else entered. Confirming again
// what one confirmed before changes nothing.
func (s *Service) ConfirmFigures(ctx context.Context, round uuid.UUID, ids []uuid.UUID) ([]*Figure, error) {
	return s.reviewFigures(ctx, round, ids, MarkConfirmed, "")
}

// RejectFigures sends figures back to be corrected, with a reason.
func (s *Service) RejectFigures(ctx context.Context, round uuid.UUID, ids []uuid.UUID, reason string) ([]*Figure, error) {
	if err := reasoned(reason); err != nil {
		return nil, err
	}
	return s.reviewFigures(ctx, round, ids, MarkRejected, strings.TrimSpace(reason))
}

func (s *Service) reviewFigures(ctx context.Context, round uuid.UUID, ids []uuid.UUID, to MarkState, reason string) ([]*Figure, error) {
	if len(ids) == 0 || len(ids) > MaxFigures {
		return nil, fault.New(fault.FigureBatch, "value", itoa(len(ids)), "want", itoa(MaxFigures)).At("figures")
	}
	var out []*Figure
	err := s.change(ctx, authz.FigureConfirm, round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		all, err := st.FiguresOf(ctx, r.ID)
		if err != nil {
			return err
		}
		if all, err = s.figuresSeen(ctx, st, r, all, authz.FigureConfirm); err != nil {
			return err
		}
		current := map[uuid.UUID]*Figure{}
		for _, f := range all {
			current[f.ID] = f
		}
		var bad fault.List
		var todo []*Figure
		for i, id := range ids {
			f := current[id]
			fresh, wrong := reviewableFigure(f, who.Person, to)
			if wrong != nil {
				bad = append(bad, wrong.At("figures[%d]", i))
			} else if fresh {
				at := s.now()
				f.State, f.Rejection, f.ReviewedBy, f.ReviewedAt = to, reason, &who.Person, &at
				todo = append(todo, f)
			}
			out = append(out, f)
		}
		if bad != nil || len(todo) == 0 {
			return bad.Err()
		}
		if err := inState(r, Open, Closed, Computed); err != nil {
			return err
		}
		if err := st.InsertFigureReviews(ctx, todo); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.FigureConfirm), "round", r.ID, map[string]any{"figures": figureIDs(todo), "decision": to}, audit.Because(reason))
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// reviewableFigure says whether a figure waits for this second person; false
// without a fault is a repeated answer. One that was corrected is no longer
// among the round's, and so not to be found.
func reviewableFigure(f *Figure, who uuid.UUID, to MarkState) (bool, *fault.Fault) {
	switch {
	case f == nil:
		return false, fault.New(fault.FigureReplaced)
	case f.EnteredBy == who:
		return false, fault.New(fault.FigureConfirmOwn)
	case f.State == to && f.ReviewedBy != nil && *f.ReviewedBy == who:
		return false, nil
	case f.State != MarkEntered:
		return false, fault.New(fault.FigureReviewed)
	}
	return true, nil
}

// Figures lists the current figures of a round: all of them for those who work
// on it, the own ones for others who enter some, none for
// anybody else.
func (s *Service) Figures(ctx context.Context, round uuid.UUID) (all []*Figure, err error) {
	reads := s.gate.May(ctx, authz.MarkDraftRead, uuid.Nil)
	if !reads && !s.gate.May(ctx, authz.FigureWrite, uuid.Nil) {
		return nil, nil
	}
	err = s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		who, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		full, err := s.worksOn(ctx, st, r)
		if err != nil {
			return err
		}
		full = full && reads
		if all, err = st.FiguresOf(ctx, r.ID); err != nil {
			return err
		}
		p := authz.FigureWrite
		if full {
			p = authz.MarkDraftRead
		}
		if all, err = s.figuresSeen(ctx, st, r, all, p); err != nil || full {
			return err
		}
		all = slices.DeleteFunc(all, func(f *Figure) bool { return f.EnteredBy != who.Person })
		return nil
	})
	return all, err
}

// figuresSeen leaves out figures of items of other dimensions than the viewer's.
func (s *Service) figuresSeen(ctx context.Context, st Store, r *Round, all []*Figure, p authz.Permission) ([]*Figure, error) {
	if s.gate.Sight(ctx, p).All {
		return all, nil
	}
	known, err := prepare(ctx, st, r)
	if err != nil {
		return nil, err
	}
	seen, _ := s.sighted(ctx, p, known.items)
	return slices.DeleteFunc(all, func(f *Figure) bool { return !figureSeen(known.items, f, seen) }), nil
}
