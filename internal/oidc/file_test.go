package oidc

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"leitai/internal/fault"
)

const fine = `public_url: https://leitai.example/
allow_networks: ["10.20.0.0/16"]
issuers:
  - key: county
    title: {zh: 县统一认证, en: County}
    regions: ["990101"]
    issuer: https://id.example/realms/county
    client_id: leitai
`

func load(t *testing.T, text string) (*File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "issuers.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(path)
}

func TestTheFile(t *testing.T) {
	t.Parallel()
	f, err := load(t, fine)
	if err != nil || f.PublicURL != "https://leitai.example" || len(f.Issuers) != 1 || f.Issuers[0].Title.English != "County" {
		t.Fatalf("%+v %v", f, err)
	}
	if f, err := load(t, `{"public_url":"https://leitai.example","issuers":[{"key":"a","title":{"zh":"甲","en":"A"},"regions":["99"],"issuer":"https://id.example","client_id":"x"}]}`); err != nil || f.Issuers[0].Key != "a" {
		t.Errorf("JSON: %+v %v", f, err)
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml")); !os.IsNotExist(err) {
		t.Errorf("%v", err)
	}
}

// Every mistake is told with its line and its field.
func TestMistakesInTheFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, fresh, field, place string }{
		"plain http of ours":  {"https://leitai.example/", "http://leitai.example", "public_url", "1"},
		"a path of ours":      {"https://leitai.example/", "https://leitai.example/app", "public_url", "1"},
		"no network":          {"10.20.0.0/16", "10.20.0.1", "allow_networks[0]", "2"},
		"not the first":       {"10.20.0.0/16", "10.20.1.0/16", "allow_networks[0]", "2"},
		"a key":               {"key: county", "key: County 1", "issuers[0].key", "4"},
		"half a title":        {"{zh: 县统一认证, en: County}", "{zh: 县统一认证}", "issuers[0].title", "5"},
		"no region":           {`["990101"]`, "[]", "issuers[0].regions", "6"},
		"a name for a region": {`["990101"]`, "[清河县]", "issuers[0].regions", "6"},
		"plain http":          {"https://id.example", "http://id.example", "issuers[0].issuer", "7"},
		"no client":           {"client_id: leitai", `client_id: ""`, "issuers[0].client_id", "8"},
		"no secret":           {"client_id: leitai", "client_id: leitai\n    client_secret_file: nowhere", "issuers[0].client_secret_file", "9"},
		"no authority":        {"client_id: leitai", "client_id: leitai\n    ca_file: nowhere", "issuers[0].ca_file", "9"},
		"how":                 {"client_id: leitai", "client_id: leitai\n    client_auth: jwt", "issuers[0].client_auth", "9"},
		"a factor by itself":  {"client_id: leitai", "client_id: leitai\n    second_factor: true", "issuers[0].second_factor", "9"},
		"none":                {fine[strings.Index(fine, "issuers:"):], "issuers: []\n", "issuers", "3"},
		"unknown":             {"client_id: leitai", "client_id: leitai\n    secret: abc", "", "9"},
		"a list for a text":   {"client_id: leitai", "client_id: [leitai]", "", "8"},
		"no YAML":             {"issuers:", "issuers: [", "", ""},
	} {
		_, err := load(t, strings.Replace(fine, c.old, c.fresh, 1))
		all := fault.All(err)
		if len(all) == 0 || all[0].Code != fault.IssuersFileInvalid {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.place != "" && (strconv.Itoa(all[0].Place.Row) != c.place || c.field != "" && all[0].Field != c.field) {
			t.Errorf("%s: line %d, field %q: %v", name, all[0].Place.Row, all[0].Field, err)
		}
	}
	twice := fine + fine[strings.Index(fine, "  - key"):]
	if _, err := load(t, twice); len(fault.All(err)) != 1 || fault.All(err)[0].Field != "issuers[1].key" {
		t.Errorf("twice the same key: %v", err)
	}
}
