package paperwork

import (
	"strconv"

	"leitai/internal/calendar"
)

// ScoreSheets are the sheets on which a review group marks by hand, one page a
// village (A23, A24, B03): whoever has no telephone at hand, or no network,
// marks on paper and the office types the marks in afterwards (G3).
type ScoreSheets struct {
	Paper
	Competition string
	Period      calendar.Period
	Held        calendar.Date
	Sheets      []ScoreSheet
}

// ScoreSheet is one page: one village and one channel, for one group.
type ScoreSheet struct {
	Group   string
	Village string
	Channel string // 现场督查
	Judge   string // pseudonym; "": whoever signs
	Items   []ScoreItem
}

// ScoreItem is one item to be marked, of any kind.
type ScoreItem struct {
	Name     string
	Points   string // full points of the item
	Criteria string
	Fill     string      // what is to be written: blank for a mark, □是　□否 for a veto
	Lines    []ScoreLine // checks, events or levels, each with its blank
}

// ScoreLine is one line below an item.
type ScoreLine struct{ Text, Points, Fill string }

// Document lays the sheets out as one pile; a pile without a sheet is refused.
func (s ScoreSheets) Document() (Document, error) {
	m := missing{document: "评分表"}
	m.need(s.Competition != "", "competition", "评比名称（competition）")
	m.need(!s.Period.IsZero(), "period", "期次（period）")
	m.need(len(s.Sheets) > 0, "sheets", "至少一张评分表（sheets）")
	for i, one := range s.Sheets {
		m.need(len(one.Items) > 0, "sheets["+strconv.Itoa(i)+"].items", "至少一项评比内容（items）")
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	pile := make([]Document, len(s.Sheets))
	for i, one := range s.Sheets {
		pile[i] = s.one(one)
	}
	first := pile[0]
	first.more = pile[1:]
	return first, nil
}

func (s ScoreSheets) one(sheet ScoreSheet) Document {
	head := entries{{"评比小组", or(sheet.Group, dash)}, {"被评对象", sheet.Village}, {"评分渠道", or(sheet.Channel, dash)}}
	if !s.Held.IsZero() {
		head = append(head, line{"评比日期", dayOfWeek(s.Held)})
	}
	t := table{columns: []column{{head: "序号", share: 8}, {head: "单项工作", share: 18}, {head: "评分内容", share: 44, left: true}, {head: "分值", share: 12}, {head: "评分", share: 18}}}
	for i, item := range sheet.Items {
		t.rows = append(t.rows, []string{strconv.Itoa(i + 1), item.Name, item.Criteria, item.Points, item.Fill})
		for _, l := range item.Lines {
			t.rows = append(t.rows, []string{"", "", l.Text, l.Points, l.Fill})
		}
	}
	sign := entries{{"评委签名", sheet.Judge + "　　　　　　　　　　复核人签名："}, {"填表日期", "　　　　年　　月　　日"}}
	return Document{
		paper: Paper{Demo: s.Demo, Trial: s.Trial}, tab: sheet.Village + " " + sheet.Channel,
		title:   []string{span(s.Period), quoted(s.Competition), "评分表"},
		opening: []block{head, t, sign},
	}
}
