package identity_test

import (
	"testing"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

// A tenant asks everybody for a factor: who has none sets one up at the next
// sign-in and cannot remove it; sessions without one end at once.
func TestATenantAsksForASecondFactor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ctx := s.as("approver")
	refused(t, s.who.ChangePolicy(ctx, identity.TenantPolicy{SecondFactor: true}), fault.PolicyFactorFirst, "secondFactor")
	weak, stranger := s.signIn("judge"), s.signIn("stranger")
	made, err := s.who.BeginFactor(ctx, password)
	must(t, err)
	mine := &factor{s: s, secret: made.Secret}
	_, err = s.who.ConfirmFactor(ctx, mine.code())
	must(t, err)
	must(t, s.who.ChangePolicy(ctx, identity.TenantPolicy{SecondFactor: true}))
	if _, _, err := s.begin(weak); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a session without a factor: %v", err)
	}
	if _, _, err := s.begin(stranger); err != nil {
		t.Errorf("another township: %v", err)
	}
	step := s.step("judge", identity.StepEnrol)
	refused(t, s.coded(step, "000001"), fault.SignInStepOver, "")
	step = s.step("judge", identity.StepEnrol)
	enrolment, err := s.who.EnrolByStep(t.Context(), step)
	must(t, err)
	f := &factor{s: s, secret: enrolment.Secret}
	_, _, err = s.who.ConfirmByStep(t.Context(), step, "000001", "")
	refused(t, err, fault.CodeWrong, "code")
	codes, in, err := s.who.ConfirmByStep(t.Context(), step, f.code(), "")
	must(t, err)
	if len(codes) != 10 || in.Step != "" {
		t.Errorf("%v %+v", codes, in)
	}
	judge, _, err := s.begin(in.Secret)
	must(t, err)
	refused(t, s.who.RemoveFactor(judge, password, f.next()), fault.FactorRequired, "")
	if state, err := s.who.FactorOf(judge); err != nil || !state.Required {
		t.Errorf("%+v %v", state, err)
	}
	_, err = s.who.EnrolByStep(t.Context(), s.step("judge", identity.StepCode))
	refused(t, err, fault.SignInStepOver, "")
}

// Operators of the platform always need a factor, and a session without one
// does not move to a tenant that asks for one.
func TestWhoAlwaysNeedsAFactor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.user("operator", "west", authz.PlatformOperator)
	s.step("operator", identity.StepEnrol)
	weak := s.signIn("clerk")
	s.grant("clerk", "west", authz.Judge)
	s.put(`INSERT INTO sign_in_policy (id, tenant_id, region, second_factor, changed_by, changed_at) VALUES (gen_random_uuid(), $1, '990101', true, $1, now())`, s.tenants["west"])
	refused(t, s.switching(weak, s.tenants["west"]), fault.FactorWanted, "")
	if err := s.once(weak); err != nil {
		t.Errorf("where it was: %v", err)
	}
}

// An issuer that asks for a second factor itself stands in for ours; any other
// is followed by the code.
func TestAnIssuerAndTheFactor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	must(t, s.linked("clerk", "county", "s-1"))
	f := s.enrolled("clerk")
	s.issuers.promise("c1", "county", "s-1", false)
	back, err := s.visit("county", "c1")
	must(t, err)
	if back.Step != identity.StepCode {
		t.Fatalf("%+v", back.LoggedIn)
	}
	must(t, s.coded(back.Secret, f.next()))
	s.issuers.promise("c2", "county", "s-1", true)
	back, err = s.visit("county", "c2")
	if err != nil || back.Step != "" {
		t.Errorf("%+v %v", back, err)
	}
}
