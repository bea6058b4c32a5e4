package paperwork

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // page.gohtml and page.css
	"encoding/base64"
	"html/template"
	"strconv"
)

var (
	//go:embed page.gohtml
	pageSource string
	//go:embed page.css
	style string

	page = template.Must(template.New("page").Parse(pageSource))
)

// view is what the page template reads.
type view struct {
	Title, Page string
	Stamps      []string
	Sheets      []viewSheet
	Style       template.CSS
}

// viewSheet is one sheet of the pile.
type viewSheet struct {
	Attachment, Mark, Number, To, Issuer, Date string
	MarkClass                                  string
	Red, Across                                bool
	TitleLines                                 []string
	Opening                                    []viewBlock
	Sections                                   []viewSection
	Attached                                   []string
	Closing                                    []viewLine
	CopyTo, Office, Printed                    string
}

type viewSection struct {
	Heading string
	Blocks  []viewBlock
}

// viewBlock holds one of the four.
type viewBlock struct {
	Paragraph *viewLine
	Entries   []viewLine
	Table     *viewTable
	Grid      *viewGrid
}

type viewLine struct{ Name, Value string }

type viewTable struct {
	Dense  bool
	Shares []int // of the width, in hundredths; an attribute, because a strict policy stops inline styles
	Head   []string
	Rows   [][]viewCell
	Note   string
}

type viewCell struct {
	Text string
	Left bool
}

type viewGrid struct {
	Shares []int
	Rows   []viewGridRow
	Note   string
}

type viewGridRow struct {
	Class string // how high the row is
	Cells []viewGridCell
}

type viewGridCell struct {
	Text string
	Span int
	Name bool
	Left bool
}

// HTML writes the document as one page that needs nothing from anywhere: no
// script, no font, no picture. It shows a sheet on a screen and prints on A4.
func (d Document) HTML() ([]byte, error) {
	var b bytes.Buffer
	if err := page.Execute(&b, d.view()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// StyleHash is the source expression of the page's one style sheet, for a
// content security policy that allows nothing else.
func StyleHash() string {
	sum := sha256.Sum256([]byte(style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (d Document) view() view {
	v := view{Title: d.Title(), Stamps: d.paper.stamps(), Style: template.CSS(style)} //nolint:gosec // our own embedded file
	switch {
	case d.paper.Demo:
		v.Page = "demo"
	case d.paper.Trial:
		v.Page = "trial"
	}
	if d.across {
		v.Page += "across"
	}
	for _, sheet := range d.pile() {
		v.Sheets = append(v.Sheets, sheet.sheet())
	}
	return v
}

func (d Document) sheet() viewSheet {
	p := d.paper
	v := viewSheet{TitleLines: d.titleLines(), Attachment: d.attachment, Mark: p.Mark, Number: p.Number, To: p.address(), Across: d.across,
		Red: p.Mark != "", Attached: p.attached(), CopyTo: list(p.CopyTo), Office: p.Office}
	v.MarkClass = map[int]string{48: "xl", 38: "l", 30: "m", 24: "s", 18: "xs"}[markSize(p.Mark)]
	if !p.Date.IsZero() {
		issuerIndent, dateIndent := signature(p.Issuer, day(p.Date))
		v.Issuer, v.Date = p.Issuer+blank(issuerIndent), day(p.Date)+blank(dateIndent)
		v.Printed = day(p.printed())
	}
	v.Opening = viewBlocks(d.opening)
	for i, s := range d.sections {
		v.Sections = append(v.Sections, viewSection{Heading: ordinal(i+1) + "、" + s.heading, Blocks: viewBlocks(s.blocks)})
	}
	for _, l := range d.closing {
		v.Closing = append(v.Closing, viewLine{l.name, l.value})
	}
	return v
}

func viewBlocks(blocks []block) []viewBlock {
	var all []viewBlock
	for _, b := range blocks {
		switch b := b.(type) {
		case paragraph:
			all = append(all, viewBlock{Paragraph: &viewLine{b.lead, b.text}})
		case entries:
			var lines []viewLine
			for i, name := range b.spread() {
				lines = append(lines, viewLine{name, b[i].value})
			}
			all = append(all, viewBlock{Entries: lines})
		case table:
			all = append(all, viewBlock{Table: viewOf(b)})
		case grid:
			all = append(all, viewBlock{Grid: gridView(b)})
		}
	}
	return all
}

func viewOf(t table) *viewTable {
	v := &viewTable{Dense: t.dense, Note: t.note}
	for _, c := range t.columns {
		v.Shares = append(v.Shares, c.share)
		v.Head = append(v.Head, c.head)
	}
	for _, row := range t.rows {
		cells := make([]viewCell, len(row))
		for i, text := range row {
			cells[i] = viewCell{Text: text, Left: t.columns[i].left}
		}
		v.Rows = append(v.Rows, cells)
	}
	return v
}

func gridView(g grid) *viewGrid {
	v := &viewGrid{Shares: g.shares, Note: g.note}
	for _, row := range g.rows {
		r := viewGridRow{Class: "h" + strconv.Itoa(height(row.lines))}
		for _, c := range row.cells {
			r.Cells = append(r.Cells, viewGridCell{Text: c.text, Span: c.columns(), Name: c.name, Left: c.left})
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}
