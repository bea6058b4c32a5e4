// Package outbound owns the client with which the server calls others: identity
// providers and webhooks. Whoever names an address for the server to call
// must not reach what only the server can reach, so every connection is checked
// when it is dialled, after the name was resolved, and answers are bounded in
// size and time. Redirects are not followed and no proxy of the environment is
// used.
//
// It does not own what is sent or what an answer means.
package outbound

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"time"
)

// ErrRefused is in every error of a call that was not made because of where it
// would have gone.
var ErrRefused = errors.New("outbound: the address is not one this server calls")

// errRedirect is in the error of a call that was answered with a redirect.
var errRedirect = errors.New("a redirect")

// Options are the bounds of a client; zeros take their defaults.
type Options struct {
	Allowed  []netip.Prefix // networks the operator allows beside public addresses, for example of the government intranet
	Roots    *x509.CertPool // nil: those of the system
	Timeout  time.Duration  // of a whole call; 0 means 10 s
	MaxBytes int64          // of an answer's body; 0 means 1 MB
	Resolve  Resolver       // nil: the system's
}

// New makes a client. Addresses are https; it keeps no cookies.
func New(o Options) *http.Client {
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 1 << 20
	}
	transport := &http.Transport{
		Proxy:                  nil, // an environment variable must not send secrets elsewhere
		DialContext:            newDialer(o.Allowed, o.Resolve, o.Timeout/2).dial,
		TLSClientConfig:        &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    o.Timeout / 2,
		ResponseHeaderTimeout:  o.Timeout,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           16, MaxConnsPerHost: 8, IdleConnTimeout: time.Minute,
		ForceAttemptHTTP2: true,
	}
	return &http.Client{Timeout: o.Timeout, Transport: bounded{transport, o.MaxBytes}, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		return fmt.Errorf("%w: %w to %s is not followed", ErrRefused, errRedirect, r.URL.Host)
	}}
}

// bounded lets https only through and bounds what is read of an answer.
type bounded struct {
	next http.RoundTripper
	most int64
}

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return nil, fmt.Errorf("%w: %s is not https", ErrRefused, r.URL.Scheme)
	}
	answer, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if answer.ContentLength > b.most {
		_ = answer.Body.Close() // nothing of it is wanted
		return nil, fmt.Errorf("outbound: the answer of %s is larger than %d bytes", r.URL.Host, b.most)
	}
	answer.Body = &limited{Closer: answer.Body, rest: http.MaxBytesReader(nil, answer.Body, b.most)}
	return answer, nil
}

// limited is a body that fails beyond its bound, however it was encoded.
type limited struct {
	io.Closer
	rest io.Reader
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) { return l.rest.Read(p) }

// CloseIdleConnections lets http.Client close what it keeps open.
func (b bounded) CloseIdleConnections() {
	if c, ok := b.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}
