package fault

// Codes of scoring: what is wrong with a mark or with a rubric as a plan of
// marks.
var (
	MarkOutOfRange     = register("MARK_OUT_OF_RANGE", "评分 {value} 超出范围，应在 {low} 至 {high} 之间", "the mark {value} is out of range; it should be from {low} to {high}")
	MarkStep           = register("MARK_STEP", "评分 {value} 不符合评分步长，应为 {step} 的整数倍", "the mark {value} is between two steps; it should be a multiple of {step}")
	MarkItemUnknown    = register("MARK_ITEM_UNKNOWN", "本轮评比细则没有单项“{item}”，应为其中之一：{want}", "the round's rubric has no item “{item}”; it should be one of: {want}")
	MarkChannelUnknown = register("MARK_CHANNEL_UNKNOWN", "单项“{item}”不使用评分渠道“{channel}”，应为其中之一：{want}", "the item “{item}” takes no marks from “{channel}”; it should be one of: {want}")
	RubricEmpty        = register("RUBRIC_EMPTY", "评比细则没有单项，应至少有一项", "the rubric has no item; it needs at least one")
	RubricItemTwice    = register("RUBRIC_ITEM_TWICE", "单项“{item}”重复，每个单项只应出现一次", "the item “{item}” stands in the rubric twice; it should stand there once")
	RubricPoints       = register("RUBRIC_POINTS", "单项“{item}”的分值为 {value}，应大于 0", "the item “{item}” is worth {value} points; it should be worth more than 0")
	RubricSum          = register("RUBRIC_SUM", "各单项分值合计 {value}，应等于 {want}", "the items' points sum to {value}; they should sum to {want}")
	RubricUnmarked     = register("RUBRIC_UNMARKED", "没有任何渠道给单项“{item}”评分，至少一个渠道的权重应大于 0", "no channel marks the item “{item}”; at least one should have a weight above 0")
	RubricSplit        = register("RUBRIC_SPLIT", "单项“{item}”的渠道权重不成立：只能使用已有渠道，各列一次，合计 100", "the channel weights of the item “{item}” do not hold; they name each channel of the template at most once and sum to 100")
	ItemKindUnknown    = register("ITEM_KIND_UNKNOWN", "没有“{kind}”这类单项", "there is no item of the kind “{kind}”")

	DetailKind       = register("MARK_DETAIL_KIND", "单项“{item}”为“{kind}”类，不填写此内容", "the item “{item}” is of the kind {kind}, whose marks do not say this")
	DetailMissing    = register("MARK_DETAIL_MISSING", "单项“{item}”为“{kind}”类，应逐项填写所见情况，不能只填分数", "the item “{item}” is of the kind {kind}; its mark should say what was found, not only points")
	DetailKeyUnknown = register("MARK_DETAIL_KEY_UNKNOWN", "单项“{item}”没有“{value}”，应为其中之一：{want}", "the item “{item}” has no “{value}”; it should be one of: {want}")
	DetailKeyTwice   = register("MARK_DETAIL_KEY_TWICE", "“{value}”重复，每项只应填写一次", "“{value}” stands there twice; it should stand there once")
	DetailState      = register("MARK_DETAIL_STATE", "“{value}”不是有效的检查结论，应为 yes（是）、no（否）或 na（不适用）", "“{value}” is no answer to a check; it should be yes, no or na")
	DetailUnanswered = register("MARK_DETAIL_UNANSWERED", "检查点“{value}”没有结论，应为是、否或不适用", "the check “{value}” has no answer; it should be yes, no or not applicable")
	DetailCount      = register("MARK_DETAIL_COUNT", "次数 {value} 不成立，应为 1 至 {most} 的整数", "the count {value} does not hold; it should be a whole number from 1 to {most}")
	DetailValue      = register("MARK_DETAIL_VALUE", "所填分数 {value} 与所见情况折算的 {want} 分不符", "the value {value} differs from the {want} points that what was found comes to")
	SeverityApart    = register("SEVERITY_DISCONNECTED", "评分人之间没有共同评过的对象，分成 {value} 个互不相连的部分，无法区分评分宽严与实际好坏；应让各组至少共同评一个对象", "the judges fall into {value} parts that share no subject, so severity cannot be told from quality; each part should mark at least one subject of another")
	SeverityEmpty    = register("SEVERITY_EMPTY", "没有评分，无法估计宽严", "there are no marks to estimate severity from")
)
