package imports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/httpserver/imports"
	"leitai/internal/round"
)

var gridHead = []string{"代码", "被评对象", "渠道", "评委", "党建", "村级班子：值班表上墙", "村级班子：大厅整洁", "安全生产：通道堵塞", "人居环境", "一票否决"}

// The typing grid, filled in, is a mark an item with what each kind says; blank
// cells are no marks. The same file makes the same marks.
// covers B03, G3
func TestTheTypingGridIsReadBack(t *testing.T) {
	t.Parallel()
	w := newWorld()
	content := file(t, gridHead, []string{"990101102201", "晴禾村", "现场督查", "J1", "92.5", "是", "不适用", "2", "好", "否"},
		[]string{"", "竹溪村", "onsite", "J2", "", "", "", "0", "", ""}, []string{"990101102202", "竹溪村", "资料台账", "", "80", "", "", "", "", ""})
	report, err := w.use(t, "marks", content, nil)
	if err != nil || report != (imports.Report{Kind: "marks", Rows: 3, Entries: 7, Committed: true}) {
		t.Fatalf("%+v, %v", report, err)
	}
	var said []string
	for _, m := range w.marks {
		detail := "-"
		if m.Detail != nil {
			detail = fmt.Sprintf("%v", *m.Detail)
		}
		judge := "self"
		if m.Judge != nil {
			judge = m.Judge.String()[34:]
		}
		said = append(said, strings.Join([]string{m.UnitCode[11:], m.Item, m.Channel, judge, m.Value.String(), detail}, " "))
	}
	want := []string{"1 party onsite 11 92.5 -", "1 team onsite 11 0 {[{roster yes} {hall na}] []  false }", "1 safety onsite 11 0 {[] [{exit 2}]  false }",
		"1 hygiene onsite 11 0 {[] [] good false }", "1 stop onsite 11 0 {[] []  false }", "2 safety onsite 12 0 {[] []  false }", "2 party ledger self 80 -"}
	if !slices.Equal(said, want) {
		t.Errorf("the marks are\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
	}
	ids := map[uuid.UUID]bool{}
	for _, m := range w.marks {
		ids[m.ID] = true
	}
	first := w.marks
	w.marks = nil
	if _, err := w.use(t, "marks", content, nil); err != nil || len(ids) != 7 || !slices.EqualFunc(first, w.marks, func(a, b round.MarkInput) bool { return a.ID == b.ID }) {
		t.Errorf("the same file makes other marks: %d ids, %v", len(ids), err)
	}
	w.marks = nil
	if _, err := w.use(t, "marks", content, func(in *imports.Request) { in.Person = judge1 }); err != nil || w.marks[0].ID == first[0].ID {
		t.Error("two people's marks have one id")
	}
}

// One mark a row is understood too, in CSV as well; a preview keeps nothing.
func TestMarksInALongTable(t *testing.T) {
	t.Parallel()
	w := newWorld()
	content := []byte("村代码,单项,渠道,评委代号,得分\n990101102201,党建,现场督查,J1,92.5\n990101102202,hygiene,onsite,J1,poor\n")
	report, err := w.use(t, "marks", content, func(in *imports.Request) { in.Commit = false })
	if err != nil || report != (imports.Report{Kind: "marks", Rows: 2, Entries: 2}) || w.kept {
		t.Fatalf("%+v, %v, kept %t", report, err, w.kept)
	}
	if m := w.marks[1]; m.Item != "hygiene" || m.Detail.Level != "poor" || w.marks[0].Value.String() != "92.5" {
		t.Errorf("marks are %+v", w.marks)
	}
}

// Everything wrong with a file is told at once, at its cell, and nothing is kept.
// covers T35
func TestEveryBadCellIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld()
	_, err := w.use(t, "marks", file(t, append(slices.Clone(gridHead), "计生"),
		[]string{"110101001001", "", "现场督查", "J1", "1"}, []string{"990101102201", "竹溪村", "现场督查", "J1", "1"}, []string{"990101102201", "", "抽签", "J1", "1"},
		[]string{"990101102201", "", "现场督查", "J9", "1"}, []string{"990101102201", "", "现场督查", "J1", "九十", "也许", "是", "-1", "优", "x"},
		[]string{"990101102201", "", "", "J1", "1"}, []string{"", "", "现场督查", "J1", "1"},
		[]string{"990101102202", "", "现场督查", "J2", "1"}, []string{"990101102202", "竹溪村", "onsite", "J2", "2"}), nil)
	got, want := refusals(err), []string{"IMPORT_ITEM 表!K1", "IMPORT_SUBJECT 表!A2", "IMPORT_SUBJECT 表!B3", "IMPORT_CHANNEL 表!C4", "IMPORT_JUDGE 表!D5", "SHEET_NUMBER 表!E6", "SHEET_CHOICE 表!F6",
		"SHEET_WHOLE 表!H6", "SHEET_CHOICE 表!I6", "SHEET_REQUIRED 表!C7", "SHEET_REQUIRED 表!A8", "IMPORT_TWICE 表!E10"}
	if !slices.Equal(got, want) {
		t.Errorf("told are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if w.kept || len(w.marks) > 0 {
		t.Error("something of a bad file went on")
	}
	for _, f := range fault.All(err) {
		if f.Place.Row == 0 || f.Place.Column == "" || strings.Contains(f.Message(fault.Chinese)+f.Message(fault.English), "{") {
			t.Errorf("%s has the place %+v", f.Message(fault.English), f.Place)
		}
	}
}

// What a use case refuses is told at the cell it stands in, whichever batch it
// went with; what is no fault of the file stays what it is.
func TestRefusalsOfUseCasesAreTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.refuse = fault.List{fault.New(fault.MarkOutOfRange, "value", "101", "low", "0", "high", "100").At("marks[1].value"), fault.New(fault.JudgeNotInPanel).At("marks[0].judge"), fault.New(fault.RoundNotOpen, "state", "closed").At("round")}
	_, err := w.use(t, "marks", file(t, gridHead, []string{"990101102201", "", "现场督查", "J1", "90"}, []string{"990101102202", "", "现场督查", "J1", "101"}), nil)
	if got := strings.Join(refusals(err), ","); got != "MARK_OUT_OF_RANGE 表!E3,JUDGE_NOT_IN_PANEL 表!D2,ROUND_NOT_OPEN round" {
		t.Errorf("told are %s", got)
	}
	w.refuse = fmt.Errorf("a lost connection")
	if _, err := w.use(t, "marks", file(t, gridHead, []string{"990101102201", "", "现场督查", "J1", "90"}), nil); err == nil || fault.All(err) != nil {
		t.Errorf("a lost connection is told as %v", err)
	}
	many := [][]string{}
	for i := range 1200 {
		w.grid.Subjects[0].Code = "990101102201"
		many = append(many, []string{"990101102201", "", "现场督查", "J1", fmt.Sprint(i)})
	}
	_, err = w.use(t, "marks", file(t, gridHead, many...), nil)
	if n := len(fault.All(err)); n != 1199 {
		t.Errorf("%d marks are the same mark again", n)
	}
}

// A figure has its subject, its key and its source; an absent sitter has none.
// covers A13
func TestFiguresAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld()
	report, err := w.use(t, "metrics", file(t, []string{"单位代码", "指标", "数值", "来源"}, []string{"990101102201", "income", "1,234.50", "统计年报"}), nil)
	if err != nil || report.Entries != 1 || w.figures[0].Kind != round.MetricFigure || w.figures[0].Figures[0].Value.String() != "1234.5" || w.figures[0].Figures[0].Key != "income" {
		t.Errorf("metrics: %+v, %v", w.figures, err)
	}
	w.figures = nil
	if _, err = w.use(t, "exams", file(t, []string{"村名", "考生", "成绩"}, []string{"晴禾村", "P1", "88"}, []string{"竹溪村", "P2", "缺考"}), nil); err != nil {
		t.Fatal(err)
	}
	got := w.figures[0].Figures
	if got[0].Key != "test" || *got[0].Sitter != judge1 || got[0].Value.String() != "88" || got[1].Value != nil || got[1].Subject != village2 {
		t.Errorf("exams: %+v", got)
	}
	_, err = w.use(t, "exams", file(t, []string{"村名", "考生", "成绩", "单项"}, []string{"晴禾村", "P9", "x", ""}, []string{"晴禾村", "P1", "1", "党建"}), nil)
	if got := strings.Join(refusals(err), ","); got != "IMPORT_PERSON 表!B2,SHEET_NUMBER 表!C2,IMPORT_ITEM 表!D3" {
		t.Errorf("told are %s", got)
	}
	w.figures = nil
	if _, err = w.use(t, "parts", file(t, []string{"村名", "组成部分", "得分", "理由"}, []string{"晴禾村", "工作绩效", "90", "会议研究"}), nil); err != nil || w.figures[0].Figures[0].Key != "work" || w.figures[0].Figures[0].Reason != "会议研究" {
		t.Errorf("parts: %+v, %v", w.figures, err)
	}
	w.refuse = fault.List{fault.New(fault.FigureUnknown, "value", "x", "want", "y").At("figures[0].key")}
	_, err = w.use(t, "metrics", file(t, []string{"单位代码", "指标", "数值", "来源"}, []string{"990101102201", "x", "1", "s"}), nil)
	if got := strings.Join(refusals(err), ","); got != "FIGURE_UNKNOWN 表!B2" {
		t.Errorf("told are %s", got)
	}
}

// Past ranks, people and raters are read by Chinese headings and handed over as
// the use cases take them.
func TestListsAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld()
	report, err := w.use(t, "past", file(t, []string{"月份", "代码", "村名", "名次", "总分"}, []string{"2022年9月", "990101102201", "晴禾村", "1", "95.25"}, []string{"2022-10", "990101102201", "", "2", ""}), nil)
	if err != nil || report.Entries != 2 || w.past[0].Period != "2022-09" || w.past[0].Total.String() != "95.25" || w.past[1].Total != nil || w.past[1].Rank != 2 {
		t.Errorf("past: %+v, %v", w.past, err)
	}
	if _, err = w.use(t, "people", file(t, []string{"姓名", "岗位", "单位代码", "任职时间"}, []string{"甲某", "驻村干部", "990101102201", "2023-04-01"}), nil); err != nil || w.people[0].Post != "resident-cadre" || w.people[0].From.String() != "2023-04-01" {
		t.Errorf("people: %+v, %v", w.people, err)
	}
	if _, err = w.use(t, "raters", file(t, []string{"编号", "评议组"}, []string{"001", "members"}), nil); err != nil || w.raters[0].Person != "001" || w.raters[0].Row != 1 {
		t.Errorf("raters: %+v, %v", w.raters, err)
	}
	w.refuse = fault.List{fault.New(fault.UnitUnknown, "code", "110101001001").In(1, "subject").At("rows[0].subject")}
	_, err = w.use(t, "past", file(t, []string{"月份", "代码", "名次"}, []string{"2022-09", "110101001001", "1"}), nil)
	if all := fault.All(err); len(all) != 1 || all[0].Field != "表!B2" || all[0].Place.Row != 2 || all[0].Place.Column != "B" {
		t.Errorf("the place of a refused row is %v", all)
	}
}

// An import that is not there, a round that may not be known and a file without
// anything filled in are refused.
func TestImportsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld()
	for want, c := range map[string]struct {
		kind   string
		file   []byte
		change func(*imports.Request)
	}{
		"IMPORT_KIND kind":         {"money", nil, nil},
		"NOT_FOUND ":               {"marks", file(t, gridHead, []string{"1"}), func(in *imports.Request) { in.Of = other }},
		"IMPORT_NOTHING file":      {"marks", file(t, gridHead, []string{"990101102201", "", "现场督查", "J1"}), nil},
		"REQUIRED competition":     {"past", file(t, []string{"月份", "代码", "名次"}, []string{"2022-09", "1", "1"}), func(in *imports.Request) { in.Of = uuid.Nil }},
		"REQUIRED ballot":          {"raters", file(t, []string{"编号", "评议组"}, []string{"1", "a"}), func(in *imports.Request) { in.Of = uuid.Nil }},
		"SHEET_FORMAT file":        {"marks", []byte("%PDF"), nil},
		"SHEET_COLUMN_MISSING 表!1": {"raters", file(t, []string{"编号"}, []string{"1"}), nil},
	} {
		_, err := w.use(t, c.kind, c.file, c.change)
		if got := refusals(err); len(got) == 0 || got[0] != want {
			t.Errorf("%s: told are %v", want, got)
		}
	}
}
