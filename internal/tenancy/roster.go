package tenancy

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// RosterRow is a person and one post. Rows of one person share the pseudonym
// or, without one, the name.
type RosterRow struct {
	Name         string
	Pseudonym    string // "": made by the system for a new person
	Post         string // key of a kind
	UnitCode     string // where; "" when it is held in an organisation alone
	Organisation string // name; "" for none
	Title        string
	From         calendar.Date
	To           calendar.Date // first day no longer held; zero: still held
}

// longestRoster is how many rows an import may have.
const longestRoster = 2000

// ImportRoster adds persons and posts, all or nothing, and gives the person of
// each row, in their order. Every bad row is listed with row and column. A
// person or post that stands already is left as it is, so importing the same
// roster twice changes nothing.
func (s *Service) ImportRoster(ctx context.Context, rows []RosterRow) ([]*Person, error) {
	if len(rows) == 0 || len(rows) > longestRoster {
		return nil, fault.New(fault.RosterSize, "value", strconv.Itoa(len(rows)), "most", strconv.Itoa(longestRoster)).At("rows")
	}
	var people []*Person
	err := s.change(ctx, authz.PersonWrite, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		if err := s.gate.Require(ctx, authz.PostWrite, uuid.Nil); err != nil {
			return err
		}
		r := roster{rows: rows, people: make([]*Person, len(rows))}
		if err := r.load(ctx, st); err != nil {
			return err
		}
		mayPost := func(unit uuid.UUID) bool { return s.gate.May(ctx, authz.PostWrite, unit) }
		for i := range rows {
			r.person(i)
			r.post(i, mayPost)
		}
		if err := r.bad.Err(); err != nil {
			return err
		}
		if err := st.InsertPersons(ctx, r.newPeople, s.moment()); err != nil {
			return err
		}
		if err := st.InsertPosts(ctx, r.newPosts); err != nil {
			return err
		}
		people = r.people
		if len(r.newPeople)+len(r.newPosts) == 0 {
			return nil
		}
		return audit.Record(ctx, "roster:import", "roster", newID(), r.summary())
	})
	if err != nil {
		return nil, err
	}
	return people, nil
}

// roster is an import under way.
type roster struct {
	rows   []RosterRow
	people []*Person // of each row
	bad    fault.List

	units         map[string]*Unit
	organisations map[string]*Organisation
	byPseudonym   map[string]*Person
	byName        map[string][]*Person
	posts         map[uuid.UUID][]Post // of each person, the new ones too

	newPeople []*Person
	newPosts  []*Post
}

// load reads what the rows name, each table once.
func (r *roster) load(ctx context.Context, st Store) error {
	var codes, pseudonyms, names []string
	for _, row := range r.rows {
		codes, pseudonyms = append(codes, row.UnitCode), append(pseudonyms, row.Pseudonym)
		if name, ok := clean(row.Name, longestName); ok {
			names = append(names, name)
		}
	}
	units, err := st.UnitsByCode(ctx, codes)
	if err != nil {
		return err
	}
	persons, err := st.PersonsCalled(ctx, pseudonyms, names)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(persons))
	for i, p := range persons {
		ids[i] = p.ID
	}
	posts, err := st.PostsOfPersons(ctx, ids)
	if err != nil {
		return err
	}
	organisations, err := st.Organisations(ctx)
	if err != nil {
		return err
	}
	r.index(units, persons, posts, organisations)
	return nil
}

func (r *roster) index(units []*Unit, persons []*Person, posts []*Post, organisations []*Organisation) {
	r.units, r.organisations = map[string]*Unit{}, map[string]*Organisation{}
	r.byPseudonym, r.byName, r.posts = map[string]*Person{}, map[string][]*Person{}, map[uuid.UUID][]Post{}
	for _, u := range units {
		r.units[u.Code] = u
	}
	for _, o := range organisations {
		if o.To.IsZero() {
			r.organisations[o.Name] = o
		}
	}
	for _, p := range persons {
		r.know(p)
	}
	for _, p := range posts {
		r.posts[p.Person] = append(r.posts[p.Person], *p)
	}
}

func (r *roster) know(p *Person) {
	r.byPseudonym[p.Pseudonym] = p
	if p.Name != "" {
		r.byName[p.Name] = append(r.byName[p.Name], p)
	}
}

func (r *roster) refuse(f *fault.Fault, row int, column string) {
	r.bad = append(r.bad, f.In(row+1, column).At("rows[%d].%s", row, column))
}

// person finds or makes the person of a row.
func (r *roster) person(i int) {
	row := r.rows[i]
	name, ok := clean(row.Name, longestName)
	if !ok {
		r.refuse(fault.New(fault.PersonNameInvalid, "value", row.Name), i, "name")
		return
	}
	if row.Pseudonym != "" {
		r.pseudonymous(i, name)
		return
	}
	switch called := r.byName[name]; len(called) {
	case 0:
		r.add(i, &Person{ID: newID(), Pseudonym: newPseudonym(), Name: name})
	case 1:
		r.people[i] = called[0]
	default:
		r.refuse(fault.New(fault.PersonNameAmbiguous, "value", name), i, "name")
	}
}

func (r *roster) pseudonymous(i int, name string) {
	pseudonym := r.rows[i].Pseudonym
	if !pseudonymForm.MatchString(pseudonym) {
		r.refuse(fault.New(fault.PseudonymInvalid, "value", pseudonym), i, "pseudonym")
		return
	}
	known := r.byPseudonym[pseudonym]
	switch {
	case known == nil:
		r.add(i, &Person{ID: newID(), Pseudonym: pseudonym, Name: name})
	case known.Name == "":
		r.refuse(fault.New(fault.PersonErased, "value", pseudonym), i, "pseudonym")
	case known.Name != name:
		r.refuse(fault.New(fault.PersonNameDiffers, "value", pseudonym), i, "pseudonym")
	default:
		r.people[i] = known
	}
}

func (r *roster) add(i int, p *Person) {
	r.know(p)
	r.people[i] = p
	r.newPeople = append(r.newPeople, p)
}

// post checks the post of a row against those the person holds.
func (r *roster) post(i int, mayPost func(uuid.UUID) bool) {
	row := r.rows[i]
	p := Post{ID: newID(), Kind: row.Post, Title: row.Title, From: row.From, To: row.To}
	faults := len(r.bad)
	kind, known := PostKindOf(row.Post)
	if !known {
		r.refuse(kindUnknown(row.Post), i, "post")
	}
	if unit := r.unitOf(i, mayPost); unit != nil {
		p.Unit = unit.ID
		if wrong := checkPlace(kind, unit); known && wrong != nil {
			r.refuse(wrong, i, "unitCode")
		}
	}
	if row.Organisation != "" {
		if o := r.organisations[row.Organisation]; o != nil {
			p.Organisation = o.ID
		} else {
			r.refuse(fault.New(fault.OrganisationUnknown, "value", row.Organisation), i, "organisation")
		}
	}
	if row.Title != "" {
		if _, ok := clean(row.Title, 100); !ok {
			r.refuse(fault.New(fault.NameInvalid, "value", row.Title, "most", "100"), i, "title")
		}
	}
	if row.From.IsZero() {
		r.refuse(fault.New(fault.Required, "want", "2023-04-01"), i, "from")
	} else if !row.To.IsZero() && !row.To.After(row.From) {
		r.refuse(fault.New(fault.PostPeriodInvalid), i, "to")
	}
	if len(r.bad) == faults && r.people[i] != nil {
		r.hold(i, p)
	}
}

func (r *roster) unitOf(i int, mayPost func(uuid.UUID) bool) *Unit {
	row := r.rows[i]
	if row.UnitCode == "" && row.Organisation != "" {
		return nil
	}
	unit := r.units[row.UnitCode]
	if unit == nil || !mayPost(unit.ID) {
		r.refuse(fault.New(fault.UnitUnknown, "code", row.UnitCode), i, "unitCode")
		return nil
	}
	return unit
}

// hold adds the post unless it stands already.
func (r *roster) hold(i int, p Post) {
	person := r.people[i]
	p.Person = person.ID
	for _, have := range r.posts[person.ID] {
		if have.Kind != p.Kind || have.Unit != p.Unit || have.Organisation != p.Organisation || !have.overlaps(p) {
			continue
		}
		if have.From == p.From && have.To == p.To {
			return
		}
		r.refuse(fault.New(fault.PostOverlap, "from", have.From.String()), i, "from")
		return
	}
	r.posts[person.ID] = append(r.posts[person.ID], p)
	r.newPosts = append(r.newPosts, &p)
}

// summary is what the audit keeps: pseudonyms, never names.
func (r *roster) summary() map[string]any {
	pseudonyms := make([]string, len(r.newPeople))
	for i, p := range r.newPeople {
		pseudonyms[i] = p.Pseudonym
	}
	slices.Sort(pseudonyms)
	return map[string]any{"rows": len(r.rows), "persons": pseudonyms, "posts": len(r.newPosts)}
}
