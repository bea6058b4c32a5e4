package consequences

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Accounts lists the point accounts of a competition over a span of periods
// (empty: open). Whoever reads accounts at the tenant's unit sees all of them;
// others see those of their villages and their own.
func (s *Service) Accounts(ctx context.Context, competition uuid.UUID, from, to string) ([]Account, error) {
	if err := s.gate.Anywhere(ctx, authz.AccountRead); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	f := AccountFilter{Competition: competition, From: from, To: to, All: s.gate.May(ctx, authz.AccountRead, uuid.Nil),
		Units: s.gate.Scope(ctx, authz.AccountRead), Person: who.Person}
	var accounts []Account
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		entries, names, err := st.AccountEntries(ctx, f)
		accounts = gather(entries, names)
		return err
	})
	return accounts, err
}

// gather sums entries by holder: units before persons, each by name.
func gather(entries []Entry, names map[uuid.UUID]string) []Account {
	at := map[uuid.UUID]int{}
	var accounts []Account
	for _, e := range entries {
		holder := holderOf(e)
		i, known := at[holder]
		if !known {
			i = len(accounts)
			at[holder] = i
			accounts = append(accounts, Account{Unit: e.Unit, Person: e.Person, Body: e.Body, Holder: names[holder]})
		}
		accounts[i].Entries = append(accounts[i].Entries, e)
		switch {
		case e.Issue != nil:
			accounts[i].Deductions = exact.Sum(accounts[i].Deductions, e.Points)
		default:
			accounts[i].Balance = exact.Sum(accounts[i].Balance, e.Points)
			accounts[i].Deductions = exact.Sum(accounts[i].Deductions, e.Deducted)
		}
	}
	slices.SortStableFunc(accounts, func(a, b Account) int {
		if (a.Unit == nil) != (b.Unit == nil) {
			if a.Unit != nil {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Holder, b.Holder)
	})
	return accounts
}

func holderOf(e Entry) uuid.UUID {
	switch {
	case e.Unit != nil:
		return *e.Unit
	case e.Body != nil:
		return *e.Body
	}
	return *e.Person
}

// List is a page of outcomes, newest first; a village sees its own.
func (s *Service) List(ctx context.Context, f OutcomeFilter, args paging.Args) (paging.Page[*Outcome], error) {
	var page paging.Page[*Outcome]
	if err := s.gate.Anywhere(ctx, authz.OutcomeRead); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	if !s.gate.May(ctx, authz.OutcomeRead, uuid.Nil) {
		f.Units = s.gate.Scope(ctx, authz.OutcomeRead)
	}
	scope := paging.Scope("outcomes", who.Tenant.String(), text(f.Round), stateText(f.State), paging.Scope(texts(f.Units)...))
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.OutcomePage(ctx, f, window)
		page = paging.Cut(rows, window, func(o *Outcome) string { return s.cursors.Encode(scope, paging.Text(o.ID.String())) })
		return err
	})
	return page, err
}

func stateText(s *State) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

func texts(ids []uuid.UUID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}
