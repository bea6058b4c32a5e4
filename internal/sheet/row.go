package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
)

// Text is what the column holds; "" when it is empty or there is no such column.
func (r Row) Text(key string) string {
	i, there := r.where[key]
	if !there || i >= len(r.cells) {
		return ""
	}
	return r.cells[i].Text
}

// Has reports whether the column holds something.
func (r Row) Has(key string) bool { return r.Text(key) != "" }

// Cell names the cell of a column: 评分!C5. It is the row alone where there is
// no such column.
func (r Row) Cell(key string) string {
	if i, there := r.where[key]; there {
		return at(r.Sheet, columnName(i)+itoa(r.Line))
	}
	return at(r.Sheet, itoa(r.Line))
}

// Place gives a fault the place of this row's cell.
func (r Row) Place(key string, f *fault.Fault) *fault.Fault {
	column := ""
	if i, there := r.where[key]; there {
		column = columnName(i)
	}
	return f.In(r.Line, column).At("%s", r.Cell(key))
}

// Refuse gives a fault the place of this row's cell and notes it in the table.
func (r Row) Refuse(key string, f *fault.Fault) {
	r.table.Faults = append(r.table.Faults, r.Place(key, f))
}

// Required is the text of a column that must not be empty; "" was refused.
func (r Row) Required(key, name string) string {
	text := r.Text(key)
	if text == "" {
		r.Refuse(key, fault.New(fault.SheetRequired, "cell", r.Cell(key), "column", name))
	}
	return text
}

// Number reads the column exactly; false when it is empty or was refused. Full
// width digits and points, and commas between thousands, are understood.
func (r Row) Number(key string) (exact.Number, bool) {
	text := r.Text(key)
	if text == "" {
		return exact.Number{}, false
	}
	n, err := exact.Parse(narrow(text))
	if err != nil {
		r.Refuse(key, fault.New(fault.SheetNumber, "cell", r.Cell(key), "value", cut(text, 40)))
		return exact.Number{}, false
	}
	return n, true
}

// Whole reads a whole number from 0; false when it is empty or was refused.
func (r Row) Whole(key string) (int, bool) {
	text := r.Text(key)
	if text == "" {
		return 0, false
	}
	n, err := strconv.Atoi(narrow(text))
	if err != nil || n < 0 {
		r.Refuse(key, fault.New(fault.SheetWhole, "cell", r.Cell(key), "value", cut(text, 40)))
		return 0, false
	}
	return n, true
}

var (
	dateForm  = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	thousands = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$`)
)

// Date reads a date as people write it or as a spreadsheet counts it; false
// when it is empty or was refused.
func (r Row) Date(key string) (calendar.Date, bool) {
	text := r.Text(key)
	if text == "" {
		return calendar.Date{}, false
	}
	if d, ok := dateOf(narrow(text), r.counted(key), r.table.since); ok {
		return d, true
	}
	r.Refuse(key, fault.New(fault.SheetDate, "cell", r.Cell(key), "value", cut(text, 40)))
	return calendar.Date{}, false
}

func (r Row) counted(key string) bool {
	i, there := r.where[key]
	return there && i < len(r.cells) && r.cells[i].number
}

func dateOf(text string, counted bool, since int) (calendar.Date, bool) {
	if m := dateForm.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1]) // digits, by the form
		month, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		d, err := calendar.NewDate(year, time.Month(month), day)
		return d, err == nil
	}
	n, err := strconv.Atoi(text)
	if !counted || err != nil || n < 61 || n > 2_958_465 { // before 61 spreadsheets count a day that never was
		return calendar.Date{}, false
	}
	return calendar.MustDate("1900-03-01").AddDays(n - 61 + since), true
}

// Yes reads 是 or 否 (also √, ×, 1, 0, yes, no); ok is false when it is empty or
// was refused.
func (r Row) Yes(key string) (yes, ok bool) {
	text := strings.ToLower(r.Text(key))
	switch {
	case text == "":
		return false, false
	case slices.Contains([]string{"是", "有", "√", "✓", "1", "yes", "y", "true"}, text):
		return true, true
	case slices.Contains([]string{"否", "无", "×", "✗", "x", "0", "no", "n", "false"}, text):
		return false, true
	}
	r.Refuse(key, fault.New(fault.SheetChoice, "cell", r.Cell(key), "value", cut(text, 40), "want", "是、否"))
	return false, false
}

// narrow makes full-width digits and signs narrow and takes commas out of
// thousands.
func narrow(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case c == '．':
			return '.'
		case c == '－' || c == '−':
			return '-'
		case c == ' ' || c == '\u00a0':
			return -1
		}
		return c
	}, text)
	if thousands.MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	return strings.TrimPrefix(text, "+")
}
