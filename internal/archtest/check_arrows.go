package archtest

import (
	"fmt"
	"strconv"
	"strings"
)

// checkArrows looks at every import of a package, those of its tests too.
func checkArrows(h *house, p *pkg) []Finding {
	if p.room == "" {
		return []Finding{{File: p.folder, Rule: "room", Text: "no such room in the table: add it to internal/archtest/rooms.go with its arrows and its reason"}}
	}
	var found []Finding
	for _, f := range p.files {
		for _, spec := range f.syntax.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue // the parser has refused such a file already
			}
			if why := refusal(h.module, p.room, target, f.test); why != "" {
				found = append(found, Finding{File: f.name, Line: f.line(spec), Rule: "arrow", Text: why})
			}
		}
	}
	return found
}

// refusal says why a file of a room may not import the target; "" when it may.
func refusal(module, from, target string, test bool) string {
	if target == module || strings.HasPrefix(target, module+"/") {
		folder := strings.TrimPrefix(strings.TrimPrefix(target, module), "/")
		return ownRefusal(from, roomOf(folder), target, test)
	}
	switch {
	case test:
		return ""
	case has(pureRooms, from):
		return pureRefusal(from, target)
	case has(useCases, from) && underAny(target, useCaseNever):
		return fmt.Sprintf("a use case must not know %s: declare a small interface and let an adapter satisfy it", target)
	case strings.HasPrefix(target, "entgo.io/") && !strings.HasPrefix(from, "ent") && from != "postgres":
		return "only ent and internal/postgres may import entgo.io"
	}
	return ""
}

func ownRefusal(from, to, target string, test bool) string {
	if to == "ent/gen" {
		if from == "ent/gen" || from == "postgres" {
			return ""
		}
		return "only internal/postgres names ent/gen: ask it through an interface that the use case declares"
	}
	if mayImport(from, to) {
		return ""
	}
	// A test may look further than the code it tests, but a pure room's test
	// stays on the ground floor, so that it runs without a database.
	if test && (!has(pureRooms, from) || has(pureRooms, to) || to == "golden") {
		return ""
	}
	if has(workshop, to) {
		return target + " is a workshop room: only tests import it"
	}
	return fmt.Sprintf("%s may not import %s: the arrows are in internal/archtest/rooms.go", from, target)
}

func pureRefusal(from, target string) string {
	if target == "net/url" || target == "testing/fstest" { // text only: no network is reached
		return ""
	}
	if first, _, _ := strings.Cut(target, "/"); !strings.Contains(first, ".") {
		if underAny(target, pureStandard) {
			return fmt.Sprintf("a pure room has no %s: pass what is needed as a parameter", target)
		}
		return ""
	}
	if underAny(target, pureModules[from]) {
		return ""
	}
	return fmt.Sprintf("a pure room uses the standard library, not %s", target)
}

func underAny(target string, roots []string) bool {
	for _, root := range roots {
		if within(target, root) {
			return true
		}
	}
	return false
}
