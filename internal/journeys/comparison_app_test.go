package journeys

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// read is what an app reads of the published comparisons under a tenant's name.
type read struct {
	Refused string // the code; "" where it is answered
	Listed  []string
	Lines   []struct {
		Code   string `json:"code"`
		Hidden bool   `json:"hidden"`
	}
}

// comparisons asks as an app, under a tenant's name, for the list of published
// comparisons and for one of them.
func (b *browser) comparisons(t testing.TB, secret, tenant, id string) (list, one read) {
	t.Helper()
	ask := func(query string, vars graphtest.Vars) read {
		a := b.post(t, "/graphql", map[string]any{"query": query, "variables": vars}, "Authorization", "Bearer "+secret, "Leitai-Tenant", tenant)
		r := read{Refused: a.code(t)}
		var answered struct {
			Data struct {
				All []struct{ ID string } `json:"comparisonPublications"`
				One *read                 `json:"comparisonPublished"`
			} `json:"data"`
		}
		if err := json.Unmarshal(a.Body.Bytes(), &answered); a.Code == http.StatusOK && err != nil {
			t.Fatal(err)
		}
		for _, p := range answered.Data.All {
			r.Listed = append(r.Listed, p.ID)
		}
		if answered.Data.One != nil {
			r.Lines = answered.Data.One.Lines
		}
		return r
	}
	return ask(listed, nil), ask(publication, graphtest.Vars{"id": id})
}

// consented: an app reads a county's published comparison with the county's
// consent and from nobody else, even one published down to the townships: with
// the consent of a township it reads that township. With the county's it reads
// every line, which are the county's own words by then, but no round of a
// township that did not consent. The moment the county takes its consent back it
// reads none of it.
func (c *compared) consented(up, down string) {
	c.t.Helper()
	s := &stage{Kit: c.Kit}
	county, township, b := s.in(c.t, "CA1"), s.in(c.t, sample.TownPerson(13, "A")), newBrowser(s)
	app, secret := county.app(c.t, "县域比较大屏", nil)
	refused := func(when, tenant string) {
		c.t.Helper()
		if list, one := b.comparisons(c.t, secret, tenant, down); list.Refused != "UNAUTHENTICATED" || one.Refused != "UNAUTHENTICATED" || list.Listed != nil || one.Lines != nil {
			c.t.Errorf("%s an app reads %+v %+v", when, list, one)
		}
	}
	refused("before any consent", sample.CountyCode)

	township.consent(c.t, app, 30)
	refused("under the county's name, with a township's consent", sample.CountyCode)
	if list, one := b.comparisons(c.t, secret, sample.TownCode(13), down); list.Refused != "" || list.Listed != nil || one.Refused != "NOT_FOUND" || one.Lines != nil {
		c.t.Errorf("with a township's consent an app reads of the county %+v %+v", list, one)
	}
	if seen := c.must(sample.TownPerson(13, "C"), listed, nil).List(c.t, "comparisonPublications"); len(seen) != 1 {
		c.t.Errorf("the township itself lists %v", seen)
	}

	consent, _ := county.consent(c.t, app, 30)
	list, one := b.comparisons(c.t, secret, sample.CountyCode, down)
	if list.Refused != "" || !slices.Contains(list.Listed, down) || !slices.Contains(list.Listed, up) {
		c.t.Errorf("with the county's consent an app lists %+v", list)
	}
	codes := map[string]bool{}
	for _, line := range one.Lines {
		codes[line.Code] = !line.Hidden
	}
	if one.Refused != "" || !codes[sample.TownCode(1)] || !codes[sample.TownCode(13)] || len(codes) < 15 {
		c.t.Errorf("with the county's consent an app reads %+v", one)
	}
	a := b.post(c.t, "/graphql", map[string]any{"query": `{ countyComparison(from: "2023-05", to: "2023-06") { lines { code published } } }`},
		"Authorization", "Bearer "+secret, "Leitai-Tenant", sample.CountyCode)
	var now struct {
		Data struct {
			CountyComparison struct{ Lines []struct{ Code string } }
		}
	}
	if err := json.Unmarshal(a.Body.Bytes(), &now); err != nil || a.Code != http.StatusOK {
		c.t.Fatalf("%d %v %s", a.Code, err, a.text)
	}
	if lines := now.Data.CountyComparison.Lines; len(lines) != 1 || lines[0].Code != sample.TownCode(13) {
		c.t.Errorf("what is compared now holds for an app %v, want the township that consented alone", lines)
	}

	county.mutate(c.t, `mutation($c: ID!) { appWithdraw(input: {consent: $c, reason: "项目结束"}) { consent { live } userErrors { code } } }`, "appWithdraw", graphtest.Vars{"c": consent})
	refused("after the county took its consent back", sample.CountyCode)
}
