package fault

// Codes of contest: inputs that do not hold together, and bundles that do not
// verify.
var (
	InputSubjectTwice   = register("INPUT_SUBJECT_TWICE", "名册中“{value}”重复或为空，每个对象只应出现一次", "“{value}” is empty or stands in the roster twice; every subject should stand there once")
	InputSubjectUnknown = register("INPUT_SUBJECT_UNKNOWN", "“{value}”不在本轮名册中，应为名册中的对象", "“{value}” is not on the round's roster; it should be a subject of the roster")
	InputMarkTwice      = register("INPUT_MARK_TWICE", "评分“{value}”重复：同一评分人对同一对象、单项、渠道只应有一条有效评分", "the mark “{value}” stands twice; one judge has one valid mark for a subject, item and channel")
	InputMarksAndMeans  = register("INPUT_MARKS_AND_MEANS", "评分与均值只能提供其一", "there are marks and means; an input has only one of them")
	InputDecision       = register("INPUT_DECISION", "对“{value}”的决定不成立：只能就未参评或未评分的对象作出，并须说明理由", "the decision about “{value}” does not hold; it may only settle what is absent or missing, and gives its reason")
	InputHistory        = register("INPUT_HISTORY", "历史轮次“{value}”重复或不早于本轮“{round}”", "the earlier round “{value}” stands twice or is not before this round {round}")
	InputDeduction      = register("INPUT_DEDUCTION", "问题“{value}”的扣分不能计入本轮总分：模板规定记入台账，或扣分为负、重复", "the deduction of issue “{value}” may not touch this round's total: the template posts it to the account, or it is negative or stands twice")
	InputValueTwice     = register("INPUT_VALUE_TWICE", "“{value}”重复或缺少名称，同一对象的同一项只应有一个数值", "“{value}” stands twice or has no name; a subject has one value of a kind")
	InputKeyUnknown     = register("INPUT_KEY_UNKNOWN", "本轮没有“{value}”，应为其中之一：{want}", "the round has no “{value}”; it should be one of: {want}")
	InputValueRange     = register("INPUT_VALUE_RANGE", "数值 {value} 超出范围，应在 0 至 {high} 之间", "the value {value} is out of range; it should be from 0 to {high}")
	InputGrade          = register("INPUT_GRADE_UNKNOWN", "没有等次“{value}”，应为模板中的等次", "there is no grade “{value}”; it should be one of the template's")
	NotAllVisited       = register("NOT_ALL_VISITED", "还有对象未观摩，应在 {date} 前全部走到，走到后方可公布", "some subjects were not visited; all of them should be by {date}, and before anything is published")
	PhotoMissing        = register("PHOTO_MISSING", "有对象的现场照片不足 {want} 张，应补拍留存", "some subjects have fewer than {want} photos; they should be taken and kept")
	InputRulesOlder     = register("INPUT_RULES_OLDER", "计分规则第 {value} 版不认识此项，应按较新的规则版本计算", "version {value} of the rules does not know this; it should be computed by a newer version")
	BundleMalformed     = register("BUNDLE_MALFORMED", "结果包格式不正确（{value}），应为系统导出的规范 JSON，未经改动", "the bundle is malformed ({value}); it should be the canonical JSON as exported, unchanged")
	BundleHash          = register("BUNDLE_HASH", "结果包内容与其摘要不符，内容已被改动", "the bundle's content does not match its hash; it was changed")
	BundleSignature     = register("BUNDLE_SIGNATURE", "结果包签名无效，内容或签名已被改动", "the bundle's signature does not hold; content or signature was changed")
	BundleKeyUntrusted  = register("BUNDLE_KEY_UNTRUSTED", "签名密钥（指纹 {value}）不在信任列表中", "the signing key (fingerprint {value}) is not one of those trusted")
	BundleNotReproduced = register("BUNDLE_NOT_REPRODUCED", "按结果包中的规则版本重新计算，所得结果与包内结果不同", "computing anew with the rules version the bundle names gives another result than the one inside")
	BundleRulesUnknown  = register("BUNDLE_RULES_UNKNOWN", "本版本不认识计分规则版本 {value}，请使用更新的程序", "this release does not know rules version {value}; use a newer one")
	BundleUndecided     = register("BUNDLE_UNDECIDED", "仍有未评分项未作决定，不能封存发布", "some marks are missing and undecided; nothing can be sealed before they are settled")
)
