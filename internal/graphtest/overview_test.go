package graphtest_test

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// What people begin with: what they may do, what they look for, what is due; and
// the page of a result for everybody. One month is played.
// covers Q35
func TestWhatPeopleBeginWith(t *testing.T) { //nolint:tparallel // one after the other: the last ones publish anew
	t.Parallel()
	k := graphtest.New(t)
	if err := k.World.PlayMonth(t.Context(), "2023-04"); err != nil {
		t.Fatal(err)
	}
	for _, check := range []struct {
		name string
		do   func(*testing.T, *graphtest.Kit)
	}{
		{"permissions are those of the books", permissionsAreThoseOfTheBooks},
		{"a search finds what may be read", aSearchFindsWhatMayBeRead},
		{"a search takes no pattern", aSearchTakesNoPattern},
		{"an agenda is one's own", anAgendaIsOnesOwn},
		{"a public page", aPublicPage},
	} {
		t.Run(check.name, func(t *testing.T) { check.do(t, k) })
	}
}

func permissionsAreThoseOfTheBooks(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	for _, who := range []string{"A1", "C1", "L4", "J1", "S1", "K1", "CA1", "CD1", dashboard} {
		var want []string
		for p, holds := range permissionsOf(t, k, who) {
			if holds {
				want = append(want, p)
			}
		}
		slices.Sort(want)
		r := k.Must(t, who, `{ viewer { permissions login readOnly } }`, nil)
		var have []string
		for i := range r.List(t, "viewer", "permissions") {
			have = append(have, r.Text(t, "viewer", "permissions", i))
		}
		if !slices.Equal(have, want) || len(have) == 0 {
			t.Errorf("%s: %v, want %v", who, have, want)
		}
		if r.At(t, "viewer", "login") != nil {
			t.Errorf("a token is told the login of %s", who)
		}
	}
	if n, _ := k.Statements(t, "C1", `{ viewer { permissions readOnly } }`, nil); n != 1 {
		t.Errorf("%d statements", n)
	}
}

const searchQuery = `query($t: String!, $k: [SearchKind!], $n: Int) { search(text: $t, kinds: $k, first: $n) { kind id label detail } }`

// found gives the kinds and labels of the hits.
func found(t *testing.T, k *graphtest.Kit, who, text string, kinds ...string) (all []string) {
	t.Helper()
	r := k.Must(t, who, searchQuery, graphtest.Vars{"t": text, "k": kinds, "n": 50})
	for i := range r.List(t, "search") {
		kind, id := r.Text(t, "search", i, "kind"), r.Text(t, "search", i, "id")
		all = append(all, kind+" "+r.Text(t, "search", i, "label"))
		if kind != "ORGANISATION" && kind != "OFFICE_FORM" && k.Must(t, who, `query($id: ID!) { node(id: $id) { id } }`, graphtest.Vars{"id": id}).At(t, "node") == nil {
			t.Errorf("%s finds %s, which cannot be opened", who, all[len(all)-1])
		}
	}
	return all
}

func aSearchFindsWhatMayBeRead(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	villages := k.Strings(t, `SELECT shown_name FROM unit WHERE code = ANY (ARRAY[$1, $2]) ORDER BY code`, graphtest.VillageCode(1), graphtest.VillageCode(2))
	for i, title := range []string{"垃圾清运不及时甲", "垃圾清运不及时乙"} {
		k.Must(t, "C1", issueWorth, graphtest.Vars{"c": k.CompetitionID(), "unit": graphtest.VillageCode(i + 1), "title": title, "base": "1"})
	}
	name := k.Strings(t, `SELECT n.name FROM person_name n JOIN person p ON p.id = n.person_id WHERE p.pseudonym = 'S2'`)[0]
	competition := k.Strings(t, `SELECT name FROM competition WHERE id = $1`, k.World.Competition)[0]
	for _, c := range []struct {
		who, text string
		kinds     []string
		want      []string // each of them is found
		not       string   // nothing that holds this is
	}{
		{"C1", villages[0], nil, []string{"UNIT " + villages[0], "ISSUE 垃圾清运不及时甲"}, "不及时乙"},
		{"S1", "清运 及时", nil, []string{"ISSUE 垃圾清运不及时甲"}, "不及时乙"},
		{"C1", "清运 及时", []string{"ISSUE"}, []string{"ISSUE 垃圾清运不及时甲", "ISSUE 垃圾清运不及时乙"}, "UNIT"},
		{"C1", name, nil, []string{"PERSON " + name}, ""},
		{"S1", name, nil, nil, "PERSON"},
		{"CA1", name, nil, nil, "PERSON"}, // the county's clerk reads the county's people
		{"S1", competition, nil, []string{"COMPETITION " + competition, "PUBLICATION " + competition + " 2023-04"}, "PERSON"},
		{"C1", "2023-04", []string{"ROUND"}, []string{"ROUND " + competition + " 2023-04"}, "2023-05"},
		{"C1", "垃圾 没有这个词", nil, nil, "ISSUE"},
	} {
		have := found(t, k, c.who, c.text, c.kinds...)
		for _, want := range c.want {
			if !slices.Contains(have, want) {
				t.Errorf("%s looks for %q and finds %v, not %q", c.who, c.text, have, want)
			}
		}
		if c.not != "" && slices.ContainsFunc(have, func(hit string) bool { return strings.Contains(hit, c.not) }) {
			t.Errorf("%s looks for %q and finds %v", c.who, c.text, have)
		}
	}
	if sent := k.SentSQL(func() { k.Must(t, "C1", searchQuery, graphtest.Vars{"t": "村"}) }); len(sent) > 10 {
		t.Errorf("%d statements: more than one a kind and the opening", len(sent))
	}
	if sent := k.SentSQL(func() {
		k.Must(t, "S1", searchQuery, graphtest.Vars{"t": "村", "k": []string{"PERSON", "OFFICE_FORM"}})
	}); len(sent) > 2 {
		t.Errorf("%d statements for what may not be read", len(sent))
	}
}

func aSearchTakesNoPattern(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	for _, text := range []string{"%", "_", "%村%", "村_", `\`, "'", `"`, ".*", "垃圾%"} {
		if have := found(t, k, "C1", text); len(have) > 0 {
			t.Errorf("%q finds %v", text, have)
		}
	}
	for _, vars := range []graphtest.Vars{{"t": strings.Repeat("村", 51)}, {"t": "a b c d e f"}, {"t": "村", "n": 0}, {"t": "村", "n": 51}} {
		if codes := k.As(t, "C1", searchQuery, vars).Codes(); !slices.Equal(codes, []string{"INVALID"}) {
			t.Errorf("%.40v: %v", vars, codes)
		}
	}
}

func anAgendaIsOnesOwn(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	const query = `{ agenda { kind next permission mine due overdue count round { period state } blockers { code } } }`
	clerk := k.Must(t, "C1", query, nil)
	if n := len(clerk.List(t, "agenda")); n == 0 || clerk.Text(t, "agenda", 0, "kind") == "" {
		t.Fatalf("nothing is due for the clerk: %s", clerk.Body)
	}
	step := func(r *graphtest.Result) int {
		for i := range r.List(t, "agenda") {
			if r.Text(t, "agenda", i, "kind") == "ROUND_STEP" {
				return i
			}
		}
		t.Fatalf("no round is in progress: %s", r.Body)
		return 0
	}
	at := step(clerk)
	if clerk.Text(t, "agenda", at, "next") != "NOTIFIED" || clerk.Text(t, "agenda", at, "permission") != "round:notify" || clerk.At(t, "agenda", at, "mine") != true ||
		clerk.Text(t, "agenda", at, "round", "period") != "2023-05" || len(clerk.List(t, "agenda", at, "blockers")) != clerk.Int(t, "agenda", at, "count") || clerk.Int(t, "agenda", at, "count") == 0 {
		t.Errorf("the clerk's next step: %s", clerk.Body)
	}
	village := k.Must(t, "S1", query, nil)
	if at := step(village); village.At(t, "agenda", at, "mine") != false || village.At(t, "agenda", at, "blockers") != nil {
		t.Errorf("a village is told what blocks the office: %s", village.Body)
	}
	issues := func(who string) (n int) {
		r := k.Must(t, who, query, nil)
		for i := range r.List(t, "agenda") {
			if r.Text(t, "agenda", i, "kind") == "ISSUES_TO_ANSWER" {
				n += r.Int(t, "agenda", i, "count")
			}
		}
		return n
	}
	if one, other := issues("S1"), issues("S3"); one-other != 1 {
		t.Errorf("village 1 has %d issues to answer, village 3 %d", one, other)
	}
	approver := k.Must(t, sample.Approver, query, nil)
	if !strings.Contains(approver.Body, `"OUTCOMES_TO_CONFIRM"`) && k.Strings(t, `SELECT 'x' FROM outcome WHERE state = 'proposed' AND action <> 'money' LIMIT 1`) != nil {
		t.Errorf("nothing waits for the approver: %s", approver.Body)
	}
	if sent := k.SentSQL(func() { k.Must(t, "C1", query, nil) }); len(sent) > 40 {
		t.Errorf("an agenda takes %d statements", len(sent))
	}
}

// publishAs corrects the month and publishes it for an audience.
func publishAs(t *testing.T, k *graphtest.Kit, round, audience string) {
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
	step(sample.Approver, "roundPublish", `, reason: "复核", audience: `+audience)
}

const publicPaths = `query($r: ID!) { round(id: $r) { publications { revision audience publicPath } } }`

var markup = regexp.MustCompile(`(?s)<tr>.*?</tr>`)

// A result is read by whoever has its link once it is published to everybody,
// without its bottom ranks, and by nobody once it is not, or its tenant is gone.
func aPublicPage(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	round := k.RoundID("2023-04")
	if r := k.Must(t, sample.Approver, publicPaths, graphtest.Vars{"r": round}); r.At(t, "round", "publications", 0, "publicPath") != nil {
		t.Fatalf("a result of the township has a public page: %s", r.Body)
	}
	publishAs(t, k, round, "PUBLIC")
	published := k.Must(t, sample.Approver, publicPaths, graphtest.Vars{"r": round})
	path := published.Text(t, "round", "publications", 0, "publicPath")
	if r := k.As(t, "S1", publicPaths, graphtest.Vars{"r": round}); !slices.Contains(r.Codes(), "FORBIDDEN") || strings.Contains(r.Body, "/public/") {
		t.Errorf("a village gives links: %s", r.Body)
	}
	page := k.Get(t, "", path)
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "第 2 版") {
		t.Fatalf("%d %s", page.Code, page.Body)
	}
	showsNoWorst(t, k, round, page.Body.String())
	if w := k.News(t, "", path, page.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", w.Code)
	}
	none := k.Get(t, "", "/public/"+strings.Repeat("A", 86)).Body.String()
	forge(t, k, path, none)
	k.Put(t, `UPDATE tenant SET status = 'suspended' WHERE id = (SELECT tenant_id FROM round WHERE id = $1)`, k.World.Rounds["2023-04"])
	if w := k.Get(t, "", path); w.Code != http.StatusNotFound || w.Body.String() != none {
		t.Errorf("a suspended tenant's page: %d", w.Code)
	}
	k.Put(t, `UPDATE tenant SET status = 'active' WHERE status = 'suspended'`)
	publishAs(t, k, round, "TOWNSHIP")
	if w := k.Get(t, "", path); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "<table") || !strings.Contains(w.Body.String(), "不再有效") {
		t.Errorf("a withdrawn result: %d %s", w.Code, w.Body)
	}
}

// showsNoWorst holds the page against the board as an outsider may see it.
func showsNoWorst(t *testing.T, k *graphtest.Kit, round, page string) {
	t.Helper()
	board := k.Must(t, sample.Clerk, `query($r: ID!) { board(round: $r) { rows { name shown rank bands } } }`, graphtest.Vars{"r": round})
	rows, hidden := markup.FindAllString(page, -1), 0
	for i := range board.List(t, "board", "rows") {
		name, shown := board.Text(t, "board", "rows", i, "name"), board.Text(t, "board", "rows", i, "shown")
		at := slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, ">"+name+"<") })
		if at < 0 {
			t.Errorf("%s is not on the page", name)
			continue
		}
		worst := slices.ContainsFunc(board.List(t, "board", "rows", i, "bands"), func(band any) bool { return band == "bottom" })
		if worst {
			hidden++
		}
		if strings.Contains(rows[at], ">"+shown+"<") == worst {
			t.Errorf("%s, of the worst: %t: %s", name, worst, rows[at])
		}
	}
	if hidden == 0 {
		t.Errorf("nobody is of the worst, so that nothing is shown: %s", board.Body)
	}
	for _, person := range k.Strings(t, `SELECT name FROM person_name`) {
		if strings.Contains(page, person) {
			t.Errorf("the page names %s", person)
		}
	}
}

// forge changes a link, byte for byte: all it opens is the page that nothing was
// found.
func forge(t *testing.T, k *graphtest.Kit, path, none string) {
	t.Helper()
	prefix, link := path[:len("/public/")], path[len("/public/"):]
	data, err := base64.RawURLEncoding.DecodeString(link)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		data[i] ^= 4
		if w := k.Get(t, "", prefix+base64.RawURLEncoding.EncodeToString(data)); w.Code != http.StatusNotFound || w.Body.String() != none {
			t.Errorf("byte %d is another: %d", i, w.Code)
		}
		data[i] ^= 4
	}
	for _, token := range []string{k.Token("C1"), k.Token("CA1")} {
		if w := k.Get(t, token, "/public/"+k.World.Rounds["2023-04"].String()); w.Code != http.StatusNotFound || w.Body.String() != none {
			t.Errorf("an id is a link: %d", w.Code)
		}
	}
}
