package fault

// Codes of posting: why a step of a nomination or posting cannot be taken.
var (
	PostingStage         = register("POSTING_STAGE", "当前环节为“{stage}”，不能直接进入“{to}”，下一步应为：{next}", "the stage is {stage}, which {to} does not follow; next may be: {next}")
	PostingStepEarly     = register("POSTING_STEP_EARLY", "日期 {value} 早于上一环节的 {since}，不得早于上一环节", "{value} is before the step taken on {since}; a step is not taken before the one preceding it")
	PostingBodyMissing   = register("POSTING_BODY_MISSING", "缺少经办单位，每个环节都应写明由谁办理", "the office or body is missing; every step names who took it")
	PostingDateMissing   = register("POSTING_DATE_MISSING", "缺少办理日期，每个环节都应写明日期", "the date is missing; every step is dated")
	PostingRecordMissing = register("POSTING_RECORD_MISSING", "缺少记录编号，应填写会议纪要、函件或备案编号", "the record is missing; give the number of the minutes, letter or filing")
	PostingReasonMissing = register("POSTING_REASON_MISSING", "缺少原因，召回或撤回应说明原因", "the reason is missing; a recall or withdrawal says why")
	PostingBarred        = register("POSTING_BARRED", "不符合选派条件：{reason}，应另行推荐人选", "the conditions of selection are not met: {reason}; nominate somebody else")
	PostingDeclaration   = register("POSTING_DECLARATION", "缺少“{declaration}”审核合格的声明，备案前应取得（只记录是否合格）", "the {declaration} declaration is missing or negative; filing needs a positive one (only yes or no is stored)")
)
