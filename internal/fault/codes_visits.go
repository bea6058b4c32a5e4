package fault

// Codes of observation and supervision.
var (
	RouteTwice        = register("ROUTE_TWICE", "路线中重复列入同一个村，每个村只列一次", "the route names a village twice; each stands on it once")
	RouteVisited      = register("ROUTE_VISITED", "这些村已经观摩，不能从路线中删去", "these villages were visited already and stay on the route")
	RouteClosed       = register("ROUTE_CLOSED", "本轮当前状态为“{state}”，只有发布前可以安排和记录观摩", "the round is {state}; visits are planned and recorded before it is published")
	VisitFuture       = register("VISIT_FUTURE", "日期 {value} 晚于今天 {today}，应填写实际日期", "the day {value} is after today, {today}; give the day it really was")
	StageUnknown      = register("STAGE_UNKNOWN", "方案中没有步骤“{value}”，应为：{want}", "there is no step {value}; it should be one of: {want}")
	StageReason       = register("STAGE_REASON", "跳过步骤须说明原因", "say why the step is left out")
	AttendanceExcuse  = register("ATTENDANCE_EXCUSE", "请假须注明事由", "an excused absence needs its reason")
	AttendanceNowhere = register("ATTENDANCE_NOWHERE", "请说明是哪一轮或哪一次观摩的出席情况", "say of which round or visit this attendance is")
	CommentEmpty      = register("COMMENT_EMPTY", "请填写点评内容", "write the comment")
	SupervisionBasis  = register("SUPERVISION_BASIS", "督查措施须注明依据", "a measure of supervision names its basis")
	SupervisionPoints = register("SUPERVISION_POINTS", "扣分“{value}”不正确，应为 -1000 至 0 之间的数，最多两位小数", "the points “{value}” are not right; they should be from -1000 to 0, with at most two decimals")
	SupervisionDone   = register("SUPERVISION_WITHDRAWN", "该记录已撤销", "this record was withdrawn already")
	VisitElsewhere    = register("VISIT_ELSEWHERE", "该次观摩属于另一个村或另一个擂台", "this visit is of another village or competition")
	SpanTooLong       = register("SPAN_TOO_LONG", "起止日期不正确，应为不超过 {want} 天的时段", "the span of days is not right; it should be at most {want} days, from earlier to later")
)
