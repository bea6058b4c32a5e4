package contest

import (
	"maps"
	"slices"
	"strconv"

	"leitai/internal/fault"
)

// rules is one version of the rules: a pure function of its input.
type rules func(Input, options) (*Result, error)

// versions holds every version of the rules that ever published, so that an old
// bundle can be computed anew for ever. A version is added, never changed.
var versions = map[int]rules{
	1: computeV1,
	2: compute,
}

// Versions lists the rules versions that this release can run, ascending.
func Versions() []int { return slices.Sorted(maps.Keys(versions)) }

// options turn parts of a result off where nobody looks at them.
type options struct {
	traces bool
	ranges bool
}

// Compute runs the rules version that the input names. The result depends on
// nothing else: the order of roster, marks, decisions and history does not
// matter. An input that does not hold together is refused with everything that
// is wrong with it; missing marks are no error but gaps of the result.
func Compute(in Input) (*Result, error) {
	return run(in, options{traces: true, ranges: true})
}

// Tally is Compute without traces and rank ranges: for dry runs over many
// subjects. Everything else is equal.
func Tally(in Input) (*Result, error) { return run(in, options{}) }

func run(in Input, opt options) (*Result, error) {
	version, ok := versions[in.Rules]
	if !ok {
		return nil, fault.New(fault.BundleRulesUnknown, "value", strconv.Itoa(in.Rules)).At("rules")
	}
	return version(in, opt)
}
