package template

import (
	"testing"

	"leitai/internal/fault"
)

// What cannot work is refused before it is activated, at its own place.
// covers E22, C07, B13, Q17, Q19
func TestWhatCannotWorkIsRefused(t *testing.T) {
	t.Parallel()
	refuse(t, string(everythingSource(t)), []refusal{
		{"a floor above the item", "floor: 1}", "floor: 11}", fault.TemplateItemPoints, "items[1].floor", "floor: 11"},
		{"a worse rank worth more", "values: [10, 8, 6]", "values: [6, 8, 6]", fault.TemplateConflict, "items[5].values", "values: [6, 8, 6]"},
		{"an effect without a veto", "formula: 'min", "effect: unranked, formula: 'min", fault.TemplateKindKey, "items[4].effect", "effect: unranked"},
		{"a formula that always divides by 0", "income / 10000)'", "income / (5 - 5))'", fault.TemplateFormula, "items[4].formula", "5 - 5"},
		{"a formula with a rounded number", "income / 10000)'", "income / 1e4)'", fault.TemplateFormula, "items[4].formula", "1e4"},
		{"speech without its step", "stages: [visit, speech]", "stages: [visit, comment]", fault.TemplateUnknownRef, "channels.talk.source", "talk: {name"},
		{"feeding itself", "into: duty-list", "into: everything", fault.TemplateConflict, "feeds[0].into", "feeds:"},
		{"a class twice", "for: [poverty-lifted]", "for: [poverty-lifted, poverty-lifted]", fault.TemplateTwice, "postings.team.for[1]", "poverty-lifted"},
		{"fed by itself", "weight: 20, from: entered}", "weight: 20, from: feeds.everything}", fault.TemplateUnknownRef, "rollups.year.parts[1].from", "feeds.everything"},
		{"a period made of itself", "weight: 20, from: entered}", "weight: 20, from: rollups.year}", fault.TemplateUnknownRef, "rollups.year.parts[1].from", "rollups.year"},
		{"a scale of no item", "of: items.level", "of: parts.third", fault.TemplateUnknownRef, "grades.annual.of", "parts.third"},
		{"a scale of an unknown item", "of: items.level", "of: items.third", fault.TemplateUnknownRef, "grades.annual.of", "items.third"},
		{"entered with a threshold", "decision: own,", "decision: own, of: entered,", fault.TemplateConflict, "grades.review.of", "of: entered"},
		{"floors above the whole", "quota: {atMost: 40%, kind: soft, of: persons}, needs: {review: good}, tieBreak: [plain], ties: decide, unused: empty}",
			"quota: {atLeast: 70%, kind: soft, of: persons}, needs: {review: good}, tieBreak: [plain], ties: decide}", fault.TemplateConflict, "grades.annual.steps", "steps:\n      excellent"},
		{"nothing for the rest", "atLeast: 1/3, kind: hard", "atMost: 1/3, kind: hard", fault.TemplateConflict, "grades.annual.steps.reserve.quota", "atMost: 1/3"},
		{"a tie without seats", "good: {name: {zh-Hans: 好, en: Good}, from: 90}, poor", "good: {name: {zh-Hans: 好, en: Good}, from: 90, tieBreak: [plain]}, poor", fault.TemplateConflict, "grades.review.steps.good", "tieBreak: [plain]}, poor"},
		{"another's recipient", "to: [linked-leader, person], average", "to: [township, person], average", fault.TemplateConflict, "outcomes[0].to[0]", "township"},
		{"another to talk with", "byRole: mayor, with: [person]", "byRole: mayor, with: [county]", fault.TemplateConflict, "outcomes[3].with[0]", "with: [county]"},
	})
}

// Grades that wait for each other are named with their way round.
// covers E22
func TestGradesThatWaitForEachOther(t *testing.T) {
	t.Parallel()
	text := swapped(t, string(everythingSource(t)), "steps: {good: {name: {zh-Hans: 好, en: Good}, from: 90}, poor: {}}", "steps: {good: {from: 90, needs: {annual: excellent}}, poor: {}}")
	_, err := Parse([]byte(text))
	l := fault.All(err)
	if len(l) != 2 || !has(l, fault.TemplateConflict, "grades.review") || !has(l, fault.TemplateConflict, "grades.annual") {
		t.Fatalf("got %v", l)
	}
	if want := "等次的前提不互相等待（review → annual → review）"; l[0].Args["zh"] != want {
		t.Errorf("says %s, want %s", l[0].Args["zh"], want)
	}
}

// A total may be made of what other schemes hand over, and of a shorter period.
// covers B13
func TestPartsFromElsewhere(t *testing.T) {
	t.Parallel()
	allow(t, string(everythingSource(t)), []allowed{
		{"any scheme that feeds it", "weight: 20, from: entered}", "weight: 20, from: feeds}"},
		{"one scheme that feeds it", "weight: 20, from: entered}", "weight: 20, from: feeds.monthly-arena}"},
		{"a shorter period", "weight: 20, from: entered}", "weight: 20, from: rollups.quarter}"},
		{"grades of a part", "of: items.level", "of: parts.own"},
		{"grades that people enter", "of: items.level", "of: entered"},
	})
}
