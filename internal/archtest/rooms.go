package archtest

import (
	"path"
	"strings"
)

// pureRooms are the rules, each of which may import the rooms to its left.
var pureRooms = strings.Fields(`
	fault exact division calendar template scoring ranking grading ballot
	outcome rectify posting compare contest phrase paging sheet paperwork`)

// useCases are named by what a person does; none imports another, so that each
// can be read alone. What two of them share is a rule and lives in a pure room.
var useCases = strings.Fields(`
	programme round visits consequences voting issues teams evidence bulletin
	tenancy identity rights archive hosting facts jobs export webhook inbox
	idempotency persisted comparison search agenda figures`)

// leanedOn may be imported by every room above the ground floor.
var leanedOn = []string{"viewer", "telemetry", "config", "budget"}

// workshop rooms serve tests and are imported by tests only.
var workshop = []string{"archtest", "dbtest", "graphtest", "golden", "journeys", "defences", "nodetest"}

// Groups of rooms, as the table below names them.
const (
	anyPure    = "@pure"
	anyUseCase = "@use-cases"
	anyLeaned  = "@leaned-on"
	anything   = "@anything" // every room but ent/gen and the workshop
)

// room is one row of the table: a folder with everything below it, and what of
// ours it may import. A room may always import itself.
type room struct {
	at  string
	may []string
}

// arrows is the whole table but for the pure rooms, whose arrows are their
// order, and the workshop, which may import anything.
var arrows = []room{
	{"cmd", []string{anything}},
	{"bench", []string{anything}},
	{"examples", []string{anything}},
	{"internal/wiring", []string{anything}}, // puts the rooms together for cmd, the demonstration and tests

	// What the world talks to.
	{"internal/httpserver", []string{"console", "graph", "authz", "event", anyUseCase, anyLeaned, anyPure}},
	{"graph", []string{"authz", "event", anyUseCase, anyLeaned, anyPure}},

	// What a person does, and what everything leans on.
	{"@use-case", []string{"authz", "audit", "event", anyLeaned, anyPure}},
	{"internal/authz", []string{anyLeaned, anyPure}},
	{"internal/audit", []string{anyLeaned, anyPure}},
	{"internal/event", []string{"authz", anyLeaned, anyPure}}, // tells which permission a reader needs
	{"internal/viewer", []string{anyLeaned, anyPure}},
	{"internal/telemetry", []string{anyLeaned, anyPure}},
	{"internal/config", []string{anyLeaned, anyPure}},
	{"internal/budget", []string{anyPure}},
	{"internal/supply", nil},

	// The basement: adapters.
	{"internal/postgres", []string{"ent/gen", "ent/mixin", "authz", "audit", "event", anyUseCase, anyLeaned, anyPure}},
	{"internal/blob", []string{"authz", "audit", anyUseCase, anyLeaned, anyPure}},
	{"internal/sample", []string{"examples", "migrations", "postgres", "wiring", "embedded", "authz", anyUseCase, anyLeaned, anyPure}}, // plays its months through the use cases
	// How the server calls others, and how it speaks OpenID Connect for identity.
	{"internal/outbound", []string{anyLeaned, anyPure}},
	{"internal/oidc", []string{"outbound", anyUseCase, anyLeaned, anyPure}},

	{"internal/console", nil},
	{"internal/embedded", nil},
	{"migrations", nil},

	// The schema of record. exact is the value type of a numeric column.
	{"ent/gen", []string{"ent/schema", "ent/mixin", "exact"}},
	{"ent/schema", []string{"ent/mixin", "exact"}},
	{"ent/mixin", []string{"exact"}},
	{"ent", []string{"ent/schema", "ent/mixin"}}, // the generator
}

// pureModules are the modules a pure room may use beside the standard library.
var pureModules = map[string][]string{
	"template":  {"go.yaml.in/yaml/v3", "github.com/expr-lang/expr"},  // parsers only: numbers are re-read exactly from the source
	"sheet":     {"github.com/xuri/excelize/v2", "golang.org/x/text"}, // cells are read and written as text, numbers re-read exactly; GB18030
	"paperwork": {"rsc.io/qr"},                                        // the pattern of a printed code
}

// pureStandard are packages of the standard library that would give a pure
// room a clock, a database, a network, a disk, chance or a request's lifetime.
var pureStandard = []string{
	"context", "database", "expvar", "log", "math/rand", "net", "os", "plugin", "runtime/debug", "syscall", "testing", "unsafe",
}

// useCaseNever are imports that would let a use case know how it is stored or asked.
var useCaseNever = []string{"entgo.io", "net/http", "database/sql", "github.com/lib/pq", "github.com/99designs/gqlgen"}

// badNames say nothing about what a package owns.
var badNames = []string{"utils", "util", "common", "helpers", "helper", "misc", "shared"}

// roomOf names the room of a folder below the root: the bare name for rooms
// below internal, the path for others, "" when the table knows no such room.
func roomOf(folder string) string {
	for _, group := range [][]string{pureRooms, useCases, workshop} {
		for _, name := range group {
			if within(folder, "internal/"+name) {
				return name
			}
		}
	}
	for _, r := range arrows { // longer paths stand before shorter ones
		if within(folder, r.at) {
			return strings.TrimPrefix(r.at, "internal/")
		}
	}
	return ""
}

func within(folder, room string) bool {
	return folder == room || strings.HasPrefix(folder, room+"/")
}

// mayImport says whether code of one room may import another of ours.
func mayImport(from, to string) bool {
	switch {
	case from == to || has(workshop, from):
		return true
	case has(workshop, to):
		return false
	case has(pureRooms, from):
		return has(pureRooms[:indexOf(pureRooms, from)], to)
	}
	for _, allowed := range rowOf(from).may {
		switch {
		case allowed == to,
			allowed == anything && to != "ent/gen",
			allowed == anyPure && has(pureRooms, to),
			allowed == anyUseCase && has(useCases, to),
			allowed == anyLeaned && has(leanedOn, to):
			return true
		}
	}
	return false
}

func rowOf(name string) room {
	if has(useCases, name) {
		name = "@use-case"
	}
	for _, r := range arrows {
		if r.at == name || r.at == path.Join("internal", name) {
			return r
		}
	}
	return room{}
}

func has(list []string, name string) bool { return indexOf(list, name) >= 0 }

func indexOf(list []string, name string) int {
	for i, item := range list {
		if item == name {
			return i
		}
	}
	return -1
}
