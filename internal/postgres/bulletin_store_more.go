package postgres

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/calendar"
	"leitai/internal/issues"
	"leitai/internal/paperwork"
)

// IssueLines implements bulletin.Store.
func (tx *Tx) IssueLines(ctx context.Context, competition uuid.UUID) ([]bulletin.IssueLine, error) {
	all, err := tx.IssuesOf(ctx, competition)
	if err != nil {
		return nil, err
	}
	var ids, units, persons, organisations []uuid.UUID
	for _, i := range all {
		ids = append(ids, i.ID)
	}
	details, err := tx.IssueDetails(ctx, ids)
	if err != nil {
		return nil, err
	}
	proof, err := tx.proofOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		i.Detail = details[i.ID]
		units = append(units, i.Unit)
		if i.Responsible != nil {
			persons = append(persons, *i.Responsible)
		}
		if i.Detail.Organisation != nil {
			organisations = append(organisations, *i.Detail.Organisation)
		}
	}
	names, err := tx.namesBy(ctx, `SELECT id, shown_name FROM unit WHERE id = ANY ($1)`, units)
	if err != nil {
		return nil, err
	}
	pseudonyms, err := tx.Pseudonyms(ctx, persons)
	if err != nil {
		return nil, err
	}
	offices, err := tx.namesBy(ctx, `SELECT id, name FROM organisation WHERE tenant_id `+inReach+` AND id = ANY ($1)`, organisations)
	if err != nil {
		return nil, err
	}
	out := make([]bulletin.IssueLine, len(all))
	for i, one := range all {
		d := one.Detail
		l := bulletin.IssueLine{ID: one.ID, Item: one.Item, Stage: one.Stage, Evidence: proof[one.ID], Listed: d.ListedOn, Lifted: d.LiftedOn, ReturnDue: d.ReturnDue,
			Returned: d.ReturnedOn, Holds: d.ReturnHolds, Unit: one.Unit, Village: names[one.Unit], Title: one.Title, Place: one.Place, Measure: one.Measure, Opened: one.Opened, Due: one.Due,
			Closed: one.Closed, Problem: one.Detail.Problem, Accountability: one.Accountability}
		if one.Detail.Plan != "" {
			l.Measure = one.Detail.Plan
		}
		if one.Responsible != nil {
			l.Responsible = pseudonyms[*one.Responsible]
		}
		if one.Detail.Organisation != nil {
			l.Organisation = offices[*one.Detail.Organisation]
		}
		out[i] = l
	}
	return out, nil
}

// proofOf counts the evidence of issues: as found, as put right, as seen again.
func (tx *Tx) proofOf(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID][3]int, error) {
	attached, err := tx.AttachedTo(ctx, ids)
	counts := map[uuid.UUID][3]int{}
	for _, a := range attached {
		n := counts[a.Issue]
		n[slices.Index([]issues.Phase{issues.Before, issues.After, issues.OnReturn}, a.Phase)]++
		counts[a.Issue] = n
	}
	return counts, err
}

func (tx *Tx) namesBy(ctx context.Context, query string, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var name string
		err := s(&id, &name)
		names[id] = name
		return struct{}{}, err
	}, query, array(ids))
	return names, err
}

// GroundOf implements bulletin.Store.
func (tx *Tx) GroundOf(ctx context.Context, round uuid.UUID, until calendar.Date) (*bulletin.GroundSheet, error) {
	ground := &bulletin.GroundSheet{Places: map[string]uuid.UUID{}, Comments: map[uuid.UUID]string{}}
	roster, err := tx.RosterOf(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, e := range roster {
		ground.Places[e.Code] = e.Unit
	}
	if ground.Visited, err = tx.VisitedBy(ctx, round); err != nil {
		return nil, err
	}
	comments, err := tx.VisitComments(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, c := range comments {
		ground.Comments[c.Unit] = c.Text
	}
	if ground.Highlights, err = queryAll(ctx, tx, func(s scan) (paperwork.Highlight, error) {
		var h paperwork.Highlight
		var title, body string
		err := s(&h.Village, &title, &body)
		h.Text = title
		if body != "" {
			h.Text += "：" + body
		}
		return h, err
	}, `SELECT u.shown_name, h.title, h.body FROM highlight h JOIN unit u ON u.id = h.unit_id
		WHERE h.round_id = $1 AND h.tenant_id = ANY ($2) ORDER BY u.code, h.entered_on, h.id`, round, array(tx.scope.drafts)); err != nil {
		return nil, err
	}
	competition, err := queryOne(ctx, tx, value[uuid.UUID], `SELECT competition_id FROM round WHERE tenant_id `+inReach+` AND id = $1`, round)
	if err != nil {
		return nil, err
	}
	issues, err := tx.IssueLines(ctx, competition)
	for _, i := range issues {
		if !i.Opened.After(until) {
			ground.Issues = append(ground.Issues, i)
		}
	}
	return ground, err
}

// VillageSheet implements bulletin.Store.
func (tx *Tx) VillageSheet(ctx context.Context, competition uuid.UUID, code string) (*bulletin.VillageSheet, error) {
	v, err := queryOne(ctx, tx, func(s scan) (*bulletin.VillageSheet, error) {
		v := &bulletin.VillageSheet{}
		err := s(&v.Unit, &v.Name)
		return v, err
	}, `SELECT u.id, u.shown_name FROM unit u WHERE u.code = $2 AND EXISTS (SELECT FROM entry e JOIN round r ON r.tenant_id = e.tenant_id AND r.id = e.round_id
		WHERE r.competition_id = $1 AND e.unit_id = u.id AND e.tenant_id = $3)`, competition, code, tx.Tenant())
	if err != nil {
		return nil, err
	}
	if v.Publications, err = queryAll(ctx, tx, value[uuid.UUID], `SELECT DISTINCT ON (r.held, r.id) p.id FROM publication p JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id
		WHERE r.competition_id = $1 ORDER BY r.held, r.id, p.revision DESC`, competition); err != nil {
		return nil, err
	}
	var last time.Time
	if v.Rounds, err = queryAll(ctx, tx, func(s scan) (id uuid.UUID, err error) {
		err = s(&id, &last)
		return id, err
	}, `SELECT id, held FROM round WHERE tenant_id `+inReach+` AND competition_id = $1 AND notice <> '{}' AND state <> 'cancelled' ORDER BY held, id`, competition); err != nil {
		return nil, err
	}
	v.Last = dateOf(last)
	v.Evidence, err = queryAll(ctx, tx, func(s scan) (bulletin.EvidenceLine, error) {
		var e bulletin.EvidenceLine
		var on time.Time
		err := s(&e.Item, &e.Kind, &e.Title, &on, &e.Where)
		e.Date = dateOf(on)
		return e, err
	}, `SELECT e.item_key, e.kind, coalesce(nullif(e.note, ''), f.name, e.kind), e.taken_on, CASE WHEN e.file_id IS NULL THEN '' ELSE '/evidence/' || e.file_id END
		FROM evidence_item e LEFT JOIN evidence_file f ON f.tenant_id = e.tenant_id AND f.id = e.file_id
		WHERE e.competition_id = $1 AND e.unit_id = $2 AND e.tenant_id = ANY ($3) AND e.withdrawn_at IS NULL ORDER BY e.taken_on, e.id`, competition, v.Unit, array(tx.scope.drafts))
	return v, err
}

// PollSheet implements bulletin.Store.
func (tx *Tx) PollSheet(ctx context.Context, id uuid.UUID) (*bulletin.PollSheet, error) {
	p, err := tx.PollByID(ctx, id)
	if err != nil {
		return nil, err
	}
	frame, err := tx.CompetitionFrame(ctx, p.Competition)
	if err != nil {
		return nil, err
	}
	out := &bulletin.PollSheet{Frame: *frame, Title: p.Title, Rule: p.Rule, ClosedAt: p.ClosedAt}
	for _, s := range p.Subjects {
		out.Subjects = append(out.Subjects, bulletin.PollSubject{ID: s.ID.String(), Name: s.Name, Branch: s.Branch})
	}
	period, err := queryOne(ctx, tx, value[string], `SELECT coalesce(max(period), '9999-12') FROM round WHERE tenant_id `+inReach+` AND competition_id = $1`, p.Competition)
	if err != nil {
		return nil, err
	}
	doc, err := tx.RulingTemplate(ctx, p.Competition, period)
	if err != nil {
		return nil, err
	}
	out.Legend = doc.Legend
	if p.ClosedAt == nil {
		return out, nil
	}
	out.Results, err = tx.BallotScores(ctx, id)
	return out, err
}
