package fault

// Codes of documents to be printed.
var (
	PaperFieldMissing = register("PAPER_FIELD_MISSING", "生成“{document}”缺少必填内容：{want}", "the document “{document}” cannot be made without {want}; please supply it")
	PaperDateOrder    = register("PAPER_DATE_ORDER", "印发日期 {issued} 早于举办日期 {held}，通报应在评比之后印发", "issued on {issued}, before the contest was held on {held}; a bulletin is issued after its contest")
	PaperAudience     = register("PAPER_AUDIENCE", "面向“{audience}”公开的通报不得包含批评、约谈和末位村（社区），请先移除或改为本乡镇范围", "a bulletin for “{audience}” must not hold criticism, talks or the last ranks; leave them out or issue it within the township")
	PaperRevision     = register("PAPER_REVISION", "第 {revision} 次发布应写明替代的是此前哪一次（小于 {revision}）以及更正原因", "revision {revision} should name the earlier revision that it replaces (below {revision}) and the reason of the correction")
	PaperNoTable      = register("PAPER_NO_TABLE", "“{document}”没有表格，不能导出为 xlsx，请选择 html 或 docx", "“{document}” has no table and cannot be written as xlsx; choose html or docx")
	PaperTooLong      = register("PAPER_TOO_LONG", "“{document}”共 {have} 字，不得超过 {most} 字，请精简后提交", "“{document}” has {have} characters; at most {most} are allowed, so shorten it")
	PaperSmallGroups  = register("PAPER_SMALL_GROUPS", "有评议组的有效票少于规定张数，不得列出各组数字，只能公布综合得分", "a group has too few valid ballots: figures of groups must not be printed, only the blended score")
	PaperNamesInRed   = register("PAPER_NAMES_IN_RED", "三色公示按支部公布数量，不得点名公布个人：{value}", "a three-colour notice prints counts of branches and never names a person: {value}")
	PaperPeriod       = register("PAPER_PERIOD", "“{document}”的期次不能是 {period}，应为：{want}", "the period of “{document}” cannot be {period}; it should be {want}")
)
