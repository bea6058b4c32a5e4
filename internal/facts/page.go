package facts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Page reads a page of facts. They stand by the moment of publication, then by
// the code of the place, then by measure.
func (s *Service) Page(ctx context.Context, f Filter, args paging.Args) (page paging.Page[Fact], err error) {
	since, err := f.check()
	if err != nil {
		return page, err
	}
	err = s.look(ctx, authz.PublicationRead, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		sight := s.c.Gate.Sight(ctx, authz.PublicationRead)
		scope := paging.Scope(slices.Concat([]string{v.Tenant.String(), "facts 1"}, f.words(), sight.Scope())...)
		w, err := s.c.Cursors.Open(args, scope, 3)
		if err != nil {
			return err
		}
		r := &reading{s: s, st: st, f: f, sight: sight, w: w}
		if r.q, err = headsOf(f, since, w); err != nil {
			return err
		}
		all, err := r.gather(ctx)
		if err != nil {
			return err
		}
		page = paging.Cut(all, w, func(x Fact) string {
			return s.c.Cursors.Encode(scope, paging.Text(x.PublishedAt.UTC().Format(time.RFC3339Nano)), paging.Text(x.Publication.String()), paging.Text(place(x.ordinal)))
		})
		return nil
	})
	return page, err
}

// Place tells how far somebody has loaded who has loaded all there is now.
func (s *Service) Place(ctx context.Context) (since string, err error) {
	err = s.look(ctx, authz.PublicationRead, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		at, err := st.FactPlace(ctx)
		since = at.String()
		return err
	})
	return since, err
}

// headsAtOnce is how many publications a statement lists: a page of one fact of
// each has enough.
const headsAtOnce = paging.MaxSize + 1

func headsOf(f Filter, since Since, w paging.Window) (HeadQuery, error) {
	q := HeadQuery{Filter: f, Since: since, Backward: w.Backward, Limit: headsAtOnce}
	for _, bound := range []struct {
		values []paging.Value
		into   **HeadKey
	}{{w.After, &q.Least}, {w.Before, &q.Most}} {
		if bound.values == nil {
			continue
		}
		key, _, err := keyOf(bound.values)
		if err != nil {
			return q, err
		}
		*bound.into = &key
	}
	return q, nil
}

// keyOf reads a cursor's publication and ordinal.
func keyOf(values []paging.Value) (HeadKey, int, error) {
	at, err := time.Parse(time.RFC3339Nano, values[0].Text)
	if err != nil {
		return HeadKey{}, 0, fault.New(fault.InvalidCursor)
	}
	id, err := uuid.Parse(values[1].Text)
	if err != nil {
		return HeadKey{}, 0, fault.New(fault.InvalidCursor)
	}
	ordinal, ok := placed(values[2].Text)
	if !ok {
		return HeadKey{}, 0, fault.New(fault.InvalidCursor)
	}
	return HeadKey{At: at, ID: id}, ordinal, nil
}

// reading gathers the facts of one window.
type reading struct {
	s     *Service
	st    Store
	f     Filter
	sight authz.Sight
	w     paging.Window
	q     HeadQuery
}

// gather reads publications until the window is full, in the direction of the
// window: usually one statement for the list, one for rows, one for items.
func (r *reading) gather(ctx context.Context) ([]Fact, error) {
	var all []Fact
	for len(all) < r.w.Fetch() {
		heads, err := r.st.FactHeads(ctx, r.q)
		if err != nil {
			return nil, err
		}
		listed := len(heads)
		for len(heads) > 0 && len(all) < r.w.Fetch() {
			n := enough(heads, r.f, r.w.Fetch()-len(all))
			some, err := r.s.load(ctx, r.st, heads[:n], r.f, r.sight)
			if err != nil {
				return nil, err
			}
			for _, of := range some {
				all = append(all, r.within(of)...)
			}
			r.after(heads[n-1])
			heads = heads[n:]
		}
		if listed < headsAtOnce {
			break
		}
	}
	return all[:min(len(all), r.w.Fetch())], nil
}

// after goes on behind a publication.
func (r *reading) after(p *Publication) {
	key := &HeadKey{At: p.PublishedAt, ID: p.ID}
	r.q.Except = p.ID
	if r.w.Backward {
		r.q.Most = key
	} else {
		r.q.Least = key
	}
}

// within leaves of a publication's facts those inside the window, turned into
// its direction.
func (r *reading) within(facts []Fact) []Fact {
	for _, bound := range []struct {
		values []paging.Value
		inside func(ordinal, at int) bool
	}{{r.w.After, func(o, at int) bool { return o > at }}, {r.w.Before, func(o, at int) bool { return o < at }}} {
		if bound.values == nil {
			continue
		}
		key, at, err := keyOf(bound.values)
		if err != nil {
			continue // it was read before
		}
		facts = slices.DeleteFunc(facts, func(x Fact) bool { return x.Publication == key.ID && !bound.inside(x.ordinal, at) })
	}
	if r.w.Backward {
		slices.Reverse(facts)
	}
	return facts
}

// enough is how many publications hold as many facts as are wanted, by what a
// contestant usually has; too few are followed by more.
func enough(heads []*Publication, f Filter, wanted int) int {
	each := len(f.Measures)
	if each == 0 || slices.Contains(f.Measures, Item) || slices.Contains(f.Measures, Dimension) {
		each += 8
	}
	have := 0
	for i, p := range heads {
		if have += each * max(p.Size, 1); have >= wanted {
			return i + 1
		}
	}
	return len(heads)
}
