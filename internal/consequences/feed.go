package consequences

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// Fed is one subject's published result handed to another scheme (B13–B15, C09,
// A35). The scheme that is fed weighs the sources of its part against each other.
type Fed struct {
	ID              uuid.UUID
	FromCompetition uuid.UUID
	FromKey         string // key of the template that feeds
	IntoKey         string // key of the template that is fed
	Round           *uuid.UUID
	Rollup          *uuid.UUID
	SourceKey       string // rounds, or the key of the roll-up
	Period          string
	Revision        int
	Unit            uuid.UUID
	Subject         uuid.UUID
	Value           exact.Number
	Weight          exact.Number
	At              time.Time
}

// sourceRounds is the source of what single rounds feed.
const sourceRounds = "rounds"

// feedRound hands a published round to the schemes its template feeds: the
// month's result is part of the monthly duty list (C09), whatever longer periods
// feed beside it. The newest revision counts; the values of before stay.
func (s *Service) feedRound(ctx context.Context, st Store, of Settlement) error {
	if len(of.Template.Feeds) == 0 {
		return nil
	}
	var all []Fed
	for _, standing := range of.Result.Standings {
		if standing.Rank == 0 {
			continue
		}
		all = append(all, Fed{Unit: of.Units[standing.Subject], Subject: of.subject(standing.Subject), Value: standing.Total})
	}
	for i := range all {
		all[i].FromCompetition, all[i].Round, all[i].SourceKey, all[i].Period = of.Competition, &of.Round, sourceRounds, of.Period
		all[i].Revision, all[i].At = of.Revision, of.At
	}
	return s.feed(ctx, st, of.Template, all)
}

// feedRollup hands a published roll-up over.
func (s *Service) feedRollup(ctx context.Context, st Store, doc *template.Document, r *Rollup) error {
	if r.Trial || len(doc.Feeds) == 0 {
		return nil
	}
	var all []Fed
	for _, row := range r.Rows {
		if row.Rank > 0 {
			all = append(all, Fed{Unit: row.Unit, Subject: row.who(), Value: row.Value, FromCompetition: r.Competition, Rollup: &r.ID, SourceKey: r.Key,
				Period: r.Period, Revision: r.Revision, At: r.PublishedAt})
		}
	}
	return s.feed(ctx, st, doc, all)
}

func (s *Service) feed(ctx context.Context, st Store, doc *template.Document, all []Fed) error {
	var into []Fed
	for _, f := range doc.Feeds {
		for _, one := range all {
			one.ID, one.FromKey, one.IntoKey, one.Weight = newID(), doc.Key, f.Into, f.Weight
			into = append(into, one)
		}
	}
	if len(into) == 0 {
		return nil
	}
	return st.InsertFed(ctx, into)
}

// who is the subject of a row; rows of before name the unit alone.
func (r RollupRow) who() uuid.UUID {
	if r.Subject == uuid.Nil {
		return r.Unit
	}
	return r.Subject
}

// fedMeans weighs what was fed to each subject: what is its own, or, where the
// scheme that feeds judges others, what belongs to the same place.
func fedMeans(known map[string]Known, fed []Fed) map[string]exact.Number {
	out := map[string]exact.Number{}
	for code, k := range known {
		var values, weights []exact.Number
		for _, own := range []bool{true, false} {
			for _, f := range fed {
				if own && f.Subject == k.Subject || !own && f.Unit == k.Unit {
					values, weights = append(values, f.Value), append(weights, f.Weight)
				}
			}
			if len(values) > 0 {
				break
			}
		}
		if mean, ok := outcome.WeightedMean(values, weights); ok {
			out[code] = mean
		}
	}
	return out
}
