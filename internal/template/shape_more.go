package template

import (
	"go.yaml.in/yaml/v3"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// amount takes the one word by-decision; a figure is refused by its own code,
// because it is a matter of who decides and not of spelling (A33).
var amount = codec[string]{
	read: func(r *reader, n *yaml.Node, path string) (string, bool) {
		if n.Kind != yaml.ScalarNode || n.Value != "by-decision" {
			r.add(n, path, fault.New(fault.TemplateAmountFixed))
			return "", false
		}
		return n.Value, true
	},
	write:  func(s string) *tree { return scalar(textTree, s) },
	empty:  func(s string) bool { return s == "" },
	schema: func() *tree { return schemaOf("const", "by-decision") },
}

var coverageShape = object(
	may("allSubjectsBy", func(c *Coverage) *string { return &c.AllSubjectsBy }, monthDay, "完成日期，不写则为当期末", "by this day of the year; by the end of each period when left out"),
	otherwise("blocks", func(c *Coverage) *bool { return &c.Blocks }, truth, true, "未覆盖不得公布", "publishing waits for it"),
)

var evidenceShape = object(
	otherwise("minPhotos", func(e *Evidence) *int { return &e.MinPhotos }, count(0, 50), 0, "每村最少照片数", "least photos of a subject, taken by inspectors (G3)"),
	otherwise("kinds", func(e *Evidence) *[]string { return &e.Kinds }, list(enum(evidenceKinds...)), evidenceKinds, "佐证方式", "kinds of evidence (B04)"),
)

var partShape = object(
	need("key", func(p *Part) *string { return &p.Key }, ident, "键名", "key"),
	may("name", func(p *Part) *Text { return &p.Name }, text, "名称", "name"),
	need("weight", func(p *Part) *exact.Number { return &p.Weight }, number("0", "100"), "权重（合计 100）", "weight; all weights sum to 100 (Q28)"),
	need("from", func(p *Part) *string { return &p.From }, ref, "来源", "items, rounds, entered, ballots.KEY, rollups.KEY, feeds or feeds.KEY (results of other schemes)"),
)

var ballotShape = object(
	may("name", func(b *Ballot) *Text { return &b.Name }, text, "名称", "name"),
	need("options", func(b *Ballot) *[]BallotOption { return &b.Options }, keyed(optionShape, func(o *BallotOption) *string { return &o.Key }), "选项与分值", "choices and what they are worth"),
	need("groups", func(b *Ballot) *[]BallotGroup { return &b.Groups }, keyed(raterShape, func(g *BallotGroup) *string { return &g.Key }), "测评人员分组与权重", "rater groups with weights"),
	otherwise("roster", func(b *Ballot) *string { return &b.Roster }, rosterCodec(), "bound", "按花名册一人一票", "bound to a roster; an open vote is refused (G2)"),
	otherwise("recuse", func(b *Ballot) *[]string { return &b.Recuse }, list(enum("own-village")), []string{"own-village"}, "回避", "who is recused (Q26)"),
	otherwise("identity", func(b *Ballot) *string { return &b.Identity }, enum("most-specific-group"), "most-specific-group", "双重身份只投一票", "one ballot for a person with two identities (Q27)"),
	otherwise("exclude", func(b *Ballot) *[]string { return &b.Exclude }, list(enum("recused", "invalid", "abstained")), []string{"recused", "invalid", "abstained"}, "不计入分母", "left out of denominators (Q26)"),
	otherwise("threshold", func(b *Ballot) *int { return &b.Threshold }, count(6, 1000), 6, "有效票少于此数不公布分组结果", "no group figures below so many valid ballots (Q34)"),
	otherwise("small", func(b *Ballot) *string { return &b.Small }, enum("hide", "merge"), "hide", "小组处理", "what is done with small groups (Q34)"),
)

// rosterCodec reads an open vote too, so that the refusal can say why (G2).
func rosterCodec() codec[string] {
	c := enum("bound", "open")
	c.schema = enum("bound").schema
	return c
}

var optionShape = either(
	object(
		may("name", func(o *BallotOption) *Text { return &o.Name }, text, "名称", "name"),
		need("score", func(o *BallotOption) *exact.Number { return &o.Score }, number("0", "100"), "折算分", "what it is worth"),
	), number("0", "100"),
	func(s exact.Number) BallotOption { return BallotOption{Score: s} },
	func(o BallotOption) (exact.Number, bool) { return o.Score, o.Name == Text{} })

var raterShape = object(
	may("name", func(g *BallotGroup) *Text { return &g.Name }, text, "名称", "name"),
	need("weight", func(g *BallotGroup) *exact.Number { return &g.Weight }, number("0", "100"), "权重（合计 100）", "weight; all weights sum to 100"),
	may("mergeWith", func(g *BallotGroup) *string { return &g.MergeWith }, ident, "并入哪组", "the neighbour it merges with (Q34)"),
)

var legendShape = object(
	may("name", func(s *LegendStep) *Text { return &s.Name }, text, "名称", "name"),
	may("from", func(s *LegendStep) **exact.Number { return &s.From }, pointer(points), "起始分", "from this total up; the last step has none"),
)

var pairingShape = object(
	need("lead", func(p *Pairing) *string { return &p.Lead }, ident, "先进名次段", "band that leads"),
	need("follow", func(p *Pairing) *string { return &p.Follow }, ident, "后进名次段", "band that follows"),
	otherwise("exchangesPerMonth", func(p *Pairing) *int { return &p.ExchangesPerMonth }, count(0, 31), 2, "每月交流次数", "least exchanges a month (C15)"),
)

var feedShape = object(
	need("into", func(f *Feed) *string { return &f.Into }, ident, "计入何处", "key of what it feeds"),
	need("weight", func(f *Feed) *exact.Number { return &f.Weight }, number("0", "100"), "权重", "with this weight"),
)
