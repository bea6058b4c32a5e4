package tenancy

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// assigning is a batch of classes under way.
type assigning struct {
	set   *GroupSet
	rows  []Assignment
	units map[string]*Unit
	have  map[uuid.UUID][]*Member
	bad   fault.List
	ended []*Member // with their new end
	added []*Member
}

// load reads what the rows name, each table once.
func (a *assigning) load(ctx context.Context, st Store) error {
	codes := make([]string, len(a.rows))
	for i, row := range a.rows {
		codes[i] = row.UnitCode
	}
	units, err := st.UnitsByCode(ctx, codes)
	if err != nil {
		return err
	}
	a.units, a.have = map[string]*Unit{}, map[uuid.UUID][]*Member{}
	for _, u := range units {
		a.units[u.Code] = u
	}
	members, err := st.GroupMembers(ctx, a.set.Key, a.unitIDs())
	for _, m := range members {
		a.have[m.Unit] = append(a.have[m.Unit], m)
	}
	return err
}

func (a *assigning) unitIDs() []uuid.UUID {
	ids := []uuid.UUID{}
	for _, u := range a.units {
		ids = append(ids, u.ID)
	}
	return ids
}

func (a *assigning) refuse(f *fault.Fault, row int, column string) {
	a.bad = append(a.bad, f.In(row+1, column).At("rows[%d].%s", row, column))
}

func (a *assigning) row(i int, may func(uuid.UUID) bool) {
	row, faults := a.rows[i], len(a.bad)
	unit := a.units[row.UnitCode]
	if unit == nil || !may(unit.ID) {
		a.refuse(fault.New(fault.UnitUnknown, "code", row.UnitCode), i, "unitCode")
	}
	if row.Class != "" && !slices.ContainsFunc(a.set.Classes, func(c Class) bool { return c.Key == row.Class }) {
		a.refuse(fault.New(fault.GroupClassUnknown, "value", row.Class, "want", classKeys(a.set)), i, "class")
	}
	switch {
	case row.From.IsZero():
		a.refuse(fault.New(fault.Required, "want", "2023-04-01"), i, "from")
	case !row.Until.IsZero() && !row.Until.After(row.From):
		a.refuse(fault.New(fault.PostPeriodInvalid), i, "until")
	}
	if len(a.bad) == faults {
		a.place(i, unit)
	}
}

// place ends the class in force and begins the new one.
func (a *assigning) place(i int, unit *Unit) {
	row := a.rows[i]
	for _, m := range a.have[unit.ID] {
		switch {
		case !m.From.Before(row.From) && m.Class == row.Class && m.From == row.From && m.Until == row.Until:
			return // the same again
		case !m.From.Before(row.From) && (row.Until.IsZero() || m.From.Before(row.Until)):
			a.refuse(fault.New(fault.GroupClassLater, "from", m.From.String()), i, "from")
			return
		case m.From.Before(row.From) && (m.Until.IsZero() || m.Until.After(row.From)):
			if m.Class == row.Class && m.Until == row.Until {
				return // it is of this class already
			}
			if !row.Until.IsZero() && (m.Until.IsZero() || m.Until.After(row.Until)) {
				a.resume(m, row)
			}
			a.end(m, row)
		}
	}
	if row.Class == "" {
		return
	}
	added := &Member{ID: newID(), Set: a.set.Key, Class: row.Class, Unit: unit.ID, From: row.From, Until: row.Until}
	a.have[unit.ID] = append(a.have[unit.ID], added)
	a.added = append(a.added, added)
}

// end lets a class end on the day another begins.
func (a *assigning) end(m *Member, row Assignment) {
	m.Until = row.From
	if !slices.Contains(a.added, m) {
		a.ended = append(a.ended, m)
	}
}

// resume takes the former class up again after a temporary one.
func (a *assigning) resume(m *Member, row Assignment) {
	again := &Member{ID: newID(), Set: m.Set, Class: m.Class, Unit: m.Unit, From: row.Until, Until: m.Until}
	a.have[m.Unit] = append(a.have[m.Unit], again)
	a.added = append(a.added, again)
}
