package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/panel"
	"leitai/ent/gen/panelmember"
	"leitai/ent/gen/rubricitem"
	"leitai/internal/calendar"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// splitRow is how a channel's weight for an item is stored.
type splitRow struct {
	Channel string `json:"channel"`
	Weight  string `json:"weight"`
}

// RubricOf implements round.Store, by position.
func (tx *Tx) RubricOf(ctx context.Context, id uuid.UUID) ([]*contestround.RubricItem, error) {
	rows, err := tx.Ent().RubricItem.Query().Where(rubricitem.RoundID(id)).Order(gen.Asc(rubricitem.FieldPosition, rubricitem.FieldKey)).All(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]*contestround.RubricItem, len(rows))
	for i, row := range rows {
		item := &contestround.RubricItem{
			ID: row.ID, Round: row.RoundID, Position: row.Position, Key: row.Key, NameZh: row.NameZh, NameEn: row.NameEn,
			Dimension: row.Dimension, Criteria: row.Criteria, Owner: row.OwnerID, Revision: row.Revision,
		}
		if item.Points, err = numberOf(row.Points); err != nil {
			return nil, err
		}
		if item.Channels, err = splitOf(row.Split); err != nil {
			return nil, err
		}
		if err := ruleOf(item, row); err != nil {
			return nil, err
		}
		all[i] = item
	}
	return all, nil
}

func splitOf(document json.RawMessage) ([]template.ChannelSplit, error) {
	var rows []splitRow
	if err := json.Unmarshal(document, &rows); err != nil {
		return nil, err
	}
	var split []template.ChannelSplit
	for _, row := range rows {
		weight, err := numberOf(row.Weight)
		if err != nil {
			return nil, err
		}
		split = append(split, template.ChannelSplit{Channel: row.Channel, Weight: weight})
	}
	return split, nil
}

// ruleRow is how what only some kinds of item have is stored.
type ruleRow struct {
	For      []string          `json:"for,omitempty"`
	NA       string            `json:"na,omitempty"`
	Evidence []string          `json:"evidence,omitempty"`
	Rule     template.ItemRule `json:"rule"`
}

func ruleOf(item *contestround.RubricItem, row *gen.RubricItem) error {
	var rule ruleRow
	if err := json.Unmarshal(row.Rule, &rule); err != nil {
		return err
	}
	item.Kind, item.For, item.NA, item.Evidence, item.Rule = template.ItemKind(row.Kind), rule.For, rule.NA, rule.Evidence, rule.Rule
	return nil
}

// SaveRubricItem implements round.Store.
func (tx *Tx) SaveRubricItem(ctx context.Context, item *contestround.RubricItem) error {
	rows := make([]splitRow, len(item.Channels))
	for i, c := range item.Channels {
		rows[i] = splitRow{c.Channel, c.Weight.String()}
	}
	split, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	rule, err := json.Marshal(ruleRow{For: item.For, NA: item.NA, Evidence: item.Evidence, Rule: item.Rule})
	if err != nil {
		return err
	}
	kind := string(item.Kind)
	if kind == "" {
		kind = string(template.KindPoints)
	}
	item.Revision++
	if item.Revision == 1 {
		return tx.Ent().RubricItem.Create().SetID(item.ID).SetRoundID(item.Round).SetPosition(item.Position).SetKey(item.Key).
			SetNameZh(item.NameZh).SetNameEn(item.NameEn).SetDimension(item.Dimension).SetPoints(item.Points.String()).
			SetCriteria(item.Criteria).SetSplit(split).SetKind(kind).SetRule(rule).SetOwnerID(item.Owner).Exec(ctx)
	}
	return tx.Ent().RubricItem.UpdateOneID(item.ID).SetPosition(item.Position).SetNameZh(item.NameZh).SetNameEn(item.NameEn).
		SetDimension(item.Dimension).SetPoints(item.Points.String()).SetCriteria(item.Criteria).SetSplit(split).SetKind(kind).SetRule(rule).SetOwnerID(item.Owner).
		SetRevision(item.Revision).Exec(ctx)
}

// RemoveRubricItem implements round.Store.
func (tx *Tx) RemoveRubricItem(ctx context.Context, id uuid.UUID, key string) error {
	_, err := tx.Ent().RubricItem.Delete().Where(rubricitem.RoundID(id), rubricitem.Key(key)).Exec(ctx)
	return err
}

// PanelsOf implements round.Store, by number, with pseudonyms.
func (tx *Tx) PanelsOf(ctx context.Context, id uuid.UUID) ([]*contestround.Panel, error) {
	rows, err := tx.Ent().Panel.Query().Where(panel.RoundID(id)).Order(gen.Asc(panel.FieldNumber)).All(ctx)
	if err != nil {
		return nil, err
	}
	all, byID := make([]*contestround.Panel, len(rows)), map[uuid.UUID]*contestround.Panel{}
	for i, row := range rows {
		all[i] = &contestround.Panel{
			ID: row.ID, Round: row.RoundID, Number: row.Number, Name: row.Name, Items: row.Items, Channels: row.Channels, Units: row.Units,
		}
		byID[row.ID] = all[i]
	}
	_, err = queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var m contestround.PanelMember
		err := s(&m.ID, &m.Panel, &m.Person, &m.Pseudonym, &m.Seconded, &m.Observer, &m.Chosen, &m.Seed)
		if p := byID[m.Panel]; p != nil {
			p.Members = append(p.Members, m)
		}
		return struct{}{}, err
	}, `SELECT m.id, m.panel_id, m.person_id, p.pseudonym, m.seconded, m.observer, m.chosen, m.seed
		FROM panel_member m JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
		WHERE m.round_id = $1 AND m.tenant_id = ANY ($2) ORDER BY m.seconded, p.pseudonym`, id, array(tx.scope.drafts))
	return all, err
}

// ReplacePanels implements round.Store.
func (tx *Tx) ReplacePanels(ctx context.Context, id uuid.UUID, panels []*contestround.Panel) error {
	if _, err := tx.Ent().PanelMember.Delete().Where(panelmember.RoundID(id)).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.Ent().Panel.Delete().Where(panel.RoundID(id)).Exec(ctx); err != nil {
		return err
	}
	var groups []*gen.PanelCreate
	var members []*gen.PanelMemberCreate
	for _, p := range panels {
		groups = append(groups, tx.Ent().Panel.Create().SetID(p.ID).SetRoundID(id).SetNumber(p.Number).SetName(p.Name).
			SetItems(p.Items).SetChannels(p.Channels).SetUnits(p.Units))
		for _, m := range p.Members {
			members = append(members, tx.Ent().PanelMember.Create().SetID(m.ID).SetRoundID(id).SetPanelID(p.ID).SetPersonID(m.Person).
				SetSeconded(m.Seconded).SetObserver(m.Observer).SetChosen(m.Chosen).SetSeed(m.Seed))
		}
	}
	if err := tx.Ent().Panel.CreateBulk(groups...).Exec(ctx); err != nil {
		return err
	}
	return tx.Ent().PanelMember.CreateBulk(members...).Exec(ctx)
}

// Pseudonyms implements round.Store.
func (tx *Tx) Pseudonyms(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	known := make(map[uuid.UUID]string, len(ids))
	if len(ids) == 0 {
		return known, nil
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var pseudonym string
		err := s(&id, &pseudonym)
		known[id] = pseudonym
		return struct{}{}, err
	}, `SELECT id, pseudonym FROM person WHERE tenant_id = $1 AND id = ANY ($2)`, tx.Tenant(), array(ids))
	return known, err
}

// HoldersOn implements round.Store, by pseudonym.
func (tx *Tx) HoldersOn(ctx context.Context, kind string, date calendar.Date) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT p.id FROM person p WHERE p.tenant_id = $1 AND EXISTS (SELECT FROM post o
		WHERE o.tenant_id = p.tenant_id AND o.person_id = p.id AND o.kind = $2 AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to > $3))
		ORDER BY p.pseudonym`, tx.Tenant(), kind, timeOf(date))
}

// ServedIn implements round.Store.
func (tx *Tx) ServedIn(ctx context.Context, competition uuid.UUID, before calendar.Date) ([]contestround.Served, error) {
	return queryAll(ctx, tx, func(s scan) (contestround.Served, error) {
		var v contestround.Served
		var last time.Time
		err := s(&v.Person, &v.Times, &last)
		v.Last = dateOf(last)
		return v, err
	}, `SELECT m.person_id, count(*), max(r.held) FROM panel_member m JOIN round r ON r.tenant_id = m.tenant_id AND r.id = m.round_id
		WHERE m.tenant_id = $1 AND m.seconded AND r.competition_id = $2 AND r.held < $3 AND r.state <> 'cancelled'
		GROUP BY m.person_id`, tx.Tenant(), competition, timeOf(before))
}
