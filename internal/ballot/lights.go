package ballot

import (
	"cmp"
	"slices"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// Light gives a score its colour: the first step, from the top, that it reaches
// (B22). A score that reaches none has no light.
func Light(legend []template.LegendStep, score exact.Number) string {
	for _, step := range legend {
		if step.From == nil || score.Cmp(*step.From) >= 0 {
			return step.Key
		}
	}
	return ""
}

// BranchLights is the three-colour notice (三色公示) of one branch, or of several
// that were put together: how many of its members have which light, and never
// who.
type BranchLights struct {
	Branches []string       // ids; more than one when small branches were put together
	Members  int            // with a score
	Lights   map[string]int // by legend key, every key of the legend present; nil when withheld
}

// LightsByBranch counts lights per branch. branch gives a subject's branch. A
// branch with fewer than `least` scored members, or one whose members all have
// the lowest light, would name them; such branches are put together with the
// next smallest until the count names nobody, and if even all together do, the
// counts are withheld. Putting together takes at least two branches, so that
// the hidden one cannot be got back from a known total.
func LightsByBranch(legend []template.LegendStep, least int, results []Result, branch func(subject string) string) []BranchLights {
	byBranch := map[string]*BranchLights{}
	for _, r := range results {
		if !r.Scored {
			continue
		}
		id := branch(r.Subject)
		b := byBranch[id]
		if b == nil {
			b = &BranchLights{Branches: []string{id}, Lights: noLights(legend)}
			byBranch[id] = b
		}
		b.Members++
		b.Lights[Light(legend, r.Score)]++
	}
	var open []BranchLights
	joint := BranchLights{Lights: noLights(legend)}
	for _, b := range byBranch {
		if b.names(legend, least) {
			joint = joint.with(*b)
		} else {
			open = append(open, *b)
		}
	}
	slices.SortFunc(open, func(a, b BranchLights) int {
		return cmp.Or(cmp.Compare(b.Members, a.Members), cmp.Compare(a.Branches[0], b.Branches[0]))
	})
	for len(open) > 0 && len(joint.Branches) > 0 && joint.names(legend, least) {
		joint, open = joint.with(open[len(open)-1]), open[:len(open)-1]
	}
	if len(joint.Branches) > 0 {
		if joint.names(legend, least) {
			joint.Lights = nil
		}
		open = append(open, joint)
	}
	slices.SortFunc(open, func(a, b BranchLights) int { return cmp.Compare(a.Branches[0], b.Branches[0]) })
	return open
}

// names reports whether the counts would tell of a member who has which light.
func (b BranchLights) names(legend []template.LegendStep, least int) bool {
	lowest := legend[len(legend)-1].Key
	return b.Members < least || b.Lights[lowest] == b.Members
}

func (b BranchLights) with(o BranchLights) BranchLights {
	sum := BranchLights{Branches: slices.Concat(b.Branches, o.Branches), Members: b.Members + o.Members, Lights: map[string]int{}}
	slices.Sort(sum.Branches)
	for key := range b.Lights {
		sum.Lights[key] = b.Lights[key] + o.Lights[key]
	}
	return sum
}

func noLights(legend []template.LegendStep) map[string]int {
	lights := make(map[string]int, len(legend))
	for _, step := range legend {
		lights[step.Key] = 0
	}
	return lights
}
