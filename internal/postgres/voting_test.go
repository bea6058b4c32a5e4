package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/authz"
	"leitai/internal/ballot"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/voting"
)

// hall is an evaluation in a tenant, with its officials.
type hall struct {
	*world
	home    home
	service *voting.Service
	poll    uuid.UUID
	subject []uuid.UUID
	clerk   context.Context
}

type anybody struct{}

func (anybody) Require(context.Context, authz.Permission, uuid.UUID) error { return nil }

func hallRule() template.Ballot {
	return template.Ballot{Key: "assembly", Threshold: 6, Small: "hide", Exclude: []string{"recused", "invalid", "abstained"},
		Options: []template.BallotOption{{Key: "good", Score: exact.Int(100)}, {Key: "poor", Score: exact.Int(0)}},
		Groups:  []template.BallotGroup{{Key: "leaders", Weight: exact.Int(40)}, {Key: "others", Weight: exact.Int(60)}}}
}

// newHall opens an evaluation of two subjects with 6 leaders and 110 others.
func newHall(t testing.TB, change ...func(*template.Ballot)) *hall {
	t.Helper()
	w := newWorld(t)
	h := &hall{world: w, home: w.settle(t, "township", "990101001"), subject: []uuid.UUID{mixin.NewID(), mixin.NewID()}}
	w.fill(t, h.home)
	h.service = voting.New(voting.Config{Write: Write[voting.Store](w.db), Read: Read[voting.Store](w.db), Outside: Outside[voting.Box](w.db),
		Gate: anybody{}, Now: time.Now})
	h.clerk, _ = w.as(t, h.home)
	h.poll = h.openPoll(h.clerk, t, h.home, change...)
	return h
}

func (h *hall) openPoll(ctx context.Context, t testing.TB, at home, change ...func(*template.Ballot)) uuid.UUID {
	t.Helper()
	rule := hallRule()
	for _, c := range change {
		c(&rule)
	}
	p := &voting.Poll{ID: mixin.NewID(), Competition: at.id("competition"), Key: rule.Key, Title: "测评", Rule: rule, OpenedBy: at.person, OpenedAt: time.Now(),
		Subjects: []voting.Subject{{ID: h.subject[0], Unit: &at.village, Name: "甲"}, {ID: h.subject[1], Name: "乙"}}}
	if err := h.db.write(ctx, func(ctx context.Context, tx *Tx) error { return tx.InsertPoll(ctx, p) }); err != nil {
		t.Fatal(err)
	}
	var rows []ballot.Named
	for i := range 116 {
		group := "others"
		if i < 6 {
			group = "leaders"
		}
		rows = append(rows, ballot.Named{Row: i + 1, Person: fmt.Sprintf("R%d", i), Group: group})
	}
	if _, err := h.service.Roster(ctx, p.ID, rows); err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func (h *hall) codes(t testing.TB, group string, n int) []string {
	t.Helper()
	slips, err := h.service.Issue(h.clerk, h.poll, false, []voting.GroupNumber{{Group: group, Number: n}})
	if err != nil {
		t.Fatal(err)
	}
	codes := make([]string, len(slips))
	for i, s := range slips {
		codes[i] = s.Code
	}
	return codes
}

func (h *hall) sheet(first, second string) map[string]string {
	return map[string]string{h.subject[0].String(): first, h.subject[1].String(): second}
}

// second is another official of the tenant.
func (h *hall) second(t testing.TB) context.Context {
	t.Helper()
	other := h.home
	other.user, other.person = mixin.NewID(), mixin.NewID()
	h.put(t, `INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, '', now())`, other.user, "second-"+other.user.String())
	h.put(t, `INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES ($1, $2, $3, $5, $4, now())`,
		other.person, other.tenant, other.region, other.user, other.person.String()[24:])
	h.grant(t, other, "township-clerk")
	other.cred = h.session(t, other.user, other.tenant, time.Hour, time.Hour)
	ctx, _ := h.as(t, other)
	return ctx
}

func (h *hall) closeBy(t testing.TB, officials ...context.Context) {
	t.Helper()
	for _, ctx := range officials {
		if _, err := h.service.Close(ctx, h.poll); err != nil {
			t.Fatal(err)
		}
	}
}

// The box has no place for who, when or from where, and nothing in it counts.
// covers T31
func TestVotingTablesKnowNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for table, want := range map[string]string{
		"ballot":      "choice group_key id poll_id region subject_id tenant_id",
		"ballot_code": "group_key hash id poll_id region tenant_id used",
	} {
		got := column(t, w.Admin(t), `SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY 1`, table)
		if strings.Join(got, " ") != want {
			t.Errorf("%s has %v", table, got)
		}
	}
	telling := column(t, w.Admin(t), `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_name IN ('ballot','ballot_code','ballot_score','poll_voter') AND table_schema = 'public'
		AND (data_type ~ 'timestamp|date|time|inet|cidr' OR column_default ~ 'nextval|now|clock' OR column_name ~ 'user|_by$|_at$|addr')`)
	if len(telling) > 0 {
		t.Errorf("columns that may tell of a voter: %v", telling)
	}
}

// A code is used once, however many try at the same moment.
// covers T31
func TestVotingCountsACodeOnce(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	code := h.codes(t, "others", 1)[0]
	var wait sync.WaitGroup
	outcomes := make([]error, 100)
	for i := range outcomes {
		wait.Go(func() { outcomes[i] = h.service.Cast(t.Context(), code, h.sheet("good", "poor")) })
	}
	wait.Wait()
	cast := 0
	for _, err := range outcomes {
		switch {
		case err == nil:
			cast++
		case fault.CodeOf(err) != fault.BallotCodeInvalid:
			t.Error(err)
		}
	}
	if n := h.count(t, `SELECT count(*) FROM ballot WHERE poll_id = $1`, h.poll); cast != 1 || n != 2 {
		t.Errorf("%d casts went through, %d rows", cast, n)
	}
}

// Codes that are guessed, used, mistyped, of an evaluation that is closed or of
// a suspended tenant open nothing, all in the same words.
// covers T31
func TestVotingRefusesCodes(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	codes := h.codes(t, "others", 4)
	if err := h.service.Cast(t.Context(), strings.ToLower(strings.ReplaceAll(codes[0], "-", " ")), h.sheet("good", "abstained")); err != nil {
		t.Fatalf("as people type: %v", err)
	}
	for name, code := range map[string]string{"used": codes[0], "guessed": "0123-4567-89AB-CDEF-GHJK-MNPQ-R0", "short": codes[1][:20], "empty": "",
		"with bits to spare": codes[1][:len(codes[1])-1] + "Z", "endless": strings.Repeat("A", 5000)} {
		_, looking := h.service.Form(t.Context(), code)
		casting := h.service.Cast(t.Context(), code, h.sheet("good", "good"))
		if fault.CodeOf(looking) != fault.BallotCodeInvalid || looking.Error() != casting.Error() {
			t.Errorf("%s: %v, %v", name, looking, casting)
		}
	}
	if err := h.service.Cast(t.Context(), codes[1], map[string]string{h.subject[0].String(): "good"}); fault.CodeOf(err) != fault.BallotChoiceMissing {
		t.Errorf("half a sheet: %v", err)
	}
	if err := h.service.Cast(t.Context(), codes[1], h.sheet("good", "good")); err != nil {
		t.Errorf("the code of a refused sheet is gone: %v", err)
	}
	h.put(t, `UPDATE tenant SET status = 'suspended' WHERE id = $1`, h.home.tenant)
	if err := h.service.Cast(t.Context(), codes[2], h.sheet("good", "good")); fault.CodeOf(err) != fault.BallotCodeInvalid {
		t.Errorf("a suspended tenant: %v", err)
	}
	h.put(t, `UPDATE tenant SET status = 'active' WHERE id = $1`, h.home.tenant)
	h.closeBy(t, h.clerk, h.second(t))
	if err := h.service.Cast(t.Context(), codes[2], h.sheet("good", "good")); fault.CodeOf(err) != fault.BallotCodeInvalid {
		t.Errorf("after the close: %v", err)
	}
}

// A code opens its own evaluation only: its form is that one's, and a sheet for
// the subjects of another is refused.
// covers T31
func TestVotingCodeOfAnotherEvaluation(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	code := h.codes(t, "others", 1)[0]
	other := &hall{world: h.world, home: h.home, service: h.service, clerk: h.clerk, subject: []uuid.UUID{mixin.NewID(), mixin.NewID()}}
	other.poll = other.openPoll(h.clerk, t, h.home)
	err := h.service.Cast(t.Context(), code, other.sheet("good", "good"))
	if fault.CodeOf(err) != fault.BallotSubjectUnknown || h.count(t, `SELECT count(*) FROM ballot WHERE poll_id IN ($1, $2)`, h.poll, other.poll) != 0 {
		t.Errorf("%v", err)
	}
}

// Where rows lie says nothing of the order in which they were cast, their ids
// carry no time and are new after the close, and the codes are gone.
// covers T31
func TestVotingOrderIsNotTheOrderOfCasting(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	codes := h.codes(t, "others", 60)
	for i, code := range codes {
		said := "good"
		if i >= 30 {
			said = "poor"
		}
		if err := h.service.Cast(t.Context(), code, h.sheet(said, said)); err != nil {
			t.Fatal(err)
		}
	}
	ids := column(t, h.maint, `SELECT id::text FROM ballot WHERE poll_id = $1`, h.poll)
	if n := h.count(t, `SELECT count(*) FROM ballot WHERE poll_id = $1 AND substr(id::text, 15, 1) <> '4'`, h.poll) + h.count(t, `SELECT count(*) FROM ballot_code WHERE poll_id = $1 AND substr(id::text, 15, 1) <> '4'`, h.poll); n > 0 {
		t.Errorf("%d ids are no version 4", n)
	}
	h.closeBy(t, h.clerk, h.second(t))
	lie := column(t, h.maint, `SELECT choice FROM ballot WHERE subject_id = $1 ORDER BY ctid`, h.subject[0])
	if len(lie) != 60 || slices.IsSorted(lie) {
		t.Errorf("ballots lie in the order of casting: %v", lie)
	}
	goods := 0
	for _, said := range lie[:30] {
		if said == "good" {
			goods++
		}
	}
	if goods < 3 || goods > 27 { // 15 is expected; beyond 3 in less than one in a hundred million
		t.Errorf("%d of the first 30 rows are of the first 30 casts", goods)
	}
	if both := h.count(t, `SELECT count(*) FROM ballot WHERE id::text = ANY (string_to_array($1, ' '))`, strings.Join(ids, " ")); both != 0 {
		t.Errorf("%d ballots kept their id", both)
	}
	if n := h.count(t, `SELECT count(*) FROM ballot_code WHERE poll_id = $1`, h.poll); n != 0 {
		t.Errorf("%d codes are left", n)
	}
}
