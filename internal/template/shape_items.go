package template

import "leitai/internal/exact"

// points are what an item, a check or an event is worth.
var points = number("0", "100000")

// evidenceKinds are the ways in which something is shown (B04).
var evidenceKinds = []string{"document", "photo", "observed", "interview"}

// Kinds lists the kinds of item.
func Kinds() []ItemKind {
	return []ItemKind{KindPoints, KindDeductions, KindChecklist, KindLevels, KindMetric, KindRankPoints, KindVeto, KindBonus, KindExam, KindBallot}
}

var itemShape = object(append([]field[Item]{
	need("key", func(i *Item) *string { return &i.Key }, ident, "键名", "key"),
	need("name", func(i *Item) *Text { return &i.Name }, text, "名称", "name"),
	may("section", func(i *Item) *string { return &i.Section }, name, "所属板块", "section it stands in"),
	may("dimension", func(i *Item) *string { return &i.Dimension }, ident, "县级指标词典中的维度", "dimension of the county dictionary"),
	otherwise("kind", func(i *Item) *ItemKind { return &i.Kind }, kindCodec(), KindPoints, "类型", "kind"),
	may("points", func(i *Item) *exact.Number { return &i.Points }, points, "分值", "points"),
	may("owner", func(i *Item) *string { return &i.Owner }, ident, "分管领导职务", "post of the leader in charge (A07)"),
	may("criteria", func(i *Item) *string { return &i.Criteria }, paragraph, "评比内容与标准", "what to prepare and look at (A12)"),
	may("split", func(i *Item) *[]ChannelSplit { return &i.Split }, keyed(splitShape, func(s *ChannelSplit) *string { return &s.Channel }), "本项渠道权重", "the channels' weights for this item (Q14)"),
	may("for", func(i *Item) *[]string { return &i.For }, list(ident), "适用的分类", "classes it applies to (B03)"),
	may("na", func(i *Item) *string { return &i.NA }, enum("full", "redistribute"), "不适用时", "what a part that does not apply is worth"),
	may("evidence", func(i *Item) *[]string { return &i.Evidence }, list(enum(evidenceKinds...)), "佐证方式", "kinds of evidence (B04)"),
}, ruleShape...)...)

// votes are the kinds that a template may not have; they are read, so that the
// refusal can say why (G2).
var votes = []ItemKind{"likes", "votes", "online-vote", "public-vote"}

func kindCodec() codec[ItemKind] {
	c := enum(append(Kinds(), votes...)...)
	c.schema = enum(Kinds()...).schema
	return c
}

// ruleShape are the keys that only some kinds of item know.
var ruleShape = []field[Item]{
	may("table", func(i *Item) *[]TableRow { return &i.Rule.Table }, keyed(rowShape, func(t *TableRow) *string { return &t.Key }), "事件与分值", "events and their points"),
	may("floor", func(i *Item) **exact.Number { return &i.Rule.Floor }, pointer(points), "扣分下限", "the item never falls below"),
	may("cap", func(i *Item) **exact.Number { return &i.Rule.Cap }, pointer(points), "加分上限", "all events together never exceed"),
	may("checks", func(i *Item) *[]Check { return &i.Rule.Checks }, list(checkShape), "检查点", "things to see"),
	may("levels", func(i *Item) *[]Level { return &i.Rule.Levels }, keyed(levelShape, func(l *Level) *string { return &l.Key }), "档次与分值", "levels and their points"),
	may("formula", func(i *Item) *string { return &i.Rule.Formula }, paragraph, "计算公式", "formula over named metrics"),
	may("values", func(i *Item) *[]exact.Number { return &i.Rule.Values }, list(points), "各名次分值", "points by rank in the item"),
	may("basis", func(i *Item) *string { return &i.Rule.Basis }, name, "依据文号", "number of the document that allows a veto (G11)"),
	quiet("effect", func(i *Item) *string { return &i.Rule.Effect }, enum("unranked", "zero"), "unranked", "否决的后果：不参加排名或记零分", "what a veto does: the subject is not ranked, or its total is zero"),
	may("ballot", func(i *Item) *string { return &i.Rule.Ballot }, ident, "测评键名", "the ballot that gives the points"),
}

var splitShape = either(
	object(need("weight", func(s *ChannelSplit) *exact.Number { return &s.Weight }, number("0", "100"), "权重", "weight")),
	number("0", "100"),
	func(w exact.Number) ChannelSplit { return ChannelSplit{Weight: w} },
	func(s ChannelSplit) (exact.Number, bool) { return s.Weight, true })

var rowShape = either(
	object(
		may("name", func(t *TableRow) *Text { return &t.Name }, text, "名称", "name"),
		need("points", func(t *TableRow) *exact.Number { return &t.Points }, points, "分值", "points"),
	), points,
	func(p exact.Number) TableRow { return TableRow{Points: p} },
	func(t TableRow) (exact.Number, bool) { return t.Points, t.Name == Text{} })

var levelShape = either(
	object(
		may("name", func(l *Level) *Text { return &l.Name }, text, "名称", "name"),
		need("points", func(l *Level) *exact.Number { return &l.Points }, points, "分值", "points"),
	), points,
	func(p exact.Number) Level { return Level{Points: p} },
	func(l Level) (exact.Number, bool) { return l.Points, l.Name == Text{} })

var checkShape = object(
	need("key", func(c *Check) *string { return &c.Key }, ident, "键名", "key"),
	need("name", func(c *Check) *Text { return &c.Name }, text, "看什么", "what to see"),
	need("points", func(c *Check) *exact.Number { return &c.Points }, points, "分值", "points"),
	may("evidence", func(c *Check) *[]string { return &c.Evidence }, list(enum(evidenceKinds...)), "佐证方式", "kinds of evidence (B04)"),
)
