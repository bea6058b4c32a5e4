package journeys

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/round"
	"leitai/internal/sample"
)

// What a dashboard loads is what was published: as CSV, as JSON and page by page
// the same figures, with their Chinese, and nothing that was not published.
// No text of a file can be taken for a formula.
// covers T22
func TestFactsAreWhatWasPublished(t *testing.T) {
	t.Parallel()
	s := twoMonths(t)
	b, token := newBrowser(s), s.Token("dashboard")
	if _, err := s.DB.Maint(t).ExecContext(t.Context(), `UPDATE unit SET shown_name = '=㘵㳇村' WHERE code = $1`, graphtest.VillageCode(3)); err != nil {
		t.Fatal(err)
	}
	file, a := b.load(t, token, "")
	if file.FactsVersion != 1 || !file.Demo || file.Since == "" || a.Header().Get("Leitai-Demo") != "true" {
		t.Errorf("the head says %+v", file)
	}
	april := only(file.Facts, map[string]any{"period": "2023-04", "subjectCode": graphtest.VillageCode(3)})
	for measure, want := range map[string]string{"STATUS": "ranked", "TOTAL": "91.50", "RANK": "1", "ITEM": "91.5000", "DIMENSION": "91.5000"} {
		if found := only(april, map[string]any{"measure": measure}); len(found) != 1 || found[0]["valueText"] != want {
			t.Errorf("%s of V3 in April: %v", measure, found)
		}
	}
	if found := only(april, map[string]any{"measure": "ITEM"}); len(found) == 1 && (found[0]["key"] != "party" || found[0]["keyName"] != "党建" ||
		found[0]["dimension"] != "party-building" || found[0]["unit"] != "=㘵㳇村" || found[0]["value"] != "91.5000" || found[0]["unitOfMeasure"] != "POINTS" || found[0]["track"] != nil) {
		t.Errorf("the item is %v", found[0])
	}
	if found := only(file.Facts, map[string]any{"measure": "SUBJECTS"}); len(found) != 2 || found[0]["value"] != "12" || found[0]["subjectKind"] != "PUBLISHER" || found[0]["unit"] != "晴禾乡" {
		t.Errorf("whole publications: %v", found)
	}
	csvAnswer := b.send(t, http.MethodGet, "/export/facts.csv", "", "Authorization", "Bearer "+token)
	columns, rows := factTable(t, csvAnswer.Body.Bytes())
	if !slices.Equal(columns, file.Columns) || len(rows) != len(file.Facts) {
		t.Fatalf("CSV has %d rows and %v, JSON %d", len(rows), columns, len(file.Facts))
	}
	for i, row := range rows {
		for name, text := range row {
			want := fmt.Sprint(file.Facts[i][name])
			if file.Facts[i][name] == nil {
				want = ""
			}
			if text != want && text != "'"+want {
				t.Fatalf("row %d: %s is %q in CSV and %q in JSON", i, name, text, want)
			}
		}
		if strings.HasPrefix(row["unit"], "=") {
			t.Fatalf("%q could be taken for a formula", row["unit"])
		}
	}
	s.listed(t, file)
}

// listed compares a file with the pages of the API, forwards and backwards.
func (s *stage) listed(t *testing.T, file factsFile) {
	t.Helper()
	const page = `query($f: Int, $a: String, $l: Int, $b: String) { facts(first: $f, after: $a, last: $l, before: $b) { factsVersion since
		nodes { subjectCode measure key valueText revision publicationId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	line := func(f map[string]any) string {
		return fmt.Sprint(f["publicationId"], f["subjectCode"], f["measure"], f["key"], f["valueText"], f["revision"])
	}
	var want []string
	for _, f := range file.Facts {
		want = append(want, line(f))
	}
	for _, backward := range []bool{false, true} {
		var have []string
		vars := graphtest.Vars{"f": 37}
		if backward {
			vars = graphtest.Vars{"l": 37}
		}
		for {
			r := s.Must(t, "dashboard", page, vars)
			var part []string
			for _, n := range r.List(t, "facts", "nodes") {
				one, _ := n.(map[string]any)
				part = append(part, line(one))
			}
			if r.Text(t, "facts", "since") != file.Since {
				t.Fatal("the list ends at another place than the file")
			}
			if backward {
				have = append(part, have...)
				vars["b"] = r.At(t, "facts", "pageInfo", "startCursor")
			} else {
				have = append(have, part...)
				vars["a"] = r.At(t, "facts", "pageInfo", "endCursor")
			}
			if more := r.At(t, "facts", "pageInfo", map[bool]string{false: "hasNextPage", true: "hasPreviousPage"}[backward]); more != true {
				break
			}
		}
		if !slices.Equal(have, want) {
			t.Errorf("backwards %t: %d facts by pages, %d in the file", backward, len(have), len(want))
		}
	}
}

// A loader asks whether there is anything new, and for what is new alone; a
// correction counts at the next request.
func TestALoaderGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	s := twoMonths(t)
	b, token := newBrowser(s), s.Token("dashboard")
	first, a := b.load(t, token, "?measures=TOTAL")
	tag := a.Header().Get("ETag")
	if len(first.Facts) != 24 || tag == "" || strings.HasPrefix(tag, "W/") || a.Header().Get("Leitai-Facts-Since") != first.Since {
		t.Fatalf("%d facts, ETag %s", len(first.Facts), tag)
	}
	for _, condition := range []string{tag, `"other", ` + tag, "W/" + tag, "*"} {
		if _, a := b.load(t, token, "?measures=TOTAL", "If-None-Match", condition); a.Code != http.StatusNotModified || a.Body.Len() != 0 || a.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d", condition, a.Code)
		}
	}
	for _, other := range []struct{ token, query string }{{token, "?measures=RANK"}, {token, ""}, {s.Token(sample.Clerk), "?measures=TOTAL"}} {
		if _, a := b.load(t, other.token, other.query, "If-None-Match", tag); a.Code != http.StatusOK {
			t.Errorf("the tag of another file is taken for %s: %d", other.query, a.Code)
		}
	}
	if again, _ := b.load(t, token, "?since="+first.Since); len(again.Facts) != 0 || again.Since != first.Since {
		t.Errorf("nothing is new: %d facts", len(again.Facts))
	}
	s.publish(t, "2023-06", nil)
	if next, a := b.load(t, token, "?measures=TOTAL&since="+first.Since, "If-None-Match", tag); a.Code != http.StatusOK || len(next.Facts) != 12 ||
		next.Facts[0]["period"] != "2023-06" || next.Since == first.Since {
		t.Errorf("June: %d, %d facts", a.Code, len(next.Facts))
	}
	if whole, a := b.load(t, token, "?measures=TOTAL", "If-None-Match", tag); a.Code != http.StatusOK || len(whole.Facts) != 36 || a.Header().Get("ETag") == tag {
		t.Errorf("with June: %d, %d facts", a.Code, len(whole.Facts))
	}
}

// Filters narrow, and a mistake in one is told instead of loading everything.
func TestFiltersOfFacts(t *testing.T) {
	t.Parallel()
	s := twoMonths(t)
	b, token := newBrowser(s), s.Token("dashboard")
	for query, want := range map[string]int{
		"?measures=TOTAL&from=2023-05": 12, "?measures=TOTAL&to=2023-04": 12, "?measures=TOTAL&from=2023-Q2&to=2023-H1": 24, "?measures=TOTAL&from=2024": 0,
		"?measures=TOTAL,RANK&unitCode=" + graphtest.VillageCode(1): 4, "?measures=TOTAL&measures=RANK&unitCode=" + sample.TownshipCode: 48,
		"?measures=SUBJECTS&unitCode=" + graphtest.VillageCode(1): 0, "?measures=TOTAL&unitCode=" + sample.SiblingCode: 0,
		"?measures=ITEM&key=party": 24, "?measures=ITEM&key=safety": 0, "?measures=TOTAL&round=" + s.RoundID("2023-05"): 12,
		"?measures=TOTAL&competition=" + s.CompetitionID(): 24, "?measures=TOTAL&history=true": 24,
	} {
		if file, a := b.load(t, token, query); len(file.Facts) != want {
			t.Errorf("%s: %d facts, want %d (%s)", query, len(file.Facts), want, a.text[:min(len(a.text), 200)])
		}
	}
	for query, want := range map[string]string{
		"?measure=TOTAL": "FACTS_PARAMETER", "?measures=SCORE": "FACTS_MEASURE_UNKNOWN", "?from=April": "PERIOD_INVALID", "?from=2023-05&to=2023-04": "FACTS_PERIOD_ORDER",
		"?since=yesterday": "FACTS_SINCE_INVALID", "?from=2023-04&from=2023-05": "FACTS_PARAMETER_TWICE", "?round=" + s.CompetitionID(): "NOT_FOUND",
		"?history=perhaps": "INVALID", "?measures=TOTAL&%zz": "INVALID",
	} {
		if _, a := b.load(t, token, query); a.Code < 400 || a.code(t) != want {
			t.Errorf("%s: %d %s, want %s", query, a.Code, a.code(t), want)
		}
	}
}

// A place without a statistical code is found by the units above it: by a code
// that begins like theirs, and by its own id and theirs.
func TestFiltersFindPlacesWithoutACode(t *testing.T) {
	t.Parallel()
	s := twoMonths(t)
	id := s.Strings(t, `SELECT id FROM unit WHERE code = $1`, graphtest.VillageCode(1))[0]
	township := s.Strings(t, `SELECT id FROM unit WHERE code = $1`, sample.TownshipCode)[0]
	s.Put(t, `UPDATE unit SET code = NULL WHERE id = '`+id+`'`)
	b, token := newBrowser(s), s.Token("dashboard")
	check := func(queries map[string]int) {
		t.Helper()
		for query, want := range queries {
			if file, a := b.load(t, token, query); len(file.Facts) != want {
				t.Errorf("%s: %d facts, want %d (%s)", query, len(file.Facts), want, a.text[:min(len(a.text), 200)])
			}
		}
	}
	check(map[string]int{
		"?measures=TOTAL,SUBJECTS&unitCode=" + sample.TownshipCode: 26, "?measures=TOTAL&unitCode=" + sample.CountyCode: 24, "?measures=TOTAL&unitCode=" + id: 2,
		"?measures=TOTAL&unitCode=" + graphtest.VillageCode(1): 0, "?measures=TOTAL&unitCode=" + graphtest.VillageCode(2): 2, "?measures=TOTAL&unitCode=" + sample.SiblingCode: 0,
	})
	s.Put(t, `UPDATE unit SET code = NULL WHERE id = '`+township+`'`)
	check(map[string]int{
		"?measures=TOTAL,SUBJECTS&unitCode=" + sample.CountyCode: 26, "?measures=TOTAL,SUBJECTS&unitCode=" + township: 26, "?measures=TOTAL&unitCode=" + id: 2,
	})
}

// Facts follow the audience of each publication: the township's own people and
// its county read what it published to them; its neighbours nothing, because a
// list holds no board of theirs; nobody but who runs the contest reads a result
// that was published to the persons concerned.
// covers Q35
func TestFactsFollowTheAudience(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for period, audience := range map[string]round.Audience{"2023-04": round.AudiencePerson, "2023-05": round.AudienceTownship, "2023-06": round.AudiencePublic} {
		s.publishTo(t, period, audience)
	}
	b := newBrowser(s)
	for who, want := range map[string][3]int{sample.Clerk: {12, 12, 12}, "S4": {1, 12, 12}, "dashboard": {0, 12, 12}, "CN1": {0, 12, 12}, "XA1": {0, 0, 0}} {
		for i, period := range []string{"2023-04", "2023-05", "2023-06"} {
			if file, _ := b.load(t, s.Token(who), "?measures=TOTAL&from="+period+"&to="+period); len(file.Facts) != want[i] {
				t.Errorf("%s loads %d totals of %s, want %d", who, len(file.Facts), period, want[i])
			}
		}
	}
	if _, a := b.load(t, s.Token("J1")+"x", ""); a.Code != http.StatusUnauthorized {
		t.Errorf("a wrong token: %d", a.Code)
	}
}

// A page of facts takes the opening statement and three more, whatever it holds;
// of an app one more, which narrows it to who consented.
func TestFactsTakeTheSameStatements(t *testing.T) {
	t.Parallel()
	s := twoMonths(t)
	s.Must(t, "dashboard", `{ viewer { userId } }`, nil) // a credential that is seen for the first time is opened once more
	for n, first := range []int{1, 24, 100} {
		query := fmt.Sprintf("{ facts(first: %d) { nodes { valueText } } } # %d", first, n) // no two texts are alike: none is answered from memory
		sent := s.SentSQL(func() { s.Must(t, "dashboard", query, nil) })
		opened := slices.DeleteFunc(sent, func(q string) bool { return strings.Contains(q, "note_use") })
		if len(opened) != 4 {
			t.Errorf("%d facts take %d statements: %s", first, len(opened), strings.Join(opened, "\n"))
		}
	}
}
