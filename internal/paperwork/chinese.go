package paperwork

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"leitai/internal/calendar"
)

var (
	digits   = []string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	weekdays = map[time.Weekday]string{
		time.Monday: "星期一", time.Tuesday: "星期二", time.Wednesday: "星期三", time.Thursday: "星期四",
		time.Friday: "星期五", time.Saturday: "星期六", time.Sunday: "星期日",
	}
)

// ordinal writes 1…99 the way headings count: 一, 十, 十一, 二十.
func ordinal(n int) string {
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	tens, ones := n/10, n%10
	var b strings.Builder
	if tens > 1 {
		b.WriteString(digits[tens])
	}
	if tens > 0 {
		b.WriteString("十")
	}
	if ones > 0 {
		b.WriteString(digits[ones])
	}
	return b.String()
}

// day writes 2023年5月4日, without leading zeros as GB/T 9704 asks.
func day(d calendar.Date) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
}

// dayOfWeek adds the day of the week: 2023年5月4日（星期四）.
func dayOfWeek(d calendar.Date) string { return day(d) + "（" + weekdays[d.Weekday()] + "）" }

// span names a period in words: 2023年4月, 2023年第二季度, 2023年上半年, 2023年.
func span(p calendar.Period) string {
	first := int(p.First().Month())
	switch p.Cadence() {
	case calendar.Month:
		return fmt.Sprintf("%d年%d月", p.Year(), first)
	case calendar.Quarter:
		return fmt.Sprintf("%d年第%s季度", p.Year(), ordinal((first-1)/3+1))
	case calendar.HalfYear:
		if first == 1 {
			return fmt.Sprintf("%d年上半年", p.Year())
		}
		return fmt.Sprintf("%d年下半年", p.Year())
	}
	return fmt.Sprintf("%d年", p.Year())
}

// Span names a period in words: 2023年4月, 2023年第二季度, 2023年上半年, 2023年.
func Span(p calendar.Period) string { return span(p) }

// list joins names with the enumeration comma.
func list(names []string) string { return strings.Join(names, "、") }

// count writes a whole number; blank when there is nothing to say.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// quoted puts a name into Chinese quotation marks unless it has some.
func quoted(name string) string {
	if strings.ContainsAny(name, "“”《》") {
		return name
	}
	return "“" + name + "”"
}

// sentence ends a text with a full stop unless it has an end.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.HasSuffix(text, "。") || strings.HasSuffix(text, "！") || strings.HasSuffix(text, "？") {
		return text
	}
	return strings.TrimRight(text, "；;，,.") + "。"
}

// lines are the lines of a text that hold something.
func lines(text string) []string {
	var all []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, l)
		}
	}
	return all
}

// short names a period inside its year: 4月, 二季度, 上半年; a year is 2023年.
func short(p calendar.Period) string {
	if p.Cadence() == calendar.Quarter {
		return ordinal((int(p.First().Month())-1)/3+1) + "季度"
	}
	if p.Cadence() == calendar.Year {
		return span(p)
	}
	_, part, _ := strings.Cut(span(p), "年")
	return part
}
