package fault

// Codes of outcome: what a money decision lacks, and what a roll-up cannot be
// made of.
var (
	MoneyAmountMissing  = register("MONEY_AMOUNT_MISSING", "缺少金额或金额“{value}”不正确，应为大于 0、不超过 1 亿的元数，最多两位小数", "the amount “{value}” is missing or not right; it should be above 0 and at most 100,000,000 yuan, with at most two decimals")
	MoneyMinutesMissing = register("MONEY_MINUTES_MISSING", "缺少会议纪要编号，奖惩金额须由集体会议决定并注明纪要编号", "the number of the minutes is missing; money is decided by a meeting and cites its minutes")
	MoneyBasisMissing   = register("MONEY_BASIS_MISSING", "缺少书面依据，奖惩金额须注明所依据的文件", "the written basis is missing; a money decision cites the document it rests on")
	MoneyRecordMissing  = register("MONEY_RECORD_MISSING", "缺少执行凭证，应填写财务凭证号或记录", "the record of execution is missing; give the voucher or record it was paid under")
	MoneyPersonMissing  = register("MONEY_PERSON_MISSING", "缺少经办人，每一步都须有明确的责任人", "nobody is named for this step; every step of a money decision names a person")
	MoneySamePerson     = register("MONEY_SAME_PERSON", "审批人不得与提出决定的人为同一人，应由另一人审批", "the same person may not decide and approve; another person should approve")
	RollupUnknown       = register("ROLLUP_UNKNOWN", "无法识别的汇总周期“{value}”，应为 quarter、half-year 或 year", "the roll-up “{value}” has no known length; it should be quarter, half-year or year")
)
