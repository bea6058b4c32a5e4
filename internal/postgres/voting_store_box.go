package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/voting"
)

var _ voting.Box = (*Tx)(nil)

func noSuchPoll() error { return fault.New(fault.NotFound) }

// BallotForm implements voting.Box. The transaction has no tenant: the function
// knows a live code and nothing else.
func (tx *Tx) BallotForm(ctx context.Context, hash []byte) (*voting.Form, error) {
	forms, err := queryAll(ctx, tx, func(s scan) (*voting.Form, error) {
		var (
			f              voting.Form
			group          string
			rule, subjects []byte
		)
		if err := s(&f.Host, &f.Title, &rule, &group, &f.Recusal.Least, &f.Recusal.Most, &subjects); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(rule, &f.Rule); err != nil {
			return nil, err
		}
		for _, g := range f.Rule.Groups {
			if g.Key == group {
				f.Group = g
			}
		}
		return &f, json.Unmarshal(subjects, &f.Subjects)
	}, `SELECT * FROM ballot_form($1)`, hash)
	if err != nil || len(forms) == 0 {
		return nil, err
	}
	return forms[0], nil
}

// CastBallot implements voting.Box.
func (tx *Tx) CastBallot(ctx context.Context, hash []byte, subjects []uuid.UUID, choices []string) (bool, error) {
	cast, err := queryOne(ctx, tx, value[bool], `SELECT ballot_cast($1, $2, $3)`, hash, array(subjects), array(choices))
	return cast, votingFault(err)
}

// EnterPaper implements voting.Store.
func (tx *Tx) EnterPaper(ctx context.Context, poll, person uuid.UUID, count ballot.PaperCount, rule template.Ballot) (bool, []voting.Difference, error) {
	counts, err := json.Marshal(paperCells(count, rule))
	if err != nil {
		return false, nil, err
	}
	alone := false
	rows, err := queryAll(ctx, tx, func(s scan) (voting.Difference, error) {
		var by bool
		var subject, what *string
		err := s(&by, &subject, &what)
		if what == nil {
			alone = by
			return voting.Difference{}, err
		}
		return voting.Difference{Subject: *subject, What: *what}, err
	}, `SELECT alone, subject, what FROM paper_tally_enter($1, $2, $3, $4, $5)`, poll, count.Group, person, count.Returned, string(counts))
	if err != nil {
		return false, nil, votingFault(err)
	}
	var differs []voting.Difference
	for _, d := range rows {
		if d.What != "" {
			differs = append(differs, d)
		}
	}
	return alone, differs, nil
}

// paperCells names every cell of a count, the zeros too, so that two counts are
// compared cell by cell.
func paperCells(count ballot.PaperCount, rule template.Ballot) map[string]map[string]int {
	cells := map[string]map[string]int{}
	for _, s := range count.Subjects {
		said := map[string]int{ballot.Invalid: s.Invalid, ballot.Abstained: s.Abstained, ballot.Recused: s.Recused}
		for _, o := range rule.Options {
			said[o.Key] = s.Options[o.Key]
		}
		cells[s.Subject] = said
	}
	return cells
}

// ClosePoll implements voting.Store.
func (tx *Tx) ClosePoll(ctx context.Context, poll, person uuid.UUID) (bool, error) {
	closed, err := queryOne(ctx, tx, value[bool], `SELECT poll_close($1, $2)`, poll, person)
	return closed, votingFault(err)
}

// BallotCounts implements voting.Store.
func (tx *Tx) BallotCounts(ctx context.Context, poll uuid.UUID) ([]ballot.SubjectCount, error) {
	by := map[string]map[string]*ballot.GroupCount{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var group, choice string
		var subject uuid.UUID
		var n int
		if err := s(&group, &subject, &choice, &n); err != nil {
			return struct{}{}, err
		}
		groups := by[subject.String()]
		if groups == nil {
			groups = map[string]*ballot.GroupCount{}
			by[subject.String()] = groups
		}
		if groups[group] == nil {
			groups[group] = &ballot.GroupCount{Group: group, Options: map[string]int{}}
		}
		count(groups[group], choice, n)
		return struct{}{}, nil
	}, `SELECT * FROM ballot_counts($1)`, poll)
	var all []ballot.SubjectCount
	for subject, groups := range by {
		one := ballot.SubjectCount{Subject: subject}
		for _, g := range groups {
			one.Groups = append(one.Groups, *g)
		}
		all = append(all, one)
	}
	return all, votingFault(err)
}

func count(g *ballot.GroupCount, choice string, n int) {
	switch choice {
	case ballot.Invalid:
		g.Invalid += n
	case ballot.Abstained:
		g.Abstained += n
	case ballot.Recused:
		g.Recused += n
	default:
		g.Options[choice] += n
	}
}

// InsertScores implements voting.Store.
func (tx *Tx) InsertScores(ctx context.Context, p *voting.Poll, results []ballot.Result) error {
	for _, r := range results {
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `INSERT INTO ballot_score (id, tenant_id, region, poll_id, round_id, ballot_key, subject_id, scored, score, due, present,
			issued, returned, valid, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, mixin.NewID(), tx.Tenant(), tx.region(),
			p.ID, nullable(p.Round), p.Key, uuid.MustParse(r.Subject), r.Scored, r.Score.String(), r.Due, r.Present, r.Issued, r.Returned, r.Valid,
			string(body)); err != nil {
			return votingFault(err)
		}
	}
	return nil
}

// BallotScores implements voting.Store, in the order of the subjects.
func (tx *Tx) BallotScores(ctx context.Context, poll uuid.UUID) ([]ballot.Result, error) {
	return queryAll(ctx, tx, func(s scan) (ballot.Result, error) {
		var r ballot.Result
		var body []byte
		if err := s(&body); err != nil {
			return r, err
		}
		return r, json.Unmarshal(body, &r)
	}, `SELECT b.result FROM ballot_score b JOIN poll_subject s ON s.tenant_id = b.tenant_id AND s.poll_id = b.poll_id AND s.subject_id = b.subject_id
		WHERE b.tenant_id = $1 AND b.poll_id = $2 ORDER BY s.position`, tx.Tenant(), poll)
}
