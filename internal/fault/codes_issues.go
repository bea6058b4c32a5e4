package fault

// Codes of the issue ledger.
var (
	IssueTitleMissing = register("ISSUE_TITLE_MISSING", "请写明问题内容", "say what the problem is")
	IssueBaseInvalid  = register("ISSUE_BASE_INVALID", "基础扣分“{value}”不正确，应为 0 至 1000 之间的数，最多两位小数", "the base deduction “{value}” is not right; it should be from 0 to 1000, with at most two decimals")
	IssueDuePast      = register("ISSUE_DUE_PAST", "整改期限“{value}”早于今天（{today}），应为今天或以后", "the due date “{value}” is before today ({today}); it should be today or later")
	IssueNotPrompted  = register("ISSUE_NOT_PROMPTED", "该问题未逾期，也未认定影响全乡，不需作出追责决定", "the issue is neither overdue nor found to be serious; there is nothing to decide")
	IssuesIntoTotal   = register("ISSUES_INTO_TOTAL", "模板规定问题扣分计入下一轮总分，不另行入账", "by the template deductions of issues count in the next round's total and are not posted to accounts")
)

// Codes of what more an issue carries.
var (
	IssuePlanMissing   = register("ISSUE_PLAN_MISSING", "请写明整改对策（一问题一对策）", "say which measure is agreed on")
	IssueListed        = register("ISSUE_LISTED", "该问题已经挂牌督办", "the issue is under listed supervision already")
	IssueNotListed     = register("ISSUE_NOT_LISTED", "该问题没有挂牌督办，不能解除", "the issue is not under listed supervision")
	IssueReturnDone    = register("ISSUE_RETURN_DONE", "该问题已经回头看，不能重复登记", "the return visit to this issue was recorded already")
	IssueReturnEarly   = register("ISSUE_RETURN_EARLY", "回头看日期 {value} 不正确，应在销号之后（{closed}）、不晚于今天（{today}）", "the day of the return visit {value} is not right; it should be after the closing on {closed} and not after today, {today}")
	IssueEvidenceOther = register("ISSUE_EVIDENCE_OTHER", "该佐证属于另一个村或另一个擂台的试评，或已撤回，不能用于此问题", "this piece is of another village, of another trial run, or withdrawn; it cannot be used for this issue")
	IssueVisitOther    = register("ISSUE_VISIT_OTHER", "该次观摩不是对这个村、这个擂台的观摩", "this visit is not to this village or not of this competition")
)
