package told_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"leitai/internal/config"
	"leitai/internal/event"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/webhook"
	"leitai/internal/wiring"
)

// hook is a receiver of webhooks that keeps what came.
type hook struct {
	*httptest.Server
	lock   sync.Mutex
	status int
	came   []message
	during func(n int) // what happens while the nth message is being taken
}

type message struct {
	header http.Header
	body   []byte
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{status: http.StatusNoContent}
	h.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.lock.Lock()
		defer h.lock.Unlock()
		h.came = append(h.came, message{r.Header.Clone(), body})
		if h.during != nil {
			h.during(len(h.came))
		}
		w.WriteHeader(h.status)
		if h.status >= 300 {
			_, _ = io.WriteString(w, strings.Repeat("不行", 1000))
		}
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) answer(status int) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.status = status
}

func (h *hook) messages() []message {
	h.lock.Lock()
	defer h.lock.Unlock()
	return slices.Clone(h.came)
}

// bench is the county behind a program that may call some networks.
type bench struct {
	*graphtest.Kit
	app  *wiring.App
	keys config.Keys
}

// calling makes a county whose operator allows networks, and trusts the receiver.
func calling(t *testing.T, h *hook, w wiring.Webhooks) *bench {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{Kit: graphtest.New(t), keys: keys}
	b.app = b.replica(t, h, w)
	b.Kit = b.Beside(b.app)
	return b
}

// replica is one more program on the same database with the same keys.
func (b *bench) replica(t *testing.T, h *hook, w wiring.Webhooks) *wiring.App {
	t.Helper()
	w.Roots, w.Timeout = x509.NewCertPool(), time.Minute
	w.Roots.AddCert(h.Certificate())
	app, err := wiring.New(t.Context(), wiring.Options{DSN: b.DB.AppDSN, Keys: b.keys, Now: b.Clock.Now, Logger: slog.New(slog.DiscardHandler),
		Metrics: telemetry.NewMetrics("hooks"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}, Webhooks: w})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return app
}

// near is the machine's own network, which an operator may allow.
func near(networks ...string) wiring.Webhooks {
	var w wiring.Webhooks
	for _, n := range networks {
		w.Allowed = append(w.Allowed, netip.MustParsePrefix(n))
	}
	return w
}

const createHook = `mutation ($input: WebhookCreateInput!) { webhookCreate(input: $input) { secret webhook { id address revision active } userErrors { code field } } }`

// register registers an endpoint and gives its id and secret.
func (b *bench) register(t *testing.T, who, address string, kinds ...string) (id, secret string) {
	t.Helper()
	r := b.Must(t, who, createHook, graphtest.Vars{"input": map[string]any{"name": "数据中心", "address": address, "kinds": kinds}})
	return r.Text(t, "webhookCreate", "webhook", "id"), r.Text(t, "webhookCreate", "secret")
}

// happen records events in a township, as a use case does.
func (b *bench) happen(t *testing.T, township string, events ...event.Event) {
	t.Helper()
	ctx, request, _, err := b.app.DB.AsTenant(t.Context(), postgres.Service{Tenant: b.TenantOf(t, township)})
	if err != nil {
		t.Fatal(err)
	}
	err = postgres.Write[webhook.Store](b.app.DB)(ctx, func(ctx context.Context, _ webhook.Store) error {
		for _, e := range events {
			if err := event.Record(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, request.End()); err != nil {
		t.Fatal(err)
	}
}

// turn lets the program do what there is to do.
func (b *bench) turn(t *testing.T) {
	t.Helper()
	for {
		did, err := b.app.Webhooks.Turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !did {
			return
		}
	}
}

// A township's system is told what happens in it, provably by us and thinly; the
// log says what became of it, and a message can be sent again under its id.
// covers T24
func TestAReceiverIsToldWhatHappens(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near("127.0.0.0/8"))
	id, secret := b.register(t, sample.Approver, h.URL+"/in?key=k1", "round.opened", "publication.published")
	receiver, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	round := uuid.Must(uuid.NewV7())
	b.happen(t, sample.TownshipCode, event.Event{Kind: event.RoundOpened, Object: round, ObjectKind: "round", Round: &round, Data: map[string]any{"period": "2023-04", "title": "沈庄村"}},
		event.Event{Kind: event.RoundClosed, Object: round, ObjectKind: "round"})
	b.turn(t)
	came := h.messages()
	if len(came) != 1 {
		t.Fatalf("%d messages", len(came))
	}
	m := came[0]
	if err := receiver.Verify(m.body, m.header); err != nil {
		t.Error(err)
	}
	altered := append(slices.Clone(m.body[:len(m.body)-1]), ' ', '}')
	if err := receiver.Verify(altered, m.header); !errors.Is(err, standard.ErrNoMatchingSignature) {
		t.Errorf("altered bytes: %v", err)
	}
	old := m.header.Clone()
	old.Set("webhook-timestamp", "1700000000")
	if err := receiver.Verify(m.body, old); !errors.Is(err, standard.ErrMessageTooOld) {
		t.Errorf("of long ago: %v", err)
	}
	var said struct {
		Type string
		Data map[string]any
	}
	if err := json.Unmarshal(m.body, &said); err != nil || said.Type != "round.opened" || said.Data["round"] != graphtest.ID("Round", round) || said.Data["period"] != "2023-04" ||
		said.Data["unit"] == nil || strings.Contains(string(m.body), "沈庄村") {
		t.Errorf("%s %v", m.body, err)
	}
	const log = `query ($id: ID!) { node(id: $id) { ... on WebhookEndpoint { address deliveries { nodes { id messageId state attempts { status answer code } } } } } }`
	r := b.Must(t, sample.Approver, log, graphtest.Vars{"id": id})
	if !strings.Contains(r.Body, `"state":"DELIVERED"`) || !strings.Contains(r.Body, m.header.Get("webhook-id")) || strings.Contains(r.Body, "k1") || strings.Contains(r.Body, secret) {
		t.Errorf("the log: %s", r.Body)
	}
	delivery := graphtest.ID("WebhookDelivery", uuid.MustParse(m.header.Get("webhook-id")))
	b.Must(t, sample.Approver, `mutation ($id: ID!) { webhookRedeliver(input: {delivery: $id}) { delivery { state } userErrors { code } } }`, graphtest.Vars{"id": delivery})
	b.turn(t)
	came = h.messages()
	if len(came) != 2 || came[1].header.Get("webhook-id") != m.header.Get("webhook-id") || string(came[1].body) != string(m.body) || receiver.Verify(came[1].body, came[1].header) != nil {
		t.Errorf("sent again: %+v", came[1:])
	}
	for _, who := range []string{sample.Clerk, "XA1", "S1"} { // no writer, another township's, a village's
		r := b.Speak(t, b.Token(who), "", `mutation ($id: ID!) { webhookRedeliver(input: {delivery: $id}) { delivery { state } userErrors { code } } }`, graphtest.Vars{"id": delivery})
		if codes := r.Codes(); !slices.Equal(codes, []string{"FORBIDDEN"}) && !slices.Equal(codes, []string{"NOT_FOUND"}) {
			t.Errorf("%s: %v", who, codes)
		}
	}
}

// Addresses inside are refused when they are registered and changed, and those
// that came to lead inside when they are called.
// covers T23
func TestWebhooksReachNothingInside(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near("127.0.0.0/30"))
	port := h.URL[strings.LastIndexByte(h.URL, ':'):]
	for _, address := range []string{
		"https://169.254.169.254/latest/meta-data", "https://[::ffff:127.0.0.9]" + port, "https://127.0.0.9" + port, "https://127.0.0.4" + port,
		"https://10.0.0.1/", "https://[fd00::1]/", "https://0.0.0.0/",
	} {
		r := b.As(t, sample.Approver, createHook, graphtest.Vars{"input": map[string]any{"name": "x", "address": address, "kinds": []string{"round.opened"}}})
		if codes := r.Codes(); !slices.Equal(codes, []string{"WEBHOOK_INSIDE"}) {
			t.Errorf("%s: %v", address, codes)
		}
	}
	for _, address := range []string{"http://example.com/", "https://user:pass@example.com/", "https://example.com/#x", "ftp://example.com", "//example.com", ""} {
		r := b.As(t, sample.Approver, createHook, graphtest.Vars{"input": map[string]any{"name": "x", "address": address, "kinds": []string{"round.opened"}}})
		if !slices.Equal(r.Codes(), []string{"WEBHOOK_ADDRESS"}) {
			t.Errorf("%s: %v", address, r.Codes())
		}
	}
	id, _ := b.register(t, sample.Approver, "https://127.0.0.1"+port+"/", "round.opened") // allowed
	b.Must(t, sample.Approver, `mutation ($id: ID!) { webhookPing(input: {webhook: $id}) { userErrors { code } } }`, graphtest.Vars{"id": id})
	b.turn(t)
	if len(h.messages()) != 1 {
		t.Fatalf("an allowed network was called %d times", len(h.messages()))
	}
	// The operator allows it no longer: what is registered is refused at the call.
	narrow := b.replica(t, h, near())
	b.Must(t, sample.Approver, `mutation ($id: ID!) { webhookPing(input: {webhook: $id}) { userErrors { code } } }`, graphtest.Vars{"id": id})
	if _, err := narrow.Webhooks.Turn(t.Context()); err != nil {
		t.Fatal(err)
	}
	if codes := b.Strings(t, `SELECT error FROM webhook_attempt ORDER BY id`); len(h.messages()) != 1 || !slices.Equal(codes, []string{"", "WEBHOOK_INSIDE"}) {
		t.Errorf("%d messages, %v", len(h.messages()), codes)
	}
}

const pingHook = `mutation ($id: ID!) { webhookPing(input: {webhook: $id}) { delivery { id } userErrors { code } } }`

// A process that dies between the answer and its note lets go of the delivery:
// it is delivered again, under the same webhook-id, and then no more.
func TestACrashBeforeTheNoteDeliversAgain(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	w := near("127.0.0.0/8")
	w.Lease = time.Nanosecond // let go at once, so that the test need not wait
	b := calling(t, h, w)
	h.during = func(n int) { // noting fails as long as its table is away
		switch n {
		case 1:
			b.Put(t, `ALTER TABLE webhook_attempt RENAME TO away`)
		case 3:
			b.Put(t, `ALTER TABLE away RENAME TO webhook_attempt`)
		}
	}
	id, _ := b.register(t, sample.Approver, h.URL, "round.opened")
	b.Must(t, sample.Approver, pingHook, graphtest.Vars{"id": id})
	b.turn(t)
	came := h.messages()
	if len(came) != 3 {
		t.Fatalf("%d messages", len(came))
	}
	for _, m := range came {
		if m.header.Get("webhook-id") != came[0].header.Get("webhook-id") || string(m.body) != string(came[0].body) {
			t.Errorf("another message: %v %s", m.header, m.body)
		}
	}
	if states := b.Strings(t, `SELECT state || attempts FROM webhook_delivery`); !slices.Equal(states, []string{"delivered1"}) {
		t.Errorf("%v", states)
	}
}

// What fails is tried again later and logged with the beginning of the answer;
// after failing for long the endpoint is switched off, and those who look after
// it are told.
func TestAnEndpointThatFailsForLongIsSwitchedOff(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	h.answer(http.StatusInternalServerError)
	b := calling(t, h, near("127.0.0.0/8"))
	id, _ := b.register(t, sample.Approver, h.URL, "round.opened")
	b.Must(t, sample.Approver, pingHook, graphtest.Vars{"id": id})
	b.turn(t)
	if rows := b.Strings(t, `SELECT d.state || ' ' || d.attempts || ' ' || (d.due_at > now()) || ' ' || a.status || ' ' || a.error || ' ' || octet_length(a.answer)
		FROM webhook_delivery d JOIN webhook_attempt a ON a.delivery_id = d.id`); !slices.Equal(rows, []string{"waiting 1 true 500 WEBHOOK_REFUSED 1023"}) {
		t.Errorf("%v", rows)
	}
	b.Put(t, `UPDATE webhook_delivery SET attempts = 9, due_at = now()`)
	b.Put(t, `UPDATE webhook_endpoint SET failing_since = now() - interval '75 hours'`)
	b.turn(t)
	r := b.Must(t, sample.Approver, `{ webhooks { active disabledCode disabledReason } inboxUnread inbox { nodes { kind text objectId } } }`, nil)
	for _, want := range []string{`"active":false,"disabledCode":"WEBHOOK_REFUSED","disabledReason":"对方没有接受`, `"inboxUnread":1`, `"kind":"webhook.disabled"`, id} {
		if !strings.Contains(r.Body, want) {
			t.Errorf("%s is missing in %s", want, r.Body)
		}
	}
	if r := b.As(t, sample.Approver, pingHook, graphtest.Vars{"id": id}); !slices.Equal(r.Codes(), []string{"WEBHOOK_OFF"}) {
		t.Errorf("%v", r.Codes())
	}
}

// What the owner may no longer read is not sent: the right of the moment counts,
// not that of the day on which the endpoint was registered.
func TestWhatTheOwnerMayNotReadIsWithheld(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near("127.0.0.0/8"))
	b.register(t, sample.Approver, h.URL, "round.opened", "issue.opened", "job.finished")
	b.happen(t, sample.TownshipCode, event.Event{Kind: event.JobFinished, Object: uuid.Must(uuid.NewV7()), ObjectKind: "job", Persons: []uuid.UUID{b.World.Person(sample.Clerk).ID}})
	b.turn(t) // somebody else's
	round := uuid.Must(uuid.NewV7())
	b.happen(t, sample.TownshipCode, event.Event{Kind: event.IssueOpened, Object: round, ObjectKind: "issue"})
	b.Put(t, `UPDATE authz_epoch SET epoch = epoch + 1`)
	b.Put(t, `UPDATE role_grant g SET revoked_at = now(), epoch = (SELECT epoch FROM authz_epoch) FROM app_user u WHERE u.id = g.user_id AND u.login = $1`, b.World.Person(sample.Approver).Login)
	b.turn(t)
	if rows := b.Strings(t, `SELECT kind || ' ' || state FROM webhook_delivery ORDER BY sequence`); len(h.messages()) != 0 || !slices.Equal(rows, []string{"job.finished withheld", "issue.opened withheld"}) {
		t.Errorf("%d messages, %v", len(h.messages()), rows)
	}
}

// Secrets and addresses lie sealed in the database: whoever reads it all cannot
// sign, nor see what is secret in an address.
func TestSecretsOfWebhooksAreSealed(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near("127.0.0.0/8"))
	id, secret := b.register(t, sample.Approver, h.URL+"/in?key=verysecret", "round.opened")
	r := b.Must(t, sample.Approver, `mutation ($id: ID!) { webhookRotate(input: {webhook: $id, revision: 1}) { secret webhook { revision previousSecretUntil } userErrors { code } } }`, graphtest.Vars{"id": id})
	second := r.Text(t, "webhookRotate", "secret")
	for _, row := range b.Strings(t, `SELECT e::text || encode(e.address || e.secret || e.previous, 'escape') || (SELECT string_agg(a::text, ' ') FROM audit_entry a) FROM webhook_endpoint e`) {
		for _, text := range []string{secret[6:], second[6:], "verysecret"} {
			if strings.Contains(row, text) {
				t.Errorf("%s can be read", text)
			}
		}
	}
	b.Must(t, sample.Approver, pingHook, graphtest.Vars{"id": id})
	b.turn(t)
	for _, one := range []string{secret, second} { // while it is being changed
		receiver, err := standard.NewWebhook(one)
		if err != nil {
			t.Fatal(err)
		}
		if m := h.messages(); len(m) != 1 || receiver.Verify(m[0].body, m[0].header) != nil {
			t.Errorf("%d messages, not proved by %s", len(m), one[:10])
		}
	}
}
