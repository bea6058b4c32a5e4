package template

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// The published schema is the one the code has. (To renew it after a change of
// shape, write Schema() to the file.)
func TestPublishedSchemaIsCurrent(t *testing.T) {
	t.Parallel()
	published := readFile(t, "..", "..", "examples", "templates", "template.schema.json")
	if !bytes.Equal(published, Schema()) {
		t.Error("examples/templates/template.schema.json is not what Schema gives")
	}
}

// Every key is described in Chinese and in English.
func TestSchemaDescribesEveryKeyInBothLanguages(t *testing.T) {
	t.Parallel()
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	if n := describe(t, "", schema); n < 250 {
		t.Errorf("only %d keys are described", n)
	}
}

func describe(t *testing.T, path string, v any) int {
	t.Helper()
	n := 0
	switch v := v.(type) {
	case map[string]any:
		props, _ := v["properties"].(map[string]any)
		for key, p := range props {
			about, _ := p.(map[string]any)
			zh, _ := about["title"].(string)
			en, _ := about["description"].(string)
			if !strings.ContainsFunc(zh, func(r rune) bool { return r > 0x2E80 }) || en == "" || strings.ContainsFunc(en, func(r rune) bool { return r > 0x2E80 }) {
				t.Errorf("%s.%s: %q / %q", path, key, zh, en)
			}
			n++
		}
		for key, m := range v {
			n += describe(t, path+"."+key, m)
		}
	case []any:
		for _, m := range v {
			n += describe(t, path, m)
		}
	}
	return n
}

// The readings of what the notices leave open are keys with their stated
// default, visible in the schema.
func TestReadingsAreKeysWithTheirDefault(t *testing.T) {
	t.Parallel()
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	defaults := map[string]any{
		"calendar.clamp": "month-end", "calendar.roll": "next-workday", "calendar.workdays": "official", "calendar.period": "nominal",
		"scale.items": "sum", "scale.split": "per-item", "scale.points": "100",
		"missing.absent": "unranked", "missing.mark": "blocks",
		"ranking.on": "published", "ranking.method": "competition",
		"announce.audience": "township", "announce.correction": "new-revision",
		"issues.into": "account",
	}
	for path, want := range defaults {
		object, key, _ := strings.Cut(path, ".")
		if got := under(schema, "properties", object, "properties", key, "default"); got != want {
			t.Errorf("%s has the default %v, want %v", path, got, want)
		}
	}
}

// under follows keys into decoded JSON; nil where there is nothing.
func under(v any, keys ...string) any {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}
