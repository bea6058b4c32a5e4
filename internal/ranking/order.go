package ranking

import "strings"

// Compare orders ids in natural order: runs of digits compare as numbers, so
// that V9 comes before V10, and everything else byte by byte. It gives −1, 0 or
// 1, and 0 only for equal ids.
func Compare(a, b string) int {
	if c, plain := compareAlike(a, b); plain {
		return c
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if isDigit(a[i]) && isDigit(b[j]) {
			left, right := digits(a[i:]), digits(b[j:])
			if c := compareNumbers(left, right); c != 0 {
				return c
			}
			i, j = i+len(left), j+len(right)
			continue
		}
		if a[i] != b[j] {
			if a[i] < b[j] {
				return -1
			}
			return 1
		}
		i, j = i+1, j+1
	}
	if c := (len(a) - i) - (len(b) - j); c != 0 {
		return c / max(c, -c)
	}
	return strings.Compare(a, b) // equal numbers written with different leading zeros
}

// compareAlike compares ids of one shape, such as two statistical codes, at the
// first byte in which they differ; false where that byte does not decide.
func compareAlike(a, b string) (int, bool) {
	if len(a) != len(b) {
		return 0, false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(a) {
		return 0, true
	}
	inNumber := i > 0 && isDigit(a[i-1])
	switch left, right := isDigit(a[i]), isDigit(b[i]); {
	case left && right && len(digits(a[i:])) != len(digits(b[i:])), left != right && inNumber:
		return 0, false // two numbers of different lengths
	case a[i] < b[i]:
		return -1, true
	}
	return 1, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits is the run of digits at the start of s.
func digits(s string) string {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return s[:n]
}

func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		if len(a) < len(b) {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}
