package postgres

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/exact"
	"leitai/internal/template"
)

var _ bulletin.Store = (*Tx)(nil)

// frameColumns read the frame of a paper; the tables are t (tenant), u (its
// unit) and c (competition).
const frameColumns = `t.id, u.shown_name, t.time_zone, t.demo, c.name, c.trial, c.filing_number, c.notice, c.leading_group`

const frameTables = ` JOIN tenant t ON t.id = c.tenant_id JOIN unit u ON u.id = t.unit_id `

// frameScan gives the destinations of frameColumns and what reads the documents
// among them afterwards.
func frameScan(f *bulletin.Frame) ([]any, func() error) {
	var notice, group []byte
	dest := []any{&f.Home.Tenant, &f.Home.Name, &f.Home.TimeZone, &f.Home.Demo, &f.Competition, &f.Trial, &f.Filing, &notice, &group}
	return dest, func() error {
		if err := json.Unmarshal(notice, &f.Notice); err != nil {
			return err
		}
		return json.Unmarshal(group, &f.LeadingGroup)
	}
}

// CompetitionFrame implements bulletin.Store.
func (tx *Tx) CompetitionFrame(ctx context.Context, competition uuid.UUID) (*bulletin.Frame, error) {
	return queryOne(ctx, tx, func(s scan) (*bulletin.Frame, error) {
		f := &bulletin.Frame{}
		dest, read := frameScan(f)
		if err := s(dest...); err != nil {
			return nil, err
		}
		return f, read()
	}, `SELECT `+frameColumns+` FROM competition c`+frameTables+`WHERE c.id = $1`, competition)
}

// PublishedSheet implements bulletin.Store in one statement.
func (tx *Tx) PublishedSheet(ctx context.Context, publication uuid.UUID) (*bulletin.PublishedSheet, error) {
	return queryOne(ctx, tx, func(s scan) (*bulletin.PublishedSheet, error) {
		p := &bulletin.PublishedSheet{}
		var held time.Time
		dest, read := frameScan(&p.Frame)
		dest = append(dest, &p.Round, &p.Period, &held, &p.Venue, &p.Revision, &p.Reason, &p.Audience, &p.BulletinNumber,
			&p.ApproverRole, &p.PublishedAt, &p.Bundle, &p.Hash)
		if err := s(dest...); err != nil {
			return nil, err
		}
		p.Held = dateOf(held)
		return p, read()
	}, `SELECT `+frameColumns+`, r.id, r.period, r.held, r.venue, p.revision, p.reason, p.audience, p.bulletin_number,
		p.approver_role, p.published_at, p.public_bundle, p.public_hash
		FROM publication p JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id
		JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id`+frameTables+`WHERE p.id = $1`, publication)
}

// RoundSheet implements bulletin.Store.
func (tx *Tx) RoundSheet(ctx context.Context, round uuid.UUID) (*bulletin.RoundSheet, error) {
	sheet, err := queryOne(ctx, tx, func(s scan) (*bulletin.RoundSheet, error) {
		r := &bulletin.RoundSheet{}
		var (
			nominal, held time.Time
			notice        []byte
			canonical     string
		)
		dest, read := frameScan(&r.Frame)
		dest = append(dest, &r.Period, &nominal, &held, &r.Venue, &notice, &canonical)
		if err := s(dest...); err != nil {
			return nil, err
		}
		r.Nominal, r.Held = dateOf(nominal), dateOf(held)
		doc, err := template.Read([]byte(canonical))
		if err != nil {
			return nil, err
		}
		r.Template = &doc
		if err := readNotice(notice, r); err != nil {
			return nil, err
		}
		return r, read()
	}, `SELECT `+frameColumns+`, r.period, r.nominal, r.held, r.venue, r.notice, v.canonical
		FROM round r JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id
		JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id`+frameTables+`WHERE r.id = $1 AND r.notice <> '{}'`, round)
	if err != nil {
		return nil, err
	}
	items, err := tx.sheetItems(ctx, round)
	if err != nil {
		return nil, err
	}
	groups, err := tx.sheetGroups(ctx, round)
	if err != nil {
		return nil, err
	}
	asNoticed(sheet, items, groups)
	sheet.Subjects, err = tx.sheetSubjects(ctx, round, sheet)
	return sheet, err
}

// readNotice takes number, date, text, items and groups from the stored notice
// of a round.
func readNotice(raw []byte, r *bulletin.RoundSheet) error {
	var n struct {
		Number string          `json:"number"`
		Issued json.RawMessage `json:"issued"`
		Text   string          `json:"text"`
		Items  []struct {
			Key    string       `json:"key"`
			Name   string       `json:"name"`
			Points exact.Number `json:"points"`
		} `json:"items"`
		Groups []struct {
			Name    string   `json:"name"`
			Members []string `json:"members"`
		} `json:"groups"`
	}
	if err := json.Unmarshal(raw, &n); err != nil {
		return err
	}
	r.Number, r.Text = n.Number, n.Text
	for _, i := range n.Items {
		r.Items = append(r.Items, bulletin.RoundItem{Key: i.Key, Name: i.Name, Points: i.Points})
	}
	for _, g := range n.Groups {
		r.Groups = append(r.Groups, bulletin.RoundGroup{Name: g.Name, Members: g.Members})
	}
	return json.Unmarshal(n.Issued, &r.Issued)
}

// asNoticed fills what the rubric and the groups say into what the notice
// named. Only the notice makes items and groups valid, so that what was changed
// after it does not show; and who may not read the groups sees no people.
func asNoticed(sheet *bulletin.RoundSheet, items []bulletin.RoundItem, groups []bulletin.RoundGroup) {
	for i := range sheet.Items {
		for _, now := range items {
			if named := &sheet.Items[i]; now.Key == named.Key {
				named.Criteria, named.Owner, named.Split, named.Dimension = now.Criteria, now.Owner, now.Split, now.Dimension
			}
		}
	}
	for i := range sheet.Groups {
		g := &sheet.Groups[i]
		named := g.Members
		g.Members = nil
		for _, now := range groups {
			if now.Name != g.Name {
				continue
			}
			g.Items = now.Items
			for _, person := range named {
				if slices.Contains(now.Seconded, person) {
					g.Seconded = append(g.Seconded, person)
				} else {
					g.Members = append(g.Members, person)
				}
			}
		}
	}
}

func (tx *Tx) sheetItems(ctx context.Context, round uuid.UUID) ([]bulletin.RoundItem, error) {
	return queryAll(ctx, tx, func(s scan) (bulletin.RoundItem, error) {
		var i bulletin.RoundItem
		var points string
		var split []byte
		if err := s(&i.Key, &i.Name, &points, &i.Criteria, &split, &i.Owner, &i.Dimension); err != nil {
			return i, err
		}
		var err error
		if i.Points, err = exact.Parse(points); err != nil {
			return i, err
		}
		return i, json.Unmarshal(split, &i.Split)
	}, `SELECT i.key, i.name_zh, i.points::text, i.criteria, i.split, coalesce((SELECT o.kind FROM post o WHERE o.tenant_id = i.tenant_id AND o.person_id = i.owner_id
		AND o.valid_from <= r.held AND (o.valid_to IS NULL OR o.valid_to > r.held) ORDER BY o.valid_from DESC LIMIT 1), p.pseudonym), i.dimension
		FROM rubric_item i JOIN round r ON r.tenant_id = i.tenant_id AND r.id = i.round_id
		JOIN person p ON p.tenant_id = i.tenant_id AND p.id = i.owner_id WHERE i.tenant_id `+inReach+` AND i.round_id = $1 ORDER BY i.position`, round)
}

func (tx *Tx) sheetGroups(ctx context.Context, round uuid.UUID) ([]bulletin.RoundGroup, error) {
	return queryAll(ctx, tx, func(s scan) (bulletin.RoundGroup, error) {
		var g bulletin.RoundGroup
		err := s(&g.Name, array(&g.Members), array(&g.Seconded), array(&g.Items))
		return g, err
	}, `SELECT g.name,
		array(SELECT p.pseudonym FROM panel_member m JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
		      WHERE m.tenant_id = g.tenant_id AND m.panel_id = g.id AND NOT m.seconded ORDER BY p.pseudonym),
		array(SELECT p.pseudonym FROM panel_member m JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
		      WHERE m.tenant_id = g.tenant_id AND m.panel_id = g.id AND m.seconded ORDER BY p.pseudonym),
		array(SELECT i.name_zh FROM rubric_item i WHERE i.tenant_id = g.tenant_id AND i.round_id = g.round_id AND i.key = ANY (g.items) ORDER BY i.position)
		FROM panel g WHERE g.tenant_id `+inReach+` AND g.round_id = $1 ORDER BY g.number`, round)
}

// sheetSubjects are the roster once it is fixed, before that the villages and
// communities below the tenant's unit on the day of the round.
func (tx *Tx) sheetSubjects(ctx context.Context, round uuid.UUID, sheet *bulletin.RoundSheet) ([]string, error) {
	fixed, err := queryAll(ctx, tx, value[string], `SELECT name FROM entry WHERE tenant_id `+inReach+` AND round_id = $1 ORDER BY position`, round)
	if err != nil || len(fixed) > 0 {
		return fixed, err
	}
	return queryAll(ctx, tx, value[string], `SELECT u.shown_name FROM round r JOIN tenant t ON t.id = r.tenant_id JOIN unit u ON u.parent_id = t.unit_id
		WHERE r.tenant_id `+inReach+` AND r.id = $1 AND u.level = $2 AND u.valid_from <= r.held AND (u.valid_to IS NULL OR u.valid_to > r.held) ORDER BY u.code`,
		round, string(sheet.Template.Subject))
}
