package template

// The shape of schemaVersion 1: every key, in the order in which documents are
// printed, with what it holds, its default, and what it means in both
// languages. Reading, printing, canonical JSON and the JSON Schema come from
// this one description.
var shape = object(append(shapeA(), shapeMore()...)...)

// shapeA are the keys that a monthly contest needs (scheme A).
func shapeA() []field[Document] {
	return []field[Document]{
		need("schemaVersion", func(d *Document) *int { return &d.SchemaVersion }, count(0, 1000), "模板结构版本", "version of the document's shape"),
		need("key", func(d *Document) *string { return &d.Key }, ident, "模板键名", "key of the template"),
		need("name", func(d *Document) *Text { return &d.Name }, text, "名称", "name"),
		may("basis", func(d *Document) *[]Basis { return &d.Basis }, list(basisShape), "文件依据", "documents the contest rests on (A01)"),
		may("derivedFrom", func(d *Document) **Derived { return &d.DerivedFrom }, pointer(derivedShape), "上级模板", "the parent template"),
		may("locks", func(d *Document) *[]string { return &d.Locks }, list(ref), "对下级锁定的字段", "fields a derived template may not change"),
		need("subject", func(d *Document) *SubjectKind { return &d.Subject }, enum(Subjects()...), "评比对象", "what is judged"),
		may("holding", func(d *Document) *string { return &d.Holding }, enum(holdings...), "参评人员的职务（subject: person）", "the post whose holders contest, with subject person (C01)"),
		need("calendar", func(d *Document) *Calendar { return &d.Calendar }, calendarShape, "举办时间", "when rounds are held (A17, A18, Q1–Q3)"),
		may("tracks", func(d *Document) **Tracks { return &d.Tracks }, pointer(tracksShape), "赛道", "tracks (C04)"),
		filled("scale", func(d *Document) *Scale { return &d.Scale }, scaleShape, "分制", "the scale of totals (A22)"),
		may("channels", func(d *Document) *[]Channel { return &d.Channels }, keyed(channelShape, func(c *Channel) *string { return &c.Key }), "评分渠道", "where marks come from (A23, Q14)"),
		otherwise("rubric", func(d *Document) *RubricMode { return &d.Rubric }, enum(PerRound, Fixed), PerRound, "评比细则：每轮另定或固定", "whether the items are a document of each round or fixed (A11)"),
		may("items", func(d *Document) *[]Item { return &d.Items }, list(itemShape), "评比项目（每轮另定时为默认项目）", "the items; the default ones of a per-round rubric"),
		filled("panels", func(d *Document) *Panels { return &d.Panels }, panelsShape, "评比小组", "review groups (A05, A06, A09)"),
		filled("missing", func(d *Document) *Missing { return &d.Missing }, missingShape, "未参评与未评分", "absent subjects and missing marks (Q13)"),
		filled("ranking", func(d *Document) *Ranking { return &d.Ranking }, rankingShape, "排名", "how totals become ranks (Q6, Q11, Q24)"),
		may("bands", func(d *Document) *[]Band { return &d.Bands }, bandsShape, "名次段", "stretches of the ranking (Q6, Q7, Q12, Q25)"),
		may("streaks", func(d *Document) *[]Streak { return &d.Streaks }, keyed(streakShape, func(s *Streak) *string { return &s.Key }), "连续情形", "runs of rounds in a band (A29, Q8–Q10)"),
		may("outcomes", func(d *Document) *[]Outcome { return &d.Outcomes }, list(outcomeShape), "结果运用", "consequences of a round (A27–A30)"),
		may("rollups", func(d *Document) *[]Rollup { return &d.Rollups }, keyed(rollupShape, func(r *Rollup) *string { return &r.Key }), "阶段汇总", "half-years, quarters and years (A31, A35, Q16)"),
		may("issues", func(d *Document) **Issues { return &d.Issues }, pointer(issuesShape), "问题整改", "what an overdue issue costs (A39, A40, Q15, Q36)"),
		filled("announce", func(d *Document) *Announce { return &d.Announce }, announceShape, "公示与通报范围", "announcement, audience and corrections (Q30, Q35)"),
		may("confirmAtActivation", func(d *Document) *[]string { return &d.ConfirmAtActivation }, list(enum("outcomes", "streaks", "bands", "rollups", "issues", "grades")), "启用时须专人确认的内容", "what a person confirms at activation (Q4, Q9)"),
		may("documents", func(d *Document) *[]string { return &d.Documents }, list(enum(documentKinds...)), "输出文书", "documents that are printed"),
	}
}

// shapeMore are the keys that the other schemes add.
func shapeMore() []field[Document] {
	return []field[Document]{
		may("coverage", func(d *Document) **Coverage { return &d.Coverage }, pointer(coverageShape), "覆盖要求", "by when every subject is visited (B01)"),
		may("evidence", func(d *Document) **Evidence { return &d.Evidence }, pointer(evidenceShape), "佐证要求", "what has to be shown (B04, B06)"),
		may("parts", func(d *Document) *[]Part { return &d.Parts }, list(partShape), "总分构成", "components of the total (Q28)"),
		may("ballots", func(d *Document) *[]Ballot { return &d.Ballots }, keyed(ballotShape, func(b *Ballot) *string { return &b.Key }), "民主测评", "democratic evaluations (B09, Q26, Q27, Q34)"),
		may("legend", func(d *Document) *[]LegendStep { return &d.Legend }, keyed(legendShape, func(s *LegendStep) *string { return &s.Key }), "三色图例", "lights (B22)"),
		may("themes", func(d *Document) *RubricMode { return &d.Themes }, enum(PerRound, Fixed), "主题", "whether each round has a theme (C05)"),
		may("stages", func(d *Document) *[]string { return &d.Stages }, list(enum("visit", "speech", "comment", "assembly", "ballot", "review")), "活动步骤", "steps of a round, each recorded (C07)"),
		may("pairing", func(d *Document) **Pairing { return &d.Pairing }, pointer(pairingShape), "结对共建", "pairs of lead and follow (C14, C15)"),
		may("feeds", func(d *Document) *[]Feed { return &d.Feeds }, list(feedShape), "结果计入", "other schemes the result feeds (B13–B15, C09)"),
		may("postings", func(d *Document) **Postings { return &d.Postings }, pointer(postingsShape), "选派与驻村", "terms of first secretaries and teams (D01–D40)"),
		may("grades", func(d *Document) *[]GradeScale { return &d.Grades }, keyed(gradeScaleShape, func(g *GradeScale) *string { return &g.Key }), "等次", "grades by thresholds or quotas (E12–E22, Q17–Q21)"),
		may("talkIf", func(d *Document) *[]TalkIf { return &d.TalkIf }, keyed(talkShape, func(t *TalkIf) *string { return &t.Scale }), "应约谈的等次", "grades that lead to an interview (E23)"),
		may("deadlines", func(d *Document) *[]Deadline { return &d.Deadlines }, list(deadlineShape), "报送时限", "when documents are due (E27)"),
	}
}

// documentKinds are the documents a template may ask to be printed.
var documentKinds = []string{
	"round-notice", "score-sheet", "item-table", "bulletin", "half-year-summary", "quarter-summary", "year-summary", "leading-group",
	"three-colour-notice", "ballot-form", "ballot-summary", "registration-form", "assessment-form", "rectification-list",
	"duty-report", "village-archive", "county-report", "contact-table",
}

// holdings are the posts whose holders may contest.
var holdings = []string{
	"village-secretary", "village-committee", "first-secretary", "team-leader", "work-team", "resident-cadre", "package-cadre", "linked-leader",
}

// Subjects lists the kinds of subject.
func Subjects() []SubjectKind {
	return []SubjectKind{Group, Village, Township, County, Organisation, Person, Team}
}
