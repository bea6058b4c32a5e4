package graphtest_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// ground is what every crawl stands on: a county that has played, once as it is
// and once with a neighbour, and what was learnt about the contract.
type ground struct {
	without, with *graphtest.County
	neighbour     *graphtest.Neighbour
	own           map[string][]uuid.UUID
	kinds         map[string][]string
	township      string
	published     map[string]bool
}

// undetected are id-typed values whose kind asking does not tell, with it.
var undetected = map[string]string{
	"postingConfirm.input.event": "PostingEvent", // of the unit of whoever confirms only
	"job.id":                     "Job",          // of whoever asked for it only
}

func newGround(t *testing.T) *ground {
	t.Helper()
	g := &ground{without: graphtest.Rest(t), kinds: map[string][]string{}}
	g.without.Fill(t)
	g.with, g.neighbour = g.without.Settle(t)
	for _, table := range g.neighbour.Empty {
		if graphtest.Spared[table] == "" {
			t.Errorf("the neighbour has no row in %s", table)
		}
	}
	t.Logf("the neighbour sings in %d columns of text; checks of the schema keep these silent: %v", g.neighbour.Texts, g.neighbour.Refused)
	k := g.without.Open(t, graphtest.Setting{Around: graphtest.OpenGate, Watch: graphtest.Undone})
	g.own = k.Owned(t, k.TenantOf(t, sample.TownshipCode))
	g.own["Round"] = slices.Insert(g.own["Round"], 0, k.World.Rounds["2023-05"]) // a published one first
	g.township = graphtest.ID("Unit", k.Key(t, `SELECT id FROM unit WHERE code = $1`, sample.TownshipCode))
	g.published = k.Published(t)
	learner := graphtest.NewCrawl(k, g.own, g.kinds)
	for _, path := range learner.LearnKinds(t, k.Token(sample.Approver)) {
		if undetected[path] == "" {
			t.Errorf("which kind of object does %s name?", path)
			continue
		}
		g.kinds[path] = []string{undetected[path]}
	}
	return g
}

func (g *ground) crawl(k *graphtest.Kit) *graphtest.Crawl {
	c := graphtest.NewCrawl(k, g.own, g.kinds)
	c.Township, c.Published = g.township, g.published
	return c
}

// TestIsolation proves that a tenant is shown nothing of another and changes
// nothing of it. The crawl is made of the contract and of the catalogue: a new
// field, input, list, address, table or column is in it without anybody's doing.
// It stays clean with each layer taken away, and finds the neighbour when all
// are.
//
// covers T5, T6, T7, T8, T12
func TestIsolation(t *testing.T) {
	t.Parallel()
	g := newGround(t)
	t.Run("every input", g.everyInput)
	t.Run("every caller", g.everyCaller)
	t.Run("as if nobody were there", g.asIfNobodyWereThere)
	t.Run("a county that adopted", g.aCountyThatAdopted)
	t.Run("written for good", g.writtenForGood)
	for name, layer := range g.layers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := g.lacking(t, layer)
			if found := len(c.Leaks) > 0; found != layer.leaks {
				report(t, c, layer.leaks)
			}
			t.Logf("%d calls, %d findings", c.Calls, len(c.Leaks))
		})
	}
}

// layer is what a crawl goes without.
type layer struct {
	county  []string // statements that take a layer of the database away
	setting graphtest.Setting
	leaks   bool
}

func (g *ground) layers() map[string]layer {
	filtered, unfiltered := graphtest.Setting{Watch: graphtest.Undone}, graphtest.Setting{Watch: graphtest.Unfiltered}
	open := unfiltered
	open.Around = graphtest.OpenGate
	return map[string]layer{
		"without the gate":              {setting: graphtest.Setting{Around: graphtest.OpenGate, Watch: graphtest.Undone}},
		"without the program's filters": {setting: unfiltered},
		"without row-level security":    {setting: filtered, county: []string{graphtest.WithoutPolicies}},
		"without keys and triggers":     {setting: filtered, county: []string{graphtest.WithoutKeysAndTriggers}},
		"without any of them":           {setting: open, county: []string{graphtest.WithoutPolicies, graphtest.WithoutKeysAndTriggers}, leaks: true},
	}
}

// lacking crawls without a layer, as the approver, who may do most, and as the
// clerk.
func (g *ground) lacking(t *testing.T, l layer) *graphtest.Crawl {
	t.Helper()
	k := g.with.Without(t, l.county...).Open(t, l.setting)
	c := g.crawl(k)
	c.Quick = true
	c.Inputs(t, k.Token(sample.Approver))
	c.Roots(t, k.Token("XA1"), true)
	for _, query := range c.Queries(nil) {
		c.Ask(t, k.Token(sample.Clerk), query)
	}
	g.settle(t, c)
	return c
}

// settle notes rows of the neighbour that were touched, and what the log shows.
func (g *ground) settle(t *testing.T, c *graphtest.Crawl) {
	t.Helper()
	if n := c.Kit.Touched(t); n > 0 {
		c.Leaks = append(c.Leaks, fmt.Sprintf("%d rows of the neighbour were touched", n))
	}
	if shown := graphtest.Shows(c.Kit.Log()); len(shown) > 0 {
		c.Leaks = append(c.Leaks, fmt.Sprintf("the log shows %v", shown))
	}
}

// report fails with what a crawl found.
func report(t *testing.T, c *graphtest.Crawl, wanted bool) {
	t.Helper()
	if wanted {
		t.Errorf("%d calls found nothing: a crawl that is blind proves nothing", c.Calls)
		return
	}
	for i, leak := range c.Leaks {
		if i == 25 {
			t.Errorf("and %d more", len(c.Leaks)-i)
			return
		}
		t.Error(leak)
	}
}

// Each id-typed value of each field is sent the neighbour's id, with own ids in
// all others. Nobody is refused before: the gate is open.
func (g *ground) everyInput(t *testing.T) {
	k := g.with.Open(t, graphtest.Setting{Around: graphtest.OpenGate, Watch: graphtest.Undone})
	c := g.crawl(k)
	c.Inputs(t, k.Token(sample.Approver))
	g.settle(t, c)
	report(t, c, false)
	var hidden []string
	for path := range g.kinds {
		if !c.Named[path] {
			hidden = append(hidden, path+" "+c.Refused[path])
		}
	}
	slices.Sort(hidden)
	if 3*len(hidden) > len(g.kinds) {
		t.Errorf("of %d id-typed values the check of %d is hidden behind other refusals", len(g.kinds), len(hidden))
	}
	t.Logf("%d calls; of %d id-typed values %d are NOT_FOUND for the neighbour's id and not for an own one; the others are refused before or ignored: %v",
		c.Calls, len(g.kinds), len(g.kinds)-len(hidden), hidden)
}

// callers are all sorts of people who are not of the neighbour.
var callers = []string{"C1", "J1", "S1", "XA1", "XS1", "CA1", "CD1", dashboard, operator, nobody}

const (
	operator = "operator"
	nobody   = "nobody"
)

func token(t *testing.T, k *graphtest.Kit, who string) string {
	t.Helper()
	switch who {
	case nobody:
		return ""
	case operator:
		return k.Operator(t)
	}
	return k.Token(who)
}

// Whoever calls, every field, type, node and list tells of the neighbour what it
// tells of nothing; and the crawl leaves out nothing.
func (g *ground) everyCaller(t *testing.T) {
	k := g.with.Open(t, graphtest.Setting{Watch: graphtest.Undone})
	c := g.crawl(k)
	for _, who := range callers {
		c.Roots(t, token(t, k, who), true)
	}
	c.Everything(t, k.Token("A1"))
	lists := c.Cursors(t, k.Token("A1"), g.neighbour.Token)
	addresses := c.Routes(t, k.Token("A1"), []string{k.Token("A1"), k.Token("XA1"), k.Token("CA1"), ""}, g.blanks(t))
	g.settle(t, c)
	report(t, c, false)
	g.complete(t, c)
	t.Logf("%d calls: %d fields of Query and Mutation, %d kinds of node, %d lists with cursors, %d addresses; answers by code: %v",
		c.Calls, len(c.Called), len(graphtest.NodeKinds()), lists, addresses, c.Answered)
}

// complete fails with what of the contract no operation of a crawl names.
func (g *ground) complete(t *testing.T, c *graphtest.Crawl) {
	t.Helper()
	seen := maps.Clone(c.Selected)
	var missing []string
	for _, field := range graphtest.Fields() {
		if !seen[field] && !graphtest.Streamed(field) {
			missing = append(missing, field)
		}
	}
	for _, root := range graphtest.Roots() {
		for _, p := range root.Params() {
			if p.Type == "ID" && len(g.kinds[p.Path]) == 0 {
				missing = append(missing, p.Path)
			}
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d fields and inputs of the contract are not crawled: %v", len(missing), missing)
	}
	t.Logf("%d of %d fields of all types, %d id-typed values", len(graphtest.Fields())-len(missing), len(graphtest.Fields()), len(g.kinds))
}

// Whatever anybody reads, with whatever filter, order or page, is byte by byte
// what they read where the neighbour does not exist.
func (g *ground) asIfNobodyWereThere(t *testing.T) {
	with, without := g.with.Open(t, graphtest.Setting{Watch: graphtest.Undone}), g.without.Open(t, graphtest.Setting{Watch: graphtest.Undone})
	plain, probing := g.crawl(with).Queries(nil), g.crawl(with).Queries(with.Probes(t, g.neighbour))
	compared := 0
	for who, queries := range map[string][]string{"C1": probing, "S1": plain, "XC1": plain, "CA1": plain} {
		for _, query := range queries {
			compared++
			have, want := "", ""
			for range 6 { // which of several refusals ends an answer is chance
				have, want = graphtest.Plain(with.As(t, who, query, nil).Body), graphtest.Plain(without.As(t, who, query, nil).Body)
				if graphtest.Same(have, want) {
					break
				}
			}
			if !graphtest.Same(have, want) {
				t.Errorf("%s reads otherwise with %s:\n%.2000s\n%.2000s", who, query, want, have)
			}
		}
	}
	t.Logf("%d answers compared, of %d different operations", compared, len(probing))
}

// A county that adopted the neighbour without its unpublished work reads what it
// published, and of every other table no text and no id.
func (g *ground) aCountyThatAdopted(t *testing.T) {
	k := g.with.Open(t, graphtest.Setting{Watch: graphtest.Undone})
	k.Adopt(t, k.TenantOf(t, sample.CountyCode), g.neighbour.Tenant)
	c := g.crawl(k)
	c.Reads = true
	c.Everything(t, k.Token("CA1"))
	for _, who := range []string{"CA1", "CD1"} {
		for _, query := range c.Queries(nil) {
			c.Ask(t, k.Token(who), query)
		}
	}
	if c.Seen == 0 {
		t.Error("it reads nothing that the neighbour published, or this proves nothing")
	}
	report(t, c, false)
}

// Changes are kept in this crawl. Afterwards the neighbour's rows are what they
// were, and nothing that was written has drawn anything of it over.
func (g *ground) writtenForGood(t *testing.T) {
	k := g.with.Open(t, graphtest.Setting{})
	before := k.Fingerprint(t, g.neighbour.Tenant)
	c := g.crawl(k)
	c.Writes = true
	for _, who := range []string{"C1", "A1", "XC1"} {
		c.Roots(t, k.Token(who), false)
	}
	for _, query := range c.Queries(nil) {
		c.Ask(t, k.Token("C1"), query)
	}
	if k.Fingerprint(t, g.neighbour.Tenant) != before {
		t.Error("rows of the neighbour changed")
	}
	g.settle(t, c)
	report(t, c, false)
}
