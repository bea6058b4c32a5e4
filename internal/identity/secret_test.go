package identity

import (
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/viewer"

	"pgregory.net/rapid"
)

func TestSecretsAreReadBack(t *testing.T) {
	t.Parallel()
	token, handle := NewToken()
	if !strings.HasPrefix(token, "leitai_pat_"+handle+"_") || len(token) != len(TokenPrefix)+handleLength+1+secretLength+checksumLength {
		t.Fatalf("token %q", token)
	}
	session := newSessionSecret()
	byBearer, found, err := Credential("", token, "")
	if err != nil || !found || byBearer.Kind != viewer.Token {
		t.Errorf("bearer: %v %v", found, err)
	}
	byBasic, _, err := Credential(token, "", session)
	if err != nil || byBasic != byBearer {
		t.Errorf("basic: %v", err)
	}
	byCookie, found, err := Credential("", "", session)
	if err != nil || !found || byCookie.Kind != viewer.Session || byCookie.Hash == byBearer.Hash {
		t.Errorf("cookie: %v %v", found, err)
	}
	if _, found, err := Credential("", "", ""); found || err != nil {
		t.Errorf("nothing: %v %v", found, err)
	}
	other, _ := NewToken()
	if other == token || newSessionSecret() == session {
		t.Error("secrets repeat")
	}
}

// No change of one character passes the checksum, so the database is not asked.
func TestAMistypedTokenIsNotLookedUp(t *testing.T) {
	t.Parallel()
	token, _ := NewToken()
	for i := range token {
		for _, r := range []byte{'0', 'A', 'z', '_', ' ', 0xff} {
			changed := token[:i] + string(r) + token[i+1:]
			if changed == token {
				continue
			}
			if _, _, err := Credential("", changed, ""); fault.CodeOf(err) != fault.Unauthenticated {
				t.Fatalf("character %d changed to %q passes", i, r)
			}
		}
	}
}

func TestAnythingElseIsNoCredential(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.String().Filter(func(s string) bool { return s != "" }).Draw(r, "text")
		if _, found, err := Credential("", text, ""); !found || fault.CodeOf(err) != fault.Unauthenticated {
			r.Fatalf("%q as a token: %v", text, err)
		}
		if _, err := SessionCredential(text); fault.CodeOf(err) != fault.Unauthenticated {
			r.Fatalf("%q as a session: %v", text, err)
		}
	})
}

func TestPasswordPolicy(t *testing.T) {
	t.Parallel()
	policy := PasswordPolicy{}.withDefaults()
	for _, c := range []struct {
		password string
		ok       bool
	}{
		{"Correct-Horse-1", true}, {"correct-horse-1", true}, {"Abcdefgh1", false}, {"abcdefghijklm", false}, {"擂台比武Abc12345", true},
		{"CLERK-name-123", false}, {"My-Clerk-Pass-1", false}, {"", false}, {strings.Repeat("Aa1-", 64), true}, {strings.Repeat("Aa1-", 65), false}, {"Aa1-\xff\xff\xff\xff\xff\xff", false},
	} {
		if got := policy.check("clerk", c.password); (got == nil) != c.ok {
			t.Errorf("%q: %v", c.password, got)
		}
	}
	if got := (PasswordPolicy{Least: 12, Classes: 4}).check("clerk", "Correct-Horse"); got == nil || !strings.Contains(got.Message(fault.Chinese), "12") {
		t.Errorf("a stricter policy: %v", got)
	}
}
