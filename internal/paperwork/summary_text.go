package paperwork

import (
	"fmt"
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// The paragraphs of a summary are drafted from counts and ranks alone; they
// judge nobody and add nothing that the tables do not show.

func (s Summary) periodFault() fault.List {
	if !s.Until.IsZero() {
		return s.spanFault()
	}
	switch s.Period.Cadence() {
	case calendar.Quarter, calendar.HalfYear, calendar.Year:
		for i, r := range s.Rounds {
			if inside, ok := r.Period.In(s.Period.Cadence()); ok && inside == s.Period {
				continue
			}
			return fault.List{fault.New(fault.PaperPeriod, "document", "小结（总结）", "period", r.Period.String(), "want", span(s.Period)+"内的月份").At("rounds[%d].period", i)}
		}
		return nil
	}
	return fault.List{fault.New(fault.PaperPeriod, "document", "小结（总结）", "period", or(s.Period.String(), "空"), "want", "季度（如 2023-Q2）、半年（如 2023-H1）或年（如 2023）").At("period")}
}

// spanFault checks a span counted from the first round: the same kind of period
// on both ends, in order, every round inside.
func (s Summary) spanFault() fault.List {
	if s.Period.IsZero() || s.Period.Cadence() != s.Until.Cadence() || s.months() < 1 {
		return fault.List{fault.New(fault.PaperPeriod, "document", "小结（总结）", "period", s.Until.String(), "want", "不早于起始月的月份（如 2023-09）").At("until")}
	}
	for i, r := range s.Rounds {
		if r.Period.First().Before(s.Period.First()) || r.Period.First().After(s.Until.Last()) {
			return fault.List{fault.New(fault.PaperPeriod, "document", "小结（总结）", "period", r.Period.String(), "want", s.over()+"内的期次").At("rounds[%d].period", i)}
		}
	}
	return nil
}

// months is how many months the span from Period to Until has.
func (s Summary) months() int {
	first, last := s.Period.First(), s.Until.Last()
	return (last.Year()-first.Year())*12 + int(last.Month()) - int(first.Month()) + 1
}

// over names the span in words: 2023年上半年, 2023年4月至9月, or 2021年至2023年.
func (s Summary) over() string {
	if s.Until.IsZero() {
		return span(s.Period)
	}
	if s.Until.Year() == s.Period.Year() && s.Until.Cadence() != calendar.Year {
		return span(s.Period) + "至" + short(s.Until)
	}
	return span(s.Period) + "至" + span(s.Until)
}

func (s Summary) overall() []block {
	text := fmt.Sprintf("%s共有%d%s%s参加评比", s.over(), len(s.Standings), s.measure(), or(s.Subject, "村（社区）"))
	if full := s.attendedAll(); full == len(s.Standings) {
		text += "，各期均全部参评"
	} else {
		text += fmt.Sprintf("，其中%d%s期期参评", full, s.measure())
	}
	text += "。"
	if s.Cancelled > 0 {
		text += fmt.Sprintf("另有%d期取消，不计入名次。", s.Cancelled)
	}
	blocks := []block{paragraph{text: text}}
	for i, r := range s.Rounds {
		text := fmt.Sprintf("%s期于%s举办，%d%s%s参评", span(r.Period), day(r.Held), r.Ranked, s.measure(), or(s.Subject, "村（社区）"))
		if len(r.First) > 0 {
			text += "，" + list(r.First) + verb(len(r.First), "位列第一", "并列第一")
		}
		if r.Highest != "" && r.Lowest != "" {
			text += fmt.Sprintf("，最高%s分、最低%s分", r.Highest, r.Lowest)
		}
		blocks = append(blocks, paragraph{text: fmt.Sprintf("%d．%s。", i+1, text)})
	}
	return blocks
}

// measure counts villages by 个 and people by 名.
func (s Summary) measure() string {
	if s.Subject != "" {
		return "名"
	}
	return "个"
}

func (s Summary) attendedAll() int {
	full := 0
	for _, v := range s.Standings {
		whole := true
		for _, rank := range v.Ranks {
			whole = whole && rank > 0
		}
		if whole {
			full++
		}
	}
	return full
}

// results names the first three by aggregate, who was most often in the top
// band, and who climbed most from the first to the last round.
func (s Summary) results() []block {
	var podium []string
	for _, v := range s.Standings {
		if v.Rank >= 1 && v.Rank <= 3 {
			podium = append(podium, fmt.Sprintf("%s（第%d名）", v.Village, v.Rank))
		}
	}
	var blocks []block
	say := func(text string) { blocks = append(blocks, paragraph{text: text}) }
	if len(podium) > 0 {
		say("综合各期成绩，" + list(podium) + "位居前列。")
	}
	if names, n := most(s.Standings, func(v SummaryStanding) int { return v.Tops }); n > 1 {
		say(fmt.Sprintf("%s%d次进入前列，为最多。", list(names), n))
	}
	if names, n := most(s.Standings, climb); n >= 3 {
		say(fmt.Sprintf("与首期相比，%s末期上升%d个名次，进步明显。", list(names), n))
	}
	if names, n := most(s.Standings, func(v SummaryStanding) int { return v.Bottoms }); n > 1 {
		say(fmt.Sprintf("%s%d次处于末位，为最多。", list(names), n))
	}
	return blocks
}

// climb is how many ranks a village gained from the first to the last round in
// which it was ranked in both; 0 otherwise.
func climb(v SummaryStanding) int {
	if len(v.Ranks) < 2 || v.Ranks[0] == 0 || v.Ranks[len(v.Ranks)-1] == 0 {
		return 0
	}
	return v.Ranks[0] - v.Ranks[len(v.Ranks)-1]
}

// most lists the villages with the greatest value, and the value.
func most(rows []SummaryStanding, value func(SummaryStanding) int) (names []string, best int) {
	for _, v := range rows {
		switch n := value(v); {
		case n > best:
			names, best = []string{v.Village}, n
		case n == best && n > 0:
			names = append(names, v.Village)
		}
	}
	return names, best
}

func (s Summary) items() []block {
	if len(s.Items) == 0 {
		return nil
	}
	t := table{columns: []column{{head: "单项工作", share: 36}, {head: "排名第一的" + or(s.Subject, "村（社区）"), share: 40}, {head: "平均得分率", share: 24}}}
	for _, i := range s.Items {
		t.rows = append(t.rows, []string{i.Item, list(i.Villages), or(i.Mean, dash)})
	}
	return []block{paragraph{text: "各单项工作排名第一的" + or(s.Subject, "村（社区）") + "如下，可作为单项工作评先评优的依据。"}, t}
}

func (s Summary) issues() []block {
	i := s.Issues
	if i == (SummaryIssues{}) && s.Talks == 0 {
		return nil
	}
	var parts []string
	note := func(n int, format string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, n))
		}
	}
	parts = append(parts, fmt.Sprintf("共交办问题%d个，已销号%d个", i.Assigned, i.Closed))
	note(i.Overdue, "逾期%d个")
	note(i.Doubled, "按规定加倍处罚%d个")
	note(i.Prompted, "提请研究启动追责程序%d个")
	note(s.Talks, "开展约谈%d次")
	return []block{paragraph{text: strings.Join(parts, "，") + "。"}}
}

func (s Summary) money() []block {
	if len(s.Money) == 0 {
		return nil
	}
	t := table{dense: true, columns: []column{{head: or(s.Subject, "村（社区）"), share: 14}, {head: "名次", share: 7}, {head: "类别", share: 7}, {head: "金额", share: 12}, {head: "研究记录", share: 50}, {head: "状态", share: 10}}}
	for _, p := range s.Money {
		t.rows = append(t.rows, []string{p.Village, or(count(p.Rank), dash), p.Kind, or(p.Amount, "待定"), or(p.Minutes, dash), p.State})
	}
	return []block{paragraph{text: "资金奖惩标准由党政领导会集体研究决定，按财务审批程序办理，办理情况如下。"}, t}
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
