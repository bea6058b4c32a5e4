package sheet

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

var stored = regexp.MustCompile(`^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$`)

// significant is how many digits a spreadsheet shows of a number.
const significant = 15

// plain writes the stored form of a number as a decimal without an exponent.
// Spreadsheets compute in binary and store up to 17 digits, 95.3 perhaps as
// 95.299999999999997, and show 15: what they show is what was typed. It says
// false for what is no number, and gives the text as it stands.
func plain(raw string) (text string, number bool) {
	raw = strings.TrimSpace(raw)
	m := stored.FindStringSubmatch(raw)
	if m == nil || m[2]+m[3] == "" {
		return tidy(raw), false
	}
	exponent, _ := strconv.Atoi(m[4]) // at most three digits; empty is 0
	digits, exponent := strings.TrimLeft(m[2]+m[3], "0"), exponent-len(m[3])
	if digits == "" {
		return "0", true
	}
	if over := len(digits) - significant; over > 0 {
		digits, exponent = rounded(digits, over), exponent+over
	}
	if whole := strings.TrimRight(digits, "0"); whole != "" {
		exponent += len(digits) - len(whole)
		digits = whole
	}
	sign := strings.TrimPrefix(m[1], "+")
	switch {
	case exponent >= 0:
		return sign + digits + strings.Repeat("0", exponent), true
	case -exponent < len(digits):
		return sign + digits[:len(digits)+exponent] + "." + digits[len(digits)+exponent:], true
	}
	return sign + "0." + strings.Repeat("0", -exponent-len(digits)) + digits, true
}

// rounded drops the last digits, half up.
func rounded(digits string, drop int) string {
	n, _ := new(big.Int).SetString(digits, 10) // digits alone
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(drop)), nil)
	half := new(big.Int).Rsh(unit, 1)
	return n.Quo(n.Add(n, half), unit).String()
}
