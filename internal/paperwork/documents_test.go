package paperwork

import (
	"errors"
	"maps"
	"regexp"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// maker is any kind of data.
type maker interface{ Document() (Document, error) }

func all() map[string]maker {
	everything := more()
	maps.Copy(everything, map[string]maker{
		"bulletin":      bulletin(),
		"notice":        notice(),
		"half-year":     summary("2023-H1", "2023-04", "2023-05", "2023-06"),
		"year":          summary("2023", "2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06", "2023-07"),
		"leading-group": leadingGroup(),
	})
	return everything
}

func htmlOf(t *testing.T, m maker) string {
	t.Helper()
	d, err := m.Document()
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// textOf is the visible text of a page, one line an element.
func textOf(t *testing.T, m maker) string {
	t.Helper()
	page := htmlOf(t, m)
	_, body, found := strings.Cut(page, "<body")
	if !found {
		t.Fatal("a page without a body")
	}
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, "\n")
	return regexp.MustCompile(`\n\s*`).ReplaceAllString(text, "\n")
}

func wantAll(t *testing.T, text string, snippets ...string) {
	t.Helper()
	for _, s := range snippets {
		if !strings.Contains(text, s) {
			t.Errorf("the document does not say %q in\n%s", s, text)
		}
	}
}

// The bulletin tells the whole township every rank, who is praised, criticised
// and talked to, and how anybody can check it.
// covers A26, A28, A30, Q35
func TestBulletin(t *testing.T) {
	t.Parallel()
	text := textOf(t, bulletin())
	wantAll(t, text,
		"云栖乡擂台比武领导小组文件", "云擂发〔2023〕4号",
		"关于2023年4月", "“擂台比武月评比”情况的通报",
		"各村（社区）、乡直各单位：",
		"根据《云栖乡“擂台比武”活动方案》（云党发〔2023〕6号）要求，2023年5月4日在松岭村党群服务中心组织开展了2023年4月“擂台比武月评比”，12个村（社区）参加评比。经乡党委书记、领导小组组长审定，现将有关情况通报如下。",
		"一、评比结果", "\n名次\n村（社区）\n总分\n备注\n1\n松岭村\n92.97\n前三名\n", "\n3\n桃坪村\n90.61\n前三名\n5\n大湾村\n86.99\n—\n",
		"二、通报表扬", "1．松岭村（第1名）：联村领导、驻村干部和村各加5分。",
		"三、批评提醒", "2．茶园村（第11名）。",
		"四、约谈", "1．高坎村（第12名）：连续2期进入后三名，联村领导、驻村干部和村各减5分；责任人：联村领导、驻村干部、村党组织书记。",
		"五、有关要求", "第1次发布\n", "乡党委书记、领导小组组长\n", "全乡镇（街道）范围内\n",
		hash, "leitai verify", "云栖乡党建办公室", "2023年5月8日印发",
	)
}

// Nobody is mentioned who is not in the data: a section without entries is
// left out and the numbering closes up.
func TestBulletinWithoutMentions(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Praise, b.Criticism, b.Talks = nil, nil, nil
	text := textOf(t, b)
	for _, word := range []string{"通报表扬", "批评提醒", "约谈"} {
		if strings.Contains(text, word) {
			t.Errorf("%s is printed although nobody is concerned", word)
		}
	}
	wantAll(t, text, "二、有关要求")
}

// A village that did not take part is printed with its reason and no rank, and
// is counted apart. covers Q13
func TestBulletinWithAbsentVillage(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Standings[11] = Standing{Village: "高坎村", Reason: "未参评"}
	wantAll(t, textOf(t, b), "11个村（社区）参加评比，1个未参评或未评分", "\n—\n高坎村\n—\n未参评\n")
}

// A result published as bands shows no column of ranks or totals.
// covers G8
func TestBulletinWithoutRanks(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Standings = []Standing{{Village: "松岭村", Band: "绿"}, {Village: "竹溪村", Band: "黄"}}
	b.Praise, b.Criticism, b.Talks = nil, nil, nil
	text := textOf(t, b)
	wantAll(t, text, "\n村（社区）\n备注\n松岭村\n绿\n")
	if strings.Contains(text, "名次\n") || strings.Contains(text, "总分\n") {
		t.Error("a column without values is printed")
	}
}

// The audience is printed in the tenant's own words where it has some, and a
// county or the public may be shown what holds no criticism.
// covers Q35
func TestAudiences(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Publication.Scope = "全乡范围内"
	wantAll(t, textOf(t, b), "发布范围：\n全乡范围内\n")
	b.Publication.Scope, b.Criticism, b.Talks = "", nil, nil
	for audience, words := range map[Audience]string{Person: "仅限当事人", Township: "全乡镇（街道）范围内", County: "全县范围内", Public: "向社会公开"} {
		b.Publication.Audience = audience
		wantAll(t, textOf(t, b), "发布范围：\n"+words+"\n")
	}
}

// A correction names what it replaces and why.
// covers Q30
func TestBulletinOfALaterRevision(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Publication.Revision, b.Publication.Supersedes, b.Publication.Reason = 2, 1, "复核采纳1件异议"
	wantAll(t, textOf(t, b), "第2次发布，替代第1次发布（原件保留备查）；更正原因：复核采纳1件异议。")
}

// The notice fixes date, place, items and groups, tells of a moved day, and
// reaches everybody on its list. covers A02, A12, A19, A20, A21, A05, A06, A07, G6
func TestRoundNotice(t *testing.T) {
	t.Parallel()
	wantAll(t, textOf(t, notice()),
		"关于开展2023年4月", "各村（社区）、乡直各单位：", "抄送：\n县委组织部、县农业农村局。",
		"2023年5月4日（星期四）上午9时（原定2023年4月30日，因劳动节放假顺延）", "松岭村党群服务中心",
		"松岭村、竹溪村、石门村、云栖社区，共4个村（社区）。",
		"（一）党建。\n“三会一课”、党员发展和村级活动场所使用情况。",
		"\n1\n党建\n40\n40%\n60%\n党委组织委员\n", "\n第一组\n组织委员、党建办干部\n驻村干部甲\n党建\n",
		"逐项准备有关资料", "资料台账由村党组织书记于当日上午8时30分前亲自送至评比地点。", "应主动回避",
		"检查考核计划备案文号：\n云督备〔2023〕12号",
	)
}

// What is attached is named below the text, numbered from two on.
func TestAttachments(t *testing.T) {
	t.Parallel()
	n := notice()
	n.Attachments = []string{"领导小组名单"}
	wantAll(t, textOf(t, n), "\n附件：领导小组名单\n")
	n.Attachments = append(n.Attachments, "评比细则")
	wantAll(t, textOf(t, n), "\n附件：1．领导小组名单\n", "2．评比细则\n")
	if _, parts := unzip(t, docxOf(t, n)); !strings.Contains(parts["word/document.xml"], "　　　2．评比细则") {
		t.Error("the second attachment is aligned below the first")
	}
}

// A round that keeps its day says nothing of moving.
func TestRoundNoticeOnItsDay(t *testing.T) {
	t.Parallel()
	n := notice()
	n.Nominal = n.Held
	if text := textOf(t, n); strings.Contains(text, "顺延") {
		t.Error("a round held on its day is not moved")
	}
}

// The list of the leading group is attachment 1. covers A04, A43
func TestLeadingGroup(t *testing.T) {
	t.Parallel()
	wantAll(t, textOf(t, leadingGroup()),
		"附件1", "云栖乡“擂台比武”领导小组名单", "组　　　长：\n乡党委书记", "第一副组长：\n乡党委副书记、乡长", "副　组　长：", "成　　　员：",
		"领导小组下设办公室，办公室设在党建办公室，由乡党委组织委员兼任办公室主任。日常工作由党建办、乡村振兴站负责。")
}

// Everything missing is named at once, each with its field, and nothing is made.
func TestRefusals(t *testing.T) {
	t.Parallel()
	moved := bulletin()
	moved.Date = calendar.MustDate("2023-05-03")
	wide := bulletin()
	wide.Publication.Audience = Public
	orphan := bulletin()
	orphan.Publication.Revision = 2
	future := bulletin()
	future.Publication.Supersedes = 3
	unnumbered := notice()
	unnumbered.Number = ""
	month := summary("2023-04", "2023-04")
	outside := summary("2023-H1", "2023-07")
	ragged := summary("2023-H1", "2023-04")
	ragged.Standings[1].Ranks = nil
	for name, c := range map[string]struct {
		data   maker
		fields string
	}{
		"empty bulletin":          {Bulletin{}, "issuer date mark competition period held standings publication.hash publication.approver publication.revision"},
		"empty notice":            {RoundNotice{}, "issuer date competition period held venue to subjects items"},
		"empty summary":           {Summary{}, "issuer date competition rounds standings period"},
		"empty group":             {LeadingGroup{}, "name head issuer date"},
		"issued before held":      {moved, "date"},
		"criticism in public":     {wide, "publication.audience"},
		"revision without former": {orphan, "publication.supersedes"},
		"first replaces another":  {future, "publication.supersedes"},
		"red head, no number":     {unnumbered, "number"},
		"summary of a month":      {month, "period"},
		"round outside":           {outside, "rounds[0].period"},
		"ragged standings":        {ragged, "standings[1]"},
	} {
		d, err := c.data.Document()
		var fields []string
		for _, f := range fault.All(err) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != c.fields {
			t.Errorf("%s: fields %q, want %q", name, got, c.fields)
		}
		if d.Title() != "" {
			t.Errorf("%s: a refused document has a title", name)
		}
	}
	if _, err := (Bulletin{}).Document(); !errors.Is(err, fault.New(fault.PaperFieldMissing)) {
		t.Errorf("an empty bulletin is refused with %v", err)
	}
}
