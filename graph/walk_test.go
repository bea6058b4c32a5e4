package graph

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/authz"
)

// withoutPermission are the fields that everybody who is signed in may ask, each
// with the reason why nothing that is not theirs can come out of it. A new
// @public fails the walk until its reason stands here.
var withoutPermission = map[string]string{
	"Query.viewer":      "who asks, and what they hold themselves",
	"Query.node":        "every kind is read by its own use case, which asks the permission (see nodesNeed)",
	"Query.tokens":      "the caller's own; everybody's need token:approve, asked by the use case",
	"Query.inboxUnread": "a number of the caller's own items: nothing for whoever has no inbox, and the page's frame asks it of everybody",
	"Query.tenant":      "the caller's own tenant, by the name that everybody of it knows",
	"Query.unitByCode":  "the public administrative tree",
	"Query.units":       "the public administrative tree",
}

// nodesNeed is what it takes to read an object by its id: a permission that the
// use case asks where the object stands, or a reason why none is needed.
var nodesNeed = map[string]string{
	"Job":  string(authz.ExportRequest),
	"Unit": "=the public administrative tree", "Tenant": "=tenants whose published rows the caller may read, by row-level security",
	"Person": "=a pseudonym, of the caller's own tenant; name and account need person:read",
	"Post":   string(authz.PersonRead), "Grant": string(authz.GrantRead), "User": string(authz.GrantRead), "Invitation": string(authz.GrantRead),
	"ServiceAccount": string(authz.GrantRead), "App": string(authz.GrantRead), "AppConsent": string(authz.GrantRead), "ApiToken": "=the caller's own; others' need token:approve",
	"TemplateVersion": string(authz.TemplateRead), "Competition": string(authz.CompetitionRead), "Round": string(authz.RoundRead),
	"Publication": string(authz.PublicationRead), "Mark": string(authz.MarkDraftRead), "Outcome": string(authz.OutcomeRead), "Rollup": string(authz.PublicationRead),
	"Issue": string(authz.IssueRead), "Task": string(authz.TaskRead), "Finding": string(authz.OutcomeRead), "Pair": string(authz.OutcomeRead),
	"Submission": string(authz.SubmissionRead), "Evidence": string(authz.EvidenceRead), "Highlight": string(authz.HighlightRead),
	"Visit": string(authz.VisitRead), "Supervision": string(authz.VisitRead), "Posting": string(authz.PostingRead), "Poll": string(authz.BallotRead),
	"TrustedDocument": string(authz.TokenWrite),
	"WebhookEndpoint": string(authz.WebhookRead), "WebhookDelivery": string(authz.WebhookRead), "InboxItem": "=the caller's own, as long as the right by which it came is held",
}

// roots are the types whose fields anybody may begin with.
func roots() []*ast.Definition {
	schema := contract()
	all := []*ast.Definition{schema.Query, schema.Mutation}
	if schema.Subscription != nil {
		all = append(all, schema.Subscription)
	}
	return all
}

// Every field of Query, Mutation and Subscription names one permission of the
// catalogue, or is public for a reason that is written down.
func TestEveryFieldNamesAPermissionOrAReason(t *testing.T) {
	t.Parallel()
	asked := map[authz.Permission]bool{}
	public := 0
	for _, object := range roots() {
		for _, f := range object.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			name := object.Name + "." + f.Name
			can, open := f.Directives.ForName("can"), f.Directives.ForName("public")
			switch reason := withoutPermission[name]; {
			case can != nil && open != nil || can == nil && open == nil:
				t.Errorf("%s has to carry one of @can and @public", name)
			case open != nil && reason == "":
				t.Errorf("%s is public, and nobody says why", name)
			case can != nil && reason != "":
				t.Errorf("%s names a permission and has a reason to need none", name)
			case open != nil:
				public++
			default:
				permission := authz.Permission(can.Arguments.ForName("permission").Value.Raw)
				asked[permission] = true
				if !authz.Known(permission) {
					t.Errorf("%s: no permission is called %s", name, permission)
				}
			}
		}
	}
	if public != len(withoutPermission) {
		t.Errorf("%d public fields, and %d reasons", public, len(withoutPermission))
	}
	if len(asked) < 50 {
		t.Errorf("only %d permissions are asked anywhere", len(asked))
	}
}

// Every type that has an id of its own says what it takes to read one.
func TestEveryNodeNamesItsPermission(t *testing.T) {
	t.Parallel()
	schema := contract()
	var nodes []string
	for _, d := range schema.PossibleTypes["Node"] {
		nodes = append(nodes, d.Name)
		need, listed := nodesNeed[d.Name]
		if !listed {
			t.Errorf("%s is a Node, and nobody says who may read it", d.Name)
		}
		if reason, public := strings.CutPrefix(need, "="); !public && !authz.Known(authz.Permission(need)) || public && reason == "" {
			t.Errorf("%s: no permission is called %s", d.Name, need)
		}
	}
	for name := range nodesNeed {
		if !slices.Contains(nodes, name) {
			t.Errorf("%s is no Node", name)
		}
	}
}
