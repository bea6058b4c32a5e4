package phrase

import (
	"slices"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Label names a line of a trace that is part of the total: an item or a part by
// its name, a veto by its item, the others by what they are. It is empty for
// lines that only inform.
func Label(doc *template.Document, l contest.Line, names Names, lang fault.Language) string {
	switch l.Kind {
	case contest.LineItem:
		return names.Item(l.Item)
	case contest.LineWeighted:
		return partName(doc, l.Part, lang)
	case contest.LineVeto:
		return Line(l.Kind, lang) + word{"（" + names.Item(l.Item) + "）", " (" + names.Item(l.Item) + ")"}.in(lang)
	case contest.LineRounding:
		return Line(l.Kind, lang) + " (" + Combine(l.Rule, lang) + ")"
	case contest.LineDeduct:
		return Line(l.Kind, lang)
	}
	return ""
}

// Working shows with its numbers how a line that is part of the total came about:
// an item from its channels, or in words from the figures, exam, ballot or rank
// behind it; a part from its weight; the rounding from both totals.
func Working(doc *template.Document, e *contest.Explanation, l contest.Line, names Names, lang fault.Language) string {
	switch l.Kind {
	case contest.LineItem:
		return itemWorking(doc, e, l, names, lang)
	case contest.LineWeighted:
		for _, o := range e.Lines {
			if o.Kind == contest.LinePart && o.Part == l.Part {
				return o.Shown + " × " + o.Factor + " = " + l.Shown
			}
		}
	case contest.LineRounding:
		return shownOf(e, contest.LineSum, true) + " → " + shownOf(e, contest.LineTotal, false)
	}
	return ""
}

func itemWorking(doc *template.Document, e *contest.Explanation, l contest.Line, names Names, lang fault.Language) string {
	behind := []string{contest.LineMetric, contest.LineExam, contest.LineBallot, contest.LineRank}
	var found []string
	for _, o := range e.Lines {
		if o.Item == l.Item && slices.Contains(behind, o.Kind) {
			found = append(found, Sentence(doc, o, names, lang))
		}
	}
	switch {
	case len(found) > 0:
		return strings.Join(found, word{"", " "}.in(lang))
	case l.Rule == contest.RuleSpread || l.Rule == contest.RuleFull || l.Rule == contest.RuleZeroDecided:
		return Combine(l.Rule, lang)
	}
	for _, item := range e.Items {
		if item.Item == l.Item {
			return Formula(item)
		}
	}
	return ""
}

// shownOf is the value of the one line of a kind, as printed or without loss.
func shownOf(e *contest.Explanation, kind string, lossless bool) string {
	for _, l := range e.Lines {
		if l.Kind == kind && lossless {
			return l.Value.String()
		} else if l.Kind == kind {
			return l.Shown
		}
	}
	return ""
}
