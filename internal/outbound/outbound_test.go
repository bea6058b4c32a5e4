package outbound

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// names is a resolver of a test: each name gives its answers in turn, the last
// one for ever.
type names map[string]*answers

type answers struct {
	each  [][]netip.Addr
	asked atomic.Int64
}

func turns(each ...string) *answers {
	a := &answers{}
	for _, one := range each {
		var all []netip.Addr
		for _, address := range strings.Fields(one) {
			all = append(all, netip.MustParseAddr(address))
		}
		a.each = append(a.each, all)
	}
	return a
}

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	a := n[host]
	if a == nil {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	turn := min(int(a.asked.Add(1)), len(a.each))
	return a.each[turn-1], nil
}

// inside is a server of the own machine that must not be reached.
type inside struct {
	*httptest.Server
	reached atomic.Int64
	roots   *x509.CertPool
}

func newInside(t *testing.T, handler http.HandlerFunc) *inside {
	t.Helper()
	s := &inside{roots: x509.NewCertPool()}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.reached.Add(1)
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	s.roots.AddCert(s.Certificate())
	return s
}

func (s *inside) port(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Port()
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }

// get gives an answer's body.
func get(t *testing.T, c *http.Client, address string) (string, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// Nobody makes the server call itself, its neighbours or the metadata of a
// cloud: not by number, not by another spelling, not by a name that points
// there, at once, among others or at the second look.
// covers T23
func TestNothingInsideIsReached(t *testing.T) {
	t.Parallel()
	s := newInside(t, hello)
	resolver := names{
		"localhost":        turns("127.0.0.1"),
		"inside.example":   turns("127.0.0.1"),
		"mixed.example":    turns("93.184.215.14 127.0.0.1"),
		"metadata.example": turns("169.254.169.254"),
		"mapped.example":   turns("::ffff:127.0.0.1"),
		"intranet.example": turns("10.1.2.3"),
	}
	client := New(Options{Roots: s.roots, Resolve: resolver, Timeout: time.Minute})
	for _, host := range []string{
		"127.0.0.1", "localhost", "inside.example", "mixed.example", "metadata.example", "mapped.example", "intranet.example",
		"[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0.0.0.0", "[::]",
		"169.254.169.254", "[fe80::1%25lo]", "[fd00::1]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
	} {
		if body, err := get(t, client, "https://"+host+":"+s.port(t)+"/"); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %q %v", host, body, err)
		}
	}
	if n := s.reached.Load(); n != 0 {
		t.Errorf("the inside was reached %d times", n)
	}
}

// A name that is public when it is looked at and inside when it is called gains
// nothing: what is called is what was looked at.
// covers T23
func TestRebindingNames(t *testing.T) {
	t.Parallel()
	s := newInside(t, hello)
	// First allowed, then inside: every connection looks the name up once and dials that.
	rebinding := turns("127.0.0.1", "127.9.9.9")
	client := New(Options{Roots: s.roots, Resolve: names{"example.com": rebinding}, Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	if body, err := get(t, client, "https://example.com:"+s.port(t)+"/"); err != nil || body != "hello" {
		t.Fatalf("%q %v", body, err)
	}
	if n := rebinding.asked.Load(); n != 1 {
		t.Errorf("the name was looked up %d times for one connection", n)
	}
	client.CloseIdleConnections()
	if _, err := get(t, client, "https://example.com:"+s.port(t)+"/"); !errors.Is(err, ErrRefused) {
		t.Errorf("the second look: %v", err)
	}
}

// The check stands at the socket, too: whatever resolved the name.
func TestTheSocketIsChecked(t *testing.T) {
	t.Parallel()
	d := newDialer(nil, nil, time.Second)
	if _, err := d.net.DialContext(t.Context(), "tcp", "127.0.0.1:1"); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
}

// A redirect is followed nowhere, least of all inside; plain http is not called.
// covers T23
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var target *inside
	s := newInside(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target.URL, http.StatusFound) })
	target = newInside(t, hello)
	client := New(Options{Roots: s.roots, Allowed: loopback})
	if _, err := get(t, client, s.URL); !errors.Is(err, ErrRefused) || target.reached.Load() != 0 || s.reached.Load() != 1 {
		t.Errorf("%v, %d", err, target.reached.Load())
	}
	plain := httptest.NewServer(http.HandlerFunc(hello))
	t.Cleanup(plain.Close)
	if _, err := get(t, client, plain.URL); !errors.Is(err, ErrRefused) {
		t.Errorf("plain http: %v", err)
	}
}

// A network that the operator allows is called, its neighbours are not; what no
// operator can allow stays out.
// covers T23
func TestAnAllowedNetwork(t *testing.T) {
	t.Parallel()
	s := newInside(t, hello)
	client := New(Options{Roots: s.roots, Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/30")}})
	if body, err := get(t, client, s.URL); err != nil || body != "hello" {
		t.Errorf("%q %v", body, err)
	}
	for _, address := range []string{"127.0.0.4", "127.0.1.1", "10.0.0.1"} {
		if _, err := get(t, client, "https://"+address+":"+s.port(t)); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", address, err)
		}
	}
	all := newDialer([]netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}, nil, time.Second)
	for _, address := range []string{"169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.251", "255.255.255.255"} {
		if err := all.check(netip.MustParseAddr(address)); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	d := newDialer(nil, nil, time.Second)
	for _, address := range []string{"93.184.215.14", "114.114.114.114", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "240e::1"} {
		if err := d.check(netip.MustParseAddr(address)); err != nil {
			t.Errorf("%v", err)
		}
	}
	for _, block := range special {
		if err := d.check(block.Addr().Next()); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", block, err)
		}
	}
}

// Answers are bounded in size and time, whatever they say about themselves; the
// environment names no proxy.
func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	s := newInside(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/said":
			_, _ = io.WriteString(w, strings.Repeat("x", 1001))
		case "/unsaid":
			for range 11 {
				_, _ = io.WriteString(w, strings.Repeat("x", 100))
				http.NewResponseController(w).Flush() //nolint:errcheck // the client has had enough
			}
		case "/slow":
			<-r.Context().Done()
		default:
			_, _ = io.WriteString(w, strings.Repeat("x", 1000))
		}
	})
	client := New(Options{Roots: s.roots, Allowed: loopback, MaxBytes: 1000, Timeout: time.Minute})
	if body, err := get(t, client, s.URL+"/whole"); err != nil || len(body) != 1000 {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	for _, path := range []string{"/said", "/unsaid"} {
		if body, err := get(t, client, s.URL+path); err == nil || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %d bytes, %v", path, len(body), err)
		}
	}
	hasty := New(Options{Roots: s.roots, Allowed: loopback, Timeout: 100 * time.Millisecond})
	if body, err := get(t, hasty, s.URL+"/slow"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("/slow: %d bytes, %v", len(body), err)
	}
	guard, ok := client.Transport.(bounded)
	if !ok {
		t.Fatal("the transport is not bounded")
	}
	if transport, ok := guard.next.(*http.Transport); !ok || transport.Proxy != nil || client.Jar != nil {
		t.Error("a proxy or cookies")
	}
}
