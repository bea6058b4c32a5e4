package journeys

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/evidence"
	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

// duties is a township in the middle of everything: a round in each state, marks
// that wait, an objection, an issue, and people in every relation to them. What
// is tried in it is undone, so that every answer is about the same moment.
type duties struct {
	*stage
	published, due, announced, computed, closed, open, ready, draft *month

	mark, typed, objection uuid.UUID     // in the open round: by J1, typed by the clerk for J3; to the announced round for V1
	asked, answered, taken *issues.Issue // assigned; answered by S1; answered by the clerk's chief
	outcome                *consequences.Outcome
	people                 map[string]viewer.Credential

	rounds    *round.Service
	assigning *issues.Service
	follows   *consequences.Service
	pieces    *evidence.Service
	town      *tenancy.Service
}

// errUndone ends a transaction that would have been kept.
var errUndone = errors.New("it was allowed, and is undone")

// undone runs what a use case writes and keeps nothing of it.
func undone[S any, W ~func(context.Context, func(context.Context, S) error) error](write W) W {
	return func(ctx context.Context, do func(context.Context, S) error) error {
		return write(ctx, func(ctx context.Context, s S) error {
			if err := do(ctx, s); err != nil {
				return err
			}
			return errUndone
		})
	}
}

func newDuties(t *testing.T) *duties {
	t.Helper()
	d := &duties{stage: newStage(t), people: map[string]viewer.Credential{}}
	d.strangers(t)
	d.play(t)
	db, cursors := d.App.DB, paging.Codec{Keys: [][]byte{make([]byte, 32)}}
	d.rounds = round.New(round.Config{Write: undone(round.Work(postgres.Write[round.Store](db))), Read: postgres.Read[round.Store](db), Gate: d.App.Gate,
		Now: d.App.Now, Cursors: cursors, Seal: round.SealWith(d.App.Signer), Settle: func(context.Context, round.Settlement) error { return nil }})
	d.assigning = issues.New(issues.Config{Write: undone(issues.Work(postgres.Write[issues.Store](db))), Read: postgres.Read[issues.Store](db), Gate: d.App.Gate,
		Now: d.App.Now, Cursors: cursors})
	d.follows = consequences.New(consequences.Config{Write: undone(consequences.Work(postgres.Write[consequences.Store](db))), Read: postgres.Read[consequences.Store](db),
		Gate: d.App.Gate, Now: d.App.Now, Cursors: cursors})
	d.pieces = evidence.New(evidence.Config{Write: undone(evidence.Work(postgres.Write[evidence.Store](db))), Read: postgres.Read[evidence.Store](db), Gate: d.App.Gate,
		Now: d.App.Now, Clock: d.App.Now, Cursors: cursors, Secrets: func() [][]byte { return [][]byte{make([]byte, 32)} }})
	d.town = tenancy.New(tenancy.Config{Write: undone(tenancy.Work(postgres.Write[tenancy.Store](db))), Read: postgres.Read[tenancy.Store](db), Gate: d.App.Gate,
		Now: d.App.Now, Cursors: cursors})
	return d
}

// newcomer is somebody the county's cast does not have.
type newcomer struct {
	key  string // pseudonym
	post string
	unit string
	from string // of the post
	role authz.Role
	at   string // unit of the role
	keys []string
}

// before is long before any round, after is when every round was held already.
const (
	before = "2023-01-01"
	after  = "2023-11-20"
)

// strangers brings people who stand in a relation that the cast lacks.
func (d *duties) strangers(t *testing.T) {
	t.Helper()
	v1 := graphtest.VillageCode(1)
	for _, n := range []newcomer{
		{key: "VC1", post: "village-clerk", unit: v1, from: before, role: authz.VillageClerk, at: v1},
		{key: "FS1", post: "first-secretary", unit: v1, from: before, role: authz.FirstSecretary, at: v1},
		{key: "G1", post: "discipline-inspector", unit: sample.TownshipCode, from: before, role: authz.ReviewGroup, at: sample.TownshipCode},
		{key: "G2", post: "linked-leader", unit: v1, from: before, role: authz.ReviewGroup, at: sample.TownshipCode},
		{key: "RT1", post: "group-head", unit: v1, from: before, role: authz.Rater, at: v1},
		{key: "DA1", post: "department-staff", unit: sample.TownshipCode, from: before, role: authz.DepartmentAnalyst, at: sample.TownshipCode, keys: []string{"safety"}},
		{key: "EX1", post: "office-staff", unit: sample.TownshipCode, from: before, role: authz.TownshipClerk, at: sample.TownshipCode},
		{key: "UL1", post: "unit-liaison", unit: sample.CountyCode, from: before, role: authz.UnitLiaison, at: sample.CountyCode},
	} {
		d.bring(t, n)
	}
	d.found(t, "PA1", sample.CountyCode[:4])
	d.found(t, "PO1", tenancy.Platform)
	d.also(t, "J2", authz.ReviewGroup)
	d.also(t, "L4", authz.ReviewGroup)
	d.revoke(t, "EX1")
}

// late brings, when every round is over, who comes to a place or an office then.
func (d *duties) late(t *testing.T) {
	t.Helper()
	v1 := graphtest.VillageCode(1)
	for _, n := range []newcomer{
		{key: "TS1", post: "village-secretary", unit: v1, from: after, role: authz.VillageSecretary, at: v1},
		{key: "TJ1", post: "township-cadre", unit: sample.TownshipCode, from: after, role: authz.Judge, at: sample.TownshipCode},
		{key: "TO1", post: "leader-in-charge", unit: sample.TownshipCode, from: after, role: authz.ItemOwner, at: sample.TownshipCode},
	} {
		d.bring(t, n)
	}
}

// bring enters a person with a post, and gives a login with a role.
func (d *duties) bring(t *testing.T, n newcomer) {
	t.Helper()
	chief := sample.Approver
	if n.at == sample.CountyCode {
		chief = "CA1"
	}
	const password = "Duties-2023-11"
	d.must(t, chief, func(ctx context.Context) error {
		people, err := d.App.Tenancy.ImportRoster(ctx, []tenancy.RosterRow{{Name: "新到人员" + n.key, Pseudonym: n.key, Post: n.post, UnitCode: n.unit, From: calendar.MustDate(n.from)}})
		if err != nil {
			return err
		}
		login := n.key + "@duties"
		if _, err := d.App.Identity.CreateUser(ctx, identity.NewUser{Login: login, Password: password, Person: &people[0].ID}); err != nil {
			return err
		}
		_, err = d.App.Tenancy.GiveRole(ctx, tenancy.GrantInput{Login: login, Role: n.role, UnitCode: n.at, Dimensions: n.keys})
		return err
	})
	d.signIn(t, n.key, n.key+"@duties", password)
}

// found opens a tenant as the operator's command does, with its first admin.
func (d *duties) found(t *testing.T, key, unit string) {
	t.Helper()
	const password = "Duties-2023-11"
	made, err := d.App.Identity.Prepare(t.Context(), key+"@duties", password)
	if err != nil {
		t.Fatal(err)
	}
	of := postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: unit, User: made.ID}
	if unit == tenancy.Platform {
		of.Region = tenancy.PlatformRegion
	}
	ctx, request, _, err := d.App.DB.AsTenant(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	admin := tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: "人员" + key}
	if unit == tenancy.Platform {
		_, err = d.App.Tenancy.FoundPlatform(ctx, "", admin)
	} else {
		_, err = d.App.Tenancy.Found(ctx, tenancy.Opened{UnitCode: unit, Demo: true, Admin: admin})
	}
	if err := errors.Join(err, request.End()); err != nil {
		t.Fatal(err)
	}
	d.signIn(t, key, key+"@duties", password)
}

// signIn opens a session, because a token may be narrower than its owner.
func (d *duties) signIn(t *testing.T, key, login, password string) {
	t.Helper()
	session, err := d.App.Identity.Login(t.Context(), identity.LoginInput{Login: login, Password: password, Address: "duties " + key})
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	if session.Step == identity.StepEnrol { // operators need a second factor
		made, err := d.App.Identity.EnrolByStep(t.Context(), session.Secret)
		if err != nil {
			t.Fatal(err)
		}
		code, err := totp.GenerateCode(made.Secret, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if _, session, err = d.App.Identity.ConfirmByStep(t.Context(), session.Secret, code, ""); err != nil {
			t.Fatal(err)
		}
	}
	if d.people[key], err = identity.SessionCredential(session.Secret); err != nil {
		t.Fatal(err)
	}
}

// also gives somebody of the cast a second role in the township.
func (d *duties) also(t *testing.T, who string, role authz.Role) {
	t.Helper()
	d.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := d.App.Tenancy.GiveRole(ctx, tenancy.GrantInput{Login: d.World.Person(who).Login, Role: role, UnitCode: sample.TownshipCode})
		return err
	})
}

// revoke takes every role of a newcomer away.
func (d *duties) revoke(t *testing.T, key string) {
	t.Helper()
	d.must(t, sample.Approver, func(ctx context.Context) error {
		all, err := d.App.Tenancy.Grants(ctx)
		if err != nil {
			return err
		}
		for _, g := range all {
			if g.Login == strings.ToLower(key+"@duties") {
				if _, err := d.App.Tenancy.RevokeRole(ctx, g.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// as does something as somebody, in a session of theirs.
func (d *duties) as(t *testing.T, who string, do func(ctx context.Context) error) error {
	t.Helper()
	if _, known := d.people[who]; !known {
		p := d.World.Person(who)
		d.signIn(t, who, p.Login, p.Password)
	}
	ctx, request, _, err := d.App.DB.Begin(t.Context(), d.people[who])
	if err != nil {
		return err
	}
	return errors.Join(do(ctx), request.End())
}

// mark of 80 points on site.
func onsite(village int) round.MarkInput {
	return round.MarkInput{ID: uuid.Must(uuid.NewV7()), UnitCode: graphtest.VillageCode(village), Item: "party", Channel: "onsite", Value: exact.Must("80")}
}
