package paperwork

import (
	"bytes"
	"strings"
	"testing"

	"leitai/internal/calendar"
)

// Every page of every kind of paper says that it is a demonstration or a trial,
// both at once too, on screen, in print and in the file; the title of the
// window says it first.
func TestStampsOfEveryPaper(t *testing.T) {
	t.Parallel()
	for _, stamp := range []struct {
		demo, trial bool
		words       string
		page        string
	}{{true, false, "演示数据", "demo"}, {false, true, "试评", "trial"}, {true, true, "演示数据　试评", "demo"}, {false, false, "", ""}} {
		set := func(p *Paper) { p.Demo, p.Trial = stamp.demo, stamp.trial }
		b, n, s, g := bulletin(), notice(), summary("2023-H1", "2023-04"), leadingGroup()
		set(&b.Paper)
		set(&n.Paper)
		set(&s.Paper)
		set(&g.Paper)
		for name, data := range map[string]maker{"bulletin": b, "notice": n, "summary": s, "group": g} {
			page := htmlOf(t, data)
			_, parts := unzip(t, docxOf(t, data))
			header := parts["word/header.xml"]
			if stamp.words == "" {
				if strings.Contains(page, `class="banner"`) || strings.Contains(page, `class="stamp"`) || strings.Contains(header, "<w:t>") || strings.Contains(page, "<title>【") {
					t.Errorf("%s is stamped without need", name)
				}
				continue
			}
			wantAll(t, page, `<body class="`+stamp.page+`">`, `role="note">`+stamp.words, "<title>【"+strings.ReplaceAll(stamp.words, "　", "】【")+"】", "不作为任何依据")
			wantAll(t, header, stamp.words+"　不作为任何依据", `string="`+stamp.words+`"`)
			wantAll(t, parts["word/document.xml"], `<w:headerReference w:type="default" r:id="rId4"/>`, `<w:headerReference w:type="even" r:id="rId4"/>`)
		}
	}
}

// The same data gives the same bytes, whenever and how often it is rendered,
// and rendering changes nothing of it.
func TestRenderingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		d, err := data.Document()
		if err != nil {
			t.Fatal(err)
		}
		first, err := d.DOCX()
		if err != nil {
			t.Fatal(err)
		}
		page, err := d.HTML()
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			again, err := d.DOCX()
			if err != nil || !bytes.Equal(first, again) {
				t.Errorf("%s: a file of other bytes, %v", name, err)
			}
			if other, err := d.HTML(); err != nil || !bytes.Equal(page, other) {
				t.Errorf("%s: a page of other bytes, %v", name, err)
			}
		}
	}
	b := bulletin()
	before := htmlOf(t, b)
	b.Printed = calendar.MustDate("2023-05-09")
	if after := htmlOf(t, b); before == after || strings.Count(after, "2023年5月9日印发") != 1 {
		t.Error("another day of printing is not shown")
	}
}
