package fault

// Codes of outcomes, accounts and roll-ups.
var (
	OutcomeIsMoney       = register("OUTCOME_IS_MONEY", "奖惩资金须经集体决定、财务审批，不能直接确认", "money is decided by a meeting and approved by finance; it cannot be confirmed here")
	OutcomeNotMoney      = register("OUTCOME_NOT_MONEY", "该事项不涉及资金，请直接确认或办结", "this outcome moves no money; confirm or carry it out instead")
	OutcomeRecordMissing = register("OUTCOME_RECORD_MISSING", "请填写执行记录（何时、何人、何事）", "the record is missing; say when, by whom and what was done")
	TrialNeverCounts     = register("TRIAL_NEVER_COUNTS", "试评结果不计入台账，不能确认", "a trial never counts, so its outcomes cannot be confirmed")
	RollupRoundsOpen     = register("ROLLUP_ROUNDS_OPEN", "该时段仍有未安排或未通报的轮次，请先安排、通报或取消", "rounds of the span are not dated or not published yet; plan, publish or cancel them first")
	RollupEmpty          = register("ROLLUP_EMPTY", "该时段没有已通报的轮次", "no round of the span was published")
	RollupSpan           = register("ROLLUP_SPAN", "按模板该汇总的时段应为 {from} 至 {to}", "by the template this roll-up runs from {from} to {to}")
)
