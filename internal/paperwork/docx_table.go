package paperwork

import (
	"fmt"
	"strings"
)

// table writes a table whose head repeats on every page and whose rows are
// never torn.
func (w *word) table(t table) {
	head, cell, margin := "CellHead", "Cell", cellMargin(57)
	if t.dense {
		head, cell, margin = "CellSmallHead", "CellSmall", cellMargin(20)
	}
	w.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(w.width) + `" w:type="dxa"/><w:jc w:val="center"/>` + borders("top", "left", "bottom", "right", "insideH", "insideV") + margin + "</w:tblPr>")
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = w.width * c.share / 100
	}
	w.grid(widths)
	heads := make([]string, len(t.columns))
	for i, c := range t.columns {
		heads[i] = c.head
	}
	w.row(`<w:cantSplit/><w:tblHeader/>`, widths, heads, func(int) (string, string) { return head, "" })
	for _, row := range t.rows {
		w.row(`<w:cantSplit/>`, widths, row, func(i int) (string, string) {
			if t.columns[i].left {
				return cell, `<w:jc w:val="left"/>`
			}
			return cell, ""
		})
	}
	w.WriteString("</w:tbl>\n")
	if t.note != "" {
		w.paragraph("Note", "", run("", t.note))
		return
	}
	w.paragraph("Tail", "") // keeps two tables apart
}

// form writes a form whose blanks are filled in by hand or in the word processor.
func (w *word) form(g grid) {
	w.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(w.width) + `" w:type="dxa"/><w:jc w:val="center"/>` + borders("top", "left", "bottom", "right", "insideH", "insideV") + cellMargin(57) + "</w:tblPr>")
	widths := make([]int, len(g.shares))
	for i, share := range g.shares {
		widths[i] = w.width * share / 100
	}
	w.grid(widths)
	for _, row := range g.rows {
		fmt.Fprintf(w, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>`, 120+height(row.lines)*360)
		at := 0
		for _, c := range row.cells {
			across := 0
			for _, width := range widths[at : at+c.columns()] {
				across += width
			}
			at += c.columns()
			w.formCell(c, across)
		}
		w.WriteString("</w:tr>\n")
	}
	w.WriteString("</w:tbl>\n")
	if g.note != "" {
		w.paragraph("Note", "", run("", g.note))
		return
	}
	w.paragraph("Tail", "")
}

func (w *word) formCell(c gridCell, width int) {
	span, align, style, extra := "", "center", "CellForm", ""
	if c.columns() > 1 {
		span = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, c.columns())
	}
	switch {
	case c.name:
		style = "CellFormName"
	case c.left:
		align, extra = "top", `<w:jc w:val="left"/>`
	}
	fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="%s"/></w:tcPr>`, width, span, align)
	w.paragraph(style, extra, run("", c.text))
	w.WriteString("</w:tc>")
}

// cellMargin fixes the columns and sets the air beside the text of a cell, in
// twentieths of a point.
func cellMargin(air int) string {
	return fmt.Sprintf(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar>`, air)
}

func (w *word) grid(widths []int) {
	w.WriteString("<w:tblGrid>")
	for _, width := range widths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, width)
	}
	w.WriteString("</w:tblGrid>\n")
}

// row writes one row; style gives the style of a cell and further properties
// of its paragraph.
func (w *word) row(properties string, widths []int, cells []string, style func(int) (string, string)) {
	w.WriteString("<w:tr><w:trPr>" + properties + "</w:trPr>")
	for i, text := range cells {
		fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, widths[i])
		name, extra := style(i)
		w.paragraph(name, extra, run("", text))
		w.WriteString("</w:tc>")
	}
	w.WriteString("</w:tr>\n")
}

// closing is the framed small print.
func (w *word) closing(lines []line) {
	w.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(w.width) + `" w:type="dxa"/><w:jc w:val="center"/>` + borders("top", "left", "bottom", "right") + cellMargin(57) + "</w:tblPr>")
	longest := 0
	for _, l := range lines {
		longest = max(longest, width(l.name)+2)
	}
	first := longest*130 + 114 // half characters of 12 pt with some air, and the margins of the cell
	widths := []int{first, w.width - first}
	w.grid(widths)
	for _, l := range lines {
		w.row(`<w:cantSplit/>`, widths, []string{l.name + "：", l.value}, func(int) (string, string) {
			return "Note", `<w:spacing w:before="0" w:after="0"/><w:jc w:val="left"/>`
		})
	}
	w.WriteString("</w:tbl>\n")
}

// imprint stands at the foot of the page on which the text ends.
func (w *word) imprint(p Paper) {
	w.WriteString(`<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="284" w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>` +
		`<w:tblW w:w="` + fmt.Sprint(w.width) + `" w:type="dxa"/>` + borders("top", "bottom", "insideH") + `<w:tblLayout w:type="fixed"/></w:tblPr>`)
	widths := []int{w.width}
	w.grid(widths)
	cell := func(extra, text string) {
		w.row(`<w:cantSplit/>`, widths, []string{text}, func(int) (string, string) { return "Imprint", extra })
	}
	if len(p.CopyTo) > 0 {
		cell(`<w:ind w:left="1120" w:hangingChars="0" w:hanging="840"/>`, "抄送："+list(p.CopyTo)+"。")
	}
	if p.Office != "" {
		printed := day(p.printed()) + "印发"
		cell(fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, w.width-445), p.Office+"\t"+printed)
	}
	w.WriteString("</w:tbl>\n")
}

// borders draws single lines: the outer ones of an imprint and a table alike.
func borders(sides ...string) string {
	var b strings.Builder
	b.WriteString("<w:tblBorders>")
	for _, side := range sides {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="6" w:space="0" w:color="000000"/>`)
	}
	return b.String() + "</w:tblBorders>"
}
