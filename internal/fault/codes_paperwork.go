package fault

// Codes of documents to be printed.
var (
	PaperFieldMissing = register("PAPER_FIELD_MISSING", "生成“{document}”缺少必填内容：{want}", "the document “{document}” cannot be made without {want}; please supply it")
	PaperDateOrder    = register("PAPER_DATE_ORDER", "印发日期 {issued} 早于举办日期 {held}，通报应在评比之后印发", "issued on {issued}, before the contest was held on {held}; a bulletin is issued after its contest")
	PaperAudience     = register("PAPER_AUDIENCE", "面向“{audience}”公开的通报不得包含批评、约谈和末位村（社区），请先移除或改为本乡镇范围", "a bulletin for “{audience}” must not hold criticism, talks or the last ranks; leave them out or issue it within the township")
	PaperRevision     = register("PAPER_REVISION", "第 {revision} 次发布应写明替代的是此前哪一次（小于 {revision}）以及更正原因", "revision {revision} should name the earlier revision that it replaces (below {revision}) and the reason of the correction")
	PaperPeriod       = register("PAPER_PERIOD", "“{document}”的期次不能是 {period}，应为：{want}", "the period of “{document}” cannot be {period}; it should be {want}")
)
