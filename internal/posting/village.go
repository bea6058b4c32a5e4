package posting

import (
	"slices"

	"leitai/internal/template"
)

// Sending is what a village is sent.
type Sending string

// A village gets one for certain, or as it needs it, or not.
const (
	SendAlways Sending = "ALWAYS"
	SendByNeed Sending = "BY_NEED"
)

// Demand is what a village of these classes is sent (D01).
type Demand struct {
	FirstSecretary Sending
	Team           Sending
	MinMembers     int // members of the team besides the first secretary who leads it; 0 without a team
}

// otherClass is the class of villages that the notice does not name; they are
// sent somebody as they need it.
const otherClass = "other"

// DemandOf tells what a village is sent: a team where one of its classes is
// among those the rule names, a first secretary for every class but other, and
// both as it needs them otherwise.
func DemandOf(rule template.TeamSize, classes []string) Demand {
	d := Demand{FirstSecretary: SendByNeed, Team: SendByNeed}
	for _, c := range classes {
		if c != otherClass {
			d.FirstSecretary = SendAlways
		}
		if slices.Contains(rule.For, c) {
			d.Team, d.MinMembers = SendAlways, rule.MinMembers
		}
	}
	return d
}

// Short is how many members a village's team lacks; 0 where none is asked for.
func (d Demand) Short(members int) int { return max(0, d.MinMembers-members) }
