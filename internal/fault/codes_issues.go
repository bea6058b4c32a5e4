package fault

// Codes of the issue ledger.
var (
	IssueTitleMissing = register("ISSUE_TITLE_MISSING", "请写明问题内容", "say what the problem is")
	IssueBaseInvalid  = register("ISSUE_BASE_INVALID", "基础扣分“{value}”不正确，应为 0 至 1000 之间的数，最多两位小数", "the base deduction “{value}” is not right; it should be from 0 to 1000, with at most two decimals")
	IssueDuePast      = register("ISSUE_DUE_PAST", "整改期限“{value}”早于今天（{today}），应为今天或以后", "the due date “{value}” is before today ({today}); it should be today or later")
	IssueNotPrompted  = register("ISSUE_NOT_PROMPTED", "该问题未逾期，也未认定影响全乡，不需作出追责决定", "the issue is neither overdue nor found to be serious; there is nothing to decide")
	IssuesIntoTotal   = register("ISSUES_INTO_TOTAL", "模板规定问题扣分计入下一轮总分，不另行入账", "by the template deductions of issues count in the next round's total and are not posted to accounts")
)
