package authz

import "testing"

func TestBuiltInPolicyReads(t *testing.T) {
	t.Parallel()
	p, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range roles {
		if len(p.roles[info.Role]) == 0 {
			t.Errorf("role %s may nothing", info.Role)
		}
	}
	if !p.allows(builtInSet(Judge), position[MarkWrite]) || p.allows(builtInSet(Judge), position[RoundPublish]) {
		t.Error("a judge marks and does not publish")
	}
}

// builtInSet is the set of one built-in role.
func builtInSet(r Role) uint64 { return roleSet{}.plus(uint8(rolePosition[r])).builtIn }
