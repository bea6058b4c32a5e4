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
	if !p.allows(roleSet{}.with(Judge).builtIn, position[MarkWrite]) || p.allows(roleSet{}.with(Judge).builtIn, position[RoundPublish]) {
		t.Error("a judge marks and does not publish")
	}
}
