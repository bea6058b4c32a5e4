package evidence

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// HighlightInput is what is entered about good practice; ID nil makes a new one.
type HighlightInput struct {
	ID          *uuid.UUID
	Revision    int // the one read, of an existing one
	UnitCode    string
	Competition *uuid.UUID
	Round       *uuid.UUID
	Item        string
	Dimension   string
	Title, Body string
	Evidence    []uuid.UUID
}

// SaveHighlight enters or changes good practice of a village with its pictures
// (A42, B06). Changing what is shared with the county needs the right to share.
func (s *Service) SaveHighlight(ctx context.Context, in HighlightInput) (*Highlight, error) {
	if err := s.gate.Anywhere(ctx, authz.HighlightWrite); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	in.Title, in.Dimension = strings.TrimSpace(in.Title), strings.TrimSpace(in.Dimension)
	if in.Title == "" || in.Dimension == "" {
		return nil, fault.New(fault.HighlightIncomplete).At("title")
	}
	var saved *Highlight
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		unit, err := s.place(ctx, st, in.UnitCode, authz.HighlightWrite)
		if err != nil {
			return err
		}
		h := &Highlight{ID: newID(), Tenant: who.Tenant, EnteredBy: who.Person, EnteredOn: today}
		if in.ID != nil {
			if h, err = s.myHighlight(ctx, st, *in.ID, in.Revision); err != nil {
				return err
			}
			if h.Shared {
				if err := s.gate.Require(ctx, authz.HighlightShare, uuid.Nil); err != nil {
					return err
				}
			}
		}
		h.Unit, h.Competition, h.Round, h.Item, h.Dimension, h.Title, h.Body = unit, in.Competition, in.Round, in.Item, in.Dimension, in.Title, strings.TrimSpace(in.Body)
		if !s.gate.Sight(ctx, authz.HighlightWrite).Sees(h.Unit, h.Dimension) {
			return fault.New(fault.Forbidden, "permission", string(authz.HighlightWrite))
		}
		if err := s.home(ctx, st, h); err != nil {
			return err
		}
		h.Evidence = in.Evidence
		if err := s.pictures(ctx, st, h); err != nil {
			return err
		}
		saved = h
		if err := st.SaveHighlight(ctx, h); err != nil {
			return err
		}
		return audit.Record(ctx, "highlight:save", "highlight", h.ID, map[string]any{"title": h.Title, "dimension": h.Dimension, "evidence": len(h.Evidence)})
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// myHighlight reads one that the viewer may change, in the revision read.
func (s *Service) myHighlight(ctx context.Context, st Store, id uuid.UUID, revision int) (*Highlight, error) {
	h, err := st.HighlightByID(ctx, id)
	if err == nil && (!s.gate.May(ctx, authz.HighlightWrite, h.Unit) || !s.gate.Sight(ctx, authz.HighlightWrite).Sees(h.Unit, h.Dimension)) {
		err = fault.New(fault.NotFound)
	}
	if err != nil {
		return nil, fault.NotFoundAt(err, "highlight")
	}
	if h.Revision != revision {
		return nil, fault.New(fault.StaleRevision, "have", strconv.Itoa(h.Revision)).At("revision")
	}
	return h, nil
}

// home finds out whether a highlight belongs to a trial.
func (s *Service) home(ctx context.Context, st Store, h *Highlight) error {
	if h.Round != nil {
		competition, err := st.CompetitionOfRound(ctx, *h.Round)
		if err != nil {
			return fault.NotFoundAt(err, "round")
		}
		h.Competition = &competition
	}
	h.Trial = false
	if h.Competition == nil {
		return nil
	}
	ground, err := st.EvidenceGround(ctx, *h.Competition, h.Round)
	if err != nil {
		return err
	}
	if h.Trial = ground.Trial; h.Trial && h.Shared {
		return fault.New(fault.HighlightUnshared).At("competition")
	}
	return nil
}

// pictures checks the pieces of a highlight: of its village, standing, and not
// out of somebody's trial.
func (s *Service) pictures(ctx context.Context, st Store, h *Highlight) error {
	found, err := st.EvidenceByIDs(ctx, h.Evidence)
	if err != nil {
		return err
	}
	byID := map[uuid.UUID]*Item{}
	for _, i := range found {
		byID[i.ID] = i
	}
	var faults fault.List
	for n, id := range h.Evidence {
		at := fmt.Sprintf("evidence[%d]", n)
		i := byID[id]
		switch {
		case i == nil || !s.gate.May(ctx, authz.EvidenceRead, i.Unit):
			faults = append(faults, fault.New(fault.NotFound).At("%s", at))
		case i.Unit != h.Unit:
			faults = append(faults, fault.New(fault.EvidenceElsewhere).At("%s", at))
		case i.WithdrawnAt != nil:
			faults = append(faults, fault.New(fault.EvidenceWithdrawn).At("%s", at))
		case i.Trial && (h.Competition == nil || *h.Competition != i.Competition):
			faults = append(faults, fault.New(fault.EvidenceOfTrial).At("%s", at))
		}
	}
	return faults.Err()
}

// ShareHighlight puts a highlight into the county's library, or takes it out.
func (s *Service) ShareHighlight(ctx context.Context, id uuid.UUID, revision int, shared bool) (*Highlight, error) {
	if err := s.gate.Require(ctx, authz.HighlightShare, uuid.Nil); err != nil {
		return nil, err
	}
	if _, err := viewer.Actor(ctx); err != nil {
		return nil, err
	}
	var saved *Highlight
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		h, err := s.myHighlight(ctx, st, id, revision)
		if err != nil {
			return err
		}
		if shared && h.Trial {
			return fault.New(fault.HighlightUnshared).At("highlight")
		}
		h.Shared, saved = shared, h
		if err := st.SaveHighlight(ctx, h); err != nil {
			return err
		}
		return audit.Record(ctx, "highlight:share", "highlight", h.ID, map[string]any{"shared": shared})
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// HighlightByID reads one highlight of the tenant's line; the county's library
// is read as a list.
func (s *Service) HighlightByID(ctx context.Context, id uuid.UUID) (found *Highlight, err error) {
	if err := s.gate.Anywhere(ctx, authz.HighlightRead); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		h, err := st.HighlightByID(ctx, id)
		if err == nil && (!h.Shared && !s.gate.May(ctx, authz.EvidenceRead, h.Unit) || !s.gate.Sight(ctx, authz.HighlightRead).Sees(h.Unit, h.Dimension)) {
			err = fault.New(fault.NotFound)
		}
		found = h
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// Highlights is a page of the own tenant's highlights, newest first; a village
// sees its own.
func (s *Service) Highlights(ctx context.Context, dimension string, args paging.Args) (page paging.Page[*Highlight], err error) {
	if err := s.gate.Anywhere(ctx, authz.HighlightRead); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	units, parts := s.within(ctx, authz.EvidenceRead)
	parts = append(parts, s.gate.Sight(ctx, authz.HighlightRead).Scope()...)
	scope := paging.Scope(append([]string{"highlights", who.Tenant.String(), dimension}, parts...)...)
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.HighlightPage(ctx, s.dimensionsOf(ctx, dimension), units, window)
		page = paging.Cut(rows, window, func(h *Highlight) string { return s.cursors.Encode(scope, paging.Text(h.ID.String())) })
		return err
	})
	return page, err
}

// mostOfLibrary bounds one answer of the library.
const mostOfLibrary = 100

// Library lists what the townships of the own county share about a dimension,
// newest first: who does this well (A42). After is the last id of the list
// before; empty dimension means all.
func (s *Service) Library(ctx context.Context, dimension string, after *uuid.UUID) (all []*Highlight, err error) {
	if err := s.gate.Anywhere(ctx, authz.HighlightRead); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all = nil
		for _, one := range s.each(ctx, dimension) {
			some, err := st.SharedHighlights(ctx, one, after, mostOfLibrary)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		slices.SortFunc(all, func(a, b *Highlight) int { return bytes.Compare(b.ID[:], a.ID[:]) })
		all = all[:min(len(all), mostOfLibrary)]
		return nil
	})
	return all, err
}

// Rubrics lists the items by which published rounds of the own county were
// judged, for a dimension, newest round first.
func (s *Service) Rubrics(ctx context.Context, dimension string) (all []LibraryItem, err error) {
	if err := s.gate.Anywhere(ctx, authz.HighlightRead); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all = nil
		for _, one := range s.each(ctx, dimension) {
			some, err := st.LibraryRubrics(ctx, one, 2*mostOfLibrary)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		slices.SortStableFunc(all, func(a, b LibraryItem) int { return cmp.Compare(b.Held.String(), a.Held.String()) })
		all = all[:min(len(all), 2*mostOfLibrary)]
		return nil
	})
	return all, err
}
