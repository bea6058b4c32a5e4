package fault

// Codes of teams: what keeps nominations, statements and records of first
// secretaries and teams from being taken.
var (
	PostingNoRules      = register("POSTING_NO_RULES", "该擂台的方案没有选派规则，应选用含“postings”的方案", "the template of this competition has no rules for postings; choose one with postings")
	PostingFactDate     = register("POSTING_FACT_DATE", "日期 {value} 不正确，不得晚于今天，也不得早于出生日期", "the date {value} is not right; it is neither after today nor before the birth date")
	PostingFactsMissing = register("POSTING_FACTS_MISSING", "尚未登记该人选的出生日期、党龄、工龄等条件信息，应先登记", "the facts of selection of this person are not recorded; record them first")
	PostingNotAsked     = register("POSTING_NOT_ASKED", "该村不在此类选派范围内，应先在选派计划中列入", "this village is not planned to be sent this role; plan it first")
	PostingReplaces     = register("POSTING_REPLACES", "只能接替同村已被召回的人员", "only a recalled posting of the same village can be replaced")
	PostingStepFuture   = register("POSTING_STEP_FUTURE", "日期 {value} 晚于今天，环节应在办理后登记", "{value} is after today; a step is recorded once it was taken")
	PostingTermRuns     = register("POSTING_TERM_RUNS", "任期到 {last} 结束，原则上任期内不轮换；提前离任应按召回办理", "the term runs until {last}, and there is no rotation in principle; an early end is a recall")
	PostingMentor       = register("POSTING_MENTOR", "导师应由乡镇党委书记、乡镇长、副书记或已登记的结对导师担任，且不得为本人", "a mentor is a township secretary, mayor or deputy secretary, or registered as mentor, and not the person posted")
	PostingLiaison      = register("POSTING_LIAISON", "联络员应在派出单位登记为联络员，且不得为本人", "a liaison is registered as such at the sending unit, and is not the person posted")
	StatementMonth      = register("STATEMENT_MONTH", "不能填报 {value}，应为任期内已经结束的月份", "{value} cannot be stated; it should be a month of the term that is over")
	StatementDays       = register("STATEMENT_DAYS", "驻村 {days} 天、请假 {excused} 天，合计不得超过当月在任的 {most} 天", "{days} days present and {excused} excused; together they may not exceed the {most} days served in the month")
	StatementLeave      = register("STATEMENT_LEAVE", "请假 {excused} 天多于已批准的 {approved} 天，应先登记批准的请假", "{excused} days excused are more than the {approved} approved; record approved leave first")
	StatementReason     = register("STATEMENT_REASON", "该月已填报，更正应说明原因", "this month has been stated already; a correction says why")
	LeaveDates          = register("LEAVE_DATES", "请假起止日期不正确，应在任期内，止日不早于起日", "the dates of leave are not right; they lie in the term and end no earlier than they begin")
	LeaveOverlap        = register("LEAVE_OVERLAP", "与已批准的请假（{first} 至 {last}）重叠，应合并或改期", "it overlaps approved leave ({first} to {last}); join them or change the dates")
	MilestoneUnknown    = register("MILESTONE_UNKNOWN", "方案中没有任务目标“{value}”，应为：{choices}", "the template has no milestone “{value}”; it should be one of: {choices}")
	MilestonePeriod     = register("MILESTONE_PERIOD", "周期“{value}”不在任期内，应为：{choices}", "the period “{value}” is not in the term; it should be one of: {choices}")
	MilestoneMetric     = register("MILESTONE_METRIC", "该任务目标没有指标“{value}”，应为：{choices}", "this milestone has no metric “{value}”; it should be one of: {choices}")
	PostingEventKind    = register("POSTING_EVENT_KIND", "“{value}”不是可登记的活动，应为：{choices}", "“{value}” is no event to be recorded here; it should be one of: {choices}")
	PostingEventDate    = register("POSTING_EVENT_DATE", "日期 {value} 不正确，不得晚于今天，且应在任期内", "the date {value} is not right; it is not after today and lies in the term")
	PostingConfirmed    = register("POSTING_CONFIRMED", "已经确认，无需再次确认", "this has been confirmed already")
	InspectionPeriod    = register("INSPECTION_PERIOD", "考察日期应在任期内且不晚于今天", "the day of an inspection lies in the term and is not after today")
	InspectionReason    = register("INSPECTION_REASON", "该半年已有考察记录，更正应说明原因", "this half-year has been inspected already; a correction says why")
)
