package hosting

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Application is what an applicant enters.
type Application struct {
	UnitCode  string
	Applicant string // name, at most 50 characters
	Office    string
	Phone     string // or another way to be reached
	Login     string
	Password  string
	Preset    string // key of a scheme of the library; optional
	Note      string // optional
	Address   string // of the client, for the limit only
}

var (
	unitCode  = regexp.MustCompile(`^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$`)
	presetKey = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
)

// Submit takes an application in and gives the code to ask for its state with,
// shown once. Whether the login or the unit is taken is not told: the answer is
// the same, and whoever decides sees it. SIGNUP_THROTTLED when an address sends
// too many, SIGNUP_BUSY when three wait for the unit already.
func (s *Service) Submit(ctx context.Context, in Application) (receipt string, err error) {
	made, err := in.check()
	if err != nil {
		return "", err
	}
	if err := s.addresses.take(in.Address); err != nil {
		return "", err
	}
	if made.Account, err = s.prepare(ctx, in.Login, in.Password); err != nil {
		return "", err
	}
	receipt = rand.Text() // 26 letters: 130 bits
	made.ID, made.Receipt, made.At = newID(), sha256.Sum256([]byte(receipt)), s.moment()
	err = s.outside(ctx, func(ctx context.Context, d Door) error { return d.SubmitSignup(ctx, made) })
	if err != nil {
		return "", err
	}
	return receipt, nil
}

// check lists everything that is wrong with a form.
func (in Application) check() (NewSignup, error) {
	made := NewSignup{UnitCode: strings.TrimSpace(in.UnitCode), Preset: strings.TrimSpace(in.Preset)}
	var bad fault.List
	if !unitCode.MatchString(made.UnitCode) {
		bad = append(bad, fault.New(fault.SignupUnit, "code", clipped(made.UnitCode)).At("unitCode"))
	}
	if made.Preset != "" && !presetKey.MatchString(made.Preset) {
		bad = append(bad, fault.New(fault.Invalid, "value", clipped(made.Preset), "want", "month-arena …").At("preset"))
	}
	for _, f := range []struct {
		into                *string
		value, field, want  string
		least, longestValue int
	}{
		{&made.Applicant, in.Applicant, "applicant", "姓名 / a name", 1, 50},
		{&made.Office, in.Office, "office", "所在办公室 / an office", 1, 100},
		{&made.Phone, in.Phone, "phone", "联系电话 / a telephone number", 5, 50},
		{&made.Note, in.Note, "note", "", 0, 1000},
	} {
		var wrong *fault.Fault
		if *f.into, wrong = text(f.value, f.field, f.want, f.least, f.longestValue); wrong != nil {
			bad = append(bad, wrong)
		}
	}
	return made, bad.Err()
}

// clipped keeps a caller's own text short in an answer.
func clipped(value string) string {
	if runes := []rune(value); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return value
}

// State tells how far an application is, to whoever has its receipt.
func (s *Service) State(ctx context.Context, receipt string) (*Receipt, error) {
	var found *Receipt
	if len(receipt) > 64 {
		return nil, fault.New(fault.SignupReceipt).At("receipt")
	}
	err := s.outside(ctx, func(ctx context.Context, d Door) (err error) {
		found, err = d.SignupByReceipt(ctx, sha256.Sum256([]byte(strings.ToUpper(strings.TrimSpace(receipt)))))
		return err
	})
	if err == nil && found == nil {
		err = fault.New(fault.SignupReceipt).At("receipt")
	}
	return found, err
}

// unitsPage is how many lines of the division table one answer has.
const unitsPage = 200

// Units lists the units below a code, 200 at a time, for the form: provinces
// for "". next is "" on the last page.
func (s *Service) Units(ctx context.Context, under, after string) (units []PublicUnit, next string, err error) {
	for field, code := range map[string]string{"under": under, "after": after} {
		if code != "" && !unitCode.MatchString(code) {
			return nil, "", fault.New(fault.Invalid, "value", clipped(code), "want", "2, 4, 6, 9").At("%s", field)
		}
	}
	err = s.outside(ctx, func(ctx context.Context, d Door) (err error) {
		units, err = d.PublicUnits(ctx, under, after, unitsPage+1)
		return err
	})
	if len(units) > unitsPage {
		units = units[:unitsPage]
		next = units[unitsPage-1].Code
	}
	return units, next, err
}

// Signups lists the applications that the viewer's tenant decides on, the
// oldest waiting first, or has decided on, the newest first; at most 200.
func (s *Service) Signups(ctx context.Context, state SignupState) ([]*Signup, error) {
	var list []*Signup
	err := s.look(ctx, authz.SignupRead, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		list, err = st.Signups(ctx, state)
		return err
	})
	return list, err
}

// Decision is what is decided about an application.
type Decision struct {
	Signup  uuid.UUID
	Approve bool
	Reason  string // of a refusal; the applicant reads it
	Login   string // another one than was asked for, because that one is taken; the applicant reads it
}

// Decide approves or refuses an application. Approval opens the tenant with the
// applicant as its first administrator. What opens for the platform begins with
// a trial; below a tenant it has that one's plan, and the adoption is offered.
// A unit that is a tenant already can only be refused.
func (s *Service) Decide(ctx context.Context, in Decision) (opened *uuid.UUID, err error) {
	reason, bad := text(in.Reason, "reason", "理由 / a reason", map[bool]int{true: 0, false: 2}[in.Approve], 500)
	if bad != nil {
		return nil, bad
	}
	err = s.change(ctx, authz.SignupDecide, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		opened = nil
		asked, err := st.TakeSignup(ctx, in.Signup)
		if err == nil && asked == nil {
			err = fault.New(fault.SignupDecided).At("signup")
		}
		if err != nil {
			return err
		}
		if in.Login != "" {
			asked.Account.Login = strings.ToLower(strings.TrimSpace(in.Login))
		}
		if in.Approve {
			if opened, err = s.admit(ctx, v, st, asked); err != nil {
				return err
			}
		}
		if err := st.SettleSignup(ctx, in.Signup, in.Approve, reason, asked.Account.Login, v.User, s.moment(), opened); err != nil {
			return err
		}
		return audit.Record(ctx, "signup:decide", "signup", in.Signup, map[string]any{"approve": in.Approve, "unit": asked.UnitCode, "tenant": opened}, audit.Because(reason))
	})
	return opened, err
}

var loginName = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// admit opens the tenant that was asked for.
func (s *Service) admit(ctx context.Context, v *viewer.Viewer, st Store, asked *Taken) (*uuid.UUID, error) {
	if asked.UnitTaken {
		return nil, fault.New(fault.SignupUnitTaken, "name", asked.UnitName).At("signup")
	}
	if !loginName.MatchString(asked.Account.Login) {
		return nil, fault.New(fault.LoginNameInvalid, "value", clipped(asked.Account.Login)).At("login")
	}
	opened, err := s.open(ctx, Opening{UnitCode: asked.UnitCode, Name: asked.Applicant, Account: asked.Account})
	for _, f := range fault.All(err) {
		if f.Field == "adminLogin" {
			f.At("login")
		}
	}
	if err != nil {
		return nil, err
	}
	if v.TenantKind == platformKind {
		err = st.AssignPlan(ctx, newID(), opened, trialPlan, s.moment(), nil, v.User)
	}
	return &opened, err
}

const (
	platformKind = "platform"
	trialPlan    = "trial"
)
