package consequences

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Exposure is how far the results behind a roll-up are shown.
type Exposure struct {
	Shown    int // publications it was made from that are not for the persons concerned alone
	Template *template.Document
}

// show leaves of a roll-up what its viewer may see: a sum of results tells no
// more than the results do. A trial's is for those who run the contest; where a
// result was for the persons concerned alone, each sees the own line; and what
// the template does not show of ranks (G8) a roll-up does not show either.
// NOT_FOUND when nothing is left.
func (s *Service) show(ctx context.Context, st Store, r *Rollup) error {
	who, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if who.Tenant == r.Tenant && s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil) {
		return nil // runs the contest
	}
	exposure, err := st.RollupExposure(ctx, r)
	if err != nil {
		return err
	}
	if r.Trial || exposure.Shown < len(roundsAmong(r.Inputs)) {
		r.Rows = slices.DeleteFunc(r.Rows, func(row RollupRow) bool {
			return r.Trial || who.Tenant != r.Tenant || !s.gate.May(ctx, authz.ResultDraftRead, row.Unit)
		})
		if len(r.Rows) == 0 {
			return fault.New(fault.NotFound)
		}
		return nil
	}
	r.hide(exposure.Template)
	return nil
}

// Values of ranking.show (G8).
const (
	showBands   = "bands"
	showTopOnly = "top-only"
	showNone    = "none"
)

// hide takes away what the template does not show. Lines whose rank is hidden
// stand last, by code, so that their order tells nothing.
func (r *Rollup) hide(doc *template.Document) {
	show := doc.Ranking.Show
	if show != showBands && show != showTopOnly && show != showNone {
		return
	}
	var best []string
	for _, rule := range doc.Rollups {
		for _, band := range rule.Bands {
			if rule.Key == r.Key && band.Best > 0 {
				best = append(best, band.Key)
			}
		}
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		top := slices.ContainsFunc(row.Bands, func(band string) bool { return slices.Contains(best, band) })
		if show == showTopOnly && top {
			continue
		}
		row.Rank, row.FromBottom, row.Shown, row.Value, row.Parts = 0, 0, "", exact.Number{}, nil
		if show != showBands {
			row.Bands = nil
		}
	}
	slices.SortStableFunc(r.Rows, func(x, y RollupRow) int {
		switch {
		case x.Rank > 0 && y.Rank > 0:
			return cmp.Compare(x.Rank, y.Rank)
		case x.Rank > 0:
			return -1
		case y.Rank > 0:
			return 1
		}
		return cmp.Compare(x.UnitCode, y.UnitCode)
	})
}
