package imports_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/bulletin"
	"leitai/internal/consequences"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/httpserver/imports"
	"leitai/internal/round"
	"leitai/internal/sheet"
	"leitai/internal/template"
	"leitai/internal/tenancy"
	"leitai/internal/voting"
)

var (
	theRound = uuid.MustParse("018f0000-0000-7000-8000-000000000001")
	clerk    = uuid.MustParse("018f0000-0000-7000-8000-000000000002")
	judge1   = uuid.MustParse("018f0000-0000-7000-8000-000000000011")
	judge2   = uuid.MustParse("018f0000-0000-7000-8000-000000000012")
	village1 = uuid.MustParse("018f0000-0000-7000-8000-000000000021")
	village2 = uuid.MustParse("018f0000-0000-7000-8000-000000000022")
	other    = uuid.MustParse("018f0000-0000-7000-8000-000000000023")
)

// world is the use cases as they are seen from here: it keeps what it is handed
// and refuses what it is told to refuse.
type world struct {
	grid    *bulletin.Grid
	marks   []round.MarkInput
	figures []round.FiguresEnter
	past    []consequences.PastRow
	people  []tenancy.RosterRow
	raters  []ballot.Named
	refuse  error
	kept    bool
}

func text(zh string) template.Text { return template.Text{ZH: zh} }

func num(s string) exact.Number { return exact.Must(s) }

func newWorld() *world {
	return &world{grid: &bulletin.Grid{
		Template: &template.Document{Channels: []template.Channel{{Key: "onsite", Name: text("现场督查")}, {Key: "ledger", Name: text("资料台账")}},
			Parts: []template.Part{{Key: "work", Name: text("工作绩效")}}},
		Items: []template.Item{
			{Key: "party", Name: text("党建"), Kind: template.KindPoints, Points: num("40")},
			{Key: "team", Name: text("村级班子"), Kind: template.KindChecklist, Points: num("20"), Rule: template.ItemRule{Checks: []template.Check{{Key: "roster", Name: text("值班表上墙")}, {Key: "hall", Name: text("大厅整洁")}}}},
			{Key: "safety", Name: text("安全生产"), Kind: template.KindDeductions, Points: num("20"), Rule: template.ItemRule{Table: []template.TableRow{{Key: "exit", Name: text("通道堵塞")}}}},
			{Key: "hygiene", Name: text("人居环境"), Kind: template.KindLevels, Points: num("20"), Rule: template.ItemRule{Levels: []template.Level{{Key: "good", Name: text("好")}, {Key: "poor", Name: text("差")}}}},
			{Key: "stop", Name: text("一票否决"), Kind: template.KindVeto},
			{Key: "test", Name: text("闭卷测试"), Kind: template.KindExam},
		},
		Subjects: []bulletin.GridSubject{{Code: "990101102201", Name: "晴禾村", Place: "晴禾村", Subject: village1, Unit: village1}, {Code: "990101102202", Name: "竹溪村", Place: "竹溪村", Subject: village2, Unit: village2}},
		Panels:   []bulletin.GridPanel{{Name: "一组", Judges: []bulletin.GridJudge{{Person: judge1, Pseudonym: "J1"}, {Person: judge2, Pseudonym: "J2"}}}},
	}}
}

func (w *world) Grid(_ context.Context, id uuid.UUID) (*bulletin.Grid, error) {
	if id != theRound {
		return nil, fault.New(fault.NotFound)
	}
	return w.grid, nil
}

func (w *world) Persons(_ context.Context, _ []string) (map[string]uuid.UUID, error) {
	return map[string]uuid.UUID{"P1": judge1, "P2": judge2}, nil
}

func (w *world) ImportMarks(_ context.Context, _ uuid.UUID, marks []round.MarkInput) error {
	w.marks = append(w.marks, marks...)
	return w.refuse
}

func (w *world) EnterFigures(_ context.Context, in round.FiguresEnter) ([]*round.Figure, error) {
	w.figures = append(w.figures, in)
	return nil, w.refuse
}

func (w *world) ImportPast(_ context.Context, _ uuid.UUID, _ string, rows []consequences.PastRow) (int, error) {
	w.past = rows
	return len(rows), w.refuse
}

func (w *world) ImportRoster(_ context.Context, rows []tenancy.RosterRow) ([]*tenancy.Person, error) {
	w.people = rows
	return make([]*tenancy.Person, len(rows)), w.refuse
}

func (w *world) Roster(_ context.Context, _ uuid.UUID, rows []ballot.Named) ([]voting.Voter, error) {
	w.raters = rows
	return make([]voting.Voter, len(rows)), w.refuse
}

// use imports a file; what is written is kept only when it ends without error.
func (w *world) use(t *testing.T, kind string, file []byte, change func(*imports.Request)) (imports.Report, error) {
	t.Helper()
	together := func(ctx context.Context, do func(context.Context) error) error {
		err := do(ctx)
		w.kept = err == nil
		return err
	}
	in := imports.Request{Kind: kind, File: file, Of: theRound, Commit: true, Person: clerk, Source: "某委发〔2022〕1号"}
	if change != nil {
		change(&in)
	}
	return imports.New(imports.Services{Papers: w, Rounds: w, Past: w, People: w, Voters: w, Together: together}).Import(t.Context(), in)
}

// file is a workbook of one sheet.
func file(t *testing.T, head []string, rows ...[]string) []byte {
	t.Helper()
	p := sheet.Page{Name: "表", Head: head}
	for _, row := range rows {
		var cells []sheet.Value
		for _, text := range row {
			cells = append(cells, sheet.Text(text))
		}
		p.Rows = append(p.Rows, cells)
	}
	content, err := sheet.XLSX(sheet.Workbook{Pages: []sheet.Page{p}})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// refusals are code and field of each fault.
func refusals(err error) (all []string) {
	for _, f := range fault.All(err) {
		all = append(all, string(f.Code)+" "+f.Field)
	}
	if err != nil && len(all) == 0 {
		all = append(all, err.Error())
	}
	return all
}
