package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

func person(p *tenancy.Person) *model.Person {
	return &model.Person{ID: globalID(personKind, p.ID), Key: p.ID, Pseudonym: p.Pseudonym}
}

func personPage(p paging.Page[*tenancy.Person]) *model.PersonConnection {
	c := &model.PersonConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, person, func(cursor string, n *model.Person) *model.PersonEdge {
		return &model.PersonEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func post(language fault.Language) func(*tenancy.Post) *model.Post {
	return func(p *tenancy.Post) *model.Post {
		return &model.Post{ID: globalID(postKind, p.ID), Kind: p.Kind, Label: postLabel(p.Kind, language), Title: p.Title, UnitKey: some(p.Unit),
			ValidFrom: p.From, ValidTo: dated(p.To)}
	}
}

// postLabel is what a kind of post is called.
func postLabel(kind string, language fault.Language) string {
	for _, k := range tenancy.PostKinds() {
		switch {
		case k.Key != kind:
		case language == fault.English:
			return k.En
		default:
			return k.Zh
		}
	}
	return kind
}

func organisation(o *tenancy.Organisation) *model.Organisation {
	out := &model.Organisation{ID: globalID(organisationKind, o.ID), Kind: o.Kind, Name: o.Name, ValidFrom: o.From, ValidTo: dated(o.To)}
	if o.Parent != uuid.Nil {
		out.ParentKey = &o.Parent
	}
	return out
}

func rosterRow(in *model.RosterRowInput) tenancy.RosterRow {
	return tenancy.RosterRow{Name: in.Name, Pseudonym: or(in.Pseudonym), Post: in.Post, UnitCode: or(in.UnitCode),
		Organisation: or(in.Organisation), Title: or(in.Title), From: in.From, To: or(in.To)}
}

// pseudonymAt gives the pseudonym behind a key; empty for a person whom the
// viewer may not know.
func pseudonymAt(ctx context.Context, key uuid.UUID) (string, error) {
	p, err := loadersOf(ctx).people.Load(ctx, key)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return p.Pseudonym, nil
}

// personAt gives the person behind a key; null for one whom the viewer may not
// know.
func personAt(ctx context.Context, key *uuid.UUID) (*model.Person, error) {
	if key == nil {
		return nil, nil
	}
	p, err := loadersOf(ctx).people.Load(ctx, *key)
	if err != nil {
		return nil, unlessUnknown(err)
	}
	return person(p), nil
}

// personPayload runs a mutation of one person.
func personPayload(ctx context.Context, clientID *string, sent string, do func(uuid.UUID) (*tenancy.Person, error)) (*model.PersonPayload, error) {
	payload := &model.PersonPayload{ClientMutationID: clientID}
	var ids reader
	id := ids.id(personKind, sent, "person")
	err := ids.err()
	if err == nil {
		var changed *tenancy.Person
		if changed, err = do(id); err == nil {
			payload.Person = person(changed)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// organisationPayload runs a mutation of one organisation.
func organisationPayload(ctx context.Context, clientID *string, ids reader, do func() (*tenancy.Organisation, error)) (*model.OrganisationPayload, error) {
	payload := &model.OrganisationPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var changed *tenancy.Organisation
		if changed, err = do(); err == nil {
			payload.Organisation = organisation(changed)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
