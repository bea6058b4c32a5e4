package compare

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// Scores are exact figures of a number of contestants, numerators over one
// denominator, in an order that all columns of a total share. Somebody without a
// figure has none: never 0.
type Scores struct {
	den   exact.Number   // whole, above 0
	nums  []int64        // none where somebody has no figure; unused when wide
	wide  []exact.Number // numerators where one does not fit a machine word
	empty []bool         // with wide: who has no figure
}

// none stands for no figure; a score is never below 0, but a total may be.
const none = math.MinInt64

// longest is how many digits a common denominator has at most, and keptDecimals
// what is kept of figures whose denominators have less in common (a rate per
// head in every village): far more than any comparison prints.
const longest, keptDecimals = 60, 20

// NewScores keeps figures; nil for somebody without one.
func NewScores(figures []*exact.Number) Scores {
	den, rats := overOne(figures)
	if len(den.String()) > longest {
		rounded := make([]*exact.Number, len(figures))
		for i, f := range figures {
			if f != nil {
				n := f.Round(keptDecimals, exact.HalfUp)
				rounded[i] = &n
			}
		}
		den, rats = overOne(rounded)
	}
	texts := make([]string, len(figures))
	for i, r := range rats {
		if r != nil {
			texts[i] = new(big.Int).Mul(r.Num(), new(big.Int).Quo(den, r.Denom())).String()
		}
	}
	return scoresOf(exact.Must(den.String()), texts)
}

// overOne finds the least common denominator.
func overOne(figures []*exact.Number) (den *big.Int, rats []*big.Rat) {
	den, rats = big.NewInt(1), make([]*big.Rat, len(figures))
	for i, f := range figures {
		if f == nil {
			continue
		}
		rats[i], _ = new(big.Rat).SetString(f.String()) // a number prints as a decimal or a fraction
		shared := new(big.Int).GCD(nil, nil, den, rats[i].Denom())
		den.Mul(den, new(big.Int).Quo(rats[i].Denom(), shared))
	}
	return den, rats
}

// scoresOf reads numerators; an empty text is nobody's figure.
func scoresOf(den exact.Number, texts []string) Scores {
	s := Scores{den: den, nums: make([]int64, len(texts))}
	for i, text := range texts {
		if text == "" {
			s.nums[i] = none
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n == none {
			return wideScores(den, texts)
		}
		s.nums[i] = n
	}
	return s
}

func wideScores(den exact.Number, texts []string) Scores {
	s := Scores{den: den, wide: make([]exact.Number, len(texts)), empty: make([]bool, len(texts))}
	for i, text := range texts {
		if s.empty[i] = text == ""; !s.empty[i] {
			s.wide[i] = exact.Must(text)
		}
	}
	return s
}

// Len is how many contestants there are, with a figure or without.
func (s Scores) Len() int { return max(len(s.nums), len(s.wide)) }

// At gives the figure of one contestant; false without one.
func (s Scores) At(i int) (exact.Number, bool) {
	if s.wide != nil {
		return s.wide[i].Quo(s.den), !s.empty[i]
	}
	if s.nums[i] == none {
		return exact.Number{}, false
	}
	return exact.Int(s.nums[i]).Quo(s.den), true
}

// Sum adds up the figures there are and says how many they are.
func (s Scores) Sum() (sum exact.Number, n int) {
	if s.wide == nil {
		var all int64
		for _, num := range s.nums {
			if num == none {
				continue
			}
			if num > math.MaxInt64/int64(len(s.nums)) || num < -math.MaxInt64/int64(len(s.nums)) {
				return s.sumSlowly()
			}
			all, n = all+num, n+1
		}
		if n == 0 {
			return sum, 0
		}
		return exact.Int(all).Quo(s.den), n
	}
	return s.sumSlowly()
}

func (s Scores) sumSlowly() (sum exact.Number, n int) {
	for i := range s.Len() {
		if figure, ok := s.At(i); ok {
			sum, n = sum.Add(figure), n+1
		}
	}
	return sum, n
}

// summed is Sum without the lowest terms.
func (s Scores) summed() summed {
	sum, n := s.Sum()
	return summed{exact.Start(sum), n}
}

// list gives the figures, nil for none.
func (s Scores) list() []*exact.Number {
	all := make([]*exact.Number, s.Len())
	for i := range all {
		if figure, ok := s.At(i); ok {
			all[i] = &figure
		}
	}
	return all
}

// append writes the numerators as members of a list in braces.
func (s Scores) append(b *strings.Builder, first bool) {
	for i := range s.Len() {
		if !first || i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(s.text(i))
	}
}

// text is a numerator as it is written.
func (s Scores) text(i int) string {
	switch {
	case s.wide != nil && s.empty[i], s.wide == nil && s.nums[i] == none:
		return null
	case s.wide != nil:
		return s.wide[i].String()
	}
	return strconv.FormatInt(s.nums[i], 10)
}

const null = "NULL"

// members reads a list in braces, as an array is written in the database: plain
// members only, since keys and numbers need no quotes.
type members struct{ rest string }

func listed(text string) (members, error) {
	if strings.ContainsAny(text, `"\`) {
		return members{}, unreadable()
	}
	return braced(text)
}

// braced takes the braces off; what stands inside is read as numbers.
func braced(text string) (members, error) {
	if len(text) < 2 || text[0] != '{' || text[len(text)-1] != '}' {
		return members{}, unreadable()
	}
	return members{rest: text[1 : len(text)-1]}, nil
}

// next gives the next member; an empty one after the last.
func (m *members) next() string {
	at := strings.IndexByte(m.rest, ',')
	if at < 0 {
		out := m.rest
		m.rest = ""
		return out
	}
	out := m.rest[:at]
	m.rest = m.rest[at+1:]
	return out
}

func unreadable() error { return fault.New(fault.TotalUnreadable) }
