package round

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// looking is a read inside a round that the viewer may know of.
func (s *Service) looking(ctx context.Context, p authz.Permission, round uuid.UUID, do func(ctx context.Context, st Store, r *Round) error) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	return s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RoundByID(ctx, round)
		if err != nil {
			return err
		}
		return do(ctx, st, r)
	})
}

// Round reads one round; NOT_FOUND when there is none or it may not be known.
func (s *Service) Round(ctx context.Context, id uuid.UUID) (round *Round, err error) {
	err = s.looking(ctx, authz.RoundRead, id, func(_ context.Context, _ Store, r *Round) error {
		round = r
		return nil
	})
	return round, err
}

// ByIDs reads rounds in one go; those that are not there or may not be known
// are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) (rounds []*Round, err error) {
	if err := s.gate.Require(ctx, authz.RoundRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rounds, err = st.RoundsByID(ctx, ids)
		return err
	})
	return rounds, err
}

// Rounds lists rounds by the day they are held, newest first.
func (s *Service) Rounds(ctx context.Context, f Filter, args paging.Args) (page paging.Page[*Round], err error) {
	if err := s.gate.Require(ctx, authz.RoundRead, uuid.Nil); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	competition, state := "", ""
	if f.Competition != nil {
		competition = f.Competition.String()
	}
	if f.State != nil {
		state = string(*f.State)
	}
	scope := paging.Scope(who.Tenant.String(), "rounds", competition, state, "held desc,id desc")
	w, err := s.cursors.Open(args, scope, 2)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.RoundPage(ctx, f, w)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, w, func(r *Round) string {
			return s.cursors.Encode(scope, paging.Text(r.Held.String()), paging.Text(r.ID.String()))
		})
		return nil
	})
	return page, err
}

// Rubric reads a round's items. Before they are published to the villages,
// their owners see their own and the office all (A12).
func (s *Service) Rubric(ctx context.Context, round uuid.UUID) (items []*RubricItem, err error) {
	err = s.looking(ctx, authz.RubricRead, round, func(ctx context.Context, st Store, r *Round) error {
		who, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if items, err = st.RubricOf(ctx, r.ID); err != nil {
			return err
		}
		if len(items) == 0 {
			doc, _, err := st.RoundTemplate(ctx, r)
			if err != nil {
				return err
			}
			if doc.Rubric != template.Fixed && who.Tenant != r.Tenant {
				return nil // a tenant above does not read what leaders write into the round
			}
			items = asRubric(doc.Items) // fixed, or the default of a rubric that nobody wrote
		} else if r.RubricPublishedAt == nil && !s.gate.May(ctx, authz.RubricPublish, uuid.Nil) {
			items = slices.DeleteFunc(items, func(i *RubricItem) bool { return i.Owner != who.Person })
		}
		sight := s.gate.Sight(ctx, authz.RubricRead)
		items = slices.DeleteFunc(items, func(i *RubricItem) bool { return !sight.Sees(uuid.Nil, i.Dimension) })
		return nil
	})
	return items, err
}

// Roster reads the subjects of a round; none before it opened.
func (s *Service) Roster(ctx context.Context, round uuid.UUID) (entries []*Entry, err error) {
	err = s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		entries, err = st.RosterOf(ctx, r.ID)
		return err
	})
	return entries, err
}

// Panels reads the review groups with their warnings; before the written notice
// only the office sees them.
func (s *Service) Panels(ctx context.Context, round uuid.UUID) (panels []*Panel, err error) {
	err = s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		office := s.gate.May(ctx, authz.PanelWrite, uuid.Nil)
		if r.Notice == nil && !office {
			return nil
		}
		if panels, err = st.PanelsOf(ctx, r.ID); err != nil {
			return err
		}
		doc, _, err := st.RoundTemplate(ctx, r)
		if err != nil {
			return err
		}
		if err := split(ctx, st, r, doc, panels); err != nil || !office {
			return err
		}
		_, err = warnMarkers(ctx, st, r, doc, panels)
		return err
	})
	return panels, err
}

// split tells the places a group marks from single contestants that are none.
func split(ctx context.Context, st Store, r *Round, doc *template.Document, panels []*Panel) error {
	if IsUnit(doc.Subject) {
		return nil
	}
	field, err := contestants(ctx, st, doc, r.Held)
	if err != nil {
		return err
	}
	for _, p := range panels {
		p.SubjectKind = doc.Subject
		for _, c := range field {
			if c.Subject != c.Unit && slices.Contains(p.Units, c.Subject) {
				p.Subjects = append(p.Subjects, c.Subject)
			}
		}
	}
	return nil
}

// Receptions reads the ledgers checked in.
func (s *Service) Receptions(ctx context.Context, round uuid.UUID) (all []*Reception, err error) {
	err = s.looking(ctx, authz.MarkDraftRead, round, func(ctx context.Context, st Store, r *Round) error {
		if works, err := s.worksOn(ctx, st, r); err != nil || !works {
			return err
		}
		all, err = st.ReceptionsOf(ctx, r.ID)
		return err
	})
	return all, err
}

// Decisions reads what was decided about absent subjects and missing marks.
func (s *Service) Decisions(ctx context.Context, round uuid.UUID) (all []*MissingDecision, err error) {
	err = s.looking(ctx, authz.MarkDraftRead, round, func(ctx context.Context, st Store, r *Round) error {
		if works, err := s.worksOn(ctx, st, r); err != nil || !works {
			return err
		}
		if all, err = st.DecisionsOf(ctx, r.ID); err != nil {
			return err
		}
		seen, every, err := s.itemsSeen(ctx, st, r, authz.MarkDraftRead)
		all = slices.DeleteFunc(all, func(d *MissingDecision) bool { return !every && d.Item != "" && !seen(d.Item) })
		return err
	})
	return all, err
}

// Marks lists a round's marks in the order they were entered, superseded ones
// included. Before the close a judge sees only what the judge gave or entered.
func (s *Service) Marks(ctx context.Context, round uuid.UUID, args paging.Args) (page paging.Page[*Mark], err error) {
	err = s.looking(ctx, authz.MarkDraftRead, round, func(ctx context.Context, st Store, r *Round) error {
		who, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		f, only := MarkFilter{Round: r.ID}, ""
		full, err := s.seesAllMarks(ctx, st, r)
		if err != nil {
			return err
		}
		if !full {
			f.OnlyBy, only = &who.Person, who.Person.String()
		}
		if err := s.narrowMarks(ctx, st, r, &f); err != nil {
			return err
		}
		scope := paging.Scope(append([]string{who.Tenant.String(), "marks", r.ID.String(), only, "entered_at,id"}, s.gate.Sight(ctx, authz.MarkDraftRead).Scope()...)...)
		w, err := s.cursors.Open(args, scope, 2)
		if err != nil {
			return err
		}
		rows, err := st.MarkPage(ctx, f, w)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, w, func(m *Mark) string {
			return s.cursors.Encode(scope, paging.Text(m.EnteredAt.UTC().Format(time.RFC3339Nano)), paging.Text(m.ID.String()))
		})
		return nil
	})
	return page, err
}

// Mark reads one mark, as Marks shows it.
func (s *Service) Mark(ctx context.Context, id uuid.UUID) (mark *Mark, err error) {
	if err := s.gate.Require(ctx, authz.MarkDraftRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		found, err := st.MarksByID(ctx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		r, err := st.RoundByID(ctx, found[0].Round)
		if err != nil {
			return err
		}
		who, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		seen, _, err := s.itemsSeen(ctx, st, r, authz.MarkDraftRead)
		if err != nil {
			return err
		}
		full, err := s.seesAllMarks(ctx, st, r)
		if err != nil {
			return err
		}
		if m := found[0]; !seen(m.Item) {
			return notFound()
		} else if full || m.Judge == who.Person || m.EnteredBy == who.Person {
			mark = m
			return nil
		}
		return notFound()
	})
	return mark, err
}
