package tenancy

import (
	"context"
	"crypto/rand"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// longestName of a person, in characters.
const longestName = 50

var pseudonymForm = regexp.MustCompile(`^[A-Za-z0-9-]{2,32}$`)

// newPseudonym says nothing about who stands behind it.
func newPseudonym() string { return "p-" + strings.ToLower(rand.Text()[:10]) }

// People lists the tenant's persons with their names, by pseudonym.
func (s *Service) People(ctx context.Context, args paging.Args) (paging.Page[*Person], error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return paging.Page[*Person]{}, err
	}
	scope := paging.Scope("people", v.Tenant.String())
	w, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return paging.Page[*Person]{}, err
	}
	var list []*Person
	err = s.look(ctx, authz.PersonRead, func(ctx context.Context, st Store) (err error) {
		list, err = st.PersonPage(ctx, w)
		return err
	})
	if err != nil {
		return paging.Page[*Person]{}, err
	}
	return paging.Cut(list, w, func(p *Person) string { return s.cursors.Encode(scope, paging.Text(p.Pseudonym)) }), nil
}

// PersonsByID gives persons of the tenant, those that are known of the ids.
// Names are told to those who may read them, and to everybody the own one.
func (s *Service) PersonsByID(ctx context.Context, ids []uuid.UUID) ([]*Person, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	named := s.gate.May(ctx, authz.PersonRead, uuid.Nil)
	var list []*Person
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		list, err = st.PersonsByID(ctx, ids)
		return err
	})
	for _, p := range list {
		if !named && p.ID != v.Person {
			p.Name, p.User = "", uuid.Nil
		}
	}
	return list, err
}

// RenamePerson corrects a name. One that was erased stays erased.
func (s *Service) RenamePerson(ctx context.Context, id uuid.UUID, name string) (*Person, error) {
	trimmed, ok := clean(name, longestName)
	if !ok {
		return nil, fault.New(fault.PersonNameInvalid, "value", name).At("name")
	}
	return s.changePerson(ctx, id, func(ctx context.Context, _ *viewer.Viewer, st Store, p *Person) error {
		if p.Name == "" {
			return fault.New(fault.PersonErased, "value", p.Pseudonym).At("person")
		}
		if err := st.SetPersonName(ctx, id, trimmed); err != nil {
			return err
		}
		p.Name = trimmed
		return audit.Record(ctx, "person:rename", "person", id, nil) // names stay out of the audit, which is for ever
	})
}

// LinkPerson lets a user act as a person of the tenant; login "" ends the link.
// Nobody changes the link of the own user.
func (s *Service) LinkPerson(ctx context.Context, id uuid.UUID, login string) (*Person, error) {
	return s.changePerson(ctx, id, func(ctx context.Context, v *viewer.Viewer, st Store, p *Person) error {
		user := uuid.Nil
		if login != "" {
			var err error
			if user, err = linkable(ctx, st, p, login); err != nil {
				return err
			}
		}
		if user == v.User || p.User == v.User && v.User != uuid.Nil {
			return fault.New(fault.LinkSelf).At("login")
		}
		if p.User == user {
			return nil
		}
		var to *uuid.UUID
		if user != uuid.Nil {
			to = &user
		}
		if err := st.SetPersonUser(ctx, id, to); err != nil {
			return err
		}
		before := p.User
		p.User = user
		return audit.Record(ctx, "person:link", "person", id, nil, audit.Changed(map[string]any{"user": before}, map[string]any{"user": user}))
	})
}

func linkable(ctx context.Context, st Store, p *Person, login string) (uuid.UUID, error) {
	user, err := st.UserNamed(ctx, strings.ToLower(strings.TrimSpace(login)))
	if err != nil {
		return uuid.Nil, err
	}
	if user == uuid.Nil {
		return uuid.Nil, fault.New(fault.LoginUnknown, "login", login).At("login")
	}
	if p.User != uuid.Nil && p.User != user {
		return uuid.Nil, fault.New(fault.PersonHasUser).At("person")
	}
	if p.Name == "" {
		return uuid.Nil, fault.New(fault.PersonErased, "value", p.Pseudonym).At("person")
	}
	other, err := st.PersonOfUser(ctx, user)
	if err == nil && other != uuid.Nil && other != p.ID {
		err = fault.New(fault.UserHasPerson).At("login")
	}
	return user, err
}

func (s *Service) changePerson(ctx context.Context, id uuid.UUID,
	do func(ctx context.Context, v *viewer.Viewer, st Store, p *Person) error) (*Person, error) {
	var person *Person
	err := s.change(ctx, authz.PersonWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		list, err := st.PersonsByID(ctx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.NotFound).At("person")
		}
		person = list[0]
		return do(ctx, v, st, person)
	})
	if err != nil {
		return nil, err
	}
	return person, nil
}
