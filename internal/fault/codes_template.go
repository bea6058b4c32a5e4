package fault

// Reading a template document: bytes, shape and values.
var (
	TemplateTooLarge      = register("TEMPLATE_TOO_LARGE", "模板文件过大（{have} 字节），上限为 {max} 字节", "the template document is too large ({have} bytes); at most {max} bytes are read")
	TemplateSyntax        = register("TEMPLATE_SYNTAX", "文件不是有效的 YAML 或 JSON：{reason}", "the document is neither valid YAML nor valid JSON: {reason}")
	TemplateManyDocuments = register("TEMPLATE_MANY_DOCUMENTS", "一个文件只能有一个模板，请删除“---”之后的内容", "a file holds one template; remove what follows the second “---”")
	TemplateTooDeep       = register("TEMPLATE_TOO_DEEP", "嵌套层数过多，最多 {max} 层", "the document is nested too deeply; at most {max} levels")
	TemplateNotPlain      = register("TEMPLATE_NOT_PLAIN", "不能使用锚点、别名、合并键、标签或复合键（{what}），请直接写出内容", "anchors, aliases, merge keys, tags and compound keys ({what}) are not allowed; write the content out")
	TemplateDuplicateKey  = register("TEMPLATE_DUPLICATE_KEY", "键“{key}”重复，每个键只能出现一次", "the key “{key}” stands twice; a key may stand once")
	TemplateUnknownKey    = register("TEMPLATE_UNKNOWN_KEY", "不认识的键“{key}”，此处可用：{want}", "the key “{key}” is not known here; known are: {want}")
	TemplateMissingKey    = register("TEMPLATE_MISSING_KEY", "缺少必填的键“{key}”（{zh}）", "the key “{key}” is missing ({en})")
	TemplateWrongType     = register("TEMPLATE_WRONG_TYPE", "类型不正确，应为：{zh}", "this has the wrong type; it should be {en}")
	TemplateUnknownValue  = register("TEMPLATE_UNKNOWN_VALUE", "取值“{value}”不可用，应为：{want}", "the value “{value}” is not known; it should be one of: {want}")
	TemplateOutOfRange    = register("TEMPLATE_OUT_OF_RANGE", "取值 {value} 超出范围，应在 {min} 至 {max} 之间", "{value} is out of range; it should be from {min} to {max}")
	TemplateBadNumber     = register("TEMPLATE_BAD_NUMBER", "“{value}”不是精确的数，请写成小数、分数或百分数，如 0.4、1/3、40%", "“{value}” is not an exact number; write a decimal, a fraction or a percentage such as 0.4, 1/3 or 40%")
	TemplateBadKey        = register("TEMPLATE_BAD_KEY", "键名“{value}”不合规，应以小写字母开头，只含字母、数字和连字符，不超过 64 个字符", "“{value}” is no key; keys begin with a small letter and hold letters, digits and single hyphens, at most 64 characters")
	TemplateBadText       = register("TEMPLATE_BAD_TEXT", "文字“{value}”不合规：不能为空，首尾不能有空格，不能含控制字符，最长 {longest} 字", "the text “{value}” is not allowed: it may not be empty, begin or end with a space, hold control characters, or exceed {longest} characters")
	TemplateBadDate       = register("TEMPLATE_BAD_DATE", "“{value}”不是存在的日期，格式如 {want}", "“{value}” is not a date that exists; write it like {want}")
	TemplateTooMany       = register("TEMPLATE_TOO_MANY", "项目过多（{have} 个），最多 {max} 个", "there are too many members ({have}); at most {max}")
	TemplateSchemaVersion = register("TEMPLATE_SCHEMA_VERSION", "不支持的 schemaVersion {value}，本版本支持：{want}", "schemaVersion {value} is not known; this release reads {want}")
)

// What a template says does not fit together.
var (
	TemplateWeights      = register("TEMPLATE_WEIGHTS_NOT_100", "权重合计为 {have}，应为 100", "the weights sum to {have}; they should sum to 100")
	ItemsNot100          = register("ITEMS_NOT_100", "各项分值合计为 {have}，应等于满分 {want}", "the points of the items sum to {have}; they should sum to the scale, {want}")
	TemplateItemPoints   = register("TEMPLATE_ITEM_POINTS", "分值 {have} 不合规，应为：{zh}", "{have} points do not fit; they should be {en}")
	TemplateUnknownRef   = register("TEMPLATE_UNKNOWN_REFERENCE", "“{value}”没有定义，可引用：{want}", "“{value}” is not defined; defined are: {want}")
	TemplateTwice        = register("TEMPLATE_TWICE", "“{value}”重复出现，只能出现一次", "“{value}” stands twice; it may stand once")
	TemplateConflict     = register("TEMPLATE_CONFLICT", "此处设置互相矛盾，应为：{zh}", "these settings contradict each other; they should be: {en}")
	TemplateValuesLength = register("TEMPLATE_VALUES_LENGTH", "给出了 {have} 个分值，应为 {want} 个（{zh}）", "{have} values are given; there should be {want} ({en})")
	TemplateBasisMissing = register("TEMPLATE_BASIS_MISSING", "奖惩金额和一票否决必须引用 basis 中带文号的文件依据，可引用：{want}", "money and vetoes need a written basis: cite the number of a document in basis; there are: {want}")
	TemplateAmountFixed  = register("TEMPLATE_AMOUNT_FIXED", "金额不得写入模板，由集体研究决定（amount: by-decision）", "an amount may not be written into a template; it is decided collectively (amount: by-decision)")
	TemplatePublicVote   = register("TEMPLATE_PUBLIC_VOTE", "公众点赞、投票、转发不得作为指标（“{value}”），民主测评应按花名册一人一票", "likes and votes of the public cannot be an indicator (“{value}”); a democratic evaluation is a ballot bound to a roster")
	TemplateUseScored    = register("TEMPLATE_USE_SCORED", "打卡、定位、登录、活跃度不得计分（“{value}”），请删除该项", "check-ins, tracks, log-ins and activity cannot score (“{value}”); remove it")
	TemplateExamOnly     = register("TEMPLATE_EXAM_ONLY", "不得以单纯的考试代替比武：至少应有一项非考试的计分内容", "a contest may not consist of an exam alone; add at least one scored component that is not an exam")
	TemplateOrder        = register("TEMPLATE_ORDER", "各档分数线应由高到低排列，只有最后一档不设分数线", "the thresholds should fall from step to step, and only the last step has none")
	TemplateFormula      = register("TEMPLATE_FORMULA", "公式不合规：{zh}", "the formula is not allowed: {en}")
	TemplateKindKey      = register("TEMPLATE_KEY_NOT_FOR_KIND", "键“{key}”不适用于 {kind} 类型，此类型可用：{want}", "the key “{key}” is not for the kind {kind}; this kind knows: {want}")
)

// What stops a formula while it is evaluated; at counts characters from 1.
var (
	FormulaDivision      = register("FORMULA_DIVISION_BY_ZERO", "公式第 {at} 个字符处的“{part}”除数为 0，请先判断除数，如 b > 0 ? a / b : 0", "“{part}” at character {at} of the formula divides by 0; test the divisor first, as in b > 0 ? a / b : 0")
	FormulaMetricMissing = register("FORMULA_METRIC_MISSING", "公式第 {at} 个字符处的指标“{part}”没有数值，请先录入或导入该指标", "the metric “{part}” at character {at} of the formula has no value; enter or import it first")
	FormulaGrows         = register("FORMULA_GROWS", "公式在第 {at} 个字符处的“{part}”超出可计算的位数或步数，请简化公式或检查指标数值", "at character {at}, “{part}”, the formula grows beyond the digits or steps that are evaluated; simplify it or check the metrics")
)

// What is refused later than on reading.
var (
	TemplateLocked = register("TEMPLATE_FIELD_LOCKED", "字段“{field}”已被上级模板 {parent} 锁定，应保持为 {want}", "the field “{field}” is locked by the parent template {parent}; it should stay {want}")
	TemplateParent = register("TEMPLATE_PARENT", "派生关系不符：derivedFrom.key 应为 {want}", "this template is not derived from that parent; derivedFrom.key should be {want}")
)

// Warnings and reminders of the lint; they refuse nothing.
var (
	LintRubricFixed = register("LINT_RUBRIC_FIXED", "每月比武但评比细则固定：通知要求细则每月变化（A11），建议 rubric: per-round", "the contest is monthly but its rubric is fixed; the notice has a new rubric every month (A11): consider rubric: per-round")
	LintScale       = register("LINT_SCALE_NOT_100", "满分为 {have} 分，通知为百分制（A22），请确认", "the scale is {have} points; the notice has 100 (A22): please confirm")
	LintLedger      = register("LINT_LEDGER_HEAVY", "资料台账占总分 {have}%，超过一半，可能加重基层迎检负担，建议提高现场督查比重", "ledgers make {have} % of the total, more than half; that burdens the villages: consider a greater share on site")
	LintBurden      = register("LINT_BURDEN", "每村每月约需应对 {have} 项（台账、走访、照片、报告），超过提醒线 {max} 项，建议精简", "each village is asked for about {have} things a month (ledger items, visits, photos, reports), above the warning line of {max}: consider asking for less")
	LintDocument    = register("LINT_DOCUMENT_EMPTY", "文书“{value}”所需的内容（测评、图例或等次）模板中没有，无法输出", "the paper “{value}” is about a ballot, lights or grades that this template does not have; it cannot be drawn up")
	LintUnused      = register("LINT_RESULT_UNUSED", "“{value}”的结果没有计入总分，也没有用于评定等次，请确认只作记录", "nothing is made of the result of “{value}”: please confirm that it is only recorded")
	LintNoFiling    = register("LINT_NO_FILING_NUMBER", "尚无检查考核计划备案文号，请先备案或说明", "there is no filing number of the inspection plan: file it first or say why not")
	LintConfirm     = register("LINT_CONFIRM_AT_ACTIVATION", "启用时须由专人确认对“{field}”的理解", "a person has to confirm the reading of “{field}” when the template is activated")
)
