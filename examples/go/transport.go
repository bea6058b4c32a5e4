package main

import (
	"context"
	"crypto/rand"
	"net/http"
	"strconv"
	"time"
)

// transport is how operations reach the server: with one credential, sent again
// while that may help. A mutation carries the same Idempotency-Key in every
// try, by which the server gives its first answer again instead of doing it
// twice.
type transport struct {
	token string
	tries int
	inner *http.Client
	pause func(ctx context.Context, wait time.Duration) error
}

type keyKey struct{}

// once gives the context of a mutation that is to be done once, however often
// it is sent.
func once(ctx context.Context) context.Context {
	return context.WithValue(ctx, keyKey{}, rand.Text())
}

// Do implements graphql.Doer.
func (t *transport) Do(request *http.Request) (*http.Response, error) {
	request.Header.Set("Authorization", "Bearer "+t.token)
	request.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	request.Header.Set("Accept-Language", "zh-Hans")
	if key, ok := request.Context().Value(keyKey{}).(string); ok {
		request.Header.Set("Idempotency-Key", key)
	}
	for n := 1; ; n++ {
		response, err := t.inner.Do(request)
		if n >= t.tries || err == nil && !again(response.StatusCode) {
			return response, err
		}
		wait := 200 * time.Millisecond << (n - 1)
		if err == nil {
			if seconds, bad := strconv.Atoi(response.Header.Get("Retry-After")); bad == nil {
				wait = max(wait, time.Duration(seconds)*time.Second)
			}
			_ = response.Body.Close()
		}
		if err := t.pause(request.Context(), wait); err != nil {
			return nil, err
		}
		if request.Body, err = request.GetBody(); err != nil {
			return nil, err
		}
	}
}

// again says whether a status may be another one soon: too many requests, a
// first try under way, a server that is starting.
func again(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusConflict || status == http.StatusServiceUnavailable
}

// pause waits, unless the caller gives up.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
