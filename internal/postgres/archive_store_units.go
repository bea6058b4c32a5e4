package postgres

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// archivedUnit is a unit of an archive.
type archivedUnit struct {
	ID        uuid.UUID  `json:"id"`
	Code      *string    `json:"code"`
	Level     string     `json:"level"`
	LegalName string     `json:"legal_name"`
	ShownName string     `json:"shown_name"`
	Parent    *uuid.UUID `json:"parent_id"`
	Region    string     `json:"region"`
	From      string     `json:"valid_from"`
	To        *string    `json:"valid_to"`
}

// TakeUnits implements archive.Target. A unit that is here, by its id or by the
// code under which it stands, is left as it is; others are added below their
// parents. No unit of this database changes.
func (tx *Tx) TakeUnits(ctx context.Context, lines [][]byte) (map[string]string, error) {
	units := make([]archivedUnit, len(lines))
	for i, line := range lines {
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&units[i]); err != nil || units[i].ID == uuid.Nil {
			return nil, fault.New(fault.ArchiveBroken, "detail", "unit")
		}
	}
	here, err := tx.unitsHere(ctx, units)
	if err != nil {
		return nil, err
	}
	other := map[string]string{}
	var added []archivedUnit
	for _, u := range units {
		switch known := here.find(u); {
		case known == nil:
			if u.Parent != nil && other[u.Parent.String()] != "" {
				parent := uuid.MustParse(other[u.Parent.String()])
				u.Parent = &parent
			}
			added = append(added, u)
		case known.Level != u.Level || codeOf(known.Code) != codeOf(u.Code):
			return nil, fault.New(fault.ArchiveUnit, "name", u.ShownName)
		case known.ID != u.ID:
			other[u.ID.String()] = known.ID.String()
		}
	}
	return other, tx.addUnits(ctx, added)
}

func codeOf(code *string) string {
	if code == nil {
		return ""
	}
	return *code
}

// unitsHere are the units of this database that an archive may mean.
type unitsHere struct {
	byID   map[uuid.UUID]*archivedUnit
	byCode map[string]*archivedUnit // code, and the end of one that ended
}

// find gives the unit that is meant; nil for none. One without a code is known
// by its id alone.
func (h unitsHere) find(u archivedUnit) *archivedUnit {
	if known := h.byID[u.ID]; known != nil {
		return known
	}
	if u.Code == nil {
		return nil
	}
	return h.byCode[*u.Code+" "+codeOf(u.To)]
}

func (tx *Tx) unitsHere(ctx context.Context, units []archivedUnit) (unitsHere, error) {
	ids, codes := make([]uuid.UUID, 0, len(units)), make([]string, 0, len(units))
	for _, u := range units {
		ids = append(ids, u.ID)
		if u.Code != nil {
			codes = append(codes, *u.Code)
		}
	}
	here := unitsHere{byID: map[uuid.UUID]*archivedUnit{}, byCode: map[string]*archivedUnit{}}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var u archivedUnit
		err := s(&u.ID, &u.Code, &u.Level, &u.To)
		here.byID[u.ID] = &u
		if u.Code != nil {
			here.byCode[*u.Code+" "+codeOf(u.To)] = &u
		}
		return struct{}{}, err
	}, `SELECT id, code, level, valid_to::text FROM unit WHERE id = ANY ($1) OR code = ANY ($2)`, array(ids), array(codes))
	return here, err
}

func (tx *Tx) addUnits(ctx context.Context, units []archivedUnit) error {
	if len(units) == 0 {
		return nil
	}
	body, err := json.Marshal(units)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region, valid_from, valid_to)
		SELECT id, code, level, legal_name, shown_name, parent_id, region, valid_from, valid_to FROM json_populate_recordset(NULL::unit, $1::json)`, string(body))
	return err
}
