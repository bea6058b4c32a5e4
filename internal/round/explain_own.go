package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
)

// OwnResult is a published result of the tenant above, in which the viewer's own
// unit contested. What else that tenant keeps of the round is out of reach.
type OwnResult struct {
	Board  *Board // without rows
	Entry  Entry  // the own unit
	Bundle string // the public one, which holds no mark
}

// explainOwn explains the own rank to a township that contests in its county's
// contest, vetoed or not: to those of it who see its traces, through the
// adoption on which both agreed. It says nothing of others whose rank the board
// does not show to the township.
func (s *Service) explainOwn(ctx context.Context, st Store, round uuid.UUID, code string, revision int) (*Explanation, error) {
	if !s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil) {
		return nil, notFound()
	}
	own, err := st.OwnResult(ctx, round, revision)
	if err != nil {
		return nil, err
	}
	if own == nil || own.Entry.Code != code {
		return nil, notFound()
	}
	report, err := contest.Verify([]byte(own.Bundle), contest.Trust{})
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(report.Result.Standings, func(st contest.Standing) bool { return st.Subject == code })
	if at < 0 {
		return nil, notFound()
	}
	for i := range report.Input.Roster {
		if report.Input.Roster[i].ID == code {
			own.Entry.Name = report.Input.Roster[i].Name
		}
	}
	x := &Explanation{Board: own.Board, Row: rowOf(&report.Result.Standings[at], &own.Entry), Template: report.Input.Template, Rubric: report.Input.Rubric}
	x.Row.Grades = gradesOf(&report.Result, code)
	if x.Names, err = s.named(ctx, st, round, revision, own.Entry); err != nil {
		return nil, err
	}
	if err := s.why(ctx, x, &report.Result); err != nil {
		return nil, err
	}
	x.alone()
	if sight := s.gate.Sight(ctx, authz.ResultDraftRead); !sight.All {
		x.narrowTo(sight, own.Entry.Unit)
	}
	return x, nil
}

// named gives the names of those whose rank is shown to the viewer, and the own.
func (s *Service) named(ctx context.Context, st Store, round uuid.UUID, revision int, own Entry) (map[string]string, error) {
	names := map[string]string{own.Code: own.Name}
	b, err := st.BoardOf(ctx, round, revision)
	if err != nil || b == nil || s.show(ctx, b) != nil {
		return names, err
	}
	for _, row := range b.Rows {
		if row.Rank != nil {
			names[row.UnitCode] = row.Name
		}
	}
	return names, nil
}

// alone takes out of an explanation the subjects without a name in it, and what
// was worked out against them.
func (x *Explanation) alone() {
	if x.Why == nil {
		return
	}
	unnamed := func(r *contest.Rival) bool { return r != nil && x.Names[r.Subject] == "" }
	if unnamed(x.Why.Next) {
		x.Why.Next, x.Why.Lift = nil, nil
	}
	if unnamed(x.Why.Best) {
		x.Why.Best = nil
	}
	x.Why.TiedWith = slices.DeleteFunc(slices.Clone(x.Why.TiedWith), func(code string) bool { return x.Names[code] == "" })
}
