package wiring

import (
	"leitai/internal/archive"
	"leitai/internal/postgres"
)

// archives makes the use cases of whole tenants and of the erasure of persons.
func (a *App) archives(o Options) {
	a.Archives = archive.New(archive.Config{Write: postgres.Write[archive.Store](a.DB), Read: postgres.Read[archive.Store](a.DB),
		Gate: a.Gate, Files: a.Files, Signer: a.Signer, Now: a.Now, GraceDays: o.GraceDays})
}
