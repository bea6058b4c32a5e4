package overhttp_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"leitai/graph"
)

func documented(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../../docs/queries/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documented queries (%v)", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), ".graphql")
	}
	return files
}

// Every documented query is one valid operation, says who sends it and shows
// the variables it takes, a journey sends it, and the list of them is complete.
func TestQueriesCanBePasted(t *testing.T) {
	t.Parallel()
	journeys := sources(t)
	schema := graph.NewSchema(&graph.Resolver{}).Schema()
	index, err := os.ReadFile("../../../docs/queries/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range documented(t) {
		text, err := os.ReadFile(filepath.Join("../../../docs/queries", name+".graphql"))
		if err != nil {
			t.Fatal(err)
		}
		document, faults := gqlparser.LoadQueryWithRules(schema, string(text), nil)
		if faults != nil {
			t.Errorf("%s: %v", name, faults)
			continue
		}
		if len(document.Operations) != 1 || !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s: %d operations; it should be one, below a comment", name, len(document.Operations))
		}
		shown := map[string]any{}
		for line := range strings.Lines(string(text)) {
			if example, ok := strings.CutPrefix(strings.TrimSpace(line), "# {"); ok {
				if err := json.Unmarshal([]byte("{"+example), &shown); err != nil {
					t.Errorf("%s: the sample of its variables: %v", name, err)
				}
			}
		}
		for _, v := range document.Operations[0].VariableDefinitions {
			if _, ok := shown[v.Variable]; !ok {
				t.Errorf("%s: its sample has no variable %s", name, v.Variable)
			}
			delete(shown, v.Variable)
		}
		if len(shown) > 0 {
			t.Errorf("%s: its sample has variables it does not take: %v", name, shown)
		}
		if !strings.Contains(journeys, `"`+name+`"`) {
			t.Errorf("no journey sends %s", name)
		}
		if !strings.Contains(string(index), "("+name+".graphql)") {
			t.Errorf("%s is not listed in docs/queries/README.md", name)
		}
	}
}

// sources are the journeys' own files.
func sources(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
