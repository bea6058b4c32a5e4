package facts_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/facts"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// registry is apps and consents in memory.
type registry struct {
	facts.Store
	offered  []*facts.App
	consents []*facts.Consent
	gone     bool // the app ended between the list and the consent
	told     []audit.Event
}

func (r *registry) OfferedApps(context.Context) ([]*facts.App, error)     { return r.offered, nil }
func (r *registry) AppConsents(context.Context) ([]*facts.Consent, error) { return r.consents, nil }
func (r *registry) TenantKey(context.Context) (string, error)             { return "990101201", nil }
func (r *registry) EndAppConsent(context.Context, *facts.Consent) error   { return nil }
func (r *registry) Collect(e audit.Event)                                 { r.told = append(r.told, e) }

func (r *registry) InsertAppConsent(_ context.Context, c *facts.Consent, _ *facts.App) (bool, error) {
	if r.gone {
		return false, nil
	}
	r.consents = append(r.consents, c)
	return true, nil
}

func (r *registry) AppConsentByID(_ context.Context, id uuid.UUID) (*facts.Consent, error) {
	at := slices.IndexFunc(r.consents, func(c *facts.Consent) bool { return c.ID == id })
	if at < 0 {
		return nil, fault.New(fault.NotFound)
	}
	return r.consents[at], nil
}

// strict is a gate that lets nobody do what was taken away.
type strict struct {
	gate
	forbidden authz.Permission
}

func (g *strict) Require(_ context.Context, p authz.Permission, _ uuid.UUID) error {
	if p == g.forbidden {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}

var consentDay = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// desk is the office of a tenant that may consent to one app.
type desk struct {
	*registry
	gate *strict
	use  *facts.Service
	app  *facts.App
}

func newDesk() *desk {
	d := &desk{app: &facts.App{ID: uuid.New(), Name: "县域大屏", Maker: "某软件公司", Scopes: []string{"publication:read"}}, gate: &strict{gate: gate{everything}}}
	d.registry = &registry{offered: []*facts.App{d.app}}
	work := func(ctx context.Context, do func(context.Context, facts.Store) error) error {
		return do(audit.Into(ctx, d.registry), d.registry)
	}
	d.use = facts.New(facts.Config{Read: work, Write: work, Gate: d.gate, Now: func() time.Time { return consentDay }})
	return d
}

func by(t *testing.T, kind viewer.CredentialKind) context.Context {
	t.Helper()
	return viewer.With(t.Context(), &viewer.Viewer{Tenant: uuid.New(), User: uuid.New(), Credential: viewer.Credential{Kind: kind}})
}

// A consent is a person's, to one app that is offered, for so many days and what
// the app asks for, and is put on record with all of that.
func TestAConsentIsForOneAppAndATime(t *testing.T) {
	t.Parallel()
	d := newDesk()
	c, err := d.use.Consent(by(t, viewer.Session), d.app.ID, 30)
	if err != nil {
		t.Fatal(err)
	}
	if c.App != d.app.ID || !c.Live || !c.Until.Equal(consentDay.AddDate(0, 0, 30)) || c.NameKey != "990101201" || !slices.Equal(c.Scopes, d.app.Scopes) ||
		c.Account == uuid.Nil || c.Token == uuid.Nil || c.Account == c.Token {
		t.Errorf("%+v", c)
	}
	if len(d.told) != 1 || d.told[0].Action != "app:consent" || d.told[0].ObjectID != c.ID {
		t.Errorf("on record: %+v", d.told)
	}
	if _, err := d.use.Consent(by(t, viewer.Session), d.app.ID, 30); fault.CodeOf(err) != fault.AppConsented || len(d.consents) != 1 {
		t.Errorf("a second one beside it: %v", err)
	}
	c.Live = false // its time is over, or its token was revoked
	again, err := d.use.Consent(by(t, viewer.Session), d.app.ID, 1)
	if err != nil || again.ID == c.ID || again.Token == c.Token || c.WithdrawnAt == nil || c.Reason != "renewed" {
		t.Errorf("after the first was over: %v, the first %+v", err, c)
	}
}

// Nothing is consented to by a program, without the right, for a time that is
// none, or to what is not offered; and nothing of it is put on record.
func TestWhatIsNoConsent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   viewer.CredentialKind
		days   int
		change func(*desk)
		want   fault.Code
	}{
		"a program":                   {viewer.Token, 30, func(*desk) {}, fault.SessionNeeded},
		"without the right":           {viewer.Session, 30, func(d *desk) { d.gate.forbidden = authz.AppConsent }, fault.Forbidden},
		"no day":                      {viewer.Session, 0, func(*desk) {}, fault.AppDays},
		"days before today":           {viewer.Session, -3, func(*desk) {}, fault.AppDays},
		"more than a year":            {viewer.Session, 366, func(*desk) {}, fault.AppDays},
		"an app that is not offered":  {viewer.Session, 30, func(d *desk) { d.offered = nil }, fault.NotFound},
		"an app that ended meanwhile": {viewer.Session, 30, func(d *desk) { d.gone = true }, fault.NotFound},
	} {
		d := newDesk()
		c.change(d)
		made, err := d.use.Consent(by(t, c.kind), d.app.ID, c.days)
		if fault.CodeOf(err) != c.want || made != nil || len(d.consents) != 0 || len(d.told) != 0 {
			t.Errorf("%s: %v, made %+v, on record %+v", name, err, made, d.told)
		}
	}
}

// A consent is taken back once, by a person, with the reason, which is put on
// record.
func TestAConsentIsTakenBackWithTheReason(t *testing.T) {
	t.Parallel()
	d := newDesk()
	c, err := d.use.Consent(by(t, viewer.Session), d.app.ID, 365)
	if err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]struct {
		kind   viewer.CredentialKind
		id     uuid.UUID
		reason string
		want   fault.Code
	}{
		"without a reason": {viewer.Session, c.ID, " \t", fault.AppReason}, "a long story": {viewer.Session, c.ID, string(make([]rune, 501)), fault.AppReason},
		"by a program": {viewer.Token, c.ID, "项目结束", fault.SessionNeeded}, "of nobody": {viewer.Session, uuid.New(), "项目结束", fault.NotFound},
	} {
		if _, err := d.use.Withdraw(by(t, try.kind), try.id, try.reason); fault.CodeOf(err) != try.want || c.WithdrawnAt != nil || !c.Live {
			t.Errorf("%s: %v, and the consent is %+v", name, err, c)
		}
	}
	over, err := d.use.Withdraw(by(t, viewer.Session), c.ID, " 项目结束 ")
	if err != nil || over.Live || over.WithdrawnAt == nil || over.Reason != "项目结束" || len(d.told) != 2 || d.told[1].Action != "app:withdraw" {
		t.Errorf("%+v %v, on record %+v", over, err, d.told)
	}
	if _, err := d.use.Withdraw(by(t, viewer.Session), c.ID, "再次"); fault.CodeOf(err) != fault.AppConsentOver {
		t.Errorf("twice: %v", err)
	}
}
