package template

import "leitai/internal/exact"

var rankingShape = object(
	otherwise("on", func(r *Ranking) *string { return &r.On }, enum("published", "exact"), "published", "按公布分或精确分排名", "ranks on the published or the exact total (Q11)"),
	otherwise("method", func(r *Ranking) *string { return &r.Method }, enum("competition"), "competition", "并列占位排名", "competition ranking: 1, 2, 2, 4 (Q6)"),
	otherwise("tieBreak", func(r *Ranking) *[]string { return &r.TieBreak }, list(ref), nil, "并列时依次比较", "what is compared on a tie, in turn (Q6)"),
	may("scope", func(r *Ranking) *string { return &r.Scope }, enum("all", "track"), "全部或按赛道，默认有赛道则按赛道", "over all or within tracks; by default within tracks where there are some (Q24)"),
	otherwise("show", func(r *Ranking) *string { return &r.Show }, enum("ranks", "bands", "top-only", "none"), "ranks", "公布名次、名次段、仅前列或不公布", "what of the ranking is shown (G8)"),
)

var bandsShape = keyed(bandShape, func(b *Band) *string { return &b.Key })

var bandShape = object(
	may("name", func(b *Band) *Text { return &b.Name }, text, "名称", "name"),
	may("best", func(b *Band) *int { return &b.Best }, count(1, 1000), "前几名", "the best n"),
	may("worst", func(b *Band) *int { return &b.Worst }, count(1, 1000), "后几名", "the worst n"),
	may("next", func(b *Band) *int { return &b.Next }, count(1, 1000), "接着前一段的几名", "the n after the band before"),
	may("gain", func(b *Band) *int { return &b.Gain }, count(1, 1000), "名次至少上升", "gained at least n ranks (Q25)"),
	may("gainers", func(b *Band) *int { return &b.Gainers }, count(1, 1000), "上升最多的几个", "the n that gained most (Q25)"),
	may("against", func(b *Band) *string { return &b.Against }, enum("previous-held"), "与哪一轮比较", "the round that the gain is against (Q25)"),
	may("ties", func(b *Band) *string { return &b.Ties }, enum("inclusive", "exclusive", "tie-break", "capped"), "边线并列：默认奖励全取、惩罚全不取", "a tie on the edge; by default rewards include it and penalties leave it out (Q6, Q7)"),
	may("cap", func(b *Band) *int { return &b.Cap }, count(1, 1000), "最多几个", "capped: at most so many"),
	may("small", func(b *Band) *string { return &b.Small }, enum("half", "explicit"), "参评数少时", "when there are few subjects (Q12)"),
)

var streakShape = object(
	may("name", func(s *Streak) *Text { return &s.Name }, text, "名称", "name"),
	need("band", func(s *Streak) *string { return &s.Band }, ident, "名次段", "the band"),
	need("length", func(s *Streak) *int { return &s.Length }, count(2, 60), "连续次数", "how many in a row (A29)"),
	otherwise("after", func(s *Streak) *string { return &s.After }, enum("continue", "reset"), "continue", "触发后继续或重计", "after a trigger it continues or starts anew (Q9)"),
	otherwise("over", func(s *Streak) *string { return &s.Over }, enum("held-rounds", "calendar-months"), "held-rounds", "按已举办轮次或按月", "over rounds held or calendar months (Q8)"),
	otherwise("person", func(s *Streak) *string { return &s.Person }, enum("linked-throughout", "linked-now", "restart-on-change"), "linked-throughout", "人员变动时", "when a person changes (Q10)"),
	otherwise("bound", func(s *Streak) *string { return &s.Bound }, enum("none", "year"), "none", "是否跨年", "whether it ends with the year (Q10)"),
)

// Recipients are the roles that points go to and that talks are held with; the
// links of the round's date say who they are.
var Recipients = []string{
	"group", "village", "township", "county", "organisation", "team", "person", "linked-leader", "resident-cadre", "village-secretary", "village-committee",
	"first-secretary", "work-team", "team-leader", "package-cadre", "sending-unit", "item-owner",
}

// Officers are the roles that carry an outcome out.
var Officers = []string{
	"principal-leaders", "secretary", "mayor", "deputy-secretary", "organisation-member", "discipline-secretary",
	"linked-leader", "leader-in-charge", "leading-group", "office", "county-organisation",
}

var outcomeShape = object(
	need("when", func(o *Outcome) *string { return &o.When }, ident, "名次段或连续情形", "band or streak"),
	need("do", func(o *Outcome) *string { return &o.Do }, enum("points", "criticism", "talk", "statement", "sharing", "money", "pairing", "praise", "rectification", "accountability"), "结果", "what follows"),
	may("by", func(o *Outcome) *string { return &o.By }, enum("rank", "role", "rank-from-bottom"), "按名次或按角色", "points by rank, by role, or by rank from the bottom (Q4, Q5)"),
	may("values", func(o *Outcome) *[]exact.Number { return &o.Values }, list(number("-1000", "1000")), "分值", "the points"),
	may("to", func(o *Outcome) *[]string { return &o.To }, list(enum(Recipients...)), "对象", "recipients (A27)"),
	may("byRole", func(o *Outcome) *string { return &o.ByRole }, enum(Officers...), "由谁实施", "who carries it out (A30, C11, C12)"),
	may("with", func(o *Outcome) *[]string { return &o.With }, list(enum(Recipients...)), "与谁谈", "with whom"),
	may("amount", func(o *Outcome) *string { return &o.Amount }, amount, "金额由集体研究决定", "amounts are decided, never written (A33)"),
	may("basis", func(o *Outcome) *string { return &o.Basis }, name, "依据文号", "number of the document that allows money (G11)"),
	may("average", func(o *Outcome) *bool { return &o.Average }, truth, "并列取平均分", "tied ranks share the average (Q6)"),
)

var rollupShape = object(
	may("name", func(r *Rollup) *Text { return &r.Name }, text, "名称", "name"),
	otherwise("months", func(r *Rollup) *string { return &r.Months }, enum("calendar", "from-first-round"), "calendar", "按自然期或自首轮起", "calendar periods, or from the first round (Q16)"),
	otherwise("of", func(r *Rollup) *string { return &r.Of }, ident, "rounds", "汇总对象", "rounds, or a shorter roll-up"),
	otherwise("aggregate", func(r *Rollup) *string { return &r.Aggregate }, enum("mean", "sum", "mean-of-ranks"), "mean", "汇总方法", "how totals are brought together (Q16)"),
	otherwise("minAttended", func(r *Rollup) *int { return &r.MinAttended }, count(1, 60), 1, "最少参评次数", "least rounds attended"),
	may("parts", func(r *Rollup) *[]Part { return &r.Parts }, list(partShape), "总分构成", "components of the period's total"),
	may("bands", func(r *Rollup) *[]Band { return &r.Bands }, bandsShape, "名次段", "bands of the period"),
	may("outcomes", func(r *Rollup) *[]Outcome { return &r.Outcomes }, list(outcomeShape), "结果运用", "consequences of the period"),
)

var issuesShape = object(
	filled("overdue", func(i *Issues) *IssueOverdue { return &i.Overdue }, overdueShape, "逾期加倍", "what being overdue costs (A40, Q15)"),
	otherwise("into", func(i *Issues) *string { return &i.Into }, enum("account", "next-total"), "account", "计入台账或下轮总分", "into the account or the next total (Q36)"),
)

var overdueShape = object(
	otherwise("times", func(o *IssueOverdue) *exact.Number { return &o.Times }, number("1", "100"), exact.Int(2), "倍数", "how many times the base"),
	otherwise("once", func(o *IssueOverdue) *bool { return &o.Once }, truth, true, "只加倍一次", "once, or each overdue round"),
	otherwise("dueDay", func(o *IssueOverdue) *string { return &o.DueDay }, enum("in-time", "late"), "in-time", "到期当日", "closing on the due day"),
)

var announceShape = object(
	otherwise("objectionDays", func(a *Announce) *int { return &a.ObjectionDays }, count(0, 60), 3, "公示天数", "days for objections"),
	otherwise("audience", func(a *Announce) *string { return &a.Audience }, enum("person", "township", "county", "public"), "township", "公布范围", "who a publication is for (Q35)"),
	otherwise("correction", func(a *Announce) *string { return &a.Correction }, enum("new-revision"), "new-revision", "更正方式", "a correction is a new revision (Q30)"),
)
