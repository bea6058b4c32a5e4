package fault

// Codes of grading: why a grade that people decided cannot stand.
var (
	GradeUnknown         = register("GRADE_UNKNOWN", "没有“{value}”这一等次，应为：{choices}", "there is no grade “{value}”; it should be one of {choices}")
	GradeStranger        = register("GRADE_STRANGER", "该对象不在本次评定范围内", "this subject is not among those graded here")
	GradeReasonMissing   = register("GRADE_REASON_MISSING", "缺少评定理由，由人员确定的等次应写明理由", "the reason is missing; a grade that people decide says why")
	GradePersonMissing   = register("GRADE_PERSON_MISSING", "缺少决定人，由人员确定的等次应写明由谁决定", "nobody is named; a grade that people decide names who decided it")
	GradeSecondMissing   = register("GRADE_SECOND_MISSING", "超出“原则上”的名额，应由决定人以外的第二人同意", "this is beyond the quota in principle; a second person, other than the one who decided, should approve")
	GradeQuotaFull       = register("GRADE_QUOTA_FULL", "“{grade}”名额为 {seats} 个，不得超过，应在名额内确定", "“{grade}” has {seats} seats, which may not be exceeded; decide within them")
	GradeNotEligible     = register("GRADE_NOT_ELIGIBLE", "该对象不符合“{grade}”的条件，应选择其符合条件的等次", "this subject does not meet the conditions of “{grade}”; choose a grade whose conditions it meets")
	GradeOutOfOrder      = register("GRADE_OUT_OF_ORDER", "名次在前且符合条件的对象尚未评为“{grade}”，应按名次确定", "eligible subjects that stand higher do not have “{grade}” yet; decide in the order of standing")
	GradeFollowsScore    = register("GRADE_FOLLOWS_SCORE", "该等次由得分得出，只有边线并列或超出“原则上”的名额时才由集体决定", "this grade follows from the score; only a tie for the last seat, or a seat beyond a quota in principle, is decided")
	GradeDecisionsExceed = register("GRADE_DECISIONS_EXCEED", "“{grade}”只余 {seats} 个名额，所决定的多于名额，应减少", "“{grade}” has {seats} seats left and more were decided; decide fewer")
)
