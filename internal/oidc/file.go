package oidc

import (
	"bytes"
	"crypto/x509"
	"errors"
	"io"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

// File is the operator's file of identity providers, YAML or JSON.
type File struct {
	PublicURL     string     `yaml:"public_url"`     // of this service, as browsers see it: https://leitai.example
	AllowNetworks []string   `yaml:"allow_networks"` // CIDRs that are not public and may be called
	Issuers       []Provider `yaml:"issuers"`
}

// Provider is one identity provider.
type Provider struct {
	Key          string            `yaml:"key"` // in addresses of ours: a-z, 0-9 and -
	Title        Title             `yaml:"title"`
	Regions      []string          `yaml:"regions"` // division codes, two to twelve digits; it signs people in whose home begins with one
	Issuer       string            `yaml:"issuer"`
	ClientID     string            `yaml:"client_id"`
	SecretFile   string            `yaml:"client_secret_file"` // relative to the file; none: a public client
	ClientAuth   string            `yaml:"client_auth"`        // how the secret is sent: header (default) or body
	CAFile       string            `yaml:"ca_file"`            // PEM, beside the system's authorities; relative to the file
	Scopes       []string          `yaml:"scopes"`             // beside openid
	ACR          []string          `yaml:"required_acr"`       // one of which the id token must carry
	Claims       map[string]string `yaml:"required_claims"`    // each equal, or among the values of a list
	SecondFactor bool              `yaml:"second_factor"`      // with required_acr: it asks for a second factor itself, so ours is not asked for

	secret string
	roots  *x509.CertPool
}

// Title is what the button of the sign-in page says.
type Title struct {
	Chinese string `yaml:"zh"`
	English string `yaml:"en"`
}

// maxFile bounds the file, in bytes.
const maxFile = 1 << 20

// Load reads and checks the file with everything it names. What is wrong is a
// list of faults with the line and the field.
func Load(path string) (*File, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, wrong(nil, "issuers", "≤ 1 MB")
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, unreadable(err)
	}
	f := &File{}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(f); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	c := &checking{root: &root, folder: filepath.Dir(path)}
	c.file(f)
	return f, c.bad.Err()
}

// lineOf finds the line in an error of the YAML parser.
var lineOf = regexp.MustCompile(`line (\d+): (?:field (\S+) not found|(.*))`)

// unreadable makes faults of what the parser says: unknown fields and wrong
// types, each with its line.
func unreadable(err error) error {
	messages := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	var bad fault.List
	for _, m := range messages {
		found := lineOf.FindStringSubmatch(m)
		if found == nil {
			bad = append(bad, wrong(nil, "issuers", "YAML, JSON"))
			continue
		}
		line, _ := strconv.Atoi(found[1]) // digits, as the pattern says
		want := "public_url, allow_networks, issuers: key, title.zh, title.en, regions, issuer, client_id, client_secret_file, client_auth, ca_file, scopes, required_acr, required_claims, second_factor"
		field := found[2]
		if field == "" {
			field, want = "YAML", found[3]
		}
		bad = append(bad, fault.New(fault.IssuersFileInvalid, "field", field, "want", want).In(line, ""))
	}
	return bad.Err()
}

func wrong(at *yaml.Node, field, want string) *fault.Fault {
	f := fault.New(fault.IssuersFileInvalid, "field", field, "want", want)
	if at != nil {
		f = f.In(at.Line, "")
	}
	return f.At("%s", field)
}

// checking goes through a file and collects what is wrong.
type checking struct {
	root   *yaml.Node
	folder string
	bad    fault.List
}

func (c *checking) wrong(field, want string) {
	c.bad = append(c.bad, wrong(find(c.root, field), field, want))
}

func (c *checking) file(f *File) {
	if u, err := url.Parse(f.PublicURL); err != nil || u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		c.wrong("public_url", "https://leitai.example")
	}
	f.PublicURL = strings.TrimRight(f.PublicURL, "/")
	for i, network := range f.AllowNetworks {
		if p, err := netip.ParsePrefix(network); err != nil || p != p.Masked() {
			c.wrong("allow_networks["+strconv.Itoa(i)+"]", "10.20.0.0/16")
		}
	}
	if len(f.Issuers) == 0 || len(f.Issuers) > 3000 {
		c.wrong("issuers", "1–3000")
	}
	seen := map[string]bool{}
	for i := range f.Issuers {
		p := &f.Issuers[i]
		at := "issuers[" + strconv.Itoa(i) + "]."
		if seen[p.Key] {
			c.wrong(at+"key", "unique")
		}
		seen[p.Key] = true
		c.provider(at, p)
	}
}

var (
	keyPattern    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	regionPattern = regexp.MustCompile(`^[0-9]{2,12}$`)
)

func (c *checking) provider(at string, p *Provider) {
	if !keyPattern.MatchString(p.Key) {
		c.wrong(at+"key", "a-z 0-9 -, 1–40")
	}
	if p.Title.Chinese == "" || p.Title.English == "" {
		c.wrong(at+"title", "{zh: …, en: …}")
	}
	if len(p.Regions) == 0 || slices.ContainsFunc(p.Regions, func(r string) bool { return !regionPattern.MatchString(r) }) {
		c.wrong(at+"regions", `["431226"]`)
	}
	if u, err := url.Parse(p.Issuer); err != nil || u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		c.wrong(at+"issuer", "https://id.example/…")
	}
	if p.ClientID == "" {
		c.wrong(at+"client_id", "…")
	}
	if p.ClientAuth != "" && p.ClientAuth != "header" && p.ClientAuth != "body" {
		c.wrong(at+"client_auth", "header, body")
	}
	if p.SecondFactor && len(p.ACR) == 0 {
		c.wrong(at+"second_factor", "required_acr: […]")
	}
	c.read(at, p)
}

// read reads the files that a provider names.
func (c *checking) read(at string, p *Provider) {
	if p.SecretFile != "" {
		text, err := os.ReadFile(c.path(p.SecretFile))
		if p.secret = strings.TrimSpace(string(text)); err != nil || p.secret == "" {
			c.wrong(at+"client_secret_file", "a file with the secret")
		}
	}
	if p.CAFile != "" {
		text, err := os.ReadFile(c.path(p.CAFile))
		roots, bad := x509.SystemCertPool()
		if bad != nil {
			roots = x509.NewCertPool()
		}
		if err != nil || !roots.AppendCertsFromPEM(text) {
			c.wrong(at+"ca_file", "PEM")
		}
		p.roots = roots
	}
}

func (c *checking) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(c.folder, name)
}

// find goes to the node of a path such as issuers[1].key, or as near as there is.
func find(n *yaml.Node, path string) *yaml.Node {
	if n != nil && n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		next := child(n, part)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

func child(n *yaml.Node, part string) *yaml.Node {
	switch {
	case n == nil:
	case n.Kind == yaml.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i < len(n.Content) {
			return n.Content[i]
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == part {
				return n.Content[i+1]
			}
		}
	}
	return nil
}
