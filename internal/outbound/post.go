package outbound

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"leitai/internal/fault"
)

// Poster posts to addresses that tenants name. Nothing of an address or of the
// network is in its errors: they are faults that say which kind of thing went
// wrong, so that an answer tells nothing about what lies inside.
type Poster struct {
	client *http.Client
	dial   *dialer
}

// Agent is what the server calls itself when it calls others.
const Agent = "leitai-webhooks"

// keptAnswer is how much of an answer's body is read at most, in bytes.
const keptAnswer = 1024

// NewPoster makes a poster with the bounds of a client.
func NewPoster(o Options) *Poster {
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 1 << 40 // only the beginning is read
	}
	return &Poster{client: New(o), dial: newDialer(o.Allowed, o.Resolve, o.Timeout/2)}
}

// looking is how long it may take to find a host when an address is entered.
const looking = 3 * time.Second

// Check refuses an address whose host is, or stands for, one that is not called.
// It calls nothing. The same is decided again whenever a connection is made.
func (p *Poster) Check(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" {
		return fault.New(fault.WebhookAddress)
	}
	ctx, cancel := context.WithTimeout(ctx, looking)
	defer cancel()
	all, err := p.dial.addresses(ctx, u.Hostname())
	if err != nil || len(all) == 0 {
		return fault.New(fault.WebhookUnknownHost)
	}
	for _, a := range all {
		if p.dial.check(a) != nil {
			return fault.New(fault.WebhookInside)
		}
	}
	return nil
}

// Answer is what the other side said.
type Answer struct {
	Status     int
	Body       []byte        // its beginning
	RetryAfter time.Duration // 0: nothing was said
}

// Post calls an address once.
func (p *Poster) Post(ctx context.Context, address string, header map[string]string, body []byte) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Answer{}, fault.New(fault.WebhookAddress)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", Agent)
	for name, value := range header {
		request.Header.Set(name, value)
	}
	answer, err := p.client.Do(request)
	if err != nil {
		return Answer{}, faultOf(err)
	}
	defer func() { _ = answer.Body.Close() }()                     // nothing more of it is wanted
	kept, _ := io.ReadAll(io.LimitReader(answer.Body, keptAnswer)) // what came before it broke is what there is
	return Answer{Status: answer.StatusCode, Body: kept, RetryAfter: retryAfter(answer.Header.Get("Retry-After"))}, nil
}

// faultOf says which kind of thing kept a call from being answered.
func faultOf(err error) *fault.Fault {
	var late net.Error
	var certificate *tls.CertificateVerificationError
	var unknown *net.DNSError
	switch {
	case errors.Is(err, errRedirect):
		return fault.New(fault.WebhookRedirected)
	case errors.Is(err, ErrRefused):
		return fault.New(fault.WebhookInside)
	case errors.As(err, &certificate):
		return fault.New(fault.WebhookInsecure)
	case errors.As(err, &late) && late.Timeout():
		return fault.New(fault.WebhookTimeout)
	case errors.As(err, &unknown):
		return fault.New(fault.WebhookUnknownHost)
	}
	return fault.New(fault.WebhookUnreachable)
}

// retryAfter reads the header in its form of seconds.
func retryAfter(text string) time.Duration {
	seconds, err := strconv.Atoi(text)
	if err != nil || seconds < 0 || seconds > 7*24*3600 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
