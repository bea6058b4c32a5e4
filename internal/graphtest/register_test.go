package graphtest_test

import (
	"testing"

	"leitai/internal/graphtest"
)

// A pseudonym stays one for whoever may not read the register: neither the name
// nor the posts, which tell as much, are shown to others than the person.
// covers G10, G12
func TestPseudonymsStayPseudonyms(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	const whois = `query($i: ID!) { node(id: $i) { ... on Person { pseudonym name posts { id kind } } } }`
	const post = `query($i: ID!) { node(id: $i) { ... on Post { kind title } } }`
	leader, village := graphtest.Vars{"i": k.PersonID("L1")}, graphtest.Vars{"i": k.PersonID("S1")}
	held := graphtest.Vars{"i": graphtest.ID("Post", k.Key(t, `SELECT id FROM post WHERE person_id = $1 LIMIT 1`, k.World.Person("L1").ID))}
	bare, none := []string{`{"pseudonym":"L1","name":null,"posts":[]}`}, []string{`"node":null`}
	told := []string{`"kind":"linked-leader"`}
	k.Run(t, []graphtest.Scenario{
		{Name: "a village's secretary", As: "S2", Query: whois, Vars: leader, Has: bare},
		{Name: "a judge", As: "J1", Query: whois, Vars: leader, Has: bare},
		{Name: "a second person", As: "R1", Query: whois, Vars: leader, Has: bare},
		{Name: "the office", As: "C1", Query: whois, Vars: leader, Has: told, Never: []string{`"name":null`}},
		{Name: "the person", As: "L1", Query: whois, Vars: leader, Has: told, Never: []string{`"name":null`}},
		{Name: "another person of that right", As: "S1", Query: whois, Vars: village, Has: []string{`"kind":"village-secretary"`}},
		{Name: "a post by its id", As: "S2", Query: post, Vars: held, Has: none},
		{Name: "a post by its id, for the office", As: "C1", Query: post, Vars: held, Has: told},
		{Name: "a post by its id, for its holder", As: "L1", Query: post, Vars: held, Has: told},
		{Name: "the register", As: "S1", Query: `{ people(first: 1) { nodes { name } } }`, Codes: []string{"FORBIDDEN"}},
		{Name: "the county", As: "CA1", Query: whois, Vars: leader, Has: none},
		{Name: "the dashboard", As: dashboard, Query: whois, Vars: leader, Has: none},
		{Name: "a second township", As: "XC1", Query: whois, Vars: leader, Has: none},
	})
}
