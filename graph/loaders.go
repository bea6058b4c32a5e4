package graph

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/vikstrous/dataloadgen"

	"leitai/internal/evidence"
	"leitai/internal/fault"
	"leitai/internal/issues"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/template"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
	"leitai/internal/webhook"
)

// loaders batch what the fields of one operation ask for one by one, and keep
// it until the operation, or the mutation within it, ends. They live in the
// request's context, so that two viewers never share an entry.
type loaders struct {
	units        *dataloadgen.Loader[uuid.UUID, *tenancy.Unit]
	people       *dataloadgen.Loader[uuid.UUID, *tenancy.Person]
	posts        *dataloadgen.Loader[uuid.UUID, []*tenancy.Post] // by person
	tenants      *dataloadgen.Loader[uuid.UUID, *tenancy.Tenant]
	templates    *dataloadgen.Loader[uuid.UUID, *programme.TemplateVersion]
	documents    *dataloadgen.Loader[uuid.UUID, *template.Document] // by template version
	competitions *dataloadgen.Loader[uuid.UUID, *programme.Competition]
	rounds       *dataloadgen.Loader[uuid.UUID, *round.Round]
	publications *dataloadgen.Loader[uuid.UUID, []*round.Publication] // by round
	events       *dataloadgen.Loader[uuid.UUID, []issues.Event]       // by issue
	attached     *dataloadgen.Loader[uuid.UUID, []issues.Attached]    // by issue
	attempts     *dataloadgen.Loader[uuid.UUID, []webhook.Attempt]    // by delivery
	pieces       *dataloadgen.Loader[uuid.UUID, *evidence.Item]
	organs       *dataloadgen.Loader[uuid.UUID, *tenancy.Organisation]
}

// gathering is how long a loader waits for more keys. gqlgen starts the fields
// of a list at once, so that little is enough even on a busy machine.
const gathering = time.Millisecond

type loadersKey struct{}

// held is the place of the loaders in a context. They are made when they are
// asked for first, and a mutation forgets them.
type held struct {
	resolver *Resolver
	current  atomic.Pointer[loaders]
}

// WithLoaders gives an operation its own loaders. It is called once for every
// operation, before anything is resolved.
func WithLoaders(ctx context.Context, r *Resolver) context.Context {
	return context.WithValue(ctx, loadersKey{}, &held{resolver: r})
}

// loadersOf panics without WithLoaders, which is a mistake of the program.
func loadersOf(ctx context.Context) *loaders {
	h, ok := ctx.Value(loadersKey{}).(*held)
	if !ok {
		panic("graph: an operation without WithLoaders")
	}
	for {
		if l := h.current.Load(); l != nil {
			return l
		}
		h.current.CompareAndSwap(nil, newLoaders(h.resolver)) // whoever comes first, for all
	}
}

// renewLoaders forgets everything loaded so far.
func renewLoaders(ctx context.Context) {
	if h, ok := ctx.Value(loadersKey{}).(*held); ok {
		h.current.Store(nil)
	}
}

func newLoaders(r *Resolver) *loaders {
	l := &loaders{
		units:    batched(r.Tenancy.UnitsByID, func(u *tenancy.Unit) uuid.UUID { return u.ID }),
		people:   batched(r.Tenancy.PersonsByID, func(p *tenancy.Person) uuid.UUID { return p.ID }),
		posts:    grouped(r.Tenancy.PostsOf, func(p *tenancy.Post) uuid.UUID { return p.Person }),
		events:   grouped(r.Issues.Events, func(e issues.Event) uuid.UUID { return e.Issue }),
		attached: grouped(r.Issues.AttachedTo, func(a issues.Attached) uuid.UUID { return a.Issue }),
		attempts: grouped(r.Webhooks.Attempts, func(a webhook.Attempt) uuid.UUID { return a.Delivery }),
		pieces:   batched(r.Pieces.ByIDs, func(i *evidence.Item) uuid.UUID { return i.ID }),
		organs: batched(func(ctx context.Context, _ []uuid.UUID) ([]*tenancy.Organisation, error) {
			return r.Tenancy.Organisations(ctx)
		},
			func(o *tenancy.Organisation) uuid.UUID { return o.ID }),
		tenants:      batched(r.tenantsByID, func(t *tenancy.Tenant) uuid.UUID { return t.ID }),
		templates:    batched(r.Programme.TemplatesByID, func(v *programme.TemplateVersion) uuid.UUID { return v.ID }),
		competitions: batched(r.Programme.CompetitionsByID, func(c *programme.Competition) uuid.UUID { return c.ID }),
		rounds:       batched(r.Rounds.ByIDs, func(r *round.Round) uuid.UUID { return r.ID }),
		publications: grouped(r.Rounds.Histories, func(p *round.Publication) uuid.UUID { return p.Round }),
	}
	l.documents = dataloadgen.NewLoader(func(ctx context.Context, ids []uuid.UUID) ([]*template.Document, []error) {
		versions := make([]func() (*programme.TemplateVersion, error), len(ids))
		for i, id := range ids {
			versions[i] = l.templates.LoadThunk(ctx, id) // all of them are read at once
		}
		list, errs := make([]*template.Document, len(ids)), make([]error, len(ids))
		for i, read := range versions {
			v, err := read()
			if errs[i] = err; err == nil {
				list[i], errs[i] = v.Document()
			}
		}
		return list, errs
	}, dataloadgen.WithWait(gathering))
	return l
}

// tenantsByID reads the viewer's own tenant, which everybody may, or all that
// the viewer may read.
func (r *Resolver) tenantsByID(ctx context.Context, ids []uuid.UUID) ([]*tenancy.Tenant, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) == 1 && ids[0] == who.Tenant {
		own, err := r.Tenancy.Tenant(ctx)
		return []*tenancy.Tenant{own}, err
	}
	return r.Tenancy.Tenants(ctx)
}

// batched makes a loader of a read that takes many ids; an id that is not
// answered is NOT_FOUND.
func batched[T any](read func(context.Context, []uuid.UUID) ([]T, error), key func(T) uuid.UUID) *dataloadgen.Loader[uuid.UUID, T] {
	return dataloadgen.NewLoader(func(ctx context.Context, ids []uuid.UUID) ([]T, []error) {
		found, err := read(ctx, ids)
		if err != nil {
			return nil, []error{err}
		}
		at := make(map[uuid.UUID]T, len(found))
		for _, item := range found {
			at[key(item)] = item
		}
		list, errs := make([]T, len(ids)), make([]error, len(ids))
		for i, id := range ids {
			item, known := at[id]
			if list[i] = item; !known {
				errs[i] = fault.New(fault.NotFound)
			}
		}
		return list, errs
	}, dataloadgen.WithWait(gathering))
}

// grouped makes a loader of a read that gives what belongs to many owners.
func grouped[T any](read func(context.Context, []uuid.UUID) ([]T, error), owner func(T) uuid.UUID) *dataloadgen.Loader[uuid.UUID, []T] {
	return dataloadgen.NewLoader(func(ctx context.Context, ids []uuid.UUID) ([][]T, []error) {
		found, err := read(ctx, ids)
		if err != nil {
			return nil, []error{err}
		}
		at := map[uuid.UUID][]T{}
		for _, item := range found {
			at[owner(item)] = append(at[owner(item)], item)
		}
		list := make([][]T, len(ids))
		for i, id := range ids {
			list[i] = at[id]
		}
		return list, nil
	}, dataloadgen.WithWait(gathering))
}
