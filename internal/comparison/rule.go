package comparison

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// SetRule says what is compared from a year on: the weights of dimensions, the
// least coverage, and within how many days of its day a round is published on
// time. A later one of the same year replaces it; both stay on record. Everything
// that is wrong is listed.
func (s *Service) SetRule(ctx context.Context, r Rule) (*Rule, error) {
	err := s.writing(ctx, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		frame, err := st.ComparisonFrame(ctx)
		if err != nil {
			return err
		}
		r.ID, r.SetBy, r.SetAt, r.Reason = newID(), who.Person, s.now(), strings.TrimSpace(r.Reason)
		if err := r.check(dictionaryOf(frame)).Err(); err != nil {
			return err
		}
		if err := st.InsertRule(ctx, &r); err != nil {
			return err
		}
		weights := make(map[string]string, len(r.Weights))
		for _, w := range r.Weights {
			weights[w.Dimension] = w.Weight.String()
		}
		return audit.Record(ctx, string(authz.ComparisonWrite), "comparison_rule", r.ID, map[string]any{
			"year": r.Year, "number": r.Number, "weights": weights, "minCoverage": r.MinCoverage.String(), "withinDays": r.WithinDays, "reason": r.Reason,
		})
	})
	if err != nil {
		return nil, err
	}
	return &r, nil
}

// Years that a rule may be of, and the longest time to publish.
const firstYear, lastYear, mostDays = 2000, 2100, 366

func (r *Rule) check(dictionary []string) fault.List {
	var bad fault.List
	if r.Year < firstYear || r.Year > lastYear {
		bad = append(bad, fault.New(fault.ComparisonYear, "value", strconv.Itoa(r.Year)).At("year"))
	}
	if len(r.Weights) == 0 {
		bad = append(bad, fault.New(fault.Required, "want", "至少一个维度 / a dimension").At("weights"))
	}
	for i, w := range r.Weights {
		switch {
		case !slices.Contains(dictionary, w.Dimension):
			bad = append(bad, fault.New(fault.DimensionUnknown, "value", w.Dimension, "want", strings.Join(dictionary, ", ")).At("weights[%d].dimension", i))
		case slices.ContainsFunc(r.Weights[:i], func(o Weight) bool { return o.Dimension == w.Dimension }):
			bad = append(bad, fault.New(fault.ComparisonTwice, "value", w.Dimension).At("weights[%d].dimension", i))
		}
		if w.Weight.Sign() <= 0 {
			bad = append(bad, fault.New(fault.ComparisonWeight, "value", w.Weight.String()).At("weights[%d].weight", i))
		}
	}
	if r.MinCoverage.Sign() < 0 || r.MinCoverage.Cmp(exact.Int(1)) > 0 {
		bad = append(bad, fault.New(fault.ComparisonCoverage, "value", r.MinCoverage.String()).At("minCoverage"))
	}
	if r.WithinDays < 0 || r.WithinDays > mostDays {
		bad = append(bad, fault.New(fault.ComparisonWithin, "value", strconv.Itoa(r.WithinDays)).At("withinDays"))
	}
	if r.Reason == "" {
		bad = append(bad, fault.New(fault.Required, "want", "理由 / a reason").At("reason"))
	}
	return bad
}

// Rules lists by what is compared, newest first: the own rules of a county or
// prefecture, for others those of the tenants above.
func (s *Service) Rules(ctx context.Context) (all []Rule, err error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.RulesOf(ctx)
		return err
	})
	return all, err
}
