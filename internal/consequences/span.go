package consequences

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// over refuses a summary while its span still runs and its last months have no
// dated round: they would silently be left out of it. A trial may rehearse one.
func (s *Service) over(ctx context.Context, st Store, competition uuid.UUID, span Span, who *viewer.Viewer) error {
	trial, err := st.CompetitionTrial(ctx, competition)
	if err != nil || trial {
		return err
	}
	text, err := st.LastPeriod(ctx, competition)
	if err != nil {
		return err
	}
	today, err := s.today(who)
	if err != nil {
		return err
	}
	missing, err := undated(text, span.To, today)
	if err != nil || missing == nil {
		return err
	}
	return fault.New(fault.RollupRoundsOpen).At("to").About(missing...)
}

// undated lists the months after the last dated one up to the end of a span
// that is not over on a day; nil when it is over or they all are dated.
func undated(last, to string, today calendar.Date) ([]string, error) {
	dated, err := calendar.ParsePeriod(last)
	if err != nil {
		return nil, err
	}
	end, err := calendar.ParsePeriod(to)
	if err != nil {
		return nil, err
	}
	if today.After(end.Last()) || dated.Cadence() != end.Cadence() || dated.Compare(end) >= 0 {
		return nil, nil
	}
	months, err := calendar.Range(dated.Add(1), end)
	if err != nil {
		return nil, err
	}
	missing := make([]string, len(months))
	for i, month := range months {
		missing[i] = month.String()
	}
	return missing, nil
}
