package tenancy

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Class is one class of a group set.
type Class struct {
	Key string `json:"key"`
	Zh  string `json:"zh"`
	En  string `json:"en,omitempty"`
}

// GroupSet is one more classification of units: village classes such as
// 示范/创优/强基. Tracks come from here (C04), and what is sent to a village (D01).
type GroupSet struct {
	ID       uuid.UUID
	Key      string
	Zh, En   string
	Classes  []Class // in the order in which they are shown
	Revision int
}

// Member is a unit's class between two dates.
type Member struct {
	ID       uuid.UUID
	Set      string
	Class    string
	Unit     uuid.UUID
	UnitCode string
	UnitName string
	From     calendar.Date
	Until    calendar.Date // first day it is no longer of the class; zero: still
}

var groupKey = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

const (
	mostClasses     = 20
	longestLabel    = 100 // characters of the name of a unit, a set or a class
	mostAssignments = 2000
)

// DefineGroupSet adds a group set, or renames one and changes its classes. A
// class that any unit is or was of cannot be left out.
func (s *Service) DefineGroupSet(ctx context.Context, in GroupSet) (*GroupSet, error) {
	if err := checkGroupSet(&in); err != nil {
		return nil, err
	}
	var kept *GroupSet
	err := s.change(ctx, authz.UnitClassify, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		all, err := st.GroupSets(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(g *GroupSet) bool { return g.Key == in.Key })
		if i < 0 {
			in.ID, in.Revision = newID(), 1
			err = st.InsertGroupSet(ctx, &in)
		} else {
			in.ID, in.Revision = all[i].ID, all[i].Revision
			if err := s.classesKept(ctx, st, in); err != nil {
				return err
			}
			err = st.UpdateGroupSet(ctx, &in)
		}
		if err != nil {
			return err
		}
		kept = &in
		return audit.Record(ctx, "unit:classify", "group-set", in.ID, map[string]any{"key": in.Key, "name": in.Zh, "classes": in.Classes})
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

func checkGroupSet(in *GroupSet) error {
	var bad fault.List
	if !groupKey.MatchString(in.Key) {
		bad = append(bad, fault.New(fault.GroupKeyInvalid, "value", in.Key).At("key"))
	}
	name, ok := clean(in.Zh, longestLabel)
	if in.Zh = name; !ok {
		bad = append(bad, fault.New(fault.NameInvalid, "value", name, "most", strconv.Itoa(longestLabel)).At("name"))
	}
	if len(in.Classes) == 0 || len(in.Classes) > mostClasses {
		bad = append(bad, fault.New(fault.Invalid, "value", strconv.Itoa(len(in.Classes)), "want", "1–"+strconv.Itoa(mostClasses)).At("classes"))
	}
	for i, c := range in.Classes {
		if !groupKey.MatchString(c.Key) || slices.IndexFunc(in.Classes, func(o Class) bool { return o.Key == c.Key }) != i {
			bad = append(bad, fault.New(fault.GroupKeyInvalid, "value", c.Key).At("classes[%d].key", i))
		}
		if in.Classes[i].Zh, ok = clean(c.Zh, longestLabel); !ok {
			bad = append(bad, fault.New(fault.NameInvalid, "value", c.Zh, "most", strconv.Itoa(longestLabel)).At("classes[%d].name", i))
		}
	}
	return bad.Err()
}

// classesKept refuses to leave out a class that units are or were of.
func (s *Service) classesKept(ctx context.Context, st Store, in GroupSet) error {
	members, err := st.GroupMembers(ctx, in.Key, nil)
	if err != nil {
		return err
	}
	for _, m := range members {
		if !slices.ContainsFunc(in.Classes, func(c Class) bool { return c.Key == m.Class }) {
			return fault.New(fault.GroupClassUsed, "value", m.Class).At("classes").About(m.UnitName)
		}
	}
	return nil
}

// GroupSets lists the tenant's group sets by key.
func (s *Service) GroupSets(ctx context.Context) ([]*GroupSet, error) {
	var all []*GroupSet
	err := s.look(ctx, authz.UnitRead, func(ctx context.Context, st Store) (err error) {
		all, err = st.GroupSets(ctx)
		return err
	})
	return all, err
}

// ClassesOn lists which class of a set each unit was of on a date (zero: every
// class ever given), by code and date.
func (s *Service) ClassesOn(ctx context.Context, set string, on calendar.Date) ([]*Member, error) {
	var all []*Member
	err := s.look(ctx, authz.UnitRead, func(ctx context.Context, st Store) (err error) {
		if all, err = st.GroupMembers(ctx, set, nil); err != nil || on.IsZero() {
			return err
		}
		all = slices.DeleteFunc(all, func(m *Member) bool { return m.From.After(on) || !m.Until.IsZero() && !m.Until.After(on) })
		return nil
	})
	return all, err
}

// Assignment puts a unit into a class from a date on; an empty class takes it
// out of the set from that date on.
type Assignment struct {
	UnitCode string
	Class    string
	From     calendar.Date
	Until    calendar.Date // first day no longer; zero: open
}

// AssignClasses classes units, all or nothing; every bad row is named. The class
// that a unit was of before ends on the day the new one begins; the same class
// again changes nothing. What was given from a later day on stands in the way.
func (s *Service) AssignClasses(ctx context.Context, set string, rows []Assignment) ([]*Member, error) {
	if len(rows) == 0 || len(rows) > mostAssignments {
		return nil, fault.New(fault.RosterSize, "value", strconv.Itoa(len(rows)), "most", strconv.Itoa(mostAssignments)).At("rows")
	}
	var members []*Member
	err := s.change(ctx, authz.UnitClassify, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		sets, err := st.GroupSets(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(sets, func(g *GroupSet) bool { return g.Key == set })
		if i < 0 {
			return fault.New(fault.GroupSetUnknown, "value", set).At("groupSet")
		}
		a := assigning{set: sets[i], rows: rows}
		if err := a.load(ctx, st); err != nil {
			return err
		}
		for n := range rows {
			a.row(n, func(unit uuid.UUID) bool { return s.gate.May(ctx, authz.UnitClassify, unit) })
		}
		if err := a.bad.Err(); err != nil {
			return err
		}
		if err := st.SaveMembers(ctx, a.ended, a.added); err != nil {
			return err
		}
		if members, err = st.GroupMembers(ctx, set, a.unitIDs()); err != nil {
			return err
		}
		return audit.Record(ctx, "unit:classify", "group-set", sets[i].ID, map[string]any{"rows": len(rows), "added": len(a.added), "ended": len(a.ended)})
	})
	return members, err
}

func classKeys(g *GroupSet) string {
	keys := make([]string, len(g.Classes))
	for i, c := range g.Classes {
		keys[i] = c.Key
	}
	return strings.Join(keys, ", ")
}
