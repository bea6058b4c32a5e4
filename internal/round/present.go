package round

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// What is not published yet follows the link on the day the round was held: who
// comes to a village or into a review group later is not shown what was marked
// before, and who left is not shown it either, because the grant has ended.

// there reports whether the viewer may speak for a place now and belonged to it
// on a day: by a post there, or by a grant that counted already. Whoever holds
// the permission in the whole tenant holds it by office, whatever the day.
func (s *Service) there(ctx context.Context, st Store, p authz.Permission, unit uuid.UUID, on calendar.Date) (bool, error) {
	who, err := viewer.From(ctx)
	if err != nil || !s.gate.May(ctx, p, unit) {
		return false, err
	}
	if s.gate.May(ctx, p, uuid.Nil) {
		return true, nil
	}
	zone, err := time.LoadLocation(who.TimeZone)
	if err != nil {
		return false, err
	}
	if from, held := s.gate.Since(ctx, p, unit); held && !calendar.FromTime(from, zone).After(on) {
		return true, nil
	}
	return st.LinkedOn(ctx, who.Person, unit, on)
}

// mine reports whether what is not published of a result is the viewer's to see:
// of those who run the contest, of the person who contests, or of a place to
// which the viewer belonged on the day.
func (s *Service) mine(ctx context.Context, st Store, kind template.SubjectKind, subject, unit uuid.UUID, on calendar.Date) (bool, error) {
	who, err := viewer.From(ctx)
	if err != nil || s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil) {
		return err == nil, err
	}
	if kind == template.Person {
		return who.Person == subject, nil
	}
	return s.there(ctx, st, authz.ResultDraftRead, unit, on)
}

// seesAllMarks reports whether the viewer may see what others gave: second
// persons and the office always; after the close who reviews objections, and
// who sat in one of the round's groups.
func (s *Service) seesAllMarks(ctx context.Context, st Store, r *Round) (bool, error) {
	if s.gate.May(ctx, authz.MarkConfirm, uuid.Nil) {
		return true, nil
	}
	if r.ClosedAt == nil {
		return false, nil
	}
	return s.worksOn(ctx, st, r)
}

// worksOn reports whether the viewer works on a round: by office, as a second
// person, in the review of objections, or by a seat in one of its groups.
func (s *Service) worksOn(ctx context.Context, st Store, r *Round) (bool, error) {
	who, err := viewer.From(ctx)
	if err != nil || s.gate.May(ctx, authz.MarkConfirm, uuid.Nil) || slices.Contains(s.gate.Roles(ctx, uuid.Nil), authz.ReviewGroup) {
		return err == nil, err
	}
	panels, err := st.PanelsOf(ctx, r.ID)
	if err != nil {
		return false, err
	}
	panel, _ := seatOf(panels, who.Person)
	return panel != nil, nil
}
