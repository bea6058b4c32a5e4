package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/sheet"
)

// hostile are texts that a spreadsheet might take for formulas, rare characters
// and what separates cells.
var hostile = []string{`=HYPERLINK("http://x")`, "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "㘵㳇村", `a,"b"`, "c\nd", "<&>", "'x", ""}

func awkward(i int) []sheet.Value {
	return []sheet.Value{sheet.Number(strconv.Itoa(i + 1)), sheet.Text(hostile[i]), sheet.Number("-93.50")}
}

// covers T22
func TestCSVIsReadAsItWasMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(ledger(len(hostile), awkward))
	f, body, err := w.work(t, Request{Kind: Issues, Format: CSV})
	if err != nil {
		t.Fatal(err)
	}
	text, marked := bytes.CutPrefix(body, []byte("\xef\xbb\xbf"))
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || !marked || len(records) != len(hostile)+1 || strings.Join(records[0], " ") != "编号 问题 扣分" {
		t.Fatalf("%v %v %d", err, marked, len(records))
	}
	for i, record := range records[1:] {
		want := sheet.Text(hostile[i]).Safe()
		want = strings.ReplaceAll(want, "\r", "") // which the library drops
		if record[1] != want || strings.ContainsAny(record[1][:min(1, len(record[1]))], "=+-@\t\r") {
			t.Errorf("%q became %q", hostile[i], record[1])
		}
		if record[2] != "-93.50" || record[0] != strconv.Itoa(i+1) {
			t.Errorf("numbers became %q", record)
		}
	}
	sum := sha256.Sum256(body)
	if f.SHA256 != hex.EncodeToString(sum[:]) || f.Bytes != int64(len(body)) || f.Rows != int64(len(hostile)) || f.Name != "问题台账-2023-05-04.csv" {
		t.Errorf("%+v", f)
	}
}

// covers T22
func TestXLSXHoldsNumbersAndTexts(t *testing.T) {
	t.Parallel()
	w := newWorld(ledger(len(hostile), awkward))
	_, body, err := w.work(t, Request{Kind: Issues, Format: XLSX, Language: fault.English})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if names := book.GetSheetList(); len(names) != 1 || names[0] != "issues" {
		t.Fatalf("%v", names)
	}
	for i, text := range hostile {
		row := strconv.Itoa(i + 2)
		title, _ := book.GetCellValue("issues", "B"+row)
		if want := sheet.Text(text).Safe(); title != want && title != strings.ReplaceAll(want, "\r", "_x000D_") {
			t.Errorf("%q became %q", text, title)
		}
		if formula, _ := book.GetCellFormula("issues", "B"+row); formula != "" {
			t.Errorf("%q became the formula %q", text, formula)
		}
		kind, _ := book.GetCellType("issues", "C"+row)
		shown, _ := book.GetCellValue("issues", "C"+row)
		raw, _ := book.GetCellValue("issues", "C"+row, excelize.Options{RawCellValue: true})
		if shown != "-93.50" || raw != "-93.5" || kind == excelize.CellTypeInlineString {
			t.Errorf("the number became %q (%q, %v)", shown, raw, kind)
		}
	}
}

func TestJSONLinesKeepTextsAndDigits(t *testing.T) {
	t.Parallel()
	w := newWorld(ledger(len(hostile), awkward))
	_, body, err := w.work(t, Request{Kind: Issues, Format: JSONL})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")
	if len(lines) != len(hostile) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, line := range lines {
		var row struct {
			Number, Base json.Number
			Title        *string
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if row.Base != "-93.50" || (row.Title == nil) != (hostile[i] == "") || row.Title != nil && *row.Title != hostile[i] {
			t.Errorf("%q became %s", hostile[i], line)
		}
	}
}

// Whatever a decimal is, a workbook gives its digits back.
func TestNumbersComeBack(t *testing.T) {
	t.Parallel()
	texts := rapid.SliceOfN(rapid.StringMatching(`-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,5})?`), 2000, 2000).Example(7)
	out := new(bytes.Buffer)
	w, err := newWriter(out, Request{Kind: Issues, Format: XLSX}, []Column{{Key: "n", Zh: "数", En: "n"}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.discard()
	for _, text := range texts {
		if err := w.row([]sheet.Value{sheet.Number(text)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("问题台账")
	if err != nil || len(rows) != len(texts)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, text := range texts {
		shown := rows[i+1][0]
		if strings.Trim(text, "-0.") == "" { // minus nothing is nothing
			text, shown = strings.TrimPrefix(text, "-"), strings.TrimPrefix(shown, "-")
		}
		if shown != text {
			t.Errorf("%s became %s", text, shown)
		}
	}
}

// A right that goes while the rows are read ends the run, and no file is there.
func TestARightThatGoesLeavesNoFile(t *testing.T) {
	t.Parallel()
	for _, lost := range []authz.Permission{authz.ExportRequest, authz.IssueRead} {
		w := newWorld()
		source := ledger(100, func(i int) []sheet.Value {
			if i == 50 {
				delete(w.gate, lost)
			}
			return plain(i)
		})
		w.sources[Issues] = source
		if _, _, err := w.work(t, Request{Kind: Issues, Format: CSV}); fault.CodeOf(err) != fault.Forbidden || len(w.shelf.files) != 0 {
			t.Errorf("without %s: %v, files %d", lost, err, len(w.shelf.files))
		}
	}
}

func TestAFileHasItsLength(t *testing.T) {
	before := MostRows[XLSX]
	MostRows[XLSX] = 25
	t.Cleanup(func() { MostRows[XLSX] = before })
	w := newWorld(ledger(26, plain))
	if _, _, err := w.work(t, Request{Kind: Issues, Format: XLSX}); fault.CodeOf(err) != fault.ExportTooLong || len(w.shelf.files) != 0 {
		t.Errorf("26 rows: %v", err)
	}
	if f, _, err := w.work(t, Request{Kind: Issues, Format: CSV}); err != nil || f.Rows != 26 {
		t.Errorf("as CSV: %v", err)
	}
}

// nowhere takes everything and keeps nothing.
type nowhere struct{ *shelf }

func (nowhere) Write(_ context.Context, _, _ string, write func(io.Writer) error) error {
	return write(io.Discard)
}

// Rows pass through: ten times the rows take the same memory.
func TestMemoryDoesNotGrowWithRows(t *testing.T) {
	for _, format := range []Format{CSV, JSONL, XLSX} {
		held := func(rows int) (most uint64) {
			wide := strings.Repeat("宽", 200)
			w := newWorld()
			w.c.Files = nowhere{w.shelf}
			seen := 0
			w.sources[Issues] = ledger(rows, func(i int) []sheet.Value {
				if i%4000 == 0 {
					runtime.GC()
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
				seen++
				return []sheet.Value{sheet.Number(strconv.Itoa(i)), sheet.Text(wide), sheet.Number("1.5")}
			})
			if _, _, err := w.work(t, Request{Kind: Issues, Format: format}); err != nil || seen != rows {
				t.Fatalf("%s: %d rows, %v", format, seen, err)
			}
			return most
		}
		few, many := held(4000), held(60_000)
		if room := map[Format]uint64{XLSX: 32 << 20}[format] + 2<<20; many > few+room { // a workbook gathers 16 MB before it goes to a file, in a buffer that doubles
			t.Errorf("%s: %d MB for 4,000 rows, %d MB for 60,000", format, few>>20, many>>20)
		}
	}
}

func TestEveryTryHasAFileOfItsOwn(t *testing.T) {
	t.Parallel()
	work := Work{Job: uuid.New(), Lease: uuid.New(), Tenant: home}
	again := work
	again.Lease = uuid.New()
	if a, b := key(work, CSV), key(again, CSV); a == b || !strings.HasPrefix(a, home.String()+"/export/") {
		t.Errorf("%s and %s", a, b)
	}
}
