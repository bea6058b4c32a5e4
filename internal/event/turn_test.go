package event

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

func codec() paging.Codec { return paging.Codec{Keys: [][]byte{bytes.Repeat([]byte{7}, 32)}} }

// book is a store in memory.
type book struct{ events []*Stored }

func (b *book) add(tenant uuid.UUID, kind Kind) *Stored {
	e := &Stored{ID: uuid.New(), Tenant: tenant, Kind: kind, Seq: 1}
	for _, other := range b.events {
		if other.Tenant == tenant {
			e.Seq = other.Seq + 1
		}
	}
	b.events = append(b.events, e)
	return e
}

func (b *book) EventTips(_ context.Context, tenants []uuid.UUID) (Position, error) {
	tips := Position{}
	for _, t := range tenants {
		tips[t] = 0
	}
	for _, e := range b.events {
		if _, asked := tips[e.Tenant]; asked {
			tips[e.Tenant] = e.Seq
		}
	}
	return tips, nil
}

func (b *book) EventAfter(_ context.Context, after Position, f Filter) (*Stored, error) {
	var found *Stored
	for _, e := range b.events {
		if seq, asked := after[e.Tenant]; asked && e.Seq > seq && slices.Contains(f.Kinds, e.Kind) {
			if found = e; !f.Last {
				break
			}
		}
	}
	return found, nil
}

// stream plays the turns of a stream over a book.
type stream struct {
	*Streams
	ctx  context.Context
	turn *Turn
}

func newStream(b *book) *stream {
	read := func(ctx context.Context, do func(context.Context, Store) error) error { return do(ctx, b) }
	return &stream{NewStreams(read, codec()), viewer.With(context.Background(), &viewer.Viewer{Tenant: uuid.UUID{9}, User: uuid.UUID{8}}), &Turn{}}
}

// next runs turns until one tells something, or nothing more is promised.
func (s *stream) next(t interface{ Fatal(...any) }, a Ask) *News {
	for {
		news, err := s.Next(WithTurn(s.ctx, s.turn), a)
		if err != nil {
			t.Fatal(err)
		}
		more := s.turn.More()
		s.turn = s.turn.Next()
		if news != nil || !more {
			return news
		}
	}
}

// Whatever happens in whichever tenant, a reader that breaks off at any point and
// comes back with its last cursor is told everything once, in each tenant's order.
func TestAReaderIsToldEverythingOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := &book{}
		tenants := []uuid.UUID{{1}, {2}, {3}}
		for range rapid.IntRange(0, 4).Draw(t, "before") {
			b.add(rapid.SampledFrom(tenants).Draw(t, "where"), PublicationPublished)
		}
		ask := Ask{Name: "published", Tenants: tenants, Filter: Filter{Kinds: OfPublications()}}
		s := newStream(b)
		if news := s.next(t, ask); news != nil {
			t.Fatalf("told of what was before: %+v", news.Event)
		}
		var want, told []*Stored
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				b.add(rapid.SampledFrom(tenants).Draw(t, "where"), MarksSubmitted) // not asked for
			case 1:
				want = append(want, b.add(rapid.SampledFrom(tenants).Draw(t, "where"), PublicationPublished))
			case 2:
				if news := s.next(t, ask); news != nil {
					told, ask.Since = append(told, news.Event), news.Cursor
				}
			case 3:
				if ask.Since != "" { // the connection breaks
					s = newStream(b)
				}
			}
		}
		for news := s.next(t, ask); news != nil; news = s.next(t, ask) {
			told = append(told, news.Event)
		}
		if len(told) != len(want) {
			t.Fatalf("told %d of %d", len(told), len(want))
		}
		for _, tenant := range tenants {
			of := func(all []*Stored) []*Stored {
				return slices.DeleteFunc(slices.Clone(all), func(e *Stored) bool { return e.Tenant != tenant })
			}
			if !slices.Equal(of(told), of(want)) {
				t.Fatal("told in another order, or twice")
			}
		}
	})
}

// A state is told as it is, and once however much happened meanwhile.
func TestAStateIsToldAsItIs(t *testing.T) {
	t.Parallel()
	b, tenant := &book{}, uuid.UUID{1}
	b.add(tenant, RoundOpened)
	b.add(tenant, MarksSubmitted)
	ask := Ask{Name: "round", Tenants: []uuid.UUID{tenant}, Filter: Filter{Kinds: OfRound()}, State: true}
	s := newStream(b)
	first := s.next(t, ask)
	if first == nil || first.Event == nil || first.Event.Kind != MarksSubmitted {
		t.Fatalf("%+v", first)
	}
	if again := s.next(t, ask); again != nil {
		t.Errorf("told twice: %+v", again)
	}
	b.add(tenant, MarksSubmitted)
	b.add(tenant, MarksSubmitted)
	last := b.add(tenant, RoundClosed)
	if news := s.next(t, ask); news == nil || news.Event != last {
		t.Errorf("%+v", news)
	}
	if again := s.next(t, ask); again != nil {
		t.Errorf("told twice: %+v", again)
	}
	ask.Since = first.Cursor
	if news := newStream(b).next(t, ask); news == nil || news.Event != last {
		t.Errorf("what happened meanwhile is not told: %+v", news)
	}
	empty := newStream(&book{})
	ask.Since = ""
	if news := empty.next(t, ask); news == nil || news.Event != nil {
		t.Errorf("a state without events is not told: %+v", news)
	}
}

// What a tenant published that joins later is news; one that leaves is heard no more.
func TestTenantsComeAndGo(t *testing.T) {
	t.Parallel()
	b, own, lower := &book{}, uuid.UUID{1}, uuid.UUID{2}
	early := b.add(lower, PublicationPublished)
	ask := Ask{Name: "published", Tenants: []uuid.UUID{own}, Filter: Filter{Kinds: OfPublications()}}
	s := newStream(b)
	s.next(t, ask)
	ask.Tenants = []uuid.UUID{own, lower}
	if news := s.next(t, ask); news == nil || news.Event != early {
		t.Errorf("%+v", news)
	}
	ask.Tenants = []uuid.UUID{own}
	b.add(lower, PublicationPublished)
	if news := s.next(t, ask); news != nil {
		t.Errorf("told of a tenant that left: %+v", news)
	}
	if watched := s.turn.Watched(); !slices.Contains(watched, own) || slices.Contains(watched, lower) {
		t.Errorf("watches %v", watched)
	}
}

// covers T8
func TestACursorIsItsReadersAndItsSubscriptions(t *testing.T) {
	t.Parallel()
	b, tenant := &book{}, uuid.UUID{1}
	ask := Ask{Name: "published", Tenants: []uuid.UUID{tenant}, Filter: Filter{Kinds: OfPublications()}}
	s := newStream(b)
	s.next(t, ask)
	b.add(tenant, PublicationPublished)
	ask.Since = s.next(t, ask).Cursor
	invalid := func(name string, ctx context.Context, a Ask) {
		t.Helper()
		if _, err := newStream(b).Next(WithTurn(ctx, &Turn{}), a); !errors.Is(err, fault.New(fault.InvalidCursor)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := ask
	other.Name = "round"
	invalid("another subscription", s.ctx, other)
	for name, v := range map[string]*viewer.Viewer{"another tenant": {Tenant: uuid.UUID{1}, User: uuid.UUID{8}}, "another user": {Tenant: uuid.UUID{9}, User: uuid.UUID{1}}} {
		invalid(name, viewer.With(context.Background(), v), ask)
	}
	forged := ask
	forged.Since = "B" + ask.Since[1:]
	invalid("forged", s.ctx, forged)
	forged.Since = codec().Encode(paging.Scope(uuid.UUID{9}.String(), uuid.UUID{8}.String(), "published"), paging.Text("short"), paging.Text("1"))
	invalid("of other values", s.ctx, forged)
	if _, err := newStream(b).Next(s.ctx, ask); fault.CodeOf(err) != fault.StreamWanted {
		t.Errorf("without a stream: %v", err)
	}
	if _, err := newStream(b).Next(WithTurn(context.Background(), &Turn{}), ask); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody is told: %v", err)
	}
}

// A cursor has room for a hundred tenants; it stays one that is accepted.
func TestACursorOfManyTenantsFits(t *testing.T) {
	t.Parallel()
	p := Position{}
	for range 300 {
		p[uuid.New()] = 1 << 40
	}
	cursor := p.Encode(codec(), "x")
	read, err := DecodePosition(codec(), "x", cursor)
	if err != nil || len(read) != most {
		t.Errorf("%d, %v", len(read), err)
	}
}
