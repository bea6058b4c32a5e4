package paperwork

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Lengths of a DOCX in twentieths of a point.
const (
	textWidth     = 8845  // 156 mm
	acrossWidth   = 12756 // 225 mm: the page lies on its long side
	halfCharacter = 160   // half of a 三号 character
)

// word collects the body of word/document.xml. The order of the elements
// inside a property is the schema's, since readers refuse any other.
type word struct {
	strings.Builder

	width int // of the text
}

// paragraph writes one paragraph in a style; extra are further properties that
// follow the style, runs are already marked up.
func (w *word) paragraph(style, extra string, runs ...string) {
	w.WriteString("<w:p>")
	if style != "" || extra != "" {
		w.WriteString("<w:pPr>")
		if style != "" {
			w.WriteString(`<w:pStyle w:val="` + style + `"/>`)
		}
		w.WriteString(extra + "</w:pPr>")
	}
	w.WriteString(strings.Join(runs, "") + "</w:p>\n")
}

// controls are what stands for a tab and for the end of a line inside a run.
var controls = strings.NewReplacer(
	"&#x9;", `</w:t><w:tab/><w:t xml:space="preserve">`,
	"&#xD;&#xA;", `</w:t><w:br/><w:t xml:space="preserve">`,
	"&#xA;", `</w:t><w:br/><w:t xml:space="preserve">`,
)

// run is a stretch of text with its properties; a tab moves to the next stop, a
// line feed to the next line.
func run(properties, text string) string {
	if text == "" {
		return ""
	}
	if properties != "" {
		properties = "<w:rPr>" + properties + "</w:rPr>"
	}
	return "<w:r>" + properties + `<w:t xml:space="preserve">` + controls.Replace(escaped(text)) + "</w:t></w:r>"
}

// escaped makes any text safe inside an element or an attribute; characters
// that XML cannot hold become U+FFFD.
func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic("paperwork: a string builder refused to write: " + err.Error())
	}
	return b.String()
}

func joined(words []string) string { return strings.Join(words, "　") }

func (d Document) wordDocument() string {
	w := &word{width: textWidth}
	size := `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1134" w:footer="1304" w:gutter="0"/>`
	if d.across { // the margins turn with the page
		w.width = acrossWidth
		size = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:right="1984" w:bottom="1474" w:left="2098" w:header="851" w:footer="907" w:gutter="0"/>`
	}
	w.WriteString(declaration + `<w:document ` + wordSpace + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` + "\n")
	for i, sheet := range d.pile() {
		if i > 0 {
			w.paragraph("Tail", `<w:pageBreakBefore/>`)
		}
		sheet.wordSheet(w)
	}
	w.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>` +
		size + `<w:docGrid w:type="lines" w:linePitch="560"/></w:sectPr></w:body></w:document>` + "\n")
	return w.String()
}

// wordSheet writes one sheet of the pile.
func (d Document) wordSheet(w *word) {
	d.wordHead(w)
	w.blocks(d.opening, len(d.sections) == 0)
	for i, s := range d.sections {
		w.paragraph("Heading1", "", run("", ordinal(i+1)+"、"+s.heading))
		w.blocks(s.blocks, i == len(d.sections)-1)
	}
	for i, text := range d.paper.attached() {
		extra := ""
		if i == 0 {
			extra = `<w:spacing w:before="560"/>`
		}
		w.paragraph("", extra, run("", text))
	}
	d.wordFoot(w)
}

// wordHead writes everything above the text.
func (d Document) wordHead(w *word) {
	p := d.paper
	if p.Mark != "" {
		size := markSize(p.Mark) * 2
		w.paragraph("Mark", "", run(fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, size, size), p.Mark))
		w.paragraph("Number", "", run("", p.Number))
	}
	if d.attachment != "" {
		w.paragraph("Attachment", "", run("", d.attachment))
	}
	lines := d.titleLines()
	for i, text := range lines {
		lines[i] = run("", text)
	}
	w.paragraph("Title", "", strings.Join(lines, "<w:r><w:br/></w:r>"))
	if p.Mark == "" && p.Number != "" {
		w.paragraph("NumberPlain", "", run("", p.Number))
	}
	if to := p.address(); to != "" {
		w.paragraph("To", "", run("", to))
	}
}

// wordFoot writes signature, small print and imprint.
func (d Document) wordFoot(w *word) {
	p := d.paper
	if p.Issuer != "" {
		issuer, date := signature(p.Issuer, day(p.Date))
		w.paragraph("Sign", fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:spacing w:before="840"/><w:ind w:right="%d"/>`, issuer*halfCharacter), run("", p.Issuer))
		w.paragraph("Sign", fmt.Sprintf(`<w:keepLines/><w:ind w:right="%d"/>`, date*halfCharacter), run("", day(p.Date)))
	}
	if len(d.closing) > 0 {
		w.paragraph("To", "")
		w.closing(d.closing)
	}
	if len(p.CopyTo) > 0 || p.Office != "" {
		w.paragraph("Note", "")
		w.imprint(p)
	}
	w.paragraph("Tail", "") // a table must be followed by a paragraph
}

// blocks writes the blocks of a section. The last paragraph of the text stays
// with the signature, which must not stand on a page without text.
func (w *word) blocks(blocks []block, last bool) {
	for i, b := range blocks {
		switch b := b.(type) {
		case paragraph:
			stay := ""
			if last && i == len(blocks)-1 {
				stay = `<w:keepNext/>`
			}
			w.paragraph("", stay, run(`<w:rFonts w:eastAsia="楷体_GB2312"/>`, b.lead), run("", b.text))
		case entries:
			w.entries(b)
		case table:
			w.table(b)
		case grid:
			w.form(b)
		}
	}
}

// entries hang: the second line of a value begins below the first.
func (w *word) entries(e entries) {
	for i, name := range e.spread() {
		hang := width(name) * halfCharacter
		w.paragraph("Entry", fmt.Sprintf(`<w:ind w:left="%d" w:hangingChars="0" w:hanging="%d"/>`, 4*halfCharacter+hang, hang), run("", name), run("", e[i].value))
	}
}
