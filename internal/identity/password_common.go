package identity

import (
	_ "embed" // the list below
	"strings"
	"unicode"
)

// commonWords are what the most common passwords are made of, in small letters
// and as letters where digits stand for letters: one a line.
//
//go:embed password_common.txt
var commonWords string

var commonSet = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.Lines(commonWords) {
		if word = strings.TrimSpace(word); word != "" {
			set[word] = true
		}
	}
	return set
}()

// leet undoes the usual stand-ins for letters.
var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// common reports whether a password is one of the most common ones: the whole
// of it, a common word with digits and signs around it, or digits in a row with
// a few letters, such as Password2024!, P@ssw0rd123 or Aa123456789.
func common(password string) bool {
	small := strings.ToLower(password)
	core := strings.TrimFunc(small, func(r rune) bool { return !unicode.IsLetter(r) })
	inner := strings.TrimFunc(small, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("@$01", r) })
	bare := only(small, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	for _, word := range []string{small, core, leet.Replace(core), leet.Replace(inner), bare} {
		if commonSet[word] {
			return true
		}
	}
	digits := only(small, unicode.IsDigit)
	return len(bare)-len(digits) <= 3 && inARow(digits)
}

func only(text string, keep func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, text)
}

// inARow reports whether digits count up or down or repeat, with a break in no
// more than half of the places: 123456789, 111222333, 987654.
func inARow(digits string) bool {
	if len(digits) < 5 {
		return false
	}
	breaks := 0
	for i := 2; i < len(digits); i++ {
		if digits[i]-digits[i-1] != digits[i-1]-digits[i-2] {
			breaks++
		}
	}
	return breaks <= len(digits)/2
}
