package sheet

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// Parts of a small workbook written by hand, so that tests can hold what no
// careful writer would write.
const (
	workbookPart = `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="评分" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relsPart     = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>`
)

// raw packs parts into an archive.
func raw(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
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
	return b.Bytes()
}

// workbook packs the rows of one sheet; after follows the rows.
func workbook(t testing.TB, rows, after string) []byte {
	t.Helper()
	return raw(t, map[string]string{"xl/workbook.xml": workbookPart, "xl/_rels/workbook.xml.rels": relsPart,
		"xl/worksheets/sheet1.xml": `<?xml version="1.0"?><worksheet xmlns="x"><sheetData>` + rows + `</sheetData>` + after + `</worksheet>`})
}

func str(cell, text string) string {
	return `<c r="` + cell + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func num(cell, value string) string { return `<c r="` + cell + `"><v>` + value + `</v></c>` }

func row(number string, cells ...string) string {
	return `<row r="` + number + `">` + strings.Join(cells, "") + `</row>`
}

// refused gives the faults of an error, the first of which has the code.
func refused(t *testing.T, err error, code fault.Code) []*fault.Fault {
	t.Helper()
	all := fault.All(err)
	if len(all) == 0 || all[0].Code != code {
		t.Fatalf("refused with %v, want %s", err, code)
	}
	return all
}

func read(t *testing.T, content []byte) *Book {
	t.Helper()
	book, err := Read(content, Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

var scores = []Column{
	{Key: "unit", Names: []string{"单位代码", "村代码", "编码"}, Required: true},
	{Key: "name", Names: []string{"村（社区）", "村名"}},
	{Key: "value", Names: []string{"分数", "得分"}, Required: true},
}
