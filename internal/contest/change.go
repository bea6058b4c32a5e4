package contest

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// Change alters a template; it is handed a copy of its own, whose items are those
// of the round.
type Change func(*template.Document)

// WithWeights sets the weights of channels, by key; the others stay as they are.
func WithWeights(weights map[string]exact.Number) Change {
	return func(doc *template.Document) {
		for i := range doc.Channels {
			if w, ok := weights[doc.Channels[i].Key]; ok {
				doc.Channels[i].Weight = w
			}
		}
	}
}

// WithPartWeights sets the weights of the total's parts, by key.
func WithPartWeights(weights map[string]exact.Number) Change {
	return func(doc *template.Document) {
		for i := range doc.Parts {
			if w, ok := weights[doc.Parts[i].Key]; ok {
				doc.Parts[i].Weight = w
			}
		}
	}
}

// WithItemPoints sets what items of the round are worth, by key; they have to sum
// to the scale again.
func WithItemPoints(points map[string]exact.Number) Change {
	return func(doc *template.Document) {
		for i := range doc.Items {
			if p, ok := points[doc.Items[i].Key]; ok {
				doc.Items[i].Points = p
			}
		}
	}
}

// changedBy is an input with a changed copy of its template, and with the items
// as the change left them.
func changedBy(in Input, change Change) Input {
	in.Template = copyOf(in.Template)
	in.Template.Items = copyItems(in.Rubric)
	change(in.Template)
	in.Rubric = in.Template.Items
	return in
}

// copyOf copies a template down to its lists, so that no change reaches the
// one that was handed in.
func copyOf(doc *template.Document) *template.Document {
	c := *doc
	c.Channels, c.Bands, c.Streaks = slices.Clone(doc.Channels), slices.Clone(doc.Bands), slices.Clone(doc.Streaks)
	c.Parts, c.Legend, c.TalkIf = slices.Clone(doc.Parts), slices.Clone(doc.Legend), slices.Clone(doc.TalkIf)
	c.Items = copyItems(doc.Items)
	c.Outcomes = copyOutcomes(doc.Outcomes)
	c.Rollups = slices.Clone(doc.Rollups)
	for i := range c.Rollups {
		c.Rollups[i].Bands, c.Rollups[i].Outcomes = slices.Clone(c.Rollups[i].Bands), copyOutcomes(c.Rollups[i].Outcomes)
	}
	c.Grades = slices.Clone(doc.Grades)
	for i := range c.Grades {
		c.Grades[i].Steps = slices.Clone(c.Grades[i].Steps)
	}
	c.Ranking.TieBreak = slices.Clone(doc.Ranking.TieBreak)
	c.Issues, c.Pairing, c.Tracks = copyPointer(doc.Issues), copyPointer(doc.Pairing), copyPointer(doc.Tracks)
	return &c
}

func copyPointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

func copyItems(items []template.Item) []template.Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Split, items[i].For = slices.Clone(items[i].Split), slices.Clone(items[i].For)
		items[i].Rule.Values = slices.Clone(items[i].Rule.Values)
	}
	return items
}

func copyOutcomes(all []template.Outcome) []template.Outcome {
	all = slices.Clone(all)
	for i := range all {
		all[i].Values, all[i].To, all[i].With = slices.Clone(all[i].Values), slices.Clone(all[i].To), slices.Clone(all[i].With)
	}
	return all
}
