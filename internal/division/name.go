package division

import "strings"

// committee is an ending that turns the name of a place into the legal name of
// the body that runs it, longest first within a kind.
type committee struct {
	ending string
	place  string // what the place is called when its name does not say: 村
	short  string // the ending of a name that cannot stand without one
}

var committees = []committee{
	{ending: "村民委员会", place: "村"},
	{ending: "村民委会", place: "村"},
	{ending: "村委员会", place: "村"},
	{ending: "村委会", place: "村"},
	{ending: "社区居民管理委员会", place: "社区"},
	{ending: "社区委员会", place: "社区"},
	{ending: "社区工作委员会", place: "社区"},
	{ending: "嘎查委员会", place: "嘎查"},
	{ending: "居民委员会", short: "居委会"},
	{ending: "居民委会", short: "居委会"},
	{ending: "居委会", short: "居委会"},
	{ending: "街道办事处", place: "街道"},
	{ending: "镇人民政府", place: "镇"},
	{ending: "乡人民政府", place: "乡"},
}

// places are endings that make a name complete by themselves.
var places = []string{"村", "社区", "嘎查", "街道", "镇", "乡"}

// ShownName gives the everyday name for a legal one: 沈庄村村民委员会 and
// 沈庄村民委员会 are 沈庄村, 文昌社区居民委员会 is 文昌社区. A residents' committee
// whose name does not say what it runs keeps the word, because 八一居委会 is no
// 八一社区 until somebody calls it so. Remarks in brackets stay, since they tell
// namesakes apart. A name that is no body's is shown as it is; the result is
// never empty unless legal is.
func ShownName(legal string) string {
	core, remark := legal, ""
	if i := strings.IndexAny(legal, "（("); i > 0 && (strings.HasSuffix(legal, "）") || strings.HasSuffix(legal, ")")) {
		core, remark = legal[:i], legal[i:]
	}
	for _, c := range committees {
		name, ok := strings.CutSuffix(core, c.ending)
		if !ok {
			continue
		}
		if name == "" || name == c.place {
			return legal
		}
		for _, place := range places {
			if strings.HasSuffix(name, place) && name != place {
				return name + remark
			}
		}
		return name + c.place + c.short + remark
	}
	return legal
}
