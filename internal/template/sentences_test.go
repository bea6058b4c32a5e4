package template

import (
	"strings"
	"testing"

	"leitai/internal/fault"
)

// sentence is one mistake and the two sentences its author reads.
type sentence struct{ name, old, new, zh, en string }

// tells runs a table: the first fault says exactly these sentences.
func tells(t *testing.T, base string, cases []sentence) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse([]byte(swapped(t, base, c.old, c.new)))
			l := fault.All(err)
			if len(l) == 0 {
				t.Fatalf("nothing is refused: %v", err)
			}
			if got := l[0].Message(fault.Chinese); got != c.zh {
				t.Errorf("got  %s\nwant %s", got, c.zh)
			}
			if got := l[0].Message(fault.English); got != c.en {
				t.Errorf("got  %s\nwant %s", got, c.en)
			}
		})
	}
}

// What an author reads says what is wrong in his own words and what would be
// right, in both languages.
func TestSentencesAboutTheShape(t *testing.T) {
	t.Parallel()
	tells(t, small, []sentence{
		{"unknown key", "decimals: 2}", "decimal: 2}", "不认识的键“decimal”，此处可用：points, decimals, rounding, items, split", "the key “decimal” is not known here; known are: points, decimals, rounding, items, split"},
		{"missing points", "    points: 60\n", "", "各项分值合计为 40，应等于满分 100", "the points of the items sum to 40; they should sum to the scale, 100"},
		{"missing name", "name: 小模板\n", "", "缺少必填的键“name”（名称）", "the key “name” is missing (name)"},
		{"duplicate key", "rubric: fixed", "rubric: fixed\nrubric: fixed", "键“rubric”重复，每个键只能出现一次", "the key “rubric” stands twice; a key may stand once"},
		{"anchor", "name: 党建", "name: &n 党建", "不能使用锚点、别名、合并键、标签或复合键（&n），请直接写出内容", "anchors, aliases, merge keys, tags and compound keys (&n) are not allowed; write the content out"},
		{"a list for a map", "scale: {points: 100, decimals: 2}", "scale: []", "类型不正确，应为：映射（键: 值）", "this has the wrong type; it should be a map of keys"},
		{"a map for a list", "confirmAtActivation: [outcomes]", "confirmAtActivation: {}", "类型不正确，应为：列表", "this has the wrong type; it should be a list"},
		{"a number for text", "name: 党建", "name: 1", "类型不正确，应为：文字（数字请加引号）", "this has the wrong type; it should be text (put quotes around digits)"},
		{"text for a count", "day: 30", "day: 三十", "类型不正确，应为：整数", "this has the wrong type; it should be a whole number"},
		{"yes for true", "reception: true", "reception: on", "类型不正确，应为：true 或 false", "this has the wrong type; it should be true or false"},
		{"range", "    judges: {min: 2", "    range: [9]\n    judges: {min: 2", "类型不正确，应为：[下限, 上限]，下限小于上限", "this has the wrong type; it should be [lowest, highest], the first below the second"},
		{"value", "every: month", "every: week", "取值“week”不可用，应为：month | quarter | half-year | year", "the value “week” is not known; it should be one of: month | quarter | half-year | year"},
		{"out of range", "day: 30", "day: 32", "取值 32 超出范围，应在 1 至 31 之间", "32 is out of range; it should be from 1 to 31"},
		{"number", "points: 60", "points: 6e1", "“6e1”不是精确的数，请写成小数、分数或百分数，如 0.4、1/3、40%", "“6e1” is not an exact number; write a decimal, a fraction or a percentage such as 0.4, 1/3 or 40%"},
		{"key", "key: small", "key: Small", "键名“Small”不合规，应以小写字母开头，只含字母、数字和连字符，不超过 64 个字符", "“Small” is no key; keys begin with a small letter and hold letters, digits and single hyphens, at most 64 characters"},
		{"text", "name: 党建", `name: "党建 "`, "文字“党建 ”不合规：不能为空，首尾不能有空格，不能含控制字符，最长 200 字", "the text “党建 ” is not allowed: it may not be empty, begin or end with a space, hold control characters, or exceed 200 characters"},
		{"date", "2024-01-05", "2024-02-30", "“2024-02-30”不是存在的日期，格式如 2023-04-24", "“2024-02-30” is not a date that exists; write it like 2023-04-24"},
		{"version", "schemaVersion: 1", "schemaVersion: 9", "不支持的 schemaVersion 9，本版本支持：1", "schemaVersion 9 is not known; this release reads 1"},
		{"too deep", "name: 党建", "name: " + strings.Repeat("[", 12) + strings.Repeat("]", 12), "嵌套层数过多，最多 12 层", "the document is nested too deeply; at most 12 levels"},
	})
}

func TestSentencesAboutTheRules(t *testing.T) {
	t.Parallel()
	tells(t, small, []sentence{
		{"weights", "weight: 40", "weight: 1/3", "权重合计为 181/3，应为 100", "the weights sum to 181/3; they should sum to 100"},
		{"items", "points: 60", "points: 59.5", "各项分值合计为 99.5，应等于满分 100", "the points of the items sum to 99.5; they should sum to the scale, 100"},
		{"level above", "    points: 60", "    points: 60\n    kind: levels\n    levels: {good: 60.5}", "分值 60.5 不合规，应为：不超过本项分值 60", "60.5 points do not fit; they should be at most the item's points, 60"},
		{"checks", "    points: 60", "    points: 60\n    kind: checklist\n    checks: [{key: a, name: 甲, points: 1}]", "分值 1 不合规，应为：检查点合计等于本项分值 60", "1 points do not fit; they should be checks that sum to the item's points, 60"},
		{"reference", "tieBreak: [ledger]", "tieBreak: [age]", "“age”没有定义，可引用：heaviest-item, daysTotal, onsite, ledger, party, habitat", "“age” is not defined; defined are: heaviest-item, daysTotal, onsite, ledger, party, habitat"},
		{"twice", "key: habitat", "key: party", "“party”重复出现，只能出现一次", "“party” stands twice; it may stand once"},
		{"conflict", "combine: mean", "combine: single", "此处设置互相矛盾，应为：single 只能有一名评委（min: 1）", "these settings contradict each other; they should be: single means one judge (min: 1)"},
		{"values by rank", "[5, 4, 3]", "[5]", "给出了 1 个分值，应为 3 个（每个名次一个）", "1 values are given; there should be 3 (one for each rank of the band)"},
		{"values by role", "by: rank", "by: role", "给出了 3 个分值，应为 2 个（每个对象一个）", "3 values are given; there should be 2 (one for each recipient)"},
		{"basis", "do: money", "do: money, basis: 无", "奖惩金额和一票否决必须引用 basis 中带文号的文件依据，可引用：乡委发〔2024〕1号", "money and vetoes need a written basis: cite the number of a document in basis; there are: 乡委发〔2024〕1号"},
		{"no basis", "    number: 乡委发〔2024〕1号\n", "", "奖惩金额和一票否决必须引用 basis 中带文号的文件依据，可引用：–", "money and vetoes need a written basis: cite the number of a document in basis; there are: –"},
		{"amount", "do: money", "do: money, amount: 500", "金额不得写入模板，由集体研究决定（amount: by-decision）", "an amount may not be written into a template; it is decided collectively (amount: by-decision)"},
		{"votes", "name: 党建", "name: 微信点赞", "公众点赞、投票、转发不得作为指标（“微信点赞”），民主测评应按花名册一人一票", "likes and votes of the public cannot be an indicator (“微信点赞”); a democratic evaluation is a ballot bound to a roster"},
		{"use", "name: 党建", "name: 驻村打卡", "打卡、定位、登录、活跃度不得计分（“驻村打卡”），请删除该项", "check-ins, tracks, log-ins and activity cannot score (“驻村打卡”); remove it"},
		{"kind", "    points: 60", "    points: 60\n    cap: 3", "键“cap”不适用于 points 类型，此类型可用：points", "the key “cap” is not for the kind points; this kind knows: points"},
		{"outcome", "byRole: principal-leaders", "byRole: mayor, average: true", "键“average”不适用于 talk 类型，此类型可用：when, do, byRole, with", "the key “average” is not for the kind talk; this kind knows: when, do, byRole, with"},
		{"formula", "    points: 60", "    points: 60\n    kind: metric\n    formula: a % 2", "公式不合规：不能使用 %", "the formula is not allowed: % is not allowed"},
		{"formula's name", "    points: 60", "    points: 60\n    kind: metric\n    formula: Income / 10", "公式不合规：Income 不是指标名称，应以小写字母开头，只含字母和数字", "the formula is not allowed: Income is no name of a metric"},
		{"formula's call", "    points: 60", "    points: 60\n    kind: metric\n    formula: abs(income)", "公式不合规：不能使用 abs，可用 min 和 max", "the formula is not allowed: abs is not allowed; min and max are"},
		{"formula too long", "    points: 60", "    points: 60\n    kind: metric\n    formula: a" + strings.Repeat(" + a", 100), "公式不合规：过长，最多 200 步", "the formula is not allowed: more than 200 steps"},
	})
	tells(t, string(everythingSource(t)), []sentence{
		{"thresholds", "yellow: {from: 82.5}", "yellow: {from: 88}", "各档分数线应由高到低排列，只有最后一档不设分数线", "the thresholds should fall from step to step, and only the last step has none"},
	})
}

// What is refused later than on reading speaks as plainly.
func TestSentencesOfALockAndOfAnExam(t *testing.T) {
	t.Parallel()
	parent, derived := child(t, "scale")
	derived.Scale.Decimals = 3
	l := CheckLocked(parent, derived)
	if len(l) != 1 || l[0].Message(fault.Chinese) != "字段“scale.decimals”已被上级模板 monthly-arena 锁定，应保持为 2" ||
		l[0].Message(fault.English) != "the field “scale.decimals” is locked by the parent template monthly-arena; it should stay 2" {
		t.Errorf("got %v", l)
	}
	derived = example(t, "annual-assessment")
	alone := derived
	alone.Items = []Item{{Key: "test", Name: Text{ZH: "测试"}, Kind: KindExam, Points: hundred}}
	alone.Parts = nil
	if l := Validate(alone); !has(l, fault.TemplateExamOnly, "items") || !strings.Contains(l[0].Message(fault.Chinese), "不得以单纯的考试代替比武") {
		t.Errorf("got %v", l)
	}
}
