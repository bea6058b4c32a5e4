package overhttp_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leitai/internal/sample"
)

// sent asks for a document, or sends a form, and gives status and body.
func (d *desk) sent(t *testing.T, who, method, path string, body []byte) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, d.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+d.tokens[who])
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(read)
}

// prints draws a paper for somebody and looks for texts; without any, it may not
// be known to be there.
func (d *desk) prints(t *testing.T, who, path string, texts ...string) {
	t.Helper()
	status, page := d.sent(t, who, http.MethodGet, "/documents/"+path, nil)
	if len(texts) == 0 {
		if status != http.StatusNotFound && status != http.StatusForbidden {
			t.Errorf("%s for %s: %d", path, who, status)
		}
		return
	}
	for _, text := range texts {
		if status != http.StatusOK || !strings.Contains(page, text) {
			t.Errorf("%s for %s: %d, without %s: %.300s", path, who, status, text, page)
		}
	}
}

// reports: a report as it was handed in, for the office, its village and, once it
// is known, the others of the township; one that is paper has no text; the rules
// for writing and the evaluation forms; and an office's own form for each.
func (y *yearEnd) reports(t *testing.T) {
	t.Helper()
	papers := map[string]string{}
	for _, n := range y.say(t, "S1", `query($c: ID!) { askedDocuments(competition: $c, year: 2024) { document submission { id } } }`, vars{"c": y.competition}).List(t, "askedDocuments") {
		one, _ := n.(map[string]any)
		if s, handed := one["submission"].(map[string]any); handed {
			papers[one["document"].(string)], _ = s["id"].(string)
		}
	}
	duty := "duty-report/" + url.PathEscape(papers["duty-report"])
	for _, who := range []string{sample.Clerk, "S1"} {
		y.prints(t, who, duty, "2023年度", "述职报告", "抓基层党建工作情况", "落实“三会一课”。", "意识形态工作情况", "字（要求不超过2000字）")
	}
	y.prints(t, "S2", duty, "落实“三会一课”。") // it was made known
	y.prints(t, "XC1", duty)
	y.prints(t, "S2", "duty-report/"+url.PathEscape(papers["duty-report-review"])) // was not, and is another village's
	if status, body := y.sent(t, sample.Clerk, http.MethodGet, "/documents/duty-report/"+url.PathEscape(papers["duty-report-review"]), nil); status != http.StatusBadRequest && status != http.StatusUnprocessableEntity || !strings.Contains(body, "PAPER_FIELD") {
		t.Errorf("a report that lies in a binder: %d %s", status, body)
	}
	if status, body := y.sent(t, sample.Clerk, http.MethodGet, "/documents/"+duty+"?format=docx", nil); status != http.StatusOK || !strings.HasPrefix(body, "PK") {
		t.Errorf("the report as DOCX: %d", status)
	}
	rules := "report-rules/" + url.PathEscape(y.competition)
	y.prints(t, "S1", rules, "附件10", "撰写要求", "不超过2000字", "1月17日", "1月14日")
	y.prints(t, "XC1", rules)
	forms := "evaluation/" + url.PathEscape(y.publication)
	y.prints(t, sample.Clerk, forms, "附件6", "综合评价表", "党委（党工委）审定意见", "较好")
	y.prints(t, "XC1", forms)
	y.formEach(t)
}

// formEach fills a form of the township's own once a secretary, for those who run
// the assessment alone.
func (y *yearEnd) formEach(t *testing.T) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{{对象}} {{总分}} {{等次}}</w:t></w:r></w:p></w:body></w:document>`,
	} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	status, body := y.sent(t, sample.Clerk, http.MethodPost, "/forms/registration?name=own", b.Bytes())
	var form struct{ ID string }
	if err := json.Unmarshal([]byte(body), &form); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	path := "/documents/registration/" + url.PathEscape(y.publication) + "?format=docx&form=" + url.QueryEscape(form.ID)
	status, packed := y.sent(t, sample.Clerk, http.MethodGet, path, nil)
	z, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil || status != http.StatusOK || len(z.File) != 12 || !strings.HasSuffix(z.File[0].Name, ".docx") {
		t.Errorf("%d %v", status, err)
	}
	for _, who := range []string{"S1", "XC1"} {
		if status, _ := y.sent(t, who, http.MethodGet, path, nil); status != http.StatusNotFound && status != http.StatusForbidden {
			t.Errorf("%s fills the forms of all: %d", who, status)
		}
	}
}

// summaries: the quarter and the year are summed up with the figures of each
// month, also where the year is made of quarters, and people are called people.
func (d *arena) summaries(t *testing.T) {
	t.Helper()
	want := map[string]string{"quarter": "2023年第三季度", "year": "2023年"}
	for _, n := range d.say(t, sample.Approver, `query($c: ID!) { rollups(competition: $c) { id key } }`, vars{"c": d.competition}).List(t, "rollups") {
		r, _ := n.(map[string]any)
		key, _ := r["key"].(string)
		id, _ := r["id"].(string)
		d.prints(t, sample.Clerk, "summary/"+url.PathEscape(id), want[key], "工作总结", "名村党组织书记参评", "位列第一")
		d.prints(t, "XC1", "summary/"+url.PathEscape(id))
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("without a summary: %v", want)
	}
}
