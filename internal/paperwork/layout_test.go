package paperwork

import (
	"strings"
	"testing"

	"leitai/internal/calendar"
	"pgregory.net/rapid"
)

func TestOrdinal(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 19: "十九", 20: "二十", 21: "二十一", 90: "九十", 99: "九十九", 0: "0", 100: "100"} {
		if got := ordinal(n); got != want {
			t.Errorf("ordinal(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestDatesAndPeriodsInWords(t *testing.T) {
	t.Parallel()
	if got := dayOfWeek(calendar.MustDate("2024-02-29")); got != "2024年2月29日（星期四）" {
		t.Error(got)
	}
	for p, want := range map[string]string{"2023-04": "2023年4月", "2023-Q1": "2023年第一季度", "2023-Q4": "2023年第四季度", "2023-H1": "2023年上半年", "2023-H2": "2023年下半年", "2023": "2023年"} {
		if got := span(calendar.MustPeriod(p)); got != want {
			t.Errorf("%s: %s, want %s", p, got, want)
		}
	}
}

func TestSmallWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "好": "好。", "好。": "好。", "好；": "好。", " 好, ": "好。", "好！": "好！"} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
	if quoted("擂台") != "“擂台”" || quoted("《方案》") != "《方案》" || quoted("“擂台”比武") != "“擂台”比武" {
		t.Error("a name is quoted once")
	}
	if count(0) != "" || count(3) != "3" || remark(nil) != "" || remark([]string{"并列"}) != "注：并列。" {
		t.Error("nothing to say prints nothing")
	}
}

// The date ends four characters before the margin with the issuer centred
// above; a long issuer never crosses the margin.
func TestSignature(t *testing.T) {
	t.Parallel()
	date := "2023年5月8日" // 12 half characters
	for issuer, want := range map[string][2]int{
		"云栖乡党委":                 {9, 8},
		"云栖乡人民政府办":              {6, 8},
		strings.Repeat("云", 14): {0, 8},
		strings.Repeat("云", 20): {0, 14},
	} {
		i, d := signature(issuer, date)
		if [2]int{i, d} != want {
			t.Errorf("%s: %d, %d, want %v", issuer, i, d, want)
		}
	}
}

// Names of one list come out equally wide, and a nameless line hangs below the
// values.
func TestSpread(t *testing.T) {
	t.Parallel()
	got := strings.Join(entries{{"组长", ""}, {"第一副组长", ""}, {"副组长", ""}, {"", ""}, {"成员", ""}}.spread(), "|")
	if want := "组　　　长：|第一副组长：|副　组　长：|　　　　　　|成　　　员："; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	rapid.Check(t, func(r *rapid.T) {
		var e entries
		for _, n := range rapid.SliceOfN(rapid.StringMatching(`[一-龥]{0,9}`), 1, 6).Draw(r, "names") {
			e = append(e, line{name: n})
		}
		names := e.spread()
		for i, n := range names {
			if halves(n) != halves(names[0]) {
				r.Fatalf("%q is not as wide as %q", n, names[0])
			}
			if bare := strings.NewReplacer("　", "", "\u2002", "", "：", "").Replace(n); bare != e[i].name {
				r.Fatalf("%q became %q", e[i].name, bare)
			}
		}
	})
}

// halves counts an en space as one half, as it is set.
func halves(text string) int { return width(text) - strings.Count(text, "\u2002") }

// A long title breaks between its parts where the lines differ least.
func TestTitleLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{[]string{"短", "标题"}, "短标题"},
		{[]string{"关于2023年4月", "“擂台比武月评比”", "情况的通报"}, "关于2023年4月|“擂台比武月评比”情况的通报"},
		{[]string{"2023年4月至9月", "“擂台比武”月评比", "工作小结"}, "2023年4月至9月|“擂台比武”月评比工作小结"},
		{[]string{strings.Repeat("长", 30)}, strings.Repeat("长", 30)},
	} {
		if got := strings.Join(Document{title: c.parts}.titleLines(), "|"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// The shares of a table's columns fill the line exactly, whatever columns are shown.
func TestSharesFillTheLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		columns := make([]column, rapid.IntRange(1, 16).Draw(r, "columns"))
		for i := range columns {
			columns[i].share = rapid.IntRange(1, 60).Draw(r, "share")
		}
		fill(columns)
		sum := 0
		for _, c := range columns {
			sum += c.share
			if c.share < 0 {
				r.Fatalf("a negative share in %v", columns)
			}
		}
		if sum != 100 {
			r.Fatalf("%v sum to %d", columns, sum)
		}
	})
}

// The longer the issuer's mark, the smaller its type; it never breaks the line
// below 36 half characters.
func TestMarkSize(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{1: 48, 8: 48, 9: 38, 11: 38, 14: 30, 18: 24, 19: 18, 40: 18} {
		mark := strings.Repeat("云", n)
		if got := markSize(mark); got != want {
			t.Errorf("%d characters: %d points, want %d", n, got, want)
		}
		if n <= 18 && markSize(mark)*n > 442 {
			t.Errorf("%d characters of %d points are wider than the line", n, markSize(mark))
		}
	}
}
