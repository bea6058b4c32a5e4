package graphtest_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// formulas are texts that a spreadsheet would run.
var formulas = []string{`=HYPERLINK("http://x")`, "+1+1", "-1+村", "@SUM(A1)", "\tx", "\rx", "＝1+1", `=cmd|' /C calc'!A0`}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// dangerous reports whether an office program may run a text.
func dangerous(text string) bool {
	return strings.ContainsAny(firstOf(text), "=+-@\t\r\n＝＋－＠") && !decimal.MatchString(text)
}

func firstOf(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}

// poisoned is a county of which everybody and everything is called like a
// formula: what a client may name over HTTP, and beneath it what comes from the
// table of units, the list of people and the competition, which the program
// writes nowhere without having read it back.
func poisoned(t *testing.T) *graphtest.Kit {
	t.Helper()
	k := graphtest.New(t)
	for i, person := range []string{"J1", "L1", "K1", "S1", "A1"} {
		k.Must(t, "C1", `mutation($p: ID!, $n: String!) { personRename(input: {person: $p, name: $n}) { userErrors { code field } } }`,
			graphtest.Vars{"p": k.PersonID(person), "n": formulas[i%4]})
	}
	k.Must(t, "C1", `mutation($n: String!) { organisationCreate(input: {kind: "office", name: $n}) { userErrors { code field } } }`, graphtest.Vars{"n": formulas[0]})
	k.Put(t, `UPDATE competition SET name = $1`, formulas[0])
	k.Put(t, `UPDATE person SET pseudonym = $1 WHERE pseudonym = 'J2'`, formulas[3])
	k.Put(t, `UPDATE unit SET shown_name = $1, legal_name = $1 WHERE code = $2`, formulas[1], sample.TownshipCode)
	k.Put(t, `UPDATE tenant SET name = $1 WHERE id = $2`, formulas[1], k.TenantOf(t, sample.TownshipCode))
	for i, name := range formulas {
		k.Put(t, `UPDATE unit SET shown_name = $1 WHERE code = $2`, name, graphtest.VillageCode(i+1))
	}
	if err := k.World.PlayMonth(t.Context(), firstMonth); err != nil {
		t.Fatal(err)
	}
	k.Must(t, "C1", issueWorth, graphtest.Vars{"c": k.CompetitionID(), "unit": graphtest.VillageCode(1), "title": formulas[3], "base": "1"})
	return k
}

const firstMonth = "2023-04"

// Whatever a competition, a unit, a person or a title is called, it is text in
// every workbook and every CSV that any address gives: no cell holds a formula,
// and no text begins like one.
// covers T22
func TestNoNameBecomesAFormula(t *testing.T) {
	t.Parallel()
	k := poisoned(t)
	ids := k.Strings(t, `SELECT id::text FROM round WHERE id = $1 UNION ALL SELECT id::text FROM publication UNION ALL SELECT id::text FROM competition`, k.World.Rounds[firstMonth])
	seen, found := map[string]int{}, 0
	look := func(name string, file []byte) {
		texts := cells(t, name, file)
		seen[name]++
		for _, text := range texts {
			if strings.HasPrefix(text, "'") && dangerous(text[1:]) {
				found++
			}
			if dangerous(text) {
				t.Errorf("%s holds %q", name, text)
			}
		}
	}
	for _, kind := range graphtest.PaperKinds(t) {
		for _, id := range ids {
			for _, format := range []string{"xlsx", "csv"} {
				if got := k.Get(t, k.Token("C1"), "/documents/"+kind+"/"+id+"?format="+format); got.Code == http.StatusOK {
					look(kind+"."+format, got.Body.Bytes())
				}
			}
		}
	}
	for _, want := range []string{"bulletin.xlsx", "typing-grid.xlsx", "typing-grid.csv", "score-sheets.xlsx", "items.xlsx", "contacts.xlsx", "problems.xlsx", "county-report.xlsx", "notice.xlsx"} {
		if seen[want] == 0 {
			t.Errorf("%s was not given: %v", want, seen)
		}
	}
	month := k.Clock.Today().String()[:7]
	for who, scope := range map[string]string{"A1": "own", "CA1": "below"} {
		got := k.Get(t, k.Token(who), "/statement.csv?scope="+scope+"&month="+month)
		if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "'"+formulas[1]) {
			t.Errorf("the statement for %s: %d %s", who, got.Code, got.Body)
			continue
		}
		look("statement.csv", got.Body.Bytes())
	}
	packed(t, k, look)
	if found < 50 {
		t.Errorf("only %d names that look like a formula were met in %v", found, seen)
	}
}

// packed looks at the spreadsheets inside the archive of a village.
func packed(t *testing.T, k *graphtest.Kit, look func(name string, file []byte)) {
	t.Helper()
	got := k.Get(t, k.Token("C1"), "/archives/"+k.World.Competition.String()+"/"+graphtest.VillageCode(1))
	archive, err := zip.NewReader(bytes.NewReader(got.Body.Bytes()), int64(got.Body.Len()))
	if err != nil {
		t.Fatalf("%d %v", got.Code, err)
	}
	for _, f := range archive.File {
		if strings.Contains(f.Name, "..") || path.IsAbs(f.Name) {
			t.Errorf("the archive holds %s", f.Name)
		}
		if ext := path.Ext(f.Name); ext == ".xlsx" || ext == ".csv" {
			look("archive"+ext, partOf(t, f))
		}
	}
}

func partOf(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// cells are the texts of a CSV, or of a workbook in whose parts no formula is.
func cells(t *testing.T, name string, file []byte) (texts []string) {
	t.Helper()
	if strings.HasSuffix(name, ".csv") {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf")))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, row := range rows {
			texts = append(texts, row...)
		}
		return texts
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, f := range archive.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			typed(t, name, partOf(t, f))
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer func() { _ = book.Close() }()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, row := range rows {
			texts = append(texts, row...)
		}
	}
	return texts
}

// typed fails when a sheet has a formula, or a cell that is neither typed as
// text nor a number.
func typed(t *testing.T, name string, sheet []byte) {
	t.Helper()
	var page struct {
		Rows []struct {
			Cells []struct {
				Ref     string    `xml:"r,attr"`
				Type    string    `xml:"t,attr"`
				Formula *struct{} `xml:"f"`
				Value   string    `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.Unmarshal(sheet, &page); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, row := range page.Rows {
		for _, c := range row.Cells {
			text := c.Type == "s" || c.Type == "inlineStr"
			number := (c.Type == "" || c.Type == "n") && (c.Value == "" || decimal.MatchString(c.Value))
			if c.Formula != nil || !text && !number {
				t.Errorf("%s: %s is %s", name, c.Ref, fmt.Sprint(c))
			}
		}
	}
}
