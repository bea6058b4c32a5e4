package graphtest_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const keptBoard = `query($r: ID!, $n: Int) { board(round: $r, revision: $n) { revision superseded tenant { name } rows { unitCode place total rank } } }`

// held counts the questions a replica answered from memory.
func held(t *testing.T, k *graphtest.Kit) float64 {
	t.Helper()
	families, err := k.App.Metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "leitai_kept_answers_total" && m.GetLabel()[0].GetValue() == "true" {
				return m.GetCounter().GetValue()
			}
		}
	}
	return 0
}

// warm asks until a replica answers from memory.
func warm(t *testing.T, replicas []*graphtest.Kit, who string, vars graphtest.Vars) {
	t.Helper()
	for i, k := range replicas {
		before := held(t, k)
		for range 4 { // the first request notes the use of the token
			k.Must(t, who, keptBoard, vars)
		}
		if held(t, k) == before {
			t.Fatalf("replica %d keeps no answer of %s", i, who)
		}
	}
}

// correct publishes the round anew, over HTTP.
func correct(t *testing.T, k *graphtest.Kit, round string) {
	t.Helper()
	step := func(who, name, more string) {
		t.Helper()
		revision := k.Must(t, sample.Clerk, `query($r: ID!) { round(id: $r) { revision } }`, graphtest.Vars{"r": round}).Int(t, "round", "revision")
		k.Must(t, who, `mutation($r: ID!, $v: Int!) { `+name+`(input: {round: $r, revision: $v`+more+`}) { userErrors { code message } } }`,
			graphtest.Vars{"r": round, "v": revision})
	}
	step(sample.Approver, "roundReopen", `, reason: "复核"`)
	step(sample.Clerk, "roundClose", "")
	step(sample.Clerk, "roundCompute", "")
	step(sample.Clerk, "roundAnnounce", "")
	k.Clock.Set(k.Clock.Today().AddDays(10), "10:00")
	step(sample.Approver, "roundPublish", `, reason: "复核", comment: "更正"`)
}

// A correction, a change of a name, a role that ends and a token that is revoked
// count at the very next request, on both replicas, with warm memories.
// covers T15
func TestKeptAnswersAreNeverStale(t *testing.T) {
	t.Parallel()
	one := graphtest.Played(t)
	replicas := []*graphtest.Kit{one, replica(t, one)}
	round := one.RoundID("2023-09")
	newest, first := graphtest.Vars{"r": round}, graphtest.Vars{"r": round, "n": 1}
	for _, who := range []string{dashboard, sample.Clerk, "S1"} {
		warm(t, replicas, who, newest)
		warm(t, replicas, who, first)
	}

	correct(t, one, round)
	for i, k := range replicas {
		for _, who := range []string{dashboard, sample.Clerk, "S1"} {
			if got := k.Must(t, who, keptBoard, newest).Int(t, "board", "revision"); got != 2 {
				t.Errorf("replica %d tells %s revision %v after the correction", i, who, got)
			}
			if k.Must(t, who, keptBoard, first).At(t, "board", "superseded") != true {
				t.Errorf("replica %d does not tell %s that revision 1 is superseded", i, who)
			}
		}
	}

	warm(t, replicas, dashboard, newest)
	one.Put(t, `UPDATE unit SET shown_name = '改名村' WHERE code = $1`, one.Must(t, dashboard, keptBoard, newest).Text(t, "board", "rows", 0, "unitCode"))
	for i, k := range replicas {
		if place := k.Must(t, dashboard, keptBoard, newest).Text(t, "board", "rows", 0, "place"); place != "改名村" {
			t.Errorf("replica %d tells the old name %v", i, place)
		}
	}

	warm(t, replicas, "S1", newest)
	one.Put(t, `UPDATE role_grant SET revoked_at = now(), epoch = (SELECT epoch + 1 FROM authz_epoch) WHERE user_id = (SELECT user_id FROM person WHERE id = $1)`,
		one.World.Person("S1").ID)
	one.Put(t, `UPDATE authz_epoch SET epoch = epoch + 1`)
	for i, k := range replicas {
		if codes := k.As(t, "S1", keptBoard, newest).Codes(); !slices.Equal(codes, []string{"FORBIDDEN"}) {
			t.Errorf("replica %d still answers who lost the role: %v", i, codes)
		}
	}

	warm(t, replicas, dashboard, newest)
	hash := one.World.Person(dashboard).Credential.Hash
	one.Put(t, `UPDATE api_token SET revoked_at = now() WHERE secret_hash = $1`, hash[:])
	for i, k := range replicas {
		if status := k.As(t, dashboard, keptBoard, newest).Status; status != http.StatusUnauthorized {
			t.Errorf("replica %d answers a revoked token %d", i, status)
		}
	}
}

// What is kept for one caller is nobody else's, and a tag asks for news only.
func TestKeptAnswersAreTheCallersOwn(t *testing.T) {
	t.Parallel()
	k := graphtest.Played(t)
	round := k.RoundID("2023-09")
	vars := graphtest.Vars{"r": round}
	warm(t, []*graphtest.Kit{k}, dashboard, vars)
	if status := k.Post(t, "leitai_pat_nobody", keptBoard, vars).Status; status != http.StatusUnauthorized {
		t.Errorf("a made-up token is answered %d", status)
	}
	get := func(tag string) *httptest.ResponseRecorder {
		return k.News(t, k.Token(dashboard), "/graphql?query="+url.QueryEscape(`{board(round:"`+round+`"){revision rows{rank}}}`), tag)
	}
	fresh := get("")
	tag := fresh.Header().Get("ETag")
	if fresh.Code != http.StatusOK || tag == "" || fresh.Header().Get("Cache-Control") != "private, no-cache" {
		t.Fatalf("%d, tag %q, %q", fresh.Code, tag, fresh.Header().Get("Cache-Control"))
	}
	if same := get(tag); same.Code != http.StatusNotModified || same.Body.Len() != 0 {
		t.Errorf("the same again: %d with %d bytes", same.Code, same.Body.Len())
	}
	correct(t, k, round)
	if news := get(tag); news.Code != http.StatusOK || news.Header().Get("ETag") == tag {
		t.Errorf("after a correction: %d", news.Code)
	}
}

// An answer from memory costs the one statement that proves the caller; one that
// is not kept yet costs what it reads and its opening, nothing more; one that has
// become old, one more.
func TestKeptAnswersCostOneStatement(t *testing.T) {
	t.Parallel()
	k := graphtest.Played(t)
	vars := graphtest.Vars{"r": k.RoundID("2023-09")}
	warm(t, []*graphtest.Kit{k}, dashboard, vars)
	// What else the service does meanwhile is none of the request's.
	least := func(ask func(n int)) int {
		best := len(k.SentSQL(func() { ask(0) }))
		for n := 1; n < 10; n++ {
			best = min(best, len(k.SentSQL(func() { ask(n) })))
		}
		return best
	}
	kept := least(func(int) { k.Must(t, dashboard, keptBoard, vars) })
	fresh := least(func(n int) { k.Must(t, dashboard, keptBoard+"\n# "+strconv.Itoa(n), vars) })
	if kept != 1 || fresh > 3 {
		t.Errorf("%d statements for a kept answer, %d for a new one", kept, fresh)
	}
	for n := range 10 {
		k.Put(t, `UPDATE unit SET shown_name = shown_name || '!' WHERE code LIKE '99%'`)
		sent := len(k.SentSQL(func() { k.Must(t, dashboard, keptBoard, vars) }))
		if sent == fresh+1 {
			return
		}
		if n == 9 {
			t.Errorf("%d statements for one that is old, and %d for a new one", sent, fresh)
		}
	}
}

// unstamped are tables that kept answers are drawn from without a stamp of their
// own, each with the reason why none of its rows changes an answer by itself.
var unstamped = map[string]string{
	"unit":             "the public tree has a stamp of its own, registry_stamp",
	"board":            "written together with its publication, and never again",
	"template_version": "only active ones are read, and those never change",
	"round_total":      "sealed; written together with its publication",
}

// Every table in a statement of an answer that is kept moves the stamp of its
// tenant, or stands on the list above.
func TestWhatKeptAnswersAreDrawnFromIsStamped(t *testing.T) {
	t.Parallel()
	k := graphtest.Played(t)
	stamped := k.Strings(t, `SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'stamp_update'`)
	tables := k.Strings(t, `SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`)
	word := regexp.MustCompile(`(?:FROM|JOIN)\s+([a-z_]+)`)
	seen := map[string]bool{}
	for who, query := range map[string]string{
		"CA1":     `{ countyComparison(from: "2023-04", to: "2023-09") { lines { code index judging { meanRange } issues { rate } rounds { period onTime } } dimensions { name } spread { median } } }`,
		dashboard: keptBoard,
	} {
		for _, statement := range k.SentSQL(func() { k.Must(t, who, query, graphtest.Vars{"r": k.RoundID("2023-09")}) }) {
			for _, m := range word.FindAllStringSubmatch(statement, -1) {
				seen[m[1]] = seen[m[1]] || slices.Contains(tables, m[1])
			}
		}
	}
	for _, table := range slices.Sorted(maps.Keys(seen)) {
		if seen[table] && !slices.Contains(stamped, table) && unstamped[table] == "" {
			t.Errorf("%s is read and moves no stamp", table)
		}
	}
	for _, table := range []string{"board", "round", "round_total"} {
		if !seen[table] {
			t.Errorf("%s is not read: does this test see the statements?", table)
		}
	}
}
