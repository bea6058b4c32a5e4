package round

import (
	"regexp"
	"strconv"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

var itemKey = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// itemsOf gives the items a round is scored by: the template's where it fixes
// the rubric, else those of the round; the template's own stand in for a rubric
// that nobody wrote.
func itemsOf(doc *template.Document, rubric []*RubricItem) []template.Item {
	if doc.Rubric == template.Fixed || len(rubric) == 0 {
		return doc.Items
	}
	items := make([]template.Item, len(rubric))
	for i, r := range rubric {
		items[i] = template.Item{
			Key: r.Key, Name: template.Text{ZH: r.NameZh, EN: r.NameEn}, Dimension: r.Dimension, Kind: r.kind(),
			Points: r.Points, Criteria: r.Criteria, Split: r.Channels, For: r.For, NA: r.NA, Evidence: r.Evidence, Rule: r.Rule,
		}
	}
	return items
}

// asRubric shows a template's own items as those of a round. They have no owner.
func asRubric(items []template.Item) []*RubricItem {
	out := make([]*RubricItem, len(items))
	for i := range items {
		t := &items[i]
		out[i] = &RubricItem{
			Position: i + 1, Key: t.Key, NameZh: t.Name.ZH, NameEn: t.Name.EN, Dimension: t.Dimension, Kind: t.Kind, Points: t.Points,
			Criteria: t.Criteria, For: t.For, NA: t.NA, Evidence: t.Evidence, Rule: t.Rule, Channels: t.Split,
		}
	}
	return out
}

// kind is the item's kind; points where none is said.
func (r *RubricItem) kind() template.ItemKind {
	if r.Kind == "" {
		return template.KindPoints
	}
	return r.Kind
}

// planOf works out what a rubric needs marked, or lists what is wrong with it;
// items that miss the scale are ITEMS_NOT_100 (Q31).
func planOf(doc *template.Document, items []template.Item) (*scoring.Plan, fault.List) {
	plan, err := scoring.NewPlan(doc, items)
	if err == nil {
		return plan, nil
	}
	var sum exact.Number
	for i := range items {
		if !scoring.Beside(items[i].Kind) {
			sum = sum.Add(items[i].Points)
		}
	}
	if doc.Scale.Items != scoring.MeanOfItems && !sum.Equal(doc.Scale.Points) {
		return nil, fault.List{fault.New(fault.ItemsNot100, "have", sum.String(), "want", doc.Scale.Points.String()).At("items")}
	}
	return nil, fault.All(err)
}

// checkItem lists what is wrong with one item as its owner wrote it.
func checkItem(doc *template.Document, item *RubricItem, at int) fault.List {
	var bad fault.List
	add := func(f *fault.Fault, field string) { bad = append(bad, f.At("items[%d].%s", at, field)) }
	if !itemKey.MatchString(item.Key) {
		add(fault.New(fault.ItemKeyInvalid, "value", item.Key), "key")
	}
	if strings.TrimSpace(item.NameZh) == "" {
		add(fault.New(fault.Required, "want", "中文名称 / a Chinese name"), "name")
	}
	if strings.TrimSpace(item.Dimension) == "" {
		add(fault.New(fault.Required, "want", "所属领域,例如 party-building / a dimension"), "dimension")
	}
	if least := item.Points.Sign(); least < 0 || least == 0 && !unscored(item.kind()) || item.Points.Cmp(doc.Scale.Points) > 0 || !isDecimal(item.Points) {
		add(fault.New(fault.Invalid, "value", item.Points.String(), "want", "0 < … ≤ "+doc.Scale.Points.String()), "points")
	}
	if f := checkSplit(doc, item); f != nil {
		add(f, "channels")
	}
	if item.kind() != template.KindPoints {
		bad = append(bad, checkKind(doc, item, at)...)
	}
	return bad
}

// unscored reports whether an item of a kind may be worth no points of the scale.
func unscored(kind template.ItemKind) bool { return scoring.Beside(kind) || kind == template.KindExam }

// checkKind lists what is wrong with what only an item's kind has. Whether the
// points of all items sum is known when the rubric is published.
func checkKind(doc *template.Document, item *RubricItem, at int) fault.List {
	var bad fault.List
	for _, f := range template.CheckItems(*doc, itemsOf(&template.Document{Rubric: template.PerRound}, []*RubricItem{item})) {
		rest, inside := strings.CutPrefix(f.Field, "items[0].")
		if inside && rest != "key" && rest != "points" && rest != "dimension" && rest != "split" && rest != "name" {
			bad = append(bad, f.At("items[%d].%s", at, rest))
		}
	}
	return bad
}

// checkSplit wants an item's own channel weights to be 100 over channels the
// template has.
func checkSplit(doc *template.Document, item *RubricItem) *fault.Fault {
	if len(item.Channels) == 0 {
		return nil
	}
	var keys []string
	known := map[string]bool{}
	for i := range doc.Channels {
		keys = append(keys, doc.Channels[i].Key)
		known[doc.Channels[i].Key] = true
	}
	var sum exact.Number
	fits := true
	for _, c := range item.Channels {
		fits = fits && known[c.Channel] && c.Weight.Sign() >= 0
		known[c.Channel] = false // a second time is one too many
		sum = sum.Add(c.Weight)
	}
	if fits && sum.Equal(exact.Int(100)) {
		return nil
	}
	name := template.Text{ZH: item.NameZh, EN: item.NameEn}
	return calling(fault.New(fault.ItemChannels, "item", item.Key, "value", sum.String(), "want", strings.Join(keys, ", ")), "item", item.Key, name)
}

// maxDecimals is how fine a mark or an item's points may be.
const maxDecimals = 6

// isDecimal reports whether a number can be stored: a decimal with few digits.
func isDecimal(n exact.Number) bool {
	return n.Equal(n.Round(maxDecimals, exact.Down))
}

func itoa(n int) string { return strconv.Itoa(n) }
