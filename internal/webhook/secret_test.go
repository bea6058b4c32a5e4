package webhook

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"pgregory.net/rapid"

	"leitai/internal/config"
)

func headerOf(t *testing.T, fields map[string]string) http.Header {
	t.Helper()
	h := http.Header{}
	for name, value := range fields {
		h.Set(name, value)
	}
	return h
}

// A receiver with the standard's own library takes what is ours, whole and new,
// and nothing else: not an altered body or id, not another endpoint's message,
// not one that is replayed after five minutes or comes from the future.
// covers T24
func TestReceiversTakeWhatIsOursAndNew(t *testing.T) {
	t.Parallel()
	mine, others := newSecret(), newSecret()
	body, id, now := []byte(`{"type":"round.opened","data":{"sequence":7}}`), uuid.NewString(), time.Now()
	receiver, err := standard.NewWebhook(mine)
	if err != nil {
		t.Fatal(err)
	}
	verify := func(secret string, at time.Time, change func(h http.Header, body []byte) []byte) error {
		fields, err := signed([]string{secret}, id, at, body)
		if err != nil {
			t.Fatal(err)
		}
		h := headerOf(t, fields)
		return receiver.Verify(change(h, bytes.Clone(body)), h)
	}
	as := func(_ http.Header, body []byte) []byte { return body }
	if err := verify(mine, now, as); err != nil {
		t.Errorf("a message of ours: %v", err)
	}
	if err := verify(mine, now.Add(-4*time.Minute), as); err != nil {
		t.Errorf("one that took four minutes: %v", err)
	}
	for name, c := range map[string]struct {
		secret string
		at     time.Time
		change func(h http.Header, body []byte) []byte
		want   error
	}{
		"replayed after six minutes":  {mine, now.Add(-6 * time.Minute), as, standard.ErrMessageTooOld},
		"from the future":             {mine, now.Add(6 * time.Minute), as, standard.ErrMessageTooNew},
		"another endpoint's":          {others, now, as, standard.ErrNoMatchingSignature},
		"an altered body":             {mine, now, func(_ http.Header, b []byte) []byte { b[len(b)-3]++; return b }, standard.ErrNoMatchingSignature},
		"a longer body":               {mine, now, func(_ http.Header, b []byte) []byte { return append(b, ' ') }, standard.ErrNoMatchingSignature},
		"under another id":            {mine, now, func(h http.Header, b []byte) []byte { h.Set("webhook-id", uuid.NewString()); return b }, standard.ErrNoMatchingSignature},
		"replayed with a new moment":  {mine, now.Add(-time.Hour), func(h http.Header, b []byte) []byte { h.Set("webhook-timestamp", unix(now)); return b }, standard.ErrNoMatchingSignature},
		"without a signature":         {mine, now, func(h http.Header, b []byte) []byte { h.Del("webhook-signature"); return b }, standard.ErrRequiredHeaders},
		"with a signature of nothing": {mine, now, func(h http.Header, b []byte) []byte { h.Set("webhook-signature", "v1,"); return b }, standard.ErrNoMatchingSignature},
	} {
		if err := verify(c.secret, c.at, c.change); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// While a secret is being changed, a receiver with either takes the message;
// afterwards only one with the new.
// covers T24
func TestTwoSecretsWhileOneIsChanged(t *testing.T) {
	t.Parallel()
	now := time.Now()
	ring := config.Ring{bytes.Repeat([]byte{7}, 32)}
	s := New(Config{Now: func() time.Time { return now }, Secrets: func() config.Ring { return ring }})
	e, before, after, until := &Endpoint{ID: uuid.New()}, newSecret(), newSecret(), now.Add(time.Hour)
	var err error
	if e.Secret, err = s.seal(e, ofSecret, after); err != nil {
		t.Fatal(err)
	}
	if e.Previous, err = s.seal(e, ofSecret, before); err != nil {
		t.Fatal(err)
	}
	e.PreviousUntil = &until
	takes := func(secret string) bool {
		secrets, err := s.secretsOf(e)
		if err != nil {
			t.Fatal(err)
		}
		fields, err := signed(secrets, "m", time.Now(), []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		receiver, err := standard.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		return receiver.Verify([]byte("{}"), headerOf(t, fields)) == nil
	}
	if !takes(before) || !takes(after) {
		t.Error("one of two secrets does not prove a message")
	}
	now = until
	if takes(before) || !takes(after) {
		t.Error("the secret before is still in use, or the new one is not")
	}
}

// Secrets are long, of their own form, and never made twice.
func TestSecretsAreTheirOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 200 {
		secret := newSecret()
		if seen[secret] || !strings.HasPrefix(secret, "whsec_") || len(secret) != len("whsec_")+44 {
			t.Fatalf("%q", secret)
		}
		seen[secret] = true
	}
}

// What is sealed opens for its endpoint and its use alone, and is sealed anew
// with the key of the moment.
func TestSealedForOneEndpointAndOneUse(t *testing.T) {
	t.Parallel()
	ring := config.Ring{bytes.Repeat([]byte{1}, 32)}
	s := New(Config{Now: time.Now, Secrets: func() config.Ring { return ring }})
	a, b := &Endpoint{ID: uuid.New()}, &Endpoint{ID: uuid.New()}
	var err error
	if a.Secret, err = s.seal(a, ofSecret, "whsec_x"); err != nil {
		t.Fatal(err)
	}
	if a.Address, err = s.seal(a, ofAddress, "https://hooks.example/in?key=k"); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(a.Secret, []byte("whsec")) || bytes.Contains(a.Address, []byte("key=k")) {
		t.Error("it can be read")
	}
	if _, err := s.open(b, ofSecret, a.Secret); !errors.Is(err, config.ErrSealed) {
		t.Errorf("for another endpoint: %v", err)
	}
	if _, err := s.open(a, ofAddress, a.Secret); !errors.Is(err, config.ErrSealed) {
		t.Errorf("for another use: %v", err)
	}
	ring = config.Ring{bytes.Repeat([]byte{2}, 32), ring[0]}
	if err := s.reseal(a); err != nil {
		t.Fatal(err)
	}
	ring = ring[:1] // the old key is retired
	for use, sealed := range map[string][]byte{ofSecret: a.Secret, ofAddress: a.Address} {
		if _, err := s.open(a, use, sealed); err != nil {
			t.Errorf("%s after a rotation: %v", use, err)
		}
	}
	if a.Previous != nil {
		t.Error("a secret appeared")
	}
}

// The beginning of an answer is text that can be kept, however it is cut.
func TestAnswersAreShortened(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "body")
		text := shortened(body)
		if len(text) > mostAnswer || strings.Contains(text, "\x00") || text != strings.ToValidUTF8(text, "") {
			t.Errorf("%q", text)
		}
	})
	if text := shortened([]byte(strings.Repeat("答", 1000))); text != strings.Repeat("答", 341) {
		t.Errorf("%d bytes", len(text))
	}
}
