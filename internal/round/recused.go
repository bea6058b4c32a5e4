package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/template"
)

// Recusal is a member of a review group who may not mark a subject of the group
// (A09).
type Recusal struct {
	Panel      int // number of the group
	Person     uuid.UUID
	Pseudonym  string
	Subject    uuid.UUID
	Kind       template.SubjectKind
	Code, Name string
}

// Recused lists who of a round's groups may not mark whom, by group, member and
// roster: as the roster was fixed, and before it is by who is linked to a place
// on the day of the round. Whoever sees the groups sees it (see Panels); nobody
// stands in it under a template that keeps no judge from the own village.
func (s *Service) Recused(ctx context.Context, round uuid.UUID) (all []Recusal, err error) {
	err = s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		if r.Notice == nil && !s.gate.May(ctx, authz.PanelWrite, uuid.Nil) {
			return nil
		}
		doc, _, err := st.RoundTemplate(ctx, r)
		if err != nil || !recuses(doc) {
			return err
		}
		panels, err := st.PanelsOf(ctx, r.ID)
		if err != nil || len(panels) == 0 {
			return err
		}
		field, err := standing(ctx, st, r, doc)
		all = recusals(panels, field)
		return err
	})
	return all, err
}

// standing lists who contests in a round: its roster, and before that is fixed
// those who would stand on it.
func standing(ctx context.Context, st Store, r *Round, doc *template.Document) ([]Contestant, error) {
	roster, err := st.RosterOf(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if len(roster) == 0 {
		return contestants(ctx, st, doc, r.Held)
	}
	field := make([]Contestant, len(roster))
	for i, e := range roster {
		field[i] = Contestant{Subject: e.Subject, Kind: e.Kind, Unit: e.Unit, Code: e.Code, Name: e.Name, Links: e.Links}
	}
	return field, nil
}

// recusals are the pairs of a marker and a subject of the own group to which the
// marker is linked.
func recusals(panels []*Panel, field []Contestant) (all []Recusal) {
	for _, p := range panels {
		for _, m := range p.markers() {
			for _, c := range field {
				if p.judges(c.Unit, c.Subject) && linked(c.Links, m.Pseudonym) {
					all = append(all, Recusal{Panel: p.Number, Person: m.Person, Pseudonym: m.Pseudonym, Subject: c.Subject, Kind: c.Kind, Code: c.Code, Name: c.Name})
				}
			}
		}
	}
	return all
}
