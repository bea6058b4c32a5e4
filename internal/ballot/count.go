package ballot

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// What a rater may say of a subject beside the options of the template.
// Invalid exists on paper only: the phone page takes no sheet that is not
// filled in properly.
const (
	Abstained = "abstained" // 弃权
	Recused   = "recused"   // 回避, the rater's own village
	Invalid   = "invalid"   // 无效
)

// GroupCount is how one rater group voted on one subject. All numbers are
// persons or sheets, from 0 up.
type GroupCount struct {
	Group     string         `json:"group"`
	Options   map[string]int `json:"options,omitempty"` // by option key
	Invalid   int            `json:"invalid,omitempty"`
	Abstained int            `json:"abstained,omitempty"`
	Recused   int            `json:"recused,omitempty"`
	Due       int            `json:"due,omitempty"`      // 应到: on the roster
	Present   int            `json:"present,omitempty"`  // 实到
	Issued    int            `json:"issued,omitempty"`   // 发出: codes and paper forms
	Returned  int            `json:"returned,omitempty"` // 收回: codes used and paper forms handed in
}

// SubjectCount is how everybody voted on one subject.
type SubjectCount struct {
	Subject string       `json:"subject"`
	Groups  []GroupCount `json:"groups"`
}

// cast is how many sheets say anything about the subject.
func (g GroupCount) cast() int {
	n := g.Invalid + g.Abstained + g.Recused
	for _, count := range g.Options {
		n += count
	}
	return n
}

// Check names everything that is wrong with counts before they are tallied:
// groups and options the rule does not have, negative numbers, sheets that do
// not add up to what was returned, and more present than due, issued than due
// or returned than issued. A group whose five counts are all 0 is not asked to
// add up: such counts come from a table of choices alone.
func Check(rule template.Ballot, subject string, groups []GroupCount) fault.List {
	var faults fault.List
	for i, g := range groups {
		if !hasGroup(rule, g.Group) {
			faults = append(faults, unknownGroup(rule, g.Group).At("groups[%d].group", i))
			continue
		}
		faults = append(faults, checkGroup(rule, subject, g)...)
	}
	return faults
}

func checkGroup(rule template.Ballot, subject string, g GroupCount) fault.List {
	var faults fault.List
	for _, key := range sortedKeys(g.Options) {
		if !slices.ContainsFunc(rule.Options, func(o template.BallotOption) bool { return o.Key == key }) {
			faults = append(faults, unknownChoice(rule, key).About(subject))
		}
	}
	for _, n := range numbers(g) {
		if n.count < 0 {
			faults = append(faults, fault.New(fault.BallotCountNegative, "what", n.what, "value", strconv.Itoa(n.count)).About(subject))
		}
	}
	if g.Due == 0 && g.Present == 0 && g.Issued == 0 && g.Returned == 0 {
		return faults
	}
	if got := g.cast(); got != g.Returned {
		faults = append(faults, fault.New(fault.BallotCountSum, "group", g.Group, "subject", subject, "got", strconv.Itoa(got), "want", strconv.Itoa(g.Returned)).About(subject))
	}
	return append(faults, CheckTurnout(g)...)
}

// CheckTurnout names what cannot be in a group's five counts: more present or
// issued than due, more returned than issued.
func CheckTurnout(g GroupCount) fault.List {
	var faults fault.List
	for _, pair := range []struct {
		more, less, zhMore, zhLess string
		high, low                  int
	}{
		{"present", "due", "实到", "应到", g.Present, g.Due},
		{"issued", "due", "发出", "应到", g.Issued, g.Due},
		{"returned", "issued", "收回", "发出", g.Returned, g.Issued},
	} {
		if pair.high > pair.low {
			faults = append(faults, fault.New(fault.BallotCountOrder, "group", g.Group, "more", pair.more, "less", pair.less,
				"high", strconv.Itoa(pair.high), "low", strconv.Itoa(pair.low)).Call("more", pair.zhMore, pair.more).Call("less", pair.zhLess, pair.less))
		}
	}
	return faults
}

type named struct {
	what  string
	count int
}

// numbers lists every count of a group by name, options first.
func numbers(g GroupCount) []named {
	var all []named
	for _, key := range sortedKeys(g.Options) {
		all = append(all, named{key, g.Options[key]})
	}
	return append(all, named{Invalid, g.Invalid}, named{Abstained, g.Abstained}, named{Recused, g.Recused},
		named{"due", g.Due}, named{"present", g.Present}, named{"issued", g.Issued}, named{"returned", g.Returned})
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func hasGroup(rule template.Ballot, key string) bool {
	return slices.ContainsFunc(rule.Groups, func(g template.BallotGroup) bool { return g.Key == key })
}

func unknownGroup(rule template.Ballot, key string) *fault.Fault {
	keys := make([]string, len(rule.Groups))
	for i, g := range rule.Groups {
		keys[i] = g.Key
	}
	return fault.New(fault.BallotRosterGroup, "group", key, "want", strings.Join(keys, ", "))
}

func unknownChoice(rule template.Ballot, key string) *fault.Fault {
	keys := make([]string, len(rule.Options), len(rule.Options)+2)
	for i, o := range rule.Options {
		keys[i] = o.Key
	}
	return fault.New(fault.BallotChoiceUnknown, "choice", key, "want", strings.Join(append(keys, Abstained, Recused), ", "))
}
