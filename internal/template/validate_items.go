package template

import (
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// CheckItems checks the items of a round's rubric against the template: keys,
// kinds, splits, points that sum to the scale (Q31), and that an exam is not
// all there is (A41). Fields begin with items; the template's own items are
// left aside. An empty rubric is refused: a round needs items.
func CheckItems(d Document, items []Item) fault.List {
	items = slices.Clone(items)
	basis := onlyBasis(d.Basis)
	for i := range items {
		fillItem(&items[i], basis)
	}
	d.Items, d.Rubric = items, Fixed
	c := &checker{d: &d}
	c.rubric(items)
	return c.faults
}

// rubric checks items one by one, their sum, and what is scored at all.
func (c *checker) rubric(items []Item) {
	c.once(keys(items, itemKey), func(i int) string { return index("items", i) + ".key" })
	for i := range items {
		c.item(&items[i], index("items", i))
	}
	c.itemPoints(items)
	if len(items) == 0 && c.d.Rubric == Fixed && !c.scoredElsewhere() {
		c.missing("", "items", "评比项目", "the items")
	}
	if c.examOnly(items) {
		at := "items"
		if len(items) == 0 {
			at = "channels"
		}
		c.add(fault.New(fault.TemplateExamOnly), "%s", at)
	}
}

// scoredElsewhere reports whether the total comes from something else than items.
func (c *checker) scoredElsewhere() bool {
	return c.d.Postings != nil || len(c.d.Parts) > 0 &&
		!slices.ContainsFunc(c.d.Parts, func(p Part) bool { return p.From == "items" })
}

// itemPoints checks the sum, or under a mean the greatest (A22, Q31).
func (c *checker) itemPoints(items []Item) {
	full := c.d.Scale.Points
	if len(items) == 0 || full.Sign() == 0 {
		return
	}
	var all []exact.Number
	for i := range items {
		if items[i].Kind == KindBonus || items[i].Kind == KindVeto {
			continue // beside the scale
		}
		all = append(all, items[i].Points)
		if c.d.Scale.Items == "mean" && items[i].Points.Cmp(full) > 0 {
			c.add(fault.New(fault.TemplateItemPoints, "have", items[i].Points.String(),
				"zh", "不超过满分 "+full.String(), "en", "at most the scale, "+full.String()), "items[%d].points", i)
		}
	}
	if total := exact.Sum(all...); c.d.Scale.Items == "sum" && !total.Equal(full) {
		c.add(fault.New(fault.ItemsNot100, "have", total.String(), "want", full.String()), "items")
	}
}

func (c *checker) item(i *Item, path string) {
	c.itemKind(i, path)
	if len(i.Split) > 0 {
		weights := make([]exact.Number, len(i.Split))
		for j, s := range i.Split {
			weights[j] = s.Weight
			c.refers(path+".split."+s.Channel, s.Channel, keys(c.d.Channels, channelKey))
		}
		c.sum100(path+".split", weights)
	}
	c.once(i.For, func(j int) string { return index(path+".for", j) })
	c.once(i.Evidence, func(j int) string { return index(path+".evidence", j) })
	if slices.Contains(votes, i.Kind) {
		c.add(fault.New(fault.TemplatePublicVote, "value", string(i.Kind)), "%s.kind", path)
		return
	}
	if i.Kind != KindBallot {
		c.indicator(path, i.Key, i.Name)
	}
	c.itemRule(i, path)
}

// itemRule checks what the kind of an item brings with it.
func (c *checker) itemRule(i *Item, path string) {
	switch i.Kind {
	case KindChecklist:
		c.checklist(i, path)
	case KindLevels:
		c.within(i, path, "levels", keys(i.Rule.Levels, func(l Level) string { return l.Points.String() }))
	case KindDeductions:
		if i.Rule.Floor != nil && i.Rule.Floor.Cmp(i.Points) > 0 {
			c.within(i, path, "floor", []string{i.Rule.Floor.String()})
		}
	case KindRankPoints:
		c.within(i, path, "values", keys(i.Rule.Values, exact.Number.String))
		if slices.ContainsFunc(i.Rule.Values[min(1, len(i.Rule.Values)):], rising(i.Rule.Values)) {
			c.add(conflict("名次分值由高到低", "points that do not rise from rank to rank"), "%s.values", path)
		}
	case KindMetric:
		c.formula(path+".formula", i.Rule.Formula)
	case KindVeto:
		c.cites(path, i.Rule.Basis)
	case KindBallot:
		if i.Rule.Ballot != "" {
			c.refers(path+".ballot", i.Rule.Ballot, keys(c.d.Ballots, ballotKey))
		}
	}
}

// rising tells of one value after the other whether it is above the one before.
func rising(values []exact.Number) func(exact.Number) bool {
	i := 0
	return func(v exact.Number) bool {
		i++
		return v.Cmp(values[i-1]) > 0
	}
}

// within checks that no level or rank is worth more than its item.
func (c *checker) within(i *Item, path, key string, values []string) {
	for _, v := range values {
		if exact.Must(v).Cmp(i.Points) > 0 {
			c.add(fault.New(fault.TemplateItemPoints, "have", v, "zh", "不超过本项分值 "+i.Points.String(),
				"en", "at most the item's points, "+i.Points.String()), "%s.%s", path, key)
			return
		}
	}
}

func (c *checker) checklist(i *Item, path string) {
	c.once(keys(i.Rule.Checks, func(k Check) string { return k.Key }), func(j int) string { return index(path+".checks", j) + ".key" })
	total := exact.Sum(func() (all []exact.Number) {
		for _, k := range i.Rule.Checks {
			all = append(all, k.Points)
		}
		return all
	}()...)
	if len(i.Rule.Checks) > 0 && !total.Equal(i.Points) {
		c.add(fault.New(fault.TemplateItemPoints, "have", total.String(), "zh", "检查点合计等于本项分值 "+i.Points.String(),
			"en", "checks that sum to the item's points, "+i.Points.String()), "%s.checks", path)
	}
}

// kindKeys says which keys each kind knows and which of them it needs.
var kindKeys = map[ItemKind]struct{ need, may []string }{
	KindPoints:     {},
	KindDeductions: {need: []string{"table"}, may: []string{"floor"}},
	KindChecklist:  {need: []string{"checks"}, may: []string{"na"}},
	KindLevels:     {need: []string{"levels"}},
	KindMetric:     {need: []string{"formula"}},
	KindRankPoints: {need: []string{"values"}},
	KindVeto:       {may: []string{"basis", "effect"}},
	KindBonus:      {need: []string{"table", "cap"}},
	KindExam:       {},
	KindBallot:     {need: []string{"ballot"}},
}

// itemKind checks keys and points against the kind.
func (c *checker) itemKind(i *Item, path string) {
	known, ok := kindKeys[i.Kind]
	if !ok {
		return // a kind that was refused on reading, or a public vote
	}
	given := ruleKeys(i)
	want := append([]string{"points"}, slices.Concat(known.need, known.may)...)
	for _, k := range given {
		if !slices.Contains(want, k) {
			c.add(fault.New(fault.TemplateKindKey, "key", k, "kind", string(i.Kind), "want", strings.Join(want, ", ")), "%s.%s", path, k)
		}
	}
	for _, k := range known.need {
		if !slices.Contains(given, k) {
			c.missing(path, k, "此类型必填", "this kind needs it")
		}
	}
	switch beside := i.Kind == KindBonus || i.Kind == KindVeto; {
	case beside && i.Points.Sign() != 0:
		c.add(fault.New(fault.TemplateItemPoints, "have", i.Points.String(), "zh", "加分项和否决项不设分值", "en", "none: a bonus or a veto stands beside the scale"), "%s.points", path)
	case !beside && i.Kind != KindExam && i.Points.Sign() <= 0:
		c.add(fault.New(fault.TemplateItemPoints, "have", i.Points.String(), "zh", "大于 0", "en", "above 0"), "%s.points", path)
	}
}

// ruleKeys lists the kind-specific keys an item has.
func ruleKeys(i *Item) []string {
	var given []string
	for _, f := range ruleShape {
		if f.write(i) != nil {
			given = append(given, f.key)
		}
	}
	if i.Rule.Effect == "unranked" && i.Kind != KindVeto {
		given = append(given, "effect") // the default is not printed
	}
	if i.NA != "" && len(i.For) == 0 {
		given = append(given, "na")
	}
	return given
}

func (c *checker) formula(path, source string) {
	if source == "" {
		return
	}
	read, reason := readFormula(source)
	if reason != (Text{}) {
		c.add(fault.New(fault.TemplateFormula, "zh", reason.ZH, "en", reason.EN), "%s", path)
	}
	for _, n := range read.metrics {
		c.indicator(path, n, Text{})
	}
}
