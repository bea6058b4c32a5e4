package imports

import (
	"regexp"
	"strconv"

	"leitai/internal/fault"
	"leitai/internal/sheet"
)

// cell is where one entry that is handed to a use case stands in the sheet.
type cell struct {
	row    sheet.Row
	column string            // column of the entry itself
	fields map[string]string // columns of its other fields, by the name the use case calls them
}

var indexed = regexp.MustCompile(`^[A-Za-z]+\[(\d+)\](?:\.([A-Za-z]+))?`)

// back leads the faults of a use case to the cells of a table: a field such as
// marks[7].judge is the judge's column of the row of entry offset+7. What names
// no entry stays as it is.
func back(err error, cells []cell, offset int) (placed fault.List, other error) {
	all := fault.All(err)
	if all == nil {
		return nil, err
	}
	for _, f := range all {
		m := indexed.FindStringSubmatch(f.Field)
		if m == nil {
			placed = append(placed, f)
			continue
		}
		i, err := strconv.Atoi(m[1])
		if i += offset; err != nil || i >= len(cells) {
			placed = append(placed, f)
			continue
		}
		c := cells[i]
		column := c.column
		if named, known := c.fields[m[2]]; known {
			column = named
		}
		placed = append(placed, c.row.Place(column, f))
	}
	return placed, nil
}

// batches calls do for every so many entries and gathers what is refused, so
// that one bad entry hides none of the others.
func batches(n, most int, cells []cell, do func(from, until int) error) error {
	var bad fault.List
	for from := 0; from < n; from += most {
		err := do(from, min(from+most, n))
		if err == nil {
			continue
		}
		placed, other := back(err, cells, from)
		if other != nil {
			return other
		}
		bad = append(bad, placed...)
	}
	return bad.Err()
}
