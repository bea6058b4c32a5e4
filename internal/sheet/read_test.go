package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"leitai/internal/fault"
)

// Cells are read by what was typed, not by what a binary machine stored.
func TestCellsAreReadAsTheyWereTyped(t *testing.T) {
	t.Parallel()
	for stored, want := range map[string]string{
		"95.3": "95.3", "95.299999999999997": "95.3", "82.350000000000009": "82.35", "1E-3": "0.001", "1.5E+2": "150", "431226216001": "431226216001",
		"0": "0", "0.50": "0.5", "-0.1": "-0.1", "100": "100", "0.29999999999999999": "0.3", "9.9999999999999995E-7": "0.000001", "1e2": "100", "": "",
	} {
		book := read(t, workbook(t, row("1", num("A1", stored), str("B1", "x")), ""))
		if got := book.Sheets[0].Lines[0].Cells[0].Text; got != want {
			t.Errorf("%q is read as %q, want %q", stored, got, want)
		}
	}
	book := read(t, workbook(t, row("3", str("B3", "　 晴禾村\u00a0"), `<c r="D3" t="b"><v>1</v></c>`)+row("7", str("A7", "'=1+1"), str("B7", "'quoted")), ""))
	lines := book.Sheets[0].Lines
	if len(lines) != 2 || lines[0].Number != 3 || lines[0].Cells[1].Text != "晴禾村" || lines[0].Cells[3].Text != "是" || lines[1].Number != 7 {
		t.Errorf("rows are %+v", lines)
	}
	if lines[1].Cells[0].Text != "=1+1" || lines[1].Cells[1].Text != "'quoted" {
		t.Errorf("the apostrophe of a text kept from being a formula: %+v", lines[1])
	}
}

// Shared texts, readings above characters, hidden sheets and prefixes of other
// writers are understood.
func TestWorkbooksOfOtherWriters(t *testing.T) {
	t.Parallel()
	book := read(t, raw(t, map[string]string{
		"xl/workbook.xml":            strings.NewReplacer("<sheets>", `<workbookPr date1904="1"/><sheets><sheet name="旧" sheetId="9" state="hidden" r:id="rId9"/>`).Replace(workbookPart),
		"xl/_rels/workbook.xml.rels": strings.Replace(relsPart, "worksheets/sheet1.xml", "/xl/worksheets/first.xml", 1),
		"xl/sharedStrings.xml":       `<x:sst xmlns:x="m"><x:si><x:r><x:t>晴</x:t></x:r><x:r><x:t>禾村</x:t></x:r><x:rPh><x:t>qinghe</x:t></x:rPh></x:si><x:si><x:t>&lt;乙&gt;</x:t></x:si></x:sst>`,
		"xl/worksheets/first.xml":    `<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
	}))
	if len(book.Sheets) != 1 || book.since != 1462 {
		t.Fatalf("%d sheets, dates begin %d days later", len(book.Sheets), book.since)
	}
	if cells := book.Sheets[0].Lines[0].Cells; cells[0].Text != "晴禾村" || cells[1].Text != "<乙>" {
		t.Errorf("cells are %+v", cells)
	}
}

// A CSV is read in the encodings and with the separators that offices use.
func TestCSVAsOfficesSaveIt(t *testing.T) {
	t.Parallel()
	text := "单位代码,村名,分数\r\n990101102201,晴禾村,95.5\r\n\r\n990101102202,\"竹溪,村\",88\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": text, "UTF-8 with a mark": "\ufeff" + text, "GB18030": gb,
		"tabs": strings.ReplaceAll(strings.ReplaceAll(text, "\"竹溪,村\"", "竹溪,村"), ",9", "\t9")} {
		if name == "tabs" {
			content = "单位代码\t村名\t分数\n990101102201\t晴禾村\t95.5\n\n990101102202\t竹溪,村\t88\n"
		}
		table := read(t, []byte(content)).Table(scores, false)
		if len(table.Faults) != 0 || len(table.Rows) != 2 || table.Rows[1].Text("name") != "竹溪,村" || table.Rows[1].Line != 4 {
			t.Errorf("%s: %v, %+v", name, table.Faults, table.Rows)
		}
	}
	_, err = Read([]byte("代码,分数\n1,\xff\xff\xfe\n"), Defaults())
	if f := refused(t, err, fault.SheetEncoding); f[0].Place.Row != 2 {
		t.Errorf("the place is %+v", f[0].Place)
	}
	_, err = Read([]byte("代码,分数\n1,\"2\n3,4\n"), Defaults())
	refused(t, err, fault.SheetCSV)
}

// What is no spreadsheet, an old one, one with macros, a damaged one and one
// that names other files are refused by name.
// covers T35
func TestOtherFilesAreRefused(t *testing.T) {
	t.Parallel()
	whole := workbook(t, row("1", str("A1", "x")), "")
	external := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet><sheetData>` + row("1", str("A1", "&e;")) + `</sheetData></worksheet>`
	for name, c := range map[string]struct {
		content []byte
		code    fault.Code
	}{
		"nothing":     {nil, fault.SheetFormat},
		"xls":         {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), fault.SheetFormat},
		"pdf":         {[]byte("%PDF-1.7"), fault.SheetFormat},
		"binary":      {[]byte("a,b\x00c"), fault.SheetFormat},
		"half a file": {whole[:len(whole)/2], fault.SheetDamaged},
		"no workbook": {raw(t, map[string]string{"a.txt": "x"}), fault.SheetDamaged},
		"macros":      {raw(t, map[string]string{"xl/vbaProject.bin": "x"}), fault.SheetMacro},
		"an entity":   {raw(t, map[string]string{"xl/workbook.xml": workbookPart, "xl/_rels/workbook.xml.rels": relsPart, "xl/worksheets/sheet1.xml": external}), fault.SheetDamaged},
		"rows back":   {workbook(t, row("5", str("A5", "x"))+row("4", str("A4", "x")), ""), fault.SheetDamaged},
		"no string":   {workbook(t, row("1", `<c r="A1" t="s"><v>7</v></c>`), ""), fault.SheetDamaged},
		"far right":   {workbook(t, row("1", str("XFD1", "x")), ""), fault.SheetTooWide},
		"long text":   {workbook(t, row("1", str("A1", strings.Repeat("长", 4001))), ""), fault.SheetCellTooLong},
		"big":         {make([]byte, 11<<20), fault.SheetTooLarge},
	} {
		_, err := Read(c.content, Defaults())
		if all := refused(t, err, c.code); all[0].Field != "file" {
			t.Errorf("%s: the field is %q", name, all[0].Field)
		}
	}
	if _, err := Read(workbook(t, row("1", num("XFD1", ""), str("A1", "x"))+row("2"), ""), Defaults()); err == nil {
		t.Error("cells in no order are damage")
	}
}

// rows is a sheet of so many rows.
func rows(t testing.TB, n int) []byte {
	t.Helper()
	var b strings.Builder
	for i := range n {
		b.WriteString(`<row r="` + itoa(i+1) + `"><c><v>1</v></c></row>`)
	}
	return workbook(t, b.String(), "")
}

// A small file that unpacks to a gigabyte of shared texts, and a sheet of a
// million rows, are refused at a bounded price.
// covers T20
func TestBombsAreRefusedCheaply(t *testing.T) { //nolint:paralleltest // it measures memory
	huge, lying := gigabyte(t, 1024*(1<<20/24)*24), gigabyte(t, 1<<10)
	million := rows(t, 1_000_000)
	lines := []byte("a,b\n" + strings.Repeat("1,2\n", 1_000_000))
	for name, c := range map[string]struct {
		content []byte
		code    fault.Code
	}{
		"a gigabyte of shared texts": {huge, fault.SheetUnpacked},
		"one that says otherwise":    {lying, fault.SheetDamaged},
		"a million rows":             {million, fault.SheetTooManyRows},
		"a million lines":            {lines, fault.SheetTooManyRows},
		"two thousand parts":         {many(t, 2001), fault.SheetUnpacked},
	} {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(c.content, Defaults())
		runtime.ReadMemStats(&after)
		refused(t, err, c.code)
		if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
			t.Errorf("%s: refusing it took %d MB", name, used>>20)
		}
	}
}

// gigabyte is an archive whose shared texts unpack to 1 GB: one packed megabyte,
// a thousand times over, so that making it takes no gigabyte either.
func gigabyte(t testing.TB, claimed uint64) []byte {
	t.Helper()
	piece := bytes.Repeat([]byte("<si><t>abcdefgh</t></si>"), 1<<20/24)
	var packed, end bytes.Buffer
	for _, part := range []struct {
		to   *bytes.Buffer
		what []byte
		done func(*flate.Writer) error
	}{{&packed, piece, (*flate.Writer).Flush}, {&end, nil, (*flate.Writer).Close}} {
		w, err := flate.NewWriter(part.to, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(part.what); err != nil {
			t.Fatal(err)
		}
		if err := part.done(w); err != nil {
			t.Fatal(err)
		}
	}
	body := append(bytes.Repeat(packed.Bytes(), 1024), end.Bytes()...)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "xl/sharedStrings.xml", Method: zip.Deflate, CompressedSize64: uint64(len(body)), UncompressedSize64: claimed})
	if err == nil {
		_, err = f.Write(body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func many(t testing.TB, n int) []byte {
	t.Helper()
	parts := map[string]string{}
	for i := range n {
		parts[fmt.Sprintf("xl/p%d.xml", i)] = "x"
	}
	return raw(t, parts)
}

// A workbook one of whose names leads out of it is damaged, though nothing of
// it would be unpacked.
// covers T21
func TestNamesThatLeadOutAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../x.xml", "xl/../../x.xml", "/xl/x.xml", `..\x.xml`, `C:x.xml`, "xl//x.xml"} {
		_, err := Read(raw(t, map[string]string{"xl/workbook.xml": workbookPart, "xl/_rels/workbook.xml.rels": relsPart,
			"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + row("1", str("A1", "x")) + "</sheetData></worksheet>", name: "x"}), Defaults())
		if all := refused(t, err, fault.SheetDamaged); all[0].Args["value"] != "x.xml" && all[0].Args["value"] != `..\x.xml` && all[0].Args["value"] != "C:x.xml" {
			t.Errorf("%s: %v", name, all[0].Args)
		}
	}
}
