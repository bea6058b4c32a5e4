package webhook

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/config"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// open lets everybody do everything.
type open struct{ Gate }

func (open) May(context.Context, authz.Permission, uuid.UUID) bool { return true }

// silence keeps no record.
type silence struct{}

func (silence) Collect(audit.Event) {}

// counted takes every message and counts them.
type counted struct {
	Sender
	calls int
}

func (c *counted) Post(context.Context, string, map[string]string, []byte) (Answer, error) {
	c.calls++
	return Answer{Status: 200}, nil
}

// lost is a service whose key has gone, with one message that waits.
func lost(t *testing.T, now *time.Time, off *int) (s *Service, n *noted, ring *config.Ring, to *counted) {
	t.Helper()
	kept := config.Ring{bytes.Repeat([]byte{7}, 32)}
	ring, to = &kept, &counted{}
	n = &noted{delivery: Delivery{ID: uuid.New(), State: Waiting, Due: *now}, endpoint: Endpoint{ID: uuid.New(), Format: Standard}}
	work := func(ctx context.Context, do func(context.Context, Store) error) error { return do(ctx, n) }
	s = New(Config{Now: func() time.Time { return *now }, Secrets: func() config.Ring { return *ring }, Read: work, Write: work, Gate: open{}, Sender: to,
		GlobalID: func(typeName string, id uuid.UUID) string { return typeName + id.String() },
		Within: func(ctx context.Context, tenant uuid.UUID, do func(context.Context) error) error {
			return do(viewer.With(ctx, &viewer.Viewer{Tenant: tenant}))
		},
		Notice: func(context.Context, uuid.UUID) error { *off++; return nil }})
	if err := s.readdress(&n.endpoint, Draft{Address: "https://hooks.example/", Secret: newSecret()}); err != nil {
		t.Fatal(err)
	}
	*ring = config.Ring{bytes.Repeat([]byte{8}, 32)}
	return s, n, ring, to
}

// A message whose endpoint cannot be unsealed calls nobody, is attempted on the
// schedule of any other that fails, and ends with it: the delivery has failed, the
// endpoint is off, and both say why.
func TestAnEndpointWhoseKeyIsLostEnds(t *testing.T) {
	t.Parallel()
	now, off := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC), 0
	s, n, _, to := lost(t, &now, &off)
	ctx := audit.Into(t.Context(), silence{})
	for n.delivery.State == Waiting {
		if len(n.attempts) > len(schedule) {
			t.Fatal("it is attempted for ever")
		}
		if len(n.attempts) > 0 {
			if !n.delivery.Due.After(now) || n.endpoint.Disabled != "" {
				t.Fatalf("after %d attempts: %+v, %q", len(n.attempts), n.delivery, n.endpoint.Disabled)
			}
			now = n.delivery.Due
		}
		if err := s.Attempt(ctx, Claim{Delivery: n.delivery.ID, OwnerActive: true}); err != nil {
			t.Fatal(err)
		}
		if a := n.attempts[len(n.attempts)-1]; a == nil || a.Error != string(fault.WebhookSealed) || a.Status != 0 {
			t.Fatalf("noted: %+v", a)
		}
	}
	if n.delivery.State != Failed || n.delivery.SettledAt == nil || n.endpoint.Disabled != string(fault.WebhookSealed) || off != 1 || to.calls != 0 {
		t.Errorf("%+v, endpoint off by %q, told %d times, %d calls", n.delivery, n.endpoint.Disabled, off, to.calls)
	}
}

// A process that has not heard of a key yet harms nothing: with the key, the next
// attempt delivers. A secret of before that cannot be opened keeps nothing back.
func TestAKeyThatComesBackDelivers(t *testing.T) {
	t.Parallel()
	now, off := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC), 0
	s, n, ring, to := lost(t, &now, &off)
	until := now.Add(time.Hour)
	n.endpoint.Previous, n.endpoint.PreviousUntil = []byte("sealed by nobody"), &until
	attempt := func() {
		t.Helper()
		if err := s.Attempt(audit.Into(t.Context(), silence{}), Claim{Delivery: n.delivery.ID, OwnerActive: true}); err != nil {
			t.Fatal(err)
		}
	}
	attempt()
	now, *ring = n.delivery.Due, config.Ring{bytes.Repeat([]byte{9}, 32), bytes.Repeat([]byte{7}, 32)}
	attempt()
	if n.delivery.State != Delivered || n.endpoint.FailingSince != nil || to.calls != 1 || off != 0 {
		t.Errorf("%+v, failing since %v, %d calls", n.delivery, n.endpoint.FailingSince, to.calls)
	}
	if !ring.Current(n.endpoint.Secret) || !ring.Current(n.endpoint.Address) || string(n.endpoint.Previous) != "sealed by nobody" {
		t.Error("what an older key sealed was not sealed anew, or what cannot be opened was changed")
	}
}
