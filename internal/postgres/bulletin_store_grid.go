package postgres

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/template"
)

// MarkingGrid implements bulletin.Store: an opened round with its roster and
// review groups.
func (tx *Tx) MarkingGrid(ctx context.Context, round uuid.UUID) (*bulletin.Grid, error) {
	sheet, err := tx.RoundSheet(ctx, round)
	if err != nil {
		return nil, err
	}
	grid := &bulletin.Grid{Frame: sheet.Frame, Period: sheet.Period, Held: sheet.Held, Template: sheet.Template, Items: sheet.Template.Items}
	if sheet.Template.Rubric != template.Fixed {
		written, err := tx.gridItems(ctx, round)
		if err != nil {
			return nil, err
		}
		if len(written) > 0 { // the template's own stand in for a rubric that nobody wrote
			grid.Items = written
		}
	}
	roster, err := tx.RosterOf(ctx, round)
	if err != nil {
		return nil, err
	}
	linked := map[string][]uuid.UUID{}
	for _, e := range roster {
		links := map[string][]string{}
		for _, l := range e.Links {
			linked[l.Person] = append(linked[l.Person], e.Unit)
			links[l.Role] = append(links[l.Role], l.Person)
		}
		grid.Subjects = append(grid.Subjects, bulletin.GridSubject{Code: e.Code, Name: e.Name, Place: e.Place, Subject: e.Subject, Unit: e.Unit, Classes: e.Classes,
			Absent: e.Absent, Links: links})
	}
	panels, err := tx.PanelsOf(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, p := range panels {
		g := bulletin.GridPanel{Number: p.Number, Name: p.Name, Items: p.Items, Channels: p.Channels, Units: p.Units}
		for _, m := range p.Members {
			if !m.Observer {
				g.Judges = append(g.Judges, bulletin.GridJudge{Person: m.Person, Pseudonym: m.Pseudonym, Unit: linked[m.Pseudonym]})
			}
		}
		grid.Panels = append(grid.Panels, g)
	}
	return grid, nil
}

// gridItems are the items that the owners wrote for this round.
func (tx *Tx) gridItems(ctx context.Context, round uuid.UUID) ([]template.Item, error) {
	rubric, err := tx.RubricOf(ctx, round)
	if err != nil {
		return nil, err
	}
	items := make([]template.Item, len(rubric))
	for i, r := range rubric {
		items[i] = template.Item{Key: r.Key, Name: template.Text{ZH: r.NameZh, EN: r.NameEn}, Dimension: r.Dimension, Kind: r.Kind,
			Points: r.Points, Criteria: r.Criteria, Split: r.Channels, For: r.For, NA: r.NA, Evidence: r.Evidence, Rule: r.Rule}
		if r.Kind == "" {
			items[i].Kind = template.KindPoints
		}
	}
	return items, nil
}

// Pseudonymous implements bulletin.Store.
func (tx *Tx) Pseudonymous(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error) {
	out := map[string]uuid.UUID{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var pseudonym string
		err := s(&id, &pseudonym)
		out[pseudonym] = id
		return struct{}{}, err
	}, `SELECT id, pseudonym FROM person WHERE tenant_id = $1 AND pseudonym = ANY ($2)`, tx.Tenant(), array(pseudonyms))
	return out, err
}
