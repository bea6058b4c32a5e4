package phrase

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Names gives the shown names of what an explanation speaks of. A function that
// answers "" leaves the name out: a reader may not be told who the rival is.
type Names struct {
	Subject func(id string) string
	Item    func(key string) string
	Channel func(key string) string
	Row     func(item, key string) string // a level, or a row of an item's table; nil: keys are shown
	Basis   func(item string) string      // number of the document that a veto cites (G11); nil: it is left out
}

// NamesOf reads items and channels from the template and the round's rubric.
func NamesOf(doc *template.Document, rubric []template.Item, subject func(id string) string, lang fault.Language) Names {
	return Names{
		Subject: subject,
		Item: func(key string) string {
			i := slices.IndexFunc(rubric, func(i template.Item) bool { return i.Key == key })
			if i < 0 {
				return key
			}
			return Text(rubric[i].Name, key, lang)
		},
		Channel: func(key string) string {
			i := slices.IndexFunc(doc.Channels, func(c template.Channel) bool { return c.Key == key })
			if i < 0 {
				return key
			}
			return Text(doc.Channels[i].Name, key, lang)
		},
		Row: func(item, key string) string { return rowName(rubric, item, key, lang) },
		Basis: func(key string) string {
			i := slices.IndexFunc(rubric, func(i template.Item) bool { return i.Key == key })
			if i < 0 {
				return ""
			}
			return rubric[i].Rule.Basis
		},
	}
}

// rowName is what a level or a row of an item's table is called.
func rowName(rubric []template.Item, item, key string, lang fault.Language) string {
	for i := range rubric {
		if rubric[i].Key != item {
			continue
		}
		for _, row := range rubric[i].Rule.Table {
			if row.Key == key {
				return Text(row.Name, key, lang)
			}
		}
		for _, level := range rubric[i].Rule.Levels {
			if level.Key == key {
				return Text(level.Name, key, lang)
			}
		}
	}
	return key
}

// Why is the plain answer to "why this rank?" (J4): rank and total, how far the
// next better one is and in which items that was lost, and what would lift the
// subject one rank.
func Why(e *contest.Explanation, names Names, lang fault.Language) string {
	s := e.Standing
	name := names.Subject(s.Subject)
	rank, of := strconv.Itoa(s.Rank), strconv.Itoa(s.Of)
	text := word{
		name + "得分 " + s.Shown + "，在 " + of + " 个参评对象中排第 " + rank + " 名",
		name + " has " + s.Shown + " and ranks " + rank + " of " + of,
	}.in(lang)
	if n := len(e.TiedWith); n > 0 {
		text += word{"（与另外 " + strconv.Itoa(n) + " 个并列）", " (tied with " + strconv.Itoa(n) + " more)"}.in(lang)
	}
	if s.Range != nil && s.Range.Best != s.Range.Worst {
		from, to := strconv.Itoa(s.Range.Best), strconv.Itoa(s.Range.Worst)
		text += word{"，任去掉一名评分人时名次在第 " + from + " 至第 " + to + " 名之间", ", between " + from + " and " + to + " when any one judge is left out"}.in(lang)
	}
	text += apart(s, names, lang) + word{"。", "."}.in(lang)
	if e.Next == nil {
		return text
	}
	return text + next(e, names, lang) + lift(e, names, lang)
}

// apart says where a subject stands inside its track, and what struck it.
func apart(s contest.Standing, names Names, lang fault.Language) string {
	text := ""
	if s.TrackRank > 0 {
		rank, of := strconv.Itoa(s.TrackRank), strconv.Itoa(s.TrackOf)
		text += word{"，在赛道内 " + of + " 个中排第 " + rank + " 名", ", rank " + rank + " of " + of + " in its track"}.in(lang)
		if s.Percentile != nil {
			text += word{"（百分位 " + s.Percentile.Fixed(1) + "）", " (percentile " + s.Percentile.Fixed(1) + ")"}.in(lang)
		}
	}
	if len(s.Vetoes) > 0 {
		text += word{"，因一票否决总分计零", ", its total is 0 by a veto"}.in(lang) + Vetoes(s.Vetoes, names, lang)
	}
	return text
}

// Vetoes names in brackets the vetoes that were applied, each with the document
// it cites (G11); empty for none.
func Vetoes(items []string, names Names, lang fault.Language) string {
	if len(items) == 0 {
		return ""
	}
	cited := make([]string, len(items))
	for i, item := range items {
		cited[i] = names.Item(item)
		if names.Basis == nil {
			continue
		}
		if basis := names.Basis(item); basis != "" {
			cited[i] += word{"，依据" + basis, ", by " + basis}.in(lang)
		}
	}
	return word{"（", " ("}.in(lang) + strings.Join(cited, word{"；", "; "}.in(lang)) + word{"）", ")"}.in(lang)
}

// next says what separates the subject from the one ranked before it.
func next(e *contest.Explanation, names Names, lang fault.Language) string {
	who := word{"前一名", "the next better one"}.in(lang)
	if name := names.Subject(e.Next.Subject); name != "" {
		who = word{"前一名（" + name + "）", name + ", the next better one,"}.in(lang)
	}
	gap := e.Next.Total.Sub(e.Standing.Total)
	text := word{"比" + who + "低 " + gap.String() + " 分", " It is " + gap.String() + " points behind " + strings.TrimSuffix(who, ",")}.in(lang)
	if gap.Sign() == 0 { // the exact total, or the chain for ties, told them apart
		text = word{"公布总分与" + who + "相同，按方案的比较规则排在其后", " Its published total equals that of " + strings.TrimSuffix(who, ",") + ", which the template's rules put before it"}.in(lang)
	}
	var lost []string
	for _, item := range mostLost(e) {
		lost = append(lost, word{names.Item(item.Item) + " " + item.ToNext.Fixed(2) + " 分", item.ToNext.Fixed(2) + " in " + names.Item(item.Item)}.in(lang))
	}
	if len(lost) > 0 {
		text += word{"，主要失分在：", ", lost mostly: "}.in(lang) + list(lost, lang)
	}
	return text + word{"。", "."}.in(lang)
}

// mostLost lists up to three items in which something was lost to the next
// better subject, the most first.
func mostLost(e *contest.Explanation) []contest.ItemGap {
	lost := slices.DeleteFunc(slices.Clone(e.Items), func(i contest.ItemGap) bool { return i.ToNext.Cmp(exact.Ratio(1, 200)) < 0 })
	slices.SortStableFunc(lost, func(a, b contest.ItemGap) int { return b.ToNext.Cmp(a.ToNext) })
	return lost[:min(len(lost), 3)]
}

// lift names the single channel that needs the least to gain a rank.
func lift(e *contest.Explanation, names Names, lang fault.Language) string {
	if e.Lift == nil || len(e.Lift.Options) == 0 {
		return ""
	}
	best := slices.MinFunc(e.Lift.Options, func(a, b contest.LiftOption) int { return a.Raise.Cmp(b.Raise) })
	where := names.Item(best.Item) + word{"的", ", "}.in(lang) + names.Channel(best.Channel)
	return word{
		"若" + where + "提高 " + best.Raise.String() + " 分，名次可上升。",
		" " + best.Raise.String() + " more points in " + where + " would lift it.",
	}.in(lang)
}

// Formula shows how an item's contribution comes from its channels, with their
// numbers: 40 × (95 × 40% + 95 × 60%) ÷ 100 = 38.0000.
func Formula(item contest.ItemGap) string {
	if len(item.Channels) == 0 {
		return item.Score.Fixed(4) // no channel: a metric, an exam or a ballot, or an item for others
	}
	simple := true
	var sum []string
	for _, c := range item.Channels {
		whole := item.Points.Mul(c.Share).Quo(exact.Int(100)).Quo(c.High)
		simple = simple && whole.Equal(c.Factor) && c.High.Equal(item.Channels[0].High)
	}
	for _, c := range item.Channels {
		if c.Factor.Sign() == 0 {
			continue // recorded, but worth nothing
		}
		if simple {
			sum = append(sum, number(c.Value)+" × "+number(c.Share)+"%")
			continue
		}
		sum = append(sum, number(c.Value)+" × "+number(c.Factor))
	}
	if simple {
		return number(item.Points) + " × (" + strings.Join(sum, " + ") + ") ÷ " + number(item.Channels[0].High) + " = " + item.Score.Fixed(4)
	}
	return strings.Join(sum, " + ") + " = " + item.Score.Fixed(4)
}

// number shows an exact number; fractions stay fractions, in brackets.
func number(n exact.Number) string {
	s := n.String()
	if strings.Contains(s, "/") {
		return "(" + s + ")"
	}
	return s
}
