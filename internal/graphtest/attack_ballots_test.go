package graphtest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"leitai/examples/templates"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const (
	// votersAt begins the address of every voter: a canary that nothing may keep.
	votersAt = "203.0.113."
	openPoll = `mutation($input: PollOpenInput!) { pollOpen(input: $input) { poll { id } userErrors { field code } } }`
	pollOf   = `query($p: ID!) { poll(id: $p) { turnout closers groups { key returned } results { subject score issued valid groups { mean } } lights { branches } } }`
)

// box is two evaluations under way, of two villages each.
type box struct {
	*graphtest.Kit
	competition string
	subjects    []string
	polls       [2]string
	codes       [2][]string
}

func newBox(t *testing.T) *box {
	t.Helper()
	b := &box{Kit: graphtest.New(t)}
	preset, _ := templates.Source("town-observation")
	draft := b.Must(t, "C1", `mutation($d: String!) { templateCreate(input: {document: $d}) { template { id } userErrors { field code } } }`, graphtest.Vars{"d": string(preset)})
	scheme := draft.Text(t, "templateCreate", "template", "id")
	b.Must(t, "A1", `mutation($t: ID!) { templateActivate(input: {template: $t, revision: 1, confirm: []}) { userErrors { field code } } }`, graphtest.Vars{"t": scheme})
	b.competition = b.Must(t, "C1", `mutation($t: ID!, $p: ID!) { competitionCreate(input: {name: "逐村观摩", template: $t, fromPeriod: "2024-Q1",
		notice: {number: "晴委发〔2024〕1号", issuer: "中共晴禾乡委员会", date: "2024-01-02", title: "通知", distribution: ["各村"]},
		leadingGroup: {members: [{seat: "head", person: $p, title: "乡党委书记"}], offices: ["党建办"], officeHead: "组织委员"}}) { competition { id } userErrors { field code } } }`,
		graphtest.Vars{"t": scheme, "p": b.PersonID("A1")}).Text(t, "competitionCreate", "competition", "id")
	var put []graphtest.Vars
	for n := range 2 {
		unit := b.Key(t, `SELECT id FROM unit WHERE code = $1`, graphtest.VillageCode(n+1))
		b.subjects = append(b.subjects, unit.String())
		put = append(put, graphtest.Vars{"subject": graphtest.ID("Unit", unit), "name": fmt.Sprintf("第%d村", n+1)})
	}
	for i := range b.polls {
		b.open(t, i, put[:2-i])
	}
	return b
}

// open opens an evaluation with three leaders, each of whom has a code.
func (b *box) open(t *testing.T, i int, subjects []graphtest.Vars) {
	t.Helper()
	b.polls[i] = b.Must(t, "C1", openPoll, graphtest.Vars{"input": graphtest.Vars{"competition": b.competition, "key": "assembly", "title": fmt.Sprintf("测评%d", i), "subjects": subjects}}).
		Text(t, "pollOpen", "poll", "id")
	var rows []graphtest.Vars
	for n := range 3 {
		rows = append(rows, graphtest.Vars{"person": fmt.Sprintf("B-%02d", n), "group": "leadership"})
	}
	b.Must(t, "C1", `mutation($p: ID!, $rows: [PollRosterRow!]!) { pollRoster(input: {poll: $p, rows: $rows}) { userErrors { field code } } }`, graphtest.Vars{"p": b.polls[i], "rows": rows})
	slips := b.Must(t, "C1", `mutation($p: ID!) { pollCodesIssue(input: {poll: $p, site: "https://x.example", groups: [{group: "leadership", number: 3}]}) { slips { code } userErrors { field code } } }`,
		graphtest.Vars{"p": b.polls[i]})
	for n := range 3 {
		b.codes[i] = append(b.codes[i], slips.Text(t, "pollCodesIssue", "slips", n, "code"))
	}
}

// cast fills in the form of a phone at an address; true says that it counted.
func (b *box) cast(t *testing.T, from int, code, choice string, subjects []string) (counted bool, page string) {
	t.Helper()
	form := url.Values{"code": {code}}
	for _, id := range subjects {
		form.Set("choice."+id, choice)
	}
	answer := b.Sent(t, "", fmt.Sprintf("%s%d:4711", votersAt, from), "/ballot/cast", "application/x-www-form-urlencoded", []byte(form.Encode()))
	if answer.Code >= http.StatusInternalServerError || strings.Contains(answer.Body.String(), votersAt) || answer.Header().Get("Set-Cookie") != "" {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), answer.Body)
	}
	return answer.Code == http.StatusSeeOther, answer.Body.String()
}

// A code that a hundred phones send at the same moment counts once; one of
// another evaluation, one that is guessed and one that was used open nothing,
// and a sheet for the subjects of another evaluation is refused and leaves the
// code as it was.
// covers T31
func TestACodeCastsOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	var wait sync.WaitGroup
	counted := make([]bool, 100)
	for i := range counted {
		wait.Go(func() { counted[i], _ = b.cast(t, i, b.codes[0][0], "good", b.subjects) })
	}
	wait.Wait()
	counted = slices.DeleteFunc(counted, func(one bool) bool { return !one })
	if rows := b.Strings(t, `SELECT choice FROM ballot`); len(counted) != 1 || !slices.Equal(rows, []string{"good", "good"}) {
		t.Errorf("%d casts counted, the box holds %v", len(counted), rows)
	}
	for name, c := range map[string]struct {
		code     string
		subjects []string
	}{
		"used": {b.codes[0][0], b.subjects}, "guessed": {"0123-4567-89AB-CDEF-GHJK-MNPQ-R0", b.subjects}, "empty": {"", b.subjects}, "endless": {strings.Repeat("A", 5000), b.subjects},
		"of another evaluation, with one subject more": {b.codes[1][0], b.subjects}, "of another evaluation, with one less": {b.codes[0][1], b.subjects[:1]},
		"for what nobody put to it": {b.codes[1][0], []string{uuid.NewString()}},
	} {
		if went, page := b.cast(t, 200, c.code, "poor", c.subjects); went || strings.Contains(page, "投票成功") {
			t.Errorf("%s: it counted", name)
		}
	}
	if rows := b.Strings(t, `SELECT choice FROM ballot`); len(rows) != 2 {
		t.Errorf("the box holds %v", rows)
	}
	if went, page := b.cast(t, 201, b.codes[1][0], "fair", b.subjects[:1]); !went {
		t.Errorf("a code that was tried elsewhere is lost: %s", page)
	}
	b.nothingTold(t)
	b.nothingKept(t)
}

// nothingTold asks for results before the close, as everybody and wherever
// results are given later.
func (b *box) nothingTold(t *testing.T) {
	t.Helper()
	b.Must(t, "C1", pollOf, graphtest.Vars{"p": b.polls[0]}).Int(t, "poll", "turnout")
	for _, who := range []string{"C1", "A1", "CA1", "CN1", "S1", "J1", "XC1", "dashboard"} {
		r := b.As(t, who, pollOf, graphtest.Vars{"p": b.polls[0]})
		if poll, _ := r.Data["poll"].(map[string]any); poll != nil {
			results, _ := poll["results"].([]any)
			lights, _ := poll["lights"].(map[string]any)
			if len(results) > 0 || lights != nil || poll["turnout"] != 1.0 || strings.Contains(r.Body, `"returned":1`) {
				t.Errorf("%s is told %s", who, r.Body)
			}
		} else if len(r.Codes()) > 0 && !slices.Contains([]string{"NOT_FOUND", "FORBIDDEN"}, r.Codes()[0]) {
			t.Errorf("%s: %s", who, r.Body)
		}
		for _, kind := range []string{"ballot-summary", "ballot-report", "three-colour"} {
			for _, format := range []string{"html", "xlsx", "docx"} {
				if got := b.Get(t, b.Token(who), "/documents/"+kind+"/"+b.polls[0]+"?format="+format); got.Code < 400 || got.Code >= 500 || strings.Contains(got.Body.String(), "较好") {
					t.Errorf("%s is given %s.%s before the close: %d %.300s", who, kind, format, got.Code, got.Body)
				}
			}
		}
	}
}

// nothingKept looks for codes and addresses in the log, in every column of every
// table, and for anything of a voter beside a ballot.
func (b *box) nothingKept(t *testing.T) {
	t.Helper()
	canaries := []string{votersAt, "/ballot"}
	for _, code := range slices.Concat(b.codes[0], b.codes[1]) {
		canaries = append(canaries, code, strings.ReplaceAll(code, "-", ""))
	}
	log := b.Log()
	for _, canary := range canaries {
		if strings.Contains(log, canary) {
			t.Errorf("the log holds %s", canary)
		}
	}
	for _, table := range b.Strings(t, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`) {
		rows := strings.Join(b.Strings(t, `SELECT t::text FROM "`+table+`" t WHERE t::text ~ $1`, strings.Join(append(canaries[2:], `203\.0\.113\.`), "|")), "\n")
		if rows != "" {
			t.Errorf("%s keeps %.300s", table, rows)
		}
	}
	r := b.Must(t, sample.Clerk, `query($p: ID!) { poll(id: $p) { id groups { key codes } } }`, graphtest.Vars{"p": b.polls[0]})
	if strings.Contains(r.Body, b.codes[0][1]) {
		t.Error("a code is shown again")
	}
}
