package fault

// Codes of templates in use, competitions and their calendar.
var (
	TemplateConfirmationMissing = register("TEMPLATE_CONFIRMATION_MISSING", "启用前须由本人确认以下事项：{missing}", "before activation a person has to confirm: {missing}")
	TemplateConfirmationUnknown = register("TEMPLATE_CONFIRMATION_UNKNOWN", "没有名为“{value}”的确认事项，应为其中之一：{want}", "there is nothing to confirm under “{value}”; it should be one of: {want}")
	TemplateNotActive           = register("TEMPLATE_NOT_ACTIVE", "模板“{value}”尚未启用，请先审定启用", "the template {value} is a draft; activate it first")
	TemplateNotOwn              = register("TEMPLATE_NOT_OWN", "模板“{value}”属于上级单位，请先据此制定并启用本级模板（derivedFrom）", "the template {value} is a superior's; derive a template of your own from it and activate that")
	TemplateKeyFixed            = register("TEMPLATE_KEY_FIXED", "草稿的模板标识应保持为“{want}”，不能改为“{value}”", "a draft keeps its key {want}; it cannot become {value}")
	LeadingGroupHead            = register("LEADING_GROUP_HEAD", "领导小组应有且只有一名组长，现有 {have} 名", "a leading group has exactly one head; this one has {have}")
	LeadingGroupSeat            = register("LEADING_GROUP_SEAT", "“{value}”不是领导小组的职务，应为 head（组长）、first-deputy（第一副组长）、deputy（副组长）或 member（成员）", "“{value}” is no seat of a leading group; it should be head, first-deputy, deputy or member")
	CompetitionClosed           = register("COMPETITION_CLOSED", "擂台已结束，不再变更", "the competition is closed and takes no changes")
	CompetitionUnfinished       = register("COMPETITION_UNFINISHED", "还有轮次未结束，请先通报或取消", "rounds of it are still running; publish or cancel them first")
	PeriodCadence               = register("PERIOD_CADENCE", "期次“{value}”与模板的周期不符，应写作{want}", "the period {value} does not fit the template's cadence; it should be written like {want}")
	PeriodBeforeFirst           = register("PERIOD_BEFORE_FIRST", "期次“{value}”早于首个适用期次 {want}", "the period {value} is before the first one of the competition, {want}")
	PeriodAlreadyOpened         = register("PERIOD_ALREADY_OPENED", "{value} 期已经开评，新版本应从其后的期次起适用", "the round of {value} was opened already; a new version can rule from a later period only")
	PlanWithoutDay              = register("PLAN_WITHOUT_DAY", "模板没有规定每期的日期，无法自动排期", "the template names no day of a period, so rounds cannot be dated by it")
	LintOverlap                 = register("LINT_INSPECTIONS_OVERLAP", "{month} 月内“{name}”也要检查各村，建议合并或错开，减少重复迎检", "in {month} “{name}” inspects villages as well; consider joining the two or holding them in other months")
	PresetUnknown               = register("PRESET_UNKNOWN", "模板库中没有“{value}”，可用：{want}", "the library has no preset {value}; it has: {want}")
	DimensionUnknown            = register("DIMENSION_UNKNOWN", "维度“{value}”不在指标词典中，可用：{want}；如需新增，请先加入词典", "the dimension {value} is not in the dictionary; it has: {want}. Add it there first if it is needed")
	NotATrial                   = register("NOT_A_TRIAL", "只有试评可以清除，正式擂台的数据永久保存", "only a trial can be wiped; a real competition is kept for good")
)
