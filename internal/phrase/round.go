package phrase

import (
	"strings"

	"leitai/internal/fault"
)

// rounds are the states of a round: open means that marks are taken, where an
// issue that is open is being put right.
var rounds = map[string]word{
	"planned":     {"已计划", "planned"},
	"notified":    {"已通知", "notified"},
	"open":        {"评分中", "open"},
	"closed":      {"评分已截止", "closed"},
	"computed":    {"已计算", "computed"},
	"provisional": {"公示中", "provisional"},
	"published":   {"已通报", "published"},
	"cancelled":   {"已取消", "cancelled"},
}

// Round is what a state of a round is called, whatever its case: open is 评分中.
func Round(state string, lang fault.Language) string {
	return look(rounds, strings.ToLower(state), lang)
}
