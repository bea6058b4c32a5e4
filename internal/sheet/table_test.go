package sheet

import (
	"strings"
	"testing"

	"leitai/internal/fault"
)

// Headings are found below a merged title, in any order, by any of their names.
func TestHeadingsAreFound(t *testing.T) {
	t.Parallel()
	book := read(t, workbook(t, row("1", str("A1", "二〇二三年四月评分表"))+
		row("3", str("A3", "得分*"), str("C3", " 村 代码 "), str("D3", "村名（全称）"))+
		row("4", num("A4", "95.5"), num("C4", "990101102201"), str("D4", "晴禾村"))+
		row("6", num("A6", "88"), num("C6", "990101102202"), str("D6", "竹溪村")), `<mergeCells><mergeCell ref="A1:D1"/></mergeCells>`))
	table := book.Table(scores, false)
	if len(table.Faults) > 0 || len(table.Rows) != 2 {
		t.Fatalf("%v, %d rows", table.Faults, len(table.Rows))
	}
	second := table.Rows[1]
	value, ok := second.Number("value")
	if !ok || value.String() != "88" || second.Text("unit") != "990101102202" || second.Cell("value") != "评分!A6" || second.Line != 6 {
		t.Errorf("the second row is %+v", second)
	}
	if second.Text("nothing") != "" || second.Has("nothing") || second.Cell("nothing") != "评分!6" {
		t.Error("a column that is not there holds something")
	}
}

// Everything wrong with a table is told at once, each with its sheet and cell.
func TestEveryMistakeOfATableIsNamed(t *testing.T) {
	t.Parallel()
	book := read(t, workbook(t,
		row("1", str("A1", "村代码"), str("B1", "编码"), str("C1", "邮箱"))+
			row("2", num("A2", "1"), `<c r="C2"><f>SUM(A1:A9)</f><v>5</v></c>`)+
			row("3", str("A3", "2"), str("B3", "b"), `<c r="C3" t="e"><v>#N/A</v></c>`)+
			row("4", str("A4", "3"), str("B4", "c")), `<mergeCells><mergeCell ref="A3:B4"/></mergeCells>`))
	table := book.Table(scores, false)
	want := map[string]fault.Code{"评分!A3": fault.SheetMerged, "评分!B1": fault.SheetColumnTwice, "评分!C1": fault.SheetColumnUnknown,
		"评分!1": fault.SheetColumnMissing, "评分!C2": fault.SheetFormula, "评分!C3": fault.SheetCellError}
	for _, f := range table.Faults {
		if want[f.Field] != f.Code {
			t.Errorf("%s at %q", f.Code, f.Field)
		}
		if message := f.Message(fault.Chinese); strings.Contains(message, "{") {
			t.Error(message)
		}
		delete(want, f.Field)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
	if f := table.Faults[0]; f.Place != (fault.Place{Row: 3, Column: "A"}) {
		t.Errorf("the place is %+v", f.Place)
	}
	for _, c := range []struct {
		rows string
		code fault.Code
	}{{"", fault.SheetEmpty}, {row("1", str("A1", "甲"), str("B1", "乙")), fault.SheetHeader}} {
		refused(t, read(t, workbook(t, c.rows, "")).Table(scores, false).Faults.Err(), c.code)
	}
	if empty := read(t, workbook(t, row("1", str("A1", "村代码"), str("B1", "分数")), "")).Table(scores, false); len(empty.Rows) != 0 {
		t.Error("headings are no row")
	}
}

// Unknown headings are further columns where they may be, over several sheets.
func TestFurtherColumns(t *testing.T) {
	t.Parallel()
	content, err := XLSX(Workbook{Pages: []Page{
		{Name: "一组", Title: "评分表", Head: []string{"单位代码", "分数", "党建"}, Rows: [][]Value{{Text("001"), Number("1"), Number("90")}}},
		{Name: "二组", Head: []string{"分数", "单位代码", "治理", "党建"}, Rows: [][]Value{{Number("2"), Text("002"), Text(""), Number("80.5")}}, Note: "空白表示未评"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	table := read(t, content).Table(scores, true)
	if len(table.Rows) != 3 || strings.Join(table.Extra, " ") != "党建 治理" {
		t.Fatalf("%d rows, further columns %v, %v", len(table.Rows), table.Extra, table.Faults)
	}
	if r := table.Rows[1]; r.Text("党建") != "80.5" || r.Sheet != "二组" || r.Text("unit") != "002" {
		t.Errorf("the row is %+v", r)
	}
}

// Numbers, whole numbers, dates and yes or no are read as people write them, and
// refused at their cell.
func TestValuesOfARow(t *testing.T) {
	t.Parallel()
	columns := []Column{{Key: "n", Names: []string{"数"}}, {Key: "w", Names: []string{"整"}}, {Key: "d", Names: []string{"日期"}}, {Key: "y", Names: []string{"是否"}}}
	csv := "数,整,日期,是否\n９５．５,3,2023年4月30日,√\n\"1,234.50\",０,2023/5/4,否\n-1,7,2024-02-29,x\n,,,\n一,-1,2023-02-30,也许\n1e5,1.5,45046,2\n"
	rows := read(t, []byte(csv)).Table(columns, false).Rows
	good := [][4]string{{"95.5", "3", "2023-04-30", "true"}, {"1234.5", "0", "2023-05-04", "false"}, {"-1", "7", "2024-02-29", "false"}}
	for i, want := range good {
		n, nOK := rows[i].Number("n")
		w, wOK := rows[i].Whole("w")
		d, dOK := rows[i].Date("d")
		y, yOK := rows[i].Yes("y")
		if !nOK || !wOK || !dOK || !yOK || n.String() != want[0] || itoa(w) != want[1] || d.String() != want[2] || (y != (want[3] == "true")) {
			t.Errorf("row %d: %s %d %s %t", i, n, w, d, y)
		}
	}
	table := rows[0].table
	for _, r := range rows[3:] {
		r.Number("n")
		r.Whole("w")
		r.Date("d")
		r.Yes("y")
	}
	want := "A6 SHEET_NUMBER B6 SHEET_WHOLE C6 SHEET_DATE D6 SHEET_CHOICE A7 SHEET_NUMBER B7 SHEET_WHOLE C7 SHEET_DATE D7 SHEET_CHOICE"
	var got []string
	for _, f := range table.Faults {
		got = append(got, f.Field, string(f.Code))
	}
	if strings.Join(got, " ") != want {
		t.Errorf("refused %v", got)
	}
	if rows[0].Required("n", "数") == "" || rows[3].Required("zz", "列") != "" {
		t.Error("required")
	}
	counted := read(t, workbook(t, row("1", str("A1", "日期"))+row("2", num("A2", "45046"))+row("3", num("A3", "12")), "")).Table(columns, false)
	if d, ok := counted.Rows[0].Date("d"); !ok || d.String() != "2023-04-30" {
		t.Errorf("45046 is %s", d)
	}
	if _, ok := counted.Rows[1].Date("d"); ok {
		t.Error("12 is a date")
	}
}

// A fault that is found later has the place of its cell or of its heading.
func TestFaultsOfLaterChecks(t *testing.T) {
	t.Parallel()
	table := read(t, workbook(t, row("2", str("A2", "编码"), str("B2", "分数"), str("D2", "治理"))+row("5", num("A5", "1"), num("B5", "2")), "")).Table(scores, true)
	if !table.Has("unit") || table.Has("name") {
		t.Error("the columns of the table")
	}
	table.RefuseHeading("治理", func(cell string) *fault.Fault { return fault.New(fault.SheetNumber, "cell", cell, "value", "治理") })
	table.RefuseHeading("没有", func(string) *fault.Fault { t.Error("a heading that is not there"); return nil })
	table.Rows[0].Refuse("value", fault.New(fault.NotFound))
	placed := table.Rows[0].Place("gone", fault.New(fault.NotFound).At("rows[0].x"))
	if len(table.Faults) != 2 || table.Faults[0].Field != "评分!D2" || table.Faults[1].Field != "评分!B5" || table.Faults[1].Place.Row != 5 || placed.Field != "评分!5" || placed.Place.Column != "" {
		t.Errorf("%v, %v", table.Faults, placed)
	}
}
