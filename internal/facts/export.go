package facts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Export is all facts of a filter as they are at one moment, read piece by
// piece: publications are never changed, so that a piece read later still is
// what it was.
type Export struct {
	Tag   string // of everything it will hold, for one form of file and one viewer: two equal tags, two equal files
	Since string // where the next export goes on
	Demo  bool   // everything in it is invented
	f     Filter
	heads []*Publication
}

// mostPublications of one export; a filter makes it fewer.
const mostPublications = 20_000

// Plan lists what an export will hold. Form names what else a file depends on.
func (s *Service) Plan(ctx context.Context, f Filter, form string) (*Export, error) {
	since, err := f.check()
	if err != nil {
		return nil, err
	}
	x := &Export{f: f}
	err = s.look(ctx, authz.PublicationRead, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		at, err := st.FactPlace(ctx)
		if err != nil {
			return err
		}
		if x.heads, err = st.FactHeads(ctx, HeadQuery{Filter: f, Since: since, Limit: mostPublications + 1}); err != nil {
			return err
		}
		if len(x.heads) > mostPublications {
			return fault.New(fault.FactsTooMany, "most", fmt.Sprint(mostPublications)).At("from")
		}
		x.Since, x.Demo, x.Tag = at.String(), v.Demo, s.tag(ctx, v, x, form)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// tag is a digest of all that the bytes of a file follow from: the filter, what
// the viewer may see, the publications and the names printed from elsewhere.
func (s *Service) tag(ctx context.Context, v *viewer.Viewer, x *Export, form string) string {
	h := sha256.New()
	sight := s.c.Gate.Sight(ctx, authz.PublicationRead)
	runs := s.c.Gate.May(ctx, authz.ResultDraftRead, uuid.Nil)
	epoch := int64(0)
	for _, p := range x.heads {
		if p.Audience == audiencePerson {
			epoch = v.Epoch // who is shown such a result follows from many grants
		}
	}
	words := slices.Concat([]string{fmt.Sprint(Version), form, v.Tenant.String(), v.User.String(), fmt.Sprint(runs, epoch, v.Demo), x.Since}, x.f.words(), sight.Scope())
	for _, w := range words {
		_, _ = fmt.Fprintf(h, "%d:%s", len(w), w) // a hash takes everything
	}
	for _, p := range x.heads {
		_, _ = fmt.Fprintf(h, "\n%s %t %s %q %q %q", p.ID, p.Superseded, p.Names, p.Publisher, p.PublisherCode, p.CompetitionName)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// audiencePerson is the audience of a result that each sees the own of.
const audiencePerson = "person"

// contestantsAtOnce bounds a piece of an export.
const contestantsAtOnce = 250

func pieceOf(heads []*Publication) int {
	have := 0
	for i, p := range heads {
		if have += max(p.Size, 1); have >= contestantsAtOnce {
			return i + 1
		}
	}
	return len(heads)
}

// Next reads the next piece; none at the end. Each may be read in a request of
// its own, so that nobody who takes the file slowly holds a connection.
func (s *Service) Next(ctx context.Context, x *Export) (facts []Fact, more bool, err error) {
	if len(x.heads) == 0 {
		return nil, false, nil
	}
	n := pieceOf(x.heads)
	err = s.look(ctx, authz.PublicationRead, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		parts, err := s.load(ctx, st, x.heads[:n], x.f, s.c.Gate.Sight(ctx, authz.PublicationRead))
		facts = slices.Concat(parts...)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	x.heads = x.heads[n:]
	return facts, true, nil
}
