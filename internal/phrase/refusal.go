package phrase

import "leitai/internal/fault"

// refusals are the reasons that name a grade or a number of seats, for where
// these stand beside them already.
var refusals = map[string]word{
	string(fault.GradeUnknown):         {"模板没有这一等次", "the template has no such grade"},
	string(fault.GradeQuotaFull):       {"该等次名额已满，不得超过，应在名额内确定", "the seats of this grade are taken and may not be exceeded; decide within them"},
	string(fault.GradeNotEligible):     {"该对象不符合该等次的条件，应选择其符合条件的等次", "this subject does not meet the conditions of this grade; choose one whose conditions it meets"},
	string(fault.GradeOutOfOrder):      {"名次在前且符合条件的对象尚未评为该等次，应按名次确定", "eligible subjects that stand higher do not have this grade yet; decide in the order of standing"},
	string(fault.GradeDecisionsExceed): {"所决定的多于该等次余下的名额，应减少", "more were decided than this grade has seats left; decide fewer"},
}

// Refusal says why a decision about a grade cannot stand, by the code that a
// result keeps of it; the code itself where it is none.
func Refusal(code string, lang fault.Language) string {
	if _, ours := refusals[code]; ours {
		return look(refusals, code, lang)
	}
	if _, known := fault.Codes()[fault.Code(code)]; !known {
		return code
	}
	return fault.New(fault.Code(code)).Message(lang)
}
