package journeys

import (
	"archive/zip"
	"bytes"
	"context"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/httpserver"
	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/template"
	"leitai/internal/wiring/edge"
)

var tag = regexp.MustCompile(`<style[^>]*>[\s\S]*?</style>|<[^>]*>|[\s\x{3000}]+`)

// words are what somebody reads in a paper, without its layout.
func words(t testing.TB, format string, body []byte) string {
	t.Helper()
	text := body
	if format == bulletin.DOCX {
		archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		text = nil
		for _, file := range archive.File {
			if !strings.HasSuffix(file.Name, ".xml") {
				continue
			}
			r, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, part...)
			_ = r.Close()
		}
	}
	return html.UnescapeString(tag.ReplaceAllString(string(text), ""))
}

// paper draws a paper as somebody, in both formats, and gives the words of each.
func (s *stage) paper(t testing.TB, who, kind string, id uuid.UUID) (formats [2]string) {
	t.Helper()
	for i, format := range []string{bulletin.HTML, bulletin.DOCX} {
		s.must(t, who, func(ctx context.Context) error {
			p, err := s.App.Papers.Document(ctx, kind, id, format)
			formats[i] = words(t, format, p.Body)
			if err == nil && !strings.HasSuffix(p.Name, "."+format) {
				t.Errorf("the file is called %q", p.Name)
			}
			return err
		})
	}
	return formats
}

// holds says what a paper has to say and what it must not, in both formats.
func holds(t testing.TB, formats [2]string, want, never []string) {
	t.Helper()
	for i, text := range formats {
		for _, phrase := range want {
			if !strings.Contains(text, phrase) {
				t.Errorf("format %d does not say %q:\n%s", i, phrase, text)
			}
		}
		for _, phrase := range never {
			if strings.Contains(text, phrase) {
				t.Errorf("format %d says %q:\n%s", i, phrase, text)
			}
		}
	}
}

// revisions are a round's publications, newest first.
func (m *month) revisions(t testing.TB) (all []*round.Publication) {
	t.Helper()
	m.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		all, err = m.App.Rounds.History(ctx, m.round.ID)
		return err
	})
	return all
}

// A bulletin says what was published and how to check it; the bulletin of a
// correction says what it replaces, and the first one can still be printed.
// covers A26, Q30, Q35
func TestBulletins(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", totals{"V3": "78", "V4": "78"})
	m.correct(t, totals{"V4": "40"})
	all := m.revisions(t)
	second, first := all[0], all[1]
	names := make([]string, 0, len(s.names))
	for _, name := range s.names {
		names = append(names, name)
	}
	for _, p := range all {
		holds(t, s.paper(t, "S1", bulletin.KindBulletin, p.ID), append([]string{"演示数据", "乡政府三楼会议室", "2023年5月4日", "晴禾乡", "晴委发〔2023〕6号",
			"79.50", "79.00", "全乡镇（街道）范围内", p.Hash, "通报表扬", "晨穗村（第1名）：联村领导加5分、驻村干部加5分、村（社区）加5分", "批评提醒"}, names...),
			[]string{"L1", "K1", "联村领导一", "{{", "试评"})
		s.must(t, "S1", func(ctx context.Context) error {
			bundle, err := s.App.Rounds.Bundle(ctx, m.round.ID, p.Revision)
			if err != nil {
				return err
			}
			report, err := contest.Verify([]byte(bundle), contest.Trust{Fingerprints: []string{contest.Fingerprint(s.App.Signer.PublicKey())}})
			if err == nil && (report.Hash != p.Hash || !report.Pinned) {
				t.Errorf("the bundle of revision %d has the hash %s, printed is %s", p.Revision, report.Hash, p.Hash)
			}
			return err
		})
	}
	holds(t, s.paper(t, "dashboard", bulletin.KindBulletin, second.ID),
		[]string{"第2次发布，替代第1次发布", "台账分数抄录有误,重新核算", "40.00", "杏穗村（第12名）"}, []string{"杏穗村（第3名）", first.Hash})
	holds(t, s.paper(t, "dashboard", bulletin.KindBulletin, first.ID), []string{"第1次发布", "杏穗村（第3名）"}, []string{"替代", "40.00", second.Hash})

	edge := edge.New(s.App, httpserver.Defaults()).Handler()
	for who, want := range map[string]int{"CN1": 200, "CA1": 200, "CD1": 200, "S1": 200, "J1": 200, "dashboard": 200, "XC1": 404, "XA1": 404, "XS1": 404} {
		status, body := get(t, edge, s.Token(who), "/documents/bulletin/"+second.ID.String())
		if status != want {
			t.Errorf("%s asking for the bulletin gets %d: %s", who, status, body)
		}
		if _, unknown := get(t, edge, s.Token(who), "/documents/bulletin/"+uuid.NewString()); want == 404 && body != unknown {
			t.Errorf("%s is answered %s, and %s for an unknown id", who, body, unknown)
		}
	}
	for _, path := range []string{"/documents/bulletin/" + m.round.ID.String(), "/documents/poster/" + second.ID.String(), "/documents/bulletin/1"} {
		if status, body := get(t, edge, s.Token(sample.Clerk), path); status != http.StatusNotFound {
			t.Errorf("%s gives %d: %s", path, status, body)
		}
	}
	if status, body := get(t, edge, s.Token(sample.Clerk), "/documents/bulletin/"+second.ID.String()+"?format=exe"); status != http.StatusBadRequest || !strings.Contains(body, `"field":"format"`) {
		t.Errorf("an unknown format gives %d: %s", status, body)
	}
}

// get asks the edge for a path with a token and gives the answer without its
// request id.
func get(t testing.TB, h http.Handler, token, path string) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, requestID.ReplaceAllString(w.Body.String(), "")
}

var requestID = regexp.MustCompile(`"requestId":"[^"]*"`)

// What an audience or a template does not show is not printed either.
// covers G8, Q35
func TestBulletinsShowNoMoreThanTheBoard(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	top := s.variant(t, func(doc *template.Document) { doc.Ranking.Show = "top-only" })
	s.rule(t, top, "2023-05")
	bands := s.variant(t, func(doc *template.Document) { doc.Ranking.Show = "bands" })
	s.rule(t, bands, "2023-06")
	wide := s.find(t, s.World.Rounds["2023-04"])
	wide.audience = round.AudiencePublic
	wide.play(t, nil)
	holds(t, s.paper(t, "S1", bulletin.KindBulletin, wide.revisions(t)[0].ID),
		[]string{"向社会公开", "79.50", "75.50", s.names["V12"]}, []string{"74.00", "75.00", "批评提醒", "加5分"})
	few := s.publish(t, "2023-05", nil)
	holds(t, s.paper(t, "S1", bulletin.KindBulletin, few.revisions(t)[0].ID),
		[]string{"79.50", "78.50", "加5分", s.names["V12"]}, []string{"78.00", "74.00", "批评提醒", "约谈"})
	coarse := s.publish(t, "2023-06", nil)
	holds(t, s.paper(t, "S1", bulletin.KindBulletin, coarse.revisions(t)[0].ID),
		[]string{"前三名", "后三名", "批评提醒", "约谈"}, []string{"79.50", "74.00", "加5分", "扣", "（第"})

	narrow := s.find(t, s.World.Rounds["2023-07"])
	narrow.audience = round.AudiencePerson
	narrow.play(t, nil)
	_, rehearsed := s.trial(t, top, "2023-04")
	rehearsed.play(t, nil)
	for _, p := range []*round.Publication{narrow.revisions(t)[0], rehearsed.revisions(t)[0]} {
		s.paper(t, sample.Clerk, bulletin.KindBulletin, p.ID)
		for _, who := range []string{"S1", "L1", "J1", "dashboard", "CN1", "XA1"} {
			s.refused(t, who, func(ctx context.Context) error {
				_, err := s.App.Papers.Document(ctx, bulletin.KindBulletin, p.ID, bulletin.HTML)
				return err
			}, "NOT_FOUND")
		}
	}
	holds(t, s.paper(t, sample.Clerk, bulletin.KindBulletin, rehearsed.revisions(t)[0].ID), []string{"试评", "演示数据"}, nil)
}

// The written notice names date, venue, items and groups as they were issued;
// the county reads what is asked of the villages, and no persons.
// covers A02, A12, A19, A20, A43, G9
func TestNoticeAndLeadingGroup(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.find(t, s.World.Rounds["2023-04"])
	draw := func(who string) error {
		return s.try(t, who, func(ctx context.Context) error {
			_, err := s.App.Papers.Document(ctx, bulletin.KindNotice, m.round.ID, bulletin.HTML)
			return err
		})
	}
	if err := draw(sample.Clerk); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a notice that was not issued: %v", err)
	}
	m.notify(t)
	said := []string{"演示数据", "晴擂办〔2023〕2023-04", "2023年5月4日", "2023年4月30日", "乡政府三楼会议室", "党建", "100", "现场督查一组", "台账评审组",
		"各村（社区）", "岚督考备〔2023〕12号", s.names["V12"]}
	holds(t, s.paper(t, "S12", bulletin.KindNotice, m.round.ID), append(said, "40%", "60%", "“三会一课”记录齐全", "J1", "K1"), []string{"联村领导一"})
	holds(t, s.paper(t, "CN1", bulletin.KindNotice, m.round.ID), said, []string{"J1", "K1"})
	if err := draw("XC1"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the neighbour asking for the notice: %v", err)
	}
	// What changes after the notice is no part of it until it is issued again.
	m.step(t, sample.Clerk, m.App.Rounds.WithdrawRubric)
	m.step(t, "L4", func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return m.App.Rounds.WriteRubric(ctx, round.RubricWrite{Round: in.Round, Revision: in.Revision, Items: []round.RubricItemInput{
			{Key: "party", NameZh: "党的建设", NameEn: "Party building", Dimension: "party-building", Points: exact.Int(90), Criteria: "另行规定。"}}})
	})
	holds(t, s.paper(t, "S12", bulletin.KindNotice, m.round.ID), []string{"100"}, []string{"党的建设", "90"})

	holds(t, s.paper(t, "S1", bulletin.KindLeadingGroup, s.World.Competition),
		[]string{"领导小组", "名单", "组长", "乡党委书记", "第一副组长", "乡党委副书记、乡长", "副组长", "成员", "分管党建", "组织委员", "党建办", "乡村振兴站"}, []string{"审定人一"})
}

// The half-year summary is drafted from the data for the office; whoever may
// not see all accounts and money does not get it.
// covers A15, A16
func TestSummaryIsDraftedForTheOffice(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.rule(t, s.variant(t, attendedOnce), "2023-05")
	m := s.publish(t, "2023-04", nil)
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.confirm(ctx, m.outcomes(t, sample.Approver), tenDays)
		return err
	})
	s.issue(t, s.opening(12, "1.5", 20))
	s.publish(t, "2023-05", totals{"V1": "72"})
	s.cancel(t, "2023-06", "2023-07", "2023-08", "2023-09")
	r := s.rollup(t, sample.Approver)
	holds(t, s.paper(t, sample.Clerk, bulletin.KindSummary, r.ID),
		[]string{"演示数据", "2023年4月至9月", s.names["V1"], s.names["V12"], "79.00", "75.75", "待研究", "+4", "另有4期取消"}, []string{"{{"})
	for _, who := range []string{"S1", "L1", "J1", "L4", "dashboard"} {
		want := "FORBIDDEN"
		if who == "dashboard" {
			want = "NOT_FOUND" // reads nothing unpublished, not even that it is there
		}
		s.refused(t, who, func(ctx context.Context) error {
			_, err := s.App.Papers.Document(ctx, bulletin.KindSummary, r.ID, bulletin.HTML)
			return err
		}, want)
	}
	edge := edge.New(s.App, httpserver.Defaults()).Handler()
	for _, who := range []string{"CN1", "CA1", "XC1"} {
		status, body := get(t, edge, s.Token(who), "/documents/summary/"+r.ID.String())
		_, unknown := get(t, edge, s.Token(who), "/documents/summary/"+uuid.NewString())
		if status != http.StatusNotFound || body != unknown {
			t.Errorf("%s is answered %d %s, and %s for an unknown id", who, status, body, unknown)
		}
	}
}
