package scoring

import "leitai/internal/template"

// Measured reports whether an item's value comes from metrics, an exam or a
// ballot instead of marks.
func Measured(kind template.ItemKind) bool {
	switch kind {
	case template.KindMetric, template.KindExam, template.KindBallot:
		return true
	}
	return false
}

// Detailed reports whether a mark of this kind says what was found (Detail),
// and its value follows from that.
func Detailed(kind template.ItemKind) bool {
	switch kind {
	case template.KindChecklist, template.KindLevels, template.KindDeductions, template.KindBonus, template.KindVeto:
		return true
	}
	return false
}

// Beside reports whether an item stands beside the scale: its points are no
// part of it, and no mark at all means that nothing happened.
func Beside(kind template.ItemKind) bool {
	return kind == template.KindBonus || kind == template.KindVeto
}

// Values of an item's `na`: what does not apply to a subject counts as met, or
// its points are spread over what does apply. Spread is the default.
const (
	Full   = "full"
	Spread = "redistribute"
)

// Values of a veto's effect; the subject is left out of the ranking by default.
const (
	EffectUnranked = "unranked"
	EffectZero     = "zero"
)

// kindNames is what refusals call the kinds.
var kindNames = map[template.ItemKind][2]string{
	template.KindPoints:     {"直接评分", "points"},
	template.KindDeductions: {"扣分", "deductions"},
	template.KindChecklist:  {"检查清单", "checklist"},
	template.KindLevels:     {"分档", "levels"},
	template.KindMetric:     {"指标", "metric"},
	template.KindRankPoints: {"按名次计分", "points by rank"},
	template.KindVeto:       {"一票否决", "veto"},
	template.KindBonus:      {"加分", "bonus"},
	template.KindExam:       {"测试", "exam"},
	template.KindBallot:     {"民主测评", "ballot"},
}
