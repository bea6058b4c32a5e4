package graphtest_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// owned says where the objects of a kind are kept.
var owned = map[string]string{
	"Tenant": "tenant", "Person": "person", "Post": "post", "Grant": "role_grant", "ApiToken": "api_token", "TemplateVersion": "template_version",
	"Competition": "competition", "Round": "round", "Publication": "publication", "Mark": "mark", "Outcome": "outcome", "Rollup": "rollup",
	"Issue": "issue", "Evidence": "evidence_item", "StoredFile": "evidence_file", "Highlight": "highlight", "Visit": "visit", "Supervision": "supervision",
}

// foreign gives, for each kind of object, one of the township that plays.
func foreign(t *testing.T, k *graphtest.Kit) graphtest.IDs {
	t.Helper()
	tenant := k.TenantOf(t, sample.TownshipCode)
	known := map[string]string{
		"Round": k.RoundID("2023-05"), "Person": k.PersonID("S1"), "User": graphtest.ID("User", k.World.Person("S1").User),
		"Unit": graphtest.ID("Unit", k.Key(t, `SELECT id FROM unit WHERE code = $1`, graphtest.VillageCode(1))),
	}
	known["Poll"] = aPoll(t, k, tenant)
	someFollowUps(t, k, tenant, known)
	aPosting(t, k, tenant, known)
	for kind, table := range owned {
		if known[kind] == "" {
			known[kind] = graphtest.ID(kind, k.Key(t, `SELECT id FROM `+table+` WHERE tenant_id = $1 ORDER BY id LIMIT 1`, tenant))
		}
	}
	return func(kind, path string) string {
		if id := known[kind]; id != "" {
			return id
		}
		return graphtest.Unknown(kind, path)
	}
}

// aPoll is an evaluation of a tenant, opened when there is none yet.
func aPoll(t *testing.T, k *graphtest.Kit, tenant uuid.UUID) string {
	t.Helper()
	if all := k.Strings(t, `SELECT id FROM poll WHERE tenant_id = $1`, tenant); len(all) > 0 {
		return graphtest.ID("Poll", uuid.MustParse(all[0]))
	}
	return graphtest.ID("Poll", k.Key(t, `INSERT INTO poll (id, tenant_id, region, competition_id, ballot_key, title, rule, choices, opened_by, opened_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, 'assembly', '第一季度点评会民主测评', '{"Key": "assembly"}', '{good}', p.id, now()
		FROM competition c JOIN person p ON p.tenant_id = c.tenant_id WHERE c.tenant_id = $1 ORDER BY c.id, p.id LIMIT 1 RETURNING id`, tenant))
}

var requestID = regexp.MustCompile(`"requestId":"[^"]*"`)

// plain takes out what differs between any two answers.
func plain(body string) string { return requestID.ReplaceAllString(body, "") }

// The second township, the clerk and the approver of it, tries every field and
// every mutation with ids of the first one. What comes back is byte by byte
// what comes back for ids that name nothing, it holds none of the first
// township's strings, and no row of the first one changes.
//
// covers T5, T6, T12
func secondTownshipSeesNothing(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	first := k.TenantOf(t, sample.TownshipCode)
	aPoll(t, k, first)
	someFollowUps(t, k, first, map[string]string{})
	aPosting(t, k, first, map[string]string{})
	before, theirs, canaries := k.Fingerprint(t, first), foreign(t, k), canariesOf(t, k, first)
	for _, who := range []string{"XA1", "XC1", "XS1"} {
		for _, root := range graphtest.Roots() {
			unknown := k.As(t, who, root.Call(2, graphtest.Unknown), nil)
			known := k.As(t, who, root.Call(2, theirs), nil)
			if public[root.Name] == "" && plain(unknown.Body) != plain(known.Body) {
				t.Errorf("%s by %s tells that an id exists:\n%s\n%s", root.Name, who, unknown.Body, known.Body)
			}
			for _, canary := range canaries {
				if strings.Contains(known.Body, `"`+canary+`"`) {
					t.Errorf("%s by %s shows %q", root.Name, who, canary)
				}
			}
		}
	}
	if k.Fingerprint(t, first) != before {
		t.Error("rows of the first township changed")
	}
	if t.Failed() {
		t.Log(k.Log())
	}
}

// public are fields whose ids name something everybody may read.
var public = map[string]string{"units": "the tree of units"}

// canariesOf are strings that only the first township knows.
func canariesOf(t *testing.T, k *graphtest.Kit, tenant uuid.UUID) []string {
	t.Helper()
	var all []string
	for _, query := range []string{
		`SELECT name FROM person_name WHERE tenant_id = $1`, `SELECT name FROM competition WHERE tenant_id = $1`,
		`SELECT title FROM issue WHERE tenant_id = $1`, `SELECT title FROM highlight WHERE tenant_id = $1`, `SELECT basis FROM supervision WHERE tenant_id = $1`,
		`SELECT key FROM evidence_file WHERE tenant_id = $1`, `SELECT sha256 FROM evidence_file WHERE tenant_id = $1`, `SELECT venue FROM round WHERE tenant_id = $1 AND venue <> ''`,
		`SELECT public_hash FROM publication WHERE tenant_id = $1`, `SELECT criteria FROM rubric_item WHERE tenant_id = $1 AND criteria <> ''`,
	} {
		all = append(all, k.Strings(t, query, tenant)...)
	}
	for kind, table := range owned {
		for _, id := range k.Strings(t, `SELECT id FROM `+table+` WHERE tenant_id = $1`, tenant) {
			all = append(all, id, graphtest.ID(kind, uuid.MustParse(id)))
		}
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) < 1000 {
		t.Fatalf("only %d canaries", len(all))
	}
	return all
}

// An object of the first township and one that does not exist are the same
// answer by node, for every kind of object; the owners themselves see theirs.
//
// covers T5
func nodeOfAnotherTownshipIsLikeNone(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	theirs := foreign(t, k)
	const node = `query($id: ID!) { node(id: $id) { __typename id } }`
	for _, kind := range graphtest.NodeKinds() {
		id := theirs(kind, "")
		unknown, malformed := graphtest.UnknownID(kind), theirs(kind, "")[1:]
		for _, who := range []string{"XA1", "XC1"} {
			none := k.As(t, who, node, graphtest.Vars{"id": unknown}).Body
			for _, other := range []string{id, malformed, "", "Um91bmQ6", "%%%"} {
				if got := k.As(t, who, node, graphtest.Vars{"id": other}).Body; got != none && kind != "Unit" {
					t.Errorf("%s %s: %s", kind, other, got)
				}
			}
		}
		owner := "A1"
		if kind == "ApiToken" {
			owner = "CA1" // never the approver's own: tokens are their owner's
		}
		got := k.As(t, owner, node, graphtest.Vars{"id": id})
		if sees := strings.Contains(got.Body, id); sees != (owner == "A1") {
			t.Errorf("%s as %s: %s", kind, owner, got.Body)
		}
	}
	if t.Failed() {
		t.Log(k.Log())
	}
}

// The county adopted the township without its unpublished work: it reads what
// was published, and no mark, name, rubric or issue.
func countySeesNoUnpublishedWork(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	first := k.TenantOf(t, sample.TownshipCode)
	theirs := foreign(t, k)
	hidden := k.Strings(t, `SELECT name FROM person_name WHERE tenant_id = $1
		UNION SELECT title FROM issue WHERE tenant_id = $1 UNION SELECT criteria FROM rubric_item WHERE tenant_id = $1 AND criteria <> ''`, first)
	for kind, table := range map[string]string{"Mark": "mark", "Issue": "issue", "Person": "person", "Outcome": "outcome"} {
		for _, id := range k.Strings(t, `SELECT id FROM `+table+` WHERE tenant_id = $1`, first) {
			hidden = append(hidden, graphtest.ID(kind, uuid.MustParse(id)))
		}
	}
	for _, who := range []string{"CA1", "CN1", "CD1"} {
		for _, root := range graphtest.Roots() {
			if root.Mutation {
				continue
			}
			body := k.As(t, who, root.Call(2, theirs), nil).Body
			for _, text := range hidden {
				if strings.Contains(body, `"`+text+`"`) {
					t.Errorf("%s by %s shows %q", root.Name, who, text)
				}
			}
		}
	}
	board := k.As(t, "CN1", `query($r: ID!) { board(round: $r) { tenant { name } rows { name rank } } }`, graphtest.Vars{"r": k.RoundID("2023-05")})
	if board.Text(t, "board", "tenant", "name") != "晴禾乡" || len(board.List(t, "board", "rows")) != 12 {
		t.Errorf("the county reads the published board: %s", board.Body)
	}
}
