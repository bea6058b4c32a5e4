package bulletin

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/paperwork"
	"leitai/internal/template"
)

func html(t *testing.T, m interface {
	Document() (paperwork.Document, error)
},
) string {
	t.Helper()
	d, err := m.Document()
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func says(t *testing.T, page string, want, never []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(page, w) {
			t.Errorf("the paper does not say %q", w)
		}
	}
	for _, w := range never {
		if strings.Contains(page, w) {
			t.Errorf("the paper says %q", w)
		}
	}
}

func closedPoll() *PollSheet {
	at := time.Date(2022, 1, 12, 8, 0, 0, 0, time.UTC)
	return &PollSheet{Frame: Frame{Home: Home{Name: "晴岚街道", TimeZone: "Asia/Shanghai"}}, Title: "民主测评", ClosedAt: &at, Closed: calendar.MustDate("2022-01-12"),
		Rule:     template.Ballot{Options: []template.BallotOption{{Key: "good", Name: template.Text{ZH: "好"}}, {Key: "poor", Name: template.Text{ZH: "差"}}}, Threshold: 6},
		Subjects: []PollSubject{{ID: "a", Name: "书记甲", Branch: "一支部"}}}
}

// A report of a ballot tells turnout always, and counts only where they may be told.
// covers E29, Q26, Q34
func TestBallotReports(t *testing.T) {
	t.Parallel()
	sheet := closedPoll()
	r := ballot.Result{Subject: "a", Scored: true, Score: exact.Must("91.254"), Due: 60, Present: 52, Issued: 52, Returned: 51, Valid: 50, Breakdown: true,
		Groups: []ballot.Figure{{Groups: []string{"x"}, Options: map[string]int{"good": 30, "poor": 1}}, {Groups: []string{"y"}, Options: map[string]int{"good": 19}}}}
	says(t, html(t, ballotReport(sheet, sheet.Subjects[0], r)), []string{"民主测评结果报告单", "书记甲", "91.25分", "49票", "1票", "2022年1月12日", "60"}, nil)
	r.Breakdown, r.Groups = false, nil
	says(t, html(t, ballotReport(sheet, sheet.Subjects[0], r)), []string{"91.25分", "60", "50", "只报告综合得分"}, []string{"票</td>"})
	r.Scored = false
	says(t, html(t, ballotReport(sheet, sheet.Subjects[0], r)), []string{"不计"}, []string{"91.25"})
}

// A table of grades names grades and seats as the template does, and says why; a
// registration form holds what the result knows of one.
// covers E05, E09, E11, E12
func TestGradeTablesOfAResult(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Grades: []template.GradeScale{{Key: "year", Name: template.Text{ZH: "年度等次"}, Decision: "superior", Steps: []template.GradeStep{{Key: "top", Name: template.Text{ZH: "优秀"}}, {Key: "ok", Name: template.Text{ZH: "称职"}}}}},
		Parts: []template.Part{{Key: "b", From: "ballots.x"}, {Key: "w", From: "entered"}}}
	report := &contest.Report{Input: contest.Input{Template: doc, Roster: []contest.Subject{{ID: "a", Name: "书记甲"}, {ID: "b", Name: "书记乙"}}}, Result: contest.Result{
		Standings: []contest.Standing{{Subject: "a", Shown: "92.55", Rank: 1, Parts: []contest.PartValue{{Key: "b", Shown: "95.10"}, {Key: "w", Shown: "90.00"}}}, {Subject: "b", Shown: "92.00", Rank: 2}}}}
	g := contest.GradeResult{Scale: "year", Decision: "superior", Steps: []contest.GradeSeats{{Grade: "top", Counted: "persons", Of: 4, Share: "1.60", Seats: 1, Taken: 1}},
		Lines: []contest.GradeLine{{Subject: "a", Grade: "top"}, {Subject: "b", Grade: "ok", PassedOver: []contest.PassedOver{{Grade: "top", Rule: "full"}}}}}
	table := gradeTable(report, g, &PublishedSheet{Frame: Frame{Competition: "年度考核"}, Period: "2021"})
	table.Paper = paperwork.Paper{Issuer: "某街道党工委", Date: calendar.MustDate("2022-01-17")}
	says(t, html(t, table), []string{"建议等次表", "书记甲", "95.10", "90.00", "92.55", "优秀", "称职", "1.60"}, []string{"考核等次表"})
	report.Result.Grades = []contest.GradeResult{g}
	doc.Deadlines = []template.Deadline{{Document: "report", MaxCharacters: 2000}}
	says(t, html(t, registration(&PublishedSheet{Frame: Frame{Competition: "年度考核"}, Period: "2021"}, report, report.Result.Standings[0])),
		[]string{"附件1", "年度考核登记表", "书记甲", "95.10", "90.00", "92.55", "年度建议等次", "优秀", "（2000字以内）", "（盖章）"}, []string{"书记乙"})
}

// The county reads coverage, highlights, issues and comments, each from its own
// row, and a place whose rank is not shown has no total.
// covers B02, B10
func TestTheCountyReportIsGathered(t *testing.T) {
	t.Parallel()
	one, two := uuid.New(), uuid.New()
	report := &contest.Report{Input: contest.Input{Template: &template.Document{Ranking: template.Ranking{Show: "none"}}, Roster: []contest.Subject{{ID: "1", Name: "甲村"}, {ID: "2", Name: "乙村"}}},
		Result: contest.Result{Standings: []contest.Standing{{Subject: "1", Shown: "91.00", Light: "green"}, {Subject: "2", Shown: "70.00", Light: "red"}}}}
	ground := &GroundSheet{Places: map[string]uuid.UUID{"1": one, "2": two}, Visited: map[uuid.UUID]calendar.Date{one: calendar.MustDate("2023-06-05")},
		Comments: map[uuid.UUID]string{one: "班子团结"}, Highlights: []paperwork.Highlight{{Village: "甲村", Text: "积分管理"}},
		Issues: []IssueLine{{Unit: two}, {Unit: two, Closed: calendar.MustDate("2023-06-20")}}}
	sheet := &PublishedSheet{Frame: Frame{Home: Home{Name: "某镇"}, Competition: "逐村观摩"}, Period: "2023-Q2"}
	out, err := countyReport(sheet, report, ground, calendar.MustDate("2023-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, html(t, out), []string{"应观摩2个村（社区），实际观摩1个", "6月5日", "班子团结", "积分管理", "2／1", "尚有1个问题未销号", "绿", "县委组织部"}, []string{"91.00", "全覆盖"})
}
