package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"leitai/ent/mixin"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/voting"
)

var _ voting.Store = (*Tx)(nil)

// What the functions of the voting migration refuse.
const (
	pollNotOpen    pqerror.Code = "LT201"
	pollOnePerson  pqerror.Code = "LT202"
	pollTooMany    pqerror.Code = "LT203"
	pollPaperOne   pqerror.Code = "LT204"
	pollNotClosed  pqerror.Code = "LT205"
	pollFixed      pqerror.Code = "LT206"
	pollPaperOver  pqerror.Code = "LT207"
	pollCodeUsed   pqerror.Code = "LT208"
	pollBadSheet   pqerror.Code = "LT209"
	pollNowhere    pqerror.Code = "P0002"
	pollGroupCheck              = "poll_group_issued"
)

// votingFault is faultOf for what the voting migration raises; a group is named
// in the detail.
func votingFault(err error) error {
	refused := pq.As(err)
	if refused == nil {
		return faultOf(err)
	}
	switch refused.Code {
	case pollNowhere:
		return fault.New(fault.NotFound)
	case pollNotOpen:
		return fault.New(fault.BallotNotOpen, "state", "closed").Call("state", "已经截止", "closed")
	case pollOnePerson:
		return fault.New(fault.BallotSecondPerson)
	case pollTooMany, pollPaperOver:
		return fault.New(fault.BallotCodesMany, "group", refused.Detail, "due", "…", "issued", "…", "left", "…")
	case pollPaperOne:
		return fault.New(fault.BallotPaperOnePerson, "group", refused.Detail)
	case pollNotClosed:
		return fault.New(fault.BallotNotClosed)
	case pollFixed, pollCodeUsed:
		return fault.New(fault.BallotRosterFixed)
	case pollBadSheet:
		return fault.New(fault.BallotCodeInvalid)
	}
	if refused.Constraint == pollGroupCheck {
		return fault.New(fault.BallotCodesMany, "group", "…", "due", "…", "issued", "…", "left", "…")
	}
	return faultOf(err)
}

// PollFrame implements voting.Store.
func (tx *Tx) PollFrame(ctx context.Context, competition uuid.UUID, round *uuid.UUID) (*voting.Frame, error) {
	name, err := queryOne(ctx, tx, value[string], `SELECT name FROM competition WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), competition)
	if err != nil {
		if err = faultOf(err); fault.CodeOf(err) == fault.NotFound {
			return nil, fault.New(fault.NotFound).At("competition")
		}
		return nil, err
	}
	frame := &voting.Frame{Competition: competition, Round: round, Name: name}
	if round == nil {
		frame.Document, err = tx.RulingTemplate(ctx, competition, "9999")
		return frame, faultOf(err)
	}
	r, err := tx.LockRound(ctx, *round)
	if fault.CodeOf(err) == fault.NotFound || err == nil && r.Competition != competition {
		return nil, fault.New(fault.NotFound).At("round")
	}
	if err != nil {
		return nil, err
	}
	frame.Name += " " + r.Period + " "
	if frame.Document, _, err = tx.RoundTemplate(ctx, r); err != nil {
		return nil, err
	}
	entries, err := tx.RosterOf(ctx, *round)
	for _, e := range entries {
		if !e.Absent {
			unit := e.Unit
			frame.Subjects = append(frame.Subjects, voting.Subject{ID: e.Subject, Unit: &unit, Name: e.Name})
		}
	}
	return frame, err
}

// PollPlaces implements voting.Store. A person's village is that of the current
// post.
func (tx *Tx) PollPlaces(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*uuid.UUID, error) {
	places := map[uuid.UUID]*uuid.UUID{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var unit uuid.NullUUID
		err := s(&id, &unit)
		places[id] = refOf(unit)
		return struct{}{}, err
	}, `WITH RECURSIVE below (id) AS (
		SELECT id FROM unit WHERE id = $3 UNION ALL SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id)
		SELECT b.id, b.id FROM below b WHERE b.id = ANY ($1)
		UNION ALL SELECT p.id, (SELECT o.unit_id FROM post o WHERE o.tenant_id = p.tenant_id AND o.person_id = p.id AND o.valid_to IS NULL
			ORDER BY o.valid_from DESC, o.id LIMIT 1) FROM person p WHERE p.tenant_id = $2 AND p.id = ANY ($1)
		UNION ALL SELECT g.id, NULL FROM organisation g WHERE g.tenant_id = $2 AND g.id = ANY ($1)`,
		array(ids), tx.Tenant(), tx.scope.viewer.TenantUnit)
	return places, err
}

// PollUnits implements voting.Store.
func (tx *Tx) PollUnits(ctx context.Context, codes []string) (map[string]uuid.UUID, error) {
	units := map[string]uuid.UUID{}
	if len(codes) == 0 {
		return units, nil
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var code string
		var id uuid.UUID
		err := s(&code, &id)
		units[code] = id
		return struct{}{}, err
	}, `WITH RECURSIVE below (id, code) AS (
		SELECT id, code FROM unit WHERE id = $2 UNION ALL SELECT u.id, u.code FROM unit u JOIN below b ON u.parent_id = b.id AND u.valid_to IS NULL)
		SELECT code, id FROM below WHERE code = ANY ($1)`, array(codes), tx.scope.viewer.TenantUnit)
	return units, err
}

// InsertPoll implements voting.Store.
func (tx *Tx) InsertPoll(ctx context.Context, p *voting.Poll) error {
	rule, err := json.Marshal(p.Rule)
	if err != nil {
		return err
	}
	legend, err := json.Marshal(append([]template.LegendStep{}, p.Legend...))
	if err != nil {
		return err
	}
	choices := []string{ballot.Abstained}
	for _, o := range p.Rule.Options {
		choices = append(choices, o.Key)
	}
	if len(p.Rule.Recuse) > 0 {
		choices = append(choices, ballot.Recused)
	}
	if _, err := tx.exec(ctx, `INSERT INTO poll (id, tenant_id, region, competition_id, round_id, ballot_key, title, rule, choices, opened_by, opened_at, legend)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, p.ID, tx.Tenant(), tx.region(), p.Competition, nullable(p.Round), p.Key, p.Title,
		string(rule), array(choices), p.OpenedBy, p.OpenedAt, string(legend)); err != nil {
		return votingFault(err)
	}
	ids, subjects, units, names, branches := make([]uuid.UUID, len(p.Subjects)), make([]uuid.UUID, len(p.Subjects)), make([]*string, len(p.Subjects)),
		make([]string, len(p.Subjects)), make([]string, len(p.Subjects))
	for i, s := range p.Subjects {
		ids[i], subjects[i], units[i], names[i], branches[i] = mixin.NewID(), s.ID, textOf(s.Unit), s.Name, s.Branch
	}
	_, err = tx.exec(ctx, `INSERT INTO poll_subject (id, tenant_id, region, poll_id, position, subject_id, unit_id, name, branch)
		SELECT w.id, $1, $2, $3, w.position, w.subject, w.unit::uuid, w.name, w.branch
		FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[]) WITH ORDINALITY w(id, subject, unit, name, branch, position)`,
		tx.Tenant(), tx.region(), p.ID, array(ids), array(subjects), array(units), array(names), array(branches))
	return votingFault(err)
}

// textOf is an id as an element of an array of text, where NULL may stand.
func textOf(id *uuid.UUID) *string {
	if id == nil {
		return nil
	}
	text := id.String()
	return &text
}

func nullable(id *uuid.UUID) uuid.NullUUID {
	if id == nil {
		return uuid.NullUUID{}
	}
	return uuid.NullUUID{UUID: *id, Valid: true}
}

const polls = `
SELECT p.id, p.competition_id, p.round_id, p.ballot_key, p.title, p.rule, p.legend, p.state, p.opened_by, p.opened_at, p.first_closer, p.closed_at,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('ID', s.subject_id, 'Unit', s.unit_id, 'Name', s.name, 'Branch', s.branch) ORDER BY s.position), '[]')
   FROM poll_subject s WHERE s.tenant_id = p.tenant_id AND s.poll_id = p.id),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('Key', g.group_key, 'Due', g.due, 'Present', g.present, 'Codes', g.codes, 'Papers', g.papers,
     'Used', g.used, 'PapersReturned', g.papers_returned, 'Recusal', jsonb_build_object('Least', g.recusal_least, 'Most', g.recusal_most)) ORDER BY g.group_key), '[]')
   FROM poll_group g WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id)
FROM poll p WHERE p.tenant_id = $1 AND `

func scanPoll(s scan) (*voting.Poll, error) {
	p := &voting.Poll{}
	var (
		round, closer          uuid.NullUUID
		state                  string
		rule, legend, subjects []byte
		groups                 []byte
	)
	err := s(&p.ID, &p.Competition, &round, &p.Key, &p.Title, &rule, &legend, &state, &p.OpenedBy, &p.OpenedAt, &closer, &p.ClosedAt, &subjects, &groups)
	if err != nil {
		return nil, err
	}
	p.Round, p.FirstCloser, p.State = refOf(round), refOf(closer), voting.State(state)
	for _, part := range []struct {
		text []byte
		into any
	}{{rule, &p.Rule}, {legend, &p.Legend}, {subjects, &p.Subjects}, {groups, &p.Groups}} {
		if err := json.Unmarshal(part.text, part.into); err != nil {
			return nil, err
		}
	}
	p.Groups = inRuleOrder(p.Rule, p.Groups)
	return p, nil
}

// inRuleOrder puts groups into the order of the rule.
func inRuleOrder(rule template.Ballot, groups []voting.Group) []voting.Group {
	ordered := make([]voting.Group, 0, len(groups))
	for _, r := range rule.Groups {
		for _, g := range groups {
			if g.Key == r.Key {
				ordered = append(ordered, g)
			}
		}
	}
	return ordered
}

// PollByID implements voting.Store.
func (tx *Tx) PollByID(ctx context.Context, id uuid.UUID) (*voting.Poll, error) {
	p, err := queryOne(ctx, tx, scanPoll, polls+`p.id = $2`, tx.Tenant(), id)
	return p, faultOf(err)
}

// PollsOf implements voting.Store, oldest first.
func (tx *Tx) PollsOf(ctx context.Context, competition uuid.UUID, round *uuid.UUID) ([]*voting.Poll, error) {
	return queryAll(ctx, tx, scanPoll, polls+`p.competition_id = $2 AND ($3::uuid IS NULL OR p.round_id = $3) ORDER BY p.id`,
		tx.Tenant(), competition, nullable(round))
}
