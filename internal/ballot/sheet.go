package ballot

import (
	"slices"
	"strconv"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// Subject is what is put to a ballot.
type Subject struct {
	ID   string
	Unit string // the village it belongs to; "" when it belongs to none
}

// Recusal bounds how many villages one sheet of a group recuses itself from
// (Q26). A code never says whose it is, so nobody can be kept from the own
// village by name; but where every rater of a group has a village among the
// subjects, a sheet that recuses none is not filled in properly, and no sheet
// may use the recusal to shun others.
type Recusal struct{ Least, Most int }

// RecusalOf works out a group's bounds from its voters. Nobody is recused where
// the rule does not ask for it or no voter has a village among the subjects.
func RecusalOf(rule template.Ballot, group string, voters []Voter, subjects []Subject) Recusal {
	if !slices.Contains(rule.Recuse, "own-village") {
		return Recusal{}
	}
	r, some := Recusal{Least: 1}, false
	for _, v := range voters {
		if v.Group != group {
			continue
		}
		own := v.Unit != "" && slices.ContainsFunc(subjects, func(s Subject) bool { return s.Unit == v.Unit })
		if own {
			some = true
		} else {
			r.Least = 0
		}
	}
	if !some {
		return Recusal{}
	}
	r.Most = 1
	return r
}

// ExpectedRecusals is how many voters of a group are recused from each subject,
// by subject id: what the recusals on the sheets are compared with at the close,
// as totals, never person by person.
func ExpectedRecusals(rule template.Ballot, group string, voters []Voter, subjects []Subject) map[string]int {
	expected := map[string]int{}
	if !slices.Contains(rule.Recuse, "own-village") {
		return expected
	}
	for _, s := range subjects {
		for _, v := range voters {
			if v.Group == group && s.Unit != "" && v.Unit == s.Unit {
				expected[s.ID]++
			}
		}
	}
	return expected
}

// CheckSheet names everything that keeps one filled-in sheet from being cast:
// a subject without an answer or not on the ballot, a choice that does not
// exist, and recusals outside the group's bounds or covering a village in part.
// The fault's field is choices.<subject>.
func CheckSheet(rule template.Ballot, group template.BallotGroup, recusal Recusal, subjects []Subject, choices map[string]string) fault.List {
	var faults fault.List
	for _, id := range unknownSubjects(subjects, choices) {
		faults = append(faults, fault.New(fault.BallotSubjectUnknown, "subject", id).At("choices.%s", id))
	}
	for _, s := range subjects {
		choice, ok := choices[s.ID]
		switch {
		case !ok || choice == "":
			faults = append(faults, fault.New(fault.BallotChoiceMissing, "subject", s.ID).At("choices.%s", s.ID).About(s.ID))
		case choice != Abstained && choice != Recused && !slices.ContainsFunc(rule.Options, func(o template.BallotOption) bool { return o.Key == choice }):
			faults = append(faults, unknownChoice(rule, choice).At("choices.%s", s.ID).About(s.ID))
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return checkRecusals(group, recusal, subjects, choices)
}

func checkRecusals(group template.BallotGroup, recusal Recusal, subjects []Subject, choices map[string]string) fault.List {
	units := map[string]bool{}
	for _, s := range subjects {
		if choices[s.ID] == Recused {
			units[s.home()] = true
		}
	}
	var faults fault.List
	if len(units) < recusal.Least {
		name := group.Name.ZH
		if name == "" {
			name = group.Key
		}
		faults = append(faults, fault.New(fault.BallotRecusalMissing, "group", name).At("choices"))
	}
	if len(units) > recusal.Most {
		faults = append(faults, fault.New(fault.BallotRecusalMany, "most", strconv.Itoa(recusal.Most), "got", strconv.Itoa(len(units))).At("choices"))
	}
	for _, s := range subjects {
		if units[s.home()] && choices[s.ID] != Recused {
			faults = append(faults, fault.New(fault.BallotRecusalPart, "subject", s.ID).At("choices.%s", s.ID).About(s.ID))
		}
	}
	return faults
}

// home is the village of a subject, or the subject itself where it has none.
func (s Subject) home() string {
	if s.Unit == "" {
		return s.ID
	}
	return s.Unit
}

func unknownSubjects(subjects []Subject, choices map[string]string) []string {
	var unknown []string
	for id := range choices {
		if !slices.ContainsFunc(subjects, func(s Subject) bool { return s.ID == id }) {
			unknown = append(unknown, id)
		}
	}
	slices.Sort(unknown)
	return unknown
}
