package inbox

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// asked is who reads the own inbox. Nobody reads another's.
func (s *Service) asked(ctx context.Context, p authz.Permission) (*viewer.Viewer, error) {
	if err := s.c.Gate.Anywhere(ctx, p); err != nil {
		return nil, err
	}
	return viewer.From(ctx)
}

// shown lists the rights of the viewer's items that the viewer still holds.
func (s *Service) shown(ctx context.Context, st Store, user uuid.UUID) ([]Right, error) {
	rights, err := st.InboxRights(ctx, user)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rights, func(r Right) bool { return !s.holds(ctx, r) }), nil
}

// List is a page of the viewer's inbox, newest first.
func (s *Service) List(ctx context.Context, unread bool, args paging.Args) (page paging.Page[*Item], err error) {
	v, err := s.asked(ctx, authz.InboxRead)
	if err != nil {
		return page, err
	}
	scope := paging.Scope("inbox", v.Tenant.String(), v.User.String(), strconv.FormatBool(unread))
	window, err := s.c.Cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.c.Read(ctx, func(ctx context.Context, st Store) error {
		rights, err := s.shown(ctx, st, v.User)
		if err != nil {
			return err
		}
		rows, err := st.InboxPage(ctx, v.User, unread, rights, window)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, window, func(i *Item) string { return s.c.Cursors.Encode(scope, paging.Text(i.ID.String())) })
		return nil
	})
	return page, err
}

// ByID reads one item of the viewer.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (i *Item, err error) {
	v, err := s.asked(ctx, authz.InboxRead)
	if err != nil {
		return nil, err
	}
	err = s.c.Read(ctx, func(ctx context.Context, st Store) (err error) {
		if i, err = st.InboxItem(ctx, v.User, id); err == nil && !s.holds(ctx, i.Needs) {
			err = fault.New(fault.NotFound)
		}
		return err
	})
	return i, err
}

// MostUnread is where counting ends: who has more has many.
const MostUnread = 999

// Unread counts what the viewer has not read, up to MostUnread: 0 for who has no
// inbox, so that asking for it never keeps anybody from what they may do.
func (s *Service) Unread(ctx context.Context) (n int, err error) {
	v, err := s.asked(ctx, authz.InboxRead)
	if fault.CodeOf(err) == fault.Forbidden {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	err = s.c.Read(ctx, func(ctx context.Context, st Store) error {
		rights, err := s.shown(ctx, st, v.User)
		if err != nil {
			return err
		}
		n, err = st.InboxUnread(ctx, v.User, rights, MostUnread)
		return err
	})
	return n, err
}

// mostRead bounds how many items are named in one call.
const mostRead = 200

// Read marks items of the viewer as read, or all; what is not the viewer's, or is
// no longer shown, is passed over. It says how many there were.
func (s *Service) Read(ctx context.Context, ids []uuid.UUID, all bool) (n int, err error) {
	v, err := s.asked(ctx, authz.InboxWrite)
	switch {
	case err != nil:
		return 0, err
	case all == (len(ids) > 0):
		return 0, fault.New(fault.InboxIdsOrAll).At("ids")
	case len(ids) > mostRead:
		return 0, fault.New(fault.Invalid, "value", strconv.Itoa(len(ids)), "want", "≤ "+strconv.Itoa(mostRead)).At("ids")
	}
	err = s.c.Write(ctx, func(ctx context.Context, st Store) error {
		rights, err := s.shown(ctx, st, v.User)
		if err != nil {
			return err
		}
		if n, err = st.ReadInbox(ctx, v.User, ids, rights, s.moment()); err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, "inbox:read", "user", v.User, map[string]any{"items": n})
	})
	return n, err
}

// Muted lists the kinds of which the viewer wants none.
func (s *Service) Muted(ctx context.Context) (kinds []string, err error) {
	v, err := s.asked(ctx, authz.InboxRead)
	if err != nil {
		return nil, err
	}
	err = s.c.Read(ctx, func(ctx context.Context, st Store) (err error) {
		kinds, err = st.InboxMuted(ctx, v.User)
		return err
	})
	return kinds, err
}

// Mute says of which kinds the viewer wants none from now on.
func (s *Service) Mute(ctx context.Context, kinds []string) ([]string, error) {
	v, err := s.asked(ctx, authz.InboxWrite)
	if err != nil {
		return nil, err
	}
	known := Kinds()
	var bad fault.List
	for i, kind := range kinds {
		if !slices.Contains(known, kind) {
			bad = append(bad, fault.New(fault.InboxKindUnknown, "value", kind).At("muted[%d]", i))
		}
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	kinds = append([]string{}, kinds...)
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	err = s.c.Write(ctx, func(ctx context.Context, st Store) error {
		if err := st.MuteInbox(ctx, newID(), v.User, kinds); err != nil {
			return err
		}
		return audit.Record(ctx, "inbox:mute", "user", v.User, map[string]any{"muted": kinds})
	})
	return kinds, err
}
