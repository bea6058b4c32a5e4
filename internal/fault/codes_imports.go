package fault

// Codes of imports.
var (
	ImportKind    = register("IMPORT_KIND", "没有“{value}”这种导入，应为：{want}", "there is no import called “{value}”; it should be one of {want}")
	ImportSubject = register("IMPORT_SUBJECT", "{cell} 的“{value}”不在本轮次名单内，应填名单中的代码或名称", "“{value}” in {cell} is not on the roster of the round; write a code or name of the roster")
	ImportSame    = register("IMPORT_SAME_NAME", "{cell} 的“{value}”对应多个对象，请改填代码", "“{value}” in {cell} is the name of several; write the code")
	ImportJudge   = register("IMPORT_JUDGE", "{cell} 的“{value}”不是本轮次的评委，应填评委代号", "“{value}” in {cell} is no judge of the round; write a judge's pseudonym")
	ImportPerson  = register("IMPORT_PERSON", "{cell} 的“{value}”不是本单位登记的人员代号", "“{value}” in {cell} is the pseudonym of nobody registered here")
	ImportItem    = register("IMPORT_ITEM", "{cell} 的“{value}”不是本轮次的单项，应为：{want}", "“{value}” in {cell} is no item of the round; it should be one of {want}")
	ImportChannel = register("IMPORT_CHANNEL", "{cell} 的“{value}”不是评分渠道，应为：{want}", "“{value}” in {cell} is no channel; it should be one of {want}")
	ImportTwice   = register("IMPORT_TWICE", "{cell} 与 {other} 重复，同一对象、单项、渠道、评委只能有一个评分", "{cell} says again what {other} says: one mark per subject, item, channel and judge")
	ImportNothing = register("IMPORT_NOTHING", "表中没有填写任何内容", "nothing is filled in")
)
