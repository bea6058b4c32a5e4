package graphtest_test

import (
	"testing"

	"leitai/internal/graphtest"
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
