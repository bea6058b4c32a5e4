// Package wiring owns putting the rooms together: it makes the use cases of a
// database with one clock, one set of keys and one memory of grants, so that
// the server, the demonstration and the tests run the same program.
//
// It owns nothing else: no rule, no setting, no default of its own.
package wiring

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"leitai/internal/agenda"
	"leitai/internal/archive"
	"leitai/internal/authz"
	"leitai/internal/blob"
	"leitai/internal/bulletin"
	"leitai/internal/comparison"
	"leitai/internal/config"
	"leitai/internal/consequences"
	"leitai/internal/contest"
	"leitai/internal/event"
	"leitai/internal/evidence"
	"leitai/internal/export"
	"leitai/internal/facts"
	"leitai/internal/figures"
	"leitai/internal/hosting"
	"leitai/internal/idempotency"
	"leitai/internal/identity"
	"leitai/internal/inbox"
	"leitai/internal/issues"
	"leitai/internal/jobs"
	"leitai/internal/paging"
	"leitai/internal/persisted"
	"leitai/internal/postgres"
	"leitai/internal/postgres/migrate"
	"leitai/internal/programme"
	"leitai/internal/rights"
	"leitai/internal/round"
	"leitai/internal/search"
	"leitai/internal/teams"
	"leitai/internal/telemetry"
	"leitai/internal/tenancy"
	"leitai/internal/visits"
	"leitai/internal/voting"
	"leitai/internal/webhook"
	"leitai/migrations"
)

// Options is what a program decides.
type Options struct {
	DSN string // of leitai_app
	// ListenDSN leads to the database itself where DSN goes by a PgBouncer in
	// transaction mode, in which nobody can listen; empty: DSN does.
	ListenDSN string
	Database  postgres.Options
	Keys      config.Keys
	Live      *config.Live     // keys that rotate while the program runs, instead of Keys
	Now       func() time.Time // business time
	Logger    *slog.Logger
	Metrics   *telemetry.Metrics
	Traces    *telemetry.Traces // nil: none
	Argon2    identity.Argon2Options
	Throttle  identity.ThrottleOptions
	SignIn    SignIn
	Issuers   identity.Issuers // of external identities; nil: none
	// Around puts a gate around the one that decides. Tests alone set it, to see
	// what the layers below hold without it; no setting of a program reaches it.
	Around    func(Gate) Gate
	Webhooks  Webhooks
	GraceDays int    // between the confirmation of a tenant's end and the end; 0: 30
	Files     string // where files lie, for example file:///var/lib/leitai/files; empty: in memory, for tests
}

// Gate is all that use cases and the contract ask of authorisation.
type Gate interface {
	authz.Decider
	// RolesWith lists the roles that give a permission.
	RolesWith(p authz.Permission) []authz.Role
	// Held lists the roles of the viewer with their units.
	Held(ctx context.Context) []authz.Holding
	// Permitted lists what the viewer holds at any unit of the tenant, sorted.
	Permitted(ctx context.Context) []authz.Permission
	// BeyondOwn lists what the viewer may not put into one of the tenant's own roles.
	BeyondOwn(ctx context.Context, permissions []authz.Permission) []authz.Permission
	// Given lists what a role gives in the viewer's tenant.
	Given(ctx context.Context, role authz.Role) ([]authz.Permission, bool)
	// RoleNamed describes a role of the viewer's tenant, built in or its own.
	RoleNamed(ctx context.Context, role authz.Role) (authz.RoleInfo, bool)
	// Givable refuses what cannot be given in the viewer's tenant at a unit of a level.
	Givable(ctx context.Context, role authz.Role, level string, dimensions []string) error
	// Over says whether the viewer holds a permission over a unit and all dimensions.
	Over(ctx context.Context, p authz.Permission, unit uuid.UUID, dimensions []string) bool
	// Explain says what one grant of the viewer's tenant is worth at a unit.
	Explain(ctx context.Context, g authz.Grant, p authz.Permission, unit uuid.UUID) (gives, wide bool)
}

// SignIn is the operator's policy; zeros take the defaults of identity.
type SignIn struct {
	Passwords      identity.PasswordPolicy
	Idle, Absolute time.Duration // of a session
}

// App is the use cases of a running program.
type App struct {
	keys *config.Live

	DB           *postgres.DB
	Authz        *authz.Authz
	Gate         Gate // what every use case and the contract ask: Authz, unless Options.Around says otherwise
	Identity     *identity.Service
	Tenancy      *tenancy.Service
	Hosting      *hosting.Service
	Programme    *programme.Service
	Rights       *rights.Service
	Rounds       *round.Service
	Consequences *consequences.Service
	Comparison   *comparison.Service
	Issues       *issues.Service
	Voting       *voting.Service
	Teams        *teams.Service
	Archives     *archive.Service
	Jobs         *jobs.Service
	Exports      *export.Service
	Runner       *jobs.Runner // the workers of jobs
	Facts        *facts.Service
	Trusted      *persisted.Service // operations
	Idempotency  *idempotency.Service
	Papers       *bulletin.Service
	Evidence     *evidence.Service
	Visits       *visits.Service
	Search       *search.Service
	Agenda       *agenda.Service
	Streams      *event.Streams // for subscriptions
	Hub          *event.Hub     // wakes them
	Webhooks     *webhook.Service
	Inbox        *inbox.Service
	Files        *blob.Store
	Signer       contest.Signer
	Now          func() time.Time
	Logger       *slog.Logger
	Metrics      *telemetry.Metrics
	Traces       *telemetry.Traces
	Figures      *figures.Keeper // of all tenants together; Work runs it
}

// New opens the database and makes the use cases; Close gives the database back.
func New(ctx context.Context, o Options) (*App, error) {
	gate, err := authz.New(o.Now)
	if err != nil {
		return nil, err
	}
	newest, err := migrate.Newest(migrations.Files)
	if err != nil {
		return nil, err
	}
	o.Database.DraftRoles, o.Database.Schema, o.Database.Traced = gate.DraftRoles(), newest, true
	o.Database.Logger, o.Database.Now = o.Logger, o.Now
	o.Database.Waited, o.Database.Crossed = o.Metrics.Waited("database"), o.Metrics.Crossed()
	gate.Crossed = func() { o.Database.Crossed("authorization") }
	db, err := postgres.Open(ctx, o.DSN, o.Database)
	if err != nil {
		return nil, err
	}
	o.Metrics.Places("database", func() (held, waiting, most int) {
		n := db.Places()
		return n.Held, n.Waiting, n.Most
	})
	o.Metrics.Connections(func() (used, idle, most int) {
		n := db.Stats()
		return n.InUse, n.Idle, n.MaxOpenConnections
	})
	db.OnOpen(gate.Refresh)
	live := cmp.Or(o.Live, config.Fixed(o.Keys))
	o.Keys = live.Keys()
	app := &App{keys: live, DB: db, Authz: gate, Gate: gate, Signer: contest.NewSigner(o.Keys.SigningID, o.Keys.Signing), Now: o.Now, Logger: o.Logger, Metrics: o.Metrics, Traces: o.Traces}
	if o.Around != nil {
		app.Gate = o.Around(gate)
	}
	cursors := paging.Codec{Live: live.Cursors}
	app.identify(o, cursors)
	app.host(cursors)
	app.contests(cursors)
	app.overview()
	if err := app.observations(ctx, o, cursors); err != nil {
		_ = db.Close() // the first error is the one to tell
		return nil, err
	}
	app.archives(o)
	app.follow(o, cursors)
	app.facts(cursors)
	app.transport(cursors)
	app.telling(o, cursors)
	app.longWork(cursors)
	app.figures()
	return app, nil
}

// Close ends what is followed, writes the last counts and closes every connection
// and the store of files.
func (a *App) Close() error {
	a.Hub.Close()
	return errors.Join(a.lastCounts(), a.DB.Close(), a.Files.Close(), a.Traces.Close())
}

// identify makes the use cases of who asks.
func (a *App) identify(o Options, cursors paging.Codec) {
	hasher := identity.NewArgon2(o.Argon2)
	if o.Metrics != nil {
		hasher.Observe(o.Metrics.HashMemory())
	}
	a.Identity = identity.New(identity.Config{
		Write: postgres.Write[identity.Store](a.DB), Read: postgres.Read[identity.Store](a.DB), Outside: postgres.Outside[identity.Directory](a.DB),
		Within:  postgres.Within(a.DB),
		Secrets: a.keys.Secrets, Issuers: o.Issuers, Passwords: o.SignIn.Passwords, Idle: o.SignIn.Idle, Absolute: o.SignIn.Absolute,
		Admit: postgres.Invited(a.DB), Cursors: cursors, Gate: a.Gate, Hasher: hasher, Throttle: o.Throttle,
		Now:      time.Now, //nolint:forbidigo // sessions and tokens live in real time, whatever the business clock says
		Business: a.Now,
	})
}

// contests makes the use cases of what a tenant does.
func (a *App) contests(cursors paging.Codec) {
	a.Tenancy = tenancy.New(tenancy.Config{Write: postgres.Write[tenancy.Store](a.DB), Read: postgres.Read[tenancy.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors})
	a.Rights = rights.New(rights.Config{Write: postgres.Write[rights.Store](a.DB), Read: postgres.Read[rights.Store](a.DB), Gate: a.Gate, Now: a.Now})
	a.Programme = programme.New(programme.Config{Write: postgres.Write[programme.Store](a.DB), Read: postgres.Read[programme.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors, Presets: library, Admit: a.Hosting.AdmitCompetition})
	a.Consequences = consequences.New(consequences.Config{Write: postgres.Write[consequences.Store](a.DB), Read: postgres.Read[consequences.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors})
	a.Issues = issues.New(issues.Config{Write: postgres.Write[issues.Store](a.DB), Read: postgres.Read[issues.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors})
	a.Voting = voting.New(voting.Config{Write: postgres.Write[voting.Store](a.DB), Read: postgres.Read[voting.Store](a.DB),
		Outside: postgres.Outside[voting.Box](a.DB), Gate: a.Gate, Now: a.Now})
	a.Teams = teams.New(teams.Config{Write: postgres.Write[teams.Store](a.DB), Read: postgres.Read[teams.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors})
	a.Papers = bulletin.New(bulletin.Config{Write: postgres.Write[bulletin.Store](a.DB), Read: postgres.Read[bulletin.Store](a.DB), Gate: a.Gate, Now: a.Now})
	a.Rounds = round.New(round.Config{Write: postgres.Write[round.Store](a.DB), Read: postgres.Read[round.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors, Seal: a.timed(a.seal), Settle: a.settle,
		Public: postgres.Public[round.PublicStore](a.DB), LinkKeys: a.keys.Cursors, Refused: a.Metrics.Rounds().PublishRefused})
	a.Comparison = comparison.New(comparison.Config{Write: postgres.Write[comparison.Store](a.DB), Read: postgres.Read[comparison.Store](a.DB), Gate: a.Gate, Now: a.Now})
}

// seal signs with the key of the moment, one and the same for the whole bundle.
func (a *App) seal(in contest.Input) (round.Bundles, *contest.Result, error) {
	now := a.keys.Keys()
	return round.SealWith(contest.NewSigner(now.SigningID, now.Signing))(in)
}

// timed measures how long computing and signing a round takes.
func (a *App) timed(seal round.Seal) round.Seal {
	return func(in contest.Input) (round.Bundles, *contest.Result, error) {
		begun := time.Now()                                      //nolint:forbidigo // a duration of the machine
		defer func() { a.Metrics.Computed(time.Since(begun)) }() //nolint:forbidigo // a duration of the machine
		return seal(in)
	}
}

// settle hands a publication over to what follows from it, in its transaction.
func (a *App) settle(ctx context.Context, of round.Settlement) error {
	a.Metrics.Published(of.Revision > 1)
	a.burdened(of)
	if err := a.total(ctx, of); err != nil {
		return err
	}
	return a.Consequences.Settle(ctx, consequences.Settlement{
		Tenant: of.Tenant, Competition: of.Competition, Round: of.Round, Period: of.Period, Held: of.Held, Revision: of.Revision, ApprovedBy: of.ApprovedBy, At: of.At,
		Template: of.Template, Result: of.Result, Previous: of.Previous, Units: of.Units, Persons: of.Persons, Subjects: of.Subjects,
	})
}
