package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/contest"
)

// What a dry run is compared with.
const (
	againstComputation  = "computation"
	againstPublication  = "publication"
	againstAnnouncement = "announcement"
)

// differ fills in what the dry run changes. While something is different from
// what is kept, that is what a person asks who is about to compute. Once it is
// kept, whoever approves asks what changed since people were told last: by the
// revision that was published, or by an announcement before objections were
// applied (J3).
func (p *Preview) differ(ctx context.Context, st Store, r *Round, c *computed) error {
	kept, err := st.ComputationOf(ctx, r.ID)
	if err != nil {
		return err
	}
	if kept != nil {
		p.Against, p.Changes = againstComputation, changes(kept.Result, c.result, c.roster)
		if len(p.Changes) > 0 || r.State != Computed && r.State != Provisional {
			return nil
		}
	}
	told, by, err := lastTold(ctx, st, r, c)
	if err == nil && told != nil {
		p.Against, p.Changes = by, changes(told, c.result, c.roster)
	}
	return err
}

// lastTold is the result that people know, and how they were told; nothing when
// nobody was told anything else than what is kept.
func lastTold(ctx context.Context, st Store, r *Round, c *computed) (*contest.Result, string, error) {
	if r.PublishedRevision > 0 {
		told, err := publishedResult(ctx, st, r.ID, r.PublishedRevision)
		return told, againstPublication, err
	}
	told, err := c.announced(ctx, st)
	return told, againstAnnouncement, err
}

// announced computes the round with the marks that stood before objections were
// applied to it; nothing when none was. One mark takes the place of one mark, so
// that all else the computation depends on is what was read for it.
func (c *computed) announced(ctx context.Context, st Store) (*contest.Result, error) {
	all, err := st.ObjectionsOf(ctx, c.round.ID)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, o := range all {
		if o.State != ObjectionApplied {
			continue
		}
		for _, change := range o.Corrections {
			ids = append(ids, change.Mark)
		}
	}
	if ids == nil {
		return nil, nil //nolint:nilnil // nothing was applied
	}
	found, err := st.MarksByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	c.putBack(found)
	before := c.input
	before.Marks = c.confirmed()
	return contest.Compute(before)
}

// putBack lets marks stand as they did before others superseded them.
func (d *desk) putBack(old []*Mark) {
	before := map[uuid.UUID]*Mark{}
	for _, m := range old {
		before[m.ID] = m
	}
	for _, m := range d.marks {
		if m.Supersedes == nil || before[*m.Supersedes] == nil {
			continue
		}
		was := *before[*m.Supersedes]
		was.State = m.State
		*m = was // the desk's other lists hold the same mark
		d.appraise(m)
	}
}
