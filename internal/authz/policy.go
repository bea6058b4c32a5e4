package authz

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"
	"github.com/google/uuid"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// keptSets bounds the memo: built-in roles are met in a few dozen combinations,
// so it is never reached in honest use.
const keptSets = 1 << 12

// policy is one version of the rules with what they decided so far. The rules
// never change after it is made; a new version is a new policy.
type policy struct {
	enforcer *casbin.Enforcer
	roles    map[Role][]Permission

	// memo keeps what casbin decided, by the set of roles: casbin decides from
	// the roles alone. The map is replaced, never changed, so that reading it
	// takes no lock.
	memo    atomic.Pointer[map[uint64]*answers]
	growing sync.Mutex
}

// answers are the decisions for one set of roles, one bit for each permission.
type answers struct {
	decided, allowed [len(permissionSet{})]atomic.Uint64
}

// holder stands for the user in a question to casbin, with the roles found by
// the walk from the unit to its ancestors.
type holder struct {
	roles roleSet
}

// builtIn reads the model and the policy that the program carries.
func builtIn() (*policy, error) {
	return parsePolicy(modelText, policyText)
}

func parsePolicy(modelText, policyText string) (*policy, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("read the access model: %w", err)
	}
	enforcer, err := casbin.NewEnforcer(m, stringadapter.NewAdapter(policyText))
	if err != nil {
		return nil, fmt.Errorf("read the access policy: %w", err)
	}
	enforcer.AddFunction("holds", holds)
	rules, err := enforcer.GetPolicy()
	if err != nil {
		return nil, fmt.Errorf("read the access policy: %w", err)
	}
	// casbin drops a line it cannot read without a word.
	if want := countRules(policyText); len(rules) != want {
		return nil, fmt.Errorf("access policy: %d of %d lines can be read; each should be p, role, object, action, and stand once", len(rules), want)
	}
	p := &policy{enforcer: enforcer, roles: map[Role][]Permission{}}
	p.memo.Store(&map[uint64]*answers{})
	for _, rule := range rules {
		role, permission := Role(rule[0]), Permission(rule[1]+":"+rule[2])
		if _, known := RoleOf(role); !known {
			return nil, fmt.Errorf("access policy: there is no role %q", role)
		}
		if !Known(permission) {
			return nil, fmt.Errorf("access policy: there is no permission %q", permission)
		}
		p.roles[role] = append(p.roles[role], permission)
	}
	for _, list := range p.roles {
		slices.SortFunc(list, func(x, y Permission) int { return position[x] - position[y] })
	}
	return p, nil
}

func countRules(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			n++
		}
	}
	return n
}

// holds answers casbin: is the role among those of the holder? Anything but a
// holder that authz made holds nothing, so a name that looks like a role's does
// not pass.
func holds(args ...any) (any, error) {
	if len(args) != 3 {
		return false, fmt.Errorf("holds takes a user, a unit and a role")
	}
	who, isHolder := args[0].(*holder)
	role, isText := args[2].(string)
	return isHolder && isText && who.roles.has(Role(role)), nil
}

// allows decides for a set of built-in roles and the place of a permission; an
// error denies.
func (p *policy) allows(held uint64, permission int) bool {
	if held == 0 {
		return false
	}
	kept := (*p.memo.Load())[held]
	if kept == nil {
		kept = p.meet(held)
	}
	word, bit := permission>>6, uint64(1)<<(permission&63)
	if kept.decided[word].Load()&bit != 0 {
		return kept.allowed[word].Load()&bit != 0
	}
	object, action := catalogue[permission].Permission.split()
	allowed, err := p.enforcer.Enforce(&holder{roles: roleSet{builtIn: held}}, uuid.Nil.String(), object, action)
	if err != nil {
		return false
	}
	if allowed {
		kept.allowed[word].Or(bit)
	}
	kept.decided[word].Or(bit) // after the answer, so that nobody reads one without the other
	return allowed
}

// meet makes room for the answers of a set of roles that is new.
func (p *policy) meet(held uint64) *answers {
	p.growing.Lock()
	defer p.growing.Unlock()
	before := *p.memo.Load()
	if kept := before[held]; kept != nil {
		return kept
	}
	next := make(map[uint64]*answers, len(before)+1)
	if len(before) < keptSets {
		maps.Copy(next, before)
	}
	next[held] = &answers{}
	p.memo.Store(&next)
	return next[held]
}

// PermissionsOf lists what a role may do, in the order of the catalogue.
func (a *Authz) PermissionsOf(role Role) []Permission {
	return slices.Clone(a.policy.Load().roles[role])
}

// RolesWith lists the roles that hold a permission, in the order of the
// catalogue.
func (a *Authz) RolesWith(p Permission) []Role {
	current := a.policy.Load()
	var with []Role
	for _, info := range roles {
		if slices.Contains(current.roles[info.Role], p) {
			with = append(with, info.Role)
		}
	}
	return with
}

// DraftRoles lists the roles that hold a permission on something unpublished,
// sorted as the catalogue: only their holders may read unpublished rows. They
// are the third argument of open_request.
func (a *Authz) DraftRoles() []string {
	current := a.policy.Load()
	var names []string
	for _, info := range roles {
		if ReadsUnpublished(current.roles[info.Role]) {
			names = append(names, string(info.Role))
		}
	}
	return names
}
