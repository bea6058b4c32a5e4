package graphtest_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
)

const (
	typesOfWord  = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	emptyOfWord  = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{{单位}}</w:t></w:r></w:p></w:body></w:document>`
	bookOfSheet  = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`
	linksOfSheet = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`
	octets       = "application/octet-stream"
	ownForm      = "/forms/bulletin?name=x"
	ownPeople    = "/imports/people?commit=true"
)

// word is a document with more files in it; book a workbook of one sheet.
func word(t *testing.T, more ...string) []byte {
	t.Helper()
	return graphtest.Packed(t, append([]string{"[Content_Types].xml", typesOfWord, "word/document.xml", emptyOfWord}, more...)...)
}

func book(t *testing.T, sheet string, more ...string) []byte {
	t.Helper()
	return graphtest.Packed(t, append([]string{"xl/workbook.xml", bookOfSheet, "xl/_rels/workbook.xml.rels", linksOfSheet, "xl/worksheets/sheet1.xml", sheet}, more...)...)
}

// tabled is a sheet whose cells hold their own texts.
func tabled(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<worksheet><sheetData>")
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, text := range row {
			fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, 'A'+j, i+1, text)
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}

// hugePicture is the head of a PNG that claims a size.
func hugePicture(w, h uint32) []byte {
	head := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h), 8, 6, 0, 0, 0)
	picture := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	picture = append(picture, head...)
	return binary.BigEndian.AppendUint32(picture, crc32.ChecksumIEEE(head))
}

// many is so many small files, name, content, …
func many(n int) (files []string) {
	for i := range n {
		files = append(files, fmt.Sprintf("word/media/%d.txt", i), "")
	}
	return files
}

// Pictures, documents, workbooks and forms that burst when they are unpacked
// are refused at the door that takes them, each with its code, for a bounded
// price; nothing of them is kept.
// covers T20
func TestBombsAreRefusedAtTheDoor(t *testing.T) { //nolint:paralleltest // it measures memory
	k := graphtest.New(t)
	zeros, texts := strings.Repeat("\x00", 64<<20), "<sst>"+strings.Repeat("<si><t>abcdefgh</t></si>", (128<<20)/24)+"</sst>"
	bombs := []struct {
		name string
		door string // "" is POST /evidence
		file []byte
		code int
		want string
	}{
		{"50,000 × 50,000 pixels", "", hugePicture(50_000, 50_000), http.StatusRequestEntityTooLarge, "PICTURE_TOO_LARGE"},
		{"a line without end", "", hugePicture(1<<30, 1), http.StatusRequestEntityTooLarge, "PICTURE_TOO_LARGE"},
		{"a document of zeros", "", word(t, "word/media/a.bmp", zeros), http.StatusBadRequest, "FILE_UNSAFE"},
		{"a document of too many files", "", word(t, many(4001)...), http.StatusBadRequest, "FILE_UNSAFE"},
		{"shared texts of a workbook", ownPeople, book(t, tabled([]string{"姓名"}), "xl/sharedStrings.xml", texts), http.StatusUnprocessableEntity, "SHEET_UNPACKED file"},
		{"too many parts of a workbook", ownPeople, book(t, tabled([]string{"姓名"}), many(2001)...), http.StatusUnprocessableEntity, "SHEET_UNPACKED file"},
		{"too many rows", ownPeople, []byte("姓名,岗位\n" + strings.Repeat("甲,乙\n", 200_000)), http.StatusUnprocessableEntity, "SHEET_TOO_MANY_ROWS file"},
		{"a form of zeros", ownForm, word(t, "word/media/a.bmp", zeros), http.StatusBadRequest, "FORM_TOO_LARGE"},
		{"a form of too many parts", ownForm, word(t, many(301)...), http.StatusBadRequest, "FORM_FORMAT"},
		{"a form beyond every body", ownForm, make([]byte, 11<<20), http.StatusRequestEntityTooLarge, "BODY_TOO_LARGE"},
	}
	before := k.Fingerprint(t, uuid.Nil)
	for _, bomb := range bombs {
		var answer *httptest.ResponseRecorder
		grown := graphtest.Grown(func() {
			if bomb.door == "" {
				answer = k.Upload(t, k.Token("C1"), "a.bin", bomb.file, true)
			} else {
				answer = k.Sent(t, k.Token("C1"), "", bomb.door, octets, bomb.file)
			}
		})
		if got := graphtest.Refusals(t, answer); answer.Code != bomb.code || !slices.Equal(got, []string{bomb.want}) {
			t.Errorf("%s: %d %v, want %d %s", bomb.name, answer.Code, got, bomb.code, bomb.want)
		}
		if grown > 200<<20 {
			t.Errorf("%s: refusing it took %d MB", bomb.name, grown>>20)
		}
	}
	if k.Fingerprint(t, uuid.Nil) != before {
		t.Error("something of a bomb was kept")
	}
	kept(t, k)
}

// kept fails when a file is in the store.
func kept(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	if homes, err := k.App.Files.Tenants(t.Context()); err != nil || len(homes) > 0 {
		t.Errorf("files are kept of %v, %v", homes, err)
	}
}

// Names inside an archive that lead out of it, and ids in addresses that do,
// are refused: no row is written and no file appears, where they point or
// anywhere in the store. A file that is named so is kept under a key of the
// program's own making.
// covers T21
func TestNoNameLeadsOut(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	folder := t.TempDir()
	outside := filepath.Join(folder, "out.xml")
	up := strings.Repeat("../", 20) + outside[1:]
	before := k.Fingerprint(t, uuid.Nil)
	sheet := tabled([]string{"姓名", "代号", "岗位", "单位代码", "任职时间"}, []string{"甲某", "Q1", "驻村干部", graphtest.VillageCode(1), "2023-01-01"})
	for _, name := range []string{"../../x.xml", up, outside, `..\..\x.xml`, `C:\x.xml`, "word/../../x.xml"} {
		for door, c := range map[string]struct {
			answer *httptest.ResponseRecorder
			code   int
			want   string
		}{
			"a document": {k.Upload(t, k.Token("C1"), "a.docx", word(t, name, "<x/>"), true), http.StatusBadRequest, "FILE_UNSAFE"},
			"a workbook": {k.Sent(t, k.Token("C1"), "", ownPeople, octets, book(t, sheet, name, "<x/>")), http.StatusUnprocessableEntity, "SHEET_DAMAGED file"},
			"a form":     {k.Sent(t, k.Token("C1"), "", ownForm, octets, word(t, name, "<x/>")), http.StatusBadRequest, "FORM_FORMAT"},
		} {
			if got := graphtest.Refusals(t, c.answer); c.answer.Code != c.code || !slices.Equal(got, []string{c.want}) {
				t.Errorf("%s with %s: %d %v", door, name, c.answer.Code, got)
			}
		}
	}
	for _, address := range []string{
		"/evidence/..%2f..%2fetc%2fpasswd", "/evidence/%2e%2e%2f%2e%2e%2fetc%2fpasswd/small", "/evidence/..%5c..%5cx", "/evidence/%2fetc%2fpasswd",
		"/documents/..%2f..%2fetc/passwd", "/documents/notice/..%2f..%2fetc%2fpasswd", "/documents/%2e%2e/" + uuid.NewString(),
		"/archives/..%2f..%2fetc/passwd", "/archives/" + k.CompetitionID() + "/..%2f..%2fetc%2fpasswd",
	} {
		if got := k.Get(t, k.Token("C1"), address); got.Code != http.StatusNotFound || strings.Contains(got.Body.String(), "root:") {
			t.Errorf("%s: %d %s", address, got.Code, got.Body)
		}
	}
	for _, address := range []string{"/imports/..%2f..%2fpeople?commit=true", "/forms/..%2f..%2fbulletin?name=x"} {
		if got := k.Sent(t, k.Token("C1"), "", address, octets, book(t, sheet)); got.Code < 400 || got.Code >= 500 {
			t.Errorf("%s: %d %s", address, got.Code, got.Body)
		}
	}
	if k.Fingerprint(t, uuid.Nil) != before {
		t.Error("something was written")
	}
	kept(t, k)
	file := k.Taken(t, "C1", up, photo(t, 5))
	if got := k.Get(t, k.Token("C1"), "/evidence/"+file); got.Code != http.StatusOK || strings.Contains(got.Header().Get("Content-Disposition"), "..") {
		t.Errorf("%d %v", got.Code, got.Header())
	}
	if keys := k.Strings(t, `SELECT f::text FROM evidence_file f`); len(keys) != 1 || strings.Contains(keys[0], "..") || strings.Contains(keys[0], folder) {
		t.Errorf("kept as %v", keys)
	}
	if found, err := os.ReadDir(folder); err != nil || len(found) > 0 {
		t.Errorf("%v appeared, %v", found, err)
	}
	if bytes.Contains([]byte(k.Log()), []byte("a request failed")) {
		t.Error("an attack was logged as the program's own failure")
	}
}
