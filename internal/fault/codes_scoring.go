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
	ItemKindLater      = register("ITEM_KIND_NOT_SCORED", "本版本不能对“{kind}”类单项计分，应改用 points", "this release cannot score items of the kind “{kind}”; use points")
)
