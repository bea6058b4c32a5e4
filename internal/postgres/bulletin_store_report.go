package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
)

// ReportSheet implements bulletin.Store.
func (tx *Tx) ReportSheet(ctx context.Context, submission uuid.UUID) (*bulletin.ReportSheet, error) {
	return queryOne(ctx, tx, func(s scan) (*bulletin.ReportSheet, error) {
		r := &bulletin.ReportSheet{}
		var (
			handed time.Time
			parts  []byte
		)
		dest, read := frameScan(&r.Frame)
		dest = append(dest, &r.Competing, &r.Unit, &r.Place, &r.Person, &r.Holder, &r.Year, &r.Document, &handed, &r.Published, &parts, &r.Characters)
		if err := s(dest...); err != nil {
			return nil, err
		}
		r.HandedOn = dateOf(handed)
		if err := json.Unmarshal(parts, &r.Parts); err != nil {
			return nil, err
		}
		return r, read()
	}, `SELECT `+frameColumns+`, c.id, s.unit_id, place.shown_name, coalesce(p.pseudonym, ''), coalesce(o.name, ''), s.period, s.document, s.handed_on,
		s.published_at IS NOT NULL, s.parts, s.characters
		FROM submission s JOIN competition c ON c.tenant_id = s.tenant_id AND c.id = s.competition_id
		JOIN unit place ON place.id = s.unit_id
		LEFT JOIN person p ON p.tenant_id = s.tenant_id AND p.id = s.subject_id
		LEFT JOIN organisation o ON o.tenant_id = s.tenant_id AND o.id = s.subject_id`+frameTables+`WHERE s.tenant_id = $2 AND s.id = $1`, submission, tx.Tenant())
}

// NamesOf implements bulletin.Store.
func (tx *Tx) NamesOf(ctx context.Context, pseudonyms []string) (map[string]string, error) {
	persons, err := tx.PersonsCalled(ctx, pseudonyms, nil)
	names := make(map[string]string, len(persons))
	for _, p := range persons {
		if p.Name != "" {
			names[p.Pseudonym] = p.Name
		}
	}
	return names, err
}
