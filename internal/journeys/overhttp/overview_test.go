package overhttp_test

import (
	"testing"

	"leitai/internal/sample"
)

// waiting gives what an agenda says of a kind: how many, and the codes of what
// blocks it, in the desk's round or in none.
func (d *desk) waiting(t *testing.T, who, kind string) (count int, codes []string) {
	t.Helper()
	r := d.must(t, who, "agenda", nil)
	for i, e := range r.List(t, "agenda") {
		entry, _ := e.(map[string]any)
		if round, of := entry["round"].(map[string]any); entry["kind"] != kind || of && round["id"] != d.round {
			continue
		}
		count += r.Int(t, "agenda", i, "count")
		blockers, _ := entry["blockers"].([]any)
		for at := range blockers {
			codes = append(codes, r.Text(t, "agenda", i, "blockers", at, "code"))
		}
	}
	return count, codes
}

// lookedUp finds the published result by its bulletin's number; it has no page
// for everybody, and the clerk gives none out.
func (d *desk) lookedUp(t *testing.T) {
	t.Helper()
	for _, who := range []string{sample.Clerk, "S1", "dashboard"} {
		r := d.must(t, who, "search", vars{"text": "晴擂办通〔2023〕1号"})
		if len(r.List(t, "search")) != 1 || r.Text(t, "search", 0, "kind") != "PUBLICATION" {
			t.Fatalf("%s finds %s", who, r.Body)
		}
		publication := vars{"publication": r.Text(t, "search", 0, "id")}
		if who != sample.Clerk {
			d.refused(t, who, "public-path", publication, "FORBIDDEN")
		} else if page := d.must(t, sample.Approver, "public-path", publication); page.At(t, "node", "publicPath") != nil {
			t.Errorf("a result of the township has a page for everybody: %s", page.Body)
		}
	}
	if r := d.must(t, "CN1", "search", vars{"text": "晴擂办通〔2023〕1号"}); len(r.List(t, "search")) != 0 {
		t.Errorf("somebody of another tenant finds %s", r.Body)
	}
}
