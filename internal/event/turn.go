package event

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Turn is one look of a stream at the world: a short request with the rights of
// its moment, in which at most one thing is told. Between turns a stream holds
// nothing of the database and is woken by the hub. The edge puts a turn into the
// context, the operation runs in it, and what it read says where the next begins.
type Turn struct {
	position Position // nil before the first
	viewer   *viewer.Viewer
	more     bool
	over     bool
}

// More says whether the next turn should follow at once, because there may be
// more to tell.
func (t *Turn) More() bool { return t.more }

// Over says whether nothing can follow what was told.
func (t *Turn) Over() bool { return t.over }

// Last says that what the turn of a context tells is the last of its stream.
func Last(ctx context.Context) {
	if t, ok := ctx.Value(turnKey{}).(*Turn); ok {
		t.over = true
	}
}

// Watched are the tenants whose events and rights the next turn depends on.
func (t *Turn) Watched() []uuid.UUID {
	tenants := slices.Collect(maps.Keys(t.position))
	if t.viewer != nil {
		tenants = append(tenants, t.viewer.Tenant)
	}
	return tenants
}

// Next is the turn after this one.
func (t *Turn) Next() *Turn { return &Turn{position: t.position} }

type turnKey struct{}

// WithTurn returns a context in which the operation of a stream runs once.
func WithTurn(ctx context.Context, t *Turn) context.Context {
	return context.WithValue(ctx, turnKey{}, t)
}

// turnOf gives the turn of a context. A subscription that was sent where nothing
// can be streamed has none and is refused.
func turnOf(ctx context.Context) (*Turn, error) {
	if t, ok := ctx.Value(turnKey{}).(*Turn); ok {
		return t, nil
	}
	return nil, fault.New(fault.StreamWanted)
}

// Streams reads for subscriptions.
type Streams struct {
	read    func(ctx context.Context, do func(ctx context.Context, s Store) error) error
	cursors paging.Codec
}

// NewStreams makes the reader of subscriptions over a function that runs a read
// in the request of the context.
func NewStreams(read func(ctx context.Context, do func(ctx context.Context, s Store) error) error, cursors paging.Codec) *Streams {
	return &Streams{read: read, cursors: cursors}
}

// Ask is what a subscription follows.
type Ask struct {
	Name    string      // of the subscription with what it is about; cursors are bound to it
	Since   string      // a cursor; "": from now on
	Tenants []uuid.UUID // of whose events
	Filter  Filter
	// State asks for what is, not for what happened: it is told once at the
	// beginning (with a cursor: if anything happened since), and then whenever
	// something did, however much that was.
	State bool
}

// News is what a turn tells.
type News struct {
	Cursor string  // what comes after it is told to whoever asks with it
	Event  *Stored // nil for a state of which no event is known yet
}

// Next looks for what a turn tells; nil when there is nothing yet. It is called
// once in a turn, after the use case found that the viewer may follow.
func (s *Streams) Next(ctx context.Context, a Ask) (news *News, err error) {
	turn, err := turnOf(ctx)
	if err != nil {
		return nil, err
	}
	if turn.viewer, err = viewer.From(ctx); err != nil {
		return nil, err
	}
	scope := paging.Scope(turn.viewer.Tenant.String(), turn.viewer.User.String(), a.Name)
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		found, opening, err := turn.look(ctx, st, a, func(cursor string) (Position, error) { return DecodePosition(s.cursors, scope, cursor) })
		if err != nil || found == nil && !opening {
			return err
		}
		turn.more = !a.State
		news = &News{Cursor: turn.position.Encode(s.cursors, scope), Event: found}
		return nil
	})
	return news, err
}

// look finds the next event and moves the position behind it. A state looks at
// the last event alone and passes all the others; opening is true when it is
// told as it is, for the first time.
func (t *Turn) look(ctx context.Context, st Store, a Ask, decode func(string) (Position, error)) (found *Stored, opening bool, err error) {
	before, tips := t.position, Position{}
	switch {
	case before != nil:
	case a.Since != "":
		before, err = decode(a.Since)
	default:
		tips, err = st.EventTips(ctx, a.Tenants)
		if before, opening = tips, a.State; opening {
			before = Position{}
		}
	}
	if err != nil {
		return nil, false, err
	}
	// Tenants come and go: what a new one has published is news to this reader.
	t.position = make(Position, len(a.Tenants))
	for _, tenant := range a.Tenants {
		t.position[tenant] = before[tenant]
	}
	f := a.Filter
	f.Last = a.State
	found, err = st.EventAfter(ctx, t.position, f)
	if found != nil {
		t.position[found.Tenant] = found.Seq
	}
	for tenant, tip := range tips {
		t.position[tenant] = max(t.position[tenant], tip)
	}
	return found, opening, err
}
