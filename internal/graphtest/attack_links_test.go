package graphtest_test

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/evidence"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
	"leitai/internal/wiring"
)

// A signed link opens its file for a minute and no longer, even for whoever it
// was made for; links grow old in real time, so one that is old is signed here
// with the program's own secret.
// covers T18
func TestALinkLivesAMinute(t *testing.T) {
	t.Parallel()
	k, secrets := ownKeys(t, graphtest.New(t))
	id := k.Taken(t, "S1", "院落.jpg", photo(t, 7))
	reader := &viewer.Viewer{Tenant: k.TenantOf(t, sample.TownshipCode), User: k.Key(t, `SELECT id FROM app_user WHERE login = $1`, k.World.Person("S1").Login)}
	file := &evidence.File{ID: k.Key(t, `SELECT id FROM evidence_file`), MediaType: "image/jpeg", Name: "a.jpg",
		Key: k.Strings(t, `SELECT key FROM evidence_file`)[0]}
	for name, c := range map[string]struct {
		age     time.Duration
		secrets [][]byte
		want    int
	}{
		"fresh":                     {0, secrets, http.StatusOK},
		"a minute old":              {evidence.LinkLife + time.Second, secrets, http.StatusForbidden},
		"of yesterday":              {24 * time.Hour, secrets, http.StatusForbidden},
		"signed with another's key": {0, [][]byte{make([]byte, 32)}, http.StatusForbidden},
	} {
		links := evidence.New(evidence.Config{Clock: func() time.Time { return time.Now().Add(-c.age) }, Secrets: func() [][]byte { return c.secrets }})
		link, err := links.Link(viewer.With(t.Context(), reader), file, false)
		if err != nil {
			t.Fatal(err)
		}
		for who, token := range map[string]string{"nobody": "", "its reader": k.Token("S1")} {
			if got := k.Get(t, token, "/evidence/"+id+"?pass="+link); got.Code != c.want {
				t.Errorf("%s, for %s: %d, want %d", name, who, got.Code, c.want)
			}
		}
	}
}

// ownKeys is the county behind a program whose secrets the test knows.
func ownKeys(t *testing.T, k *graphtest.Kit) (*graphtest.Kit, [][]byte) {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	app, err := wiring.New(t.Context(), wiring.Options{DSN: k.DB.AppDSN, Keys: keys, Now: k.Clock.Now,
		Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("links"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return k.Beside(app), keys.Cursors
}
