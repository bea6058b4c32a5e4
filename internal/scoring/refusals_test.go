package scoring_test

import (
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// A rubric may be empty only where the total or the grades come from elsewhere.
func TestWhenNoItemsAreNeeded(t *testing.T) {
	t.Parallel()
	part := func(from string, weight int64) template.Part {
		return template.Part{Key: from, Weight: exact.Int(weight), From: from}
	}
	for name, c := range map[string]struct {
		change func(doc *template.Document)
		want   fault.Code
	}{
		"plain":               {func(*template.Document) {}, fault.RubricEmpty},
		"parts with items":    {func(d *template.Document) { d.Parts = []template.Part{part("items", 60), part("entered", 40)} }, fault.RubricEmpty},
		"parts without items": {func(d *template.Document) { d.Parts = []template.Part{part("entered", 60), part("ballots.a", 40)} }, ""},
		"postings":            {func(d *template.Document) { d.Postings = &template.Postings{} }, ""},
		"grades":              {func(d *template.Document) { d.Grades = []template.GradeScale{{Key: "annual"}} }, ""},
		"grades of parts with items": {func(d *template.Document) {
			d.Grades, d.Parts = []template.GradeScale{{Key: "annual"}}, []template.Part{part("items", 100)}
		}, fault.RubricEmpty},
	} {
		doc := document()
		c.change(doc)
		if _, err := scoring.NewPlan(doc, nil); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// What stands beside the scale adds nothing to its sum, and what is measured
// needs no channel.
func TestSumsOfMixedRubrics(t *testing.T) {
	t.Parallel()
	recorded := document()
	recorded.Channels[0].Weight, recorded.Channels[1].Weight = exact.Number{}, exact.Number{}
	metric := template.Item{Key: "income", Kind: template.KindMetric, Points: exact.Int(100), Rule: template.ItemRule{Formula: "income"}}
	bonus, veto := *kinds()[template.KindBonus], *kinds()[template.KindVeto]
	minus := template.Item{Key: "minus", Kind: template.KindBonus, Points: exact.Int(-5), Rule: bonus.Rule}
	for name, c := range map[string]struct {
		doc   *template.Document
		items []template.Item
		want  fault.Code
	}{
		"a bonus and a veto beside 100": {document(), []template.Item{item("party", 100), bonus, veto}, ""},
		"only what is beside":           {document(), []template.Item{bonus, veto}, fault.RubricSum},
		"a metric alone":                {recorded, []template.Item{metric}, ""},
		"marks that nobody counts":      {recorded, []template.Item{item("party", 100)}, fault.RubricUnmarked},
		"a bonus below 0":               {document(), []template.Item{item("party", 100), minus}, fault.RubricPoints},
		"a bonus without channels":      {recorded, []template.Item{metric, bonus}, ""},
	} {
		if _, err := scoring.NewPlan(c.doc, c.items); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// A refusal names the item and the kind as people call them.
func TestRefusalsSpeakToPeople(t *testing.T) {
	t.Parallel()
	items := kinds()
	list := items[template.KindChecklist]
	for name, c := range map[string]struct {
		item   *template.Item
		d      *scoring.Detail
		zh, en string
	}{
		"missing": {list, nil, "单项“班子”为“检查清单”类，应逐项填写所见情况，不能只填分数", "the item “team” is of the kind checklist; its mark should say what was found, not only points"},
		"kind":    {list, &scoring.Detail{Checks: checked("yyy").Checks, Level: "good"}, "单项“班子”为“检查清单”类，不填写此内容", "the item “team” is of the kind checklist, whose marks do not say this"},
		"unknown": {items[template.KindLevels], &scoring.Detail{Level: "great"}, "单项“level”没有“great”，应为其中之一：good, fair, poor", "the item “level” has no “great”; it should be one of: good, fair, poor"},
		"check":   {list, &scoring.Detail{Checks: append(checked("yyy").Checks[:1], scoring.CheckState{Key: "office", State: "yes"})}, "检查点“值班”没有结论，应为是、否或不适用", "the check “duty” has no answer; it should be yes, no or not applicable"},
		"count":   {items[template.KindBonus], happened(event("late", -1)), "次数 -1 不成立，应为 1 至 1000 的整数", "the count -1 does not hold; it should be a whole number from 1 to 1000"},
	} {
		faults := scoring.CheckDetail(c.item, c.d)
		if len(faults) != 1 || faults[0].Message(fault.Chinese) != c.zh || faults[0].Message(fault.English) != c.en {
			t.Errorf("%s: %v, %s", name, faults, faults[0].Message(fault.Chinese))
		}
	}
}

// Ties are told apart by anything the chain names, an item before a channel of
// the same name.
// covers Q6
func TestChainsNameItemsChannelsPartsAndFacts(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), item("ledger", 40), item("party", 60))
	v := values("100", "100", "50", "50")
	s := p.Score(v)
	got := p.TieBreak([]string{"ledger", "onsite", scoring.HeaviestItem, "days"}, v, s, map[string]exact.Number{"days": exact.Int(7)})
	for i, want := range []string{"40", "28", "30", "7"} {
		if got[i].String() != want {
			t.Errorf("number %d of the chain is %s, want %s", i, got[i], want)
		}
	}
}
