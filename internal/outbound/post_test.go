package outbound

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"leitai/internal/fault"
)

func refused(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if !errors.Is(err, fault.New(want)) {
		t.Errorf("%v, want %s", err, want)
	}
}

// An address that leads inside is refused when it is entered, without calling
// it, and again when it is called: by number, by another spelling, by a name.
// covers T23
func TestPostersRefuseTheInside(t *testing.T) {
	t.Parallel()
	s := newInside(t, hello)
	resolver := names{
		"inside.example": turns("127.0.0.1"), "metadata.example": turns("169.254.169.254"), "mapped.example": turns("::ffff:127.0.0.1"),
		"mixed.example": turns("93.184.215.14 10.0.0.7"), "rebinding.example": turns("93.184.215.14", "127.0.0.1"),
	}
	p := NewPoster(Options{Roots: s.roots, Resolve: resolver, Timeout: time.Minute})
	for _, host := range []string{
		"inside.example", "metadata.example", "mapped.example", "mixed.example",
		"127.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "[::1]", "[fd00::1]", "10.0.0.1", "0.0.0.0",
	} {
		address := "https://" + host + ":" + s.port(t) + "/hook"
		refused(t, p.Check(t.Context(), address), fault.WebhookInside)
		_, err := p.Post(t.Context(), address, nil, []byte("{}"))
		refused(t, err, fault.WebhookInside)
	}
	// Public when it is entered, inside when it is called.
	address := "https://rebinding.example:" + s.port(t) + "/"
	if err := p.Check(t.Context(), address); err != nil {
		t.Errorf("rebinding, at first: %v", err)
	}
	_, err := p.Post(t.Context(), address, nil, []byte("{}"))
	refused(t, err, fault.WebhookInside)
	if n := s.reached.Load(); n != 0 {
		t.Errorf("the inside was reached %d times", n)
	}
	refused(t, p.Check(t.Context(), "https://nowhere.example/"), fault.WebhookUnknownHost)
	for _, address := range []string{"http://example.com/", "ftp://example.com/", "https:///x", "example.com", "://"} {
		refused(t, p.Check(t.Context(), address), fault.WebhookAddress)
	}
}

// A receiver that redirects is not followed, least of all inside.
// covers T23
func TestPostersFollowNoRedirect(t *testing.T) {
	t.Parallel()
	target := newInside(t, hello)
	s := newInside(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target.URL, http.StatusTemporaryRedirect)
	})
	p := NewPoster(Options{Roots: s.roots, Allowed: loopback})
	_, err := p.Post(t.Context(), s.URL, nil, []byte("{}"))
	refused(t, err, fault.WebhookRedirected)
	if s.reached.Load() != 1 || target.reached.Load() != 0 {
		t.Errorf("reached %d and %d times", s.reached.Load(), target.reached.Load())
	}
}

// A network that the operator allows is called, its neighbours are not.
// covers T23
func TestPostersCallAnAllowedNetwork(t *testing.T) {
	t.Parallel()
	s := newInside(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintf(w, "%s %s %s %s %s", r.Method, r.Header.Get("Content-Type"), r.Header.Get("Webhook-Id"), r.Header.Get("User-Agent"), body)
		_, _ = io.WriteString(w, strings.Repeat("x", 3<<20))
	})
	p := NewPoster(Options{Roots: s.roots, Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/30")}})
	if err := p.Check(t.Context(), s.URL); err != nil {
		t.Errorf("%v", err)
	}
	answer, err := p.Post(t.Context(), s.URL, map[string]string{"webhook-id": "m1"}, []byte(`{"a":1}`))
	if err != nil || answer.Status != 503 || answer.RetryAfter != 2*time.Minute || len(answer.Body) != keptAnswer ||
		!strings.HasPrefix(string(answer.Body), `POST application/json m1 `+Agent+` {"a":1}xxx`) {
		t.Errorf("%d %s %d %q %v", answer.Status, answer.RetryAfter, len(answer.Body), answer.Body[:min(80, len(answer.Body))], err)
	}
	for _, neighbour := range []string{"127.0.0.4", "127.0.1.1"} {
		address := "https://" + neighbour + ":" + s.port(t)
		refused(t, p.Check(t.Context(), address), fault.WebhookInside)
		_, err := p.Post(t.Context(), address, nil, nil)
		refused(t, err, fault.WebhookInside)
	}
}

// Why there is no answer is told by its kind, and by nothing of the network.
func TestPostersSayWhyThereIsNoAnswer(t *testing.T) {
	t.Parallel()
	slow := newInside(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "https://" + closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	hasty := NewPoster(Options{Roots: slow.roots, Allowed: loopback, Timeout: 100 * time.Millisecond})
	patient := NewPoster(Options{Roots: slow.roots, Allowed: loopback, Timeout: time.Minute, Resolve: names{}})
	stranger := NewPoster(Options{Allowed: loopback, Timeout: time.Minute})
	for _, c := range []struct {
		p       *Poster
		address string
		want    fault.Code
	}{
		{hasty, slow.URL, fault.WebhookTimeout},
		{stranger, slow.URL, fault.WebhookInsecure},
		{patient, nobody, fault.WebhookUnreachable},
		{patient, "https://nowhere.example/", fault.WebhookUnknownHost},
		{patient, "https://bad host/", fault.WebhookAddress},
	} {
		_, err := c.p.Post(t.Context(), c.address, nil, nil)
		refused(t, err, c.want)
		if f := fault.All(err); len(f) != 1 || strings.Contains(f.Error(), "127.0.0.1") || len(f[0].Args) != 0 {
			t.Errorf("%v tells of the network", err)
		}
	}
}

func TestRetryAfterIsSeconds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{"": 0, "0": 0, "30": 30 * time.Second, "-5": 0, "99999999999": 0, "604801": 0, "Fri, 01 May 2026 08:00:00 GMT": 0} {
		if got := retryAfter(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}
