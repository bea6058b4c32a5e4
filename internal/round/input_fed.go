package round

import (
	"context"
	"slices"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// fed adds the parts that published roll-ups and other schemes bring in, each
// contestant's sources weighed against each other (B13–B15, C09). What people
// entered for a part counts before it.
func (d *desk) fed(ctx context.Context, st Store, in *contest.Input) error {
	parts := slices.DeleteFunc(slices.Clone(d.doc.Parts), func(p template.Part) bool {
		return !strings.HasPrefix(p.From, "feeds") && !strings.HasPrefix(p.From, "rollups.")
	})
	if len(parts) == 0 {
		return nil
	}
	all, err := st.FedParts(ctx, d.round, parts, d.doc.Key)
	if err != nil {
		return err
	}
	for _, part := range parts {
		for _, e := range d.roster {
			entered := slices.ContainsFunc(in.Entered, func(x contest.Entered) bool { return x.Part == part.Key && x.Subject == e.Code })
			if e.Absent || entered {
				continue
			}
			if value, sources, ok := weighed(all, part.Key, e); ok {
				in.Entered = append(in.Entered, contest.Entered{Part: part.Key, Subject: e.Code, Value: value, Reason: sources})
			}
		}
	}
	return nil
}

// weighed is the mean of what is fed to a contestant: what is its own, or what
// belongs to its place.
func weighed(all []FedPart, part string, e *Entry) (exact.Number, string, bool) {
	for _, own := range []bool{true, false} {
		var values, weights []exact.Number
		var sources []string
		for _, f := range all {
			if f.Part == part && (own && f.Subject == e.Subject || !own && f.Unit == e.Unit) {
				values, weights = append(values, f.Value), append(weights, f.Weight)
				if !slices.Contains(sources, f.Source) {
					sources = append(sources, f.Source)
				}
			}
		}
		if mean, ok := outcome.WeightedMean(values, weights); ok {
			return mean, strings.Join(sources, "、"), true
		}
	}
	return exact.Number{}, "", false
}
