package authz

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.yaml.in/yaml/v3"

	"leitai/internal/viewer"
)

// assertions is one file of testdata/assertions: who holds what where, and
// sentences about what follows. They are written for people who do not program.
type assertions struct {
	About  string   `yaml:"说明"`
	Own    []string `yaml:"自定角色"`
	People []string `yaml:"人员"`
	Grants []string `yaml:"授权"`
	May    []string `yaml:"可以"`
	Never  []string `yaml:"不得"`
	Scopes []string `yaml:"范围"`
	Fields []string `yaml:"领域"`
}

// The forms of the sentences.
var (
	unitForm   = regexp.MustCompile(`^(\S+?)(?: 属 (\S+?)，| )是 ([a-z]+)$`)
	ownForm    = regexp.MustCompile(`^(\S+) 设 (\S+)（(own-[a-z-]+)）：(.+)$`)
	personForm = regexp.MustCompile(`^(\S+) 在 (\S+) 工作$`)
	grantForm  = regexp.MustCompile(`^(\S+) 在 (\S+) 任 (.+?)（([a-z-]+)）(?:，限 (.+?))?(?:，自 ([0-9-]+) 至 ([0-9-]+))?$`)
	checkForm  = regexp.MustCompile(`^(\S+) (可以|不得) 在 (\S+) (.+)（([a-z.]+:[a-z]+)）$`)
	scopeForm  = regexp.MustCompile(`^(\S+) (.+)（([a-z.]+:[a-z]+)） 的(范围|领域)是 (.+)$`)
	namedForm  = regexp.MustCompile(`^(.+)（([a-z.]+:[a-z]+)）$`)
)

// country is the units of places.yaml by name.
type country struct{ above, kind map[string]string }

func places(t *testing.T) country {
	t.Helper()
	var file struct {
		Units []string `yaml:"单位"`
	}
	readYAML(t, "testdata/assertions/places.yaml", &file)
	c := country{above: map[string]string{}, kind: map[string]string{}}
	for _, line := range file.Units {
		m := sentence(t, unitForm, line)
		c.above[m[1]], c.kind[m[1]] = m[2], m[3]
	}
	return c
}

func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func sentence(t *testing.T, form *regexp.Regexp, line string) []string {
	t.Helper()
	m := form.FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("句式不对 / not a sentence this test reads: %q", line)
	}
	return m
}

// tenantOver is the nearest tenant at or above a unit.
func (c country) tenantOver(unit string) string {
	for unit != "" && !slices.Contains(everywhere, c.kind[unit]) {
		unit = c.above[unit]
	}
	return unit
}

// permission checks that the words beside a permission are the catalogue's.
func permission(t *testing.T, words, name string) Permission {
	t.Helper()
	info, known := InfoOf(Permission(name))
	if !known || info.Zh != words {
		t.Fatalf("%s 应写作“%s”，而不是“%s” / the catalogue calls it otherwise", name, info.Zh, words)
	}
	return info.Permission
}

// scene is a file being played.
type scene struct {
	c       country
	w       *world
	a       *Authz
	working map[string]string // person → tenant
	own     map[string]string // key of an own role → its name
}

func (s *scene) as(t *testing.T, who string) context.Context {
	t.Helper()
	tenant, known := s.working[who]
	if !known {
		t.Fatalf("没有说明“%s”在哪里工作 / nobody says where they work", who)
	}
	return s.w.as(t, s.a, who, tenant, func(v *viewer.Viewer) { v.TenantKind = s.c.kind[tenant] })
}

func (s *scene) unit(t *testing.T, name string) uuid.UUID {
	t.Helper()
	if _, known := s.c.kind[name]; !known {
		t.Fatalf("没有名为“%s”的单位 / there is no such unit", name)
	}
	return place(name)
}

func (s *scene) set(t *testing.T, file *assertions) {
	t.Helper()
	for _, line := range file.Own {
		m := sentence(t, ownForm, line)
		var list []Permission
		for part := range strings.SplitSeq(m[4], "、") {
			p := sentence(t, namedForm, part)
			list = append(list, permission(t, p[1], p[2]))
		}
		s.own[m[3]] = m[2]
		s.w.define(m[1], Role(m[3]), list...)
	}
	for _, line := range file.People {
		m := sentence(t, personForm, line)
		s.unit(t, m[2])
		s.working[m[1]] = m[2]
	}
	for _, line := range file.Grants {
		m := sentence(t, grantForm, line)
		if info, builtIn := RoleOf(Role(m[4])); builtIn && info.Zh != m[3] || !builtIn && s.own[m[4]] != m[3] {
			t.Fatalf("角色 %s 的名称不是“%s” / the role is called otherwise", m[4], m[3])
		}
		s.unit(t, m[2])
		g := gives(m[1], Role(m[4]), m[2], s.c.tenantOver(m[2]))
		if m[5] != "" {
			g.Dimensions = strings.Split(m[5], "、")
		}
		if m[6] != "" {
			g.From, g.Until = date(t, m[6]), date(t, m[7])
		}
		s.w.put(g)
	}
}

func date(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func (s *scene) check(t *testing.T, line string, want bool) {
	t.Helper()
	m := sentence(t, checkForm, line)
	if (m[2] == "可以") != want {
		t.Fatalf("这一句放错了地方 / the sentence stands under the wrong heading: %s", line)
	}
	if got := s.a.May(s.as(t, m[1]), permission(t, m[4], m[5]), s.unit(t, m[3])); got != want {
		t.Errorf("不符 / decided otherwise: %s", line)
	}
}

func (s *scene) list(t *testing.T, line string) {
	t.Helper()
	m := sentence(t, scopeForm, line)
	ctx, p := s.as(t, m[1]), permission(t, m[2], m[3])
	var got []string
	switch m[4] {
	case "范围":
		for _, unit := range s.a.Scope(ctx, p) {
			for name := range s.c.kind {
				if place(name) == unit {
					got = append(got, name)
				}
			}
		}
	default:
		all, keys := s.a.Dimensions(ctx, p)
		if got = keys; all {
			got = []string{"全部"}
		}
	}
	want := strings.Split(m[5], "、")
	if m[5] == "无" {
		want = nil
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s，实为 %v / it is otherwise", line, got)
	}
}

// Every sentence of the files is what the decider says, and every built-in role
// is spoken of: what it may and what it may never.
// covers G10
func TestAssertionFiles(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/assertions/*.yaml")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	c := places(t)
	spoken := map[string]map[bool]bool{}
	for _, name := range names {
		if filepath.Base(name) == "places.yaml" {
			continue
		}
		var file assertions
		readYAML(t, name, &file)
		s := &scene{c: c, w: newWorld(), a: newAuthz(t), working: map[string]string{}, own: map[string]string{}}
		s.w.parents = c.above
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			s.set(t, &file)
			for _, line := range file.May {
				s.check(t, line, true)
			}
			for _, line := range file.Never {
				s.check(t, line, false)
			}
			for _, line := range append(file.Scopes, file.Fields...) {
				s.list(t, line)
			}
		})
		note(spoken, &file)
	}
	for _, info := range Roles() {
		if role := string(info.Role); !spoken[role][false] || !spoken[role][true] && info.Role != PlatformOperator && role != "break-glass" {
			t.Errorf("没有一句话说到角色 %s / no sentence says what it may and may not", role)
		}
	}
}

// note says of which roles the file tells what they may and what never.
func note(spoken map[string]map[bool]bool, file *assertions) {
	roleOf := map[string][]string{}
	for _, line := range file.Grants {
		if m := grantForm.FindStringSubmatch(line); m != nil {
			roleOf[m[1]] = append(roleOf[m[1]], m[4])
		}
	}
	for _, line := range append(slices.Clone(file.May), file.Never...) {
		m := checkForm.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		for _, role := range roleOf[m[1]] {
			if spoken[role] == nil {
				spoken[role] = map[bool]bool{}
			}
			spoken[role][m[2] == "可以"] = true
		}
	}
}
