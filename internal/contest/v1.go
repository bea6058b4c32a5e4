package contest

import (
	"cmp"
	"slices"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// computeV1 is version 1 of the rules: what version 2 gives for those inputs
// that version 1 knew, and a refusal of everything else. Bundles of it are kept
// in testdata and verify for ever.
func computeV1(in Input, opt options) (*Result, error) {
	if err := refuseV1(&in).Err(); err != nil {
		return nil, err
	}
	return compute(in, opt)
}

// refuseV1 names what version 1 did not know, field by field.
func refuseV1(in *Input) fault.List {
	var faults fault.List
	refuse := func(field string, asked bool) {
		if asked {
			faults = append(faults, fault.New(fault.InputRulesOlder, "value", "1").At("%s", field))
		}
	}
	refuse("metrics", len(in.Metrics) > 0)
	refuse("exams", len(in.Exams) > 0)
	refuse("ballots", len(in.Ballots) > 0)
	refuse("entered", len(in.Entered) > 0)
	refuse("gradeDecisions", len(in.GradeDecisions) > 0)
	refuse("facts", len(in.Facts) > 0)
	refuse("roster", slices.ContainsFunc(in.Roster, func(s Subject) bool { return s.Unit != "" || len(s.Classes) > 0 }))
	refuse("marks", slices.ContainsFunc(in.Marks, func(m Mark) bool { return m.Detail != nil }))
	refuse("means", slices.ContainsFunc(in.Means, func(m Mean) bool { return m.NA }))
	refuse("decisions", slices.ContainsFunc(in.Decisions, func(d Decision) bool { return d.Part != "" }))
	refuse("rubric", slices.ContainsFunc(in.Rubric, func(i template.Item) bool {
		return i.Kind != template.KindPoints && i.Kind != "" || len(i.For) > 0
	}))
	doc := in.Template
	refuse("template.subject", doc.Subject != template.Village)
	refuse("template.calendar", doc.Calendar.Window != nil)
	refuse("template.tracks", doc.Tracks != nil)
	refuse("template.channels", slices.ContainsFunc(doc.Channels, func(c template.Channel) bool {
		return c.Judges.Combine == "median" || c.Judges.Combine == "trimmed"
	}))
	refuse("template.bands", slices.ContainsFunc(doc.Bands, func(b template.Band) bool { return b.Gain > 0 || b.Gainers > 0 }))
	for field, asked := range map[string]bool{
		"parts": len(doc.Parts) > 0, "ballots": len(doc.Ballots) > 0, "coverage": doc.Coverage != nil, "evidence": doc.Evidence != nil,
		"legend": len(doc.Legend) > 0, "themes": doc.Themes != "", "stages": len(doc.Stages) > 0, "pairing": doc.Pairing != nil,
		"feeds": len(doc.Feeds) > 0, "postings": doc.Postings != nil, "grades": len(doc.Grades) > 0, "talkIf": len(doc.TalkIf) > 0,
		"deadlines": len(doc.Deadlines) > 0,
	} {
		refuse("template."+field, asked)
	}
	slices.SortStableFunc(faults, func(a, b *fault.Fault) int { return cmp.Compare(a.Field, b.Field) })
	return faults
}
