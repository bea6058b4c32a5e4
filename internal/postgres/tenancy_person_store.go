package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/personname"
	"leitai/ent/gen/post"
	"leitai/ent/mixin"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

// Names live apart from persons and are joined only where they are asked for.
const selectPerson = `SELECT p.id, p.pseudonym, coalesce(n.name, ''), p.user_id
FROM person p LEFT JOIN person_name n ON n.tenant_id = p.tenant_id AND n.person_id = p.id `

func readPerson(s scan) (*tenancy.Person, error) {
	var p tenancy.Person
	var user uuid.NullUUID
	err := s(&p.ID, &p.Pseudonym, &p.Name, &user)
	p.User = user.UUID
	return &p, err
}

// PersonsByID implements tenancy.Store.
func (tx *Tx) PersonsByID(ctx context.Context, ids []uuid.UUID) ([]*tenancy.Person, error) {
	return queryAll(ctx, tx, readPerson, selectPerson+`WHERE p.tenant_id = $1 AND p.id = ANY ($2)`, tx.Tenant(), array(ids))
}

// PersonsCalled implements tenancy.Store.
func (tx *Tx) PersonsCalled(ctx context.Context, pseudonyms, names []string) ([]*tenancy.Person, error) {
	return queryAll(ctx, tx, readPerson, selectPerson+`WHERE p.tenant_id = $1 AND (p.pseudonym = ANY ($2) OR n.name = ANY ($3)) ORDER BY p.id`,
		tx.Tenant(), array(orEmpty(pseudonyms)), array(orEmpty(names)))
}

// PersonPage implements tenancy.Store.
func (tx *Tx) PersonPage(ctx context.Context, w paging.Window) ([]*tenancy.Person, error) {
	q := conditions{}
	q.where("p.tenant_id = $?", tx.Tenant())
	if w.After != nil {
		q.where("p.pseudonym > $?", w.After[0].Text)
	}
	if w.Before != nil {
		q.where("p.pseudonym < $?", w.Before[0].Text)
	}
	return queryAll(ctx, tx, readPerson, selectPerson+q.text()+q.order(w, "p.pseudonym", "p.id"), q.args...)
}

// InsertPersons implements tenancy.Store, in two statements whatever their number.
func (tx *Tx) InsertPersons(ctx context.Context, persons []*tenancy.Person, at time.Time) error {
	if len(persons) == 0 {
		return nil
	}
	var ids, nameIDs []uuid.UUID
	var pseudonyms, names, users []string
	for _, p := range persons {
		ids, nameIDs = append(ids, p.ID), append(nameIDs, mixin.NewID())
		pseudonyms, names, users = append(pseudonyms, p.Pseudonym), append(names, p.Name), append(users, p.User.String())
	}
	_, err := tx.exec(ctx, `INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at)
		SELECT id, $1, $2, pseudonym, nullif(user_id, $6), $7 FROM unnest($3::uuid[], $4::text[], $5::uuid[]) AS new (id, pseudonym, user_id)`,
		tx.Tenant(), tx.region(), array(ids), array(pseudonyms), array(users), uuid.Nil, at)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO person_name (id, tenant_id, region, person_id, name)
		SELECT id, $1, $2, person_id, name FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS new (id, person_id, name)`,
		tx.Tenant(), tx.region(), array(nameIDs), array(ids), array(names))
	return err
}

// SetPersonName implements tenancy.Store.
func (tx *Tx) SetPersonName(ctx context.Context, person uuid.UUID, name string) error {
	return tx.Ent().PersonName.Update().Where(personname.PersonID(person)).SetName(name).Exec(ctx)
}

// SetPersonUser implements tenancy.Store.
func (tx *Tx) SetPersonUser(ctx context.Context, person uuid.UUID, user *uuid.UUID) error {
	change := tx.Ent().Person.UpdateOneID(person)
	if user == nil {
		return change.ClearUserID().Exec(ctx)
	}
	return change.SetUserID(*user).Exec(ctx)
}

// PersonOfUser implements tenancy.Store.
func (tx *Tx) PersonOfUser(ctx context.Context, user uuid.UUID) (uuid.UUID, error) {
	return missing(queryOne(ctx, tx, value[uuid.UUID], `SELECT id FROM person WHERE tenant_id = $1 AND user_id = $2`, tx.Tenant(), user))
}

// DropPersonName implements archive.Store.
func (tx *Tx) DropPersonName(ctx context.Context, person uuid.UUID) (bool, error) {
	n, err := tx.Ent().PersonName.Delete().Where(personname.PersonID(person)).Exec(ctx)
	return n > 0, err
}

// PostsOfPersons implements tenancy.Store.
func (tx *Tx) PostsOfPersons(ctx context.Context, persons []uuid.UUID) ([]*tenancy.Post, error) {
	rows, err := tx.Ent().Post.Query().Where(post.TenantID(tx.Tenant()), within("person_id", persons)).
		Order(post.ByPersonID(), post.ByValidFrom(), post.ByID()).All(ctx)
	list := make([]*tenancy.Post, len(rows))
	for i, p := range rows {
		list[i] = postOf(p)
	}
	return list, err
}

// PostByID implements tenancy.Store.
func (tx *Tx) PostByID(ctx context.Context, id uuid.UUID) (*tenancy.Post, error) {
	p, err := tx.Ent().Post.Query().Where(post.ID(id), post.TenantID(tx.Tenant())).Only(ctx)
	if gen.IsNotFound(err) {
		return nil, fault.New(fault.NotFound).At("post")
	}
	if err != nil {
		return nil, err
	}
	return postOf(p), nil
}

func postOf(p *gen.Post) *tenancy.Post {
	made := &tenancy.Post{ID: p.ID, Person: p.PersonID, Kind: p.Kind, Title: p.Title, From: dateOf(p.ValidFrom), To: dateOfPtr(p.ValidTo)}
	if p.UnitID != nil {
		made.Unit = *p.UnitID
	}
	if p.OrganisationID != nil {
		made.Organisation = *p.OrganisationID
	}
	return made
}

// InsertPosts implements tenancy.Store, in one statement whatever their number.
func (tx *Tx) InsertPosts(ctx context.Context, posts []*tenancy.Post) error {
	if len(posts) == 0 {
		return nil
	}
	var ids, persons, units, organisations []uuid.UUID
	var kinds, titles, from []string
	var to []sql.NullString
	for _, p := range posts {
		ids, persons, units, organisations = append(ids, p.ID), append(persons, p.Person), append(units, p.Unit), append(organisations, p.Organisation)
		kinds, titles, from = append(kinds, p.Kind), append(titles, p.Title), append(from, p.From.String())
		to = append(to, sql.NullString{String: p.To.String(), Valid: !p.To.IsZero()})
	}
	_, err := tx.exec(ctx, `INSERT INTO post (id, tenant_id, region, person_id, kind, unit_id, organisation_id, title, valid_from, valid_to)
		SELECT id, $1, $2, person_id, kind, nullif(unit_id, $3), nullif(organisation_id, $3), title, valid_from, valid_to
		FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::text[], $10::date[], $11::date[])
		  AS new (id, person_id, kind, unit_id, organisation_id, title, valid_from, valid_to)`,
		tx.Tenant(), tx.region(), uuid.Nil, array(ids), array(persons), array(kinds), array(units), array(organisations), array(titles), array(from), array(to))
	return err
}

// SetPostEnd implements tenancy.Store.
func (tx *Tx) SetPostEnd(ctx context.Context, id uuid.UUID, to calendar.Date) error {
	return tx.Ent().Post.UpdateOneID(id).SetValidTo(timeOf(to)).Exec(ctx)
}

const linksOn = `SELECT o.unit_id, o.kind, p.id, p.pseudonym FROM post o JOIN person p ON p.tenant_id = o.tenant_id AND p.id = o.person_id
WHERE o.tenant_id = $1 AND (cardinality($2::uuid[]) = 0 OR o.unit_id = ANY ($2)) AND o.kind = ANY ($3) AND o.unit_id IS NOT NULL
  AND o.valid_from <= $4 AND (o.valid_to IS NULL OR o.valid_to > $4)
ORDER BY o.unit_id, array_position($3, o.kind), p.pseudonym`

// LinksOn implements tenancy.Store.
func (tx *Tx) LinksOn(ctx context.Context, units []uuid.UUID, kinds []string, date calendar.Date) ([]tenancy.Link, error) {
	if units == nil {
		units = []uuid.UUID{}
	}
	return queryAll(ctx, tx, func(s scan) (tenancy.Link, error) {
		var l tenancy.Link
		err := s(&l.Unit, &l.Role, &l.Person, &l.Pseudonym)
		return l, err
	}, linksOn, tx.Tenant(), array(units), array(kinds), timeOf(date))
}
