package comparison

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
)

// Published is a publication as its round hands it over.
type Published struct {
	Publication, Round, Competition uuid.UUID
	Revision                        int
	Audience                        string
	Opened, On                      calendar.Date // days of the opening and of this publication, in the tenant's time zone
	Input                           contest.Input
	Result                          *contest.Result
}

// Keep writes what a publication leaves for comparison, in the publication's own
// transaction. A correction leaves totals of its own; those of the newest
// revision count.
func (s *Service) Keep(ctx context.Context, p Published) error {
	return s.write(ctx, func(ctx context.Context, st Store) error {
		counts, err := st.IssueCounts(ctx, p.Competition, p.On)
		if err != nil {
			return err
		}
		k, err := NewKept(p, counts)
		if err != nil {
			return err
		}
		return st.InsertTotal(ctx, k)
	})
}

// NewKept tallies a publication.
func NewKept(p Published, counts []IssueCount) (*Kept, error) {
	total, judging, issues, err := Tally(p.Input, p.Result, counts)
	if err != nil {
		return nil, err
	}
	return &Kept{
		ID: newID(), Publication: p.Publication, Round: p.Round, Competition: p.Competition, Revision: p.Revision, Audience: p.Audience,
		Subject: string(p.Input.Template.Subject), Template: p.Input.Template.Key, Opened: p.Opened, Published: p.On,
		Total: total, Judging: judging, Issues: issues,
	}, nil
}
