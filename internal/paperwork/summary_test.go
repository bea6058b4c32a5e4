package paperwork

import (
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// The half-year is summed up from its rounds: each month's totals, the
// aggregate, issues, talks and the state of the money, which is never computed
// here. covers A15, A31, A33, A36
func TestHalfYearSummary(t *testing.T) {
	t.Parallel()
	wantAll(t, textOf(t, summary("2023-H1", "2023-04", "2023-05", "2023-06")),
		"2023年上半年“擂台比武月评比”工作小结",
		"2023年上半年共组织开展“擂台比武月评比”3期（4月、5月、6月）。",
		"2023年上半年共有3个村（社区）参加评比，各期均全部参评。",
		"1．2023年4月期于2023年4月30日举办，3个村（社区）参评，松岭村位列第一，最高92.97分、最低69.59分。",
		"综合各期成绩，松岭村（第1名）、竹溪村（第2名）、高坎村（第3名）位居前列。",
		"松岭村3次进入前列，为最多。", "高坎村2次处于末位，为最多。",
		"\n名次\n村（社区）\n4月\n5月\n6月\n平均分\n前列／末位次数\n1\n松岭村\n90.12\n90.12\n90.12\n90.12\n3／0\n",
		"可作为单项工作评先评优的依据", "\n党建\n松岭村\n94.20%\n",
		"共交办问题4个，已销号3个，逾期2个，按规定加倍处罚2个，提请研究启动追责程序1个，开展约谈2次。",
		"\n松岭村\n1\n奖励\n2000元\n〔2023〕9号纪要\n已审批\n", "\n高坎村\n3\n处罚\n待定\n—\n待研究\n",
	)
}

// A year of more than six rounds prints ranks in place of totals, so that the
// table stays legible. covers A16
func TestYearSummary(t *testing.T) {
	t.Parallel()
	text := textOf(t, all()["year"])
	wantAll(t, text, "2023年“擂台比武月评比”工作总结", "\n2\n竹溪村\n2\n2\n2\n2\n2\n2\n2\n90.12\n2／1\n", "各月栏为公布名次")
}

// Balances of accounts have a column of their own once anything was posted.
func TestSummaryPrintsAccounts(t *testing.T) {
	t.Parallel()
	s := summary("2023-H1", "2023-04", "2023-05")
	if text := textOf(t, s); strings.Contains(text, "加减分") {
		t.Errorf("a column of nothing:\n%s", text)
	}
	s.Standings[0].Account = "+9"
	wantAll(t, textOf(t, s), "\n前列／末位次数\n加减分\n", "3／0\n&#43;9\n", "／2\n0\n", "不含问题扣分")
}

// A leading group whose office has no seat yet is still printed with who heads
// it and who does the daily work. covers A04, A43
func TestOfficeWithoutASeat(t *testing.T) {
	t.Parallel()
	g := LeadingGroup{Attachment: 1, Name: "示例乡“擂台比武”领导小组", Head: []string{"乡党委书记"}, Office: GroupOffice{Head: "组织委员", Units: []string{"党建办", "乡村振兴站"}}}
	wantAll(t, textOf(t, g), "领导小组下设办公室，由组织委员兼任办公室主任。日常工作由党建办、乡村振兴站负责。")
	g.Office = GroupOffice{}
	if text := textOf(t, g); strings.Contains(text, "下设办公室") {
		t.Errorf("an office that nobody named:\n%s", text)
	}
}

// Drafted sentences say only what the numbers show.
func TestDraftedSentences(t *testing.T) {
	t.Parallel()
	s := summary("2023-H1", "2023-04", "2023-05")
	s.Cancelled = 1
	s.Rounds[0].First = []string{"松岭村", "竹溪村"}
	s.Standings[0].Ranks = []int{4, 1}
	s.Standings[1].Ranks = []int{1, 0}
	s.Standings[1].Totals[1] = ""
	s.Standings[2].Ranks = []int{2, 3}
	for i := range s.Standings {
		s.Standings[i].Tops, s.Standings[i].Bottoms, s.Standings[i].Rank = 1, 0, 0
	}
	text := textOf(t, s)
	wantAll(t, text,
		"松岭村、竹溪村并列第一", "其中2个期期参评。另有1期取消，不计入名次。",
		"与首期相比，松岭村末期上升3个名次，进步明显。",
		"\n—\n竹溪村\n90.12\n—\n90.12\n",
	)
	for _, claim := range []string{"位居前列", "为最多", "竹溪村末期"} {
		if strings.Contains(text, claim) {
			t.Errorf("%q is claimed without ground", claim)
		}
	}
}

// Without issues, talks or money these sections are left out.
func TestSummarySectionsAreOptional(t *testing.T) {
	t.Parallel()
	s := summary("2023-H1", "2023-04")
	s.Issues, s.Talks, s.Money, s.Items, s.Next = SummaryIssues{}, 0, nil, nil, nil
	text := textOf(t, s)
	for _, heading := range []string{"问题整改", "奖惩兑现", "单项工作", "下一步"} {
		if strings.Contains(text, heading) {
			t.Errorf("%s is printed without content", heading)
		}
	}
}

// A span counted from the first round is named by its months, and every round
// lies inside it. covers Q16
func TestSummaryOfASpanFromTheFirstRound(t *testing.T) {
	t.Parallel()
	s := summary("2023-04", "2023-04", "2023-09")
	s.Until = calendar.MustPeriod("2023-09")
	doc, err := s.Document()
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Title(); !strings.HasPrefix(got, "2023年4月至9月") || !strings.HasSuffix(got, "工作小结") {
		t.Errorf("title %q", got)
	}
	s.Until = calendar.MustPeriod("2023-05")
	if _, err := s.Document(); fault.CodeOf(err) != fault.PaperPeriod {
		t.Errorf("a round after the span: %v", err)
	}
	s.Until = calendar.MustPeriod("2023-03")
	if _, err := s.Document(); fault.CodeOf(err) != fault.PaperPeriod {
		t.Errorf("a span that ends before it begins: %v", err)
	}
}
