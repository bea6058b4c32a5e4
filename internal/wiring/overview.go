package wiring

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/agenda"
	"leitai/internal/postgres"
	"leitai/internal/round"
	"leitai/internal/search"
)

// overview makes the use cases that look across the others: what somebody looks
// for, and what is due.
func (a *App) overview() {
	a.Search = search.New(postgres.Read[search.Store](a.DB), a.Gate)
	a.Agenda = agenda.New(agenda.Config{Read: postgres.Read[agenda.Store](a.DB), Gate: a.Gate, Now: a.Now, Ahead: a.ahead,
		Next: func(state string) string { return string(round.NextState(round.State(state))) }})
}

// ahead is what a round says of what comes next, in the words of an agenda.
func (a *App) ahead(ctx context.Context, rounds []uuid.UUID) (map[uuid.UUID]agenda.Outlook, error) {
	found, err := a.Rounds.Outlooks(ctx, rounds)
	all := make(map[uuid.UUID]agenda.Outlook, len(found))
	for id, o := range found {
		all[id] = agenda.Outlook(o)
	}
	return all, err
}
