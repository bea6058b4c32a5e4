// Package inbox owns what a person is told without asking: which events concern
// whom, the items in each person's inbox, which of them are still shown, what
// has been read, and of which kinds somebody wants none.
//
// An item is made for each person an event concerns at that moment: those whom
// the event names, and those who hold a permission where it happened. It keeps
// that permission and place, and is shown only as long as its owner holds it:
// who lost the right no longer sees the item. An item holds no words of its own;
// its sentence is made of the kind and a few numbers when it is read.
//
// It does not own what happened (event), the sentences (phrase), or what the item
// leads to, which decides anew who may see it.
package inbox

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/event"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Anywhere(ctx context.Context, p authz.Permission) error
}

// Item is one thing that one person is told.
type Item struct {
	ID         uuid.UUID
	Kind       string
	Needs      Right
	About      uuid.UUID // the unit where it happened
	Unit       string    // its name
	ObjectKind string
	Object     uuid.UUID
	Facts      json.RawMessage // numbers and codes for the sentence
	CreatedAt  time.Time
	ReadAt     *time.Time
}

// Right is what the owner of an item must hold to see it.
type Right struct {
	Permission authz.Permission // "": the item is for the person alone
	Unit       *uuid.UUID       // nil: anywhere in the tenant
}

// Draft is an item to be given to people.
type Draft struct {
	Source     uuid.UUID // nobody is told twice of one source
	Kind       string
	Needs      Right
	About      uuid.UUID
	ObjectKind string
	Object     uuid.UUID
	Facts      json.RawMessage
}

// Due is an issue that fell overdue.
type Due struct {
	Issue       uuid.UUID
	Unit        uuid.UUID
	Number      int
	Responsible uuid.UUID // the person; uuid.Nil: none
}

// Store is what the use cases need of one open transaction in a tenant.
type Store interface {
	// InboxRights lists what the items of a user need, each once.
	InboxRights(ctx context.Context, user uuid.UUID) ([]Right, error)
	// InboxPage lists items of a user that need one of the rights, newest first.
	InboxPage(ctx context.Context, user uuid.UUID, unread bool, rights []Right, w paging.Window) ([]*Item, error)
	// InboxItem is one item of a user; NOT_FOUND otherwise.
	InboxItem(ctx context.Context, user, id uuid.UUID) (*Item, error)
	// InboxUnread counts them, up to a bound.
	InboxUnread(ctx context.Context, user uuid.UUID, rights []Right, most int) (int, error)
	// ReadInbox marks items as read: those named, or all that need one of the rights.
	ReadInbox(ctx context.Context, user uuid.UUID, ids []uuid.UUID, rights []Right, at time.Time) (int, error)
	InboxMuted(ctx context.Context, user uuid.UUID) ([]string, error)
	MuteInbox(ctx context.Context, id, user uuid.UUID, kinds []string) error

	// InboxEvents lists events after those that people were told of.
	InboxEvents(ctx context.Context, most int) ([]*event.Stored, error)
	// InboxUsers lists the users with a grant in the tenant, each with the person.
	InboxUsers(ctx context.Context, most int) ([]User, error)
	// GiveInbox keeps an item for each user that wants its kind, and says who got one.
	GiveInbox(ctx context.Context, d Draft, users []uuid.UUID, at time.Time) ([]uuid.UUID, error)
	// PassInbox remembers the last event that people were told of.
	PassInbox(ctx context.Context, last int64) error
	// DueIssues lists open issues whose due date lies in the days after the last
	// look and before today, and remembers today.
	DueIssues(ctx context.Context, today int64) ([]Due, error)
}

// User is somebody who may be told.
type User struct{ User, Person uuid.UUID }

// Queue is what is to be done in any tenant.
type Queue interface {
	// InboxBehind lists tenants with events that nobody was told of yet.
	InboxBehind(ctx context.Context, most int) ([]uuid.UUID, error)
	// OverdueBehind lists tenants whose due dates were not looked at today.
	OverdueBehind(ctx context.Context, now time.Time, most int) ([]uuid.UUID, error)
	// SweepInbox removes items of before a moment.
	SweepInbox(ctx context.Context, before time.Time, most int) (int, error)
}

// Work runs one transaction in the viewer's tenant; it may be run again.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Queues runs one transaction of no tenant.
type Queues func(ctx context.Context, do func(ctx context.Context, q Queue) error) error

// Within runs work as the program itself in a tenant.
type Within func(ctx context.Context, tenant uuid.UUID, do func(ctx context.Context) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Queue       Queues
	Within      Within
	Gate        Gate
	Cursors     paging.Codec
	Now         func() time.Time // business time
	Logger      *slog.Logger
}

// Service is the use cases of the inbox.
type Service struct{ c Config }

// New makes the use cases.
func New(c Config) *Service {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{c}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.c.Now().UTC().Truncate(time.Microsecond) }

// as is the context of somebody else who works in the same tenant: what they may
// do is decided with their live grants.
func as(ctx context.Context, user User) (context.Context, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return ctx, err
	}
	other := *v
	other.User, other.Person = user.User, user.Person
	return viewer.With(ctx, &other), nil
}

// holds says whether the viewer of a context holds a right.
func (s *Service) holds(ctx context.Context, r Right) bool {
	switch {
	case r.Permission == "":
		return true
	case r.Unit == nil:
		return s.c.Gate.Anywhere(ctx, r.Permission) == nil
	}
	return s.c.Gate.May(ctx, r.Permission, *r.Unit)
}
