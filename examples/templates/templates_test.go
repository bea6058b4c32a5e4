package templates_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"leitai/examples/templates"
	"leitai/internal/exact"
	"leitai/internal/template"
)

func load(t *testing.T, key string) template.Document {
	t.Helper()
	source, ok := templates.Source(key)
	if !ok {
		t.Fatalf("there is no example %s", key)
	}
	d, err := template.Parse(source)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return d
}

// The library has a preset for each scheme, and every file of the folder is in
// it, with what it is for and the requirements it names.
func TestTheLibraryIsWhole(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.yaml")
	if err != nil || len(files) != len(templates.Keys()) {
		t.Errorf("%d files, %d presets, %v", len(files), len(templates.Keys()), err)
	}
	serves := map[string]bool{}
	for _, p := range templates.All() {
		serves[p.Scheme] = true
		if p.Zh == "" || p.En == "" || p.Document == "" {
			t.Errorf("%s does not say what it is for", p.Key)
		}
		numbers := p.Requirements()
		if !slices.IsSortedFunc(numbers, func(a, b string) int { return int(a[0]) - int(b[0]) }) || p.Scheme != "" && !slices.ContainsFunc(numbers, func(n string) bool { return strings.HasPrefix(n, p.Scheme) }) {
			t.Errorf("%s carries out %v", p.Key, numbers)
		}
	}
	for _, scheme := range []string{"A", "B", "C", "D", "E"} {
		if !serves[scheme] {
			t.Errorf("no preset serves scheme %s", scheme)
		}
	}
	if _, ok := templates.Source("no-such"); ok {
		t.Error("an example that does not exist is found")
	}
	if !bytes.Equal(templates.Schema(), template.Schema()) {
		t.Error("the embedded schema is not the code's")
	}
}

// Every preset is sound, is stored under its key, and prints to a form that
// reads back as the same document: comments and layout mean nothing.
func TestPresetsReadBack(t *testing.T) {
	t.Parallel()
	for _, key := range templates.Keys() {
		d := load(t, key)
		printed := template.Print(d)
		again, err := template.Parse(printed)
		if err != nil || !template.Equal(d, again) || !bytes.Equal(template.Print(again), printed) {
			t.Errorf("%s prints to something else: %v", key, err)
		}
		if d.Key != key {
			t.Errorf("%s has the key %s", key, d.Key)
		}
		if l := template.Validate(d); len(l) > 0 {
			t.Errorf("%s: %v", key, l)
		}
		again, err = template.Read(template.Canonical(d))
		if err != nil || !template.Equal(d, again) {
			t.Errorf("%s: its canonical form reads otherwise: %v", key, err)
		}
		if got := template.UnknownDimensions(d, standard()); len(got) > 0 {
			t.Errorf("%s: not in the dictionary: %v", key, got)
		}
	}
}

func standard() []string {
	var keys []string
	for _, d := range template.Dimensions() {
		keys = append(keys, d.Key)
	}
	return keys
}

// What the lint says of the presets: the literal notice weighs on the villages,
// readings wait for a person, and the lighter preset answers the first.
// covers G6, G11
func TestPresetsLintAsExpected(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"monthly-arena":           {"LINT_LEDGER_HEAVY", "LINT_CONFIRM_AT_ACTIVATION", "LINT_CONFIRM_AT_ACTIVATION"},
		"monthly-arena-light":     {"LINT_CONFIRM_AT_ACTIVATION", "LINT_CONFIRM_AT_ACTIVATION"},
		"county-township-contest": {"LINT_CONFIRM_AT_ACTIVATION", "LINT_CONFIRM_AT_ACTIVATION"},
	}
	for _, key := range templates.Keys() {
		var got []string
		for _, w := range template.Lint(load(t, key)) {
			got = append(got, string(w.Code))
		}
		if !slices.Equal(got, want[key]) {
			t.Errorf("%s: %v, want %v", key, got, want[key])
		}
		if b := template.BurdenOf(load(t, key)); b.Total().Cmp(template.BurdenLimit) > 0 {
			t.Errorf("%s asks for %s things a month", key, b.Total())
		}
	}
}

// The lighter preset is the literal one with the shares turned round, without
// money, and with the test beside it.
// covers A13, G11, Q29
func TestTheLighterArena(t *testing.T) {
	t.Parallel()
	literal, light := load(t, "monthly-arena"), load(t, "monthly-arena-light")
	if got := template.LedgerShare(light); !got.Equal(exact.Int(40)) {
		t.Errorf("ledgers make %s %%", got)
	}
	for _, r := range light.Rollups {
		for _, o := range r.Outcomes {
			if o.Do == "money" {
				t.Errorf("%s pays money", r.Key)
			}
		}
	}
	exam, ok := light.Item("closed-book-test")
	if !ok || exam.Kind != template.KindExam || exam.Points.Sign() != 0 {
		t.Errorf("the test is %+v", exam)
	}
	if n := len(template.Diff(literal, light)); n != 10 {
		t.Errorf("%d fields differ: %v", n, template.Diff(literal, light))
	}
}

// Everything that has a name has one in Chinese and one in English, and no
// option, grade, group, band or period goes without.
func TestExamplesNameEverythingInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, key := range templates.Keys() {
		source, _ := templates.Source(key)
		var doc yaml.Node
		if err := yaml.Unmarshal(source, &doc); err != nil {
			t.Fatal(err)
		}
		root := doc.Content[0]
		names := named(t, key, root, false)
		for _, mustBe := range []string{"channels", "bands", "streaks", "rollups", "legend", "ballots", "grades"} {
			for i := 0; i < len(root.Content); i += 2 {
				if root.Content[i].Value == mustBe {
					eachNamed(t, key+"."+mustBe, root.Content[i+1])
				}
			}
		}
		if names < 10 {
			t.Errorf("%s has only %d names", key, names)
		}
	}
}

// named counts the names below a node, each of which has both languages.
func named(t *testing.T, path string, n *yaml.Node, isName bool) int {
	t.Helper()
	if isName {
		if n.Kind != yaml.MappingNode || len(n.Content) != 4 || n.Content[0].Value != "zh-Hans" || n.Content[2].Value != "en" {
			t.Errorf("%s (line %d) is not named in both languages", path, n.Line)
		}
		return 1
	}
	count := 0
	for i, m := range n.Content {
		inMap := n.Kind == yaml.MappingNode
		if inMap && i%2 == 0 {
			continue
		}
		count += named(t, path, m, inMap && n.Content[i-1].Value == "name")
	}
	return count
}

func eachNamed(t *testing.T, path string, n *yaml.Node) {
	t.Helper()
	for i := 1; i < len(n.Content); i += 2 {
		has := false
		for j := 0; j < len(n.Content[i].Content); j += 2 {
			has = has || n.Content[i].Content[j].Value == "name"
		}
		if !has {
			t.Errorf("%s.%s has no name", path, n.Content[i-1].Value)
		}
	}
}

// The monthly contest is the notice, literally.
// covers A01, A03, A05, A06, A07, A10, A17, A18, A21, A22, A23
func TestMonthlyArenaIsTheNotice(t *testing.T) {
	t.Parallel()
	d := load(t, "monthly-arena")
	b := d.Basis[0]
	if b.Number != "黄委发〔2023〕6号" || b.Issuer == "" || b.Date != "2023-04-24" {
		t.Errorf("it rests on %+v", b)
	}
	if d.Subject != template.Village || d.Calendar.Every != "month" || d.Calendar.Day != 30 || d.Calendar.Roll != "next-workday" {
		t.Errorf("held %+v for %s", d.Calendar, d.Subject)
	}
	var areas []string
	total := exact.Int(0)
	for _, i := range d.Items {
		areas = append(areas, i.Name.ZH)
		total = total.Add(i.Points)
		if i.Owner == "" || i.Dimension == "" {
			t.Errorf("%s has the owner %q and the dimension %q", i.Key, i.Owner, i.Dimension)
		}
		if w := i.Weights(d); len(w) != 2 || !w[0].Weight.Equal(exact.Int(40)) || !w[1].Weight.Equal(exact.Int(60)) {
			t.Errorf("%s is split %v", i.Key, w)
		}
	}
	if got, want := strings.Join(areas, " "), "党建 乡村振兴 人居环境 产业发展 安全生产 综治维稳"; got != want {
		t.Errorf("areas are %s, want %s", got, want)
	}
	if !total.Equal(exact.Int(100)) || !d.Scale.Points.Equal(exact.Int(100)) || d.Rubric != template.PerRound {
		t.Errorf("items make %s of %s, rubric %s", total, d.Scale.Points, d.Rubric)
	}
	if p := d.Panels; p.Groups != 3 || p.MinMembers != 2 || p.Seconded.Count != 4 {
		t.Errorf("panels are %+v", p)
	}
	ledger, _ := d.Channel("ledger")
	if !ledger.Reception {
		t.Error("ledgers are not checked in")
	}
}

// Its consequences are the notice's too, with the readings of Q4 and Q5.
// covers A27, A28, A29, A30, A31, A32, A33, A40, G11, Q4, Q5
func TestMonthlyArenaConsequences(t *testing.T) {
	t.Parallel()
	d := load(t, "monthly-arena")
	points := map[string]string{}
	for _, o := range d.Outcomes {
		if o.Do == "points" {
			var values []string
			for _, v := range o.Values {
				values = append(values, v.String())
			}
			points[o.When] = o.By + " " + strings.Join(values, ",") + " " + strings.Join(o.To, ",")
		}
	}
	if got, want := points["top"], "rank 5,4,3 linked-leader,resident-cadre,village"; got != want {
		t.Errorf("the top three get %s, want %s", got, want)
	}
	if got, want := points["bottom-twice"], "rank-from-bottom -5,-4,-3 linked-leader,resident-cadre,village"; got != want {
		t.Errorf("twice at the bottom gets %s, want %s", got, want)
	}
	does := func(when, do string) template.Outcome {
		for _, o := range d.Outcomes {
			if o.When == when && o.Do == do {
				return o
			}
		}
		t.Errorf("there is no %s for %s", do, when)
		return template.Outcome{}
	}
	does("bottom", "criticism")
	if talk := does("bottom-twice", "talk"); talk.ByRole != "principal-leaders" {
		t.Errorf("the talk is by %s", talk.ByRole)
	}
	half, _ := d.Rollup("half-year")
	if len(half.Outcomes) != 2 {
		t.Fatalf("the half-year has %+v", half.Outcomes)
	}
	for i, when := range []string{"top", "bottom"} {
		o := half.Outcomes[i]
		if o.When != when || o.Do != "money" || o.Amount != "by-decision" || o.Basis != d.Basis[0].Number {
			t.Errorf("half-year outcome %d is %+v", i, o)
		}
	}
	if !d.Issues.Overdue.Times.Equal(exact.Int(2)) || !d.Issues.Overdue.Once {
		t.Errorf("overdue issues cost %+v", d.Issues.Overdue)
	}
}

// What the notices leave to a committee is not decided by an example: no marks,
// no amounts, no names, and the observation ships with its ranking off.
// covers B22
func TestObservationShipsWithoutARanking(t *testing.T) {
	t.Parallel()
	d := load(t, "town-observation")
	if d.Ranking.Show != "none" || len(d.Bands) > 0 || len(d.Outcomes) > 0 {
		t.Errorf("ranking shows %s, bands %v, outcomes %v", d.Ranking.Show, d.Bands, d.Outcomes)
	}
	if len(d.Items) != 10 {
		t.Errorf("it has %d focus areas", len(d.Items))
	}
}

// The other examples carry what is particular to their schemes.
// covers B03, B04, C04, C07, C10, C11, C12, C13, C15, D33, E13, E22, E23, E27
func TestTheOthersCarryTheirSchemes(t *testing.T) {
	t.Parallel()
	b := load(t, "town-observation")
	for _, i := range b.Items {
		if i.Kind != template.KindChecklist || slices.ContainsFunc(i.Rule.Checks, func(c template.Check) bool { return len(c.Evidence) == 0 }) {
			t.Errorf("area %s is no checklist with its evidence", i.Key)
		}
	}
	c := load(t, "secretary-arena")
	quarter, _ := c.Rollup("quarter")
	year, _ := c.Rollup("year")
	if c.Tracks == nil || !slices.Equal(c.Stages, []string{"visit", "speech", "comment", "assembly"}) || c.Pairing.ExchangesPerMonth != 2 ||
		c.Outcomes[1].When != "improved" || c.Outcomes[2].ByRole != "deputy-secretary" || quarter.Outcomes[0].ByRole != "mayor" || year.Outcomes[0].Do != "statement" {
		t.Errorf("the secretaries' arena: %+v", c)
	}
	d := load(t, "first-secretary-term")
	if q := d.Grades[0].Steps[0].Quota; q.AtLeast == nil || !q.AtLeast.Equal(exact.Ratio(3, 10)) {
		t.Errorf("the floor of excellent is %+v", q)
	}
	e := load(t, "annual-assessment")
	annual, _ := e.GradeScale("annual")
	best := annual.Steps[0]
	if !best.Quota.AtMost.Equal(exact.Ratio(2, 5)) || best.Needs[0] != (template.Need{Scale: "duty-review", Grade: "good"}) {
		t.Errorf("the ceiling of excellent is %+v with %+v", best.Quota, best.Needs)
	}
	if !slices.Equal(e.TalkIf[0].Grades, []string{"average", "poor"}) || e.Deadlines[0].Due != "01-14" || e.Deadlines[4].Due != "01-21" {
		t.Errorf("talks %v, deadlines %v", e.TalkIf, e.Deadlines)
	}
}
