package wiring

import (
	"time"

	"leitai/internal/idempotency"
	"leitai/internal/paging"
	"leitai/internal/persisted"
	"leitai/internal/postgres"
)

// transport makes what GraphQL over HTTP keeps of a tenant: registered
// operations, and the keys of mutations that may be sent again.
func (a *App) transport(cursors paging.Codec) {
	a.Trusted = persisted.New(persisted.Config{Write: postgres.Write[persisted.Store](a.DB), Read: postgres.Read[persisted.Store](a.DB),
		Gate: a.Gate, Cursors: cursors, Now: time.Now}) //nolint:forbidigo // what programs may ask counts in real time, like their tokens
	a.Idempotency = idempotency.New(postgres.Write[idempotency.Store](a.DB), a.keys.Secrets, time.Now) //nolint:forbidigo // a key is kept for a day of the machine
}
