package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// ThemeSet fixes the theme and the arena's form of a round.
type ThemeSet struct {
	Round    uuid.UUID
	Revision int
	Theme    string
	Form     string // meeting | onsite | project; empty: not said
}

// Forms of an arena (会议、现场、项目擂台, C06).
const (
	FormMeeting = "meeting"
	FormOnsite  = "onsite"
	FormProject = "project"
)

// SetTheme fixes the theme of a round (一周期一比武、一擂台一主题, C05) and the form
// of its arena (C06), before it opens.
func (s *Service) SetTheme(ctx context.Context, in ThemeSet) (*Answer, error) {
	return s.step(ctx, authz.RoundPlan, Step{Round: in.Round, Revision: in.Revision},
		func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
			if r.OpenedAt != nil {
				return nil, fault.New(fault.ThemeFixed).At("round")
			}
			if err := inState(r, Planned, Notified); err != nil {
				return nil, err
			}
			doc, _, err := st.RoundTemplate(ctx, r)
			if err != nil {
				return nil, err
			}
			theme := strings.TrimSpace(in.Theme)
			switch {
			case theme != "" && doc.Themes == "":
				return nil, fault.New(fault.ThemeNotAsked).At("theme")
			case theme == "" && doc.Themes != "":
				return nil, fault.New(fault.Required, "want", "主题 / a theme").At("theme")
			case !slices.Contains([]string{"", FormMeeting, FormOnsite, FormProject}, in.Form):
				return nil, fault.New(fault.Invalid, "value", in.Form, "want", "meeting, onsite, project").At("form")
			}
			r.Theme, r.Form = theme, in.Form
			return nil, nil
		})
}

// HeldContest is one contest of a competition that was opened, for its history
// (C18).
type HeldContest struct {
	Number    int // from 1, in the order of periods
	Round     uuid.UUID
	Period    string
	Held      calendar.Date
	Theme     string
	Form      string
	Venue     string
	Published bool
}

// HeldContests lists the contests of a competition that were held, oldest first,
// with their themes (C18). One that was cancelled was not held.
func (s *Service) HeldContests(ctx context.Context, competition uuid.UUID) (all []HeldContest, err error) {
	if err := s.gate.Require(ctx, authz.RoundRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rounds, err := st.RoundsOf(ctx, competition)
		if err != nil {
			return err
		}
		for _, r := range rounds {
			if r.OpenedAt == nil || r.State == Cancelled {
				continue
			}
			all = append(all, HeldContest{
				Number: len(all) + 1, Round: r.ID, Period: r.Period, Held: r.Held, Theme: r.Theme, Form: r.Form, Venue: r.Venue,
				Published: r.PublishedRevision > 0,
			})
		}
		return nil
	})
	return all, err
}

// themeless reports whether a round lacks the theme its template asks for.
func themeless(doc *template.Document, r *Round) bool {
	return doc.Themes == template.PerRound && r.Theme == ""
}
