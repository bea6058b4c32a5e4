package graphtest

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/dbtest"
	"leitai/internal/wiring"
)

// Open is a gate that refuses nobody.
type Open struct{ wiring.Gate }

// OpenGate puts it around the gate that decides.
func OpenGate(inner wiring.Gate) wiring.Gate { return Open{inner} }

// Require implements wiring.Gate.
func (Open) Require(context.Context, authz.Permission, uuid.UUID) error { return nil }

// May implements wiring.Gate.
func (Open) May(context.Context, authz.Permission, uuid.UUID) bool { return true }

// Anywhere implements wiring.Gate.
func (Open) Anywhere(context.Context, authz.Permission) error { return nil }

// Beyond implements wiring.Gate.
func (Open) Beyond(context.Context, authz.Role, uuid.UUID, []string) []authz.Permission { return nil }

// filters are the conditions on tenant_id that ent's interceptor and hook and
// statements by hand add: against an argument, a list of them, or the settings
// of the transaction. Conditions between two tables are none.
var filters = regexp.MustCompile(`(?:"?\w+"?\.)?"?tenant_id"?\s*=\s*(?:ANY\s*\(\s*\$(\d+)\s*\)|\$(\d+)|\(SELECT app_tenant\(\)\)|app_tenant\(\)|ANY \(\(SELECT app_setting_ids\([^:]*\)::uuid\[\]\))`)

// WithoutFilters takes them out of a statement; arguments stay, so that the
// statement takes as many.
func WithoutFilters(query string) string {
	return filters.ReplaceAllStringFunc(query, func(found string) string {
		at := filters.FindStringSubmatch(found)
		switch {
		case at[1] != "":
			return "($" + at[1] + "::uuid[] IS NULL OR true)"
		case at[2] != "":
			return "($" + at[2] + "::uuid IS NULL OR true)"
		}
		return "true"
	})
}

// Undone makes every commit a rollback.
func Undone(w *dbtest.Watch) { w.Undo = true }

// Unfiltered is Undone without the filters of the program.
func Unfiltered(w *dbtest.Watch) { w.Undo, w.Rewrite = true, WithoutFilters }
