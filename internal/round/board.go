package round

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

func notFound() error { return fault.New(fault.NotFound) }

// Board reads a published result: the latest revision, or a given one. What the
// viewer is not shown, the rows do not hold: people of other townships and the
// public see no bottom ranks (Q35), a template may show bands or the top alone
// (G8), and a result for the persons concerned shows each only the own.
func (s *Service) Board(ctx context.Context, round uuid.UUID, revision int) (*Board, error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	var b *Board
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		var err error
		if b, err = st.BoardOf(ctx, round, revision); err != nil {
			return err
		}
		if b == nil {
			return notFound()
		}
		if err := s.show(ctx, b); err != nil {
			return err
		}
		return s.narrowVetoes(ctx, st, b)
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// show leaves on a board what its viewer may see.
func (s *Service) show(ctx context.Context, b *Board) error {
	who, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if who.Tenant == b.Tenant && s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil) {
		return nil // runs the contest
	}
	if b.Audience == AudiencePerson || b.Trial {
		b.Rows = slices.DeleteFunc(b.Rows, func(row BoardRow) bool {
			return who.Tenant != b.Tenant || !s.concerned(ctx, who, row.Kind, row.Subject, row.Unit)
		})
		if len(b.Rows) == 0 {
			return notFound()
		}
		return nil
	}
	b.hide(!slices.Contains(who.Readable, b.Tenant))
	return nil
}

// concerned reports whether a result is the viewer's own: the person's who
// contests, or of a place whose people may see theirs.
func (s *Service) concerned(ctx context.Context, who *viewer.Viewer, kind template.SubjectKind, subject, unit uuid.UUID) bool {
	if kind == template.Person {
		return who.Person == subject
	}
	return s.gate.May(ctx, authz.ResultDraftRead, unit)
}

// Values of ranking.show (G8).
const (
	showBands   = "bands"
	showTopOnly = "top-only"
	showNone    = "none"
)

// hide takes away what a template, or for outsiders the audience, does not
// show. Rows without a rank stand last, by code, so that their order tells
// nothing.
func (b *Board) hide(outsider bool) {
	among := func(row *BoardRow, keys []string) bool {
		return slices.ContainsFunc(row.Bands, func(band string) bool { return slices.Contains(keys, band) })
	}
	hidden := false
	for i := range b.Rows {
		row := &b.Rows[i]
		keepBands := b.Show != showNone
		bare := b.Show == showNone || b.Show == showBands || b.Show == showTopOnly && !among(row, b.BestBands)
		if outsider && row.Kind == template.Person {
			row.mask()
			b.masked = true
		}
		if outsider && among(row, b.WorstBands) || b.Show == showTopOnly && bare {
			bare, keepBands = true, false
		}
		if !bare {
			continue
		}
		hidden = true
		row.Total, row.Shown, row.Rank, row.RankIfExact, row.Change, row.RankLow, row.RankHigh, row.Streaks = nil, "", nil, nil, nil, nil, nil, nil
		row.TrackRank, row.Percentile, row.Parts, row.Vetoes = nil, nil, nil, nil
		if !keepBands {
			row.Bands = nil
		}
		if b.Show != showNone && !keepBands || outsider {
			row.Light, row.Grades = "", nil // colours and grades may be all that is published
		}
	}
	if !hidden {
		return
	}
	slices.SortStableFunc(b.Rows, func(x, y BoardRow) int {
		switch {
		case x.Rank != nil && y.Rank != nil:
			return cmp.Compare(*x.Rank, *y.Rank)
		case x.Rank != nil:
			return -1
		case y.Rank != nil:
			return 1
		}
		return cmp.Or(cmp.Compare(x.UnitCode, y.UnitCode), cmp.Compare(x.Name, y.Name))
	})
}

// mask leaves of a person's row the place alone: to the other townships and the
// public a person's result is that of the village (Q35).
func (row *BoardRow) mask() {
	row.Subject, row.UnitCode, row.Name, row.Grades = uuid.Nil, "", row.Place, nil
}

// History lists the revisions of a round's publication, newest first, all of
// them readable (Q30).
func (s *Service) History(ctx context.Context, round uuid.UUID) (all []*Publication, err error) {
	err = s.looking(ctx, authz.PublicationRead, round, func(ctx context.Context, st Store, r *Round) error {
		who, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if all, err = st.PublicationsOf(ctx, r.ID); err != nil {
			return err
		}
		all = s.shown(ctx, who, all)
		return nil
	})
	return all, err
}

// Histories is History of several rounds in one go, round after round. A round
// that is not there, or may not be known, has none.
func (s *Service) Histories(ctx context.Context, rounds []uuid.UUID) (all []*Publication, err error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.PublicationsOfRounds(ctx, rounds)
		return err
	})
	return s.shown(ctx, who, all), err
}

// shown leaves out what only those see who may see drafts of the own tenant:
// trials, and what was published to persons.
func (s *Service) shown(ctx context.Context, who *viewer.Viewer, all []*Publication) []*Publication {
	drafts := s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil)
	return slices.DeleteFunc(all, func(p *Publication) bool {
		return (!drafts || p.Tenant != who.Tenant) && (p.Audience == AudiencePerson || p.Trial)
	})
}

// Publication reads one publication by its id, as History shows it.
func (s *Service) Publication(ctx context.Context, id uuid.UUID) (p *Publication, err error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		if p, err = st.PublicationByID(ctx, id); err != nil {
			return err
		}
		runs := who.Tenant == p.Tenant && s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil)
		if !runs && (p.Audience == AudiencePerson || p.Trial) {
			return notFound()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Sealed reads the sealed bundle of a publication, with every mark, for
// auditors.
func (s *Service) Sealed(ctx context.Context, publication uuid.UUID) (body string, err error) {
	if err := s.gate.Require(ctx, authz.SealedRead, uuid.Nil); err != nil {
		return "", err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		body, err = st.SealedOf(ctx, publication)
		return err
	})
	return body, err
}
