package template

import "leitai/internal/exact"

var basisShape = object(
	need("title", func(b *Basis) *string { return &b.Title }, name, "文件标题", "title of the document"),
	may("number", func(b *Basis) *string { return &b.Number }, name, "文号", "its number"),
	may("issuer", func(b *Basis) *string { return &b.Issuer }, name, "发文机关", "who issued it"),
	may("date", func(b *Basis) *string { return &b.Date }, date, "成文日期", "its date"),
)

var derivedShape = object(
	need("key", func(d *Derived) *string { return &d.Key }, ident, "上级模板键名", "key of the parent"),
	need("version", func(d *Derived) *int { return &d.Version }, count(1, 100000), "上级模板版本", "version of the parent"),
	may("locked", func(d *Derived) *[]string { return &d.Locked }, list(ref), "上级锁定的字段", "fields the parent locks"),
)

var calendarShape = object(
	otherwise("every", func(c *Calendar) *string { return &c.Every }, enum("month", "quarter", "half-year", "year"), "month", "周期", "how often"),
	may("day", func(c *Calendar) *int { return &c.Day }, count(1, 31), "举办日", "day of the month (A17)"),
	may("window", func(c *Calendar) **Window { return &c.Window }, pointer(windowShape), "时间窗口", "or a span of days of the year (E01)"),
	otherwise("clamp", func(c *Calendar) *string { return &c.Clamp }, enum("month-end", "skip"), "month-end", "当月无此日时", "when the month has no such day (Q1)"),
	otherwise("roll", func(c *Calendar) *string { return &c.Roll }, enum("next-workday", "previous-workday", "none"), "next-workday", "遇休息日", "when it is a day off (A18)"),
	otherwise("workdays", func(c *Calendar) *string { return &c.Workdays }, enum("official", "literal"), "official", "调休上班日是否算工作日", "whether make-up days are working days (Q2)"),
	otherwise("period", func(c *Calendar) *string { return &c.Period }, enum("nominal"), "nominal", "顺延跨月仍属原月", "a round rolled over stays in its period (Q3)"),
)

var windowShape = object(
	need("from", func(w *Window) *string { return &w.From }, monthDay, "开始日", "first day"),
	need("to", func(w *Window) *string { return &w.To }, monthDay, "结束日", "last day"),
	quiet("in", func(w *Window) *string { return &w.In }, enum("same-year", "next-year"), "same-year", "当年或次年举办", "in the year that is assessed, or in the year after"),
)

var tracksShape = object(
	need("groupSet", func(t *Tracks) *string { return &t.GroupSet }, ident, "分类名称", "the group set that gives the tracks"),
)

var scaleShape = object(
	otherwise("points", func(s *Scale) *exact.Number { return &s.Points }, number("1", "100000"), exact.Int(100), "满分", "the full score (A22)"),
	otherwise("decimals", func(s *Scale) *int { return &s.Decimals }, count(0, 6), 2, "小数位数", "decimals of a published total"),
	otherwise("rounding", func(s *Scale) *exact.Mode { return &s.Rounding }, enum(exact.Modes()...), exact.HalfUp, "舍入方式", "how a total is rounded, once"),
	otherwise("items", func(s *Scale) *string { return &s.Items }, enum("sum", "mean"), "sum", "各项分值相加或加权平均", "points of items are summed, or averaged by weight (Q31)"),
	otherwise("split", func(s *Scale) *string { return &s.Split }, enum("per-item", "per-total"), "per-item", "渠道权重按单项或按总分折算", "channels are weighted inside each item, or over the total (Q14)"),
)

// markSources are where the marks of a channel come from.
var markSources = []string{"onsite", "ledger", "speech", "comment", "assembly", "verification", "exam", "metric", "marks"}

var channelShape = object(
	need("name", func(c *Channel) *Text { return &c.Name }, text, "名称", "name"),
	may("source", func(c *Channel) *string { return &c.Source }, enum(markSources...), "来源，默认与键名相同", "where marks come from; by default what the key says, else marks"),
	need("weight", func(c *Channel) *exact.Number { return &c.Weight }, number("0", "100"), "权重（合计 100）", "weight; all weights sum to 100 (A23)"),
	filled("judges", func(c *Channel) *Judges { return &c.Judges }, judgesShape, "评委", "judges"),
	otherwise("range", func(c *Channel) *[2]exact.Number { return &c.Range }, bounds(), [2]exact.Number{exact.Int(0), exact.Int(100)}, "评分范围", "lowest and highest mark"),
	may("step", func(c *Channel) *exact.Number { return &c.Step }, number("0", "1000"), "评分步长", "marks are multiples of it; any decimal when left out"),
	otherwise("reception", func(c *Channel) *bool { return &c.Reception }, truth, false, "先签收台账", "ledgers are checked in first (A21)"),
)

var judgesShape = object(
	otherwise("min", func(j *Judges) *int { return &j.Min }, count(1, 100), 1, "最少评委数", "least number of judges"),
	may("combine", func(j *Judges) *string { return &j.Combine }, enum("single", "mean", "median", "trimmed"), "合成方式，一名评委时为 single，否则为 mean", "how marks combine; single for one judge, else mean"),
	may("drop", func(j *Judges) *int { return &j.Drop }, count(0, 20), "两端各去掉几个", "trimmed: marks dropped at each end"),
)

var panelsShape = object(
	otherwise("groups", func(p *Panels) *int { return &p.Groups }, count(1, 100), 1, "小组数", "number of groups (A05)"),
	otherwise("minMembers", func(p *Panels) *int { return &p.MinMembers }, count(1, 100), 2, "每组最少人数", "least members of a group (A05)"),
	filled("seconded", func(p *Panels) *Seconded { return &p.Seconded }, secondedShape, "抽调驻村干部", "seconded cadres (A06)"),
	otherwise("recuse", func(p *Panels) *[]string { return &p.Recuse }, list(enum("own-village")), []string{"own-village"}, "回避", "who is recused (A09)"),
	otherwise("warn", func(p *Panels) *[]string { return &p.Warn }, list(enum("close-rank")), []string{"close-rank"}, "提醒", "what is warned about (A09)"),
)

var secondedShape = object(
	otherwise("count", func(s *Seconded) *int { return &s.Count }, count(0, 1000), 0, "人数", "how many"),
	otherwise("choose", func(s *Seconded) *string { return &s.Choose }, enum("assigned", "rotation", "draw"), "assigned", "产生方式", "how they are chosen (Q32)"),
	otherwise("seat", func(s *Seconded) *string { return &s.Seat }, enum("inside", "beside"), "inside", "编入小组或列席", "inside the groups or beside them (Q33)"),
)

var missingShape = object(
	otherwise("absent", func(m *Missing) *string { return &m.Absent }, enum("unranked", "zero"), "unranked", "未参评", "an absent subject (Q13)"),
	otherwise("mark", func(m *Missing) *string { return &m.Mark }, enum("blocks", "zero"), "blocks", "未评分", "a missing mark (Q13)"),
)
