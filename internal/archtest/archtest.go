// Package archtest owns the test that keeps the house in order: which room may
// import which (the arrows), and what may not stand in a room at all (floats
// and clocks in pure rules, plain SET in SQL, endless files, packages that do
// not say what they are).
//
// It reads source files and never builds or runs them. It does not own style:
// that is golangci-lint's work (.golangci.yml). Only its own test imports it.
package archtest

import (
	"fmt"
	"sort"
)

// Finding is one breach: where it stands and what would be right.
type Finding struct {
	File string // path from the root of the checkout, or a folder
	Line int    // from 1; 0 when the whole file or folder is meant
	Rule string // short name of the rule, for example arrow or float
	Text string // what is wrong and what would be right
}

// String prints the finding the way compilers do, so that editors can jump.
func (f Finding) String() string {
	if f.Line > 0 {
		return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Rule, f.Text)
	}
	return fmt.Sprintf("%s: %s: %s", f.File, f.Rule, f.Text)
}

// Check reads the Go and SQL files of the module whose go.mod lies in root and
// returns every breach, sorted by place. It fails only when a file cannot be
// read or parsed.
func Check(root string) ([]Finding, error) {
	house, err := load(root)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, p := range house.packages {
		found = append(found, checkArrows(house, p)...)
		found = append(found, checkPackage(p)...)
		for _, f := range p.files {
			found = append(found, checkFile(p, f)...)
		}
	}
	for _, f := range house.sql {
		found = append(found, checkSQLFile(f)...)
	}
	sort.Slice(found, func(i, j int) bool {
		a, b := found[i], found[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Text < b.Text
	})
	return found, nil
}
