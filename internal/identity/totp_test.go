package identity_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"leitai/internal/config"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

// factor is an authenticator on the clock of the stage.
type factor struct {
	s      *stage
	secret string
	backup []string
}

func (f *factor) code() string {
	f.s.t.Helper()
	code, err := totp.GenerateCode(f.secret, f.s.clock.now())
	must(f.s.t, err)
	return code
}

// next moves the clock on to the next code.
func (f *factor) next() string {
	f.s.t.Helper()
	f.s.clock.advance(30 * time.Second)
	return f.code()
}

// enrolled sets up a second factor for a user.
func (s *stage) enrolled(login string) *factor {
	s.t.Helper()
	ctx := s.as(login)
	made, err := s.who.BeginFactor(ctx, password)
	must(s.t, err)
	f := &factor{s: s, secret: made.Secret}
	f.backup, err = s.who.ConfirmFactor(ctx, f.code())
	must(s.t, err)
	return f
}

// step signs in with the password only.
func (s *stage) step(login, kind string) string {
	s.t.Helper()
	in, err := s.login(login, password)
	must(s.t, err)
	if in.Step != kind {
		s.t.Fatalf("the step is %q, want %q", in.Step, kind)
	}
	return in.Secret
}

func (s *stage) coded(step, code string) error {
	_, err := s.who.Code(s.t.Context(), step, code, "")
	return err
}

func TestASecondFactor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	before := s.signIn("clerk")
	ctx := s.as("clerk")
	_, err := s.who.BeginFactor(ctx, "Wrong-Horse-1")
	refused(t, err, fault.PasswordWrong, "current")
	made, err := s.who.BeginFactor(ctx, password)
	must(t, err)
	u, err := url.Parse(made.URL)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Query().Get("secret") != made.Secret || !strings.HasSuffix(u.Path, ":clerk") || len(made.Secret) != 32 {
		t.Errorf("%q %v", made.URL, err)
	}
	if in, err := s.login("clerk", password); err != nil || in.Step != "" {
		t.Errorf("a factor that is not confirmed is asked for: %+v %v", in, err)
	}
	_, err = s.who.ConfirmFactor(ctx, "000000x")
	refused(t, err, fault.CodeWrong, "code")
	f := &factor{s: s, secret: made.Secret}
	f.backup, err = s.who.ConfirmFactor(ctx, f.code())
	must(t, err)
	if len(f.backup) != 10 || len(f.backup[0]) != 23 {
		t.Errorf("recovery codes %v", f.backup)
	}
	if _, _, err := s.begin(before); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a session from before the factor: %v", err)
	}
	_, err = s.who.BeginFactor(ctx, password)
	refused(t, err, fault.FactorInForce, "")
	if state, err := s.who.FactorOf(ctx); err != nil || !state.InForce || state.Required || state.RecoveryLeft != 10 {
		t.Errorf("%+v %v", state, err)
	}

	step := s.step("clerk", identity.StepCode)
	if _, _, err := s.begin(step); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a step as a session: %v", err)
	}
	refused(t, s.coded(step, "123456"), fault.CodeWrong, "code")
	in, err := s.who.Code(t.Context(), step, f.next(), "")
	must(t, err)
	if _, v, err := s.begin(in.Secret); err != nil || v.User != s.users["clerk"] {
		t.Errorf("%+v %v", v, err)
	}
	refused(t, s.coded(step, f.next()), fault.SignInStepOver, "")
	if s.count(`SELECT count(*) FROM session WHERE method = 'password+code' AND strong`) != 2 {
		t.Error("it is not noted how the session was proved")
	}
}

// A code is accepted once, and none from before the last one.
func TestACodeIsTakenOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	f := s.enrolled("clerk")
	refused(t, s.coded(s.step("clerk", identity.StepCode), f.code()), fault.CodeWrong, "code") // confirmed with it
	early := f.next()
	late := f.next()
	must(t, s.coded(s.step("clerk", identity.StepCode), late))
	for _, again := range []string{late, early} { // both still in the window
		refused(t, s.coded(s.step("clerk", identity.StepCode), again), fault.CodeWrong, "code")
	}
	s.clock.advance(10 * time.Minute)
	old := f.code()
	s.clock.advance(2 * time.Minute)
	refused(t, s.coded(s.step("clerk", identity.StepCode), old), fault.CodeWrong, "code")
}

func TestRecoveryCodesAreUsedOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	f := s.enrolled("clerk")
	must(t, s.coded(s.step("clerk", identity.StepCode), strings.ToLower(strings.ReplaceAll(f.backup[3], "-", " "))))
	refused(t, s.coded(s.step("clerk", identity.StepCode), f.backup[3]), fault.CodeWrong, "code")
	other := s.enrolled("judge")
	refused(t, s.coded(s.step("clerk", identity.StepCode), other.backup[0]), fault.CodeWrong, "code")
	s.clock.advance(time.Hour)
	in, err := s.who.Code(t.Context(), s.step("clerk", identity.StepCode), f.next(), "")
	must(t, err)
	ctx, _, err := s.begin(in.Secret)
	must(t, err)
	_, err = s.who.RenewRecoveryCodes(ctx, password, f.code())
	refused(t, err, fault.CodeWrong, "code") // the code signed in already
	fresh, err := s.who.RenewRecoveryCodes(ctx, password, f.next())
	must(t, err)
	refused(t, s.coded(s.step("clerk", identity.StepCode), f.backup[4]), fault.CodeWrong, "code")
	must(t, s.coded(s.step("clerk", identity.StepCode), fresh[4]))
}

// Guessing codes: five tries at a step, and slower and slower for the user,
// whatever step they are made at.
func TestGuessingCodesIsSlowedDown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	f := s.enrolled("clerk")
	step := s.step("clerk", identity.StepCode)
	for range 5 {
		refused(t, s.coded(step, "000001"), fault.CodeWrong, "code")
	}
	refused(t, s.coded(step, f.code()), fault.SignInStepOver, "")
	refused(t, s.coded(s.step("clerk", identity.StepCode), f.code()), fault.LoginThrottled, "")
	s.clock.advance(15 * time.Minute)
	must(t, s.coded(s.step("clerk", identity.StepCode), f.next()))
}

// Somebody without the password is told the same whether a factor is in force
// or not, after the same work, and no code without it is looked at.
func TestAFactorTellsNothingToWhoHasNoPassword(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enrolled("clerk")
	var answers []string
	for _, login := range []string{"clerk", "judge", "nobody"} {
		before := s.hasher.matches.Load()
		_, err := s.login(login, "Wrong-Horse-1")
		refused(t, err, fault.LoginFailed, "")
		answers = append(answers, err.Error())
		if n := s.hasher.matches.Load() - before; n != 1 {
			t.Errorf("%s: %d hash operations", login, n)
		}
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Errorf("%v", answers)
	}
	for _, step := range []string{"", "x", strings.Repeat("A", 43)} {
		refused(t, s.coded(step, "000001"), fault.SignInStepOver, "")
	}
	if s.count(`SELECT count(*) FROM sign_in_step`) != 0 {
		t.Error("a wrong password left a step")
	}
}

func TestAStepIsShort(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	f := s.enrolled("clerk")
	step := s.step("clerk", identity.StepCode)
	s.put(`UPDATE sign_in_step SET expires_at = now() - interval '1 second'`)
	refused(t, s.coded(step, f.next()), fault.SignInStepOver, "")
	step = s.step("clerk", identity.StepCode)
	s.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'clerk'`)
	refused(t, s.coded(step, f.next()), fault.SignInStepOver, "")
	s.put(`UPDATE app_user SET status = 'active' WHERE login = 'clerk'`)
	for range 15 {
		s.step("clerk", identity.StepCode)
	}
	if n := s.count(`SELECT count(*) FROM sign_in_step`); n > 10 {
		t.Errorf("%d steps are under way", n)
	}
	_, err := s.who.Renew(t.Context(), s.step("clerk", identity.StepCode), "Better-Horse-2", "")
	refused(t, err, fault.SignInStepOver, "") // of another kind
}

func TestRemovingAFactor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	f := s.enrolled("clerk")
	in, err := s.who.Code(t.Context(), s.step("clerk", identity.StepCode), f.next(), "")
	must(t, err)
	ctx, _, err := s.begin(in.Secret)
	must(t, err)
	refused(t, s.who.RemoveFactor(ctx, "Wrong-Horse-1", f.next()), fault.PasswordWrong, "current")
	for _, none := range []string{"", "\x00", " "} {
		refused(t, s.who.RemoveFactor(ctx, password, none), fault.CodeWrong, "code")
	}
	must(t, s.who.RemoveFactor(ctx, password, f.next()))
	if s.count(`SELECT count(*) FROM recovery_code`) != 0 {
		t.Error("recovery codes are left")
	}
	s.signIn("clerk")
}

// Who lost the authenticator and the recovery codes asks whoever may set the
// password, of the own home only.
func TestResettingAFactor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enrolled("judge")
	refused(t, s.who.ResetFactors(s.as("clerk"), s.users["judge"]), fault.Forbidden, "")
	if err := s.who.ResetFactors(s.as("stranger"), s.users["judge"]); err == nil {
		t.Error("another township reset a factor")
	}
	step := s.step("judge", identity.StepCode)
	must(t, s.who.ResetFactors(s.as("approver"), s.users["judge"]))
	refused(t, s.coded(step, "000001"), fault.SignInStepOver, "")
	s.signIn("judge")
}

// The secret opens with the keys of the folder only: after a rotation with the
// old key, sealed anew by use; without any of them no code is right.
func TestKeysOfSecondFactorsRotate(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	f := s.enrolled("clerk")
	old := s.ring
	fresh := config.Ring{[]byte(strings.Repeat("n", 32))}
	s.ring = config.Ring{fresh[0], old[0]}
	must(t, s.coded(s.step("clerk", identity.StepCode), f.next()))
	s.ring = fresh
	must(t, s.coded(s.step("clerk", identity.StepCode), f.next()))
	s.ring = old
	if err := s.coded(s.step("clerk", identity.StepCode), f.next()); !errors.Is(err, config.ErrSealed) {
		t.Errorf("with the retired key: %v", err)
	}
}
