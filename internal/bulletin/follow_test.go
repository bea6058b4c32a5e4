package bulletin

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/rectify"
	"leitai/internal/template"
)

func on(text string) calendar.Date { return calendar.MustDate(text) }

// A problem that stood in an earlier year at the same village is said to have
// come back, also from another competition; the same problem elsewhere is not.
// Plan, state, evidence and supervision stand beside it.
// covers B13, E24, E25, E26
func TestProblemsThatComeBack(t *testing.T) {
	t.Parallel()
	a, b := uuid.New(), uuid.New()
	all := []IssueLine{
		{ID: uuid.New(), Unit: a, Problem: "dues", Title: "党费收据缺失", Opened: on("2021-01-10"), Due: on("2021-02-10"), Closed: on("2021-02-01"), Returned: on("2021-05-01"), Evidence: [3]int{1, 2, 0}},
		{ID: uuid.New(), Unit: a, Problem: "dues", Title: "党费收据不全", Opened: on("2022-01-10"), Due: on("2022-02-10"), Measure: "补齐", Organisation: "党建办", Listed: on("2022-02-15"), Stage: rectify.Returned},
		{ID: uuid.New(), Unit: b, Problem: "dues", Title: "收据未归档", Opened: on("2022-01-10"), Due: on("2022-02-10"), Stage: rectify.Answered},
		{ID: uuid.New(), Unit: b, Title: "标识牌破损", Item: "front", Opened: on("2022-01-11"), Due: on("2022-03-10")},
		{ID: uuid.New(), Unit: b, Title: "墙面脱落", Opened: on("2022-01-12"), Due: on("2022-02-01"), Closed: on("2022-02-20"), Listed: on("2022-02-05"), Lifted: on("2022-02-21"), ReturnDue: on("2022-05-21"), Evidence: [3]int{0, 0, 1}},
	}
	cases := []rectify.Case{{ID: uuid.NewString(), Place: b.String(), Item: "front", Opened: on("2020-06-01")}} // of another competition
	for _, i := range all {
		cases = append(cases, rectify.Case{ID: i.ID.String(), Place: i.Unit.String(), Item: i.Item, Problem: i.Problem, Opened: i.Opened})
	}
	page := html(t, rectification(&Frame{Competition: "下述下评"}, "", all, cases, on("2022-03-01")))
	says(t, page, []string{
		"下述下评问题整改清单", "党费收据不全（重复出现：2021年）", "标识牌破损（重复出现：2020年）", "已销号（2021-02-01）", "整改前1件、整改后2件", "回头看已反弹（2021-05-01）",
		"补齐", "党建办", "退回整改（逾期）", "挂牌督办（2022-02-15）", "已答复，待核查（逾期）", "整改中</td>",
		"逾期销号（2022-02-20）", "挂牌督办（2022-02-05至2022-02-21）；待回头看（2022-05-21前）", "回头看1件",
	}, []string{"收据未归档（重复", "缺失（重复", "墙面脱落（重复"})
}

// The names of people stand in the table of contacts where they may be read, and
// their pseudonyms otherwise.
// covers E29, G10
func TestContactsAreNamedAsTheReaderMayReadThem(t *testing.T) {
	t.Parallel()
	grid := &Grid{Frame: Frame{Competition: "月评比"}, Period: "2023-04", Subjects: []GridSubject{{Name: "甲村", Links: map[string][]string{"linked-leader": {"L1"}, "resident-cadre": {"K1"}, "work-team": {"W1"}}}}}
	says(t, html(t, contacts(grid, func(p string) string { return p })), []string{"L1", "K1、W1"}, []string{"某某"})
	says(t, html(t, contacts(grid, func(p string) string { return "某某" + p[1:] })), []string{"某某1", "某某1、某某1"}, []string{"L1", "K1"})
}

func assessmentOf(subject template.SubjectKind) (*PublishedSheet, *contest.Report) {
	doc := &template.Document{Subject: subject, Grades: []template.GradeScale{
		{Key: "duty", Name: template.Text{ZH: "综合等次"}, Decision: "own", Steps: []template.GradeStep{{Key: "good", Name: template.Text{ZH: "好"}}, {Key: "poor", Name: template.Text{ZH: "差"}}}},
		{Key: "year", Name: template.Text{ZH: "年度等次"}, Decision: "superior", Steps: []template.GradeStep{{Key: "top", Name: template.Text{ZH: "优秀"}}}},
	}, Parts: []template.Part{{Key: "check", Name: template.Text{ZH: "实地核查"}}}, Bands: []template.Band{{Key: "bottom", Worst: 1}}}
	report := &contest.Report{Input: contest.Input{Template: doc, Roster: []contest.Subject{{ID: "a", Name: "晴禾村"}, {ID: "b", Name: "松岭村"}}}, Result: contest.Result{
		Standings: []contest.Standing{{Subject: "a", Shown: "92.55", Rank: 1, Parts: []contest.PartValue{{Key: "check", Shown: "95.10"}}}, {Subject: "b", Shown: "60.00", Rank: 2, Bands: []string{"bottom"}}},
		Grades: []contest.GradeResult{{Scale: "duty", Decision: "own", Lines: []contest.GradeLine{{Subject: "a", Grade: "good"}, {Subject: "b", Grade: "poor"}}},
			{Scale: "year", Decision: "superior", Lines: []contest.GradeLine{{Subject: "a", Grade: "top"}}}}}}
	return &PublishedSheet{Frame: Frame{Competition: "述职评议"}, Period: "2021", Audience: "county"}, report
}

// One evaluation form a subject; a reader outside sees nobody whose place is
// hidden, no grade that is only proposed, and no person at all.
// covers E11, E20, E29, G8, Q35
func TestEvaluationForms(t *testing.T) {
	t.Parallel()
	sheet, report := assessmentOf(template.Village)
	for _, runs := range []bool{true, false} {
		pieces, err := evaluationsOf(sheet, report, runs)
		if err != nil {
			t.Fatal(err)
		}
		pile, err := piled(pieces)
		if err != nil {
			t.Fatal(err)
		}
		page, err := pile.HTML()
		if err != nil {
			t.Fatal(err)
		}
		want, never := []string{"附件6", "述职评议综合评价表", "晴禾村", "实地核查", "95.10", "综合等次", "好", "（盖章）"}, []string{"松岭村", "优秀", "60.00"}
		if runs {
			want, never = append(want, "松岭村", "差", "年度建议等次", "优秀"), nil
		}
		says(t, string(page), want, never)
	}
	people, report := assessmentOf(template.Person)
	if _, err := evaluationsOf(people, report, false); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the county reads forms about persons: %v", err)
	}
	people.Audience = "township"
	if all, err := evaluationsOf(people, report, false); err != nil || len(all) != 2 {
		t.Errorf("the township reads %d forms, %v", len(all), err)
	}
	report.Result.Grades = nil
	if _, err := evaluationsOf(people, report, true); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a form without a grade: %v", err)
	}
}

// A report that is due in the January after tells of the year before; it prints
// its parts by their headings, and the count it was handed in with.
// covers E01, E04, E17
func TestDutyReports(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Subject: template.Person, Calendar: template.Calendar{Window: &template.Window{In: "next-year"}}, Deadlines: []template.Deadline{{Document: "duty-report", Due: "01-17", MaxCharacters: 1500}, {Document: "assessment-form", Due: "02-29"}}}
	sheet := &ReportSheet{Place: "晴禾村", Person: "S1", Year: "2022", Document: "duty-report", HandedOn: on("2022-01-13"), Characters: 41,
		Parts: []ReportPart{{"party-building", "规范组织生活。"}, {"ideology", "按季研判。"}, {"乡村治理", "积分管理。"}}}
	r, err := dutyReport(sheet, doc, "S1")
	if err != nil {
		t.Fatal(err)
	}
	says(t, html(t, r), []string{"2021年度", "述职报告", "晴禾村", "S1", "抓基层党建工作情况", "意识形态工作情况", "乡村治理", "41字（要求不超过1500字）", "2022年1月13日"}, []string{"2022年度", "party-building"})
	doc.Calendar.Window, sheet.Person, sheet.Holder, sheet.Characters = nil, "", "县农业农村局", 1999
	if r, err = dutyReport(sheet, doc, ""); err != nil {
		t.Fatal(err)
	}
	says(t, html(t, r), []string{"2022年度", "县农业农村局", "1999字"}, []string{"晴禾村"}) // the limit was lowered later
	sheet.Parts = nil
	if r, err = dutyReport(sheet, doc, ""); err == nil {
		if _, err = r.Document(); fault.CodeOf(err) != fault.PaperFieldMissing {
			t.Errorf("a report that lies in a binder: %v", err)
		}
	}
	rules, err := reportRules(&Frame{Competition: "年度考核"}, doc)
	if err != nil {
		t.Fatal(err)
	}
	says(t, html(t, rules), []string{"附件10", "年度考核述职报告撰写要求", "不超过1500字", "意识形态工作情况", "存在问题", "承诺", "作口头述职", "1500字以内", "1月17日", "综合评价表", "2月29日"}, nil)
	doc.Subject = template.Village
	if rules, err = reportRules(&Frame{Competition: "年度考核"}, doc); err != nil {
		t.Fatal(err)
	}
	says(t, html(t, rules), []string{"工作报告撰写要求", "年度工作情况"}, []string{"口头述职", "意识形态"})
	doc.Deadlines = doc.Deadlines[1:]
	if _, err = reportRules(&Frame{}, doc); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("rules of no report: %v", err)
	}
}

// A span that is a quarter, half-year or year is called so; any other keeps its
// ends, and so does a term.
// covers A15, A16, C03, D32, Q16
func TestNamesOfSpans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, period, until string }{
		{"2023-04", "2023-06", "2023-Q2", ""}, {"2023-01", "2023-06", "2023-H1", ""}, {"2023-01", "2023-12", "2023", ""}, {"2023-Q1", "2023-Q4", "2023", ""}, {"2023-Q3", "2023-Q4", "2023-H2", ""},
		{"2023-04", "2023-09", "2023-04", "2023-09"}, {"2023-05", "2023-07", "2023-05", "2023-07"}, {"2021", "2023", "2021", "2023"}, {"2021-H1", "2022-H2", "2021-H1", "2022-H2"}, {"2023", "2023", "2023", ""},
	} {
		period, until := named(calendar.MustPeriod(c.from), calendar.MustPeriod(c.to))
		got := period.String()
		if !until.IsZero() {
			got += "/" + until.String()
		}
		if want := strings.TrimSuffix(c.period+"/"+c.until, "/"); got != want {
			t.Errorf("%s to %s is %s, want %s", c.from, c.to, got, want)
		}
	}
}

// An office's own form is filled once a subject, all of them in one zip; a form
// for a single subject is the file itself.
// covers E05, E20, E29
func TestFormsForEverySubject(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{{期次}}{{对象}}得{{总分}}，{{等次}}</w:t></w:r></w:p></w:body></w:document>`,
	} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sheet, report := assessmentOf(template.Village)
	pieces, err := evaluationsOf(sheet, report, true)
	if err != nil {
		t.Fatal(err)
	}
	form := &Form{Name: "县定表样", Body: b.Bytes()}
	paper, err := fill(form, pieces)
	if err != nil || paper.Type != typeZIP || paper.Name != "述职评议综合评价表（县定表样）.zip" {
		t.Fatalf("%s %s %v", paper.Name, paper.Type, err)
	}
	z, err := zip.NewReader(bytes.NewReader(paper.Body), int64(len(paper.Body)))
	if err != nil || len(z.File) != 2 || z.File[0].Name != "晴禾村.docx" {
		t.Fatalf("%v %v", z, err)
	}
	alone, err := fill(form, pieces[:1])
	if err != nil || alone.Type != typeDOCX || !strings.HasSuffix(alone.Name, ".docx") {
		t.Fatalf("%s %s %v", alone.Name, alone.Type, err)
	}
	inside, err := zip.NewReader(bytes.NewReader(alone.Body), int64(len(alone.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range inside.File {
		if f.Name != "word/document.xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || !strings.Contains(string(text), "2021年晴禾村得92.55，好、优秀") {
			t.Errorf("%s, %v", text, err)
		}
	}
}
