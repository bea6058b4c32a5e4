package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"leitai/internal/fault"
)

const (
	entriesMost = 2000    // parts of a workbook
	stringsMost = 500_000 // texts shared by cells
	ratioMost   = 300     // unpacked bytes to packed bytes of a large part
	ratioFrom   = 4 << 20 // parts below this may be packed as densely as they like
	sharedMost  = 32 << 20
)

// readXLSX reads the visible sheets of a workbook.
func readXLSX(content []byte, limits Limits) (*Book, error) {
	p, err := unpack(content, limits)
	if err != nil {
		return nil, err
	}
	sheets, since, err := p.workbook()
	if err != nil {
		return nil, err
	}
	if len(sheets) > limits.Sheets {
		return nil, fault.New(fault.SheetTooLarge, "have", itoa(len(sheets))+" sheets", "most", itoa(limits.Sheets)+" sheets").At("file")
	}
	shared, err := p.sharedStrings(limits)
	if err != nil {
		return nil, err
	}
	book := &Book{since: since}
	left := limits.Rows
	for _, s := range sheets {
		grid, err := p.grid(s, shared, limits, left)
		if err != nil {
			return nil, err
		}
		left -= len(grid.Lines)
		book.Sheets = append(book.Sheets, grid)
	}
	return book, nil
}

// parts are the files inside a workbook by their names in small letters.
type parts map[string]part

// part is one file with what it unpacks to, as measured.
type part struct {
	*zip.File
	size int64
}

// unpack opens the archive and unpacks every part once into nothing, to measure
// it: sizes that an archive claims are not believed.
func unpack(content []byte, limits Limits) (parts, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, damaged("zip")
	}
	tooMuch := fault.New(fault.SheetUnpacked, "most", size(limits.Unpacked)).At("file")
	if len(archive.File) > entriesMost {
		return nil, tooMuch
	}
	p, left := parts{}, limits.Unpacked
	for _, f := range archive.File {
		if path.Clean("/"+f.Name) != "/"+strings.TrimSuffix(f.Name, "/") || strings.ContainsAny(f.Name, `\:`) {
			return nil, damaged(path.Base(f.Name)) // a name that leads out of the archive
		}
		name := strings.ToLower(f.Name)
		if strings.Contains(name, "vbaproject") {
			return nil, fault.New(fault.SheetMacro, "value", path.Base(f.Name)).At("file")
		}
		n, err := measure(f, left)
		if err != nil {
			return nil, damaged(path.Base(f.Name))
		}
		left -= n
		if left < 0 || n > ratioFrom && n > ratioMost*max(int64(f.CompressedSize64), 1) {
			return nil, tooMuch
		}
		p[name] = part{f, n}
	}
	return p, nil
}

// measure counts what a part unpacks to, up to one byte more than is left.
func measure(f *zip.File, left int64) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, io.LimitReader(r, left+1))
}

func damaged(what string) error { return fault.New(fault.SheetDamaged, "value", what).At("file") }

// tokens calls visit for the start and end of every element and for text; a
// document type, which could name other files, is refused.
func (p parts) tokens(name string, visit func(d *xml.Decoder, token xml.Token) error) error {
	f, there := p[strings.ToLower(name)]
	if !there {
		return damaged(path.Base(name))
	}
	r, err := f.Open()
	if err != nil {
		return damaged(path.Base(name))
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(path.Base(name))
		}
		if _, declares := token.(xml.Directive); declares {
			return damaged("DOCTYPE")
		}
		if err := visit(d, token); err != nil {
			return err
		}
	}
}

// tab is a sheet of a workbook: its name and its part.
type tab struct{ name, part string }

// workbook lists the visible sheets in their order, and how many days later
// than 1900's their dates begin.
func (p parts) workbook() (tabs []tab, since int, err error) {
	targets := map[string]string{}
	err = p.tokens("xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, token xml.Token) error {
		if e, is := token.(xml.StartElement); is && e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "xl/" + target
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	err = p.tokens("xl/workbook.xml", func(_ *xml.Decoder, token xml.Token) error {
		e, is := token.(xml.StartElement)
		switch {
		case is && e.Name.Local == "workbookPr" && slices.Contains([]string{"1", "true"}, attr(e, "date1904")):
			since = 1462
		case is && e.Name.Local == "sheet" && attr(e, "state") == "":
			tabs = append(tabs, tab{name: attr(e, "name"), part: targets[relation(e)]})
		}
		return nil
	})
	return tabs, since, err
}

// attr is the attribute of a local name; "" when there is none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// relation is the id by which a sheet names its part; it has a prefix of the
// writer's choice.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// sharedStrings reads the texts that cells refer to by number; there are none
// in files whose cells hold their own.
func (p parts) sharedStrings(limits Limits) ([]string, error) {
	const name = "xl/sharedstrings.xml"
	f, there := p[name]
	if !there {
		return nil, nil
	}
	if f.size > sharedMost {
		return nil, fault.New(fault.SheetUnpacked, "most", size(sharedMost)).At("file")
	}
	var (
		all  []string
		text textOf
	)
	err := p.tokens(name, func(_ *xml.Decoder, token xml.Token) error {
		text.see(token)
		if e, is := token.(xml.EndElement); is && e.Name.Local == "si" {
			if len(all) >= stringsMost {
				return fault.New(fault.SheetTooManyRows, "most", itoa(limits.Rows)).At("file")
			}
			all = append(all, text.take())
		}
		return nil
	})
	return all, err
}

// textOf collects the text of t elements and leaves readings (rPh) out.
type textOf struct {
	b       strings.Builder
	inside  bool
	reading bool
}

func (t *textOf) see(token xml.Token) {
	switch e := token.(type) {
	case xml.StartElement:
		t.reading = t.reading || e.Name.Local == "rPh"
		t.inside = e.Name.Local == "t" && !t.reading
	case xml.EndElement:
		if e.Name.Local == "rPh" {
			t.reading = false
		}
		t.inside = false
	case xml.CharData:
		if t.inside {
			t.b.Write(e)
		}
	}
}

func (t *textOf) take() string {
	text := t.b.String()
	t.b.Reset()
	return text
}
