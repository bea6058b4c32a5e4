package data_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/bench/data"
	"leitai/internal/dbtest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/wiring"
)

// ofKind gives the tokens of a kind.
func ofKind(r data.Report, kind string) []data.Token {
	var all []data.Token
	for _, t := range r.Tokens {
		if t.Kind == kind {
			all = append(all, t)
		}
	}
	return all
}

func TestAMonthBeingMarkedTakesMarksOfTheClerkAlone(t *testing.T) {
	t.Parallel()
	db, k := dbtest.New(t), keys(t)
	o := tiny(db.MaintDSN, k)
	o.Open = 2
	report := made(t, o)
	app := open(t, db, k, o.Now)
	clerks, dashboards := ofKind(report, "clerk"), ofKind(report, "township")
	if len(clerks) != 2 || clerks[0].Tenant != dashboards[0].Tenant {
		t.Fatalf("%d clerks", len(clerks))
	}
	maint := db.Maint(t)
	var id, judge uuid.UUID
	var code string
	err := maint.QueryRow(`SELECT r.id, m.person_id, u.code FROM round r JOIN panel_member m ON m.round_id = r.id JOIN entry e ON e.round_id = r.id JOIN unit u ON u.id = e.unit_id
		WHERE r.tenant_id = $1 AND r.period = '2026-02' AND r.state = 'open' ORDER BY e.position LIMIT 1`, clerks[0].Tenant).Scan(&id, &judge, &code)
	if err != nil {
		t.Fatal(err)
	}
	submit := func(ctx context.Context, app *wiring.App) error {
		_, err := app.Rounds.SubmitMarks(ctx, id, []round.MarkInput{{ID: uuid.New(), UnitCode: code, Item: "item-01", Channel: "onsite", Value: exact.Int(90), Judge: &judge}})
		return err
	}
	with(t, app, dashboards[0].Token, func(ctx context.Context) {
		if err := submit(ctx, app); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("the dashboard enters marks: %v", err)
		}
	})
	with(t, app, clerks[1].Token, func(ctx context.Context) {
		if err := submit(ctx, app); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("the neighbour enters marks: %v", err)
		}
	})
	with(t, app, clerks[0].Token, func(ctx context.Context) {
		if err := submit(ctx, app); err != nil {
			t.Errorf("the clerk: %v", err)
		}
	})
	var published, marks int
	err = maint.QueryRow(`SELECT count(*) FILTER (WHERE state = 'published'), (SELECT count(*) FROM mark) FROM round`).Scan(&published, &marks)
	if err != nil || published != report.Rounds || marks != report.Marks+1 {
		t.Errorf("%d rounds published of %d, %d marks, %v", published, report.Rounds, marks, err)
	}
}

func TestTheOutskirtsAddTenantsAndChangeNothingElse(t *testing.T) {
	t.Parallel()
	k := keys(t)
	small, large := dbtest.New(t), dbtest.New(t)
	o := tiny(small.MaintDSN, k)
	before := made(t, o)
	o.DSN, o.More, o.Grants = large.MaintDSN, 3, 1000
	after := made(t, o)
	if after.Counties != before.Counties+3 || after.Townships != before.Townships+3 || after.Rounds != before.Rounds+3 {
		t.Errorf("%+v", after)
	}
	const old = `SELECT md5(string_agg(s::text, '' ORDER BY s.id)) FROM standing s WHERE s.tenant_id::text = ANY (string_to_array($1, ','))`
	list := ofKind(before, "township")[0].Tenant + "," + ofKind(before, "township")[1].Tenant
	var a, b string
	if err := small.Maint(t).QueryRow(old, list).Scan(&a); err != nil {
		t.Fatal(err)
	}
	if err := large.Maint(t).QueryRow(old, list).Scan(&b); err != nil || a != b {
		t.Errorf("the province's boards changed: %s, %s, %v", a, b, err)
	}
	var grants, least, most int
	err := large.Maint(t).QueryRow(`SELECT sum(n), min(n), max(n) FROM (SELECT count(g.id) n FROM tenant t LEFT JOIN role_grant g ON g.tenant_id = t.id GROUP BY t.id) x`).Scan(&grants, &least, &most)
	if err != nil || grants != 1000+2*(after.Counties+after.Townships) || most-least > 1 {
		t.Errorf("%d grants, %d to %d a tenant, %v", grants, least, most, err)
	}
	app := open(t, large, k, o.Now)
	far := ofKind(after, "township")
	with(t, app, far[len(far)-1].Token, func(ctx context.Context) {
		var id uuid.UUID
		if err := large.Maint(t).QueryRow(`SELECT id FROM round WHERE tenant_id = $1`, far[len(far)-1].Tenant).Scan(&id); err != nil {
			t.Fatal(err)
		}
		if b, err := app.Rounds.Board(ctx, id, 0); err != nil || len(b.Rows) != 3 {
			t.Errorf("a small township's board: %v", err)
		}
	})
}
