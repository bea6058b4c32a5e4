package paperwork

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/calendar"
)

// A column stands in the table of a result exactly when somebody has something
// in it; every row has a cell for every column, and nothing is ever blank.
// covers G8, Q13
func TestColumnsOfAResult(t *testing.T) {
	t.Parallel()
	for set := range 1 << 5 {
		has := func(bit int) bool { return set&(1<<bit) != 0 }
		rows := []Standing{{Village: "松岭村"}, {Village: "竹溪村"}}
		want := []string{"村（社区）"}
		if has(0) {
			rows[0].Rank = 1
			want = append([]string{"名次"}, want...)
		}
		if has(1) {
			rows[1].Total = "90.00"
			want = append(want, "总分")
		}
		if has(2) {
			rows[0].Change = "↑2"
			want = append(want, "较上期")
		}
		if has(3) {
			rows[0].Band = "前三名"
		}
		if has(4) {
			rows[1].Reason = "未参评"
		}
		if has(3) || has(4) {
			want = append(want, "备注")
		}
		table := standings(rows, "村（社区）", nil)
		var heads []string
		share := 0
		for _, c := range table.columns {
			heads, share = append(heads, c.head), share+c.share
		}
		if strings.Join(heads, " ") != strings.Join(want, " ") || share != 100 {
			t.Errorf("%05b: columns %v of %d, want %v", set, heads, share, want)
		}
		for _, row := range table.rows {
			if len(row) != len(heads) {
				t.Errorf("%05b: %v in columns of %v", set, row, heads)
			}
			for _, cell := range row {
				if cell == "" {
					t.Errorf("%05b: a blank cell in %v", set, row)
				}
			}
		}
	}
}

// The policies below a table are numbered from two on, each a sentence.
func TestPoliciesBelowATable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		policies []string
		want     string
	}{
		{nil, ""}, {[]string{""}, ""}, {[]string{"同分并列"}, "注：同分并列。"}, {[]string{"同分并列。", "保留两位小数；"}, "注：1．同分并列。2．保留两位小数。"},
	} {
		if got := remark(c.policies); got != c.want {
			t.Errorf("%q: %s, want %s", c.policies, got, c.want)
		}
	}
}

// The first paragraph of a bulletin says when, where, who took part and who
// approved, and leaves out what was not handed in.
// covers A26, Q13
func TestFirstParagraphOfABulletin(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(b *Bulletin)
		want   string
	}{
		"without a basis": {func(b *Bulletin) { b.Basis = "" }, "\n2023年5月4日在松岭村党群服务中心组织开展了2023年4月“擂台比武月评比”，12个村（社区）参加评比。经乡党委书记、领导小组组长审定，现将有关情况通报如下。\n"},
		"without a venue": {func(b *Bulletin) { b.Basis, b.Venue = "", "" }, "\n2023年5月4日组织开展了2023年4月"},
		"two left out": {func(b *Bulletin) {
			b.Standings[10] = Standing{Village: "茶园村", Reason: "未评分"}
			b.Standings[11] = Standing{Village: "高坎村", Reason: "未参评"}
		}, "10个村（社区）参加评比，2个未参评或未评分。经"},
		"a name with quotes of its own": {func(b *Bulletin) { b.Competition = "“擂台比武”月评比" }, "组织开展了2023年4月“擂台比武”月评比，"},
		"a quarter":                     {func(b *Bulletin) { b.Period = calendar.MustPeriod("2023-Q2") }, "组织开展了2023年第二季度“擂台比武月评比”，"},
	} {
		b := bulletin()
		c.change(&b)
		if text := textOf(t, b); !strings.Contains(text, c.want) {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// Who is mentioned is told with rank, consequence and who answers for it, as
// far as that was handed in.
// covers A27, A28, A29
func TestMentions(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]Mention{
		"1．松岭村。":      {Village: "松岭村"},
		"1．松岭村（第1名）。": {Village: "松岭村", Rank: 1},
		"1．松岭村：加5分。":  {Village: "松岭村", What: "加5分"},
		"1．松岭村（第3名）：加3分；责任人：联村领导。": {Village: "松岭村", Rank: 3, What: "加3分", Who: "联村领导"},
		"1．松岭村；责任人：驻村干部。":          {Village: "松岭村", Who: "驻村干部"},
	} {
		b := bulletin()
		b.Praise = []Mention{m}
		if text := textOf(t, b); !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("%s is not said in %s", want, text)
		}
	}
}

// How anybody can check a bulletin is said on it, whether the bundle lies on a
// server or is asked for at the office.
func TestHowABulletinIsChecked(t *testing.T) {
	t.Parallel()
	b := bulletin()
	wantAll(t, textOf(t, b), "结果包可从 https://leitai.example/bundles/2023-04 下载，运行“leitai verify 文件名”即可离线重算全部总分和名次，并核对签名及上列哈希值（SHA-256）。", "\n"+hash+"\n")
	b.Publication.Verify = ""
	wantAll(t, textOf(t, b), "结果包可向发文机关索取，运行“leitai verify 文件名”")
}

// The time of a round is told with the day of the week, and where it was moved
// from its day, from which and why.
// covers A18, A19
func TestWhenARoundIsHeld(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ time, nominal, why, want string }{
		{"", "", "", "2023年5月4日（星期四）"},
		{"上午9时", "", "", "2023年5月4日（星期四）上午9时"},
		{"", "2023-05-04", "劳动节放假", "2023年5月4日（星期四）"},
		{"", "2023-04-30", "", "2023年5月4日（星期四）（原定2023年4月30日顺延）"},
		{"上午9时", "2023-04-30", "劳动节放假", "2023年5月4日（星期四）上午9时（原定2023年4月30日，因劳动节放假顺延）"},
	} {
		n := notice()
		n.Time, n.MovedFor, n.Nominal = c.time, c.why, calendar.Date{}
		if c.nominal != "" {
			n.Nominal = calendar.MustDate(c.nominal)
		}
		if text := textOf(t, n); !strings.Contains(text, "\n时间：\n"+c.want+"\n") {
			t.Errorf("%+v: %s", c, text)
		}
	}
}

// What is asked of the villages begins with what follows from the rules and
// goes on with what the office adds; nothing is asked that has no ground.
// covers A12, A21, G3
func TestDemandsOfANotice(t *testing.T) {
	t.Parallel()
	n := notice()
	n.Demands = []string{"按时参会", "遵守纪律"}
	text := textOf(t, n)
	wantAll(t, text, "\n（一）各村（社区）要对照评比内容，逐项准备有关资料，无需为评比另行制作台账。\n（二）资料台账", "\n（三）评比小组成员不得评本人", "\n（四）按时参会。\n（五）遵守纪律。\n")
	n.Ledgers, n.Groups, n.Demands = "", nil, nil
	text = textOf(t, n)
	for _, absent := range []string{"（二）资料台账", "回避", "评比分组"} {
		if strings.Contains(text, absent) {
			t.Errorf("%s is asked for without ground", absent)
		}
	}
	wantAll(t, text, "四、有关要求\n（一）各村（社区）要对照")
}

// The items are numbered as in their table, also where not every item says what
// is looked at; what is not known prints as a dash.
// covers A11
func TestItemsOfANotice(t *testing.T) {
	t.Parallel()
	n := notice()
	n.Items[0].Content, n.Items[2].Content = "", "庭院和沟渠"
	text := textOf(t, n)
	wantAll(t, text, "（二）乡村振兴。\n", "（三）人居环境。\n庭院和沟渠。\n", "\n3\n人居环境\n25\n40%\n60%\n—\n", "\n1\n党建\n40\n40%\n60%\n党委组织委员\n")
	if strings.Contains(text, "（一）党建") {
		t.Error("an item is detailed that says nothing")
	}
	n.Items[0].OnSite, n.Items[0].Ledger = "", "100%"
	wantAll(t, textOf(t, n), "\n1\n党建\n40\n—\n100%\n")
}

// What the office of the group does is told as far as it is known.
// covers A04
func TestOfficeOfALeadingGroup(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]GroupOffice{
		"": {},
		"领导小组下设办公室，办公室设在党建办公室。":                               {Seat: "党建办公室"},
		"领导小组下设办公室，办公室设在党建办公室，由组织委员兼任办公室主任。":                  {Seat: "党建办公室", Head: "组织委员"},
		"领导小组下设办公室，办公室设在党建办公室。日常工作由党建办负责。":                    {Seat: "党建办公室", Units: []string{"党建办"}},
		"领导小组下设办公室，办公室设在党建办公室，由组织委员兼任办公室主任。日常工作由党建办、乡村振兴站负责。": {Seat: "党建办公室", Head: "组织委员", Units: []string{"党建办", "乡村振兴站"}},
	} {
		if got := o.text(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Holders of one post stand below each other, the post named once.
// covers A04, A43
func TestHoldersOfAPost(t *testing.T) {
	t.Parallel()
	g := leadingGroup()
	g.Deputies = []string{"乡党委副书记", "乡人大主席", "副乡长"}
	text := textOf(t, g)
	if strings.Count(text, "副　组　长：") != 1 || !strings.Contains(text, "副　组　长：\n乡党委副书记\n　　　　　　\n乡人大主席\n　　　　　　\n副乡长\n") {
		t.Errorf("got %s", text)
	}
	for attachment := range 3 {
		g.Attachment = attachment + 1
		wantAll(t, textOf(t, g), fmt.Sprintf("\n附件%d\n", attachment+1))
	}
}
