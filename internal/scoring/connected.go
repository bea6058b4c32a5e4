package scoring

import "slices"

// Seat is one line of a marking plan: a judge, or a whole review group, marks a
// subject.
type Seat struct{ Judge, Subject string }

// Connected splits the judges of a plan into parts that share no subject,
// directly or through others: across parts severity cannot be told from quality,
// so a planner warns when there is more than one. Judges are sorted inside a
// part, the parts by their first judge.
func Connected(plan []Seat) [][]string {
	parent := map[string]string{}
	var find func(string) string
	find = func(judge string) string {
		if parent[judge] != judge {
			parent[judge] = find(parent[judge])
		}
		return parent[judge]
	}
	first := map[string]string{} // a judge of each subject
	for _, seat := range plan {
		if _, known := parent[seat.Judge]; !known {
			parent[seat.Judge] = seat.Judge
		}
		if other, known := first[seat.Subject]; known {
			parent[find(seat.Judge)] = find(other)
			continue
		}
		first[seat.Subject] = seat.Judge
	}
	parts := map[string][]string{}
	for judge := range parent {
		root := find(judge)
		parts[root] = append(parts[root], judge)
	}
	out := make([][]string, 0, len(parts))
	for _, part := range parts {
		slices.Sort(part)
		out = append(out, part)
	}
	slices.SortFunc(out, func(a, b []string) int { return slices.Compare(a, b) })
	return out
}
