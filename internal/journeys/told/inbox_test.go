package told_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/event"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const readInbox = `query ($unread: Boolean) { inboxUnread inbox(unreadOnly: $unread) { nodes { id kind text objectId readAt } } }`

// told lets the program tell people, until there is nothing left.
func (b *bench) told(t *testing.T) {
	t.Helper()
	for range 10 {
		did, err := b.app.Inbox.Turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !did {
			return
		}
	}
	t.Fatal("there is no end of what is to be told")
}

// kinds are those of what somebody finds.
func (b *bench) kinds(t *testing.T, who string) (all []string) {
	t.Helper()
	for _, n := range b.Must(t, who, readInbox, nil).List(t, "inbox", "nodes") {
		item, _ := n.(map[string]any)
		kind, _ := item["kind"].(string)
		all = append(all, kind)
	}
	return all
}

// Whom an event concerns finds it in the own inbox, with what to do and what it
// is about; nobody else does, in another village or another township.
func TestPeopleAreToldWhatConcernsThem(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near())
	village := b.Key(t, `SELECT id FROM unit WHERE code = $1`, graphtest.VillageCode(1))
	round, issue := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	b.happen(t, sample.TownshipCode,
		event.Event{Kind: event.RoundClosed, Object: round, ObjectKind: "round", Data: map[string]any{"period": "2023-04"}},
		event.Event{Kind: event.IssueOpened, Unit: village, Object: issue, ObjectKind: "issue", Data: map[string]any{"number": 3}})
	b.told(t)
	b.told(t) // once is enough
	for who, want := range map[string][]string{sample.Clerk: {"round.closed"}, "S1": {"issue.opened"}, "S2": nil, "XA1": nil} {
		got := b.kinds(t, who)
		for _, kind := range want {
			if !slices.Contains(got, kind) {
				t.Errorf("%s is not told of %s: %v", who, kind, got)
			}
		}
		if len(want) == 0 && len(got) > 0 {
			t.Errorf("%s is told of %v", who, got)
		}
	}
	r := b.Must(t, "S1", readInbox, nil)
	name := b.Strings(t, `SELECT shown_name FROM unit WHERE id = $1`, village)[0]
	if !strings.Contains(r.Body, name+"（第 3 号）：交办了一个问题") || !strings.Contains(r.Body, graphtest.ID("Issue", issue)) || r.Int(t, "inboxUnread") != 1 {
		t.Errorf("%s", r.Body)
	}
	if r := b.Speak(t, b.Token("S1"), "en", readInbox, nil); !strings.Contains(r.Body, "an issue was assigned") {
		t.Errorf("%s", r.Body)
	}
}

// People mark their own items, and no other's; what they want none of does not
// come any more.
func TestPeopleKeepTheirInbox(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near())
	closed := func() {
		b.happen(t, sample.TownshipCode, event.Event{Kind: event.RoundClosed, Object: uuid.Must(uuid.NewV7()), ObjectKind: "round"})
		b.told(t)
	}
	closed()
	closed()
	const mark = `mutation ($ids: [ID!], $all: Boolean) { inboxRead(input: {ids: $ids, all: $all}) { marked userErrors { code field } } }`
	first := b.Must(t, sample.Clerk, readInbox, nil).Text(t, "inbox", "nodes", 0, "id")
	for _, who := range []string{"S1", "XA1"} { // another's
		if r := b.Must(t, who, mark, graphtest.Vars{"ids": []string{first}}); r.Int(t, "inboxRead", "marked") != 0 {
			t.Errorf("%s marked another's item", who)
		}
		if r := b.Must(t, who, `query ($id: ID!) { node(id: $id) { id } }`, graphtest.Vars{"id": first}); r.Data["node"] != nil {
			t.Errorf("%s reads another's item", who)
		}
	}
	if r := b.Must(t, sample.Clerk, mark, graphtest.Vars{"ids": []string{first}}); r.Int(t, "inboxRead", "marked") != 1 {
		t.Errorf("%s", r.Body)
	}
	if r := b.Must(t, sample.Clerk, readInbox, graphtest.Vars{"unread": true}); r.Int(t, "inboxUnread") != 1 || len(r.List(t, "inbox", "nodes")) != 1 || strings.Contains(r.Body, first) {
		t.Errorf("%s", r.Body)
	}
	if r := b.Must(t, sample.Clerk, mark, graphtest.Vars{"all": true}); r.Int(t, "inboxRead", "marked") != 1 {
		t.Errorf("%s", r.Body)
	}
	for _, wrong := range []graphtest.Vars{{}, {"all": true, "ids": []string{first}}} {
		if r := b.As(t, sample.Clerk, mark, wrong); !slices.Equal(r.Codes(), []string{"INBOX_IDS_OR_ALL"}) {
			t.Errorf("%v: %v", wrong, r.Codes())
		}
	}
	const mute = `mutation ($kinds: [String!]!) { inboxMute(input: {muted: $kinds}) { settings { kind muted } userErrors { code } } }`
	if r := b.Must(t, sample.Clerk, mute, graphtest.Vars{"kinds": []string{"round.closed"}}); !strings.Contains(r.Body, `{"kind":"round.closed","muted":true}`) {
		t.Errorf("%s", r.Body)
	}
	closed()
	if r := b.Must(t, sample.Clerk, readInbox, nil); r.Int(t, "inboxUnread") != 0 || len(r.List(t, "inbox", "nodes")) != 2 {
		t.Errorf("%s", r.Body)
	}
	if r := b.As(t, sample.Clerk, mute, graphtest.Vars{"kinds": []string{"marks.submitted"}}); !slices.Equal(r.Codes(), []string{"INBOX_KIND_UNKNOWN"}) {
		t.Errorf("%v", r.Codes())
	}
}

// Who lost the right by which an item came no longer sees it, at once.
func TestWhoLostTheRightSeesNoMore(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near())
	b.happen(t, sample.TownshipCode, event.Event{Kind: event.RoundClosed, Object: uuid.Must(uuid.NewV7()), ObjectKind: "round"})
	b.told(t)
	item := b.Must(t, sample.Clerk, readInbox, nil).Text(t, "inbox", "nodes", 0, "id")
	b.Put(t, `UPDATE authz_epoch SET epoch = epoch + 1`)
	b.Put(t, `UPDATE role_grant g SET role = 'item-owner', epoch = (SELECT epoch FROM authz_epoch) FROM app_user u WHERE u.id = g.user_id AND u.login = $1`, b.World.Person(sample.Clerk).Login)
	r := b.Must(t, sample.Clerk, readInbox, nil)
	if r.Int(t, "inboxUnread") != 0 || len(r.List(t, "inbox", "nodes")) != 0 {
		t.Errorf("%s", r.Body)
	}
	if r := b.Must(t, sample.Clerk, `query ($id: ID!) { node(id: $id) { id } }`, graphtest.Vars{"id": item}); r.Data["node"] != nil {
		t.Errorf("%s", r.Body)
	}
	if r := b.Must(t, sample.Clerk, `mutation { inboxRead(input: {all: true}) { marked userErrors { code } } }`, nil); r.Int(t, "inboxRead", "marked") != 0 {
		t.Errorf("%s", r.Body)
	}
}

// An issue that falls overdue is told once, to whom it concerns, on the day after.
func TestOverdueIssuesAreTold(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near())
	b.told(t) // today's look
	b.Put(t, `INSERT INTO issue (id, tenant_id, region, competition_id, unit_id, number, title, base, opened, due, opened_by)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, u.id, 9, '垃圾未清运', 1, now()::date - 40, now()::date - 2, p.id
		FROM competition c, unit u, person p WHERE c.id = $1 AND u.code = $2 AND p.tenant_id = c.tenant_id AND p.pseudonym = $3`, b.World.Competition, graphtest.VillageCode(1), sample.Clerk)
	b.Put(t, `UPDATE event_cursor SET seq = seq - 5 WHERE reader = 'overdue'`)
	b.Put(t, `UPDATE issue SET due = (date '1970-01-01' + (SELECT max(seq) FROM event_cursor WHERE reader = 'overdue')::integer + 1), opened = opened - 5000`)
	b.told(t)
	b.told(t)
	if got := b.kinds(t, "S1"); !slices.Equal(got, []string{"issue.overdue"}) {
		t.Errorf("the village is told of %v", got)
	}
	if got := b.kinds(t, "S2"); len(got) != 0 {
		t.Errorf("its neighbour is told of %v", got)
	}
}
