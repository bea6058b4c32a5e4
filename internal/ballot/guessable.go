package ballot

import (
	"slices"
	"strconv"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// crowdEnough is the number of raters from which a blended score has so many
// explanations that it fixes no group's mean, but at the very ends of the scale
// where everybody says nearly the same. Below it the score of a ballot with a
// small group, which is published all the same (Q34), may be taken apart by
// somebody who knows the roster; see TestSolverTakesSmallHallsApart.
const crowdEnough = 30

// Guessable warns of a roster on which the blended score may tell how a group
// voted: a group is under the threshold and is not merged with a neighbour, and
// all groups together are few. due is the number of raters by group; nil comes
// back when there is nothing to warn of.
func Guessable(rule template.Ballot, due map[string]int) *fault.Fault {
	total := 0
	for _, n := range due {
		total += n
	}
	if total >= crowdEnough || len(rule.Groups) < 2 {
		return nil
	}
	i := slices.IndexFunc(rule.Groups, func(g template.BallotGroup) bool {
		return due[g.Key] > 0 && due[g.Key] < rule.Threshold && (rule.Small != "merge" || g.MergeWith == "")
	})
	if i < 0 {
		return nil
	}
	name := rule.Groups[i].Name.ZH
	if name == "" {
		name = rule.Groups[i].Key
	}
	return fault.New(fault.BallotGuessable, "group", name, "due", strconv.Itoa(due[rule.Groups[i].Key]),
		"threshold", strconv.Itoa(rule.Threshold), "total", strconv.Itoa(total))
}
