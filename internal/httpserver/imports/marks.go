package imports

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/scoring"
	"leitai/internal/sheet"
	"leitai/internal/template"
)

var markColumns = []sheet.Column{
	{Key: "subject", Names: []string{bulletin.HeadCode, "单位代码", "村代码", "编码", "被评对象代码"}},
	{Key: "name", Names: []string{bulletin.HeadSubject, "村（社区）", "村", "村名", "单位", "姓名"}},
	{Key: "channel", Names: []string{bulletin.HeadChannel, "评分渠道"}},
	{Key: "judge", Names: []string{bulletin.HeadJudge, "评委代号", "评分人"}},
	{Key: "item", Names: []string{"单项", "单项工作", "项目"}},
	{Key: "value", Names: []string{"分数", "得分", "评分"}},
}

// marks reads marks of a round in either of two shapes: one mark a row, with
// columns for item and value, or the typing grid with a column an item.
func (s *Service) marks(ctx context.Context, in *Request, book *sheet.Book) (rows, entries int, err error) {
	grid, err := s.Papers.Grid(ctx, in.Of)
	if err != nil {
		return 0, 0, err
	}
	table := book.Table(markColumns, true)
	if len(table.Rows) == 0 {
		return 0, 0, table.Faults.Err()
	}
	r := &markReader{names: namesOf(grid), round: in.Of, person: in.Person, table: table, columns: gridColumns(grid), seen: map[string]string{}}
	long := table.Has("value")
	if !long {
		r.unknownColumns()
	}
	for _, row := range table.Rows {
		r.row(row, long)
	}
	if err := table.Faults.Err(); err != nil {
		return len(table.Rows), len(r.inputs), err
	}
	if len(r.inputs) == 0 {
		return len(table.Rows), 0, fault.New(fault.ImportNothing).At("file")
	}
	if err = s.Rounds.ImportMarks(ctx, in.Of, r.inputs); err != nil {
		return s.told(table, len(r.inputs), err, r.cells)
	}
	return len(table.Rows), len(r.inputs), nil
}

// gridColumns are the grid's columns by heading, and by item key and name.
func gridColumns(g *bulletin.Grid) map[string]bulletin.Column {
	all := map[string]bulletin.Column{}
	for _, c := range g.Columns() {
		all[c.Head] = c
		if c.Line == "" {
			all[c.Item.Key] = c
			continue
		}
		all[c.Item.Key+"："+c.Line] = c
	}
	return all
}

// markReader makes marks of rows.
type markReader struct {
	names         *names
	round, person uuid.UUID
	table         *sheet.Table
	columns       map[string]bulletin.Column
	seen          map[string]string // place of a mark → cell that says it
	inputs        []round.MarkInput
	cells         []cell
}

// unknownColumns refuses headings that are no item.
func (r *markReader) unknownColumns() {
	for _, head := range r.table.Extra {
		if _, known := r.columns[head]; !known {
			r.table.RefuseHeading(head, func(cell string) *fault.Fault {
				return fault.New(fault.ImportItem, "cell", cell, "value", head, "want", strings.Join(r.names.items, "、"))
			})
		}
	}
}

func (r *markReader) row(row sheet.Row, long bool) {
	subject, known := r.names.subject(row, "subject", "name")
	channel, channelKnown := r.names.channel(row)
	judge, judgeKnown := r.names.judge(row)
	if !known || !channelKnown || !judgeKnown {
		return
	}
	base := round.MarkInput{UnitCode: subject.Code, Subject: subject.Subject, Channel: channel, Judge: judge}
	if long {
		r.one(row, base)
		return
	}
	marks := map[string]*fill{}
	for _, head := range r.table.Extra {
		c, known := r.columns[head]
		if !known || !row.Has(head) {
			continue
		}
		f := marks[c.Item.Key]
		if f == nil {
			f = &fill{item: c.Item, column: head}
			marks[c.Item.Key] = f
		}
		f.take(row, head, c)
	}
	for _, item := range r.names.grid.Items {
		if f := marks[item.Key]; f != nil {
			r.add(row, base, f)
		}
	}
}

// one reads a row that holds one mark.
func (r *markReader) one(row sheet.Row, base round.MarkInput) {
	name := row.Required("item", "单项")
	if name == "" {
		return
	}
	c, known := r.columns[name]
	if !known {
		row.Refuse("item", fault.New(fault.ImportItem, "cell", row.Cell("item"), "value", name, "want", strings.Join(r.names.items, "、")))
		return
	}
	if row.Required("value", "分数") == "" {
		return
	}
	f := &fill{item: c.Item, column: "value"}
	f.take(row, "value", c)
	r.add(row, base, f)
}

// add makes the mark, unless its cells were refused. Its id follows from what it
// says, so that importing the same sheet again changes nothing.
func (r *markReader) add(row sheet.Row, base round.MarkInput, f *fill) {
	if f.bad {
		return
	}
	base.Item, base.Value, base.Detail = f.item.Key, f.value, f.detail
	judge := r.person
	if base.Judge != nil {
		judge = *base.Judge
	}
	place := strings.Join([]string{base.Subject.String(), base.Item, base.Channel, judge.String()}, "|")
	if other, twice := r.seen[place]; twice {
		row.Refuse(f.column, fault.New(fault.ImportTwice, "cell", row.Cell(f.column), "other", other))
		return
	}
	r.seen[place] = row.Cell(f.column)
	base.ID = uuid.NewSHA1(r.round, []byte(place+"|"+r.person.String()+"|"+f.says()))
	r.inputs = append(r.inputs, base)
	r.cells = append(r.cells, cell{row: row, column: f.column, fields: map[string]string{"judge": "judge", "channel": "channel", "unitCode": "subject", "subject": "subject"}})
}

// fill is what the cells of one row say of one item.
type fill struct {
	item   *template.Item
	column string // the first cell that says something
	value  exact.Number
	detail *scoring.Detail
	bad    bool
}
