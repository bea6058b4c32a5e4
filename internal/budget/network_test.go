package budget

import "testing"

func TestAddressesOfOneNetworkAreOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x, y string
		same bool
	}{
		{"2001:db8::1", "2001:db8::ffff:2", true}, {"2001:db8::1", "2001:db8:0:1::1", false}, {"192.0.2.1", "::ffff:192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false}, {"fe80::1%eth0", "fe80::2%eth1", true}, {"", "", true}, {"no address", "192.0.2.1", false},
	} {
		if (Network(c.x) == Network(c.y)) != c.same {
			t.Errorf("%q and %q", c.x, c.y)
		}
	}
}
