package paging_test

import (
	"encoding/base64"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/paging"
)

// An id says its type and its key, and two that differ in either are never alike.
func TestGlobalIDsTellTypesApart(t *testing.T) {
	t.Parallel()
	names := rapid.SampledFrom([]string{"Round", "Issue", "WebhookEndpoint", "Unit"})
	rapid.Check(t, func(t *rapid.T) {
		var a, b [16]byte
		copy(a[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "a"))
		copy(b[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "b"))
		first, second := names.Draw(t, "first"), names.Draw(t, "second")
		one, other := paging.GlobalID(first, a), paging.GlobalID(second, b)
		if (one == other) != (first == second && a == b) {
			t.Errorf("%s %x and %s %x: %s %s", first, a, second, b, one, other)
		}
		back, err := base64.RawURLEncoding.DecodeString(one)
		if err != nil || string(back) != first+":"+string(a[:]) {
			t.Errorf("%s is %q %v", one, back, err)
		}
	})
}
