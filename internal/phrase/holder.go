package phrase

import "leitai/internal/fault"

// holders are the posts as titles of those who hold them.
var holders = map[string]word{
	"village-secretary": {"村党组织书记", "village secretary"},
	"village-committee": {"村“两委”成员", "member of the village committees"},
	"first-secretary":   {"第一书记", "first secretary"},
	"team-leader":       {"驻村工作队队长", "leader of the work team"},
	"work-team":         {"驻村工作队队员", "member of the work team"},
	"resident-cadre":    {"驻村干部", "resident cadre"},
	"package-cadre":     {"包村干部", "cadre responsible for the village"},
	"linked-leader":     {"联村领导", "linked leader"},
}

// Holder is the title of who holds a post: what a person is called in a result,
// which never holds a name.
func Holder(post string, lang fault.Language) string { return look(holders, post, lang) }
