package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// FigureInput is one figure to enter.
type FigureInput struct {
	Subject  uuid.UUID // the contestant; or UnitCode, its code
	UnitCode string
	Key      string        // of the metric, of the exam's item, or of the part
	Sitter   *uuid.UUID    // exam
	Value    *exact.Number // nil: the sitter was absent
	Source   string        // metric: where it was taken from
	Reason   string        // part: why this value; any: why it corrects the one before
}

// FiguresEnter enters figures of one kind into an opened round.
type FiguresEnter struct {
	Round   uuid.UUID
	Kind    FigureKind
	Figures []FigureInput
}

// MaxFigures is how many figures one batch holds at most.
const MaxFigures = 2000

// fieldOf is the list in which figures of a kind are sent.
var fieldOf = map[FigureKind]string{MetricFigure: "figures", ExamFigure: "results", PartFigure: "values"}

// EnterFigures enters figures, all or nothing; a refusal names every offending
// one by its place. A figure that stands already is superseded, with a reason;
// one that says the same changes nothing. Each waits for its second person. The
// figures come back in the order sent.
func (s *Service) EnterFigures(ctx context.Context, in FiguresEnter) ([]*Figure, error) {
	if n := len(in.Figures); n == 0 || n > MaxFigures {
		return nil, fault.New(fault.FigureBatch, "value", itoa(n), "want", itoa(MaxFigures)).At("%s", fieldOf[in.Kind])
	}
	var out []*Figure
	err := s.change(ctx, authz.FigureWrite, in.Round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if err := inState(r, Open, Closed, Computed); err != nil {
			return err
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		standing, err := st.FiguresOf(ctx, r.ID)
		if err != nil {
			return err
		}
		b := &figureBatch{desk: d, kind: in.Kind, keys: s.figureKeysSeen(ctx, d, in.Kind), standing: map[figurePlace]*Figure{}, seen: map[figurePlace]bool{}}
		for _, f := range standing {
			b.standing[placeOfFigure(f)] = f
		}
		if err := b.sitters(ctx, st, in.Figures); err != nil {
			return err
		}
		for i := range in.Figures {
			f := b.figure(i, &in.Figures[i])
			if f != nil && f.ID == uuid.Nil {
				f.ID, f.Round, f.EnteredBy, f.EnteredAt, f.State = newID(), r.ID, who.Person, s.now(), MarkEntered
				b.fresh = append(b.fresh, f)
			}
			out = append(out, f)
		}
		if b.bad != nil {
			return b.bad
		}
		if len(b.fresh) == 0 {
			return nil
		}
		if err := st.InsertFigures(ctx, b.fresh); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.FigureWrite), "round", r.ID, map[string]any{"kind": in.Kind, "figures": figureIDs(b.fresh)})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
