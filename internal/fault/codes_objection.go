package fault

// Codes of objections.
var (
	ObjectionsOpen      = register("OBJECTIONS_OPEN", "有 {count} 条异议尚未处理，须先由复核组作出决定", "{count} objections are not decided yet; the review group decides them first")
	ObjectionsUnapplied = register("OBJECTIONS_UNAPPLIED", "有 {count} 条异议成立但尚未一并更正重算", "{count} accepted objections are not applied and recomputed yet")
	ObjectionLate       = register("OBJECTION_LATE", "公示期至 {date} 止，逾期不再受理异议", "the objection period ended on {date}; objections after it are not taken")
	NotProvisional      = register("NOT_PROVISIONAL", "本轮当前状态为“{state}”，只有公示期间可以办理异议", "the round is {state}; objections belong to the announcement")
	ObjectionTwice      = register("OBJECTION_TWICE", "对该单项已经提出异议，正在处理", "there is an open objection to this item already")
	ObjectionItem       = register("OBJECTION_ITEM", "本轮没有单项“{value}”，应为：{want}", "this round has no item {value}; it has {want}")
	ObjectionInterest   = register("OBJECTION_INTEREST", "{person}与该异议有利害关系（{why}），应当回避", "{person} has an interest in this objection ({why}) and must stand aside")
	ObjectionReviewers  = register("OBJECTION_REVIEWERS", "异议由复核组成员决定", "members of the review group decide objections")
	ObjectionDecided    = register("OBJECTION_DECIDED", "该异议已经处理，不能重复决定", "this objection was decided already")
	ObjectionCorrection = register("OBJECTION_CORRECTION", "更正须针对该异议所指单项的现行评分，且同一评分不能由两条异议更正", "a correction must name a current mark of what the objection is about, and one that no other accepted objection corrects")
	ObjectionNoChange   = register("OBJECTION_NO_CHANGE", "异议成立须写明更正后的评分", "an accepted objection says what the marks become")
	ObjectionOwnSet     = register("OBJECTION_OWN_SET", "作出决定的人不能自行更正入账，须由另一人办理", "whoever decided cannot apply the decision; another person does")
	NoObjections        = register("NO_OBJECTIONS", "没有成立而待更正的异议", "no accepted objection waits to be applied")
)
