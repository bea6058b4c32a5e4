package postgres

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/authz"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/inbox"
	"leitai/internal/paging"
	"leitai/internal/webhook"
)

// endpoint registers one for a tenant, in use and with nothing to send.
func (w *world) endpoint(t *testing.T, h home) *webhook.Endpoint {
	t.Helper()
	ctx, _ := w.as(t, h)
	e := &webhook.Endpoint{ID: mixin.NewID(), Name: "e", Format: webhook.Standard, Shown: "https://hooks.example/", Address: []byte{1}, Secret: []byte{2},
		Kinds: []string{"round.opened"}, Owner: h.user, CreatedAt: time.Now(), Revision: 1}
	if err := Write[webhook.Store](w.db)(ctx, func(ctx context.Context, st webhook.Store) error { return st.InsertWebhook(ctx, e) }); err != nil {
		t.Fatal(err)
	}
	return e
}

func (w *world) delivery(t *testing.T, h home, e *webhook.Endpoint, due time.Time) uuid.UUID {
	t.Helper()
	id := mixin.NewID()
	w.put(t, `INSERT INTO webhook_delivery (id, tenant_id, region, endpoint_id, kind, sequence, due_at, created_at) VALUES ($1,$2,$3,$4,'webhook.ping',0,$5,now())`,
		id, h.tenant, h.region, e.ID, due)
	return id
}

func (w *world) claim(t *testing.T, now time.Time, lease time.Duration, most int) []webhook.Claim {
	t.Helper()
	var all []webhook.Claim
	err := Outside[webhook.Queue](w.db)(t.Context(), func(ctx context.Context, q webhook.Queue) (err error) {
		all, err = q.ClaimWebhooks(ctx, now, now.Add(lease), most)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// One delivery of an endpoint is held at a time, until its time is over; those of
// an endpoint that is off, and those of a tenant that is closed, are not.
func TestDeliveriesAreHeldOneByOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.settle(t, "township", "431226101000"), w.settle(t, "township", "431226102000")
	first, second := w.endpoint(t, a), w.endpoint(t, b)
	now := time.Now().Truncate(time.Microsecond)
	early, late := w.delivery(t, a, first, now.Add(-2*time.Minute)), w.delivery(t, a, first, now.Add(-time.Minute))
	w.delivery(t, a, first, now.Add(time.Hour))
	other := w.delivery(t, b, second, now.Add(-time.Second))
	held := w.claim(t, now, time.Minute, 8)
	if len(held) != 2 || held[0].Tenant == held[1].Tenant || !held[0].OwnerActive {
		t.Fatalf("%+v", held)
	}
	got := []uuid.UUID{held[0].Delivery, held[1].Delivery}
	if !slices.Contains(got, early) || !slices.Contains(got, other) {
		t.Errorf("%v are not the oldest of each", got)
	}
	if again := w.claim(t, now, time.Minute, 8); len(again) != 0 {
		t.Errorf("held twice: %+v", again)
	}
	if again := w.claim(t, now.Add(2*time.Minute), time.Minute, 8); len(again) != 2 {
		t.Errorf("nobody takes over what was let go: %+v", again)
	}
	w.put(t, `UPDATE webhook_delivery SET state = 'delivered', settled_at = now(), held_until = NULL WHERE id = $1`, early)
	w.put(t, `UPDATE webhook_delivery SET held_until = NULL`)
	if again := w.claim(t, now, time.Minute, 1); len(again) != 1 || again[0].Delivery != late {
		t.Errorf("the next one of the endpoint: %+v", again)
	}
	w.put(t, `UPDATE webhook_delivery SET held_until = NULL`)
	w.put(t, `UPDATE webhook_endpoint SET disabled = 'WEBHOOK_REFUSED' WHERE id = $1`, first.ID)
	w.put(t, `UPDATE tenant SET status = 'suspended' WHERE id = $1`, b.tenant)
	if again := w.claim(t, now, time.Minute, 8); len(again) != 0 {
		t.Errorf("of an endpoint that is off, or a tenant that is closed: %+v", again)
	}
	w.put(t, `UPDATE webhook_endpoint SET disabled = ''`)
	w.put(t, `UPDATE app_user SET status = 'disabled' WHERE id = $1`, a.user)
	if again := w.claim(t, now, time.Minute, 8); len(again) != 1 || again[0].OwnerActive {
		t.Errorf("an owner who cannot sign in: %+v", again)
	}
}

// However many processes ask at once, nobody gets what another holds.
func TestProcessesNeverHoldTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "431226101000")
	now := time.Now()
	for range 6 {
		e := w.endpoint(t, h)
		for range 3 {
			w.delivery(t, h, e, now.Add(-time.Minute))
		}
	}
	var lock sync.Mutex
	seen := map[uuid.UUID]int{}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 3 {
				for _, c := range w.claim(t, now, time.Minute, 2) {
					lock.Lock()
					seen[c.Delivery]++
					lock.Unlock()
				}
			}
		})
	}
	all.Wait()
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s was held %d times", id, n)
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d deliveries of 6 endpoints are held", len(seen))
	}
}

// Nothing of another tenant's webhooks and inboxes is found, changed or removed,
// by whoever works in one.
func TestWebhooksOfAnotherTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	county, town := w.settle(t, "county", "431226000000"), w.settle(t, "township", "431226101000")
	w.adopt(t, county, town, true)
	w.fill(t, town)
	before := w.picture(t, []string{"webhook_endpoint", "webhook_delivery", "webhook_attempt", "inbox_item", "inbox_setting", "event_cursor"}, town)
	ctx, _ := w.as(t, county)
	missing := fault.New(fault.NotFound)
	for name, do := range map[string]func(context.Context, webhook.Store) error{
		"endpoint": func(ctx context.Context, st webhook.Store) error {
			_, err := st.WebhookEndpoint(ctx, town.id("webhook_endpoint"))
			return err
		},
		"delivery": func(ctx context.Context, st webhook.Store) error {
			_, err := st.WebhookDelivery(ctx, town.id("webhook_delivery"))
			return err
		},
		"change": func(ctx context.Context, st webhook.Store) error {
			return st.UpdateWebhook(ctx, &webhook.Endpoint{ID: town.id("webhook_endpoint"), Revision: 1, Name: "x", Kinds: []string{"x"}})
		},
		"ping": func(ctx context.Context, st webhook.Store) error {
			return faultOf(st.InsertWebhookDelivery(ctx, &webhook.Delivery{ID: mixin.NewID(), Endpoint: town.id("webhook_endpoint"), Kind: webhook.Ping, State: webhook.Waiting, Due: time.Now(), CreatedAt: time.Now()}))
		},
	} {
		if err := Write[webhook.Store](w.db)(ctx, do); !errors.Is(err, missing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := Write[webhook.Store](w.db)(ctx, func(ctx context.Context, st webhook.Store) error {
		page, err := st.WebhookDeliveryPage(ctx, town.id("webhook_endpoint"), paging.Window{Size: 9})
		all, bad := st.WebhookEndpoints(ctx)
		attempts, worse := st.WebhookAttempts(ctx, []uuid.UUID{town.id("webhook_delivery")})
		if len(page)+len(all)+len(attempts) > 0 {
			t.Errorf("%d deliveries, %d endpoints, %d attempts of another tenant", len(page), len(all), len(attempts))
		}
		return errors.Join(err, bad, worse, st.RemoveWebhook(ctx, town.id("webhook_endpoint")), st.AgainWebhookDelivery(ctx, town.id("webhook_delivery"), time.Now()),
			st.NoteWebhook(ctx, &webhook.Delivery{ID: town.id("webhook_delivery"), State: webhook.Failed}, nil, &webhook.Endpoint{ID: town.id("webhook_endpoint"), Disabled: "X"}))
	})
	if err != nil {
		t.Error(err)
	}
	err = Write[inbox.Store](w.db)(ctx, func(ctx context.Context, st inbox.Store) error {
		rights := []inbox.Right{{Permission: authz.MarkWrite}}
		page, err := st.InboxPage(ctx, town.user, false, rights, paging.Window{Size: 9})
		n, bad := st.ReadInbox(ctx, town.user, []uuid.UUID{town.id("inbox_item")}, rights, time.Now())
		unread, worse := st.InboxUnread(ctx, town.user, rights, 9)
		if len(page)+n+unread > 0 {
			t.Errorf("%d items, %d marked, %d unread of another tenant", len(page), n, unread)
		}
		return errors.Join(err, bad, worse)
	})
	if err != nil {
		t.Error(err)
	}
	for table, rows := range w.picture(t, []string{"webhook_endpoint", "webhook_delivery", "webhook_attempt", "inbox_item", "inbox_setting", "event_cursor"}, town) {
		if rows != before[table] {
			t.Errorf("%s of another tenant changed: %s, was %s", table, rows, before[table])
		}
	}
}

// An endpoint is told what happens after it was registered, each event once, and
// what was done while it was off is not made up for.
func TestEventsAreHandedOutOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "431226101000")
	ctx, _ := w.as(t, h)
	happen := func(n int) {
		t.Helper()
		err := Write[webhook.Store](w.db)(ctx, func(ctx context.Context, _ webhook.Store) error {
			for range n {
				if err := event.Record(ctx, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	behind := func() (n int) {
		t.Helper()
		err := Outside[webhook.Queue](w.db)(t.Context(), func(ctx context.Context, q webhook.Queue) error {
			all, err := q.WebhooksBehind(ctx, 9)
			n = len(all)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	service := webhook.New(webhook.Config{Write: Write[webhook.Store](w.db), Now: time.Now})
	spread := func(want int) {
		t.Helper()
		if _, err := service.Spread(ctx); err != nil {
			t.Fatal(err)
		}
		if n := w.count(t, `SELECT count(*) FROM webhook_delivery WHERE tenant_id = $1`, h.tenant); n != want {
			t.Errorf("%d deliveries, want %d", n, want)
		}
	}
	happen(3)
	if behind() != 0 {
		t.Error("a tenant without endpoints is behind")
	}
	e := w.endpoint(t, h)
	if behind() != 0 {
		t.Error("what happened before is to be handed out")
	}
	spread(0)
	happen(2)
	if behind() != 1 {
		t.Error("nobody is behind")
	}
	spread(2)
	spread(2)
	if behind() != 0 {
		t.Error("still behind")
	}
	w.put(t, `UPDATE webhook_endpoint SET disabled = 'WEBHOOK_REFUSED'`)
	happen(4)
	err := Write[webhook.Store](w.db)(ctx, func(ctx context.Context, st webhook.Store) error {
		now, err := st.WebhookEndpoint(ctx, e.ID)
		if err != nil {
			return err
		}
		now.Disabled = ""
		return st.UpdateWebhook(ctx, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	spread(2)
	happen(1)
	spread(3)
}
