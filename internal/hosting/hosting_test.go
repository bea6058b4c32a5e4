package hosting

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

func ptr[T any](v T) *T { return &v }

func form() Application {
	return Application{UnitCode: "990101001", Applicant: "张三", Office: "党建办", Phone: "0000-1234567", Login: "qinghe", Password: "x", Address: "192.0.2.1"}
}

func TestAFormIsCheckedWhole(t *testing.T) {
	t.Parallel()
	in := form()
	in.UnitCode, in.Applicant, in.Phone, in.Note, in.Preset = "99010100101", "", "1", strings.Repeat("长", 1001), "A B"
	_, err := in.check()
	fields := map[string]fault.Code{}
	for _, f := range fault.All(err) {
		fields[f.Field] = f.Code
	}
	want := map[string]fault.Code{"unitCode": fault.SignupUnit, "applicant": fault.Required, "phone": fault.Required, "note": fault.TextTooLong, "preset": fault.Invalid}
	for field, code := range want {
		if fields[field] != code {
			t.Errorf("%s: %s, want %s", field, fields[field], code)
		}
	}
	in = form()
	in.Office = "a\x00b"
	if _, err := in.check(); fault.CodeOf(err) != fault.TextUnkeepable {
		t.Errorf("a NUL: %v", err)
	}
	if _, err := form().check(); err != nil {
		t.Errorf("a good form: %v", err)
	}
}

// However an address spreads its applications, it gets no more than its burst
// and one more for each share of an hour.
func TestAddressesAreBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		moment := noon
		l := newLimiter(func() time.Time { return moment })
		taken, passed := 0, time.Duration(0)
		for range rapid.IntRange(1, 100).Draw(t, "applications") {
			step := time.Duration(rapid.IntRange(0, 900).Draw(t, "seconds")) * time.Second
			moment, passed = moment.Add(step), passed+step
			if l.take("2001:db8::"+rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "address")) == nil {
				taken++
			}
		}
		if most := int(addressLimit.Burst) + 1 + int(passed/addressLimit.Every); taken > most {
			t.Fatalf("%d applications in %s, at most %d", taken, passed, most)
		}
	})
	l := newLimiter(func() time.Time { return noon })
	for range addressLimit.Burst {
		if err := l.take("192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	if fault.CodeOf(l.take("192.0.2.1")) != fault.SignupThrottled || l.take("192.0.2.2") != nil {
		t.Error("one address holds another one off, or none")
	}
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	one, two, three := uuid.New(), uuid.New(), uuid.New()
	fresh := func() *kept {
		return &kept{settled: map[uuid.UUID]bool{}, waiting: map[uuid.UUID]*Taken{
			one:   {UnitCode: "990101001", UnitName: "晴禾乡", Applicant: "张三", Account: Account{"qinghe", "hash"}},
			two:   {UnitCode: "990101002", UnitName: "云溪镇", UnitTaken: true, Account: Account{"yunxi", "hash"}},
			three: {UnitCode: "990101003", Account: Account{"qinghe", "hash"}}}}
	}
	k := fresh()
	s, ctx := service(k, platformKind)
	if opened, err := s.Decide(ctx, Decision{Signup: one, Approve: true}); err != nil || *opened != somewhere.Tenant || k.assigned != trialPlan || !k.settled[one] {
		t.Errorf("approved by the platform: %v, %v, plan %q", opened, err, k.assigned)
	}
	if _, err := s.Decide(ctx, Decision{Signup: one, Approve: true}); fault.CodeOf(err) != fault.SignupDecided {
		t.Errorf("decided twice: %v", err)
	}
	if _, err := s.Decide(ctx, Decision{Signup: two, Approve: true}); fault.CodeOf(err) != fault.SignupUnitTaken {
		t.Errorf("a unit that is a tenant: %v", err)
	}
	if _, err := s.Decide(ctx, Decision{Signup: two}); fault.CodeOf(err) != fault.Required {
		t.Errorf("refused without a reason: %v", err)
	}
	if opened, err := s.Decide(ctx, Decision{Signup: two, Reason: "已开通"}); err != nil || opened != nil || k.settled[two] {
		t.Errorf("refused: %v, %v", opened, err)
	}
	if _, err := s.Decide(ctx, Decision{Signup: three, Approve: true, Login: "No Login"}); fault.CodeOf(err) != fault.LoginNameInvalid {
		t.Errorf("another login: %v", err)
	}
	if len(k.own) != 2 {
		t.Errorf("%d acts are recorded", len(k.own))
	}
	k = fresh()
	s, ctx = service(k, "county")
	if _, err := s.Decide(ctx, Decision{Signup: one, Approve: true}); err != nil || k.assigned != "" {
		t.Errorf("below a county its plan holds: %v, %q", err, k.assigned)
	}
	s, ctx = service(fresh(), "township", authz.SignupDecide, authz.SignupRead)
	if _, err := s.Decide(ctx, Decision{Signup: one, Approve: true}); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a township decides: %v", err)
	}
	if _, err := s.Signups(ctx, Waiting); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a township reads: %v", err)
	}
}

func villages(n int) []*Village {
	all := make([]*Village, n)
	for i := range all {
		all[i] = &Village{Unit: uuid.New(), TakesPart: true}
	}
	return all
}

func TestVillagesAreConfirmed(t *testing.T) {
	t.Parallel()
	k := &kept{villages: villages(12), standing: Standing{Plan: small()}, progress: Progress{Villages: 12}}
	s, ctx := service(k, "township")
	if _, err := s.ConfirmVillages(ctx, nil); fault.CodeOf(err) != fault.PlanLimit {
		t.Errorf("more than the plan has: %v", err)
	}
	k.villages = villages(12)
	out := []uuid.UUID{k.villages[0].Unit, k.villages[5].Unit}
	if _, err := s.ConfirmVillages(ctx, out); err != nil || k.villages[0].TakesPart || !k.villages[1].TakesPart || !k.villages[0].Confirmed {
		t.Errorf("two left out: %v", err)
	}
	k.standing.Plan = &Plan{Key: "small", Villages: ptr(5)}
	if _, err := s.ConfirmVillages(ctx, out); err != nil {
		t.Errorf("as many as before, under a smaller plan: %v", err)
	}
	for name, bad := range map[string][]uuid.UUID{"an unknown one": {uuid.New()}, "one twice": {out[0], out[0]}} {
		if _, err := s.ConfirmVillages(ctx, bad); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, ctx = service(k, "county")
	if _, err := s.ConfirmVillages(ctx, nil); fault.CodeOf(err) != fault.VillagesTownship {
		t.Errorf("a county: %v", err)
	}
}

// The one step to do next is the first that is not done.
func TestStepsTellTheNextOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 2)
		p := Progress{Villages: 2, Confirmed: n.Draw(t, "confirmed"), Upper: rapid.Bool().Draw(t, "upper"), Adopted: rapid.Bool().Draw(t, "adopted"),
			Templates: n.Draw(t, "templates"), Active: n.Draw(t, "active"), Competitions: n.Draw(t, "competitions"), Planned: n.Draw(t, "planned"),
			Clerks: n.Draw(t, "clerks"), Judges: n.Draw(t, "judges"), Notified: n.Draw(t, "notified")}
		open := false
		for _, step := range p.steps(rapid.SampledFrom([]string{"township", "county"}).Draw(t, "kind")) {
			if step.Next != (!step.Done && !open) {
				t.Fatalf("%+v", step)
			}
			open = open || !step.Done
		}
	})
	done := Progress{Villages: 2, Confirmed: 2, Templates: 1, Active: 1, Competitions: 1, Planned: 1, Clerks: 1, Judges: 1, Notified: 1}
	if steps := done.steps("township"); len(steps) != 7 || steps[6].Next || !steps[6].Done {
		t.Errorf("%+v", steps)
	}
}

// What the platform does to a tenant stands in the audit of both.
func TestActsUponATenantAreRecordedTwice(t *testing.T) {
	t.Parallel()
	k := &kept{plans: []*Plan{small()}}
	s, ctx := service(k, platformKind)
	steps := []struct {
		name string
		do   func() (*Hosted, error)
		code fault.Code
	}{
		{"an unknown tenant", func() (*Hosted, error) { return s.Suspend(ctx, "1", Closed, "欠费") }, fault.TenantUnknown},
		{"no reason", func() (*Hosted, error) { return s.Suspend(ctx, "990101001", Closed, "") }, fault.Required},
		{"suspended", func() (*Hosted, error) { return s.Suspend(ctx, "990101001", ReadOnly, "核查") }, ""},
		{"suspended twice", func() (*Hosted, error) { return s.Suspend(ctx, "990101001", Closed, "核查") }, fault.TenantHeld},
		{"restored", func() (*Hosted, error) { return s.Restore(ctx, "990101001", "核查完毕") }, ""},
		{"restored twice", func() (*Hosted, error) { return s.Restore(ctx, "990101001", "核查完毕") }, fault.TenantNotHeld},
		{"no such plan", func() (*Hosted, error) { return s.AssignPlan(ctx, "990101001", "gold", nil) }, fault.PlanUnknown},
		{"an end in the past", func() (*Hosted, error) { return s.AssignPlan(ctx, "990101001", "trial", ptr(noon)) }, fault.Invalid},
		{"a plan", func() (*Hosted, error) { return s.AssignPlan(ctx, "990101001", "trial", nil) }, ""},
	}
	for _, step := range steps {
		own, beside := len(k.own), len(k.beside)
		_, err := step.do()
		if fault.CodeOf(err) != step.code {
			t.Errorf("%s: %v", step.name, err)
		}
		if err == nil && (len(k.own) != own+1 || len(k.beside) != beside+1 || k.beside[beside].Action != k.own[own].Action) {
			t.Errorf("%s: the audits hold %d and %d more", step.name, len(k.own)-own, len(k.beside)-beside)
		}
	}
}

func TestBreakGlassNeedsReasonHoursAndAPerson(t *testing.T) {
	t.Parallel()
	k := &kept{}
	s, ctx := service(k, platformKind)
	const reason = "核对六月成绩计算异常的原因"
	for name, got := range map[string]error{
		"too short a reason": second(s.AskGlass(ctx, "990101001", "看看", 1)), "no hours": second(s.AskGlass(ctx, "990101001", reason, 0)),
		"too many hours": second(s.AskGlass(ctx, "990101001", reason, 9)), "an unknown tenant": second(s.AskGlass(ctx, "99", reason, 1)),
	} {
		if got == nil {
			t.Errorf("%s: it opened", name)
		}
	}
	v, _ := viewer.From(ctx)
	byToken := *v
	byToken.Credential.Kind = viewer.Token
	if err := second(s.AskGlass(viewer.With(ctx, &byToken), "990101001", reason, 1)); fault.CodeOf(err) != fault.SessionNeeded {
		t.Errorf("by token: %v", err)
	}
	g, err := s.AskGlass(ctx, "990101001", reason, 2)
	if err != nil || g.StateAt(noon) != GlassWaiting || len(k.beside) != 1 || k.beside[0].Reason != reason {
		t.Fatalf("%+v, %v", g, err)
	}
	if err := second(s.ApproveGlass(ctx, g.ID)); fault.CodeOf(err) != fault.GlassNotWaiting {
		t.Errorf("approved by the same person: %v", err)
	}
	other := *v
	other.User = uuid.New()
	if g, err = s.ApproveGlass(viewer.With(ctx, &other), g.ID); err != nil || g.StateAt(noon) != GlassOpen || g.StateAt(noon.Add(time.Hour)) != GlassEnded {
		t.Errorf("approved by another: %+v, %v", g, err)
	}
	if err := second(s.ApproveGlass(ctx, uuid.New())); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("no record: %v", err)
	}
	if waits := (&Glass{AskedAt: noon}); waits.StateAt(noon.Add(glassWaits)) != GlassEnded || waits.StateAt(noon.Add(glassWaits-1)) != GlassWaiting {
		t.Error("a wish waits a day")
	}
}

func second[T any](_ T, err error) error { return err }

func TestPlansAreChecked(t *testing.T) {
	t.Parallel()
	k := &kept{}
	s, ctx := service(k, platformKind)
	_, err := s.PutPlan(ctx, Plan{Key: "Big", Zh: "", Villages: ptr(0), Bytes: ptr(int64(-1)), Days: ptr(4000)})
	if len(fault.All(err)) != 5 {
		t.Errorf("%v", fault.All(err))
	}
	if _, err := s.PutPlan(ctx, Plan{Key: "big", Zh: "大"}); err != nil || len(k.plans) != 1 || len(k.own) != 1 {
		t.Errorf("%v", err)
	}
	s, ctx = service(k, "county", authz.PlatformWrite, authz.PlatformRead)
	if _, err := s.PutPlan(ctx, Plan{Key: "big", Zh: "大"}); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a county offers a plan: %v", err)
	}
	if _, err := s.Statement(ctx, "2026-04", All); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a county reads everybody's statement: %v", err)
	}
	for _, month := range []string{"", "2026", "2026-Q1", "2026-13", "April"} {
		if _, err := s.Statement(context.Background(), month, Own); fault.CodeOf(err) != fault.MonthInvalid {
			t.Errorf("%q: %v", month, err)
		}
	}
}
