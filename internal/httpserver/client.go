package httpserver

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// addressed gives a request the address of its client: that of the peer, or,
// when the peer is a proxy the operator trusts, the last address in
// X-Forwarded-For that is not such a proxy. What stands further left anybody can
// have written.
func (s *Server) addressed(next http.Handler) http.Handler {
	if len(s.options.TrustedProxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if client := clientBehind(r, s.options.TrustedProxies); client != "" {
			own := r.WithContext(r.Context())
			own.RemoteAddr = net.JoinHostPort(client, "0")
			r = own
		}
		next.ServeHTTP(w, r)
	})
}

// clientBehind gives the client's address; "" when the peer is the client.
func clientBehind(r *http.Request, trusted []netip.Prefix) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !among(peer.Addr(), trusted) {
		return ""
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	client := ""
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break // what stands before cannot be relied on
		}
		client = hop.Unmap().WithZone("").String()
		if !among(hop, trusted) {
			break
		}
	}
	return client
}

func among(a netip.Addr, networks []netip.Prefix) bool {
	a = a.Unmap().WithZone("")
	for _, n := range networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}
