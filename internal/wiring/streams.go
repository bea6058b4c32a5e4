package wiring

import (
	"cmp"
	"context"

	"leitai/internal/event"
	"leitai/internal/paging"
	"leitai/internal/postgres"
)

// follow makes what subscriptions read by, and what wakes them and those who hand
// out what happens. The database is listened to when the first of them waits.
func (a *App) follow(o Options, cursors paging.Codec) {
	a.Streams = event.NewStreams(postgres.Read[event.Store](a.DB), cursors)
	dsn := cmp.Or(o.ListenDSN, o.DSN)
	a.Hub = event.NewHub(func(ctx context.Context, h *event.Hub) { a.DB.Listen(ctx, dsn, h) })
}
