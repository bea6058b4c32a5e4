package ballot

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// Named is one row of a roster as it is handed in: a person, one of the groups
// he or she belongs to, and the person's own village where there is one.
type Named struct {
	Row    int    // from 1, as the person who hands it in counts
	Person string // a pseudonym or roster number, never a name
	Group  string
	Unit   string // "" for a rater without a village
}

// Voter is one person with one ballot (Q27).
type Voter struct {
	Person string
	Group  string   // the most specific of the groups the person was named in
	Unit   string   // the own village, whose subjects the person is recused from
	Also   []string // the other groups, in the template's order
}

// maxPerson bounds a roster number, in characters.
const maxPerson = 64

// Roster makes voters from the rows of a roster, in the order in which persons
// first appear. A person in two groups gets one ballot, in the most specific of
// them (Q27): the group with fewer names on this roster, because a delegate who
// is also a Party member speaks for the few; with equal numbers the one that
// the template names later. A person twice in one group, with two villages,
// without a number, or in a group the template lacks is refused with the row.
func Roster(rule template.Ballot, rows []Named) ([]Voter, fault.List) {
	if len(rows) == 0 {
		return nil, fault.List{fault.New(fault.BallotRosterEmpty)}
	}
	reading := newRoll()
	for _, row := range rows {
		reading.read(rule, row)
	}
	if len(reading.faults) > 0 {
		return nil, reading.faults
	}
	voters := make([]Voter, len(reading.order))
	for i, person := range reading.order {
		voters[i] = reading.voter(rule, person)
	}
	return voters, nil
}

// roll is a roster while it is read.
type roll struct {
	order  []string
	groups map[string]map[string]int // person → group → first row
	units  map[string]string
	names  map[string]int // group → names on it
	faults fault.List
}

func newRoll() *roll {
	return &roll{groups: map[string]map[string]int{}, units: map[string]string{}, names: map[string]int{}}
}

func (r *roll) refuse(f *fault.Fault, row Named, column string) {
	r.faults = append(r.faults, f.In(row.Row, column).At("rows[%d].%s", row.Row-1, column))
}

func (r *roll) read(rule template.Ballot, row Named) {
	if row.Person == "" || utf8.RuneCountInString(row.Person) > maxPerson {
		r.refuse(fault.New(fault.BallotRosterPerson), row, "person")
		return
	}
	if !hasGroup(rule, row.Group) {
		r.refuse(unknownGroup(rule, row.Group), row, "group")
		return
	}
	groups, known := r.groups[row.Person]
	if !known {
		groups = map[string]int{}
		r.groups[row.Person], r.units[row.Person] = groups, row.Unit
		r.order = append(r.order, row.Person)
	}
	if first, twice := groups[row.Group]; twice {
		r.refuse(fault.New(fault.BallotRosterTwice, "person", row.Person, "group", row.Group, "first", strconv.Itoa(first)), row, "person")
		return
	}
	if unit := r.units[row.Person]; row.Unit != "" && unit != "" && unit != row.Unit {
		r.refuse(fault.New(fault.BallotRosterUnit, "person", row.Person), row, "unit")
		return
	}
	if row.Unit != "" {
		r.units[row.Person] = row.Unit
	}
	groups[row.Group] = row.Row
	r.names[row.Group]++
}

func (r *roll) voter(rule template.Ballot, person string) Voter {
	v := Voter{Person: person, Unit: r.units[person]}
	for _, g := range rule.Groups { // in the template's order, so that a later one wins a draw
		if _, in := r.groups[person][g.Key]; !in {
			continue
		}
		if v.Group == "" || r.names[g.Key] <= r.names[v.Group] {
			v.Group = g.Key
		}
		v.Also = append(v.Also, g.Key)
	}
	v.Also = slices.DeleteFunc(v.Also, func(key string) bool { return key == v.Group })
	return v
}
