package main

import (
	"strings"
	"testing"
)

const someValues = `# About all of it.

# -- Begin of names.
name: ""

server:
  # -- How many,
  # at least | at most.
  replicas: null
  # -- What it may use.
  resources:
    limits: {memory: 1Gi}
`

func TestRead(t *testing.T) {
	t.Parallel()
	values, err := read([]byte(someValues))
	if err != nil {
		t.Fatal(err)
	}
	want := "| value | default | |\n|---|---|---|\n" +
		"| `name` |  | Begin of names. |\n" +
		"| `server.replicas` |  | How many, at least \\| at most. |\n" +
		"| `server.resources` | `{\"limits\":{\"memory\":\"1Gi\"}}` | What it may use. |\n"
	if got := table(values); got != want {
		t.Errorf("table:\n%s\nwant:\n%s", got, want)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a value without a word":     "a:\n  # -- Said.\n  b: 1\n  c: 2\n",
		"an empty group":             "a: {}\n",
		"a comment that says no use": "# just so\na: 1\n",
	} {
		if _, err := read([]byte(text)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestAgree(t *testing.T) {
	t.Parallel()
	values, err := read([]byte(someValues))
	if err != nil {
		t.Fatal(err)
	}
	const whole = `{"additionalProperties": false, "definitions": {"r": {"properties": {"limits": {}}, "additionalProperties": false}},
		"properties": {"name": {}, "server": {"additionalProperties": false, "properties": {"replicas": {}, "resources": {"$ref": "#/definitions/r"}}}}}`
	for name, c := range map[string]struct{ old, new, want string }{
		"as it is":              {"", "", ""},
		"a value unknown":       {`"replicas": {}, `, "", "does not know server.replicas"},
		"a value never told":    {`"name": {}, `, `"name": {}, "more": {}, `, "does not tell of more"},
		"a group of any values": {`"server": {"additionalProperties": false, `, `"server": {`, "does not tell of server"},
	} {
		err := agree(values, []byte(strings.Replace(whole, c.old, c.new, 1)))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	got, err := replace("head\n"+begin+"\nold\n"+end+"\ntail\n", "new\n")
	if want := "head\n" + begin + "\n\nnew\n\n" + end + "\ntail\n"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	if _, err := replace("no table", "new"); err == nil {
		t.Error("a README without a table was taken")
	}
}
