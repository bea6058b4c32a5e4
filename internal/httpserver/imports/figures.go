package imports

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/sheet"
	"leitai/internal/template"
)

var subjectColumns = []sheet.Column{
	{Key: "subject", Names: []string{"代码", "单位代码", "村代码", "编码"}},
	{Key: "name", Names: []string{"单位", "村（社区）", "村", "村名", "被评对象", "姓名"}},
	{Key: "reason", Names: []string{"理由", "原因", "更正原因"}},
}

func columns(more ...sheet.Column) []sheet.Column {
	return append(slices.Clone(subjectColumns), more...)
}

// metrics reads figures that formulas use.
func (s *Service) metrics(ctx context.Context, in *Request, book *sheet.Book) (rows, entries int, err error) {
	table := book.Table(columns(sheet.Column{Key: "key", Names: []string{"指标", "指标代码"}, Required: true},
		sheet.Column{Key: "value", Names: []string{"数值", "值"}, Required: true}, sheet.Column{Key: "source", Names: []string{"来源", "数据来源"}, Required: true}), false)
	return s.figures(ctx, in, table, round.MetricFigure, func(_ *figureReader, row sheet.Row, f *round.FigureInput) bool {
		f.Key, f.Source = row.Required("key", "指标"), row.Required("source", "来源")
		return f.Key != "" && f.Source != "" && number(row, "value", "数值", f)
	})
}

// parts reads values of parts of a total that people enter.
func (s *Service) parts(ctx context.Context, in *Request, book *sheet.Book) (rows, entries int, err error) {
	table := book.Table(columns(sheet.Column{Key: "part", Names: []string{"组成部分", "部分"}, Required: true},
		sheet.Column{Key: "value", Names: []string{"得分", "分数", "数值"}, Required: true}), false)
	return s.figures(ctx, in, table, round.PartFigure, func(r *figureReader, row sheet.Row, f *round.FigureInput) bool {
		f.Key = row.Required("part", "组成部分")
		for _, p := range r.names.grid.Template.Parts {
			if p.Name.ZH == f.Key {
				f.Key = p.Key
			}
		}
		return f.Key != "" && number(row, "value", "得分", f)
	})
}

// exams reads what the sitters of a test scored, or that they were absent (A13).
func (s *Service) exams(ctx context.Context, in *Request, book *sheet.Book) (rows, entries int, err error) {
	table := book.Table(columns(sheet.Column{Key: "item", Names: []string{"单项", "考试", "项目"}},
		sheet.Column{Key: "sitter", Names: []string{"考生", "考生代号", "代号"}, Required: true}, sheet.Column{Key: "score", Names: []string{"成绩", "分数", "得分"}, Required: true},
		sheet.Column{Key: "absent", Names: []string{"缺考"}}), false)
	var pseudonyms []string
	for _, row := range table.Rows {
		pseudonyms = append(pseudonyms, row.Text("sitter"))
	}
	persons, err := s.Papers.Persons(ctx, pseudonyms)
	if err != nil {
		return 0, 0, err
	}
	return s.figures(ctx, in, table, round.ExamFigure, func(r *figureReader, row sheet.Row, f *round.FigureInput) bool {
		if f.Key = r.exam(row); f.Key == "" {
			return false
		}
		sitter := row.Required("sitter", "考生")
		id, known := persons[sitter]
		if sitter != "" && !known {
			row.Refuse("sitter", fault.New(fault.ImportPerson, "cell", row.Cell("sitter"), "value", sitter))
		}
		f.Sitter = &id
		absent := slices.Contains([]string{"缺考", "缺席"}, row.Text("score"))
		if !absent {
			absent, _ = row.Yes("absent")
		}
		if absent {
			return known
		}
		return number(row, "score", "成绩", f) && known
	})
}

// exam finds the exam of a row by key or name; the only one where none is named.
func (r *figureReader) exam(row sheet.Row) string {
	text := row.Text("item")
	var keys, names []string
	for _, item := range r.names.grid.Items {
		if item.Kind != template.KindExam {
			continue
		}
		if text == item.Key || text == item.Name.ZH {
			return item.Key
		}
		keys, names = append(keys, item.Key), append(names, item.Name.Or(item.Key, false))
	}
	if text == "" && len(keys) == 1 {
		return keys[0]
	}
	row.Refuse("item", fault.New(fault.ImportItem, "cell", row.Cell("item"), "value", text, "want", strings.Join(names, "、")))
	return ""
}

func number(row sheet.Row, column, name string, f *round.FigureInput) bool {
	if row.Required(column, name) == "" {
		return false
	}
	n, ok := row.Number(column)
	if ok {
		f.Value = new(exact.Number)
		*f.Value = n
	}
	return ok
}

type figureReader struct{ names *names }

// figures reads rows about contestants and enters them in batches.
func (s *Service) figures(ctx context.Context, in *Request, table *sheet.Table, kind round.FigureKind,
	read func(r *figureReader, row sheet.Row, f *round.FigureInput) bool) (rows, entries int, err error) {
	grid, err := s.Papers.Grid(ctx, in.Of)
	if err != nil {
		return 0, 0, err
	}
	r := &figureReader{names: namesOf(grid)}
	var inputs []round.FigureInput
	var cells []cell
	for _, row := range table.Rows {
		subject, known := r.names.subject(row, "subject", "name")
		f := round.FigureInput{Reason: row.Text("reason")}
		if !read(r, row, &f) || !known {
			continue
		}
		f.Subject, f.UnitCode = subject.Subject, subject.Code
		inputs = append(inputs, f)
		cells = append(cells, cell{row: row, column: "value", fields: map[string]string{"subject": "subject", "unitCode": "subject", "key": "key", "item": "item", "part": "part",
			"sitter": "sitter", "score": "score", "source": "source", "reason": "reason"}})
	}
	if err := table.Faults.Err(); err != nil || len(inputs) == 0 {
		return len(table.Rows), len(inputs), err
	}
	err = batches(len(inputs), round.MaxFigures, cells, func(from, until int) error {
		_, err := s.Rounds.EnterFigures(ctx, round.FiguresEnter{Round: in.Of, Kind: kind, Figures: inputs[from:until]})
		return err
	})
	return len(table.Rows), len(inputs), err
}

// missing is the fault of an import that needs to know what it goes into.
func missing(of uuid.UUID, field string) error {
	if of == uuid.Nil {
		return fault.New(fault.Required, "want", field).At("%s", field)
	}
	return nil
}
