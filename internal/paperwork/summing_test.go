package paperwork

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/calendar"
)

// However many rounds a summary has, its table has a column for each, every row
// a cell for every column, and the columns fill the line; up to six rounds show
// totals, more show ranks, and the note says which.
// covers A15, A16
func TestTableOfASummary(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 12; n++ {
		var rounds []string
		for m := range n {
			rounds = append(rounds, fmt.Sprintf("2023-%02d", m+1))
		}
		s := summary("2023", rounds...)
		s.Standings[0].Totals[0], s.Standings[0].Ranks[0] = "", 0
		table := s.table()
		share := 0
		for i, c := range table.columns {
			share += c.share
			if c.share <= 0 {
				t.Errorf("%d rounds: the column %s has no width", n, c.head)
			}
			if m := i - 2; m >= 0 && m < n && c.head != fmt.Sprintf("%d月", m+1) {
				t.Errorf("%d rounds: column %d is of %s", n, i, c.head)
			}
		}
		if len(table.columns) != n+4 || share != 100 {
			t.Errorf("%d rounds: %d columns of %d", n, len(table.columns), share)
		}
		cell, note := "90.12", "公布总分"
		if n > 6 {
			cell, note = "1", "公布名次"
		}
		for _, row := range table.rows {
			if len(row) != n+4 {
				t.Errorf("%d rounds: a row of %d cells", n, len(row))
			}
		}
		if table.rows[0][2] != dash || n > 1 && table.rows[0][3] != cell || !strings.Contains(table.note, note) {
			t.Errorf("%d rounds: %v, %s", n, table.rows[0], table.note)
		}
	}
}

// Half a year is summed up by a 小结, a quarter, a whole year and a term by a
// 总结, also when it is counted from the first round and crosses New Year.
// covers A15, A16, C03, D32, Q16
func TestKindsOfASummary(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ period, until, round, want string }{
		{"2023-H1", "", "2023-01", "2023年上半年“擂台比武月评比”工作小结"},
		{"2023-H2", "", "2023-07", "2023年下半年“擂台比武月评比”工作小结"},
		{"2023", "", "2023-01", "2023年“擂台比武月评比”工作总结"},
		{"2023-04", "2023-09", "2023-04", "2023年4月至9月“擂台比武月评比”工作小结"},
		{"2023-10", "2024-03", "2023-10", "2023年10月至2024年3月“擂台比武月评比”工作小结"},
		{"2023-04", "2024-03", "2023-04", "2023年4月至2024年3月“擂台比武月评比”工作总结"},
		{"2023-Q2", "", "2023-05", "2023年第二季度“擂台比武月评比”工作总结"},
		{"2023", "", "2023-Q3", "2023年“擂台比武月评比”工作总结"},
		{"2023-Q1", "2023-Q3", "2023-Q1", "2023年第一季度至三季度“擂台比武月评比”工作小结"},
		{"2021", "2023", "2022", "2021年至2023年“擂台比武月评比”工作总结"},
		{"2021-H2", "2023-H1", "2022-H1", "2021年下半年至2023年上半年“擂台比武月评比”工作总结"},
		{"2023-04", "2024-02", "2023-04", "2023年4月至2024年2月“擂台比武月评比”工作小结"},
	} {
		s := summary(c.period, c.round)
		if c.until != "" {
			s.Until = calendar.MustPeriod(c.until)
		}
		d, err := s.Document()
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if got := d.Title(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// Who climbed is told from the first to the last round in which he was ranked
// in both, from three ranks on, and everybody who climbed as far.
func TestWhoClimbed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ranks [3][]int
		want  string
	}{
		{[3][]int{{4, 1}, {1, 2}, {2, 3}}, "松岭村末期上升3个名次"},
		{[3][]int{{4, 2}, {1, 1}, {2, 3}}, ""},
		{[3][]int{{5, 1}, {6, 2}, {1, 3}}, "松岭村、竹溪村末期上升4个名次"},
		{[3][]int{{0, 1}, {1, 2}, {2, 3}}, ""},
		{[3][]int{{9, 0}, {1, 2}, {2, 3}}, ""},
		{[3][]int{{1, 9}, {2, 8}, {3, 7}}, ""},
	} {
		s := summary("2023-H1", "2023-04", "2023-05")
		for i := range s.Standings {
			s.Standings[i].Ranks = c.ranks[i]
		}
		text := textOf(t, s)
		if c.want == "" && strings.Contains(text, "进步明显") || !strings.Contains(text, c.want) {
			t.Errorf("%v: %s", c.ranks, text)
		}
	}
}

// The ledger of issues is told by its numbers; what is nought beside the first
// two is not spoken of, and a ledger of nothing has no section.
// covers A30, A39, A40
func TestIssuesOfASummary(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		issues SummaryIssues
		talks  int
		want   string
	}{
		{SummaryIssues{Assigned: 4, Closed: 4}, 0, "共交办问题4个，已销号4个。"},
		{SummaryIssues{Assigned: 4, Closed: 1, Overdue: 3}, 0, "共交办问题4个，已销号1个，逾期3个。"},
		{SummaryIssues{Assigned: 4, Overdue: 3, Doubled: 3}, 1, "共交办问题4个，已销号0个，逾期3个，按规定加倍处罚3个，开展约谈1次。"},
		{SummaryIssues{}, 2, "共交办问题0个，已销号0个，开展约谈2次。"},
		{SummaryIssues{}, 0, ""},
	} {
		s := summary("2023-H1", "2023-04")
		s.Issues, s.Talks = c.issues, c.talks
		text := textOf(t, s)
		if c.want == "" {
			if strings.Contains(text, "问题整改") {
				t.Errorf("a ledger of nothing: %s", text)
			}
			continue
		}
		wantAll(t, text, "\n"+c.want+"\n")
	}
}

// Money stands in the state it is in, its amount as decided and never computed.
// covers A31, A32, A33, A34
func TestMoneyOfASummary(t *testing.T) {
	t.Parallel()
	s := summary("2023-H1", "2023-04")
	s.Money = []SummaryMoney{
		{Village: "松岭村", Rank: 1, Kind: "奖励", Amount: "2000元", State: "已执行", Minutes: "〔2023〕9号纪要"},
		{Village: "竹溪村", Kind: "奖励", State: "待研究"},
	}
	wantAll(t, textOf(t, s), "资金奖惩标准由党政领导会集体研究决定，按财务审批程序办理", "\n松岭村\n1\n奖励\n2000元\n〔2023〕9号纪要\n已执行\n", "\n竹溪村\n—\n奖励\n待定\n—\n待研究\n")
}

// A round is told with its first, alone or tied, and its highest and lowest
// total where both are known.
func TestRoundsOfASummary(t *testing.T) {
	t.Parallel()
	s := summary("2023-H1", "2023-04", "2023-05", "2023-06")
	s.Rounds[0].First, s.Rounds[0].Lowest = nil, ""
	s.Rounds[1].First = []string{"松岭村", "竹溪村", "高坎村"}
	s.Rounds[2].Ranked = 2
	wantAll(t, textOf(t, s),
		"1．2023年4月期于2023年4月30日举办，3个村（社区）参评。\n",
		"2．2023年5月期于2023年5月31日举办，3个村（社区）参评，松岭村、竹溪村、高坎村并列第一，最高92.97分、最低69.59分。\n",
		"3．2023年6月期于2023年6月30日举办，2个村（社区）参评，松岭村位列第一，最高92.97分、最低69.59分。\n")
}

// A summary of people counts and names people, and one of years has a column a
// year; a span whose ends are of different kinds is none.
// covers C03, D32
func TestSummaryOfATerm(t *testing.T) {
	t.Parallel()
	s := summary("2021", "2021", "2022")
	s.Until, s.Subject = calendar.MustPeriod("2022"), "第一书记"
	text := textOf(t, s)
	wantAll(t, text, "2021年至2022年", "共有3名第一书记参加评比", "3名第一书记参评", "（2021年、2022年）", "\n名次\n第一书记\n2021年\n2022年\n", "各期栏为公布总分")
	if strings.Contains(text, "村（社区）参") || strings.Contains(text, "\n村（社区）\n") {
		t.Error("people are called villages")
	}
	s.Until = calendar.MustPeriod("2022-12")
	if got := refused(s); got != "until" {
		t.Errorf("a span from a year to a month: %q", got)
	}
}
