package round

import (
	"slices"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// check refuses settings that no template of the rounds has, or that a template
// could not have, each at its place.
func (t *Settings) check(inputs []contest.Input) error {
	var bad fault.List
	one := func(value *string, field string, want ...string) {
		if value != nil && !slices.Contains(want, *value) {
			bad = append(bad, fault.New(fault.Invalid, "value", *value, "want", strings.Join(want, ", ")).At("%s", field))
		}
	}
	count := func(value *int, least int, field string, at int) {
		if value != nil && *value < least {
			bad = append(bad, fault.New(fault.Invalid, "value", itoa(*value), "want", "≥ "+itoa(least)).At(field, at))
		}
	}
	one(t.RankOn, "rankOn", "published", "exact")
	one(t.Scope, "scope", "all", "track")
	for i, b := range t.Bands {
		one(b.Ties, "bands["+itoa(i)+"].ties", "inclusive", "exclusive", "tie-break", "capped")
		count(b.Size, 1, "bands[%d].size", i)
		count(b.Cap, 1, "bands[%d].cap", i)
		if !everyTemplate(inputs, func(d *template.Document) bool { _, ok := d.Band(b.Band); return ok }) {
			bad = append(bad, fault.New(fault.NotFound).At("bands[%d].band", i))
		}
	}
	for i, s := range t.Streaks {
		one(s.After, "streaks["+itoa(i)+"].after", "continue", "reset")
		count(s.Length, 2, "streaks[%d].length", i)
		if !everyTemplate(inputs, func(d *template.Document) bool { _, ok := d.Streak(s.Streak); return ok }) {
			bad = append(bad, fault.New(fault.NotFound).At("streaks[%d].streak", i))
		}
	}
	return bad.Err()
}

func everyTemplate(inputs []contest.Input, holds func(*template.Document) bool) bool {
	for i := range inputs {
		if !holds(inputs[i].Template) {
			return false
		}
	}
	return true
}

// apply changes a template's own copy.
func (t *Settings) apply(doc *template.Document) {
	if t.TieBreak != nil {
		doc.Ranking.TieBreak = *t.TieBreak
	}
	set(&doc.Ranking.On, t.RankOn)
	set(&doc.Ranking.Scope, t.Scope)
	for _, b := range t.Bands {
		for i := range doc.Bands {
			if doc.Bands[i].Key == b.Band {
				b.apply(&doc.Bands[i])
			}
		}
	}
	for _, s := range t.Streaks {
		for i := range doc.Streaks {
			if doc.Streaks[i].Key == s.Streak {
				set(&doc.Streaks[i].Length, s.Length)
				set(&doc.Streaks[i].After, s.After)
			}
		}
	}
}

func (b *BandSetting) apply(band *template.Band) {
	if b.Size != nil {
		for _, size := range []*int{&band.Best, &band.Worst, &band.Next, &band.Gainers} {
			if *size > 0 {
				*size = *b.Size
			}
		}
	}
	set(&band.Ties, b.Ties)
	set(&band.Cap, b.Cap)
}

func set[T any](at *T, value *T) {
	if value != nil {
		*at = *value
	}
}
