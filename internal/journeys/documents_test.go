package journeys

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/paperwork"
	"leitai/internal/sample"
	"leitai/internal/wiring/edge"
)

// officeForm is a small form of an office's own.
func officeForm(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
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
	return b.Bytes()
}

// Sheets to mark on, the rubric and the contacts are printed from an opened
// round for those who keep or mark it, and never for a neighbour.
// covers A08, A11, A23, B18, G3
func TestPapersOfARound(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.find(t, s.World.Rounds["2023-04"])
	m.notify(t)
	m.Clock.Set(m.round.Held, "09:00")
	m.step(t, sample.Clerk, m.App.Rounds.Open)
	holds(t, s.paper(t, sample.Clerk, bulletin.KindScoreSheets, m.round.ID), []string{"演示数据", "现场督查一组", "台账评审组", s.names["V1"], s.names["V12"], "党建", "100", "评委签名"}, []string{"{{"})
	holds(t, s.paper(t, "S1", bulletin.KindItems, m.round.ID), []string{"评比细则", "党建", "40%", "60%", "“三会一课”记录齐全"}, nil)
	holds(t, s.paper(t, sample.Clerk, bulletin.KindContacts, m.round.ID), []string{"联点安排表", s.names["V1"], "联村领导一"}, []string{"K1"})
	for kind, who := range map[string]string{bulletin.KindScoreSheets: "S1", bulletin.KindContacts: "S1", bulletin.KindItems: "XC1", bulletin.KindTypingGrid: "XC1"} {
		err := s.try(t, who, func(ctx context.Context) error {
			_, err := s.App.Papers.Document(ctx, kind, m.round.ID, bulletin.XLSX)
			return err
		})
		if code := fault.CodeOf(err); code != fault.Forbidden && code != fault.NotFound {
			t.Errorf("%s draws %s: %v", who, kind, err)
		}
	}
}

// A published round is a workbook and a report to the county too, and each
// village has its archive: whole for the office, its own for the village.
// covers B02, B07, T22
func TestPapersOfAResult(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", totals{"V1": "79.5"})
	s.issue(t, s.opening(12, "1.5", 20))
	published := m.revisions(t)[0].ID
	s.must(t, "S1", func(ctx context.Context) error {
		p, err := s.App.Papers.Document(ctx, bulletin.KindBulletin, published, bulletin.XLSX)
		if err != nil {
			return err
		}
		f, err := excelize.OpenReader(bytes.NewReader(p.Body))
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // nothing of it is on a disk
		rows, err := f.GetRows(f.GetSheetList()[0])
		if err != nil || len(rows) < 14 || !strings.Contains(rows[0][0], "演示数据") || !strings.Contains(strings.Join(rows[2], " "), "79.50") {
			t.Errorf("the workbook holds %v, %v", rows, err)
		}
		return nil
	})
	holds(t, s.paper(t, sample.Clerk, bulletin.KindCountyReport, published), []string{"县委组织部", "开展情况的报告", s.names["V12"], "发现问题1个"}, []string{"J1", "K1"})
	holds(t, s.paper(t, sample.Clerk, bulletin.KindProblems, s.World.Competition), []string{"问题整改清单", s.names["V12"], "整改中"}, nil)
	edge := edge.New(s.App, httpserver.Defaults()).Handler()
	path := "/archives/" + s.World.Competition.String() + "/"
	for who, want := range map[string]int{sample.Clerk: 200, "S12": 200, "S1": 404, "XC1": 404, "dashboard": 404} {
		status, body := get(t, edge, s.Token(who), path+graphtest.VillageCode(12))
		if status != want {
			t.Errorf("%s asking for the archive gets %d: %.200s", who, status, body)
		}
		if status != http.StatusOK {
			continue
		}
		z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if all := strings.Join(names, " "); !strings.HasPrefix(all, "目录.html") || !strings.Contains(all, "02 通报/") || !strings.Contains(all, "03 问题整改/") {
			t.Errorf("%s is given %v", who, names)
		}
	}
	for _, unknown := range []string{path + "110101001001", "/archives/" + uuid.NewString() + "/" + graphtest.VillageCode(12)} {
		if status, _ := get(t, edge, s.Token(sample.Clerk), unknown); status != http.StatusNotFound {
			t.Errorf("%s gives %d", unknown, status)
		}
	}
	for _, kind := range []string{bulletin.KindCountyReport, bulletin.KindGrades} {
		if status, _ := get(t, edge, s.Token("XC1"), "/documents/"+kind+"/"+published.String()); status != http.StatusNotFound && status != http.StatusForbidden {
			t.Errorf("the neighbour asking for %s gets %d", kind, status)
		}
	}
}

// The page of a paper allows no style but its own.
func TestPapersAllowTheirOwnStyleOnly(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/documents/leading-group/"+s.World.Competition.String(), http.NoBody)
	r.Header.Set("Authorization", "Bearer "+s.Token("S1"))
	w := httptest.NewRecorder()
	edge.New(s.App, httpserver.Defaults()).Handler().ServeHTTP(w, r)
	policy := w.Header().Get("Content-Security-Policy")
	if w.Code != http.StatusOK || !strings.Contains(policy, "style-src "+paperwork.StyleHash()+";") || strings.Contains(policy, "unsafe") {
		t.Errorf("%d, the policy is %s", w.Code, policy)
	}
}

// An office's own form is uploaded, checked, listed, filled with what the
// bulletin says, replaced and retired; no other tenant sees or fills it.
// covers T35
func TestAnOfficesOwnForm(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", nil)
	published := m.revisions(t)[0].ID
	edge := edge.New(s.App, httpserver.Defaults()).Handler()
	post := func(who, path string, body []byte) (int, string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+s.Token(who))
		w := httptest.NewRecorder()
		edge.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	good := officeForm(t, `<w:p><w:r><w:t>{{单位}}{{期</w:t></w:r><w:r><w:t>次}}结果</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{#行}}{{名次}} {{村}} {{总分}}{{/行}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`)
	const address = "/forms/bulletin?name=%E9%80%9A%E6%8A%A5%E8%A1%A8"
	for want, c := range map[string]struct {
		who, path string
		body      []byte
	}{
		"FORM_PLACEHOLDER": {sample.Clerk, address, officeForm(t, `<w:p><w:r><w:t>{{利润}}</w:t></w:r></w:p>`)},
		"FORM_FORMAT":      {sample.Clerk, address, []byte("hello")},
		"FORM_KIND":        {sample.Clerk, "/forms/poster?name=x", good},
		"INVALID":          {sample.Clerk, "/forms/bulletin?name=", good},
		"FORBIDDEN":        {"S1", address, good},
	} {
		if status, body := post(c.who, c.path, c.body); status < 400 || !strings.Contains(body, `"code":"`+want+`"`) {
			t.Errorf("%s: %d %s", want, status, body)
		}
	}
	status, body := post(sample.Clerk, address, good)
	var form struct{ ID string }
	if err := json.Unmarshal([]byte(body), &form); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	fill := func(who, id string) (int, string) {
		return get(t, edge, s.Token(who), "/documents/bulletin/"+published.String()+"?format=docx&form="+id)
	}
	status, filled := fill("S1", form.ID)
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, filled)
	}
	if said := words(t, bulletin.DOCX, []byte(filled)); !strings.Contains(said, "【演示数据】") || !strings.Contains(said, "2023年4月结果1"+s.names["V1"]+"79.50") || strings.Contains(said, "{{") {
		t.Errorf("the form says %s", said)
	}
	if status, _ := fill("XC1", form.ID); status != http.StatusNotFound {
		t.Errorf("the neighbour fills the form: %d", status)
	}
	if _, again := post(sample.Clerk, address, good); !strings.Contains(again, `"placeholders"`) {
		t.Errorf("a form of the same name: %s", again)
	}
	if status, _ := fill("S1", form.ID); status != http.StatusNotFound {
		t.Errorf("the form that was replaced is still filled: %d", status)
	}
	var left []*bulletin.Form
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		if left, err = s.App.Papers.Forms(ctx); err != nil || len(left) != 1 {
			t.Fatalf("%d forms, %v", len(left), err)
		}
		return s.App.Papers.RetireForm(ctx, left[0].ID)
	})
	s.must(t, "XC1", func(ctx context.Context) error {
		all, err := s.App.Papers.Forms(ctx)
		if len(all) > 0 {
			t.Errorf("the neighbour sees %d forms", len(all))
		}
		return err
	})
	s.refused(t, "XC1", func(ctx context.Context) error { return s.App.Papers.RetireForm(ctx, left[0].ID) }, "NOT_FOUND at form")
}
