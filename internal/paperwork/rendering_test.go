package paperwork

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func docxOf(t *testing.T, m maker) []byte {
	t.Helper()
	d, err := m.Document()
	if err != nil {
		t.Fatal(err)
	}
	file, err := d.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// unzip reads every part and asks that each is well-formed XML.
func unzip(t *testing.T, file []byte) (names []string, content map[string]string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	content = map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
		content[f.Name] = string(text)
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s is not well-formed: %v", f.Name, err)
			}
		}
	}
	return names, content
}

// Every document is a whole DOCX: all parts there, each part's type declared,
// each relation's target and each style present.
func TestDOCXIsWhole(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		names, parts := unzip(t, docxOf(t, data))
		if names[0] != "[Content_Types].xml" {
			t.Errorf("%s: the content types must come first, not %s", name, names[0])
		}
		for _, m := range regexp.MustCompile(`PartName="/([^"]+)"`).FindAllStringSubmatch(parts["[Content_Types].xml"], -1) {
			if parts[m[1]] == "" {
				t.Errorf("%s: the part %s is declared and missing", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(parts["word/_rels/document.xml.rels"], -1) {
			if parts["word/"+m[1]] == "" {
				t.Errorf("%s: the relation's target %s is missing", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`w:pStyle w:val="([^"]+)"`).FindAllStringSubmatch(parts["word/document.xml"], -1) {
			if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
				t.Errorf("%s: the style %s is used and not defined", name, m[1])
			}
		}
	}
}

// A4 with 37, 35, 28 and 26 mm, body 三号 on 28 points, title 二号.
func TestDOCXFollowsTheStandard(t *testing.T) {
	t.Parallel()
	_, parts := unzip(t, docxOf(t, bulletin()))
	for part, want := range map[string][]string{
		"word/document.xml": {`w:pgSz w:w="11906" w:h="16838"`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`, `<w:tblHeader/>`},
		"word/styles.xml":   {`w:eastAsia="仿宋_GB2312"`, `<w:sz w:val="32"/>`, `w:line="560" w:lineRule="exact"`, `w:eastAsia="方正小标宋简体"`, `<w:sz w:val="44"/>`, `D7000F`},
	} {
		for _, w := range want {
			if !strings.Contains(parts[part], w) {
				t.Errorf("%s does not hold %s", part, w)
			}
		}
	}
	if odd, even := parts["word/footer-odd.xml"], parts["word/footer-even.xml"]; !strings.Contains(odd, `w:jc w:val="right"`) || !strings.Contains(even, `w:jc w:val="left"`) {
		t.Error("page numbers stand outside: right on odd pages, left on even ones")
	}
}

// The properties of a paragraph come in the order of the schema, without which
// Word calls a file damaged.
func TestDOCXPropertyOrder(t *testing.T) {
	t.Parallel()
	order := strings.Fields("pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs snapToGrid spacing ind jc outlineLvl")
	inner := regexp.MustCompile(`<w:pPr>(.*?)</w:pPr>`)
	nested := regexp.MustCompile(`(?s)<w:(pBdr|tabs)>.*?</w:(pBdr|tabs)>`)
	element := regexp.MustCompile(`<w:(\w+)`)
	for name, data := range all() {
		_, parts := unzip(t, docxOf(t, data))
		for _, part := range []string{"word/document.xml", "word/styles.xml", "word/header.xml", "word/footer-odd.xml"} {
			for _, m := range inner.FindAllStringSubmatch(parts[part], -1) {
				last := -1
				for _, e := range element.FindAllStringSubmatch(nested.ReplaceAllString(m[1], "<w:$1>"), -1) {
					at := index(order, e[1])
					if at <= last {
						t.Fatalf("%s, %s: %s stands in the wrong place in %s", name, part, e[1], m[1])
					}
					last = at
				}
			}
		}
	}
}

func index(list []string, name string) int {
	for i, item := range list {
		if item == name {
			return i
		}
	}
	return -1
}

// The same data gives the same bytes.
func TestBytesAreDeterministic(t *testing.T) {
	t.Parallel()
	first, second := all(), all()
	for name := range first {
		if htmlOf(t, first[name]) != htmlOf(t, second[name]) {
			t.Errorf("%s: two pages differ", name)
		}
		if !bytes.Equal(docxOf(t, first[name]), docxOf(t, second[name])) {
			t.Errorf("%s: two files differ", name)
		}
	}
}

// A demo's papers say so on every page, a trial's too, others never.
func TestStamps(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		if !strings.Contains(htmlOf(t, data), "演示数据") {
			t.Errorf("%s: the page of a demo does not say so", name)
		}
		if _, parts := unzip(t, docxOf(t, data)); strings.Count(parts["word/header.xml"], "演示数据") < 2 {
			t.Errorf("%s: the header of a demo's file must hold the words and the watermark", name)
		}
	}
	b := bulletin()
	b.Demo, b.Trial = false, true
	if page := textOf(t, b); !strings.Contains(page, "试评") || strings.Contains(page, "演示数据") {
		t.Error("the page of a trial must say 试评 and not 演示数据")
	}
	b.Trial = false
	if page := textOf(t, b); strings.Contains(page, "试评") || strings.Contains(page, "演示数据") {
		t.Error("a real paper carries no stamp")
	}
	if _, parts := unzip(t, docxOf(t, b)); strings.Contains(parts["word/header.xml"], "pict") {
		t.Error("a real file carries no watermark")
	}
}

// A page loads nothing from anywhere and runs nothing.
func TestPageNeedsNothing(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		page := htmlOf(t, data)
		for _, bad := range []string{"<script", "<link", "<img", "src=", "url(", "@import", "style="} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page holds %s", name, bad)
			}
		}
		if strings.Count(page, "<style>"+style+"</style>") != 1 {
			t.Errorf("%s: the page must hold exactly the style sheet that StyleHash names", name)
		}
	}
	if !regexp.MustCompile(`^'sha256-[A-Za-z0-9+/]{43}='$`).MatchString(StyleHash()) {
		t.Errorf("StyleHash gives %s", StyleHash())
	}
}

// Hostile and rare names come out as text, in both renderings.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=y>`, `]]>&amp;</w:t>`, "㘵头村", "㳇口村", "=HYPERLINK(1)", "a\x00b\x1fc", "\ufffe"} {
		b := bulletin()
		b.Standings[0].Village, b.Praise[0].Village, b.Issuer, b.Mark = name, name, name, name
		page := htmlOf(t, b)
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
			t.Errorf("%q reached the page as markup", name)
		}
		_, parts := unzip(t, docxOf(t, b)) // refuses what is not well-formed
		if strings.Count(parts["word/document.xml"], "<w:document ") != 1 || strings.HasPrefix(name, "㘵") && !strings.Contains(parts["word/document.xml"], name) {
			t.Errorf("%q broke the file", name)
		}
	}
}

// Whatever the words, both renderings hold them and stay well-formed.
func TestAnyWordsRender(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		b := bulletin()
		b.Competition = rapid.StringMatching(`[\p{Han}A-Za-z0-9<>&"' ]{1,30}`).Draw(r, "competition")
		b.Issuer = rapid.StringN(1, 40, -1).Draw(r, "issuer")
		b.Demands = rapid.SliceOfN(rapid.String(), 0, 30).Draw(r, "demands")
		if _, parts := unzip(t, docxOf(t, b)); len(parts) != 11 {
			r.Fatalf("%d parts", len(parts))
		}
		if page := htmlOf(t, b); strings.Count(page, "<h2>") < 4 || !strings.HasSuffix(page, "</html>\n") {
			r.Fatal("the page is not whole")
		}
	})
}

// Official Chinese uses full-width punctuation: none of ours is ASCII beside a
// Chinese character.
func TestPunctuationIsFullWidth(t *testing.T) {
	t.Parallel()
	bad := regexp.MustCompile(`\p{Han}[,:;()?!]|[,:;()?!]\p{Han}`)
	for name, data := range all() {
		if found := bad.FindString(textOf(t, data)); found != "" {
			t.Errorf("%s: %q", name, found)
		}
	}
}
