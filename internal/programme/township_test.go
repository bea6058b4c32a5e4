package programme_test

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/programme"
)

const document = `
schemaVersion: 1
key: monthly-arena
name: {zh-Hans: 擂台比武月评比, en: Monthly arena}
basis: [{title: 演示通知, number: 演委发〔2023〕1号, issuer: 演示乡党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30, clamp: month-end, roll: next-workday, period: nominal}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum}
channels:
  onsite: {name: 现场督查, weight: 40, judges: {min: 2, combine: mean}, range: [0, 100], step: 0.5}
  ledger: {name: 资料台账, weight: 60, judges: {min: 1, combine: single}, reception: true}
rubric: per-round
panels: {groups: 3, minMembers: 2, seconded: {count: 4, choose: assigned, seat: inside}, recuse: [own-village]}
bands:
  top: {best: 3, ties: inclusive, small: half}
  bottom: {worst: 3, ties: exclusive, small: half}
streaks:
  bottom-twice: {band: bottom, length: 2, after: continue}
outcomes:
  - {when: top, do: points, by: rank, values: [5, 4, 3], to: [linked-leader, resident-cadre, village]}
announce: {objectionDays: 3, audience: township}
`

// gate allows what a test names.
type gate map[authz.Permission]bool

func (g gate) Require(_ context.Context, p authz.Permission, _ uuid.UUID) error {
	if !g[p] {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}

func (g gate) May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool {
	return g.Require(ctx, p, unit) == nil
}

// township is a township's programme on a real database.
type township struct {
	t                    *testing.T
	db                   *postgres.DB
	maint                *sql.DB
	gate                 gate
	use                  *programme.Service
	tenant, user, person uuid.UUID
	other                uuid.UUID // a person of another tenant
}

func newTownship(t *testing.T) *township {
	t.Helper()
	base := dbtest.New(t)
	db, err := postgres.Open(t.Context(), base.AppDSN, postgres.Options{})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	cursors := paging.Codec{Keys: [][]byte{bytes.Repeat([]byte{7}, 32)}}
	w := &township{t: t, db: db, maint: base.Maint(t), tenant: fresh(), user: fresh(), person: fresh(), other: fresh(), gate: gate{
		authz.TemplateRead: true, authz.TemplateWrite: true, authz.TemplateActivate: true, authz.CompetitionRead: true, authz.CompetitionWrite: true,
		authz.RoundPlan: true, authz.RoundRead: true,
	}}
	w.use = programme.New(programme.Config{
		Write: postgres.Write[programme.Store](db), Read: postgres.Read[programme.Store](db), Gate: w.gate, Cursors: cursors,
		Now:     func() time.Time { return time.Date(2023, 4, 25, 1, 0, 0, 0, time.UTC) },
		Presets: func() ([]programme.Preset, error) { return []programme.Preset{preset}, nil },
	})
	for code, tenant := range map[string]uuid.UUID{"990101101": w.tenant, "990101102": fresh()} {
		unit, person := fresh(), w.person
		if tenant != w.tenant {
			person = w.other
		}
		w.put(`INSERT INTO unit (id, code, level, legal_name, shown_name) VALUES ($1, $2, 'township', $2, $2)`, unit, code)
		w.put(`INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, '990101', 'township', $2, $3, now())`, tenant, unit, code)
		w.put(`INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, '990101', 'P1', now())`, person, tenant)
	}
	return w
}

func (w *township) put(query string, args ...any) {
	w.t.Helper()
	if _, err := w.maint.ExecContext(w.t.Context(), query, args...); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

// ctx is a request of the township's one person.
func (w *township) ctx() context.Context { return w.of(w.tenant, w.person) }

func (w *township) of(tenant, person uuid.UUID) context.Context {
	w.t.Helper()
	ctx, request, _, err := w.db.AsTenant(w.t.Context(), postgres.Service{Tenant: tenant, Region: "990101", User: w.user, Person: person})
	must(w.t, err)
	w.t.Cleanup(func() { _ = request.End() })
	return ctx
}

// personOf is the one person of a tenant.
func (w *township) personOf(tenant uuid.UUID) (person uuid.UUID) {
	w.t.Helper()
	must(w.t, w.maint.QueryRowContext(w.t.Context(), `SELECT id FROM person WHERE tenant_id = $1`, tenant).Scan(&person))
	return person
}

// active stores and activates a document.
func (w *township) active(doc string) *programme.TemplateVersion {
	w.t.Helper()
	v, err := w.use.CreateTemplate(w.ctx(), doc)
	must(w.t, err)
	v, err = w.use.ActivateTemplate(w.ctx(), v.ID, v.Revision, []string{"outcomes", "streaks"})
	must(w.t, err)
	return v
}

// competition is a valid one under a template from April 2023.
func (w *township) competition(template uuid.UUID) programme.CompetitionCreate {
	return programme.CompetitionCreate{
		Name: "月评比", Template: template, FromPeriod: "2023-04",
		Notice: programme.Notice{
			Number: "演委发〔2023〕6号", Issuer: "演示乡党委", Date: calendar.MustDate("2023-04-24"), Title: "实施方案", Text: "全文",
			Basis:        []programme.BasisDocument{{Title: "上级文件", Number: "演发〔2022〕1号", Issuer: "演示县委"}},
			Distribution: []string{"各村(社区)", "乡直各单位"},
		},
		LeadingGroup: programme.LeadingGroup{
			Members: []programme.LeadingGroupMember{
				{Seat: programme.SeatMember, Title: "宣传委员"}, {Seat: programme.SeatDeputy, Title: "副书记"},
				{Seat: programme.SeatHead, Title: "乡党委书记", Person: &w.person}, {Seat: programme.SeatFirstDeputy, Title: "乡长"},
			},
			Offices: []string{"党建办", "乡村振兴站"}, OfficeHead: "组织委员",
		},
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fresh() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// refused expects exactly these codes, in order.
func refused(t *testing.T, err error, codes ...fault.Code) []*fault.Fault {
	t.Helper()
	all := fault.All(err)
	if len(all) != len(codes) {
		t.Fatalf("want %v, got %v", codes, err)
	}
	for i, code := range codes {
		if all[i].Code != code {
			t.Fatalf("want %v, got %v", codes, err)
		}
		for _, lang := range []fault.Language{fault.Chinese, fault.English} {
			if strings.ContainsAny(all[i].Message(lang), "{}") {
				t.Errorf("a hole in the message of %s", code)
			}
		}
	}
	return all
}
