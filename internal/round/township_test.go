package round_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/dbtest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/viewer"
)

// Units of the tests; 99 is no province.
const (
	townCode = "990101101"
	village1 = "990101101201"
	village2 = "990101101202"
	village3 = "990101101203"
)

var villages = []string{village1, village2, village3}

// document is a small template of scheme A: two groups, one seconded cadre.
const document = `
schemaVersion: 1
key: small-arena
name: {zh-Hans: 擂台比武月评比, en: Monthly arena}
basis: [{title: 演示通知, number: 演委发〔2023〕1号, issuer: 演示乡党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30, clamp: month-end, roll: next-workday, period: nominal}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum}
channels:
  onsite: {name: 现场督查, weight: 40, judges: {min: 2, combine: mean}, range: [0, 100], step: 0.5}
  ledger: {name: 资料台账, weight: 60, judges: {min: 1, combine: single}, reception: true}
rubric: per-round
panels: {groups: 2, minMembers: 2, seconded: {count: 1, choose: assigned, seat: inside}, recuse: [own-village], warn: [close-rank]}
missing: {absent: unranked, mark: blocks}
bands:
  top: {best: 3, ties: inclusive, small: half}
  bottom: {worst: 3, ties: exclusive, small: half}
streaks:
  bottom-twice: {band: bottom, length: 2, after: continue}
outcomes:
  - {when: top, do: points, by: rank, values: [5, 4, 3], to: [linked-leader, resident-cadre, village]}
  - {when: bottom, do: criticism}
  - {when: bottom-twice, do: points, by: rank-from-bottom, values: [-5, -4, -3], to: [linked-leader, resident-cadre, village]}
announce: {objectionDays: 3, audience: township}
confirmAtActivation: [outcomes, streaks]
`

// township is the whole stack below the API for one township with three
// villages, with a clock that tests move.
type township struct {
	t           *testing.T
	db          *postgres.DB
	maint       *sql.DB
	maintDSN    string
	prog        *programme.Service
	use         *round.Service
	tenant      uuid.UUID
	persons     map[string]uuid.UUID // by pseudonym
	units       map[string]uuid.UUID // by code
	creds       map[string]viewer.Credential
	now         time.Time
	settled     []round.Settlement
	obstacles   []string // that kept a round from being published
	asked       *postgres.Request
	competition uuid.UUID
	template    uuid.UUID
}

// Who is who: A1 approves, C1 is the office, O1 and O2 lead items, J1 to J4
// judge, F1 confirms, S1 to S3 are secretaries, L1 to L3 linked leaders and K1
// to K3 resident cadres of the villages; D1 is the public's screen.
var people = map[string]authz.Role{
	"A1": authz.TownshipApprover, "C1": authz.TownshipClerk, "O1": authz.ItemOwner, "O2": authz.ItemOwner, "J1": authz.Judge, "J2": authz.Judge,
	"J3": authz.Judge, "J4": authz.Judge, "K3": authz.Judge, "F1": authz.Confirmer, "D1": authz.Dashboard,
	"S1": authz.VillageSecretary, "S2": authz.VillageSecretary, "S3": "", "L1": "", "L2": "", "L3": "", "K1": "", "K2": "",
}

func newTownship(t *testing.T) *township {
	t.Helper()
	base := dbtest.New(t)
	a, err := authz.New(time.Now)
	must(t, err)
	db, err := postgres.Open(t.Context(), base.AppDSN, postgres.Options{DraftRoles: a.DraftRoles()})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	db.OnOpen(a.Refresh)
	cursors := paging.Codec{Keys: [][]byte{bytes.Repeat([]byte{7}, 32)}}
	w := &township{
		t: t, db: db, maint: base.Maint(t), maintDSN: base.MaintDSN, tenant: uuid.Must(uuid.NewV7()), persons: map[string]uuid.UUID{}, units: map[string]uuid.UUID{},
		creds: map[string]viewer.Credential{}, now: time.Date(2023, 4, 25, 1, 0, 0, 0, time.UTC),
	}
	clock := func() time.Time { return w.now }
	w.prog = programme.New(programme.Config{Write: postgres.Write[programme.Store](db), Read: postgres.Read[programme.Store](db), Gate: a, Now: clock, Cursors: cursors})
	w.use = round.New(round.Config{
		Write: postgres.Write[round.Store](db), Read: postgres.Read[round.Store](db), Gate: a, Now: clock, Cursors: cursors,
		Seal: round.SealWith(contest.NewSigner("test", ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32)))),
		Settle: func(_ context.Context, of round.Settlement) error {
			w.settled = append(w.settled, of)
			return nil
		},
		Refused: func(code string) { w.obstacles = append(w.obstacles, code) },
	})
	w.plant()
	for name, role := range people {
		w.person(name, role)
	}
	for i, code := range villages {
		n := fmt.Sprint(i + 1)
		for kind, name := range map[string]string{"village-secretary": "S" + n, "linked-leader": "L" + n, "resident-cadre": "K" + n} {
			w.put(`INSERT INTO post (id, tenant_id, region, person_id, kind, unit_id, valid_from) VALUES ($1, $2, '990101', $3, $4, $5, '2020-01-01')`,
				uuid.Must(uuid.NewV7()), w.tenant, w.persons[name], kind, w.units[code])
		}
	}
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *township) plant() {
	for _, u := range []struct{ code, level, name, parent string }{
		{"99", "province", "九省", ""}, {"9901", "prefecture", "一市", "99"}, {"990101", "county", "甲县", "9901"},
		{townCode, "township", "东乡", "990101"}, {village1, "village", "一村", townCode}, {village2, "village", "二村", townCode}, {village3, "village", "三村", townCode},
	} {
		w.units[u.code] = uuid.Must(uuid.NewV7())
		w.put(`INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id) VALUES ($1, $2, $3, $4, $4, $5)`,
			w.units[u.code], u.code, u.level, u.name, uuid.NullUUID{UUID: w.units[u.parent], Valid: u.parent != ""})
	}
	w.put(`INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, '990101', 'township', $2, '东乡', now())`,
		w.tenant, w.units[townCode])
}

// person makes a person; with a role, a user who is signed in, too.
func (w *township) person(name string, role authz.Role) {
	id, user := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	w.persons[name] = id
	if role == "" {
		w.put(`INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, '990101', $3, now())`, id, w.tenant, name)
		return
	}
	w.put(`INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, '', now())`, user, name)
	w.put(`INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES ($1, $2, '990101', $3, $4, now())`, id, w.tenant, name, user)
	at := w.units[townCode]
	if role == authz.VillageSecretary {
		at = w.units[villages[name[1]-'1']]
	}
	w.put(`INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		VALUES ($1, $2, '990101', $3, $4, $5, $3, now() - interval '1 day', 1)`, uuid.Must(uuid.NewV7()), w.tenant, user, at, string(role))
	w.creds[name] = viewer.Credential{Kind: viewer.Session, Hash: sha256.Sum256(user[:])}
	hash := w.creds[name].Hash
	w.put(`INSERT INTO session SELECT $1, $2, $3, t, now(), t + interval '1 day', t + interval '1 day' FROM now() AS t`, hash[:], user, w.tenant)
}

func (w *township) put(query string, args ...any) {
	w.t.Helper()
	if _, err := w.maint.ExecContext(w.t.Context(), query, args...); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *township) count(query string, args ...any) int {
	w.t.Helper()
	n := 0
	must(w.t, w.maint.QueryRowContext(w.t.Context(), query, args...).Scan(&n))
	return n
}

// as begins a request of somebody; it lasts until the next one begins, so that
// a test never holds more than two connections.
func (w *township) as(name string) context.Context {
	w.t.Helper()
	if w.asked != nil {
		must(w.t, w.asked.End())
	}
	ctx, request := w.asking(name)
	w.asked = request
	return ctx
}

func (w *township) asking(name string) (context.Context, *postgres.Request) {
	w.t.Helper()
	ctx, request, _, err := w.db.Begin(w.t.Context(), w.creds[name])
	must(w.t, err)
	w.t.Cleanup(func() { _ = request.End() })
	return ctx, request
}

// round reads a round as it is now.
func (w *township) round(id uuid.UUID) *round.Round {
	w.t.Helper()
	ctx, request := w.asking("C1")
	defer func() { must(w.t, request.End()) }()
	r, err := w.use.Round(ctx, id)
	must(w.t, err)
	return r
}

// step is the next step of a round at its present revision.
func (w *township) step(id uuid.UUID) round.Step {
	w.t.Helper()
	return round.Step{Round: id, Revision: w.round(id).Revision, Reason: "按规定办理"}
}

// refusedWith expects exactly these codes, in any order.
func refusedWith(t *testing.T, err error, codes ...fault.Code) []*fault.Fault {
	t.Helper()
	all := fault.All(err)
	var have []string
	for _, f := range all {
		have = append(have, string(f.Code))
		for _, lang := range []fault.Language{fault.Chinese, fault.English} {
			if strings.ContainsAny(f.Message(lang), "{}") {
				t.Errorf("a hole in the message of %s: %s", f.Code, f.Message(lang))
			}
		}
	}
	if len(all) != len(codes) {
		t.Fatalf("want %v, got %v (%v)", codes, have, err)
	}
	for _, code := range codes {
		if !strings.Contains(" "+strings.Join(have, " ")+" ", " "+string(code)+" ") {
			t.Fatalf("want %v, got %v", codes, have)
		}
	}
	return all
}

func num(text string) exact.Number  { return exact.Must(text) }
func day(text string) calendar.Date { return calendar.MustDate(text) }
func fresh() uuid.UUID              { return uuid.Must(uuid.NewV7()) }
func ref[T any](value T) *T         { return &value }
