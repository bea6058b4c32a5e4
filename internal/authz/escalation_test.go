package authz

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever people give each other, define, change, and hand over by invitations
// that are accepted later: nobody ever holds a permission that no first holder
// had, and nobody at a unit that no first holder held it at.
// covers T14
func TestNobodyReachesWhatNoGrantorHeld(t *testing.T) {
	t.Parallel()
	users := []string{"u0", "u1", "u2"}
	units := []string{"township", "village 1", "village 2", "county"}
	own := []Role{archivist, "own-helper"}
	roleNames := append([]Role{TownshipApprover, TownshipClerk, Judge, VillageSecretary, CountyAdmin, PlatformOperator}, own...)
	rules := newAuthz(t)
	rapid.Check(t, func(r *rapid.T) {
		w, a := newWorld(), twin(rules)
		first := rapid.SampledFrom([]Role{TownshipApprover, TownshipApprover, CountyAdmin, CountyAdmin, PrefectureAdmin, TownshipClerk}).Draw(r, "first")
		at := rapid.SampledFrom([]string{"township", "village 1"}).Draw(r, "at")
		root := gives("u0", first, at, "township")
		if rapid.Bool().Draw(r, "limited") {
			root.Dimensions = []string{"safety"}
		}
		w.put(root)
		had := a.PermissionsOf(first)
		standing := map[Role][]Permission{}
		type invitation struct {
			by string
			g  given
		}
		var open []invitation
		as := func(user string) context.Context { return w.as(t, a, user, "township") }
		who := func(what string) string { return rapid.SampledFrom(users).Draw(r, what) }
		draw := func(ctx string) given {
			g := gives(who("to "+ctx), rapid.SampledFrom(roleNames).Draw(r, "role"), rapid.SampledFrom(units).Draw(r, "unit"), "township")
			g.Dimensions = rapid.SampledFrom([][]string{nil, {"safety"}, {"industry"}}).Draw(r, "dimensions")
			return g
		}
		permissions := func() []Permission {
			return rapid.SliceOfNDistinct(rapid.SampledFrom([]Permission{RoundRead, PublicationRead, MarkWrite, IssueVerify, GrantWrite, RoundPublish}), 1, 3, rapid.ID).Draw(r, "permissions")
		}
		may := func(by string, g given) bool {
			ctx := as(by)
			return a.May(ctx, GrantWrite, g.Unit) && len(a.Beyond(ctx, g.Role, g.Unit, g.Dimensions)) == 0
		}
		define := func(by string, role Role, next []Permission) {
			ctx := as(by)
			var touched []Permission
			for _, p := range everything() {
				if slices.Contains(next, p) != slices.Contains(standing[role], p) {
					touched = append(touched, p)
				}
			}
			if a.May(ctx, GrantWrite, place("township")) && len(a.BeyondOwn(ctx, touched)) == 0 {
				w.define("township", role, next...)
				standing[role] = next
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"give": func(*rapid.T) {
				if g := draw("give"); may(who("by"), g) {
					w.put(g)
				}
			},
			"define": func(*rapid.T) { define(who("by"), rapid.SampledFrom(own).Draw(r, "own"), permissions()) },
			"widen": func(*rapid.T) {
				role := rapid.SampledFrom(own).Draw(r, "own")
				define(who("by"), role, slices.Compact(slices.Sorted(slices.Values(append(permissions(), standing[role]...)))))
			},
			"invite": func(*rapid.T) {
				if by, g := who("by"), draw("invite"); may(by, g) {
					open = append(open, invitation{by: by, g: g})
				}
			},
			"accept": func(*rapid.T) {
				if len(open) > 0 {
					if one := rapid.SampledFrom(open).Draw(r, "invitation"); may(one.by, one.g) {
						w.put(one.g)
					}
				}
			},
			"": func(*rapid.T) {
				user := who("looked at")
				ctx := as(user)
				for _, info := range catalogue {
					if a.Anywhere(ctx, info.Permission) == nil && !slices.Contains(had, info.Permission) {
						r.Fatalf("%s reached %s from %s", user, info.Permission, first)
					}
					if at == "village 1" && !info.Wide && (a.May(ctx, info.Permission, place("township")) || a.May(ctx, info.Permission, place("village 2"))) {
						r.Fatalf("%s reached %s beyond %s", user, info.Permission, at)
					}
					if all, keys := a.Dimensions(ctx, info.Permission); len(root.Dimensions) > 0 && (all || slices.Contains(keys, "industry")) {
						r.Fatalf("%s shed the limit of dimensions on %s", user, info.Permission)
					}
				}
			},
		})
	})
}
