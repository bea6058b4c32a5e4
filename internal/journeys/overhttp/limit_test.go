package overhttp_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/sample"
	"leitai/internal/wiring/edge"
)

// picture is a small photograph, another one for each shade.
func picture(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// limited gives the township a plan with nothing left of it.
func limited(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	k.Put(t, `INSERT INTO plan (key, name_zh, villages, storage_bytes) VALUES ('full', '已满', 1, 1)`)
	k.Put(t, `INSERT INTO tenant_plan (id, tenant_id, region, plan, since, set_by)
		SELECT gen_random_uuid(), t.id, t.region, 'full', now() - interval '1 day', t.id FROM tenant t WHERE t.id = $1`, k.TenantOf(t, sample.TownshipCode))
}

// A township that has used everything up plays a month to its publication:
// marks, confirmations, evidence of the open round and every step pass, by token
// and without a request left; what is new is refused.
func TestATenantAtItsLimitStillPublishes(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	limited(t, k)
	d.take(t, month)
	d.newIsRefused(t)
	if r := k.Upload(t, k.Token("J1"), "a.png", picture(t, 1), true); r.Code != http.StatusTooManyRequests || !strings.Contains(r.Body.String(), "PLAN_LIMIT") {
		t.Errorf("a file before the round: %d %s", r.Code, r.Body)
	}
	d.rubric(t)
	d.groups(t)
	d.notice(t)
	k.Clock.Set(calendar.MustDate("2023-05-04"), "08:30")
	d.open(t)
	d.pieces(t, k)
	d.marking(t)
	d.close(t)
	d.announced(t)
	k.Clock.Set(calendar.MustDate("2023-05-08"), "09:00")
	k.Put(t, `UPDATE plan SET requests = 1 WHERE key = 'full'`)
	if err := k.App.Hosting.Meter.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := d.ask(t, sample.Clerk, "rounds", nil); r.Status != http.StatusTooManyRequests || !slices.Contains(r.Codes(), "PLAN_LIMIT") {
		t.Errorf("a query by token: %d %s", r.Status, r.Body)
	}
	d.published(t)
	if err := k.App.Hosting.Meter.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := d.ask(t, sample.Approver, "plan-put", vars{"key": "x", "name": "x"}); !slices.Contains(r.Codes(), "PLAN_LIMIT") {
		t.Errorf("a mutation by token with no round under way: %s", r.Body)
	}
	peopleGoOn(t, k)
}

// newIsRefused: another competition, under a plan with fewer villages than there
// are; the warnings say why.
func (d *desk) newIsRefused(t *testing.T) {
	t.Helper()
	list, err := post(t, d.url, d.tokens[sample.Clerk], `{ templates(first: 1) { nodes { id } } }`, nil)
	if err != nil {
		t.Fatal(err)
	}
	template := list.Text(t, "templates", "nodes", 0, "id")
	d.refused(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "另一擂台", "template": template, "fromPeriod": "2024-01",
		"notice":       vars{"number": "1", "issuer": "乡党委", "date": "2023-10-01", "title": "通知"},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "title": "乡党委书记"}}, "offices": []string{}, "officeHead": ""}}}, "PLAN_LIMIT")
	used := d.must(t, sample.Approver, "usage", nil)
	if n := len(used.List(t, "usage", "warnings")); n != 1 || used.Int(t, "usage", "villages") != 12 {
		t.Errorf("usage: %s", used.Body)
	}
}

// pieces: a picture of the open round is kept, one that belongs to no round is
// not.
func (d *desk) pieces(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	file := k.Taken(t, "J1", "a.png", picture(t, 2))
	piece := vars{"competition": d.competition(t), "unitCode": code(0), "kind": "PHOTO", "takenOn": "2023-05-04", "file": file, "item": "party"}
	d.refused(t, "J1", "evidence-add", piece, "PLAN_LIMIT")
	piece["round"] = d.round
	d.must(t, "J1", "evidence-add", piece)
}

// peopleGoOn: who signed in is never refused for the requests of tokens.
func peopleGoOn(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	options := httpserver.Defaults()
	options.SecureCookies = false
	server := httptest.NewServer(edge.New(k.App, options).Handler())
	t.Cleanup(server.Close)
	clerk := signedInAt(t, server.URL, k.World.Person(sample.Clerk))
	clerk.must(t, "rounds", nil)
}
