package identity

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"leitai/internal/fault"
)

// PasswordPolicy is what a password must have.
type PasswordPolicy struct {
	Least   int // characters; 0 means 10
	Classes int // of capitals, small letters, digits and others, 1 to 4; 0 means 3
}

// longestPassword bounds what is hashed, in bytes.
const longestPassword = 256

func (p PasswordPolicy) withDefaults() PasswordPolicy {
	return PasswordPolicy{Least: orElse(p.Least, 10), Classes: orElse(p.Classes, 3)}
}

// check refuses a password that the policy does not allow for the login.
func (p PasswordPolicy) check(login, password string) *fault.Fault {
	characters := utf8.RuneCountInString(password)
	if utf8.ValidString(password) && characters >= p.Least && len(password) <= longestPassword && classesOf(password) >= p.Classes &&
		!strings.Contains(strings.ToLower(password), login) {
		return nil
	}
	return fault.New(fault.PasswordWeak, "least", strconv.Itoa(p.Least), "most", strconv.Itoa(longestPassword), "classes", strconv.Itoa(p.Classes)).At("password")
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
