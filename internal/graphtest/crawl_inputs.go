package graphtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// leak notes what should not have happened.
func (c *Crawl) leak(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if len(text) > 1500 {
		text = text[:1500] + " …"
	}
	c.Leaks = append(c.Leaks, text)
}

var volatile = regexp.MustCompile(`"requestId":"[^"]*"|"(?:expiresAt|issuedAt|usedAt)":(?:"[^"]*"|null)|[?&](?:until|expires|exp|sig|signature|mac|token|pass)=[^"&\\]*`)

// Plain takes out of an answer what differs between any two: the request's id
// and signed addresses.
func Plain(body string) string { return volatile.ReplaceAllString(body, "") }

// Same reports whether two answers say the same. Fields of one answer are
// resolved side by side, so the order of their errors differs.
func Same(a, b string) bool { return a == b || inOrder(a) == inOrder(b) }

func inOrder(body string) string {
	head, data, split := strings.Cut(body, `],"data":`)
	if !split {
		return body
	}
	errs := strings.Split(head, `},{"message":`)
	for i := range errs {
		errs[i] = strings.TrimPrefix(strings.TrimRight(errs[i], "}"), `{"errors":[{"message":`) // the last one closes more
	}
	slices.Sort(errs)
	return strings.Join(slices.Compact(errs), "\n") + data
}

// Inputs sends, in every id-typed value in turn, the neighbour's id, while every
// other one is an own one, so that no refusal hides the next. It is answered
// like an id that names nothing, and not like an own one.
func (c *Crawl) Inputs(t testing.TB, token string) {
	t.Helper()
	for _, root := range Roots() {
		for _, p := range root.Params() {
			for _, kind := range c.Kinds[p.Path] {
				if kind == "" || kind == "Unit" {
					continue // a client's own, and the public tree
				}
				for variation := range c.variations(root) {
					c.input(t, token, root, p, kind, variation)
					if c.Named[p.Path] && variation >= 1 || c.Quick && variation >= 2 {
						break
					}
				}
			}
		}
	}
}

// variations of a call: rounds of every state, and optional values left out or
// sent.
func (c *Crawl) variations(root *Root) int {
	for _, p := range root.Params() {
		if slices.Contains(c.Kinds[p.Path], "Round") {
			return 2 * len(c.Own["Round"])
		}
	}
	return 2
}

func (c *Crawl) input(t testing.TB, token string, root *Root, p Param, kind string, variation int) {
	t.Helper()
	own := c.Own[kind][variation/2%len(c.Own[kind])]
	send := func(id string) string {
		f := c.filling(p, id, variation)
		answer := c.ask(t, token, root, f, id)
		for f.Depth > 0 && strings.Contains(answer, "QUERY_TOO_") {
			f.Depth--
			answer = c.ask(t, token, root, f, id)
		}
		return answer
	}
	unknown, theirs := send(UnknownID(kind)), send(ID(kind, Theirs(own)))
	if unknown != theirs && unmade(unknown) != unmade(theirs) {
		c.leak("%s tells that a %s exists:\n%s\n%s", p.Path, kind, unknown, theirs)
	}
	if c.Named[p.Path] || root.Mutation && !strings.Contains(theirs, `"NOT_FOUND"`) {
		c.Refused[p.Path] = refusals(theirs)
		return
	}
	c.Named[p.Path] = send(ID(kind, own)) != theirs
}

var codeOf = regexp.MustCompile(`"code":"([A-Z_]+)"`)

// refusals are the codes of an answer.
func refusals(answer string) string {
	var all []string
	for _, found := range codeOf.FindAllStringSubmatch(answer, -1) {
		all = append(all, found[1])
	}
	return strings.Join(all, "+")
}

// filling puts one id into a value and own ids into all others. Odd variations
// send whatever may be left out, too.
func (c *Crawl) filling(p Param, id string, variation int) Filling {
	return Filling{Depth: 2, With: func(path string) bool {
		return Inside(path, p.Path) || variation%2 == 1 && !slices.Contains(paging, lastOf(path))
	},
		Value: func(at Param) string {
			kinds := c.Kinds[at.Path]
			switch {
			case at.Path == p.Path:
				return `"` + id + `"`
			case at.Type == "Date":
				return `"2023-10-12"` // the day on which the county's clock stands
			case likely[lastOf(at.Path)] != "":
				return likely[lastOf(at.Path)]
			case at.Type != "ID" || len(kinds) == 0:
				return ""
			case kinds[0] == "":
				return `"` + uuid.NewString() + `"`
			}
			own := c.Own[kinds[0]]
			return `"` + ID(kinds[0], own[variation/2%len(own)]) + `"`
		}}
}

// likely are values with which a call comes further than with any other.
var likely = map[string]string{"revision": "1", "period": `"2023-08"`, "month": `"2023-08"`, "absent": "false"}

// paging are arguments of pages.
var paging = []string{"first", "after", "last", "before", "clientMutationId"}
