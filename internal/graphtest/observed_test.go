package graphtest_test

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// observe gives the first township one piece of evidence, a highlight, a visit,
// a request and a measure of supervision, so that there is something of each
// kind that nobody else may see.
func observe(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	s := scene{k, k.Clock.Today().String()}
	file := s.Taken(t, "C1", "留存.jpg", photo(t, 77))
	piece := s.Must(t, "C1", addPiece, s.vars(1, "PHOTO", graphtest.Vars{"f": file})).Text(t, "evidenceAdd", "evidence", "id")
	s.Must(t, "C1", `mutation($u: String!, $c: ID!, $e: [ID!]) { highlightSave(input: {unitCode: $u, competition: $c, dimension: "habitat", title: "未共享的亮点甲", evidence: $e}) { userErrors { code } } }`,
		graphtest.Vars{"u": graphtest.VillageCode(1), "c": s.CompetitionID(), "e": []string{piece}})
	s.Must(t, "C1", secretly, graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(1), "plan": s.today, "on": s.today})
	s.Must(t, "C1", supervise, graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(1), "k": "TALK", "b": "督查依据甲", "p": "-1", "on": s.today})
	s.Must(t, "C1", askFor, graphtest.Vars{"c": s.CompetitionID(), "u": []string{graphtest.VillageCode(2)}, "k": "DOCUMENT", "due": s.today})
}

// The items by which published rounds were judged are read in the own county by
// dimension: by the township itself and its county always, by the other
// townships once a round is published to the county. No result is among them,
// and nothing of rounds that are not published. covers A42
func rubricsAreALibrary(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	const library = `query($d: String) { rubricLibrary(dimension: $d) { host competition period item name dimension points criteria } }`
	of := func(who, dimension string) []any {
		t.Helper()
		return k.Must(t, who, library, graphtest.Vars{"d": dimension}).List(t, "rubricLibrary")
	}
	all, party := of("A1", ""), of("A1", "party-building")
	if len(party) == 0 || len(all) <= len(party) {
		t.Errorf("%d items, %d of party building", len(all), len(party))
	}
	for who, want := range map[string]int{"S1": len(party), "CN1": len(party), "XA1": 0, "XS1": 0} {
		if got := len(of(who, "party-building")); got != want {
			t.Errorf("%s reads %d items, want %d", who, got, want)
		}
	}
	township := k.TenantOf(t, sample.TownshipCode)
	k.Put(t, `ALTER TABLE publication DISABLE TRIGGER append_only`)
	k.Put(t, `UPDATE publication SET audience = 'county' WHERE tenant_id = $1`, township)
	defer func() {
		k.Put(t, `UPDATE publication SET audience = 'township' WHERE tenant_id = $1`, township)
		k.Put(t, `ALTER TABLE publication ENABLE TRIGGER append_only`)
	}()
	if got := len(of("XA1", "party-building")); got != len(party) {
		t.Errorf("a township of the county reads %d of %d items published to the county", got, len(party))
	}
}
