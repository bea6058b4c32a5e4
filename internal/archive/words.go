package archive

import "leitai/internal/fault"

// said is a sentence in both languages.
type said struct{ zh, en string }

func (s said) in(language fault.Language) string {
	if language == fault.English {
		return s.en
	}
	return s.zh
}

// goes says what goes with an erasure.
var goes = map[string]said{
	GoesName:        {"姓名与代号的对应关系", "the key from the pseudonym to the name"},
	GoesFacts:       {"选派核查中登记的个人情况", "personal facts entered for the selection of posted cadres"},
	GoesGrants:      {"在本单位的角色", "roles held in this tenant"},
	GoesTokens:      {"接口令牌", "API tokens"},
	GoesSessions:    {"登录会话", "sessions"},
	GoesFactors:     {"动态口令、恢复码和第三方登录绑定", "second factors, recovery codes and links to other logins"},
	GoesInvitations: {"尚未接受的邀请", "invitations that were not accepted"},
	GoesAccount:     {"账号本身（登录名和密码）", "the account itself, with login and password"},
}

// stays says why a row stays under the pseudonym; what is not named here is the
// record of an act.
var stays = map[string]said{
	"audit_entry": {"审计记录只有账号编号，没有姓名，依法留存", "the audit holds the id of the user and no name, and is kept by law"},
	"mark":        {"评分以代号留存，已发布结果据此可复算", "marks stay under the pseudonym, so that published results can be recomputed"},
	"publication": {"已发布的结果不可更改，只含代号", "what is published never changes and holds the pseudonym only"},
}

var recorded = said{"经办记录以代号留存", "the record of an act stays under the pseudonym"}

// duties says what has to be handed over.
var dutyWords = map[string]said{
	"post":          {"现任职务，应先免去或移交", "a post held; end it or hand it over"},
	"item":          {"未发布轮次中牵头的单项", "an item owned in a round that is not published"},
	"panel":         {"未发布轮次的评比小组成员", "a place in a review group of a round that is not published"},
	"issue":         {"负责整改、尚未销号的问题", "an issue to be put right that is not closed"},
	"task":          {"尚未办结的任务", "a task that is not done"},
	"posting":       {"在岗的驻村选派、联络或帮带", "a posting, liaison or mentorship under way"},
	"visit":         {"带队的未完成走访", "a visit to be led"},
	"administrator": {"唯一的管理员，应先另设管理员", "the only administrator of a tenant; make another one first"},
}

// Why explains what goes or stays.
func (c Counted) Why(language fault.Language) string {
	if s, known := goes[c.Key]; known {
		return s.in(language)
	}
	if s, known := stays[c.Key]; known {
		return s.in(language)
	}
	return recorded.in(language)
}

// Label says what a duty is.
func (d Duty) Label(language fault.Language) string { return dutyWords[d.Kind].in(language) }
