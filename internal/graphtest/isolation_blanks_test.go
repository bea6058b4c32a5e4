package graphtest_test

import (
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// blanks say what goes into the blanks of the edge's addresses.
func (g *ground) blanks(t *testing.T) map[string]graphtest.Blanks {
	t.Helper()
	competition := graphtest.ID("Competition", g.own["Competition"][0])
	village := strings.Replace(graphtest.VillageCode(1), sample.TownshipCode, sample.ObservedTownCode, 1)
	return map[string]graphtest.Blanks{
		"GET /documents/{kind}/{id}":         {"kind": graphtest.PaperKinds(t), "id": {"*"}, "?": {"format=docx", "format=xlsx"}},
		"GET /archives/{competition}/{code}": {"competition": {"*", competition}, "code": {village, graphtest.VillageCode(1)}},
		"POST /imports/{kind}":               {"kind": graphtest.ImportKinds(t), "?": {"round=*", "competition=*", "ballot=*"}},
		"POST /forms/{kind}":                 {"kind": graphtest.PaperKinds(t), "?": {"name=x"}},
		"GET /evidence/{id}":                 {"id": {"*"}, "?": {"pass=x"}, "quiet": {"StoredFile"}}, // no bytes lie in the store
		"GET /exports/{id}":                  {"id": {"*"}, "?": {"pass=x"}, "quiet": {"Job"}},        // none is done
		"GET /public/{link}":                 {"link": {"x"}},                                         // a link is forged by nobody: the tests of public pages try
		"GET /evidence/{id}/small":           {"id": {"*"}, "quiet": {"StoredFile"}},
	}
}
