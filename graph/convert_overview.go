package graph

import (
	"strings"

	"leitai/graph/model"
	"leitai/internal/agenda"
	"leitai/internal/fault"
	"leitai/internal/search"
)

// kindFound is the type whose global id a hit has.
var kindFound = map[search.Kind]kind{
	search.Unit: unitKind, search.Competition: competitionKind, search.Round: roundKind, search.Publication: publicationKind, search.Template: templateKind,
	search.Issue: issueKind, search.Person: personKind, search.Organisation: organisationKind, search.OfficeForm: officeFormKind,
}

// valueOf writes a key of ours as a value of the contract.
func valueOf(key string) string { return strings.ToUpper(strings.ReplaceAll(key, "-", "_")) }

func searchKinds(sent []model.SearchKind) []search.Kind {
	return converted(sent, func(k model.SearchKind) search.Kind {
		return search.Kind(strings.ToLower(strings.ReplaceAll(string(k), "_", "-")))
	})
}

func searchHit(h search.Hit) *model.SearchHit {
	return &model.SearchHit{Kind: model.SearchKind(valueOf(string(h.Kind))), ID: globalID(kindFound[h.Kind], h.ID), Label: h.Label, Detail: h.Detail}
}

func agendaEntry(language fault.Language) func(agenda.Entry) *model.AgendaEntry {
	return func(e agenda.Entry) *model.AgendaEntry {
		entry := &model.AgendaEntry{Kind: model.AgendaKind(valueOf(string(e.Kind))), RoundKey: some(e.Round), Permission: string(e.Permission), Mine: e.Mine,
			Due: dated(e.Due), Overdue: e.Overdue, Count: e.Count}
		if e.Next != "" {
			next := model.RoundState(valueOf(e.Next))
			entry.Next = &next
		}
		if e.Known {
			entry.Blockers = blockers(e.Blockers, language)
		}
		return entry
	}
}

// orElse gives what was sent, or what stands for nothing sent.
func orElse[T any](sent *T, usual T) T {
	if sent == nil {
		return usual
	}
	return *sent
}
