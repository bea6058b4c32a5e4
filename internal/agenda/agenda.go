package agenda

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/viewer"
)

// stepOf is what taking a step to a state needs.
var stepOf = map[string]authz.Permission{
	"notified": authz.RoundNotify, "open": authz.RoundOpen, "closed": authz.RoundClose, "computed": authz.RoundCompute,
	"provisional": authz.RoundAnnounce, "published": authz.RoundPublish,
}

// waits are the kinds that wait for whoever holds a permission, in the order in
// which they are told; local ones for whoever holds it over some villages, too.
var waits = []struct {
	kind       Kind
	permission authz.Permission
	local      bool
}{
	{MarksToConfirm, authz.MarkConfirm, false},
	{FiguresConfirm, authz.FigureConfirm, false},
	{GradesApprove, authz.GradeDecide, false},
	{Objections, authz.ObjectionDecide, false},
	{Outcomes, authz.OutcomeConfirm, false},
	{Findings, authz.OutcomeConfirm, false},
	{MoneyDecide, authz.MoneyDecide, false},
	{MoneyApprove, authz.MoneyApprove, false},
	{MoneyPay, authz.MoneyExecute, false},
	{Tasks, authz.TaskExecute, true},
	{IssuesAnswer, authz.IssueAnswer, true},
	{IssuesVerify, authz.IssueVerify, true},
}

// permissionOf is what doing something of a kind needs.
func permissionOf(k Kind) authz.Permission {
	for _, w := range waits {
		if w.kind == k {
			return w.permission
		}
	}
	return authz.MarkWrite
}

// Agenda lists what is due for the viewer: the next step of each round in
// progress, whoever takes it, and what waits for the viewer; what is overdue
// first, then by day, what has no day last. A grant over some dimensions alone is
// told of no numbers that others' items are part of.
func (s *Service) Agenda(ctx context.Context) ([]Entry, error) {
	if err := s.Gate.Require(ctx, authz.RoundRead, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	today, err := who.DateOf(s.Now())
	if err != nil {
		return nil, err
	}
	var rounds []Round
	var waiting []Waiting
	err = s.Read(ctx, func(ctx context.Context, st Store) error {
		if rounds, err = st.RoundsUnderWay(ctx, who.Person, today.AddDays(daysAhead), MostRounds); err != nil {
			return err
		}
		if a := s.asked(ctx, who); len(a.Kinds) > 0 {
			waiting, err = st.WorkWaiting(ctx, a)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	ahead, err := s.Ahead(ctx, closer(rounds))
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, r := range rounds {
		all = append(all, s.ofRound(ctx, r, ahead)...)
	}
	for _, w := range waiting {
		all = append(all, Entry{Kind: w.Kind, Round: w.Round, Permission: permissionOf(w.Kind), Mine: true, Due: w.Due, Count: w.Count})
	}
	return inOrder(all, today), nil
}

// asked is what is counted for the viewer.
func (s *Service) asked(ctx context.Context, who *viewer.Viewer) Asked {
	a := Asked{Person: who.Person, Units: map[Kind][]uuid.UUID{}}
	for _, w := range waits {
		scope := s.Gate.Scope(ctx, w.permission)
		whole := s.Gate.May(ctx, w.permission, uuid.Nil)
		if !s.Gate.Sight(ctx, w.permission).All || !whole && (!w.local || len(scope) == 0) || w.kind == Tasks && who.Person == uuid.Nil {
			continue
		}
		a.Kinds = append(a.Kinds, w.kind)
		if !whole && w.kind != Tasks {
			a.Units[w.kind] = scope
		}
	}
	return a
}

// closer are the rounds that are looked into: those in which the viewer marks
// first, then those that come first.
func closer(rounds []Round) []uuid.UUID {
	ordered := slices.Clone(rounds)
	slices.SortStableFunc(ordered, func(a, b Round) int { return rankOf(a) - rankOf(b) })
	var ids []uuid.UUID
	for _, r := range ordered[:min(len(ordered), LookedInto)] {
		ids = append(ids, r.ID)
	}
	return ids
}

func rankOf(r Round) int {
	if r.Member && r.State == "open" {
		return 0
	}
	return 1
}

// ofRound are the entries of a round in progress.
func (s *Service) ofRound(ctx context.Context, r Round, ahead map[uuid.UUID]Outlook) []Entry {
	o, next := ahead[r.ID], s.Next(r.State)
	due := r.Held
	if r.Until.After(due) {
		due = r.Until.AddDays(1) // until then nobody can take the step
	}
	step := Entry{Kind: RoundStep, Round: r.ID, Next: next, Permission: stepOf[next], Due: due, Known: o.Known, Blockers: o.Blockers, Count: len(o.Blockers)}
	step.Mine = s.Gate.May(ctx, step.Permission, uuid.Nil)
	all := []Entry{step}
	if o.ToGive > 0 && s.Gate.May(ctx, authz.MarkWrite, uuid.Nil) {
		all = append(all, Entry{Kind: MarksToGive, Round: r.ID, Permission: authz.MarkWrite, Mine: true, Due: r.Held, Count: o.ToGive})
	}
	return all
}

// inOrder sorts by day and says what is late.
func inOrder(all []Entry, today calendar.Date) []Entry {
	for i := range all {
		all[i].Overdue = !all[i].Due.IsZero() && all[i].Due.Before(today)
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		switch {
		case a.Due.IsZero() && b.Due.IsZero():
			return 0
		case a.Due.IsZero():
			return 1
		case b.Due.IsZero():
			return -1
		}
		return cmp.Compare(a.Due.String(), b.Due.String())
	})
	return all
}
