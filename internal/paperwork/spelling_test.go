package paperwork

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
)

// Numbers of headings read as they are spoken, from one to ninety-nine: each
// unlike every other, read back to its number, without a zero in it.
func TestOrdinalsAreReadBack(t *testing.T) {
	t.Parallel()
	value := map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	seen := map[string]bool{}
	for n := 1; n <= 99; n++ {
		word := ordinal(n)
		total, digit := 0, 0
		for _, r := range word {
			if r == '十' {
				total += 10 * max(digit, 1)
				digit = 0
				continue
			}
			if value[r] == 0 {
				t.Fatalf("%d is written %s", n, word)
			}
			digit = value[r]
		}
		if total+digit != n || seen[word] || strings.HasPrefix(word, "一十") {
			t.Errorf("%d is written %s, which reads %d", n, word, total+digit)
		}
		seen[word] = true
	}
	for _, n := range []int{-3, 0, 100, 365} {
		if got := ordinal(n); got != fmt.Sprint(n) {
			t.Errorf("%d is written %s", n, got)
		}
	}
}

// Days are written without leading zeros and with the day of the week that the
// calendar has, over leap days and the ends of years.
func TestDaysInWords(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{
		"2023-05-04": "2023年5月4日（星期四）", "2024-02-29": "2024年2月29日（星期四）", "2023-12-31": "2023年12月31日（星期日）", "2024-01-01": "2024年1月1日（星期一）",
		"2023-09-30": "2023年9月30日（星期六）", "2000-02-29": "2000年2月29日（星期二）", "2099-10-10": "2099年10月10日（星期六）",
	} {
		if got := dayOfWeek(calendar.MustDate(date)); got != want {
			t.Errorf("%s is written %s, want %s", date, got, want)
		}
	}
	at := time.Date(2023, time.January, 1, 12, 0, 0, 0, time.UTC)
	names := []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}
	for i := range 400 {
		d := at.AddDate(0, 0, i)
		want := fmt.Sprintf("%d年%d月%d日（%s）", d.Year(), int(d.Month()), d.Day(), names[int(d.Weekday())])
		if got := dayOfWeek(calendar.MustDate(d.Format(time.DateOnly))); got != want {
			t.Fatalf("%s is written %s, want %s", d.Format(time.DateOnly), got, want)
		}
	}
}

// Every month, quarter, half-year and year has its words, each its own.
func TestPeriodsInWords(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	say := func(period, want string) {
		t.Helper()
		got := span(calendar.MustPeriod(period))
		if got != want || seen[got] != "" {
			t.Errorf("%s is written %s, want %s (already %s)", period, got, want, seen[got])
		}
		seen[got] = period
	}
	for m := 1; m <= 12; m++ {
		say(fmt.Sprintf("2024-%02d", m), fmt.Sprintf("2024年%d月", m))
	}
	for q, word := range []string{"一", "二", "三", "四"} {
		say(fmt.Sprintf("2024-Q%d", q+1), "2024年第"+word+"季度")
	}
	say("2024-H1", "2024年上半年")
	say("2024-H2", "2024年下半年")
	say("2024", "2024年")
}

// A sentence ends once, whatever its writer ended it with.
func TestSentencesEndOnce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"按期整改": "按期整改。", "按期整改。": "按期整改。", "按期整改.": "按期整改。", "按期整改；": "按期整改。", "按期整改;": "按期整改。", "按期整改，": "按期整改。", "按期整改,；.": "按期整改。",
		"好！": "好！", "好吗？": "好吗？", "  按期整改  ": "按期整改。", "\n按期整改\n": "按期整改。", " ": "", "（见附件）": "（见附件）。", "“好”": "“好”。", "3.5": "3.5。",
	} {
		if got := sentence(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`[一-龥。；，！？.,; ]{0,12}`).Draw(r, "text")
		once := sentence(text)
		if again := sentence(once); again != once {
			r.Fatalf("%q became %q and then %q", text, once, again)
		}
	})
}

// Widths count a Chinese character and a full-width mark as two, Latin letters
// and digits as one, whatever the name.
func TestWidths(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "a": 1, "2023": 4, "云": 2, "云2": 3, "（）": 4, "“”": 4, "—": 2, "　": 2, "é": 1, "㘵": 2, "𠮷": 2} {
		if got := width(text); got != want {
			t.Errorf("%q is %d wide, want %d", text, got, want)
		}
	}
}

// Whoever signs, the date stands at least four characters from the margin, the
// signature never crosses it, and the two are centred to half a character.
func TestSignaturesKeepTheMargin(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		issuer := strings.Repeat("云", rapid.IntRange(1, 30).Draw(r, "characters")) + strings.Repeat("a", rapid.IntRange(0, 3).Draw(r, "letters"))
		date := day(calendar.MustDate(fmt.Sprintf("2023-%02d-%02d", rapid.IntRange(1, 12).Draw(r, "month"), rapid.IntRange(1, 28).Draw(r, "day"))))
		right, from := signature(issuer, date)
		if right < 0 || from < 8 {
			r.Fatalf("%s stands %d from the margin and %s %d", issuer, right, date, from)
		}
		middle, above := 2*from+width(date), 2*right+width(issuer)
		if off := middle - above; off < -2 || off > 2 {
			r.Fatalf("%s is %d half halves off the middle of %s", issuer, off, date)
		}
	})
}

// A title keeps all its words on one or two lines and breaks only between its
// parts.
func TestTitlesBreakBetweenTheirParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		parts := rapid.SliceOfN(rapid.StringMatching(`[一-龥0-9]{1,18}`), 1, 4).Draw(r, "parts")
		d := Document{title: parts}
		lines := d.titleLines()
		if strings.Join(lines, "") != d.Title() || len(lines) < 1 || len(lines) > 2 {
			r.Fatalf("%v became %v", parts, lines)
		}
		if len(lines) == 2 {
			at, found := 0, false
			for _, p := range parts {
				at += len(p)
				found = found || at == len(lines[0])
			}
			if !found {
				r.Fatalf("%v is torn: %v", parts, lines)
			}
		}
	})
}

// The longer a mark, the smaller it is set, and it always fits its line as long
// as it does not break.
func TestMarksFitTheirLine(t *testing.T) {
	t.Parallel()
	before := 100
	for n := 1; n <= 40; n++ {
		size := markSize(strings.Repeat("云", n))
		if size > before || size < 18 {
			t.Errorf("%d characters are set in %d points, %d after %d", n, size, n-1, before)
		}
		before = size
	}
	for _, mark := range []string{"中共云栖乡委员会文件", "云栖乡人民政府文件", "中共云栖乡委员会云栖乡人民政府擂台比武领导小组办公室文件"} {
		b := bulletin()
		b.Mark = mark
		if page := htmlOf(t, b); !strings.Contains(page, `<p class="mark `) || strings.Contains(page, `<p class="mark ">`) {
			t.Errorf("%s has no size", mark)
		}
		_, parts := unzip(t, docxOf(t, b))
		wantAll(t, parts["word/document.xml"], fmt.Sprintf(`<w:sz w:val="%d"/>`, 2*markSize(mark)))
	}
}

// Attachments are named under the text, numbered where there are several, each
// below the first.
func TestAttachmentsAreAligned(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "", 1: "附件：甲", 2: "附件：1．甲|　　　2．甲", 3: "附件：1．甲|　　　2．甲|　　　3．甲",
	} {
		p := Paper{}
		for range n {
			p.Attachments = append(p.Attachments, "甲")
		}
		if got := strings.Join(p.attached(), "|"); got != want {
			t.Errorf("%d attachments: %s, want %s", n, got, want)
		}
	}
	if (Paper{}).address() != "" || (Paper{To: []string{"各村"}}).address() != "各村：" || (Paper{To: []string{"各村", "乡直各单位"}}).address() != "各村、乡直各单位：" {
		t.Error("addressees are joined and end with a colon")
	}
}
