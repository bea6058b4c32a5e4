package template

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

func docs(t *testing.T, name string) string {
	t.Helper()
	return string(readFile(t, "..", "..", "docs", name))
}

// The reference for configurers names every key that a document may have, and
// every value that a key may take.
func TestDocsNameEveryKeyAndValue(t *testing.T) {
	t.Parallel()
	text := docs(t, "templates.md")
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, key := range schemaKeys(schema) {
		if !strings.Contains(text, "`"+key+"`") && key != "zh-Hans" && key != "en" {
			t.Errorf("docs/templates.md does not name the key %s", key)
		}
	}
	for _, value := range schemaValues(schema) {
		if !strings.Contains(text, "`"+value+"`") {
			t.Errorf("docs/templates.md does not name the value %s", value)
		}
	}
}

// schemaValues lists every word that any key may be set to.
func schemaValues(v any) []string {
	var all []string
	switch v := v.(type) {
	case map[string]any:
		values, _ := v["enum"].([]any)
		for _, one := range values {
			if s, ok := one.(string); ok {
				all = append(all, s)
			}
		}
		for _, m := range v {
			all = append(all, schemaValues(m)...)
		}
	case []any:
		for _, m := range v {
			all = append(all, schemaValues(m)...)
		}
	}
	return all
}

// Every reading that the notices leave open stands in the table of readings
// with a key, every kind of item in that of kinds, every preset in the library,
// and every standard dimension in the dictionary.
func TestDocsNameEveryReadingKindAndPreset(t *testing.T) {
	t.Parallel()
	text := docs(t, "templates.md")
	rows := regexp.MustCompile("(?m)^\\| Q([0-9]+) \\| [^|]+ \\| `[^`|]+`").FindAllStringSubmatch(text, -1)
	if len(rows) != 36 {
		t.Errorf("%d readings have a key, want 36", len(rows))
	}
	for _, kind := range Kinds() {
		if !strings.Contains(text, "| `"+string(kind)+"` ") {
			t.Errorf("the kind %s is not described", kind)
		}
	}
	for _, key := range exampleKeys {
		if !strings.Contains(text, "### `"+key+"` ") || !strings.Contains(docs(t, "templates.en.md"), "`"+key+"`") {
			t.Errorf("the preset %s is not described", key)
		}
	}
	for _, d := range Dimensions() {
		if !strings.Contains(text, "`"+d.Key+"` "+d.Name.ZH) {
			t.Errorf("the dimension %s is not described", d.Key)
		}
	}
}

// Whoever copies the steps of the walk-through one after another has the sixth
// scheme, but for the English names.
func TestTheWalkThroughLeadsToTheSixthScheme(t *testing.T) {
	t.Parallel()
	_, steps, found := strings.Cut(docs(t, "templates.md"), "## 写一个自己的方案")
	if !found {
		t.Fatal("there is no walk-through")
	}
	var source strings.Builder
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(steps, -1) {
		source.WriteString(block[1])
	}
	written := parsed(t, []byte(source.String()))
	for _, change := range Diff(example(t, "county-township-contest"), written) {
		if !strings.HasSuffix(change.Field, "name") && !strings.HasSuffix(change.Field, "name.en") {
			t.Errorf("%s is %q in the walk-through and %q in the file", change.Field, change.To, change.From)
		}
	}
}

// The codes that the reference explains are codes there are.
func TestDocsExplainCodesThereAre(t *testing.T) {
	t.Parallel()
	known := string(readFile(t, "..", "fault", "codes_template.go")) + string(readFile(t, "..", "fault", "codes_programme.go"))
	named := regexp.MustCompile("`([A-Z]+(?:_[A-Z0-9]+)+)`").FindAllStringSubmatch(docs(t, "templates.md"), -1)
	if len(named) < 9 {
		t.Fatalf("only %d codes are explained", len(named))
	}
	for _, code := range named {
		if !strings.Contains(known, `"`+code[1]+`"`) {
			t.Errorf("there is no code %s", code[1])
		}
	}
}
