package graphtest_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/nodetest"
	"leitai/internal/sample"
	"leitai/internal/wiring/edge"
)

// The example clients are built as their authors would, against the schema at
// hand, and do against a real server what they say: read a board, ask why, walk
// a list in pages, be told what is wrong with an input, and do something once
// although the answer of the first try is lost on the way.
func exampleClients(t *testing.T, county *graphtest.County) {
	t.Helper()
	for name, build := range map[string]func(*testing.T) *exec.Cmd{"TypeScript": inTypeScript, "Go": inGo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			command := build(t)
			k := county.Open(t, graphtest.Setting{})
			lossy := &losing{inner: edge.New(k.App, httpserver.Defaults()).Handler()}
			server := httptest.NewServer(lossy)
			t.Cleanup(server.Close)
			command.Env = append(os.Environ(), "LEITAI_URL="+server.URL+"/graphql", "LEITAI_TOKEN="+k.Token(sample.Clerk),
				"LEITAI_ISSUE_DUE="+k.Clock.Today().AddDays(20).String())
			out, err := command.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, want := range []string{"rounds 2023-09 2023-08", "board 2023-09", "explained ", "rejected unitCode ", "opened issue "} {
				if !strings.Contains(string(out), want) {
					t.Errorf("%q is not printed:\n%s", want, out)
				}
			}
			if lost := lossy.lost.Load(); lost != 1 {
				t.Errorf("%d answers were lost on the way, want 1", lost)
			}
			if opened := k.Strings(t, `SELECT number::text FROM issue WHERE title = '沟渠积存垃圾'`); len(opened) != 1 {
				t.Errorf("the issue was opened %d times", len(opened))
			}
		})
	}
}

// losing is a network that delivers everything but loses the first answer to
// an issue that was opened.
type losing struct {
	inner http.Handler
	lost  atomic.Int32
}

// ServeHTTP implements http.Handler.
func (l *losing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if !bytes.Contains(body, []byte("issueOpen")) || bytes.Contains(body, []byte("000000000000")) || !l.lost.CompareAndSwap(0, 1) {
		l.inner.ServeHTTP(w, r)
		return
	}
	l.inner.ServeHTTP(httptest.NewRecorder(), r)
	panic(http.ErrAbortHandler) // the connection ends without an answer
}

// inTypeScript generates the client's types and compiles it strictly, in a copy.
func inTypeScript(t *testing.T) *exec.Cmd {
	t.Helper()
	root := nodetest.Root(t)
	from, into := filepath.Join(root, filepath.FromSlash(nodetest.TypeScript)), copied(t, root, nodetest.TypeScript, "package.json", "codegen.yml", "tsconfig.json", "src")
	if err := os.Symlink(filepath.Join(from, "node_modules"), filepath.Join(into, "node_modules")); err != nil {
		t.Fatal(err)
	}
	nodetest.In(t, nodetest.TypeScript, into, "node_modules/@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.yml")
	nodetest.In(t, nodetest.TypeScript, into, "node_modules/typescript/bin/tsc")
	cmd := exec.CommandContext(t.Context(), "node", "dist/main.js")
	cmd.Dir = into
	return cmd
}

// inGo builds the client, which is a module of its own; its generated code has
// to be that of the schema.
func inGo(t *testing.T) *exec.Cmd {
	t.Helper()
	root := nodetest.Root(t)
	into := copied(t, root, "examples/go", "go.mod", "go.sum", "genqlient.yaml", "operations.graphql", "doc.go", "main.go", "transport.go", "generated.go")
	run := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = into
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %v: %v\n%s", args, err, out)
		}
	}
	before, err := os.ReadFile(filepath.Join(into, "generated.go"))
	if err != nil {
		t.Fatal(err)
	}
	run("generate", ".")
	if after, err := os.ReadFile(filepath.Join(into, "generated.go")); err != nil || !bytes.Equal(before, after) {
		t.Errorf("examples/go/generated.go is not current (%v): run go generate there", err)
	}
	run("vet", ".")
	run("build", "-buildvcs=false", "-o", "client", ".")
	return exec.CommandContext(t.Context(), filepath.Join(into, "client"))
}

// copied puts an example beside the schema, as in the checkout.
func copied(t *testing.T, root, folder string, names ...string) string {
	t.Helper()
	to := t.TempDir()
	into := filepath.Join(to, filepath.FromSlash(folder))
	copyFile(t, filepath.Join(root, "graph", "schema.graphql"), filepath.Join(to, "graph", "schema.graphql"))
	for _, name := range names {
		from := filepath.Join(root, filepath.FromSlash(folder), name)
		if info, err := os.Stat(from); err != nil || !info.IsDir() {
			copyFile(t, from, filepath.Join(into, name))
			continue
		}
		files, err := filepath.Glob(filepath.Join(from, "*.*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			copyFile(t, file, filepath.Join(into, name, filepath.Base(file)))
		}
	}
	return into
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
