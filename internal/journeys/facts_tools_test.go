package journeys

import (
	"bytes"
	"embed"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"leitai/internal/sample"
)

func basicOf(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

//go:embed testdata/tools
var toolRequests embed.FS

// toolRequest is one request as a tool sends it, and what it needs of the answer.
type toolRequest struct {
	Tool    string            `json:"tool"` // with the version that was looked at
	Method  string            `json:"method"`
	Target  string            `json:"target"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
	Want    struct {
		Status    int      `json:"status"`
		Type      string   `json:"type"`
		Challenge string   `json:"challenge"`
		Holds     []string `json:"holds"`
		Empty     bool     `json:"empty"`
	} `json:"want"`
}

// The requests that dashboards' tools really send, with their methods, headers
// and encodings, get what those tools need.
func TestTheToolsOwnRequests(t *testing.T) {
	t.Parallel()
	s := twoMonths(t)
	county, township := s.in(t, "CA1"), s.in(t, sample.Approver)
	app, secret := county.app(t, "县域大屏", nil)
	township.consent(t, app, 3)
	fill := strings.NewReplacer("{{token}}", s.Token("dashboard"), "{{basic}}", basicOf("leitai", s.Token("dashboard")), "{{app}}", secret,
		"{{appBasic}}", basicOf(sample.TownshipCode, secret), "{{tenant}}", sample.TownshipCode)
	files, err := fs.Glob(toolRequests, "testdata/tools/*.json")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d tools, %v", len(files), err)
	}
	for _, file := range files {
		body, err := toolRequests.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var all []toolRequest
		if err := json.Unmarshal(body, &all); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, one := range all {
			s.replay(t, one, fill)
		}
	}
}

func (s *stage) replay(t *testing.T, one toolRequest, fill *strings.Replacer) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), one.Method, one.Target, bytes.NewReader(one.Body))
	for name, value := range one.Headers {
		r.Header.Set(name, fill.Replace(value))
	}
	w := httptest.NewRecorder()
	newBrowser(s).edge.ServeHTTP(w, r)
	told := w.Body.String()
	if w.Code != one.Want.Status || !strings.HasPrefix(w.Header().Get("Content-Type"), one.Want.Type) || one.Want.Empty && told != "" {
		t.Errorf("%s, %s %s: %d %s %.300s", one.Tool, one.Method, one.Target, w.Code, w.Header().Get("Content-Type"), told)
	}
	if !strings.Contains(strings.Join(w.Header().Values("WWW-Authenticate"), ", "), one.Want.Challenge) {
		t.Errorf("%s is challenged with %q", one.Tool, w.Header().Values("WWW-Authenticate"))
	}
	for _, text := range one.Want.Holds {
		if !strings.Contains(told, text) {
			t.Errorf("%s, %s %s: no %q in %.300s", one.Tool, one.Method, one.Target, text, told)
		}
	}
}

// facts.csv opens in a spreadsheet library, row by row as it was written, with
// its Chinese and rare characters.
func TestFactsOpenInASpreadsheet(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(t, "2023-04", nil)
	if _, err := s.DB.Maint(t).ExecContext(t.Context(), `UPDATE unit SET shown_name = '㘵㳇村' WHERE code LIKE $1`, sample.TownshipCode+"%"); err != nil {
		t.Fatal(err)
	}
	a := newBrowser(s).send(t, http.MethodGet, "/export/facts.csv?measures=TOTAL", "", "Authorization", "Bearer "+s.Token("dashboard"))
	columns, rows := factTable(t, a.Body.Bytes())
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	for i, row := range rows {
		for k, name := range columns {
			cell, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStr("Sheet1", cell, row[name]); err != nil {
				t.Fatal(err)
			}
		}
	}
	buffer, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	again, err := excelize.OpenReader(buffer)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := again.GetRows("Sheet1")
	if err != nil || len(cells) != 12 || !strings.Contains(strings.Join(cells[0], "|"), "㘵㳇村") || !strings.Contains(strings.Join(cells[0], "|"), "晴禾乡") {
		t.Errorf("%d rows, %v: %v", len(cells), err, cells[:min(len(cells), 1)])
	}
}
