// Package paperwork owns how a document looks: it turns plain data into the
// papers an office sends out (bulletin, notice, summaries, score sheets, ballot
// and registration forms, lists, county report) and into the archive of a
// village, each as one HTML page for screen and print and as DOCX, both laid out
// like an official document (公文, GB/T 9704), and as XLSX where it is a table.
// It also fills the forms that an office brings itself.
//
// It does not own what is said to whom: which ranks, praise or talks a bulletin
// lists is decided by the rules and read by the use case bulletin, which calls
// this room. It is a pure room of its own, and not a part of that use case,
// because a layout is best tested without a database and because the command
// line prints the same papers offline. Official documents are Chinese, so this
// room writes no English.
//
// The same data always gives the same bytes.
package paperwork

import (
	"strconv"
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Paper is what every document carries, whatever it says.
type Paper struct {
	Demo    bool          // the tenant is a demo: every page says 演示数据
	Trial   bool          // the round is a trial run: every page says 试评
	Mark    string        // 发文机关标志 in the red head, for example 某某乡擂台比武领导小组文件; "": no red head
	Issuer  string        // 发文机关署名
	Number  string        // 发文字号, for example 某党办发〔2023〕6号
	Date    calendar.Date // 成文日期
	To      []string      // 主送机关
	CopyTo  []string      // 抄送
	Office  string        // 印发机关, for example 某某乡党建办公室; "": no 印发 line
	Printed calendar.Date // 印发日期; the zero date means Date
	// Attachments are the titles of what is attached (附件说明), in order.
	Attachments []string
}

// Document is a paper ready to be written, as HTML, DOCX or XLSX. Make one with
// the Document method of Bulletin, RoundNotice, Summary or another paper.
type Document struct {
	paper      Paper
	across     bool       // A4 lies on its long side, for wide tables
	more       []Document // further sheets of the same pile, each on a page of its own
	title      []string   // its parts: a long title breaks between two of them
	tab        string     // name of its sheet in a workbook; "": the title
	attachment string     // "附件1" in the corner of an attachment; "" otherwise
	opening    []block    // before the first heading
	sections   []section
	closing    []line // small print at the end: audience, approver, verification
}

// section is one numbered part: 一、… with its blocks.
type section struct {
	heading string // without its number
	blocks  []block
}

// block is one of paragraph, table, grid and entries.
type block interface{ block() }

// paragraph is running text; a lead is set in another face before the text.
type paragraph struct{ lead, text string }

// entries are lines of a name and a value, the names of equal width (时间：…).
type entries []line

type line struct{ name, value string }

// table has a head that repeats on every page. Shares are the widths of the
// columns in hundredths of the text width and sum to 100.
type table struct {
	columns []column
	rows    [][]string
	note    string // small print below
	dense   bool   // many columns: smaller type
}

type column struct {
	head  string
	share int
	left  bool // text is set flush left; centred otherwise
}

// grid is a form to be filled in: rows of names and blanks. Every row's spans sum
// to the number of shares.
type grid struct {
	shares []int // widths of the columns in hundredths of the text width
	rows   []gridRow
	note   string // small print below
}

// gridRow is as high as the lines that are to be written into it.
type gridRow struct {
	lines int // at least so many lines of text; 0 and 1 are one
	cells []gridCell
}

type gridCell struct {
	text string
	span int  // columns; 0 and 1 are one
	name bool // the name of what stands beside it, and not to be filled in
	left bool // text is set flush left from the top; centred otherwise
}

func (c gridCell) columns() int { return max(c.span, 1) }

func (paragraph) block() {}
func (entries) block()   {}
func (table) block()     {}
func (grid) block()      {}

// Title is the title of the document, for a file name or a list.
func (d Document) Title() string { return strings.Join(d.title, "") }

// missing collects what a document cannot be made without.
type missing struct {
	document string
	found    fault.List
}

// need notes the field as missing unless it is there.
func (m *missing) need(there bool, field, want string) {
	if !there {
		m.found = append(m.found, fault.New(fault.PaperFieldMissing, "document", m.document, "want", want).At("%s", field))
	}
}

func (p Paper) check(m *missing) {
	m.need(p.Issuer != "", "issuer", "发文机关（issuer）")
	m.need(!p.Date.IsZero(), "date", "成文日期（date）")
	m.need(p.Mark == "" || p.Number != "", "number", "发文字号（number），红头文件必须编号")
}

// stamps are the words that every page of the document has to carry.
func (p Paper) stamps() []string {
	var words []string
	if p.Demo {
		words = append(words, "演示数据")
	}
	if p.Trial {
		words = append(words, "试评")
	}
	return words
}

// printed is the date of the 印发 line.
func (p Paper) printed() calendar.Date {
	if p.Printed.IsZero() {
		return p.Date
	}
	return p.Printed
}

// attached gives a form its place among the attachments of another paper: the
// corner says 附件1, and number, signature and imprint are the other paper's.
func (d Document) attachedAs(number int) Document {
	if number > 0 {
		d.attachment = "附件" + strconv.Itoa(number)
		d.paper = Paper{Demo: d.paper.Demo, Trial: d.paper.Trial}
	}
	return d
}
