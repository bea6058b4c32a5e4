package paperwork

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// element is one element of a parsed part.
type element struct {
	name  string
	attr  map[string]string
	inner []*element
}

// tree parses a part of a file.
func tree(t *testing.T, part string) *element {
	t.Helper()
	root := &element{}
	open := []*element{root}
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			next := &element{name: e.Name.Local, attr: map[string]string{}}
			for _, a := range e.Attr {
				next.attr[a.Name.Local] = a.Value
			}
			last := open[len(open)-1]
			last.inner = append(last.inner, next)
			open = append(open, next)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// each visits every element of a name.
func (e *element) each(name string, visit func(*element)) {
	if e.name == name {
		visit(e)
	}
	for _, m := range e.inner {
		m.each(name, visit)
	}
}

func (e *element) child(name string) *element {
	for _, m := range e.inner {
		if m.name == name {
			return m
		}
	}
	return &element{attr: map[string]string{}}
}

// Tables fill the text width, every cell is as wide as its column, and every
// row has a cell for each column: a word processor repairs nothing of that.
func TestTablesOfAFileAreWhole(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		_, parts := unzip(t, docxOf(t, data))
		tables := 0
		tree(t, parts["word/document.xml"]).each("tbl", func(tbl *element) {
			tables++
			var columns []string
			sum := 0
			for _, c := range tbl.child("tblGrid").inner {
				columns = append(columns, c.attr["w"])
				n, err := strconv.Atoi(c.attr["w"])
				if err != nil || n <= 0 {
					t.Errorf("%s: a column of %q", name, c.attr["w"])
				}
				sum += n
			}
			room := textWidth
			if strings.Contains(parts["word/document.xml"], `w:orient="landscape"`) {
				room = acrossWidth
			}
			if sum > room || sum < room-len(columns) {
				t.Errorf("%s: columns of %d in a width of %d", name, sum, room)
			}
			tbl.each("tr", func(tr *element) {
				var cells []string
				at := 0
				for _, m := range tr.inner {
					if m.name != "tc" {
						continue
					}
					span, across := 1, 0
					if text := m.child("tcPr").child("gridSpan").attr["val"]; text != "" {
						span, _ = strconv.Atoi(text)
					}
					for _, column := range columns[at:min(at+span, len(columns))] {
						n, _ := strconv.Atoi(column)
						across += n
					}
					if got := m.child("tcPr").child("tcW").attr["w"]; got != strconv.Itoa(across) {
						t.Errorf("%s: a cell of %s across columns of %d", name, got, across)
					}
					cells = append(cells, columns[at:min(at+span, len(columns))]...)
					at += span
					if last := m.inner[len(m.inner)-1]; last.name != "p" {
						t.Errorf("%s: a cell ends with %s, and must with a paragraph", name, last.name)
					}
				}
				if !slices.Equal(cells, columns) {
					t.Errorf("%s: cells of %v in columns of %v", name, cells, columns)
				}
			})
		})
		if tables == 0 && !slices.Contains([]string{"leading-group", "duty-report", "report-rules"}, name) {
			t.Errorf("%s has no table", name)
		}
	}
}

// No table stands against another or at the end: a paragraph follows each.
func TestAParagraphFollowsEveryTable(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		_, parts := unzip(t, docxOf(t, data))
		body := tree(t, parts["word/document.xml"]).child("document").child("body")
		for i, m := range body.inner {
			if m.name == "tbl" && body.inner[i+1].name != "p" {
				t.Errorf("%s: %s follows a table", name, body.inner[i+1].name)
			}
		}
		if last := body.inner[len(body.inner)-1]; last.name != "sectPr" {
			t.Errorf("%s ends with %s", name, last.name)
		}
	}
}

// A table of a result repeats its head on every page and tears no row.
func TestTablesRunOverPages(t *testing.T) {
	t.Parallel()
	b := bulletin()
	for len(b.Standings) < 200 {
		b.Standings = append(b.Standings, Standing{Rank: len(b.Standings) + 1, Village: "例村", Total: "60.00"})
	}
	_, parts := unzip(t, docxOf(t, b))
	rows, heads, torn := 0, 0, 0
	tree(t, parts["word/document.xml"]).child("document").child("body").child("tbl").each("trPr", func(e *element) {
		rows++
		if e.child("tblHeader").name != "" {
			heads++
		}
		if e.child("cantSplit").name == "" {
			torn++
		}
	})
	if rows != 201 || heads != 1 || torn != 0 {
		t.Errorf("%d rows, %d heads, %d that may be torn", rows, heads, torn)
	}
	if page := htmlOf(t, b); strings.Count(page, "<tr>") < 201 || !strings.Contains(style, "thead { display: table-header-group; }") || !strings.Contains(style, "tr { break-inside: avoid; }") {
		t.Error("the page does not repeat its head when printed")
	}
}

// Archives hold their parts in one order and at one time, and nothing of the
// machine that made them.
func TestArchivesTellNothingOfTheMachine(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		file := docxOf(t, data)
		archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range archive.File {
			names = append(names, f.Name)
			if !f.Modified.Equal(time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)) || f.Comment != "" || f.Method != zip.Deflate {
				t.Errorf("%s: %s is of %s, %q", name, f.Name, f.Modified, f.Comment)
			}
		}
		if got, want := strings.Join(names, " "), "[Content_Types].xml _rels/.rels word/document.xml word/_rels/document.xml.rels word/styles.xml word/settings.xml word/fontTable.xml word/header.xml word/footer-odd.xml word/footer-even.xml docProps/core.xml"; got != want {
			t.Errorf("%s: parts are %s", name, got)
		}
	}
}

// The properties of a file are its title, issuer and date, and no person.
// covers G10
func TestPropertiesOfAFile(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Issuer = "云栖乡<党委>&"
	_, parts := unzip(t, docxOf(t, b))
	core := parts["docProps/core.xml"]
	wantAll(t, core, "<dc:title>关于2023年4月“擂台比武月评比”情况的通报</dc:title>", "<dc:creator>云栖乡&lt;党委&gt;&amp;</dc:creator>", "<dc:language>zh-CN</dc:language>", ">2023-05-08T00:00:00Z</dcterms:created>")
	for _, personal := range []string{"lastModifiedBy", "cp:revision", "lastPrinted", "keywords"} {
		if strings.Contains(core, personal) {
			t.Errorf("the properties hold %s", personal)
		}
	}
	attached := leadingGroup()
	_, parts = unzip(t, docxOf(t, attached))
	if strings.Contains(parts["docProps/core.xml"], "dcterms:created") {
		t.Error("an attachment has a date of its own")
	}
}

var voidElements = []string{"meta", "br", "col"}

// Pages are well-formed: whatever is opened is closed in its order, and each
// heading, table and cell stands where it may.
func TestPagesAreWellFormed(t *testing.T) {
	t.Parallel()
	tag := regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)[^>]*>`)
	for name, data := range all() {
		page := htmlOf(t, data)
		if !strings.HasPrefix(page, "<!DOCTYPE html>\n<html lang=\"zh-Hans\">") {
			t.Errorf("%s begins with %.60s", name, page)
		}
		var open []string
		for _, m := range tag.FindAllStringSubmatch(page, -1) {
			switch {
			case slices.Contains(voidElements, m[2]):
			case m[1] == "":
				open = append(open, m[2])
			case len(open) == 0 || open[len(open)-1] != m[2]:
				t.Fatalf("%s: </%s> closes %v", name, m[2], open)
			default:
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("%s leaves %v open", name, open)
		}
		if strings.Count(page, "<h1>") != strings.Count(page, "<article") || strings.Count(page, "<title>") != 1 || strings.Count(page, "<main") != 1 {
			t.Errorf("%s has not one title, heading and main part", name)
		}
		if strings.Count(page, "<th ") != strings.Count(page, `<th scope="col">`) {
			t.Errorf("%s: a head says not what it is head of", name)
		}
	}
}
