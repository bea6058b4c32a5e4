package compare

import (
	"math"
	"slices"

	"leitai/internal/exact"
)

// Spread is how the indices of villages are distributed, exact. What is asked of
// several merged is what would be asked of all their villages at once: no median
// of medians.
type Spread struct {
	den  int64          // of nums
	nums []int64        // ascending
	wide []exact.Number // ascending, where machine words do not do
}

// Spread gives each contestant's own index in a total: the mean of its scores in
// the dimensions that are compared and looked at, by the county's weights.
// Somebody without a score in one of them has no index. The total's sources are
// dimensions already.
func (v *View) Spread(t Total) Spread {
	columns := v.compared(t)
	if columns == nil {
		return Spread{}
	}
	if s, ok := v.quickly(columns, t.Contestants); ok {
		return s
	}
	out := Spread{wide: make([]exact.Number, 0, t.Contestants)}
contestants:
	for i := range t.Contestants {
		var sum exact.Number
		for k, c := range columns {
			score, ok := c.At(i)
			if !ok {
				continue contestants
			}
			sum = sum.Add(score.Mul(v.looked[k].weight))
		}
		out.wide = append(out.wide, sum.Quo(v.sum))
	}
	slices.SortFunc(out.wide, exact.Number.Cmp)
	return out
}

// compared finds the columns of all dimensions that are weighed and looked at;
// nil where one is missing.
func (v *View) compared(t Total) []Scores {
	columns := make([]Scores, len(v.looked))
	for k, d := range v.looked {
		at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Source == d.source })
		if at < 0 {
			return nil
		}
		columns[k] = t.Columns[at].Scores
	}
	if len(columns) == 0 {
		return nil
	}
	return columns
}

// quickly works in machine words; false where they do not do.
func (v *View) quickly(columns []Scores, contestants int) (Spread, bool) {
	den := int64(1)
	for _, c := range columns {
		d, ok := c.den.Int64()
		if c.wide != nil || !ok {
			return Spread{}, false
		}
		step := d / common(den, d)
		if step > most/den {
			return Spread{}, false
		}
		den *= step
	}
	if v.whole == 0 || v.whole > most/den/wellBelow {
		return Spread{}, false
	}
	factors := make([]int64, len(columns))
	for k, c := range columns {
		d, _ := c.den.Int64()
		factors[k] = v.looked[k].whole * (den / d)
	}
	out := Spread{den: den * v.whole, nums: make([]int64, 0, contestants)}
contestants:
	for i := range contestants {
		var sum int64
		for k := range columns {
			n := columns[k].nums[i]
			if n == none {
				continue contestants
			}
			d, _ := columns[k].den.Int64()
			if n < 0 || n > wellBelow*d {
				return Spread{}, false
			}
			sum += n * factors[k]
		}
		out.nums = append(out.nums, sum)
	}
	slices.Sort(out.nums)
	return out, true
}

// wellBelow is what no score reaches, so that no sum of them runs over.
const wellBelow, most = 1000, math.MaxInt64

// common is the greatest common divisor.
func common(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// MergeSpreads puts villages together.
func MergeSpreads(all []Spread) Spread {
	den, ok := int64(1), true
	for _, s := range all {
		if ok = ok && s.wide == nil; ok && s.den > 0 {
			step := s.den / common(den, s.den)
			if ok = step <= most/den/wellBelow; ok {
				den *= step
			}
		}
	}
	out := Spread{den: den}
	for _, s := range all {
		for i := range s.N() {
			if ok {
				out.nums = append(out.nums, s.nums[i]*(den/s.den))
			} else {
				out.wide = append(out.wide, s.At(i))
			}
		}
	}
	slices.Sort(out.nums)
	slices.SortFunc(out.wide, exact.Number.Cmp)
	return out
}

// N is how many villages there are.
func (s Spread) N() int { return max(len(s.nums), len(s.wide)) }

// At gives the index of the village at a place, 0 the lowest.
func (s Spread) At(i int) exact.Number {
	if s.wide != nil {
		return s.wide[i]
	}
	return exact.Ratio(s.nums[i], s.den)
}

// Quantile is the value below which a share num/den of the villages lie, by
// linear interpolation between neighbours (as spreadsheets' QUARTILE.INC);
// exact. There is none without villages.
func (s Spread) Quantile(num, den int) exact.Number {
	if s.N() == 0 {
		return exact.Number{}
	}
	place := exact.Ratio(int64((s.N()-1)*num), int64(den))
	floor, _ := place.Floor().Int64()
	low := s.At(int(floor))
	if place.IsInt() {
		return low
	}
	return low.Add(s.At(int(floor) + 1).Sub(low).Mul(place.Sub(place.Floor())))
}

// Mean is the exact mean; 0 without villages.
func (s Spread) Mean() exact.Number {
	var sum exact.Number
	for i := range s.N() {
		sum = sum.Add(s.At(i))
	}
	if s.N() == 0 {
		return sum
	}
	return sum.Quo(exact.Int(int64(s.N())))
}

// Bins is how many steps of ten points a histogram has.
const Bins = 10

// Histogram counts the villages by steps of ten points; 100 belongs to the last.
func (s Spread) Histogram() [Bins]int {
	var out [Bins]int
	for i := range s.N() {
		bin, _ := s.At(i).Quo(exact.Int(Bins)).Floor().Int64()
		out[min(max(bin, 0), Bins-1)]++
	}
	return out
}

// Middle gives the median of figures; false without any.
func (s Scores) Middle() (exact.Number, bool) {
	var sorted Spread
	if den, ok := s.den.Int64(); ok && s.wide == nil {
		sorted.den, sorted.nums = den, slices.DeleteFunc(slices.Clone(s.nums), func(n int64) bool { return n == none })
		slices.Sort(sorted.nums)
		return sorted.Quantile(1, 2), len(sorted.nums) > 0
	}
	for i := range s.Len() {
		if figure, ok := s.At(i); ok {
			sorted.wide = append(sorted.wide, figure)
		}
	}
	slices.SortFunc(sorted.wide, exact.Number.Cmp)
	return sorted.Quantile(1, 2), len(sorted.wide) > 0
}
