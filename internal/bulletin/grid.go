package bulletin

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// Grid is what an opened round is marked on: who is marked, on what, by whom.
type Grid struct {
	Frame
	Period   string
	Held     calendar.Date
	Template *template.Document
	Items    []template.Item // as this round has them
	Subjects []GridSubject
	Panels   []GridPanel
}

// GridSubject is one contestant of the roster.
type GridSubject struct {
	Code    string    // as bundles name it: a unit's code, a person's pseudonym
	Name    string    // as the roster names it
	Place   string    // shown name of the place
	Subject uuid.UUID // the contestant
	Unit    uuid.UUID // the place
	Classes []string
	Absent  bool
	Links   map[string][]string // pseudonyms of the people linked on the day, by role
}

// GridPanel is one review group. Empty items, channels or units mean all.
type GridPanel struct {
	Number   int
	Name     string
	Items    []string
	Channels []string
	Units    []uuid.UUID
	Judges   []GridJudge // without observers
}

// GridJudge is a member of a group who gives marks.
type GridJudge struct {
	Person    uuid.UUID
	Pseudonym string
	Unit      []uuid.UUID // places the judge is linked to, and does not mark
}

// covers reports whether the group marks the item by the channel for the subject.
func (p GridPanel) covers(item, channel string, s GridSubject) bool {
	in := func(all []string, one string) bool { return len(all) == 0 || slices.Contains(all, one) }
	return in(p.Items, item) && in(p.Channels, channel) && (len(p.Units) == 0 || slices.Contains(p.Units, s.Unit) || slices.Contains(p.Units, s.Subject))
}

// Grid reads the grid of a round for those who mark it or keep it: judges and
// the office. NOT_FOUND for anybody else, and before the round has a roster.
func (s *Service) Grid(ctx context.Context, round uuid.UUID) (grid *Grid, err error) {
	if err := s.gate.Require(ctx, authz.MarkWrite, uuid.Nil); err != nil {
		return nil, err
	}
	if !s.gate.Sight(ctx, authz.MarkWrite).All {
		return nil, fault.New(fault.Forbidden, "permission", string(authz.MarkWrite)) // the grid is of all items
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		grid, err = s.gridOf(ctx, st, round)
		return err
	})
	return grid, err
}

// Persons gives the persons of the viewer's tenant with these pseudonyms, for
// those who enter figures about them.
func (s *Service) Persons(ctx context.Context, pseudonyms []string) (found map[string]uuid.UUID, err error) {
	if err := s.gate.Require(ctx, authz.FigureWrite, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		found, err = st.Pseudonymous(ctx, pseudonyms)
		return err
	})
	return found, err
}

func (s *Service) gridOf(ctx context.Context, st Store, round uuid.UUID) (*Grid, error) {
	grid, err := st.MarkingGrid(ctx, round)
	if err != nil {
		return nil, err
	}
	if !at(ctx, grid.Home.Tenant) || len(grid.Subjects) == 0 {
		return nil, fault.New(fault.NotFound)
	}
	return grid, nil
}

// Column is one column of the typing grid: an item, or one line of an item that
// has several.
type Column struct {
	Head string // 组织生活, or 村级班子：值班表上墙
	Item *template.Item
	Line string // key of the check or event; "": the item as a whole
}

// Columns are the columns of the typing grid, in the order of the items. Items
// that are measured elsewhere have none.
func (g *Grid) Columns() []Column {
	var all []Column
	for i := range g.Items {
		item := &g.Items[i]
		name := item.Name.Or(item.Key, false)
		add := func(key string, label template.Text) {
			all = append(all, Column{Head: name + "：" + label.Or(key, false), Item: item, Line: key})
		}
		switch {
		case scoring.Measured(item.Kind):
		case item.Kind == template.KindChecklist:
			for _, c := range item.Rule.Checks {
				add(c.Key, c.Name)
			}
		case item.Kind == template.KindDeductions, item.Kind == template.KindBonus:
			for _, r := range item.Rule.Table {
				add(r.Key, r.Name)
			}
		default:
			all = append(all, Column{Head: name, Item: item})
		}
	}
	return all
}

// applies reports whether an item is for a contestant of these classes.
func applies(item *template.Item, s GridSubject) bool {
	return len(item.For) == 0 || slices.ContainsFunc(item.For, func(class string) bool { return slices.Contains(s.Classes, class) })
}

// takes reports whether an item is marked by a channel at all.
func takes(item *template.Item, channel string) bool {
	if len(item.Split) == 0 {
		return true
	}
	return slices.ContainsFunc(item.Split, func(c template.ChannelSplit) bool { return c.Channel == channel && c.Weight.Sign() > 0 })
}
