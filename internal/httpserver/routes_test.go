package httpserver

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/authz"
)

// access is who gets at a route: whoever holds a permission, asked by the use
// case; whoever is signed in, for what concerns themselves; or everybody, for a
// reason.
type access struct {
	permission authz.Permission
	signedIn   bool
	everybody  string
}

func holder(p authz.Permission) access { return access{permission: p, signedIn: true} }

var (
	oneself = access{signedIn: true}
	signsIn = access{everybody: "it is how one signs in; it tells nothing that a credential would not"}
	probe   = access{everybody: "for the operator's own monitoring: no tenant's data, and meant to be kept behind the proxy"}
	page    = access{everybody: "a page without any data"}
	byCode  = access{everybody: "a voter has a code and no account; the code is looked up, and who asks is neither known nor stored"}
)

// accesses is every route. A new one fails the test below until it says who may.
var accesses = map[string]access{
	"GET /healthz": probe, "GET /readyz": probe, "GET /metrics": probe,

	"POST /graphql": oneself, "GET /graphql": oneself, // each field names its permission

	"POST /auth/login": signsIn, "POST /auth/login/code": signsIn, "POST /auth/login/renew": signsIn, "POST /auth/login/enrol": signsIn, "POST /auth/login/confirm": signsIn,
	"GET /signin": signsIn, "POST /signin": signsIn, "GET /signin/step": signsIn, "POST /signin/step": signsIn,
	"GET /auth/issuers": signsIn, "GET /auth/oidc/{key}/start": signsIn, "GET /auth/oidc/{key}/callback": signsIn,
	"POST /auth/tenant":             {everybody: "without a session nothing is moved"},
	"POST /auth/logout":             {everybody: "without a session nothing is ended"},
	"POST /auth/invitations/look":   {everybody: "who holds the secret of an invitation has no account yet"},
	"POST /auth/invitations/accept": {everybody: "who holds the secret of an invitation has no account yet"},
	"GET /join":                     page, "POST /join": {everybody: "as POST /auth/invitations/look, for a browser"}, "POST /join/accept": {everybody: "as POST /auth/invitations/accept, for a browser"},

	"POST /auth/password": oneself, "GET /auth/tenants": oneself, "GET /auth/sessions": oneself, "DELETE /auth/sessions": oneself, "DELETE /auth/sessions/{id}": oneself,
	"GET /auth/factor": oneself, "POST /auth/factor/begin": oneself, "POST /auth/factor/confirm": oneself, "POST /auth/factor/recovery": oneself, "POST /auth/factor/remove": oneself,
	"POST /auth/oidc/{key}/link": oneself, "GET /auth/links": oneself, "POST /auth/links/{id}/remove": oneself,
	"GET /auth/policy": oneself, "PUT /auth/policy": holder(authz.GrantWrite), "DELETE /auth/users/{id}/factors": holder(authz.GrantWrite),

	"GET /documents/{kind}/{id}": holder(authz.DocumentRead), "GET /archives/{competition}/{code}": holder(authz.DocumentRead),
	"POST /imports/{kind}": holder(authz.MarkWrite), // each kind the permission of what it enters
	"POST /forms/{kind}":   holder(authz.TemplateWrite),
	"POST /evidence":       holder(authz.EvidenceWrite), "GET /evidence/{id}": holder(authz.EvidenceRead), "GET /evidence/{id}/small": holder(authz.EvidenceRead),
	"GET /exports/{id}":  holder(authz.ExportRequest),
	"GET /tenant/export": holder(authz.TenantExport), "GET /statement.csv": holder(authz.TenantRead),
	"GET /export/facts.csv": holder(authz.PublicationRead), "GET /export/facts.json": holder(authz.PublicationRead),

	"POST /signup":       {everybody: "an application for a tenant, throttled; nothing exists before an operator approved it"},
	"POST /signup/state": {everybody: "who holds the receipt code of an application has no account yet"},
	"GET /signup/units":  {everybody: "the public table of divisions, for the form of an application"},

	"GET /public/{link}": {everybody: "a result that was published to everybody, for whoever has its signed link"},

	"GET /ballot": byCode, "POST /ballot": byCode, "POST /ballot/cast": byCode, "GET /ballot/done": byCode,
	"GET /explorer/": page, "GET /console/": page, "GET /{$}": page,
}

// patterns reads the routes out of the source: the first argument of every
// route(…), Handle(…) and HandleFunc(…).
func patterns(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, isCall := n.(*ast.CallExpr)
			if !isCall || len(call.Args) == 0 {
				return true
			}
			if text, isText := call.Args[0].(*ast.BasicLit); isText && text.Kind == token.STRING {
				pattern, err := strconv.Unquote(text.Value)
				if err == nil && slices.Contains([]string{"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"}, strings.SplitN(pattern, " /", 2)[0]) {
					found = append(found, pattern)
				}
			}
			return true
		})
	}
	return found
}

// Every route says who gets at it, and what asks for a credential refuses
// whoever has none before anything runs.
func TestEveryRouteSaysWhoMay(t *testing.T) {
	t.Parallel()
	found := patterns(t)
	if len(found) < 50 {
		t.Fatalf("only %d routes", len(found))
	}
	for _, pattern := range found {
		who, listed := accesses[pattern]
		if !listed || who.signedIn == (who.everybody != "") {
			t.Errorf("%s does not say who may", pattern)
		}
		if who.permission != "" && !authz.Known(who.permission) {
			t.Errorf("%s names %s, which is no permission", pattern, who.permission)
		}
	}
	for pattern := range maps.Keys(accesses) {
		if !slices.Contains(found, pattern) {
			t.Errorf("there is no route %s", pattern)
		}
	}
}

func TestNobodyGetsPastTheDoorWithoutACredential(t *testing.T) {
	t.Parallel()
	s := server(newTiny(), door{})
	for pattern, who := range accesses {
		if !who.signedIn || pattern == "POST /evidence" { // which asks in the middle: the tests of uploading have it
			continue
		}
		method, path, _ := strings.Cut(pattern, " ")
		r := httptest.NewRequestWithContext(t.Context(), method, strings.NewReplacer("{kind}", "board", "{id}", graph.GlobalID("StoredFile", uuid.New()), "{key}", "county", "{competition}", "x", "{code}", "x").Replace(path), strings.NewReader(`{}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(uploadHeader, "1")
		if status, body, _ := ask(t, s, r); status != http.StatusUnauthorized {
			t.Errorf("%s answers %d without a credential: %s", pattern, status, body)
		}
	}
}
