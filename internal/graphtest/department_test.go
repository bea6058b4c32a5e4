package graphtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leitai/graph"
	"leitai/internal/authz"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/sample"
	"leitai/internal/tenancy"
)

// departments are three offices of the township: two that see one dimension
// each, and one that sees everything; and two reviewers likewise, who also read
// evidence.
type departments struct {
	*graphtest.Kit
	tokens         map[string]string
	round, village string
	party, safety  string // keys of the items of the round, by dimension
}

const (
	rubricOf  = `query($r: ID!) { round(id: $r) { rubric { key dimension } } }`
	explained = `query($r: ID!, $u: String!) { explain(round: $r, unitCode: $u) { total sentence row { rank shown } lines { kind item } lost { item } } }`
	boardOf   = `query($r: ID!) { board(round: $r) { rows { unitCode rank shown vetoes } } }`
	issuesOf  = `query { issues(first: 50) { nodes { id item title } pageInfo { hasNextPage endCursor } } }`
	planned   = `query($c: ID!) { villagePlans(competition: $c) { closed unplanned issues { id } } }`
	piecesOf  = `query { evidence(first: 50) { nodes { id item } } }`
	nodeIs    = `query($id: ID!) { node(id: $id) { __typename } }`
	bundleOf  = `query($r: ID!) { round(id: $r) { publications { bundle } } }`
	archive   = `query { rubricLibrary { dimension } }`
)

// A department sees the totals and ranks of what is published, and of the items
// behind them its own dimensions' alone: in explanations, rubrics, bundles,
// issues, plans, evidence, papers, the library and by id; the control is a
// second department, and one without a limit. covers Q35
func departmentsSeeTheirOwn(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	d := &departments{Kit: k, tokens: map[string]string{}}
	for name, keys := range map[string][]string{"party": {"party-building"}, "safety": {"safety"}, "whole": nil} {
		d.employ(t, name, authz.DepartmentAnalyst, keys)
		d.employ(t, name+" review", authz.ReviewGroup, keys)
	}
	d.choose(t)
	d.results(t)
	d.problems(t)
	d.evidence(t)
	d.papers(t)
}

// employ makes a login with one role over some dimensions, and a token for it.
func (d *departments) employ(t *testing.T, name string, role authz.Role, keys []string) {
	t.Helper()
	login, chief := strings.ReplaceAll(name, " ", "-")+"@department", d.World.Person(sample.Approver)
	const password = "Department-2023"
	d.inSession(t, chief.Login, chief.Password, func(ctx context.Context) error {
		if _, err := d.App.Identity.CreateUser(ctx, identity.NewUser{Login: login, Password: password}); err != nil {
			return err
		}
		_, err := d.App.Tenancy.GiveRole(ctx, tenancy.GrantInput{Login: login, Role: role, UnitCode: sample.TownshipCode, Dimensions: keys})
		return err
	})
	d.inSession(t, login, password, func(ctx context.Context) (err error) {
		_, d.tokens[name], err = d.App.Identity.CreateToken(ctx, identity.TokenInput{Name: name, Days: 30})
		return err
	})
}

// inSession does what no token may, signed in.
func (d *departments) inSession(t *testing.T, login, password string, do func(ctx context.Context) error) {
	t.Helper()
	session, err := d.App.Identity.Login(t.Context(), identity.LoginInput{Login: login, Password: password, Address: login})
	if err != nil {
		t.Fatal(err)
	}
	credential, err := identity.SessionCredential(session.Secret)
	if err != nil {
		t.Fatal(err)
	}
	ctx, request, _, err := d.App.DB.Begin(t.Context(), credential)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(do(ctx), request.End()); err != nil {
		t.Fatalf("%s: %v", login, err)
	}
}

// choose finds a round with items of both dimensions.
func (d *departments) choose(t *testing.T) {
	t.Helper()
	for _, period := range slices.Sorted(maps.Keys(d.World.Rounds)) {
		have := map[string]string{}
		r := d.Must(t, sample.Clerk, rubricOf, graphtest.Vars{"r": d.RoundID(period)})
		for i := range r.List(t, "round", "rubric") {
			have[r.Text(t, "round", "rubric", i, "dimension")] = r.Text(t, "round", "rubric", i, "key")
		}
		board := d.Must(t, sample.Clerk, boardOf, graphtest.Vars{"r": d.RoundID(period)})
		if have["party-building"] != "" && have["safety"] != "" && board.Data["board"] != nil {
			d.round, d.party, d.safety = d.RoundID(period), have["party-building"], have["safety"]
			d.village = board.Text(t, "board", "rows", 0, "unitCode")
			return
		}
	}
	t.Fatal("no round has items of both departments")
}

func (d *departments) ask(t *testing.T, who, query string, v graphtest.Vars) *graphtest.Result {
	t.Helper()
	r := d.Post(t, d.tokens[who], query, v)
	if codes := r.Codes(); len(codes) > 0 {
		t.Fatalf("%s: %v %s", who, codes, r.Body)
	}
	return r
}

// column reads one field of every member of a list, without doubles.
func column(t *testing.T, r *graphtest.Result, field string, path ...any) (all []string) {
	t.Helper()
	for i := range r.List(t, path...) {
		if text, is := r.At(t, append(slices.Clone(path), i, field)...).(string); is && text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	slices.Sort(all)
	return all
}

func equalJSON(t *testing.T, a, b any) bool {
	t.Helper()
	x, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := json.Marshal(b)
	return err == nil && string(x) == string(y)
}

func want(t *testing.T, what string, have []string, wanted ...string) {
	t.Helper()
	slices.Sort(wanted)
	if !slices.Equal(have, wanted) {
		t.Errorf("%s: %v, want %v", what, have, wanted)
	}
}

func (d *departments) results(t *testing.T) {
	t.Helper()
	at := graphtest.Vars{"r": d.round, "u": d.village}
	whole := d.ask(t, "whole", explained, at)
	items := column(t, whole, "item", "explain", "lines")
	if len(items) < 3 {
		t.Fatalf("only %v to leave out", items)
	}
	for who, own := range map[string]string{"party": d.party, "safety": d.safety} {
		r := d.ask(t, who, explained, at)
		want(t, who+" reads lines of", column(t, r, "item", "explain", "lines"), own)
		want(t, who+" reads losses of", column(t, r, "item", "explain", "lost"), own)
		if r.Text(t, "explain", "total") != whole.Text(t, "explain", "total") || !strings.Contains(r.Text(t, "explain", "sentence"), "所属领域") {
			t.Errorf("%s reads %s", who, r.Body)
		}
		want(t, who+" reads the rubric of", column(t, d.ask(t, who, rubricOf, graphtest.Vars{"r": d.round}), "key", "round", "rubric"), own)
		if a, b := d.ask(t, who, boardOf, at).Data["board"], d.ask(t, "whole", boardOf, at).Data["board"]; !equalJSON(t, a, b) {
			t.Errorf("%s reads another board", who)
		}
		if d.ask(t, who, bundleOf, graphtest.Vars{"r": d.round}).At(t, "round", "publications", 0, "bundle") != nil {
			t.Errorf("%s reads the bundle of all items", who)
		}
		want(t, who+" reads the library of", column(t, d.ask(t, who, archive, nil), "dimension", "rubricLibrary"), map[string]string{d.party: "party-building", d.safety: "safety"}[own])
		if codes := d.Post(t, d.tokens[who], `query($c: ID!) { simulate(competition: $c) { rounds } }`, graphtest.Vars{"c": d.CompetitionID()}).Codes(); slices.Contains(codes, "INTERNAL") || len(codes) == 0 {
			t.Errorf("%s tries other settings: %v", who, codes)
		}
		standings := `query($c: ID!) { itemStandings(competition: $c, year: 2023) { item } }`
		want(t, who+" reviews the standings of", column(t, d.ask(t, who+" review", standings, graphtest.Vars{"c": d.CompetitionID()}), "item", "itemStandings"), own)
		marks := `query($r: ID!) { round(id: $r) { marks(first: 100) { nodes { id item } } } }`
		want(t, who+" reviews marks of", column(t, d.ask(t, who+" review", marks, graphtest.Vars{"r": d.round}), "item", "round", "marks", "nodes"), own)
		other := d.ask(t, "whole review", marks, graphtest.Vars{"r": d.round})
		for i, node := range other.List(t, "round", "marks", "nodes") {
			mark, _ := node.(map[string]any)
			if seen := d.ask(t, who+" review", nodeIs, graphtest.Vars{"id": mark["id"]}).At(t, "node") != nil; seen != (mark["item"] == own) && i < 20 {
				t.Errorf("%s reads a mark of %v: %v", who, mark["item"], seen)
			}
		}
	}
	if d.ask(t, "whole", bundleOf, graphtest.Vars{"r": d.round}).At(t, "round", "publications", 0, "bundle") == nil {
		t.Error("without a limit the bundle is there")
	}
}

// problems: three issues, of an item of each department and of no item.
func (d *departments) problems(t *testing.T) {
	t.Helper()
	ids := map[string]string{}
	for _, item := range []string{d.party, d.safety, ""} {
		r := d.Must(t, sample.Clerk, `mutation($c: ID!, $r: ID!, $u: String!, $i: String, $due: Date!) { issueOpen(input: {competition: $c, round: $r, unitCode: $u, item: $i, title: "部门问题", base: "1", due: $due}) {
			issue { id } userErrors { code } } }`, graphtest.Vars{"c": d.CompetitionID(), "r": d.round, "u": d.village, "i": item, "due": d.Clock.Today().AddDays(9).String()})
		ids[item] = r.Text(t, "issueOpen", "issue", "id")
	}
	for who, own := range map[string]string{"party": d.party, "safety": d.safety} {
		listed := column(t, d.ask(t, who, issuesOf, nil), "id", "issues", "nodes")
		for item, id := range ids {
			if slices.Contains(listed, id) != (item == own) {
				t.Errorf("%s lists the issue of %q: %v", who, item, listed)
			}
			if seen := d.ask(t, who, nodeIs, graphtest.Vars{"id": id}).At(t, "node") != nil; seen != (item == own) {
				t.Errorf("%s reads the issue of %q: %v", who, item, seen)
			}
		}
		if body := d.ask(t, who, planned, graphtest.Vars{"c": d.CompetitionID()}).Body; !strings.Contains(body, ids[own]) || strings.Contains(body, ids[""]) {
			t.Errorf("%s reads plans %s", who, body)
		}
		cursor := d.ask(t, "whole", issuesOf, nil).At(t, "issues", "pageInfo", "endCursor")
		if codes := d.Post(t, d.tokens[who], `query($a: String) { issues(first: 5, after: $a) { nodes { id } } }`, graphtest.Vars{"a": cursor}).Codes(); !slices.Equal(codes, []string{"INVALID_CURSOR"}) {
			t.Errorf("%s pages on in somebody else's list: %v", who, codes)
		}
	}
	if listed := column(t, d.ask(t, "whole", issuesOf, nil), "id", "issues", "nodes"); !slices.Contains(listed, ids[""]) {
		t.Errorf("without a limit: %v", listed)
	}
}

// evidence: a picture of an item of each department.
func (d *departments) evidence(t *testing.T) {
	t.Helper()
	ids, files := map[string]string{}, map[string]string{}
	for n, item := range []string{d.party, d.safety} {
		files[item] = d.Taken(t, sample.Clerk, "图.jpg", photo(t, uint8(90+n)))
		r := d.Must(t, sample.Clerk, `mutation($c: ID!, $r: ID!, $u: String!, $i: String!, $f: ID!, $day: Date!) { evidenceAdd(input: {competition: $c, round: $r, unitCode: $u, item: $i, kind: PHOTO, file: $f, takenOn: $day}) {
			evidence { id file { url } } userErrors { code field } } }`, graphtest.Vars{"c": d.CompetitionID(), "r": d.round, "u": d.village, "i": item, "f": files[item], "day": d.Clock.Today().String()})
		ids[item] = r.Text(t, "evidenceAdd", "evidence", "id")
		files[item] = r.Text(t, "evidenceAdd", "evidence", "file", "url")
	}
	for who, own := range map[string]string{"party review": d.party, "safety review": d.safety} {
		want(t, who+" lists evidence of", column(t, d.ask(t, who, piecesOf, nil), "item", "evidence", "nodes"), own)
		for item, id := range ids {
			status := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[item == own]
			if seen := d.ask(t, who, nodeIs, graphtest.Vars{"id": id}).At(t, "node") != nil; seen != (item == own) {
				t.Errorf("%s reads the piece of %q: %v", who, item, seen)
			}
			if got := d.Get(t, d.tokens[who], files[item]).Code; got != status {
				t.Errorf("%s opens the file of %q: %d, want %d", who, item, got, status)
			}
		}
	}
}

// papers: those of totals are for everybody, the table of items is narrowed, and
// papers about all items are not there.
func (d *departments) papers(t *testing.T) {
	t.Helper()
	publication := d.Must(t, sample.Clerk, `query($r: ID!) { round(id: $r) { publications { id } } }`, graphtest.Vars{"r": d.round}).Text(t, "round", "publications", 0, "id")
	key := func(id string) string {
		_, raw, _ := graph.OpenID(id)
		return raw.String()
	}
	for who, others := range map[string][]string{"party": {"安全生产"}, "safety": {"党建"}, "whole": nil} {
		if got := d.Get(t, d.tokens[who], "/documents/bulletin/"+key(publication)).Code; got != http.StatusOK {
			t.Errorf("%s reads the bulletin: %d", who, got)
		}
		table := d.Get(t, d.tokens[who], "/documents/items/"+key(d.round))
		for _, name := range others {
			if table.Code != http.StatusOK || strings.Contains(table.Body.String(), "<td>"+name+"</td>") {
				t.Errorf("%s reads the table of items with %s: %d", who, name, table.Code)
			}
		}
		status := map[bool]int{true: http.StatusNotFound, false: http.StatusForbidden}[others != nil]
		if got := d.Get(t, d.tokens[who], "/documents/problems/"+key(d.CompetitionID())).Code; got != status {
			t.Errorf("%s reads the list of problems: %d, want %d", who, got, status)
		}
	}
}
