// Command values holds the values of the chart to one another: each has a line
// that says what it is for in values.yaml, a place in values.schema.json, and a
// row in README.md, and nothing stands in one of them only.
//
//	go run ./values CHART          say what does not agree
//	go run ./values -write CHART   write the table of README.md
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The table of README.md stands between these lines.
const (
	begin = "<!-- values: written by make chart -->"
	end   = "<!-- end of values -->"
)

// value is one value with its default and what it is for.
type value struct{ path, fallback, purpose string }

func main() {
	write := flag.Bool("write", false, "write the table of README.md")
	flag.Parse()
	if err := run(flag.Arg(0), *write); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(chart string, write bool) error {
	text, err := os.ReadFile(filepath.Join(chart, "values.yaml"))
	if err != nil {
		return err
	}
	values, err := read(text)
	if err != nil {
		return err
	}
	schema, err := os.ReadFile(filepath.Join(chart, "values.schema.json"))
	if err != nil {
		return err
	}
	if err := agree(values, schema); err != nil {
		return err
	}
	readme := filepath.Join(chart, "README.md")
	before, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	after, err := replace(string(before), table(values))
	if err != nil || after == string(before) {
		return err
	}
	if !write {
		return errors.New("charts/leitai/README.md does not tell the values of values.yaml: run make chart and commit the result")
	}
	return os.WriteFile(readme, []byte(after), 0o644)
}

// read lists the values in the order of the file. A value is a key with a
// comment "# -- …" above it; a key without one has to hold keys itself.
func read(text []byte) ([]value, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	var found []value
	err := walk(document.Content[0], "", &found)
	return found, err
}

func walk(node *yaml.Node, path string, found *[]value) error {
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, held := node.Content[i], node.Content[i+1]
		name := strings.TrimPrefix(path+"."+key.Value, ".")
		purpose := said(key.HeadComment)
		switch {
		case purpose != "":
			fallback, err := short(held)
			if err != nil {
				return err
			}
			*found = append(*found, value{name, fallback, purpose})
		case held.Kind == yaml.MappingNode && len(held.Content) > 0:
			if err := walk(held, name, found); err != nil {
				return err
			}
		default:
			return fmt.Errorf("values.yaml: %s should have a line above it that says what it is for (# -- …)", name)
		}
	}
	return nil
}

// said is what the last paragraph of a comment says after "--".
func said(comment string) string {
	_, text, _ := strings.Cut(comment[strings.LastIndex(comment, "\n\n")+1:], "# -- ")
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\n#", " ")), " ")
}

func short(node *yaml.Node) (string, error) {
	var held any
	if err := node.Decode(&held); err != nil {
		return "", err
	}
	if held == nil || held == "" {
		return "", nil
	}
	if text, is := held.(string); is {
		return "`" + text + "`", nil
	}
	text, err := json.Marshal(held)
	return "`" + string(text) + "`", err
}

func table(values []value) string {
	var b strings.Builder
	b.WriteString("| value | default | |\n|---|---|---|\n")
	for _, v := range values {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", v.path, v.fallback, strings.ReplaceAll(v.purpose, "|", "\\|"))
	}
	return b.String()
}

func replace(readme, table string) (string, error) {
	head, rest, one := strings.Cut(readme, begin)
	_, tail, two := strings.Cut(rest, end)
	if !one || !two {
		return "", fmt.Errorf("README.md should have the lines %q and %q", begin, end)
	}
	return head + begin + "\n\n" + table + "\n" + end + tail, nil
}

// agree says which values the schema does not know, and which it alone knows.
func agree(values []value, text []byte) error {
	var schema node
	if err := json.Unmarshal(text, &schema); err != nil {
		return err
	}
	told := []string{"global"} // Helm's own
	for _, v := range values {
		told = append(told, v.path)
	}
	var known, wrong []string
	schema.leaves(schema.Definitions, "", told, &known, &wrong)
	for _, v := range values {
		if !slices.Contains(known, v.path) {
			wrong = append(wrong, "values.schema.json does not know "+v.path)
		}
	}
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "\n"))
	}
	return nil
}

// node is as much of a schema as says which values there are.
type node struct {
	Ref         string          `json:"$ref"`
	Definitions map[string]node `json:"definitions"`
	Properties  map[string]node `json:"properties"`
	Additional  any             `json:"additionalProperties"`
}

// leaves lists the values of a schema: what values.yaml tells of is one, and
// everything else has to hold values, and no others.
func (n node) leaves(definitions map[string]node, path string, told []string, known, wrong *[]string) {
	if n.Ref != "" {
		n = definitions[strings.TrimPrefix(n.Ref, "#/definitions/")]
	}
	if slices.Contains(told, path) {
		*known = append(*known, path)
		return
	}
	if len(n.Properties) == 0 || n.Additional != false {
		*wrong = append(*wrong, "values.yaml does not tell of "+path+", or values.schema.json lets anything in there")
		return
	}
	for name, child := range n.Properties {
		child.leaves(definitions, strings.TrimPrefix(path+"."+name, "."), told, known, wrong)
	}
}
