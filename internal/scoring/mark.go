package scoring

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Range is the lowest and highest mark of a channel; 0 to 100 where the template
// leaves it open.
func Range(c *template.Channel) (low, high exact.Number) {
	if c.Range[1].Sign() == 0 {
		return c.Range[0], exact.Int(100)
	}
	return c.Range[0], c.Range[1]
}

// CheckMark refuses a mark that is outside the channel's range
// (MARK_OUT_OF_RANGE) or no multiple of its step (MARK_STEP). A channel without a
// step takes any exact decimal.
func CheckMark(c *template.Channel, value exact.Number) error {
	low, high := Range(c)
	if value.Cmp(low) < 0 || value.Cmp(high) > 0 {
		return fault.New(fault.MarkOutOfRange, "value", value.String(), "low", low.String(), "high", high.String()).At("value")
	}
	if c.Step.Sign() > 0 && !value.MultipleOf(c.Step) {
		return fault.New(fault.MarkStep, "value", value.String(), "step", c.Step.String()).At("value")
	}
	return nil
}

// How several judges' marks combine.
const (
	Single  = "single"
	Mean    = "mean"
	Median  = "median"
	Trimmed = "trimmed"
)

// Need is the least number of marks with which a channel has a value: its
// minimum of judges, and enough to survive trimming.
func Need(j template.Judges) int {
	need := max(j.Min, 1)
	if j.Combine == Trimmed {
		need = max(need, 2*j.Drop+1)
	}
	return need
}

// Combine gives the channel's value of at least one mark, without looking at
// the minimum of judges. A trimmed mean drops as many marks at each end as the
// template says and leaves at least one. The result is exact: the mean of
// three marks may be a fraction.
func Combine(j template.Judges, marks []exact.Number) exact.Number {
	switch j.Combine {
	case Median:
		sorted := ascending(marks)
		n := len(sorted)
		return sorted[(n-1)/2].Add(sorted[n/2]).Quo(exact.Int(2))
	case Trimmed:
		drop := min(j.Drop, (len(marks)-1)/2)
		sorted := ascending(marks)
		return mean(sorted[drop : len(sorted)-drop])
	}
	return mean(marks)
}

func mean(marks []exact.Number) exact.Number {
	if len(marks) == 1 {
		return marks[0]
	}
	return exact.Mean(marks...)
}

func ascending(marks []exact.Number) []exact.Number {
	sorted := slices.Clone(marks)
	slices.SortFunc(sorted, exact.Number.Cmp)
	return sorted
}

// Gap says why a cell has no value. The zero Gap means that it has one.
type Gap string

// The gaps (Q13): a missing mark is never silently 0.
const (
	Missing Gap = "missing"  // no mark at all
	TooFew  Gap = "too-few"  // fewer judges than the channel needs
	TooMany Gap = "too-many" // more than one mark where exactly one counts

	NothingApplies Gap = "nothing-applies" // no item of the rubric concerns the subject
)

// Value gives a cell's value, or the gap that leaves it without one.
func Value(j template.Judges, marks []exact.Number) (exact.Number, Gap) {
	switch {
	case len(marks) == 0:
		return exact.Number{}, Missing
	case len(marks) < Need(j):
		return exact.Number{}, TooFew
	case j.Combine == Single && len(marks) > 1:
		return exact.Number{}, TooMany
	}
	return Combine(j, marks), ""
}
