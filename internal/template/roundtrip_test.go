package template

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// sources are the documents that every round trip is tried on.
func sources(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{"everything": everythingSource(t)}
	for _, key := range exampleKeys {
		all[key] = exampleSource(t, key)
	}
	return all
}

func TestPrintedDocumentReadsBackUnchanged(t *testing.T) {
	t.Parallel()
	for key, source := range sources(t) {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			d := parsed(t, source)
			printed := Print(d)
			again := parsed(t, printed)
			if !reflect.DeepEqual(d, again) {
				t.Errorf("the printed document reads back otherwise: %v", Diff(d, again))
			}
			if !bytes.Equal(Print(again), printed) {
				t.Error("printing is not stable")
			}
		})
	}
}

func TestCanonicalDocumentReadsBackUnchanged(t *testing.T) {
	t.Parallel()
	for key, source := range sources(t) {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			d := parsed(t, source)
			canonical := Canonical(d)
			again, err := Read(canonical)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(d, again) {
				t.Errorf("canonical JSON reads back otherwise: %v", Diff(d, again))
			}
			if !bytes.Equal(Canonical(again), canonical) {
				t.Error("canonical JSON is not stable")
			}
		})
	}
}

// Canonical JSON has its keys sorted at every level, no space, and no number
// with a fraction: what is exact is a string.
func TestCanonicalFormIsCanonical(t *testing.T) {
	t.Parallel()
	for key, source := range sources(t) {
		data := Canonical(parsed(t, source))
		var v any
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		if err := dec.Decode(&v); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		var sorted bytes.Buffer
		enc := json.NewEncoder(&sorted) // sorts the keys of maps
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
		if got, want := string(data), strings.TrimSuffix(sorted.String(), "\n"); got != want {
			t.Errorf("%s: not canonical:\n%s\nwant\n%s", key, got, want)
		}
		wholeNumbers(t, key, v)
	}
}

func wholeNumbers(t *testing.T, path string, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		for k, m := range v {
			wholeNumbers(t, path+"."+k, m)
		}
	case []any:
		for _, m := range v {
			wholeNumbers(t, path, m)
		}
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			t.Errorf("%s is the number %s; exact numbers are strings", path, v)
		}
	}
}

// The same document written in JSON, with numbers as numbers, is the same.
func TestJSONIsReadLikeYAML(t *testing.T) {
	t.Parallel()
	d := arena(t)
	loose := bytes.ReplaceAll(Canonical(d), []byte(`"points":"20"`), []byte(`"points": 20.0`))
	if bytes.Equal(loose, Canonical(d)) {
		t.Fatal("nothing was replaced")
	}
	again := parsed(t, loose)
	if !Equal(d, again) {
		t.Errorf("differences: %v", Diff(d, again))
	}
}

// A document inside another JSON value keeps its canonical form, and a bad one
// is refused there too.
func TestDocumentInsideJSON(t *testing.T) {
	t.Parallel()
	d := arena(t)
	data, err := json.Marshal(map[string]any{"template": d})
	if err != nil {
		t.Fatal(err)
	}
	var back struct{ Template Document }
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !Equal(d, back.Template) {
		t.Errorf("differences: %v", Diff(d, back.Template))
	}
	bad := bytes.Replace(data, []byte(`"weight":"40"`), []byte(`"weight":"41"`), 1)
	if err := json.Unmarshal(bad, &back); err == nil {
		t.Error("weights of 101 are read from JSON")
	}
}

// Weights and quotas stay exact: a third is a third, and 40% prints as it is.
func TestNumbersStayExact(t *testing.T) {
	t.Parallel()
	printed := string(Print(parsed(t, everythingSource(t))))
	for _, want := range []string{"weight: 100/3", "atMost: 40%", "atLeast: 1/3", "times: 1.5", "weight: 12.5", "from: 82.5"} {
		if !strings.Contains(printed, want) {
			t.Errorf("%q does not stand in the print:\n%s", want, printed)
		}
	}
}

// Printed YAML is readable by any reader: the encoder breaks no line inside a
// short map, and the keys stand in the stated order.
func TestPrintIsReadable(t *testing.T) {
	t.Parallel()
	for key, source := range sources(t) {
		var root yaml.Node
		printed := Print(parsed(t, source))
		if err := yaml.Unmarshal(printed, &root); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(printed), "\n") {
			if n := strings.Count(line, "{") - strings.Count(line, "}"); n != 0 {
				t.Errorf("%s:%d: a map is broken over lines: %s", key, i+1, line)
			}
			if len([]rune(line)) > 100 {
				t.Errorf("%s:%d: the line is too long: %s", key, i+1, line)
			}
		}
		var order []string
		for i := 0; i < len(root.Content[0].Content); i += 2 {
			order = append(order, root.Content[0].Content[i].Value)
		}
		stated := strings.Split(keysOf(append(shapeA(), shapeMore()...)), ", ")
		if got := common(stated, order); !reflect.DeepEqual(got, order) {
			t.Errorf("%s: keys stand as %v, want %v", key, order, got)
		}
	}
}

// Names that mean something else in YAML come back as the names they are.
func TestNamesThatLookLikeSomethingElse(t *testing.T) {
	t.Parallel()
	d := arena(t)
	for _, name := range []string{"<<", "=", "~", "null", "true", "yes", "no", "off", "y", "1e3", "0x1F", "012", "2024-01-05", "12:30:45", ".5", "- a", "a: b", "# a", "*a", "&a", "!a", "|", ">", "%", "@", "`", "'", "\"", "{}", "[]", "?", "a #b"} {
		d.Name, d.Items[0].Name.ZH, d.Basis[0].Title = Text{ZH: name}, name, name
		again, err := Parse(Print(d))
		if err != nil || !Equal(d, again) {
			t.Errorf("%q: %v, %v", name, err, Diff(d, again))
		}
	}
}
