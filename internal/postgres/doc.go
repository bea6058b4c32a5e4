// Package postgres owns how leitai is stored: transactions that know for whom
// they read and write, the retry of what PostgreSQL asks to be tried again, the
// stores that use cases, authz and audit declare, and the read models.
//
// It does not own a rule (pure rooms do), what may be done (authz and the use
// cases do) or the tables (migrations do). It is the only room that names
// ent/gen.
//
// A request reads in one transaction and writes in transactions of its own:
//
//	ctx, request, who, err := db.Begin(ctx, credential) // BEGIN and the opening statement
//	defer request.End()
//	read := postgres.Read[round.Store](db)              // uses the request's transaction
//	write := postgres.Write[round.Store](db)            // one transaction a call
//
// Every transaction opens with one statement that looks the credential up again
// and sets the four settings that row-level security reads; without it a tenant
// table shows no row and takes none. Above row-level security ent's client adds
// its own filter and its own check of what is written (guard.go).
//
// One tenant has one writer at a time: a writing transaction first takes an
// advisory lock of its tenant. What a use case checked is therefore still true
// when it writes, and the audit's chain never forks. Tenants do not wait for
// each other.
package postgres
