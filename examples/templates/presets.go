package templates

// presets is the library, in the order of the schemes.
var presets = []Preset{
	{Key: "monthly-arena", Scheme: "A", Zh: "乡镇每月对村（社区）比武排名：现场40%、资料60%，前三名奖、连续两次后三名罚，半年奖惩。按通知原文。",
		En: "A township ranks its villages every month: 40 % on site, 60 % ledger, points for the top three and for the bottom three twice running, money by the half-year. The notice, literally."},
	{Key: "monthly-arena-light", Scheme: "A", Zh: "同上的轻负担版：现场60%、资料40%，不设金额奖惩，另登记季度闭卷测试。",
		En: "The same with a lighter load: 60 % on site, 40 % ledger, no money, and the quarterly test recorded beside it."},
	{Key: "town-observation", Scheme: "B", Zh: "镇每季度逐村观摩：十个看点清单、佐证、点评会测评、三色图例，全覆盖才能公布，不公布排名。",
		En: "A town observes every village every quarter: ten checklists with evidence, a ballot at the review meeting, lights, coverage before publishing, no ranking."},
	{Key: "secretary-arena", Scheme: "C", Zh: "村党组织书记分赛道擂台比武：四步流程，月、季、年三级结果运用，结对共建。",
		En: "Village secretaries compete in three tracks: four steps, consequences by month, quarter and year, and pairs of villages."},
	{Key: "first-secretary-term", Scheme: "D", Zh: "第一书记和驻村工作队的任期：选派条件、每月驻村天数、任务目标、年度考核优秀不低于30%。",
		En: "The term of first secretaries and work teams: selection, days a month, targets with clocks, and at least 30 % excellent a year."},
	{Key: "annual-assessment", Scheme: "E", Zh: "村党组织书记年度考核与下述下评：测评与绩效综合，优秀不超过40%，下述下评不是“好”的不得评优秀，等次为建议等次。",
		En: "Village secretaries at the end of the year: ballot and performance, at most 40 % excellent, none below “good” in the duty review, proposed upward."},
	{Key: "annual-assessment-villages", Scheme: "E", Zh: "村（社区）年度考核：一类不超过50%，由街道确定。",
		En: "Villages at the end of the year: at most 50 % class A, decided by the street."},
	{Key: "annual-assessment-cadres", Scheme: "E", Zh: "村（社区）干部年度考核：优秀原则上不超过30%，由街道确定。",
		En: "Village cadres at the end of the year: in principle at most 30 % excellent, decided by the street."},
	{Key: "annual-assessment-teams", Scheme: "E", Zh: "驻村工作队年度考核：优秀不超过工作队总数的40%，等次为建议等次。",
		En: "Work teams at the end of the year: at most 40 % of the teams excellent, proposed upward."},
	{Key: "county-township-contest", Zh: "县对乡镇的季度比武：指标公式、扣分、加分和引用文号的一票否决。照文档自己写方案的示例。",
		En: "A county's quarterly contest between its townships with a formula, points off, a bonus and a veto that cites its basis: an example of a scheme of one's own."},
}
