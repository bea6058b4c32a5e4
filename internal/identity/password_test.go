package identity

import (
	"testing"

	"leitai/internal/fault"
)

func TestCommonPasswords(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"Password2024!", "P@ssw0rd123", "Passw0rd!!", "Admin@12345", "Aa123456789", "Aa123456!", "Abc@123456789", "Qwerty12345!", "1qaz@WSX3edc",
		"1qaz2wsx#EDC", "Woaini1314520", "WoAiNi@1314520", "Zhongguo123!", "Test@123456", "Huawei@123", "Root@123456", "Qq123456789", "A1234567890", "111222333Aa!", "Aa987654321"} {
		if !common(word) {
			t.Errorf("%s is not taken for common", word)
		}
	}
	for _, word := range []string{"Correct-Horse-1", "Better-Horse-2", "Richtig-Pferd-1", "清河县Tian-7391", "Kx7#mQ2p!vRt", "Paperwork-Lantern-82", "Mima-Lantern-82"} {
		if common(word) {
			t.Errorf("%s is taken for common", word)
		}
	}
}

func TestThePolicy(t *testing.T) {
	t.Parallel()
	p := PasswordPolicy{}.withDefaults()
	for word, code := range map[string]fault.Code{
		"Correct-Horse-1": "", "short-A1": fault.PasswordWeak, "alllowercase": fault.PasswordWeak, "My-CLERK-pass-1": fault.PasswordWeak,
		"Password2024!": fault.PasswordCommon, "Corr\xffect-Horse-1": fault.PasswordWeak,
	} {
		got := fault.Code("")
		if f := p.check("clerk", word); f != nil {
			got = f.Code
		}
		if got != code {
			t.Errorf("%s: %s, want %s", word, got, code)
		}
	}
}

// Of an operator and a tenant the stricter holds in each respect, whichever it
// is.
func TestTheStricterPolicy(t *testing.T) {
	t.Parallel()
	a, b := PasswordPolicy{Least: 10, Classes: 3, Days: 90, Remembered: 3}, PasswordPolicy{Least: 14, Days: 180, Remembered: 1}
	want := PasswordPolicy{Least: 14, Classes: 3, Days: 90, Remembered: 3}
	if a.stricter(b) != want || b.stricter(a) != want || a.stricter(PasswordPolicy{}) != a {
		t.Errorf("%+v %+v", a.stricter(b), b.stricter(a))
	}
	if got := (PasswordPolicy{}).stricter(PasswordPolicy{Days: 30}); got.Days != 30 {
		t.Errorf("%+v", got)
	}
}
