package identity

import (
	"cmp"
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// PasswordPolicy is what a password must have.
type PasswordPolicy struct {
	Least      int // characters; 0 means 10
	Classes    int // of capitals, small letters, digits and others, 1 to 4; 0 means 3
	Days       int // after so many a sign-in asks for a new one; 0 means never
	Remembered int // so many passwords, the present one among them, are not taken again; 0 means none
}

// longestPassword bounds what is hashed, in bytes.
const longestPassword = 256

func (p PasswordPolicy) withDefaults() PasswordPolicy {
	p.Least, p.Classes = cmp.Or(p.Least, 10), cmp.Or(p.Classes, 3)
	return p
}

// stricter is the stricter of two policies in each respect; zeros ask nothing.
func (p PasswordPolicy) stricter(q PasswordPolicy) PasswordPolicy {
	s := PasswordPolicy{Least: max(p.Least, q.Least), Classes: max(p.Classes, q.Classes), Days: p.Days, Remembered: max(p.Remembered, q.Remembered)}
	if q.Days > 0 && (s.Days == 0 || q.Days < s.Days) {
		s.Days = q.Days
	}
	return s
}

// check refuses a password that the policy does not allow for the login, and
// one of the most common ones.
func (p PasswordPolicy) check(login, password string) *fault.Fault {
	characters := utf8.RuneCountInString(password)
	if !utf8.ValidString(password) || characters < p.Least || len(password) > longestPassword || classesOf(password) < p.Classes ||
		strings.Contains(strings.ToLower(password), login) {
		return fault.New(fault.PasswordWeak, "least", strconv.Itoa(p.Least), "most", strconv.Itoa(longestPassword), "classes", strconv.Itoa(p.Classes)).At("password")
	}
	if common(password) {
		return fault.New(fault.PasswordCommon).At("password")
	}
	return nil
}

// freshHash checks a new password of a user against the policy of the operator
// and of the user's tenants and against the passwords before, and hashes it.
func (s *Service) freshHash(ctx context.Context, run func(context.Context, func(context.Context, Methods) error) error, user uuid.UUID, password string) (string, error) {
	var login string
	var policy PasswordPolicy
	var salts []string
	err := run(ctx, func(ctx context.Context, m Methods) (err error) {
		needs, err := m.SignInNeeds(ctx, user)
		if err != nil {
			return err
		}
		policy = s.passwords.stricter(needs.Passwords)
		if login, err = m.LoginOf(ctx, user); err != nil {
			return err
		}
		salts, err = m.SaltsOf(ctx, user, policy.Remembered)
		return err
	})
	if err != nil {
		return "", err
	}
	if weak := policy.check(login, password); weak != nil {
		return "", weak
	}
	derived := make([]string, len(salts))
	for i, salt := range salts {
		key, err := s.hasher.Derive(ctx, password, salt)
		if err != nil {
			return "", err
		}
		derived[i] = hashOf(salt, key)
	}
	known := false
	err = run(ctx, func(ctx context.Context, m Methods) (err error) {
		known, err = m.KnowsPassword(ctx, user, derived)
		return err
	})
	if err != nil {
		return "", err
	}
	if known {
		return "", fault.New(fault.PasswordReused, "count", strconv.Itoa(policy.Remembered)).At("password")
	}
	return s.hasher.Hash(ctx, password)
}

func classesOf(password string) int {
	var upper, lower, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

// loginName is what a login may look like.
var loginName = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// nameOf is the login as it is kept: small letters without spaces around.
func nameOf(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

func checkName(login string) *fault.Fault {
	if loginName.MatchString(login) {
		return nil
	}
	return fault.New(fault.LoginNameInvalid, "value", login).At("login")
}
