package authz

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Sight is over which dimensions of the dictionary a viewer reads with a
// permission. The zero Sight is limited to none and sees nothing.
type Sight struct {
	All        bool        // nothing is limited
	Dimensions []string    // otherwise: what is seen in every unit, sorted
	Whole      []uuid.UUID // and the units of which everything is seen
}

// Sees says whether something of a dimension at a unit is seen. What belongs to
// no dimension (an empty key) is seen by those alone whom nothing limits.
func (s Sight) Sees(unit uuid.UUID, dimension string) bool {
	return s.All || dimension != "" && slices.Contains(s.Dimensions, dimension) || unit != uuid.Nil && slices.Contains(s.Whole, unit)
}

// Scope names the sight in the scope of a cursor: a list that shows something
// else is another list.
func (s Sight) Scope() []string {
	if s.All {
		return nil
	}
	parts := append([]string{"dimensions"}, s.Dimensions...)
	for _, unit := range s.Whole {
		parts = append(parts, unit.String())
	}
	return parts
}

// Sight implements Decider. Grants over the whole tenant (all of them, for a
// wide permission) are added up. Limited grants of single units never add to
// them: what several of those have in common is seen in each, and no more.
func (a *Authz) Sight(ctx context.Context, p Permission) Sight {
	v, err := viewer.From(ctx)
	if err != nil {
		return Sight{}
	}
	info, _ := InfoOf(p)
	var s Sight
	var over, single []grant
	for _, g := range a.grantsOf(v, p) {
		switch tenant := info.Wide || g.unit == v.TenantUnit; {
		case tenant && len(g.dimensions) == 0:
			return Sight{All: true}
		case tenant:
			over = append(over, g)
		case len(g.dimensions) == 0:
			s.Whole = append(s.Whole, g.unit)
		default:
			single = append(single, g)
		}
	}
	switch {
	case len(over) > 0:
		_, s.Dimensions = dimensionsOf(over)
	case len(single) > 0:
		s.Dimensions = slices.Sorted(slices.Values(single[0].dimensions))
		for _, g := range single[1:] {
			s.Dimensions = slices.DeleteFunc(s.Dimensions, func(d string) bool { return !slices.Contains(g.dimensions, d) })
		}
	default:
		return Sight{All: len(s.Whole) > 0} // limited by place alone
	}
	return s
}

// byItem are the permissions that write and whose use is held against the
// dimension of the item, or concerns the viewer alone.
var byItem = []Permission{
	RubricWrite, MarkWrite, MarkConfirm, FigureWrite, FigureConfirm, ObjectionFile, ObjectionDecide,
	IssueOpen, IssueAnswer, IssueVerify, IssuePlan, EvidenceWrite, HighlightWrite, TaskExecute, TokenWrite, InboxWrite,
}

// limitable refuses to limit to dimensions a role that does something to a whole
// round or tenant: there is no part of it to be limited to.
func (a *Authz) limitable(ctx context.Context, role Role) error {
	given, _ := a.Given(ctx, role)
	for _, p := range given {
		if info, _ := InfoOf(p); info.Writes && !slices.Contains(byItem, p) {
			return fault.New(fault.DimensionRole, "role", string(role), "permission", string(p)).At("dimensions")
		}
	}
	return nil
}
