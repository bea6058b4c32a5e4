package outbound

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// Resolver looks names up; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// dialer resolves a name, checks every address it stands for, and connects to
// one of those it checked: a name that changes its address in between gains
// nothing.
type dialer struct {
	allowed []netip.Prefix
	resolve Resolver
	net     net.Dialer
}

func newDialer(allowed []netip.Prefix, resolve Resolver, timeout time.Duration) *dialer {
	if resolve == nil {
		resolve = net.DefaultResolver
	}
	d := &dialer{allowed: allowed, resolve: resolve}
	d.net = net.Dialer{Timeout: timeout, KeepAlive: 30 * time.Second, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s", ErrRefused, address)
		}
		return d.check(at.Addr())
	}}
	return d
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addresses, err := d.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	for _, a := range addresses {
		if err := d.check(a); err != nil {
			return nil, err // a name that also points inside is not trusted at all
		}
	}
	var last error
	for _, a := range addresses {
		conn, err := d.net.DialContext(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		last = err
	}
	if last == nil {
		last = fmt.Errorf("outbound: %s has no address", host)
	}
	return nil, last
}

func (d *dialer) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if literal, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{literal}, nil
	}
	return d.resolve.LookupNetIP(ctx, "ip", host)
}

// check refuses an address that is neither public nor in a network the operator
// allows.
func (d *dialer) check(a netip.Addr) error {
	if a.Zone() != "" {
		return fmt.Errorf("%w: %s is of one interface", ErrRefused, a)
	}
	a = a.Unmap()
	if never(a) {
		return fmt.Errorf("%w: %s", ErrRefused, a)
	}
	for _, network := range d.allowed {
		if network.Contains(a) {
			return nil
		}
	}
	if !public(a) {
		return fmt.Errorf("%w: %s is not public, and no network the operator allows holds it", ErrRefused, a)
	}
	return nil
}

// never are addresses that no operator can allow: clouds answer with their
// secrets at link-local ones.
func never(a netip.Addr) bool {
	return !a.IsValid() || a.IsUnspecified() || a.IsMulticast() || a.IsLinkLocalUnicast() || a == netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// special are the blocks of the IANA registries that no public host has. IPv6
// blocks that carry an IPv4 address inside are among them, whatever they carry.
var special = func() []netip.Prefix {
	var all []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}()

var globalV6 = netip.MustParsePrefix("2000::/3")

func public(a netip.Addr) bool {
	if a.Is6() && !globalV6.Contains(a) {
		return false
	}
	for _, block := range special {
		if block.Contains(a) {
			return false
		}
	}
	return true
}
