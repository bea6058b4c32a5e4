package voting

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Opening asks for an evaluation. The subjects of a round are those of its
// roster, less the absent ones; an evaluation that stands alone names its own.
type Opening struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	Key         string // of the template's ballot; "" when the template has one only
	Title       string // "" for the competition's and the ballot's name
	Subjects    []Subject
}

// maxTitle and maxSubjects bound what is printed on one form.
const (
	maxTitle    = 120
	maxSubjects = 500
)

// Open opens an evaluation with the rule of the template, pinned for good.
func (s *Service) Open(ctx context.Context, in Opening) (*Poll, error) {
	if err := s.gate.Require(ctx, authz.BallotWrite, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	if len([]rune(in.Title)) > maxTitle {
		return nil, fault.New(fault.TextTooLong, "have", strconv.Itoa(len([]rune(in.Title))), "most", strconv.Itoa(maxTitle)).At("title")
	}
	var opened *Poll
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		frame, err := st.PollFrame(ctx, in.Competition, in.Round)
		if err != nil {
			return err
		}
		rule, err := ruleOf(frame.Document, in.Key)
		if err != nil {
			return err
		}
		p := &Poll{ID: newID(), Competition: frame.Competition, Round: frame.Round, Key: rule.Key, Title: titleOf(in.Title, frame, rule), Rule: rule,
			Legend: frame.Document.Legend, State: Open, OpenedBy: who.Person, OpenedAt: s.now()}
		if p.Subjects, err = subjectsOf(ctx, st, frame, in.Subjects); err != nil {
			return err
		}
		if err := st.InsertPoll(ctx, p); err != nil {
			if p.Round != nil && fault.CodeOf(err) == fault.AlreadyExists {
				return fault.New(fault.BallotOverAll, "key", p.Key).At("key")
			}
			return err
		}
		opened = p
		return audit.Record(ctx, "ballot:open", "poll", p.ID, map[string]any{"ballot": p.Key, "subjects": len(p.Subjects)})
	})
	return opened, err
}

func ruleOf(doc *template.Document, key string) (template.Ballot, error) {
	if key == "" && len(doc.Ballots) == 1 {
		return doc.Ballots[0], nil
	}
	if rule, ok := doc.Ballot(key); ok {
		return rule, nil
	}
	keys := make([]string, len(doc.Ballots))
	for i, b := range doc.Ballots {
		keys[i] = b.Key
	}
	return template.Ballot{}, fault.New(fault.BallotRuleUnknown, "key", key, "want", strings.Join(keys, ", ")).At("key")
}

func titleOf(title string, frame *Frame, rule template.Ballot) string {
	if title = strings.TrimSpace(title); title != "" {
		return title
	}
	name := rule.Name.ZH
	if name == "" {
		name = "民主测评"
	}
	return frame.Name + name
}

// subjectsOf gives the subjects of an evaluation: the round's, or those named,
// each once and known to the tenant.
func subjectsOf(ctx context.Context, st Store, frame *Frame, named []Subject) ([]Subject, error) {
	all := named
	if len(all) == 0 {
		all = frame.Subjects
	}
	if len(all) == 0 {
		return nil, fault.New(fault.BallotSubjectsEmpty).At("subjects")
	}
	if len(all) > maxSubjects {
		return nil, fault.New(fault.Invalid, "value", strconv.Itoa(len(all)), "want", "≤ "+strconv.Itoa(maxSubjects)).At("subjects")
	}
	if len(named) == 0 {
		return all, nil
	}
	return placed(ctx, st, named)
}

func placed(ctx context.Context, st Store, named []Subject) ([]Subject, error) {
	ids := make([]uuid.UUID, len(named))
	for i, s := range named {
		ids[i] = s.ID
	}
	places, err := st.PollPlaces(ctx, ids)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	seen := map[uuid.UUID]bool{}
	for i := range named {
		s := &named[i]
		unit, known := places[s.ID]
		s.Unit, s.Name = unit, strings.TrimSpace(s.Name)
		switch {
		case !known:
			faults = append(faults, fault.New(fault.NotFound).At("subjects[%d].subject", i))
		case seen[s.ID]:
			faults = append(faults, fault.New(fault.BallotSubjectTwice, "subject", s.Name).At("subjects[%d].subject", i))
		case s.Name == "" || len([]rune(s.Name)) > maxTitle:
			faults = append(faults, fault.New(fault.Invalid, "value", s.Name, "want", "1–"+strconv.Itoa(maxTitle)).At("subjects[%d].name", i))
		}
		seen[s.ID] = true
	}
	return named, faults.Err()
}

// Roster replaces the roster of an evaluation, all or nothing. Units are codes.
// It gives the voters, one a person (Q27).
func (s *Service) Roster(ctx context.Context, poll uuid.UUID, rows []ballot.Named) ([]Voter, error) {
	if err := s.gate.Require(ctx, authz.BallotWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var voters []Voter
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PollByID(ctx, poll)
		if err != nil {
			return err
		}
		units, err := unitsOf(ctx, st, rows)
		if err != nil {
			return err
		}
		persons, faults := ballot.Roster(p.Rule, units)
		if len(faults) > 0 {
			return faults
		}
		voters = votersOf(persons)
		if err := st.ReplaceRoster(ctx, poll, voters, groupsOf(p, persons)); err != nil {
			return err
		}
		return audit.Record(ctx, "ballot:roster", "poll", poll, map[string]any{"voters": len(voters)})
	})
	return voters, err
}

// unitsOf replaces codes by ids, naming every row whose code names no unit.
func unitsOf(ctx context.Context, st Store, rows []ballot.Named) ([]ballot.Named, error) {
	var codes []string
	for _, row := range rows {
		if row.Unit != "" {
			codes = append(codes, row.Unit)
		}
	}
	units, err := st.PollUnits(ctx, codes)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	out := make([]ballot.Named, len(rows))
	for i, row := range rows {
		out[i] = row
		if row.Unit == "" {
			continue
		}
		id, known := units[row.Unit]
		if !known {
			faults = append(faults, fault.New(fault.NotFound).At("rows[%d].unit", row.Row-1).In(row.Row, "unit"))
		}
		out[i].Unit = id.String()
	}
	return out, faults.Err()
}

func votersOf(persons []ballot.Voter) []Voter {
	voters := make([]Voter, len(persons))
	for i, p := range persons {
		voters[i] = Voter{Person: p.Person, Group: p.Group, Also: p.Also}
		if p.Unit != "" {
			id := uuid.MustParse(p.Unit)
			voters[i].Unit = &id
		}
	}
	return voters
}

// groupsOf counts the voters of every group of the rule, those without any too.
func groupsOf(p *Poll, persons []ballot.Voter) []Group {
	groups := make([]Group, len(p.Rule.Groups))
	for i, g := range p.Rule.Groups {
		groups[i] = Group{Key: g.Key, Recusal: ballot.RecusalOf(p.Rule, g.Key, persons, subjects(p.Subjects))}
		for _, v := range persons {
			if v.Group == g.Key {
				groups[i].Due++
			}
		}
	}
	return groups
}
