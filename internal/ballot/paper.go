package ballot

import (
	"slices"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// PaperCount is one person's count of the paper forms of one group: how many
// were handed in and, for each subject, what they said.
type PaperCount struct {
	Group    string         `json:"group"`
	Returned int            `json:"returned"` // forms handed in, the invalid ones included
	Subjects []PaperSubject `json:"subjects"`
}

// PaperSubject is what the forms of one group said of one subject.
type PaperSubject struct {
	Subject   string         `json:"subject"`
	Options   map[string]int `json:"options,omitempty"`
	Invalid   int            `json:"invalid,omitempty"`
	Abstained int            `json:"abstained,omitempty"`
	Recused   int            `json:"recused,omitempty"`
}

func (p PaperSubject) group(key string) GroupCount {
	return GroupCount{Group: key, Options: p.Options, Invalid: p.Invalid, Abstained: p.Abstained, Recused: p.Recused}
}

// CheckPaper names what is wrong with one person's count: every subject of the
// ballot stands in it once, and the counts of each sum to the forms handed in.
func CheckPaper(rule template.Ballot, subjects []Subject, count PaperCount) fault.List {
	if !hasGroup(rule, count.Group) {
		return fault.List{unknownGroup(rule, count.Group).At("group")}
	}
	seen, faults := map[string]bool{}, fault.List{}
	for i, p := range count.Subjects {
		switch {
		case !slices.ContainsFunc(subjects, func(s Subject) bool { return s.ID == p.Subject }):
			faults = append(faults, fault.New(fault.BallotSubjectUnknown, "subject", p.Subject).At("subjects[%d].subject", i))
		case seen[p.Subject]:
			faults = append(faults, fault.New(fault.BallotSubjectTwice, "subject", p.Subject).At("subjects[%d].subject", i).About(p.Subject))
		default:
			g := p.group(count.Group)
			g.Due, g.Present, g.Issued, g.Returned = count.Returned, count.Returned, count.Returned, count.Returned
			for _, f := range Check(rule, p.Subject, []GroupCount{g}) {
				faults = append(faults, f.At("subjects[%d]", i))
			}
		}
		seen[p.Subject] = true
	}
	for _, s := range subjects {
		if !seen[s.ID] {
			faults = append(faults, fault.New(fault.BallotChoiceMissing, "subject", s.ID).At("subjects").About(s.ID))
		}
	}
	return faults
}
