package paperwork

import (
	"fmt"

	"leitai/internal/fault"
	"leitai/internal/sheet"
)

// XLSX writes the tables of the document, one sheet each: numbers as numbers,
// everything else as text that no program takes for a formula (T22). A document
// without a table is refused with PAPER_NO_TABLE.
func (d Document) XLSX() ([]byte, error) {
	var book sheet.Workbook
	for _, one := range d.pile() {
		book.Pages = append(book.Pages, one.pages()...)
	}
	if len(book.Pages) == 0 {
		return nil, fault.New(fault.PaperNoTable, "document", d.Title()).At("format")
	}
	return sheet.XLSX(book)
}

// HasTable reports whether the document can be written as XLSX.
func (d Document) HasTable() bool {
	for _, one := range d.pile() {
		if len(one.pages()) > 0 {
			return true
		}
	}
	return false
}

// pages are the tables of one sheet of the pile. Each is named after the section
// it stands in, and says what the whole page is stamped with.
func (d Document) pages() []sheet.Page {
	var all []sheet.Page
	stamp := ""
	for _, word := range d.paper.stamps() {
		stamp += "【" + word + "】"
	}
	take := func(name string, blocks []block) {
		for _, b := range blocks {
			if t, is := b.(table); is {
				p := t.page(name, stamp+d.Title())
				p.Wide = d.across
				all = append(all, p)
			}
		}
	}
	name := d.Title()
	if len(d.tab) > 0 {
		name = d.tab
	}
	take(name, d.opening)
	for i, s := range d.sections {
		take(fmt.Sprintf("%s、%s", ordinal(i+1), s.heading), s.blocks)
	}
	return all
}

func (t table) page(name, title string) sheet.Page {
	p := sheet.Page{Name: name, Title: title, Note: t.note}
	for _, c := range t.columns {
		p.Head = append(p.Head, c.head)
	}
	for _, row := range t.rows {
		cells := make([]sheet.Value, len(row))
		for i, text := range row {
			cells[i] = sheet.Text(text)
			if !t.columns[i].left && width(text) <= 11 { // longer digits are codes
				cells[i] = sheet.Number(text)
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	return p
}
