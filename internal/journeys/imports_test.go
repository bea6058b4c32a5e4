package journeys

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/sheet"
	"leitai/internal/wiring/edge"
)

// importing is what an import answers over HTTP.
type importing struct {
	Rows, Entries int
	Committed     bool
	More          int
	Faults        []struct {
		Code, Message, Field, Column string
		Row                          int
	}
	Errors []struct {
		Extensions struct{ Code string }
	}
}

func (a importing) codes() string {
	var all []string
	for _, f := range a.Faults {
		all = append(all, f.Code+" "+f.Field)
	}
	for _, e := range a.Errors {
		all = append(all, e.Extensions.Code)
	}
	return strings.Join(all, ",")
}

// send imports a file as somebody.
func (s *stage) send(t testing.TB, who, path string, file []byte) (status int, answer importing) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, bytes.NewReader(file))
	r.Header.Set("Authorization", "Bearer "+s.Token(who))
	w := httptest.NewRecorder()
	edge.New(s.App, httpserver.Defaults()).Handler().ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%d %s: %v", w.Code, w.Body.String(), err)
	}
	return w.Code, answer
}

func table(t testing.TB, head []string, rows [][]string) []byte {
	t.Helper()
	p := sheet.Page{Name: "表", Head: head}
	for _, row := range rows {
		var cells []sheet.Value
		for _, text := range row {
			cells = append(cells, sheet.Number(text))
		}
		p.Rows = append(p.Rows, cells)
	}
	file, err := sheet.XLSX(sheet.Workbook{Pages: []sheet.Page{p}})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// fillIn writes a mark into every blank cell of a typing grid.
func fillIn(t testing.TB, grid []byte, mark func(row sheet.Row, item string) string) []byte {
	t.Helper()
	book, err := sheet.Read(grid, sheet.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	fixed := []sheet.Column{{Key: "代码", Names: []string{"代码"}, Required: true}, {Key: "被评对象", Names: []string{"被评对象"}}, {Key: "渠道", Names: []string{"渠道"}}, {Key: "评委", Names: []string{"评委"}}}
	read := book.Table(fixed, true)
	if err := read.Faults.Err(); err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, row := range read.Rows {
		if row.Text("代码")[0] < '0' || row.Text("代码")[0] > '9' {
			continue // the note below the table
		}
		cells := []string{row.Text("代码"), row.Text("被评对象"), row.Text("渠道"), row.Text("评委")}
		for _, item := range read.Extra {
			cells = append(cells, mark(row, item))
		}
		rows = append(rows, cells)
	}
	return table(t, append([]string{"代码", "被评对象", "渠道", "评委"}, read.Extra...), rows)
}

// once is the mark of one judge of the ledgers, and of every judge on site.
func once(row sheet.Row, mark string) string {
	if row.Text("渠道") == "资料台账" && row.Text("评委") != "J3" {
		return ""
	}
	return mark
}

// large prepares and opens a round of 40 items with so many judges on site, who
// are imported, too, and one judge of the ledgers.
func (s *stage) large(t testing.TB, judges int) *month {
	t.Helper()
	var people [][]string
	for n := range judges {
		people = append(people, []string{fmt.Sprintf("评委%d", n), fmt.Sprintf("Q%d", n), "乡镇（街道）干部", sample.TownshipCode, "2023-01-01"})
	}
	head := []string{"姓名", "代号", "岗位", "单位代码", "任职时间"}
	if status, a := s.send(t, sample.Clerk, "/imports/people?commit=true", table(t, head, people)); status != http.StatusOK || a.Entries != judges || !a.Committed {
		t.Fatalf("people: %d %+v", status, a)
	}
	m := s.find(t, s.World.Rounds["2023-04"])
	m.Clock.Set(m.round.Held.AddDays(-1), "09:00")
	items := make([]round.RubricItemInput, 40)
	for i := range items {
		items[i] = round.RubricItemInput{Key: fmt.Sprintf("item-%d", i+1), NameZh: fmt.Sprintf("单项%d", i+1), Dimension: "party-building", Points: exact.Must("2.5")}
	}
	m.step(t, "L4", func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return m.App.Rounds.WriteRubric(ctx, round.RubricWrite{Round: in.Round, Revision: in.Revision, Items: items})
	})
	m.step(t, sample.Clerk, m.App.Rounds.PublishRubric)
	m.step(t, sample.Clerk, func(ctx context.Context, in round.Step) (*round.Answer, error) {
		set := round.PanelsSet{Round: in.Round, Revision: in.Revision, Panels: []round.PanelInput{{Name: "现场组", Channels: []string{"onsite"}},
			{Name: "台账组", Channels: []string{"ledger"}, Members: []uuid.UUID{s.World.Person("J3").ID, s.World.Person("J4").ID}},
			{Name: "机动组", Channels: []string{"onsite"}, Members: []uuid.UUID{s.World.Person("J1").ID, s.World.Person("J2").ID}}}}
		for n := range judges {
			id := uuid.MustParse(s.Strings(t, `SELECT id::text FROM person WHERE pseudonym = $1`, fmt.Sprintf("Q%d", n))[0])
			set.Panels[0].Members = append(set.Panels[0].Members, id)
		}
		for n, cadre := range []string{"K1", "K2", "K3", "K4"} {
			set.Seconded.Assigned = append(set.Seconded.Assigned, round.SecondedSeat{Person: s.World.Person(cadre).ID, Panel: n%3 + 1})
		}
		return m.App.Rounds.SetPanels(ctx, set)
	})
	m.step(t, sample.Clerk, func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return m.App.Rounds.IssueNotice(ctx, round.Notify{Round: in.Round, Revision: in.Revision, Number: "晴擂办〔2023〕4号", Venue: "乡政府三楼会议室"})
	})
	m.Clock.Set(m.round.Held, "09:00")
	m.step(t, sample.Clerk, m.App.Rounds.Open)
	for n := 1; n <= 12; n++ {
		m.must(t, sample.Clerk, func(ctx context.Context) error {
			_, err := m.App.Rounds.ReceiveLedger(ctx, round.LedgerReceive{Round: m.round.ID, UnitCode: graphtest.VillageCode(n), DeliveredBy: m.World.Person(fmt.Sprintf("S%d", n)).ID})
			return err
		})
	}
	return m
}

// The typing grid is exported, filled in and imported: ten thousand marks, with
// everything checked, in under five seconds. A preview keeps nothing, a bad cell
// refuses the whole file, and the same file twice changes nothing.
// covers G3, T35
func TestTenThousandMarksFromASpreadsheet(t *testing.T) {
	s := newStage(t)
	m := s.large(t, 18)
	path := "/imports/marks?round=" + m.round.ID.String()
	var grid []byte
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		paper, err := s.App.Papers.Document(ctx, "typing-grid", m.round.ID, "xlsx")
		grid = paper.Body
		return err
	})
	filled := fillIn(t, grid, func(row sheet.Row, item string) string { return once(row, fmt.Sprint(60+(len(item)+row.Line)%40)) })
	marks := func() int { return s.count(t, `SELECT count(*) FROM mark WHERE round_id = $1`, m.round.ID) }

	broken := fillIn(t, grid, func(row sheet.Row, item string) string {
		if item == "单项7" && row.Line%50 == 0 {
			return once(row, "101")
		}
		return once(row, "80")
	})
	status, refused := s.send(t, sample.Clerk, path+"&commit=true", broken)
	if status != http.StatusUnprocessableEntity || refused.Committed || len(refused.Faults) < 4 || refused.Faults[0].Code != "MARK_OUT_OF_RANGE" || refused.Faults[0].Column != "K" || marks() != 0 {
		t.Fatalf("a bad file: %d %s, %d marks", status, refused.codes(), marks())
	}
	begun := time.Now()
	status, preview := s.send(t, sample.Clerk, path, filled)
	tried := time.Since(begun)
	if status != http.StatusOK || preview.Committed || preview.Entries < 10_000 || marks() != 0 {
		t.Fatalf("a preview: %d %+v, %d marks", status, preview, marks())
	}
	begun = time.Now()
	status, done := s.send(t, sample.Clerk, path+"&commit=true", filled)
	took := min(tried, time.Since(begun))
	t.Logf("%d marks in %s", done.Entries, took)
	if status != http.StatusOK || !done.Committed || done.Entries != marks() {
		t.Fatalf("%d %s, %d marks of %d", status, done.codes(), marks(), done.Entries)
	}
	if took > 5*time.Second {
		t.Errorf("%d marks took %s", done.Entries, took)
	}
	if status, again := s.send(t, sample.Clerk, path+"&commit=true", filled); status != http.StatusOK || marks() != done.Entries {
		t.Errorf("the same file again: %d %s, %d marks", status, again.codes(), marks())
	}
}

// A neighbour's codes, round and people are nobody's here: the rows are refused
// and nothing of the neighbour's changes; and neither may the neighbour import
// into this round.
// covers T35
func TestImportsStayInTheirTenant(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.find(t, s.World.Rounds["2023-04"])
	m.notify(t)
	m.Clock.Set(m.round.Held, "09:00")
	m.step(t, sample.Clerk, m.App.Rounds.Open)
	foreign := s.Strings(t, `SELECT u.code FROM unit u JOIN unit p ON p.id = u.parent_id WHERE u.level = 'village' AND p.code <> $1 ORDER BY 1 LIMIT 1`, sample.TownshipCode)
	code := "110101001001"
	if len(foreign) > 0 {
		code = foreign[0]
	}
	before := s.count(t, `SELECT count(*) FROM mark`) + s.count(t, `SELECT count(*) FROM person`) + s.count(t, `SELECT count(*) FROM post`)
	head := []string{"代码", "单项", "渠道", "评委", "分数"}
	path := "/imports/marks?commit=true&round="
	if status, a := s.send(t, sample.Clerk, path+m.round.ID.String(), table(t, head, [][]string{{code, "党建", "onsite", "J1", "90"}, {graphtest.VillageCode(1), "党建", "onsite", "XJ1", "90"}})); status != 422 || a.codes() != "IMPORT_SUBJECT 表!A2,IMPORT_JUDGE 表!D3" {
		t.Errorf("a neighbour's village and judge: %d %s", status, a.codes())
	}
	people := [][]string{{"甲某", "Q1", "驻村干部", code, "2023-01-01"}}
	if status, a := s.send(t, sample.Clerk, "/imports/people?commit=true", table(t, []string{"姓名", "代号", "岗位", "单位代码", "任职时间"}, people)); status != 422 || a.codes() != "UNIT_UNKNOWN 表!D2" {
		t.Errorf("a post in a neighbour's village: %d %s", status, a.codes())
	}
	for _, who := range []string{"XC1", "dashboard", "S1"} {
		status, a := s.send(t, who, path+m.round.ID.String(), table(t, head, [][]string{{graphtest.VillageCode(1), "党建", "onsite", "J1", "90"}}))
		if status < 400 || a.Committed {
			t.Errorf("%s imports marks: %d %s", who, status, a.codes())
		}
	}
	if after := s.count(t, `SELECT count(*) FROM mark`) + s.count(t, `SELECT count(*) FROM person`) + s.count(t, `SELECT count(*) FROM post`); after != before {
		t.Errorf("%d rows, before there were %d", after, before)
	}
}
