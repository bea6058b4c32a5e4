package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leitai/examples/templates"
	"leitai/internal/fault"
)

// preset writes one of the library to a file, with what is to be replaced in it.
func preset(t *testing.T, key string, changes ...string) string {
	t.Helper()
	source, ok := templates.Source(key)
	if !ok {
		t.Fatalf("no preset %s", key)
	}
	name := filepath.Join(t.TempDir(), key+".yaml")
	text := strings.NewReplacer(changes...).Replace(string(source))
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTemplateCheckTellsEveryFault(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := (&templateCheck{preset(t, "monthly-arena")}).run(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"LINT_LEDGER_HEAVY channels", "台账 ledgers 6.0", "可以启用"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, &out)
		}
	}
	out.Reset()
	err := (&templateCheck{preset(t, "monthly-arena", "weight: 40", "weight: 30", "days: 30", "day: 32")}).run(&out)
	if fault.CodeOf(err) != fault.TemplateWeights || out.Len() > 0 {
		t.Errorf("%v, printed %s", err, &out)
	}
}

func TestTemplateLintCanFail(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := (&templateLint{File: preset(t, "monthly-arena")}).run(&out); err != nil || !strings.Contains(out.String(), "LINT_LEDGER_HEAVY") {
		t.Errorf("%v\n%s", err, &out)
	}
	if err := (&templateLint{File: preset(t, "monthly-arena"), Strict: true}).run(&out); err == nil {
		t.Error("warnings do not fail")
	}
	out.Reset()
	if err := (&templateLint{File: preset(t, "secretary-arena"), Strict: true}).run(&out); err != nil || out.Len() > 0 {
		t.Errorf("%v\n%s", err, &out)
	}
}

// What is printed is the same document without its comments, in either form.
func TestTemplatePrintsAndCompares(t *testing.T) {
	t.Parallel()
	source := preset(t, "town-observation")
	for _, asJSON := range []bool{false, true} {
		var printed, out bytes.Buffer
		if err := (&templatePrint{File: source, JSON: asJSON}).run(&printed); err != nil || strings.Contains(printed.String(), "#") {
			t.Fatalf("%v\n%s", err, &printed)
		}
		name := filepath.Join(t.TempDir(), "printed")
		if err := os.WriteFile(name, printed.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := (&templateDiff{From: source, To: name}).run(&out); err != nil || !strings.Contains(out.String(), "内容相同") {
			t.Errorf("%v\n%s", err, &out)
		}
		if err := (&templateDiff{From: source, To: name, Quiet: true}).run(&out); err != nil {
			t.Error(err)
		}
	}
	var out bytes.Buffer
	other := preset(t, "town-observation", "day: 30", "day: 20")
	if err := (&templateDiff{From: source, To: other}).run(&out); err != nil || out.String() != "calendar.day: 30 → 20\n" {
		t.Errorf("%v\n%s", err, &out)
	}
	if err := (&templateDiff{From: source, To: other, Quiet: true}).run(&out); err == nil {
		t.Error("a difference does not fail")
	}
	out.Reset()
	if err := (&templateSchema{}).run(&out); err != nil || !bytes.Equal(out.Bytes(), templates.Schema()) {
		t.Error("the schema is another")
	}
}

// Other weights and ties are tried on a published round, offline; what the round
// does not have is refused by name.
func TestTemplateWhatIf(t *testing.T) {
	t.Parallel()
	bundle := filepath.Join("..", "..", "internal", "contest", "testdata", "rules-1.public.json")
	var out bytes.Buffer
	try := templateWhatIf{Bundles: []string{bundle}}
	if err := try.run(&out); err != nil || !strings.HasPrefix(out.String(), "名次变动 ranks changed: 0 / ") || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("unchanged: %v\n%s", err, &out)
	}
	for name, bad := range map[string]templateWhatIf{
		"a channel":         {Weight: map[string]string{"weather": "50"}},
		"a band":            {Ties: map[string]string{"middle": "inclusive"}},
		"another size":      {Size: map[string]int{"middle": 2}},
		"weights below 100": {Weight: map[string]string{"ledger": "10"}},
		"no number":         {Weight: map[string]string{"ledger": "viel"}},
	} {
		bad.Bundles = try.Bundles
		if err := bad.run(&out); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	out.Reset()
	light := templateWhatIf{Bundles: try.Bundles, Weight: map[string]string{"ledger": "0", "onsite": "100"}, On: "exact"}
	if err := light.run(&out); err != nil || !strings.HasPrefix(out.String(), "名次变动 ranks changed: ") {
		t.Errorf("%v\n%s", err, &out)
	}
}
