package paperwork

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"leitai/internal/calendar"
)

// Summary is the interim summary of a quarter (C03) or half-year (A15) or the
// summary of a year (A16), drafted from published rounds. Which of them it is
// follows from the period.
type Summary struct {
	Paper
	Competition string
	Basis       string
	Period      calendar.Period // a quarter, half-year or year, or with Until the first month (quarter …) of the span
	Until       calendar.Period // last month (quarter …) of a span that is no such period (Q16), or of a term (D32); zero otherwise
	Subject     string          // who takes part, for example 村党组织书记; "": 村（社区）
	Rounds      []SummaryRound  // held rounds, oldest first
	Standings   []SummaryStanding
	Aggregate   string        // what the aggregate is, for example 六期总分平均值 (Q16)
	Items       []SummaryItem // best of each single item (A36)
	Issues      SummaryIssues
	Talks       int            // A30: talks held
	Money       []SummaryMoney // A31–A34
	Cancelled   int            // rounds that were cancelled
	Next        []string       // what the issuer adds on the work ahead
}

// SummaryRound is one held and published round.
type SummaryRound struct {
	Period  calendar.Period
	Held    calendar.Date
	Ranked  int      // how many villages were ranked
	First   []string // who was first
	Highest string   // highest total
	Lowest  string   // lowest total
}

// SummaryStanding is one village's line. Totals and Ranks stand in the order
// of Rounds; an empty total or rank 0 prints as a dash.
type SummaryStanding struct {
	Village   string
	Totals    []string
	Ranks     []int
	Aggregate string
	Rank      int    // 0: not ranked
	Tops      int    // how often in the top band
	Bottoms   int    // how often in the bottom band
	Account   string // balance of the village's point account, signed; "": nothing was posted
}

// SummaryItem is the best of one single item of work over the period.
type SummaryItem struct {
	Item     string
	Villages []string
	Mean     string // share of the item's points, for example 94.20%
}

// SummaryIssues counts the issue ledger of the period (A39, A40).
type SummaryIssues struct{ Assigned, Closed, Overdue, Doubled, Prompted int }

// SummaryMoney is one reward or penalty in its state; the amount is printed as
// decided and never computed here (A33).
type SummaryMoney struct {
	Village string
	Rank    int
	Kind    string // 奖励 or 处罚
	Amount  string // for example 2000元; "": not decided yet
	State   string // 待研究、已研究、已审批、已执行
	Minutes string // number of the minutes
}

// Document lays the summary out.
func (s Summary) Document() (Document, error) {
	m := missing{document: "小结（总结）"}
	s.Paper.check(&m)
	m.need(s.Competition != "", "competition", "评比名称（competition）")
	m.need(len(s.Rounds) > 0, "rounds", "至少一期已公布的评比（rounds）")
	m.need(len(s.Standings) > 0, "standings", "各村（社区）成绩（standings）")
	for i, v := range s.Standings {
		whole := len(v.Totals) == len(s.Rounds) && len(v.Ranks) == len(s.Rounds)
		m.need(whole, fmt.Sprintf("standings[%d]", i), "每一期的总分和名次（totals、ranks 应与 rounds 等长）")
	}
	m.found = append(m.found, s.periodFault()...)
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{
		paper:    s.Paper,
		title:    []string{s.over(), quoted(s.Competition), s.kind()},
		opening:  []block{paragraph{text: s.lead()}},
		sections: []section{{heading: "总体情况", blocks: s.overall()}, {heading: "评比结果", blocks: append(s.results(), s.table())}},
	}
	d.section("单项工作", s.items())
	d.section("问题整改", s.issues())
	d.section("奖惩兑现", s.money())
	d.section("下一步工作", numbered(s.Next))
	return d, nil
}

// section appends a section unless it is empty.
func (d *Document) section(heading string, blocks []block) {
	if len(blocks) > 0 {
		d.sections = append(d.sections, section{heading: heading, blocks: blocks})
	}
}

// table shows the totals of each round where six fit, the ranks of each round
// where there are more, and the aggregate with its rank.
func (s Summary) table() table {
	wide := len(s.Rounds) <= 6
	t := table{dense: true, columns: []column{{head: "名次", share: 7}, {head: or(s.Subject, "村（社区）"), share: 12}}}
	for _, r := range s.Rounds {
		t.columns = append(t.columns, column{head: short(r.Period), share: 48 / len(s.Rounds)})
	}
	t.columns = append(t.columns, column{head: or(s.Aggregate, "综合"), share: 10}, column{head: "前列／末位次数", share: 14})
	accounts := slices.ContainsFunc(s.Standings, func(v SummaryStanding) bool { return v.Account != "" })
	if accounts {
		t.columns = append(t.columns, column{head: "加减分", share: 9})
	}
	fill(t.columns)
	for _, v := range s.Standings {
		row := []string{or(count(v.Rank), dash), v.Village}
		for i := range s.Rounds {
			cell := v.Totals[i]
			if !wide {
				cell = count(v.Ranks[i])
			}
			row = append(row, or(cell, dash))
		}
		row = append(row, or(v.Aggregate, dash), strconv.Itoa(v.Tops)+"／"+strconv.Itoa(v.Bottoms))
		if accounts {
			row = append(row, or(v.Account, "0"))
		}
		t.rows = append(t.rows, row)
	}
	each := "各月栏"
	if s.Rounds[0].Period.Cadence() != calendar.Month {
		each = "各期栏"
	}
	t.note = "注：" + each + "为公布总分；“—”表示当期未参评或未评分。"
	if !wide {
		t.note = "注：" + each + "为公布名次；“—”表示当期未参评或未评分。"
	}
	if accounts {
		t.note += "加减分为村量化考核台账的当期余额，不含问题扣分。"
	}
	return t
}

// kind is 小结 for a half-year, and 总结 for a quarter or a year and what is
// longer (季总结 C03, A15, A16, D32).
func (s Summary) kind() string {
	if c := s.Period.Cadence(); s.Until.IsZero() && (c == calendar.Quarter || c == calendar.Year) || !s.Until.IsZero() && s.months() >= 12 {
		return "工作总结"
	}
	return "工作小结"
}

func (s Summary) lead() string {
	text := ""
	if s.Basis != "" {
		text = "根据" + s.Basis + "要求，"
	}
	months := make([]string, len(s.Rounds))
	for i, r := range s.Rounds {
		months[i] = short(r.Period)
	}
	return text + fmt.Sprintf("%s共组织开展%s%d期（%s）。现将有关情况总结如下。", s.over(), quoted(s.Competition), len(s.Rounds), strings.Join(months, "、"))
}
