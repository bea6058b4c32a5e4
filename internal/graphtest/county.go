package graphtest

import (
	"path/filepath"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/sample"
)

// County is a county that has played its six months, at rest: nobody is
// connected to its database, so that services can be started on copies of it.
type County struct {
	DB    *dbtest.DB
	keys  *config.Keys
	files string // where pictures and papers lie; copies read the same
	world *sample.World
	at    time.Time
}

// Rest plays a county and stops its service. The divisions have room for more
// townships than have a tenant.
func Rest(t testing.TB) *County {
	t.Helper()
	k := &Kit{DB: dbtest.New(t), Clock: sample.NewClock(time.Now(), time.Now)}
	k.divisions(t, sample.SchemesTable())
	c := &County{DB: k.DB, keys: keys(t), files: "file://" + filepath.ToSlash(t.TempDir()) + "?create_dir=true&no_tmp_dir=true&metadata=skip"}
	k.serve(t, Setting{Keys: c.keys, Files: c.files})
	var err error
	if c.world, err = sample.Build(t.Context(), k.App, k.Clock); err != nil {
		t.Fatal(err)
	}
	if err := c.world.Play(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.at = k.Clock.Now()
	if err := k.App.Close(); err != nil {
		t.Fatal(err)
	}
	return c
}

// Changed gives a copy of the county in which something was done by its service.
func (c *County) Changed(t testing.TB, do func(k *Kit)) *County {
	t.Helper()
	with := c.Copy(t)
	k := &Kit{DB: with.DB, Clock: sample.NewClock(c.at, func() time.Time { return time.Time{} })}
	k.serve(t, Setting{Keys: c.keys, Files: c.files})
	k.World = c.world.On(k.App, k.Clock)
	do(k)
	with.world = k.World
	if err := k.App.Close(); err != nil {
		t.Fatal(err)
	}
	return with
}

// Copy gives the county once more, to be changed.
func (c *County) Copy(t testing.TB) *County {
	t.Helper()
	other := *c
	other.DB = c.DB.Copy(t)
	return &other
}

// Open starts a service on a copy of the county. Its business clock stands
// still, so that two of them answer alike.
func (c *County) Open(t testing.TB, s Setting) *Kit {
	t.Helper()
	k := &Kit{DB: c.DB.Copy(t), Clock: sample.NewClock(c.at, func() time.Time { return time.Time{} })}
	s.Keys, s.Files = c.keys, c.files
	k.serve(t, s)
	k.World = c.world.On(k.App, k.Clock)
	return k
}

// Fill gives the township a row in every table in which the played months left
// none, so that nothing of the schema is without an owner.
func (c *County) Fill(t testing.TB) {
	t.Helper()
	pool := c.DB.Admin(t)
	defer func() { _ = pool.Close() }()
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	runner(t, conn)(`SELECT set_config('session_replication_role', 'replica', false)`)
	s := &synth{db: conn, all: tables(t, conn), tenant: c.Township(t, conn), busy: map[string]bool{}}
	for _, failed := range s.fill(t) {
		t.Errorf("no row could be made of %s", failed)
	}
	// A token that is held to registered operations would be crawled in vain.
	runner(t, conn)(`UPDATE trusted_mode SET lifted_at = set_at, lifted_by = set_by`)
}
