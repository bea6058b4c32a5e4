package identity_test

import (
	"testing"

	"leitai/internal/authz"
)

// Every sign-in, switch and sign-out is in the audit of the tenant worked in,
// with how it was proved and without any secret; a refusal opens nothing.
func TestSigningInLeavesATrace(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.grant("clerk", "west", authz.TownshipClerk)
	entries := func(tenant, action string) int {
		return s.count(`SELECT count(*) FROM audit_entry WHERE tenant_id = $1 AND action = $2 AND actor = $3 AND object_id = $3`, s.tenants[tenant], action, s.users["clerk"])
	}
	if _, err := s.login("clerk", "Wrong-Horse-1"); err == nil {
		t.Fatal("a wrong password opens a session")
	}
	if n := s.count(`SELECT count(*) FROM audit_entry`); n != 0 {
		t.Errorf("%d entries after a refusal", n)
	}
	in, err := s.login("clerk", password)
	must(t, err)
	if entries("east", "session:begin") != 1 || s.count(`SELECT count(*) FROM audit_entry WHERE detail = '{"method": "password"}'`) != 1 {
		t.Error("the sign-in is not noted")
	}
	moved, err := s.who.SwitchTenant(t.Context(), in.Secret, s.tenants["west"])
	must(t, err)
	if entries("west", "session:begin") != 1 {
		t.Error("the switch is not noted where it led")
	}
	must(t, s.who.Logout(t.Context(), moved.Secret))
	must(t, s.who.Logout(t.Context(), moved.Secret))
	if entries("west", "session:end") != 1 {
		t.Error("the sign-out is not noted once")
	}
	for _, secret := range []string{in.Secret, moved.Secret, password} {
		if s.count(`SELECT count(*) FROM audit_entry e WHERE e::text LIKE '%' || $1 || '%'`, secret) != 0 {
			t.Error("a secret is in the audit")
		}
	}
}
