package paperwork

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// refused gives the fields of a refusal, "" for none.
func refused(m maker) string {
	_, err := m.Document()
	var fields []string
	for _, f := range fault.All(err) {
		fields = append(fields, f.Field)
	}
	if err != nil && len(fields) == 0 {
		return err.Error()
	}
	return strings.Join(fields, " ")
}

// Each thing a bulletin cannot do without is asked for by name when it alone is
// missing; what it can do without is not.
// covers A26
func TestWhatABulletinNeeds(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(b *Bulletin){
		"issuer":               func(b *Bulletin) { b.Issuer = "" },
		"date":                 func(b *Bulletin) { b.Date = calendar.Date{} },
		"number":               func(b *Bulletin) { b.Number = "" },
		"mark":                 func(b *Bulletin) { b.Mark = "" },
		"competition":          func(b *Bulletin) { b.Competition = "" },
		"period":               func(b *Bulletin) { b.Period = calendar.Period{} },
		"held":                 func(b *Bulletin) { b.Held = calendar.Date{} },
		"standings":            func(b *Bulletin) { b.Standings = nil },
		"publication.hash":     func(b *Bulletin) { b.Publication.Hash = "" },
		"publication.approver": func(b *Bulletin) { b.Publication.Approver = "" },
		"publication.revision": func(b *Bulletin) { b.Publication.Revision = 0 },
	} {
		b := bulletin()
		change(&b)
		if got := refused(b); got != field {
			t.Errorf("without %s: %q is refused", field, got)
		}
		_, err := b.Document()
		if l := fault.All(err); len(l) == 1 && !strings.Contains(l[0].Message(fault.Chinese), "生成“通报”缺少必填内容：") {
			t.Errorf("%s: %s", field, l[0].Message(fault.Chinese))
		}
	}
	bare := bulletin()
	bare.Basis, bare.Venue, bare.Office, bare.To, bare.CopyTo, bare.Policies, bare.Demands, bare.Publication.Verify = "", "", "", nil, nil, nil, nil, ""
	if got := refused(bare); got != "" {
		t.Errorf("what a bulletin can do without is asked for: %s", got)
	}
}

// A bulletin is dated on the day of its contest or later.
func TestABulletinFollowsItsContest(t *testing.T) {
	t.Parallel()
	b := bulletin()
	for date, field := range map[string]string{"2023-05-03": "date", "2022-12-31": "date", "2023-05-04": "", "2023-05-05": "", "2024-01-01": ""} {
		b.Date = calendar.MustDate(date)
		if got := refused(b); got != field {
			t.Errorf("dated %s: %q is refused, want %q", date, got, field)
		}
	}
}

// A first publication replaces nothing; a later one names an earlier one and
// why.
// covers Q30
func TestRevisionsAndWhatTheyReplace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		revision, supersedes int
		reason               string
		field                string
	}{
		{1, 0, "", ""}, {1, 0, "无", ""}, {1, 1, "更正", "publication.supersedes"}, {1, 2, "更正", "publication.supersedes"}, {1, -1, "更正", "publication.supersedes"},
		{2, 1, "更正", ""}, {2, 0, "更正", "publication.supersedes"}, {2, 1, "", "publication.supersedes"}, {2, 2, "更正", "publication.supersedes"}, {2, 3, "更正", "publication.supersedes"},
		{5, 4, "更正", ""}, {5, 1, "更正", ""}, {5, 5, "更正", "publication.supersedes"}, {5, -1, "更正", "publication.supersedes"},
		{-1, 0, "", "publication.revision"},
	} {
		b := bulletin()
		b.Publication.Revision, b.Publication.Supersedes, b.Publication.Reason = c.revision, c.supersedes, c.reason
		if got := refused(b); got != c.field {
			t.Errorf("%+v: %q is refused", c, got)
		}
	}
}

// Criticism, talks and the last places are for the township and the persons;
// praise may go anywhere.
// covers Q35
func TestCriticismStaysInTheTownship(t *testing.T) {
	t.Parallel()
	somebody := []Mention{{Village: "高坎村"}}
	for _, audience := range []Audience{"", Person, Township, County, Public} {
		for _, what := range []string{"praise", "criticism", "talks", "both"} {
			b := bulletin()
			b.Publication.Audience = audience
			b.Praise, b.Criticism, b.Talks = somebody, nil, nil
			if what == "criticism" || what == "both" {
				b.Criticism = somebody
			}
			if what == "talks" || what == "both" {
				b.Talks = somebody
			}
			want := ""
			if (audience == County || audience == Public) && what != "praise" {
				want = "publication.audience"
			}
			if got := refused(b); got != want {
				t.Errorf("%s for %q: %q is refused, want %q", what, audience, got, want)
			}
		}
	}
}

// Each thing a notice cannot do without: date and place are valid only as it
// fixes them.
// covers A19, A20
func TestWhatANoticeNeeds(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(n *RoundNotice){
		"issuer":      func(n *RoundNotice) { n.Issuer = "" },
		"date":        func(n *RoundNotice) { n.Date = calendar.Date{} },
		"number":      func(n *RoundNotice) { n.Number = "" },
		"competition": func(n *RoundNotice) { n.Competition = "" },
		"period":      func(n *RoundNotice) { n.Period = calendar.Period{} },
		"held":        func(n *RoundNotice) { n.Held = calendar.Date{} },
		"venue":       func(n *RoundNotice) { n.Venue = "" },
		"to":          func(n *RoundNotice) { n.To = nil },
		"subjects":    func(n *RoundNotice) { n.Subjects = nil },
		"items":       func(n *RoundNotice) { n.Items = nil },
	} {
		n := notice()
		change(&n)
		if got := refused(n); got != field {
			t.Errorf("without %s: %q is refused", field, got)
		}
	}
	bare := notice()
	bare.Mark, bare.Number, bare.Basis, bare.Time, bare.Groups, bare.Demands, bare.Filing, bare.Ledgers = "", "", "", "", nil, nil, "", ""
	if got := refused(bare); got != "" {
		t.Errorf("what a notice can do without is asked for: %s", got)
	}
	n := notice()
	n.Venue = ""
	_, err := n.Document()
	if l := fault.All(err); len(l) != 1 || !strings.Contains(l[0].Message(fault.Chinese), "未经书面通知确定的地点无效") {
		t.Errorf("got %v", err)
	}
}

// A summary is of a quarter, a half-year or a year, or of a span of months, with every
// round inside.
// covers A15, A16, C03, Q16
func TestWhatASummaryIsOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ period, until, rounds, field string }{
		{"2023-H1", "", "2023-01 2023-06", ""},
		{"2023-H1", "", "2023-06 2023-07", "rounds[1].period"},
		{"2023-H1", "", "2022-12", "rounds[0].period"},
		{"2023-H2", "", "2023-07 2023-12", ""},
		{"2023", "", "2023-01 2023-12", ""},
		{"2023", "", "2024-01", "rounds[0].period"},
		{"2023-Q1", "", "2023-01 2023-03", ""},
		{"2023-Q1", "", "2023-04", "rounds[0].period"},
		{"2023", "", "2023-Q1 2023-Q4", ""},
		{"2023-04", "", "2023-04", "period"},
		{"2023-04", "2023-09", "2023-04 2023-09", ""},
		{"2023-04", "2023-09", "2023-03", "rounds[0].period"},
		{"2023-04", "2023-09", "2023-10", "rounds[0].period"},
		{"2023-04", "2023-04", "2023-04", ""},
		{"2023-04", "2023-03", "2023-04", "until"},
		{"2023-10", "2024-03", "2023-12 2024-01", ""},
		{"2023-H1", "2023-09", "2023-01", "until"},
		{"2023-04", "2023-Q3", "2023-04", "until"},
	} {
		s := summary(c.period, strings.Fields(c.rounds)...)
		if c.until != "" {
			s.Until = calendar.MustPeriod(c.until)
		}
		if got := refused(s); got != c.field {
			t.Errorf("%+v: %q is refused", c, got)
		}
	}
}

// Every line of a summary has a total and a rank of every round, empty or not.
func TestLinesOfASummaryAreWhole(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(v *SummaryStanding){
		"a total less": func(v *SummaryStanding) { v.Totals = v.Totals[:1] },
		"a total more": func(v *SummaryStanding) { v.Totals = append(v.Totals, "1") },
		"a rank less":  func(v *SummaryStanding) { v.Ranks = v.Ranks[:1] },
		"a rank more":  func(v *SummaryStanding) { v.Ranks = append(v.Ranks, 1) },
		"neither":      func(v *SummaryStanding) { v.Totals, v.Ranks = nil, nil },
	} {
		for i := range 3 {
			s := summary("2023-H1", "2023-04", "2023-05")
			change(&s.Standings[i])
			if got, want := refused(s), fmt.Sprintf("standings[%d]", i); got != want {
				t.Errorf("%s: %q is refused, want %q", name, got, want)
			}
		}
	}
	for field, change := range map[string]func(s *Summary){
		"issuer":      func(s *Summary) { s.Issuer = "" },
		"date":        func(s *Summary) { s.Date = calendar.Date{} },
		"competition": func(s *Summary) { s.Competition = "" },
		"rounds": func(s *Summary) {
			s.Rounds = nil
			for i := range s.Standings {
				s.Standings[i].Totals, s.Standings[i].Ranks = nil, nil
			}
		},
		"standings": func(s *Summary) { s.Standings = nil },
		"period":    func(s *Summary) { s.Period = calendar.Period{} },
	} {
		s := summary("2023-H1", "2023-04")
		change(&s)
		if got := refused(s); got != field {
			t.Errorf("without %s: %q is refused", field, got)
		}
	}
}

// A group that is attached to its notice needs a name and a head; one that
// stands alone is a paper of its own.
// covers A04, A43
func TestWhatALeadingGroupNeeds(t *testing.T) {
	t.Parallel()
	alone := leadingGroup()
	alone.Attachment, alone.Issuer, alone.Date = 0, "云栖乡党委", calendar.MustDate("2023-04-24")
	for name, c := range map[string]struct {
		base   LeadingGroup
		change func(g *LeadingGroup)
		field  string
	}{
		"attached":                {leadingGroup(), func(*LeadingGroup) {}, ""},
		"attached without a name": {leadingGroup(), func(g *LeadingGroup) { g.Name = "" }, "name"},
		"attached without a head": {leadingGroup(), func(g *LeadingGroup) { g.Head = nil }, "head"},
		"attached, a head alone":  {leadingGroup(), func(g *LeadingGroup) { g.FirstDeputy, g.Deputies, g.Members = nil, nil, nil }, ""},
		"attached, no office":     {leadingGroup(), func(g *LeadingGroup) { g.Office = GroupOffice{} }, ""},
		"alone":                   {alone, func(*LeadingGroup) {}, ""},
		"alone without an issuer": {alone, func(g *LeadingGroup) { g.Issuer = "" }, "issuer"},
		"alone without a date":    {alone, func(g *LeadingGroup) { g.Date = calendar.Date{} }, "date"},
		"alone, red, no number":   {alone, func(g *LeadingGroup) { g.Mark = "云栖乡党委文件" }, "number"},
	} {
		c.change(&c.base)
		if got := refused(c.base); got != c.field {
			t.Errorf("%s: %q is refused, want %q", name, got, c.field)
		}
	}
}
