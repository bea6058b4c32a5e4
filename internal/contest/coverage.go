package contest

import (
	"strconv"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Coverage names what keeps an observation from being published (B01, B06):
// subjects that nobody visited (NOT_ALL_VISITED), and visited ones with fewer
// photos than the template asks for (PHOTO_MISSING). Subjects come in the order
// handed in; without the template's `coverage` that blocks, or its `evidence`,
// the rule does not exist.
func Coverage(doc *template.Document, period calendar.Period, subjects []string, visited map[string]bool, photos map[string]int) fault.List {
	var all fault.List
	covers := doc.Coverage != nil
	if covers && doc.Coverage.Blocks {
		if missing := pick(subjects, func(s string) bool { return !visited[s] }); len(missing) > 0 {
			all = append(all, concerning(fault.New(fault.NotAllVisited, "date", CoverageDue(doc, period).String()), missing))
		}
	}
	if doc.Evidence == nil || doc.Evidence.MinPhotos == 0 {
		return all
	}
	least := doc.Evidence.MinPhotos
	short := pick(subjects, func(s string) bool { return (visited[s] || !covers) && photos[s] < least })
	if len(short) > 0 {
		all = append(all, concerning(fault.New(fault.PhotoMissing, "want", strconv.Itoa(least)), short))
	}
	return all
}

// concerning names subjects in the order of the roster.
func concerning(f *fault.Fault, subjects []string) *fault.Fault {
	f.Subjects = subjects
	return f
}

func pick(all []string, want func(string) bool) []string {
	var out []string
	for _, s := range all {
		if want(s) {
			out = append(out, s)
		}
	}
	return out
}

// CoverageDue is the day by which every subject of a period's round has to be
// visited: the template's month-day in the year of the period, or the last day
// of the period where it names none.
func CoverageDue(doc *template.Document, period calendar.Period) calendar.Date {
	if doc.Coverage == nil || doc.Coverage.AllSubjectsBy == "" {
		return period.Last()
	}
	due, err := calendar.ParseDate(strconv.Itoa(period.Year()) + "-" + doc.Coverage.AllSubjectsBy)
	if err != nil {
		return period.Last() // 02-29 in a common year
	}
	return due
}
