package bulletin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/sheet"
	"leitai/internal/template"
)

// drawScoreSheets draws the sheets to mark on by hand, one page a village and
// channel for each group (A23, A24, B03, G3).
func (s *Service) drawScoreSheets(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	if err := s.gate.Require(ctx, authz.MarkWrite, uuid.Nil); err != nil {
		return paperwork.Document{}, err
	}
	grid, err := s.gridOf(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	period, err := calendar.ParsePeriod(grid.Period)
	if err != nil {
		return paperwork.Document{}, err
	}
	out := paperwork.ScoreSheets{Paper: paperwork.Paper{Demo: grid.Home.Demo, Trial: grid.Trial}, Competition: grid.Competition, Period: period, Held: grid.Held}
	grid.each(func(p GridPanel, c template.Channel, subject GridSubject, items []*template.Item) {
		page := paperwork.ScoreSheet{Group: p.Name, Village: subject.Name, Channel: c.Name.Or(c.Key, false)}
		for _, item := range items {
			page.Items = append(page.Items, scoreItem(item))
		}
		out.Sheets = append(out.Sheets, page)
	})
	return out.Document()
}

// each visits every group, channel and subject that has something to mark.
func (g *Grid) each(visit func(p GridPanel, c template.Channel, s GridSubject, items []*template.Item)) {
	for _, p := range g.Panels {
		for _, c := range g.Template.Channels {
			for _, s := range g.Subjects {
				var items []*template.Item
				for i := range g.Items {
					item := &g.Items[i]
					if len(g.columnsOf(item)) > 0 && takes(item, c.Key) && applies(item, s) && p.covers(item.Key, c.Key, s) {
						items = append(items, item)
					}
				}
				if len(items) > 0 && !s.Absent {
					visit(p, c, s, items)
				}
			}
		}
	}
}

func (g *Grid) columnsOf(item *template.Item) []Column {
	return slices.DeleteFunc(g.Columns(), func(c Column) bool { return c.Item.Key != item.Key })
}

// scoreItem is an item as a sheet asks for it.
func scoreItem(item *template.Item) paperwork.ScoreItem {
	out := paperwork.ScoreItem{Name: item.Name.Or(item.Key, false), Points: item.Points.String(), Criteria: item.Criteria}
	switch item.Kind {
	case template.KindChecklist:
		for _, c := range item.Rule.Checks {
			out.Lines = append(out.Lines, paperwork.ScoreLine{Text: c.Name.Or(c.Key, false), Points: c.Points.String(), Fill: "□是　□否　□不适用"})
		}
	case template.KindDeductions, template.KindBonus:
		sign := "每次扣"
		if item.Kind == template.KindBonus {
			sign, out.Points = "每次加", ""
			if item.Rule.Cap != nil {
				out.Points = "最多" + item.Rule.Cap.String()
			}
		}
		for _, r := range item.Rule.Table {
			out.Lines = append(out.Lines, paperwork.ScoreLine{Text: r.Name.Or(r.Key, false), Points: sign + r.Points.String(), Fill: "　　　次"})
		}
	case template.KindLevels:
		var levels []string
		for _, l := range item.Rule.Levels {
			levels = append(levels, "□"+l.Name.Or(l.Key, false)+"（"+l.Points.String()+"分）")
		}
		out.Fill = strings.Join(levels, "　")
	case template.KindVeto:
		out.Points, out.Fill = "", "□是　□否"
	}
	return out
}

// Headings of the typing grid, as it is exported and read back.
const (
	HeadCode    = "代码"
	HeadSubject = "被评对象"
	HeadChannel = "渠道"
	HeadJudge   = "评委"
)

// typingGrid makes the grid to type marks into: a sheet a group and channel, a
// row a village and judge, a column an item or a line of one. It is read back as
// it stands (G3): what is blank is not marked.
func (s *Service) typingGrid(ctx context.Context, id uuid.UUID, format string) (Paper, error) {
	grid, err := s.Grid(ctx, id)
	if err != nil {
		return Paper{}, err
	}
	title := grid.Period + " " + grid.Competition + " 评分录入表"
	pages := grid.pages(title)
	if len(pages) == 0 {
		return Paper{}, fault.New(fault.NotFound)
	}
	if format == CSV {
		body, err := sheet.CSV(joinedPages(pages))
		return Paper{Name: title + ".csv", Type: typeCSV, Body: body}, err
	}
	body, err := sheet.XLSX(sheet.Workbook{Pages: pages})
	return Paper{Name: title + ".xlsx", Type: typeXLSX, Body: body}, err
}

func (g *Grid) pages(title string) []sheet.Page {
	var pages []sheet.Page
	where := map[string]int{}
	g.each(func(p GridPanel, c template.Channel, subject GridSubject, _ []*template.Item) {
		channel := c.Name.Or(c.Key, false)
		name := fmt.Sprintf("%s %s", p.Name, channel)
		at, known := where[name]
		if !known {
			at = len(pages)
			where[name] = at
			pages = append(pages, sheet.Page{Name: name, Title: title + "（" + name + "）", Head: []string{HeadCode, HeadSubject, HeadChannel, HeadJudge}, Wide: true,
				Note: "说明：空白表示未评；检查项填“是”“否”“不适用”，扣分、加分填次数，分档填档名，否决项填“是”“否”。请勿改动前四列和标题行。"})
			for _, column := range g.Columns() {
				if takes(column.Item, c.Key) && (len(p.Items) == 0 || slices.Contains(p.Items, column.Item.Key)) {
					pages[at].Head = append(pages[at].Head, column.Head)
				}
			}
		}
		for _, judge := range p.Judges {
			if slices.Contains(judge.Unit, subject.Unit) {
				continue // recused from the own village (A09)
			}
			row := []sheet.Value{sheet.Text(subject.Code), sheet.Text(subject.Name), sheet.Text(channel), sheet.Text(judge.Pseudonym)}
			pages[at].Rows = append(pages[at].Rows, append(row, make([]sheet.Value, len(pages[at].Head)-len(row))...))
		}
	})
	return pages
}

// joinedPages puts pages below each other under the headings of all of them.
func joinedPages(pages []sheet.Page) sheet.Page {
	out := sheet.Page{Name: pages[0].Name}
	for _, p := range pages {
		for _, head := range p.Head {
			if !slices.Contains(out.Head, head) {
				out.Head = append(out.Head, head)
			}
		}
	}
	for _, p := range pages {
		for _, row := range p.Rows {
			wide := make([]sheet.Value, len(out.Head))
			for i, v := range row {
				wide[slices.Index(out.Head, p.Head[i])] = v
			}
			out.Rows = append(out.Rows, wide)
		}
	}
	return out
}
