package phrase

var outcomes = map[string]word{
	"points":         {"考核加减分", "assessment points"},
	"criticism":      {"批评提醒", "criticism and reminder"},
	"talk":           {"约谈", "admonitory talk"},
	"statement":      {"表态发言", "public statement"},
	"sharing":        {"经验交流", "sharing of experience"},
	"money":          {"资金奖惩", "money reward or penalty"},
	"pairing":        {"结对共建", "pairing"},
	"praise":         {"通报表扬", "commendation"},
	"rectification":  {"限期整改", "rectification by a deadline"},
	"accountability": {"提请启动追责程序", "prompt to open the accountability procedure"},
}

var roles = map[string]word{
	"group":                {"村民小组", "village group"},
	"village":              {"村（社区）", "village"},
	"township":             {"乡镇（街道）", "township"},
	"county":               {"县（市、区）", "county"},
	"organisation":         {"单位", "organisation"},
	"team":                 {"工作队", "team"},
	"person":               {"本人", "person"},
	"linked-leader":        {"联村领导", "linked leader"},
	"resident-cadre":       {"驻村干部", "resident cadre"},
	"village-secretary":    {"村党组织书记", "village secretary"},
	"village-committee":    {"村委会", "village committee"},
	"first-secretary":      {"第一书记", "first secretary"},
	"work-team":            {"驻村工作队", "work team"},
	"team-leader":          {"工作队队长", "team leader"},
	"package-cadre":        {"包村干部", "cadre responsible for the village"},
	"sending-unit":         {"派出单位", "sending unit"},
	"item-owner":           {"分管领导", "leader in charge of the item"},
	"principal-leaders":    {"党政主要领导", "the principal leaders"},
	"secretary":            {"党委书记", "Party secretary"},
	"mayor":                {"乡镇长", "mayor"},
	"deputy-secretary":     {"党委副书记", "deputy secretary"},
	"organisation-member":  {"组织委员", "organisation member"},
	"discipline-secretary": {"纪委书记", "discipline secretary"},
	"leader-in-charge":     {"分管领导", "leader in charge"},
	"leading-group":        {"领导小组", "leading group"},
	"office":               {"领导小组办公室", "office of the leading group"},
	"county-organisation":  {"县委组织部", "county organisation department"},
}

var states = map[string]word{
	"PROPOSED":       {"拟议", "proposed"},
	"CONFIRMED":      {"已确认", "confirmed"},
	"DECIDED":        {"已集体决定", "decided"},
	"APPROVED":       {"已审批", "approved"},
	"EXECUTED":       {"已执行", "executed"},
	"REVERSED":       {"已撤销", "reversed"},
	"ASSIGNED":       {"已交办", "assigned"},
	"ANSWERED":       {"已答复", "answered"},
	"RETURNED":       {"退回整改", "returned"},
	"CLOSED":         {"已销号", "closed"},
	"OPEN":           {"整改中", "open"},
	"OPEN_OVERDUE":   {"逾期未整改", "open and overdue"},
	"CLOSED_ON_TIME": {"按期销号", "closed on time"},
	"CLOSED_LATE":    {"逾期销号", "closed late"},
}

var lights = map[string]word{
	"BLUE":   {"蓝灯：整改期内", "blue: in time"},
	"YELLOW": {"黄灯：即将到期", "yellow: due soon"},
	"RED":    {"红灯：已逾期", "red: overdue"},
}

var reasons = map[string]word{
	"absent":   {"未参评", "did not take part"},
	"unmarked": {"未评分", "not marked"},
	"vetoed":   {"一票否决", "vetoed"},
	"":         {"", ""},
}

var lines = map[string]word{
	"mark":     {"评分", "mark"},
	"channel":  {"渠道得分", "channel"},
	"item":     {"单项得分", "item"},
	"deduct":   {"问题扣分", "deduction of an issue"},
	"sum":      {"精确总分", "exact total"},
	"rounding": {"舍入", "rounding"},
	"total":    {"公布总分", "published total"},
	"metric":   {"指标", "metric"},
	"exam":     {"测试成绩", "exam"},
	"ballot":   {"测评得分", "ballot"},
	"rank":     {"单项名次", "rank in the item"},
	"part":     {"组成部分得分", "part of the total"},
	"weighted": {"组成部分计入总分", "part as weighted"},
	"veto":     {"一票否决", "veto"},
	"grade":    {"等次", "grade"},
}

var combines = map[string]word{
	"single":           {"单人评分", "one judge"},
	"mean":             {"平均", "mean"},
	"median":           {"中位数", "median"},
	"trimmed":          {"去掉最高最低后平均", "trimmed mean"},
	"half-up":          {"四舍五入", "half up"},
	"half-even":        {"四舍六入五成双", "half to even"},
	"down":             {"舍去尾数", "down"},
	"zero-by-decision": {"经决定计零分", "0 by decision"},
	"zero-by-template": {"按方案计零分", "0 by the template"},

	"not-applicable-spread": {"不适用，分值分摊到其他单项", "not applicable, its points are spread over the others"},
	"not-applicable-full":   {"不适用，按满分计", "not applicable, counted in full"},
}
