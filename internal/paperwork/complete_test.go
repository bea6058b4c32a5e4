package paperwork

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"reflect"
	"strings"
	"testing"

	"leitai/internal/calendar"
)

// wordsOf reads the running text of a DOCX as a word processor shows it: one
// line a paragraph, tabs and line breaks where they stand.
func wordsOf(t *testing.T, file []byte) string {
	t.Helper()
	_, parts := unzip(t, file)
	var b strings.Builder
	inText := false
	for d := xml.NewDecoder(strings.NewReader(parts["word/document.xml"])); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inText = e.Name.Local == "t"
			switch e.Name.Local {
			case "tab":
				b.WriteByte('\t')
			case "br":
				b.WriteByte('\n')
			}
		case xml.EndElement:
			inText = false
			if e.Name.Local == "p" {
				b.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				b.Write(e)
			}
		}
	}
}

// marked sets every text of some data to a word of its own and every list to
// two members, and gives the word of each field.
func marked(data any, word func(n int) string) map[string]string {
	words := map[string]string{}
	var set func(path string, v reflect.Value)
	set = func(path string, v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeOf(calendar.Date{}), v.Type() == reflect.TypeOf(calendar.Period{}), v.Type() == reflect.TypeOf(Audience("")):
		case v.Kind() == reflect.String:
			words[path] = word(len(words))
			v.SetString(words[path])
		case v.Kind() == reflect.Int:
			v.SetInt(2)
		case v.Kind() == reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			for i := range 2 {
				set(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				name := v.Type().Field(i).Name
				if !v.Type().Field(i).Anonymous {
					set(strings.TrimPrefix(path+"."+name, "."), v.Field(i))
					continue
				}
				set(path, v.Field(i))
			}
		}
	}
	set("", reflect.ValueOf(data).Elem())
	return words
}

// whole fills the kinds of data from end to end; words that stand only in
// other cases are taken off the list, with the reason.
func whole(t *testing.T, word func(n int) string) map[string]struct {
	data  maker
	words map[string]string
} {
	t.Helper()
	may, june := calendar.MustPeriod("2023-05"), calendar.MustDate("2023-06-08")
	var b Bulletin
	bulletinWords := marked(&b, word)
	b.Period, b.Held, b.Date = may, calendar.MustDate("2023-05-30"), june
	b.Publication.Supersedes = 1
	b.Standings[0].Reason = ""
	delete(bulletinWords, "Standings[0].Reason") // emptied: who is ranked has no reason
	delete(bulletinWords, "Standings[1].Band")   // who is not ranked stands in no band
	var n RoundNotice
	noticeWords := marked(&n, word)
	n.Period, n.Held, n.Date, n.Nominal = may, calendar.MustDate("2023-06-01"), calendar.MustDate("2023-05-20"), calendar.MustDate("2023-05-30")
	var s Summary
	summaryWords := marked(&s, word)
	s.Period, s.Date = calendar.MustPeriod("2023-H1"), june
	for i := range s.Rounds {
		s.Rounds[i].Period, s.Rounds[i].Held = may.Add(i), calendar.MustDate("2023-05-30")
	}
	var g LeadingGroup
	groupWords := marked(&g, word)
	g.Attachment, g.Date = 0, june
	out := map[string]struct {
		data  maker
		words map[string]string
	}{"bulletin": {b, bulletinWords}, "notice": {n, noticeWords}, "summary": {s, summaryWords}, "group": {g, groupWords}}
	wholeForms(word, func(name string, data maker, words map[string]string) {
		out[name] = struct {
			data  maker
			words map[string]string
		}{data, words}
	})
	return out
}

// wholeForms fills every further kind of data. The frame of a paper (issuer,
// number, addressees) is printed by the tests above, and not on forms that are
// attached or handed out.
func wholeForms(word func(n int) string, put func(name string, data maker, words map[string]string)) {
	frame := Paper{Issuer: "云栖镇党委", Date: someDay, To: []string{"县委组织部"}}
	var sheets ScoreSheets
	take := func(name string, data maker, words map[string]string, never ...string) {
		for field := range words {
			top, _, _ := strings.Cut(strings.Split(field, ".")[0], "[")
			if _, framed := reflect.TypeOf(Paper{}).FieldByName(top); framed {
				delete(words, field)
			}
		}
		for _, field := range never {
			delete(words, field)
		}
		put(name, data, words)
	}
	words := marked(&sheets, word)
	sheets.Paper, sheets.Period, sheets.Held = frame, may, someDay
	take("score sheets", sheets, words)
	var items ItemTable
	words = marked(&items, word)
	items.Paper, items.Period = frame, may
	take("item table", items, words)
	var form Form
	words = marked(&form, word)
	form.Texts[0].Limit, form.Texts[1].Limit = 100, 100
	take("form", form, words)
	var ballot BallotForm
	words = marked(&ballot, word)
	take("ballot form", ballot, words)
	var summed BallotSummary
	words = marked(&summed, word)
	summed.Held = someDay
	take("ballot summary", summed, words)
	var report BallotReport
	words = marked(&report, word)
	report.Held = someDay
	take("ballot report", report, words)
	var grades GradeTable
	words = marked(&grades, word)
	grades.Paper = frame
	take("grade table", grades, words)
	var list RectificationList
	words = marked(&list, word)
	take("rectification", list, words)
	var contact ContactTable
	words = marked(&contact, word)
	take("contacts", contact, words)
	var county CountyReport
	words = marked(&county, word)
	county.Paper, county.Period, county.Due = frame, may, someDay
	take("county report", county, words)
	var duty DutyReport
	words = marked(&duty, word)
	duty.Limit, duty.Needs = 1000, nil
	take("duty report", duty, words, "Needs[0]", "Needs[1]")
	var rules ReportRules
	words = marked(&rules, word)
	rules.Due = someDay
	take("report rules", rules, words)
	var lights ThreeColour
	words = marked(&lights, word)
	lights.Paper, lights.Period, lights.Smallest = frame, may, 0
	take("lights", lights, words)
}

// Nothing that is handed in is lost: every text of every kind of data stands on
// the page and in the file.
func TestEverythingHandedInIsPrinted(t *testing.T) {
	t.Parallel()
	for name, c := range whole(t, func(n int) string { return fmt.Sprintf("文%03d字", n) }) {
		if len(c.words) < 6 {
			t.Errorf("%s has only %d words", name, len(c.words))
		}
		page, file := textOf(t, c.data), wordsOf(t, docxOf(t, c.data))
		for field, word := range c.words {
			if !strings.Contains(page, word) {
				t.Errorf("%s: %s is not on the page", name, field)
			}
			if !strings.Contains(file, word) {
				t.Errorf("%s: %s is not in the file", name, field)
			}
		}
	}
}

// Whatever field a hostile text stands in, it is text: the page has no mark-up
// that is not the page's own, and the file holds it letter by letter.
func TestHostileTextInEveryField(t *testing.T) {
	t.Parallel()
	hostile := func(n int) string { return fmt.Sprintf(`<i id="x%d">&amp;'</td></w:t>]]>%d`, n, n) }
	for name, c := range whole(t, hostile) {
		source := htmlOf(t, c.data)
		if strings.Contains(source, "<i") || strings.Contains(source, "</w:t>") || strings.Contains(source, `id="x`) {
			t.Errorf("%s: a text became mark-up", name)
		}
		page, file := html.UnescapeString(source), wordsOf(t, docxOf(t, c.data))
		for field, word := range c.words {
			if !strings.Contains(page, word) || !strings.Contains(file, word) {
				t.Errorf("%s: %s is not told as it is", name, field)
			}
		}
	}
}

// Both renderings of a paper tell the same text, in the same order.
func TestPageAndFileTellTheSame(t *testing.T) {
	t.Parallel()
	squeeze := strings.NewReplacer("\n", "", "\t", "", " ", "", "　", "", "\u2002", "")
	for name, data := range all() {
		_, page, _ := strings.Cut(textOf(t, data), "不作为任何依据") // the banner stands in the header of the file
		_, page, _ = strings.Cut(page, "演示数据")
		if got, want := squeeze.Replace(wordsOf(t, docxOf(t, data))), squeeze.Replace(html.UnescapeString(page)); got != strings.TrimPrefix(want, ">") {
			t.Errorf("%s: the file says\n%s\nthe page\n%s", name, got, want)
		}
	}
}

// Lines of a text stay lines in both renderings, however they end.
func TestLinesOfATextStayLines(t *testing.T) {
	t.Parallel()
	n := notice()
	n.Items[0].Content = "第一条\n第二条\r\n第三条"
	file := wordsOf(t, docxOf(t, n))
	if !strings.Contains(file, "第一条\n第二条\n第三条。\n") {
		t.Errorf("the file says %s", file)
	}
	if page := htmlOf(t, n); !strings.Contains(page, "第一条\n第二条") || !strings.Contains(style, "section > p, td, .closing dd { white-space: pre-line; }") {
		t.Error("the page runs the lines together")
	}
}

// Blanks at the ends of a text and between two of them are kept.
func TestBlanksAreKept(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Standings[0].Village = "松  岭\t村"
	if file := wordsOf(t, docxOf(t, b)); !strings.Contains(file, "松  岭\t村") {
		t.Error("the file lost blanks")
	}
	if _, parts := unzip(t, docxOf(t, b)); strings.Count(parts["word/document.xml"], "<w:t>") != 0 {
		t.Error("a text without xml:space loses its blanks in a word processor")
	}
}
