package template

import (
	"slices"

	"leitai/internal/exact"
)

// fill sets the defaults that hang on other keys; the rest is set where a key
// is read. It never changes what was written.
func fill(d *Document) {
	for i := range d.Channels {
		fillChannel(&d.Channels[i])
	}
	only := onlyBasis(d.Basis)
	for i := range d.Items {
		fillItem(&d.Items[i], only)
	}
	if d.Tracks != nil {
		otherwiseSet(&d.Ranking.Scope, "track")
	}
	otherwiseSet(&d.Ranking.Scope, "all")
	if d.Calendar.Window != nil {
		otherwiseSet(&d.Calendar.Window.In, "same-year")
	}
	fillBands(d.Bands)
	fillOutcomes(d.Outcomes, only)
	for i := range d.Rollups {
		fillBands(d.Rollups[i].Bands)
		fillOutcomes(d.Rollups[i].Outcomes, only)
	}
	for i := range d.Grades {
		otherwiseSet(&d.Grades[i].Of, "total")
		for j := range d.Grades[i].Steps {
			fillGrade(&d.Grades[i].Steps[j], d.Subject)
		}
	}
	fillConfirm(d)
}

func otherwiseSet[T ~string](at *T, value T) {
	if *at == "" {
		*at = value
	}
}

func fillChannel(c *Channel) {
	if slices.Contains(markSources, c.Key) {
		otherwiseSet(&c.Source, c.Key)
	}
	otherwiseSet(&c.Source, "marks")
	if c.Judges.Min == 1 {
		otherwiseSet(&c.Judges.Combine, "single")
	}
	otherwiseSet(&c.Judges.Combine, "mean")
}

// onlyBasis is the number of the one numbered basis, which an outcome or veto
// that cites none is taken to mean; with several it has to be said (G11).
func onlyBasis(all []Basis) string {
	number := ""
	for _, b := range all {
		if b.Number == "" || b.Number == number {
			continue
		}
		if number != "" {
			return ""
		}
		number = b.Number
	}
	return number
}

func fillItem(i *Item, basis string) {
	if i.Kind == KindChecklist || len(i.For) > 0 {
		otherwiseSet(&i.NA, "redistribute")
	}
	if i.Kind == KindVeto {
		otherwiseSet(&i.Rule.Basis, basis)
		otherwiseSet(&i.Rule.Effect, "unranked")
	}
	if i.Kind == KindDeductions && i.Rule.Floor == nil {
		zero := exact.Int(0)
		i.Rule.Floor = &zero
	}
}

func fillBands(all []Band) {
	for i := range all {
		b := &all[i]
		switch {
		case b.Worst > 0:
			otherwiseSet(&b.Ties, "exclusive")
		default:
			otherwiseSet(&b.Ties, "inclusive")
		}
		if b.Gain > 0 || b.Gainers > 0 {
			otherwiseSet(&b.Against, "previous-held")
			continue
		}
		otherwiseSet(&b.Small, "half")
	}
}

func fillOutcomes(all []Outcome, basis string) {
	for i := range all {
		if all[i].Do == "money" {
			otherwiseSet(&all[i].Amount, "by-decision")
			otherwiseSet(&all[i].Basis, basis)
		}
	}
}

func fillGrade(s *GradeStep, subject SubjectKind) {
	if s.Quota == nil {
		return
	}
	ties, unused, of := "decide", "pass-on", "subjects"
	if s.Quota.AtLeast != nil {
		ties, unused = "inclusive", ""
	}
	switch subject {
	case Person:
		of = "persons"
	case Team:
		of = "teams"
	}
	otherwiseSet(&s.Ties, ties)
	otherwiseSet(&s.Unused, unused)
	otherwiseSet(&s.Quota.Of, of)
}

// fillConfirm lists what a person has to confirm when nothing is listed: the
// readings of points (Q4) and of streaks (Q9), where the template has them.
func fillConfirm(d *Document) {
	if len(d.ConfirmAtActivation) > 0 {
		return
	}
	if slices.ContainsFunc(d.Outcomes, func(o Outcome) bool { return o.Do == "points" }) {
		d.ConfirmAtActivation = append(d.ConfirmAtActivation, "outcomes")
	}
	if len(d.Streaks) > 0 {
		d.ConfirmAtActivation = append(d.ConfirmAtActivation, "streaks")
	}
}
