package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// MarkGap is a cell of a subject that still lacks marks.
type MarkGap struct {
	Subject    uuid.UUID
	Kind       template.SubjectKind
	Code, Name string
	Item       string
	Channel    string
	Have, Need int
}

// ToMark lists what is still to mark in an open round, in the order of the roster
// and then of the rubric: for a judge the cells of the own group without the own
// mark, for those who see all marks every cell that lacks some.
func (s *Service) ToMark(ctx context.Context, round uuid.UUID) (all []MarkGap, err error) {
	err = s.looking(ctx, authz.MarkDraftRead, round, func(ctx context.Context, st Store, r *Round) error {
		who, err := viewer.From(ctx)
		if err != nil || r.State != Open {
			return err
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		full, err := s.seesAllMarks(ctx, st, r)
		if err != nil {
			return err
		}
		seen, _ := s.sighted(ctx, authz.MarkDraftRead, d.items)
		for _, e := range d.roster {
			for c := range d.plan.Cells() {
				if g := d.toMark(e, c); g != nil && seen(g.Item) && (full || d.mayGive(who.Person, e, g)) {
					all = append(all, *g)
				}
			}
		}
		return nil
	})
	return all, err
}

// toMark is what a cell of a subject lacks; nil when nothing.
func (d *desk) toMark(e *Entry, c int) *MarkGap {
	cell, need := d.plan.Cells()[c], d.plan.Need(c)
	if e.Absent || need == 0 || !concerns(d.plan.ItemOf(c), e) {
		return nil
	}
	have := 0
	for _, m := range d.of(e.Subject, cell.Item, cell.Channel) {
		if m.State != MarkRejected {
			have++
		}
	}
	if have >= need {
		return nil
	}
	return &MarkGap{Subject: e.Subject, Kind: e.Kind, Code: e.Code, Name: e.Name, Item: cell.Item, Channel: cell.Channel, Have: have, Need: need}
}

// mayGive reports whether a person could give a mark that lacks, and has not.
func (d *desk) mayGive(person uuid.UUID, e *Entry, g *MarkGap) bool {
	panel, member := seatOf(d.panels, person)
	if panel == nil || member.Observer || !panel.covers(g.Item, g.Channel, e.Unit, e.Subject) || recuses(d.doc) && linked(e.Links, member.Pseudonym) {
		return false
	}
	return !slices.ContainsFunc(d.of(e.Subject, g.Item, g.Channel), func(m *Mark) bool { return m.Judge == person })
}

// Grades reads the grade scales of a published result with every seat explained,
// from its public bundle; none for a viewer from whom the board hides something.
func (s *Service) Grades(ctx context.Context, round uuid.UUID, revision int) (grades []contest.GradeResult, names map[string]string, err error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		b, err := st.BoardOf(ctx, round, revision)
		if err != nil || b == nil {
			return err
		}
		names = map[string]string{}
		for _, row := range b.Rows {
			names[row.UnitCode] = row.Name
		}
		if !s.unhidden(ctx, b) {
			return nil
		}
		report, err := s.bundleOf(ctx, st, b, false)
		if err != nil {
			return err
		}
		grades = report.Result.Grades
		return nil
	})
	return grades, names, err
}
