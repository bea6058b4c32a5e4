package graphtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/event"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// No subscription of the contract tells a township anything of another. It is
// made of the schema and of the kinds of events: what names an object is refused
// for the neighbour's like for one that is not there, byte by byte, and what names
// none stays silent whatever happens there; so does a county that adopted neither,
// and one that adopted it hears of publications alone.
//
// covers T5, T12
func TestNoStreamTellsOfANeighbour(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	neighbour, own := k.TenantOf(t, sample.TownshipCode), k.TenantOf(t, sample.SiblingCode)
	token := k.Token("XA1")
	fields, silent := graphtest.Subscriptions(), map[string]*graphtest.Stream{}
	if len(fields) < 4 {
		t.Fatalf("only %d subscriptions", len(fields))
	}
	theirs := map[string]uuid.UUID{}
	for _, kind := range graphtest.Kinds() {
		if table := graphtest.Table(kind); graphtest.Spared[table] == "" && len(k.Strings(t, `SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = 'tenant_id' AND table_schema = 'public'`, table)) > 0 {
			for _, id := range k.Strings(t, `SELECT id FROM `+table+` WHERE tenant_id = $1 LIMIT 1`, neighbour) {
				theirs[kind] = uuid.MustParse(id)
			}
		}
	}
	if theirs["Round"] == uuid.Nil || len(theirs) < 5 {
		t.Fatalf("the neighbour has %v", theirs)
	}
	for _, f := range fields {
		if f.Permission == "" {
			t.Errorf("%s names no permission", f.Name)
		}
		if !f.Names() {
			silent[f.Name] = served.Follow(t, token, f.Stream(1, ""), nil)
			continue
		}
		for kind, id := range theirs {
			none := refusedStream(t, served, token, f.Stream(1, graphtest.UnknownID(kind)))
			if got := refusedStream(t, served, token, f.Stream(1, graphtest.ID(kind, id))); got != none {
				t.Errorf("%s tells that there is such a %s: %s, not %s", f.Name, kind, got, none)
			}
		}
	}
	county := served.Follow(t, k.Token("CA1"), `subscription { inbox { kind } }`, nil)
	settled(t, k, len(silent)+1)
	happenAll(t, k, neighbour, theirs)
	happenAll(t, k, own, map[string]uuid.UUID{"Person": k.World.Person("XA1").ID}) // proves that the streams hear
	for name, s := range silent {
		if name == "inbox" {
			if m := s.Next(t); !strings.Contains(string(m.Payload), `"kind":"own"`) {
				t.Errorf("%s tells %s", name, m.Payload)
			}
		}
		if m, told := s.Within(200 * time.Millisecond); told {
			t.Errorf("%s tells %s", name, m.Payload)
		}
	}
	if m, told := county.Within(50 * time.Millisecond); told {
		t.Errorf("the county's inbox tells %s", m.Payload)
	}
}

// refusedStream asks for a stream that is refused and gives the refusal, its
// request id taken out.
func refusedStream(t *testing.T, served *graphtest.Served, token, query string) string {
	t.Helper()
	s := served.Follow(t, token, query, nil)
	m := s.Next(t)
	r := m.Result(t)
	if len(r.Errors) == 0 || r.Data != nil {
		t.Errorf("%s is not refused: %s", query, m.Payload)
	}
	for i := range r.Errors {
		delete(r.Errors[i].Extensions, "requestId")
	}
	return strings.Join(r.Codes(), " ") + " " + r.Errors[0].Message
}

// happenAll puts one event of every kind into a tenant's book, about the given
// objects; personal ones are for their person.
func happenAll(t *testing.T, k *graphtest.Kit, tenant uuid.UUID, objects map[string]uuid.UUID) {
	t.Helper()
	round := objects["Round"]
	if round == uuid.Nil {
		round = uuid.New()
	}
	for _, kind := range event.Kinds() {
		info, _ := event.InfoOf(kind)
		for _, object := range objects {
			k.Put(t, `INSERT INTO event (id, tenant_id, region, kind, reach, unit_id, object_kind, object_id, round_id, persons, data, at)
				SELECT gen_random_uuid(), t.id, t.region, $2, $3, t.unit_id, 'x', $4, $5, CASE WHEN $6 THEN ARRAY[$7::uuid] ELSE '{}' END, '{"kind": "own"}', now() FROM tenant t WHERE t.id = $1`,
				tenant, string(kind), string(info.Reach), object, round, info.Personal, objects["Person"])
		}
	}
}
