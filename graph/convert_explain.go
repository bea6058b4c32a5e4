package graph

import (
	"cmp"

	"leitai/graph/model"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/round"
	"leitai/internal/template"
)

func explanation(x *round.Explanation, language fault.Language) *model.Explanation {
	names := phrase.NamesOf(x.Template, x.Rubric, func(id string) string { return x.Names[id] }, language)
	e := &model.Explanation{Row: *boardRows([]round.BoardRow{x.Row})[0], Lines: []*model.TraceLine{}, Lost: []*model.LostPoints{}, Total: fixed(x.Row.Shown),
		TiePolicy: phrase.Ties(x.Template, language), Provisional: x.Provisional}
	if x.Why == nil {
		e.Sentence = x.Row.Name + ": " + phrase.Unranked(x.Row.Unranked, language) + phrase.Vetoes(x.Row.Vetoes, names, language) + partial(x, language)
		return e
	}
	e.Sentence = phrase.Why(x.Why, names, language) + partial(x, language)
	e.Lines = traceLines(x.Template, x.Why, names, language)
	e.Lost = converted(x.Why.Items, func(i contest.ItemGap) *model.LostPoints {
		return &model.LostPoints{Item: i.Item, Label: names.Item(i.Item), ToBest: printed(i.ToTop), ToNext: printed(i.ToNext)}
	})
	if x.Why.Lift != nil {
		e.ToNextRank = &x.Why.Lift.Points
	}
	return e
}

// partial says that the lines are some of those that sum to the total.
func partial(x *round.Explanation, language fault.Language) string {
	switch {
	case !x.Limited:
		return ""
	case language == fault.English:
		return " Only the items of your own dimensions are listed; they do not add up to the total."
	}
	return "（只列出您所属领域的单项，各行之和不等于总分。）"
}

// printed is a number with at most four decimals, as traces print it.
func printed(n exact.Number) exact.Number { return n.Round(4, exact.HalfUp) }

// traceLines are the lines that sum to the published total: one for each item,
// each part that is not made of items, each deduction, a veto and the rounding.
// Channels and marks stand inside their item.
func traceLines(doc *template.Document, why *contest.Explanation, names phrase.Names, language fault.Language) []*model.TraceLine {
	items := map[string]contest.ItemGap{}
	for _, item := range why.Items {
		items[item.Item] = item
	}
	out := []*model.TraceLine{}
	for _, l := range why.Lines {
		label := phrase.Label(doc, l, names, language)
		if label == "" {
			continue // informs only
		}
		line := &model.TraceLine{Kind: l.Kind, Item: cmp.Or(l.Item, l.Part), Label: label, Formula: phrase.Working(doc, why, l, names, language),
			Exact: l.Value.String(), Points: points(l), Channels: []*model.TraceChannel{}}
		if l.Kind == contest.LineItem {
			line.Channels = traceChannels(items[l.Item], why.Lines)
		}
		out = append(out, line)
	}
	return out
}

// points are those printed, which sum to the printed total, too.
func points(l contest.Line) exact.Number {
	if n, err := exact.Parse(l.Shown); err == nil {
		return n
	}
	return printed(l.Value)
}

func traceChannels(item contest.ItemGap, lines []contest.Line) []*model.TraceChannel {
	return converted(item.Channels, func(c contest.ChannelShare) *model.TraceChannel {
		channel := &model.TraceChannel{Channel: c.Channel, Weight: printed(c.Share), Exact: c.Value.String(), Value: printed(c.Value),
			Judges: c.Judges, Marks: []*exact.Number{}}
		for _, l := range lines {
			if l.Kind == contest.LineMark && l.Item == item.Item && l.Channel == c.Channel {
				channel.Marks = append(channel.Marks, &l.Value)
			}
		}
		return channel
	})
}
