package paperwork

import (
	"strings"
	"testing"

	"leitai/internal/fault"
)

// Each kind of form asks for what it cannot do without, by name.
func TestWhatFormsNeed(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]maker{
		"competition period sheets":                  ScoreSheets{},
		"sheets[0].items":                            func() maker { s := scoreSheets(); s.Sheets[0].Items = nil; return s }(),
		"competition period items issuer date":       ItemTable{},
		"title fields":                               Form{},
		"title options subjects":                     BallotForm{Options: []string{"好"}},
		"title lines":                                BallotSummary{},
		"lines[0].counts":                            BallotSummary{Title: "x", Options: []string{"a", "b"}, Lines: []BallotLine{{Counts: []string{"1"}}}},
		"title subject score":                        BallotReport{},
		"scheme lines issuer date":                   GradeTable{},
		"issuer date what period lights branches":    ThreeColour{},
		"issuer date competition period villages to": CountyReport{},
		"unit year parts":                            DutyReport{},
		"title parts":                                ReportRules{},
		"standings[0].parts":                         func() maker { b := bulletin(); b.Standings[0].Parts = []string{"1"}; return b }(),
		"":                                           registration(),
		"parts":                                      func() maker { d := dutyReport(); d.Parts = d.Parts[:1]; return d }(),
		"branches[0].counts":                         func() maker { l := threeColour(); l.Branches[0].Counts = []int{1}; return l }(),
		"lines[0] lines[1]": func() maker {
			b := ballotHidden()
			b.Lines[0].Group = "组"
			b.Lines[1].Counts = []string{"1", "2"}
			return b
		}(),
		"branches[1].branch": func() maker { l := threeColour(); l.Branches[1].Branch = "甲、乙"; return l }(),
	} {
		if got := refused(m); got != want {
			t.Errorf("%T: %q is refused, want %q", m, got, want)
		}
	}
	for _, m := range []maker{RectificationList{}, ContactTable{}} {
		if got := refused(m); got != "title lines" {
			t.Errorf("%T: %q is refused", m, got)
		}
	}
}

// A report of 2000 characters is taken and one of 2001 refused, with both
// figures; a report has the parts that are asked for.
// covers E04, E17
func TestReportsKeepTheirLimit(t *testing.T) {
	t.Parallel()
	d := dutyReport()
	used := 0
	for _, p := range d.Parts {
		used += Characters(p.Heading) + Characters(p.Text)
	}
	d.Parts[0].Text += strings.Repeat("实", 2000-used)
	if got := refused(d); got != "" {
		t.Errorf("2000 characters are refused: %s", got)
	}
	if !strings.Contains(textOf(t, d), "2000字（要求不超过2000字）") {
		t.Error("the report does not say how long it is")
	}
	d.Parts[1].Text += "一"
	_, err := d.Document()
	if all := fault.All(err); len(all) != 1 || all[0].Code != fault.PaperTooLong || !strings.Contains(all[0].Message(fault.Chinese), "共 2001 字，不得超过 2000 字") {
		t.Errorf("2001 characters: %v", err)
	}
	f := registration()
	f.Texts[0].Text = strings.Repeat("总结", 1001)
	if got := refused(f); got != "texts[0].text" {
		t.Errorf("a form with too long a text: %q", got)
	}
	lacking := dutyReport()
	lacking.Parts = lacking.Parts[1:]
	if _, err := lacking.Document(); !strings.Contains(err.Error(), "抓党建工作情况") {
		t.Errorf("the part that is missing is not named: %v", err)
	}
}

// Characters are counted as offices count them.
func TestCharacters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "三会一课": 4, "2023年": 2, "增长 12.5% 。": 4, "GB/T 9704": 4, "a b": 2, "“好”": 3, "第1、2项": 5, "\n　": 0} {
		if got := Characters(text); got != want {
			t.Errorf("%q has %d characters, want %d", text, got, want)
		}
	}
}

// A sheet a village, with the blanks of every kind of item, and no judge's mark.
// covers A23, A24, B03, G3
func TestScoreSheets(t *testing.T) {
	t.Parallel()
	d, err := scoreSheets().Document()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.pile()); n != 2 {
		t.Fatalf("%d sheets", n)
	}
	text := textOf(t, scoreSheets())
	wantAll(t, text, "松岭村", "竹溪村", "第一组", "现场督查", "2023年第二季度“逐村观摩”评分表", "□是　□否　□不适用", "值班表上墙", "评委签名", "复核人签名", "一票否决")
	page := htmlOf(t, scoreSheets())
	if strings.Count(page, `<article class="sheet">`) != 2 || !strings.Contains(style, ".sheet + .sheet { break-before: page; }") {
		t.Error("each village needs a page of its own")
	}
	_, parts := unzip(t, docxOf(t, scoreSheets()))
	if strings.Count(parts["word/document.xml"], "<w:pageBreakBefore/>") != 1 || strings.Count(parts["word/document.xml"], "<w:sectPr>") != 1 {
		t.Error("the file does not begin a page for the second village")
	}
}

// The three-colour notice prints counts per branch, hides a small branch and
// then the totals too, and takes no names.
// covers B22, G10
func TestThreeColours(t *testing.T) {
	t.Parallel()
	text := textOf(t, threeColour())
	wantAll(t, text, "三色公示", "松岭村党支部", "绿色", "黄色", "红色", "合计", "48", "只公布数量，不公布个人", "2023年上半年")
	small := threeColour()
	small.Branches[1].Counts = []int{0, 1, 1}
	text = textOf(t, small)
	wantAll(t, text, "评议对象少于3个的支部不公布各色数量")
	if strings.Contains(text, "合计") {
		t.Error("the totals give the small branch away")
	}
	named := threeColour()
	named.Branches[0].Branch = "松岭村党支部：王某，李某"
	if _, err := named.Document(); fault.CodeOf(err) != fault.PaperNamesInRed {
		t.Errorf("names are printed: %v", err)
	}
}

// Turnout is always printed; counts of groups only where every group is large
// enough, else the blended score alone.
// covers B09, E08, E09, Q26, Q34
func TestBallotPapers(t *testing.T) {
	t.Parallel()
	form := textOf(t, ballotForm())
	wantAll(t, form, "附件3", "民主测评表", "甲某", "党总支书记", "优秀", "不称职", "本表不记名", "视为弃权")
	for _, never := range []string{"签名", "姓名", "编号", "电话"} {
		if strings.Contains(form, never) {
			t.Errorf("the ballot asks for %s", never)
		}
	}
	shown := textOf(t, ballotSummary())
	wantAll(t, shown, "应到60人，实到52人；发出测评表52张，收回51张，有效50张。", "街道干部", "党员群众", "91.25", "监票人")
	hidden := textOf(t, ballotHidden())
	wantAll(t, hidden, "应到60人，实到12人", "91.25", "88.40", "有效票少于6张", "只公布综合得分")
	if strings.Contains(hidden, "评议组 ") || strings.Contains(hidden, "优秀") {
		t.Error("figures of groups are told")
	}
	report := ballotReport()
	wantAll(t, textOf(t, report), "附件9", "97.60分（好评率90.00%）", "45票", "2023年6月20日")
	report.Options = nil
	wantAll(t, textOf(t, report), "只报告综合得分", "应到", "60")
}

// The table of grades tells of every seat who has it and why somebody has not,
// and whether it is decided or proposed.
// covers E11, E12, E22
func TestGradeTables(t *testing.T) {
	t.Parallel()
	text := textOf(t, gradeTable())
	wantAll(t, text, "2021年度村（社区）党组织书记考核建议等次表", "不超过40%，4人取整为1人", "述评综合等次为“较好”，不得评为优秀", "名额顺延", "建议等次")
	own := gradeTable()
	own.Proposed, own.Shortfall, own.Lines = false, "符合条件的不足30%，如实公布", []GradeLine{{Name: "松岭村", Grade: "一类"}}
	text = textOf(t, own)
	wantAll(t, text, "考核等次表", "名额空缺：", "符合条件的不足30%")
	for _, never := range []string{"建议等次", "民主测评", "名次"} {
		if strings.Contains(text, never) {
			t.Errorf("a column without anything in it: %s", never)
		}
	}
}

// The attachments of the annual assessment can all be printed: registration
// twice, ballot form and summary, rubric, overall evaluation, rectification
// list, ballot result, rules for reports, contacts.
// covers A43, E05, E20, E24, E26, E29
func TestAttachmentsOfTheAnnualAssessment(t *testing.T) {
	t.Parallel()
	team := registration()
	team.Attachment, team.Title = 2, "驻村工作队年度考核登记表"
	overall := Form{Attachment: 6, Title: "基层党组织书记述评综合评价表", Fields: []FormField{{"姓名", ""}, {"综合评价等次", "较好"}}, Opinions: []FormOpinion{{"党工委审定意见", ""}}}
	rubric := itemTable()
	rubric.Attachment = 5
	for want, m := range map[string]maker{"附件1": registration(), "附件2": team, "附件3": ballotForm(), "附件4": ballotSummary(), "附件5": rubric, "附件6": overall,
		"附件7": rectification(), "附件9": ballotReport(), "附件10": reportRules(), "附件11": contacts()} {
		text := textOf(t, m)
		if !strings.Contains(text, want+"\n") {
			t.Errorf("%s is not in the corner of %T", want, m)
		}
		if strings.Contains(text, unmarked.Issuer) {
			t.Errorf("%s is signed", want)
		}
	}
	wantAll(t, textOf(t, registration()), "村（社区）年度考核登记表", "（2000字以内）", "（盖章）", "松岭村", "一式两份")
	wantAll(t, textOf(t, overall), "综合评价等次", "较好", "党工委审定意见")
	wantAll(t, textOf(t, rectification()), "重复出现：2021年", "按月更新", "2022-02-28", "整改中", "一个问题一条措施")
	wantAll(t, textOf(t, contacts()), "党工委副书记", "驻村干部甲、驻村干部乙")
	wantAll(t, textOf(t, reportRules()), "2000字", "口头述职", "意识形态工作情况", "2023年6月20日前报送街道党建办")
}

// The county is told progress, innovations and a line a village, and how many
// archives come with it.
// covers B01, B02, B06, B10
func TestCountyReports(t *testing.T) {
	t.Parallel()
	wantAll(t, textOf(t, countyReport()), "县委组织部：", "应观摩24个村（社区），实际观摩24个，实现全覆盖", "发现问题7个，已整改销号5个", "创新做法和亮点", "“积分超市”", "班子团结", "5／3", "24个村（社区）的电子档案")
	partly := countyReport()
	partly.Visited, partly.Archives = 23, 0
	for i := range partly.Villages {
		partly.Villages[i].Total, partly.Villages[i].Light = "", ""
	}
	text := textOf(t, partly)
	for _, never := range []string{"全覆盖", "得分", "评价\n", "电子档案"} {
		if strings.Contains(text, never) {
			t.Errorf("the report says %s", never)
		}
	}
}

// Tracks have a table each, with parts, percentile, light and grade; who
// improved and who helps whom is named.
// covers C04, C10, C14, Q24, Q25
func TestBulletinsOfTracks(t *testing.T) {
	t.Parallel()
	text := textOf(t, trackBulletin())
	wantAll(t, text, "（一）示范村赛道。", "（二）强基村赛道。", "75.0%", "46.00", "集中评比", "优秀", "绿", "进步明显", "结对共建", "先进村", "高坎村", "2名村党组织书记参加评比，1名未参评或未评分")
	if n := strings.Count(htmlOf(t, trackBulletin()), "<table"); n != 3 {
		t.Errorf("%d tables", n)
	}
}

// A quarter is summed up from its months, and a year from its quarters.
// covers C03
func TestSummariesOfQuarters(t *testing.T) {
	t.Parallel()
	wantAll(t, textOf(t, summary("2023-Q2", "2023-04", "2023-05", "2023-06")), "2023年第二季度", "工作总结", "4月")
	year := summary("2023", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
	wantAll(t, textOf(t, year), "工作总结", "4期（一季度、二季度、三季度、四季度）", "各期栏为公布总分")
}

// Wide tables lie across the page, in both renderings.
func TestPagesThatLieAcross(t *testing.T) {
	t.Parallel()
	_, parts := unzip(t, docxOf(t, gradeTable()))
	wantAll(t, parts["word/document.xml"], `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`, `w:top="1587" w:right="1984" w:bottom="1474" w:left="2098"`)
	wantAll(t, htmlOf(t, gradeTable()), `<body class="demoacross">`, `class="sheet across"`)
	if strings.Contains(htmlOf(t, bulletin()), "across\"") {
		t.Error("a bulletin lies across")
	}
}

// A report prints the count it was handed in with; the rules list each paper
// with its length and its day.
// covers E04, E17, E27, E29
func TestReportsAndTheirRules(t *testing.T) {
	t.Parallel()
	d := dutyReport()
	d.Counted, d.Title = 1999, "工作报告"
	wantAll(t, textOf(t, d), "2021年度工作报告", "1999字（要求不超过2000字）")
	d.Counted = 2001
	if got := refused(d); got != "parts" {
		t.Errorf("a report that was counted longer: %q", got)
	}
	r := reportRules()
	r.Papers = []AskedPaper{{"述职报告", 2000, "1月17日"}, {"登记表", 0, ""}}
	wantAll(t, textOf(t, r), "材料报送", "\n1\n述职报告\n2000字以内\n1月17日\n2\n登记表\n—\n—\n")
}

// A list of problems says what was attached, who watches, and what came back.
// covers E24, E25, E26
func TestListOfProblemsShowsProofAndWatch(t *testing.T) {
	t.Parallel()
	l := RectificationList{Title: "问题整改清单", Lines: []RectificationLine{{Problem: "台账不全", Again: "2021年", Proof: "整改后2件", Watch: "挂牌督办（2022-03-01）"}, {Problem: "标识牌破损"}}}
	wantAll(t, textOf(t, l), "台账不全（重复出现：2021年）", "整改后2件", "挂牌督办（2022-03-01）", "\n整改中\n—\n—\n")
}
