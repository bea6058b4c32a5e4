package paperwork

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // page.gohtml and page.css
	"encoding/base64"
	"html/template"
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
	Title, Attachment, Mark, Number, To, Issuer, Date string
	MarkClass, Page                                   string
	Red                                               bool
	TitleLines, Stamps                                []string
	Opening                                           []viewBlock
	Sections                                          []viewSection
	Attached                                          []string
	Closing                                           []viewLine
	CopyTo, Office, Printed                           string
	Style                                             template.CSS
}

type viewSection struct {
	Heading string
	Blocks  []viewBlock
}

// viewBlock holds one of the three.
type viewBlock struct {
	Paragraph *viewLine
	Entries   []viewLine
	Table     *viewTable
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
	p := d.paper
	v := view{
		Title: d.Title(), TitleLines: d.titleLines(), Attachment: d.attachment, Mark: p.Mark, Number: p.Number, To: p.address(),
		Red: p.Mark != "", Stamps: p.stamps(), Attached: p.attached(), CopyTo: list(p.CopyTo), Office: p.Office,
		Style: template.CSS(style), //nolint:gosec // our own embedded file
	}
	v.MarkClass = map[int]string{48: "xl", 38: "l", 30: "m", 24: "s", 18: "xs"}[markSize(p.Mark)]
	if !p.Date.IsZero() {
		issuerIndent, dateIndent := signature(p.Issuer, day(p.Date))
		v.Issuer, v.Date = p.Issuer+blank(issuerIndent), day(p.Date)+blank(dateIndent)
		v.Printed = day(p.printed())
	}
	switch {
	case p.Demo:
		v.Page = "demo"
	case p.Trial:
		v.Page = "trial"
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
