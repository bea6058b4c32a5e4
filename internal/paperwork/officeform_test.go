package paperwork

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/fault"
)

const typesPart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

const formRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

// office packs a form whose body is as given; more are further parts.
func office(t testing.TB, body string, more map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name, content string) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if more["[Content_Types].xml"] == "" {
		put("[Content_Types].xml", typesPart)
	}
	put("_rels/.rels", formRels)
	put("word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`<w:sectPr/></w:body></w:document>`)
	for name, content := range more {
		put(name, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func para(texts ...string) string {
	s := "<w:p>"
	for _, text := range texts {
		s += `<w:r><w:rPr><w:b/></w:rPr><w:t>` + escaped(text) + `</w:t></w:r>`
	}
	return s + "</w:p>"
}

func cells(texts ...string) string {
	s := "<w:tr>"
	for _, text := range texts {
		s += "<w:tc>" + para(text) + "</w:tc>"
	}
	return s + "</w:tr>"
}

func readForm(t *testing.T, content []byte) *OfficeForm {
	t.Helper()
	f, err := ReadForm(content)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func bulletinKind(t *testing.T) FormKind {
	t.Helper()
	kind, known := FormKindOf("bulletin")
	if !known {
		t.Fatal("no kind bulletin")
	}
	return kind
}

// A form is filled from the same data as our own bulletin: placeholders split
// over runs are found, rows are repeated, and everything else stays as it was.
func TestAnOfficesFormIsFilled(t *testing.T) {
	t.Parallel()
	body := para("兹有{", "{单", "位}}于{{举办日期}}开展", "{{ 期次 }}评比") + `<!-- a note --><w:tbl>` + cells("名次", "村", "总分") +
		cells("{{#行}}{{名次}}", "{{村}}", "{{总分}}分{{/行}}") + "</w:tbl>" + para("没有占位符") +
		`<w:p><w:r><w:t xml:space="preserve">{{发文字号}}</w:t><w:br/></w:r></w:p>`
	content := office(t, body, map[string]string{"word/media/image1.png": "<png/>", "word/header1.xml": `<w:hdr xmlns:w="x">` + para("{{单位}}") + `</w:hdr>`})
	f := readForm(t, content)
	if err := f.Check(bulletinKind(t)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.Placeholders(), " "); got != "{{ 期次 }} {{#行}} {{/行}} {{举办日期}} {{单位}} {{发文字号}} {{名次}} {{总分}} {{村}}" {
		t.Errorf("placeholders are %s", got)
	}
	b := bulletin()
	b.Demo = false
	filled, err := f.Fill(b.Data())
	if err != nil {
		t.Fatal(err)
	}
	again, err := f.Fill(b.Data())
	if err != nil || !bytes.Equal(filled, again) {
		t.Errorf("two fillings of the same data differ (%v)", err)
	}
	names, parts := unzip(t, filled)
	text := wordsOf(t, filled)
	wantAll(t, text, "兹有云栖乡擂台比武领导小组于2023年5月4日开展2023年4月评比\n", "1\n松岭村\n92.97分\n", "12\n高坎村\n69.59分\n", "没有占位符", "云擂发〔2023〕4号")
	if strings.Contains(text, "{{") || strings.Count(parts["word/document.xml"], "<w:tr>") != 13 {
		t.Errorf("the filled form says %s", text)
	}
	wantAll(t, parts["word/document.xml"], "<!-- a note -->", "<w:rPr><w:b/></w:rPr>", "?>\n<w:document")
	if len(names) != 5 || !strings.Contains(parts["word/header1.xml"], "云栖乡擂台比武领导小组") || parts["_rels/.rels"] != formRels {
		t.Errorf("the parts are %v", names)
	}
	if demo, err := f.Fill(bulletin().Data()); err != nil || !strings.Contains(wordsOf(t, demo), "【演示数据】") {
		t.Error("a form filled with demonstration data does not say so")
	}
	empty, err := f.Fill(FormData{})
	if err != nil || strings.Contains(wordsOf(t, empty), "{{") {
		t.Errorf("a form without data keeps its placeholders (%v)", err)
	}
}

// Whatever a value holds, it is text in the form: no mark-up, no placeholder.
// covers T35
func TestValuesOfAFormAreText(t *testing.T) {
	t.Parallel()
	f := readForm(t, office(t, para("a{{单位}}b", "{{地点}}")+"<w:tbl>"+cells("{{#行}}{{村}}{{/行}}")+"</w:tbl>", nil))
	rapid.Check(t, func(rt *rapid.T) {
		value := rapid.StringMatching(`[{}#/a<>&'"村\n\t]{0,20}`).Draw(rt, "value")
		filled, err := f.Fill(FormData{Values: map[string]string{"单位": value, "地点": "{{单位}}"}, Lists: map[string][]map[string]string{"行": {{"村": value}, {"村": "乙"}}}})
		if err != nil {
			rt.Fatal(err)
		}
		if got, want := wordsOf(t, filled), "a"+value+"b{{单位}}\n"+value+"\n乙\n"; got != want {
			rt.Fatalf("the form says %q, want %q", got, want)
		}
	})
}

// A form that does more than hold text is refused with what it does, and so is
// one too large, damaged or none.
// covers T20, T35
func TestFormsThatAreRefused(t *testing.T) {
	t.Parallel()
	whole := office(t, para("{{单位}}"), nil)
	rels := func(inner string) map[string]string {
		return map[string]string{"word/_rels/document.xml.rels": `<Relationships xmlns="x">` + inner + `</Relationships>`}
	}
	bomb := office(t, para("{{单位}}"), map[string]string{"word/media/a.bmp": strings.Repeat("0", 25<<20)})
	for name, c := range map[string]struct {
		content []byte
		code    fault.Code
	}{
		"no archive":       {[]byte("hello"), fault.FormFormat},
		"half":             {whole[:len(whole)-30], fault.FormFormat},
		"big":              {make([]byte, FormBytes+1), fault.FormTooLarge},
		"a bomb":           {bomb, fault.FormTooLarge},
		"macros":           {office(t, "", map[string]string{"word/vbaProject.bin": "x"}), fault.FormActive},
		"macro type":       {office(t, "", map[string]string{"[Content_Types].xml": strings.Replace(typesPart, "document.main", "document.macroEnabled.main", 1)}), fault.FormActive},
		"an object":        {office(t, "", map[string]string{"word/embeddings/oleObject1.bin": "x"}), fault.FormActive},
		"a chunk":          {office(t, `<w:altChunk r:id="rId9"/>`, nil), fault.FormActive},
		"DDE":              {office(t, `<w:p><w:r><w:instrText>DDEAUTO c:\\x</w:instrText></w:r></w:p>`, nil), fault.FormActive},
		"a simple field":   {office(t, `<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"/></w:p>`, nil), fault.FormActive},
		"a field in runs":  {office(t, `<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText></w:r></w:p>`, nil), fault.FormActive},
		"outside template": {office(t, "", rels(`<Relationship Id="r1" Type="attachedTemplate" Target="http://evil/x.dotm" TargetMode="External"/>`)), fault.FormExternal},
		"outside picture":  {office(t, "", rels(`<Relationship Id="r1" Type="image" Target="file://x" TargetMode = 'external'/>`)), fault.FormExternal},
		"an entity":        {office(t, "", map[string]string{"word/styles.xml": `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`}), fault.FormFormat},
		"a path":           {office(t, "", map[string]string{"../x.xml": "<x/>"}), fault.FormFormat},
		"twice":            {office(t, "", map[string]string{"word/Document.xml": "<x/>"}), fault.FormFormat},
		"bad XML":          {office(t, "<w:p>", nil), fault.FormFormat},
		"deep":             {office(t, strings.Repeat("<w:p>", 300)+strings.Repeat("</w:p>", 300), nil), fault.FormFormat},
	} {
		_, err := ReadForm(c.content)
		if all := fault.All(err); len(all) != 1 || all[0].Code != c.code || all[0].Field != "file" {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// Unknown placeholders and rows that do not pair are named, all at once, with
// those there are.
func TestPlaceholdersAreChecked(t *testing.T) {
	t.Parallel()
	f := readForm(t, office(t, para("{{单位}}{{得票}}")+para("{{#行}}", "{{/行}}")+"<w:tbl>"+cells("{{#行}}{{名次}}{{单位}}", "{{利润}}{{/行}}")+cells("{{#人员}}", "{{/人员}}")+cells("{{名次}}")+"</w:tbl>", nil))
	var got []string
	err := f.Check(bulletinKind(t))
	for _, b := range fault.All(err) {
		got = append(got, string(b.Code)+" "+b.Args["value"])
	}
	want := "FORM_PLACEHOLDER {{利润}},FORM_PLACEHOLDER {{#人员}},FORM_PLACEHOLDER {{/人员}},FORM_PLACEHOLDER {{得票}},FORM_ROW {{#行}},FORM_ROW {{/行}},FORM_PLACEHOLDER {{名次}}"
	if strings.Join(got, ",") != want {
		t.Errorf("named are %v", got)
	}
	if err := readForm(t, office(t, para("一张没有占位符的表"), nil)).Check(bulletinKind(t)); fault.CodeOf(err) != fault.FormBare {
		t.Errorf("a form without placeholders: %v", err)
	}
}

// Every placeholder that is offered is filled by the data of its paper.
func TestEveryPlaceholderHasAValue(t *testing.T) {
	t.Parallel()
	for key, data := range map[string]FormData{"bulletin": trackBulletin().Data(), "notice": notice().Data(), "summary": summary("2023-H1", "2023-04").Data(),
		"registration": assessed().Data(stamped, "年度考核", "", "2021年"), "evaluation": assessed().Data(stamped, "述职评议", "", "2021年"), "grades": gradeTable().Data("年度考核", "", "2021年")} {
		kind, known := FormKindOf(key)
		if !known {
			t.Fatalf("no kind %s", key)
		}
		for _, p := range kind.Values {
			if _, there := data.Values[p.Name]; !there || p.Zh == "" || p.En == "" {
				t.Errorf("%s: %s has no value", key, p.Name)
			}
		}
		for _, l := range kind.Lists {
			rows := data.Lists[l.Name]
			if len(rows) == 0 {
				t.Errorf("%s: the list %s has no rows", key, l.Name)
				continue
			}
			for _, p := range l.Values {
				if _, there := rows[0][p.Name]; !there {
					t.Errorf("%s: %s of %s has no value", key, p.Name, l.Name)
				}
			}
		}
	}
	if _, known := FormKindOf("poster"); known {
		t.Error("a kind that is not there")
	}
}

func assessed() Assessed {
	return Assessed{Subject: "松岭村", Total: "92.55", Rank: 1, Parts: []FormField{{"实地核查", "95.10"}}, Grades: []FormField{{"综合等次", "好"}, {"年度建议等次", "优秀"}}}
}

// A form about one subject is told all its grades; a demonstration says so in it.
// covers E05, E20
func TestFormsAboutOneSubject(t *testing.T) {
	t.Parallel()
	d := assessed().Data(stamped, "年度考核", "", "2021年")
	if d.Values["等次"] != "好、优秀" || d.Values["名次"] != "1" || len(d.Lists["等次表"]) != 2 || !strings.HasPrefix(d.Values["单位"], "【") {
		t.Errorf("the form is told %v", d)
	}
	g := gradeTable()
	g.Proposed = true
	if d := g.Data("", "", ""); d.Values["性质"] != "建议等次" {
		t.Errorf("the form is told %v", d.Values)
	}
}

// Papers handed over together stand each under a name of its own, and none leads
// out of the folder.
func TestPapersFiledTogether(t *testing.T) {
	t.Parallel()
	body, err := Filed([]ArchivePaper{{Title: "甲村", Ending: ".docx", Body: []byte("1")}, {Title: "甲村", Ending: ".docx", Body: []byte("2")}, {Title: "../乙村", Ending: ".docx"}})
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "甲村.docx 甲村（2）.docx _乙村.docx" {
		t.Errorf("the files are called %s", got)
	}
}
