package budget

import "net/netip"

// Network is the address of a client as one asker: of an IPv6 address its /64,
// of which everybody has as many as they like. What is no address is itself.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if network, err := ip.Prefix(64); err == nil {
			return network.String()
		}
	}
	return ip.String()
}
