package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Explanation says why a subject stands where it stands (J4). The lines of Why
// sum to the published total; names of other subjects are left out where the
// viewer is not shown their rank.
type Explanation struct {
	Board       *Board // without rows when provisional
	Row         BoardRow
	Why         *contest.Explanation // nil for a subject that is not ranked
	Template    *template.Document
	Rubric      []template.Item
	Names       map[string]string // shown names by subject
	Provisional bool              // announced, not published yet
	Limited     bool              // items of other dimensions than the viewer's were left out
}

// Explain explains a subject's rank in a publication: the latest revision, or a
// given one. While a result is only announced, it explains a village to its own
// people and to those who run the contest, and to nobody else. The own people
// also see the marks behind the channel values, without the judges.
func (s *Service) Explain(ctx context.Context, round uuid.UUID, unitCode string, revision int) (*Explanation, error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	var x *Explanation
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RoundByID(ctx, round)
		if fault.CodeOf(err) == fault.NotFound {
			x, err = s.explainOwn(ctx, st, round, unitCode, revision)
			return err
		}
		if err != nil {
			return err
		}
		if revision == 0 && r.State == Provisional {
			if x, err = s.explainProvisional(ctx, st, r, unitCode); x != nil || err != nil {
				return err
			}
		}
		x, err = s.explainPublished(ctx, st, r, unitCode, revision)
		return err
	})
	return x, err
}

// explainProvisional explains an announced result to a village's own people;
// nil when the viewer is none of them.
func (s *Service) explainProvisional(ctx context.Context, st Store, r *Round, code string) (*Explanation, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	d, err := sit(ctx, st, r)
	if err != nil {
		if fault.All(err) != nil {
			return nil, nil //nolint:nilerr // not the viewer's to read: the published result, if any, answers
		}
		return nil, err
	}
	e, err := d.entry(SubjectRef{Code: code})
	if err != nil || who.Tenant != r.Tenant {
		return nil, nil //nolint:nilerr // likewise
	}
	if mine, err := s.mine(ctx, st, e.Kind, e.Subject, e.Unit, r.Held); err != nil || !mine {
		return nil, err
	}
	kept, err := st.ComputationOf(ctx, r.ID)
	if err != nil || kept == nil {
		return nil, err
	}
	b := &Board{Tenant: r.Tenant, Round: r.ID, Competition: r.Competition, Period: r.Period, Held: r.Held, Trial: r.Trial, Revision: r.PublishedRevision + 1}
	x := &Explanation{Board: b, Template: d.doc, Rubric: d.items, Provisional: true, Names: map[string]string{}}
	for _, e := range d.roster {
		x.Names[e.Code] = e.Name
	}
	at := slices.IndexFunc(kept.Result.Standings, func(st contest.Standing) bool { return st.Subject == code })
	if at < 0 {
		return nil, notFound()
	}
	x.Row = rowOf(&kept.Result.Standings[at], e)
	if err := s.why(ctx, x, kept.Result); err != nil {
		return nil, err
	}
	if sight := s.gate.Sight(ctx, authz.ResultDraftRead); !sight.All {
		x.narrowTo(sight, e.Unit)
	}
	return x, nil
}

// explainPublished explains a row of a publication from its bundle.
func (s *Service) explainPublished(ctx context.Context, st Store, r *Round, code string, revision int) (*Explanation, error) {
	b, err := st.BoardOf(ctx, r.ID, revision)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return nil, notFound()
	}
	x := &Explanation{Board: b, Names: map[string]string{}}
	for _, row := range b.Rows {
		x.Names[row.UnitCode] = row.Name
	}
	if err := s.show(ctx, b); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(b.Rows, func(row BoardRow) bool { return row.UnitCode == code })
	if at < 0 {
		return nil, notFound()
	}
	x.Row = b.Rows[at]
	own, err := s.ownPeople(ctx, st, b, &x.Row)
	if err != nil {
		return nil, err
	}
	if x.Row.Rank == nil && x.Row.Unranked == "" && !own {
		return nil, notFound() // its rank is not shown to this viewer
	}
	report, err := s.bundleOf(ctx, st, b, own)
	if err != nil {
		return nil, err
	}
	x.Template, x.Rubric = report.Input.Template, report.Input.Rubric
	if err := s.why(ctx, x, &report.Result); err != nil {
		return nil, err
	}
	if sight := s.gate.Sight(ctx, authz.PublicationRead); !sight.All {
		x.narrowTo(sight, x.Row.Unit)
	}
	return x, nil
}

// ownPeople reports whether the viewer may see a unit's own trace in full.
func (s *Service) ownPeople(ctx context.Context, st Store, b *Board, row *BoardRow) (bool, error) {
	who, err := viewer.From(ctx)
	if err != nil || who.Tenant != b.Tenant {
		return false, err
	}
	return s.mine(ctx, st, row.Kind, row.Subject, row.Unit, b.Held)
}

// bundleOf opens the bundle of a publication: the sealed one for the own
// people, else the public one, which holds no mark.
func (s *Service) bundleOf(ctx context.Context, st Store, b *Board, sealed bool) (*contest.Report, error) {
	read := st.BundleOf
	if sealed {
		read = st.SealedOf
	}
	body, err := read(ctx, b.Publication)
	if err != nil {
		return nil, err
	}
	return contest.Verify([]byte(body), contest.Trust{})
}

// why explains a ranked row, without saying who judged: only those who may read
// sealed bundles are told.
func (s *Service) why(ctx context.Context, x *Explanation, result *contest.Result) error {
	if x.Row.Unranked != "" {
		return nil
	}
	why, err := contest.Explain(x.Template, x.Rubric, result, x.Row.UnitCode)
	if err != nil {
		return err
	}
	if !s.gate.May(ctx, authz.SealedRead, uuid.Nil) {
		for i := range why.Lines {
			why.Lines[i].Judge, why.Lines[i].Mark = "", ""
		}
	}
	x.Why = why
	return nil
}
