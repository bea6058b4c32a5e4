package calendar

import (
	"strconv"

	"leitai/internal/fault"
)

// maxRoll is how many days a date may move before the table is taken for
// wrong; the longest real holiday is under two weeks.
const maxRoll = 60

// move is a date on its way to a working day.
type move struct {
	to      Date
	passed  []Passed
	unknown []int // years looked at whose holidays are not known, in order seen
}

// see looks at the current day: whether it is worked.
func (m *move) see(d Days, workdays Workdays) bool {
	year := m.to.year
	if seen := len(m.unknown) > 0 && m.unknown[len(m.unknown)-1] == year; !seen && !d.Known(year) {
		m.unknown = append(m.unknown, year)
	}
	worked, why := d.Worked(m.to, workdays)
	if !worked {
		m.passed = append(m.passed, why)
	}
	return worked
}

// warnings makes CALENDAR_YEAR_UNKNOWN of each unknown year.
func (m *move) warnings() fault.List {
	var list fault.List
	for _, year := range m.unknown {
		list = append(list, fault.New(fault.CalendarYearUnknown, "year", strconv.Itoa(year)))
	}
	return list
}

// roll moves a date that is not worked to the next or previous working day.
func (d Days) roll(from Date, way Roll, workdays Workdays) (move, error) {
	m := move{to: from}
	step := map[Roll]int{RollNext: 1, RollPrevious: -1}[way]
	if step == 0 {
		return m, nil
	}
	for !m.see(d, workdays) {
		m.to = m.to.AddDays(step)
		if len(m.passed) > maxRoll {
			return move{}, fault.New(fault.CalendarNoWorkday, "date", from.String(), "days", strconv.Itoa(maxRoll))
		}
	}
	return m, nil
}
