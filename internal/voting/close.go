package voting

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// EnterPaper keeps the viewer's own count of a group's paper forms. Two persons
// count independently: where their counts differ, the places are named and not
// the numbers, both entries stay, and the ballot cannot be closed until they
// agree. Entering again replaces one's own count.
func (s *Service) EnterPaper(ctx context.Context, poll uuid.UUID, count ballot.PaperCount) (PaperState, error) {
	if err := s.gate.Require(ctx, authz.BallotWrite, uuid.Nil); err != nil {
		return "", err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return "", err
	}
	var (
		alone   bool
		differs []Difference
		p       *Poll
	)
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if p, err = st.PollByID(ctx, poll); err != nil {
			return err
		}
		if p.State != Open {
			return notOpen(p)
		}
		if faults := ballot.CheckPaper(p.Rule, subjects(p.Subjects), count); len(faults) > 0 {
			return named(faults, p.Subjects)
		}
		if alone, differs, err = st.EnterPaper(ctx, poll, who.Person, count, p.Rule); err != nil {
			return err
		}
		return audit.Record(ctx, "ballot:paper", "poll", poll, map[string]any{"group": count.Group, "returned": count.Returned})
	})
	if err != nil {
		return "", err
	}
	if len(differs) > 0 { // told after the commit, because the entry stays
		return "", differences(p, count.Group, differs)
	}
	if alone {
		return PaperFirst, nil
	}
	return PaperAgreed, nil
}

// whatIsCounted is what people call a count.
var whatIsCounted = map[string][2]string{
	"returned": {"收回", "returned"}, ballot.Invalid: {"无效", "invalid"}, ballot.Abstained: {"弃权", "abstained"}, ballot.Recused: {"回避", "recused"},
}

func differences(p *Poll, group string, differs []Difference) fault.List {
	faults := make(fault.List, len(differs))
	for i, d := range differs {
		f := fault.New(fault.BallotPaperDiffers, "group", p.GroupName(group), "subject", d.Subject, "what", d.What)
		if words, ok := whatIsCounted[d.What]; ok {
			_ = f.Call("what", words[0], words[1])
		}
		for _, o := range p.Rule.Options {
			if o.Key == d.What && o.Name.ZH != "" {
				_ = f.Call("what", o.Name.ZH, o.Key)
			}
		}
		if d.Subject == "" {
			_ = f.Call("subject", "全部", "all")
		} else {
			f = f.About(d.Subject)
		}
		faults[i] = f.At("subjects")
	}
	return named(faults, p.Subjects)
}

// Close says that the viewer closes the evaluation. The first official's word
// keeps it open; the second, another person, closes it, and the scores are made
// in the same transaction. It gives the evaluation as it stands then.
func (s *Service) Close(ctx context.Context, poll uuid.UUID) (*Poll, error) {
	if err := s.gate.Require(ctx, authz.BallotClose, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var after *Poll
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PollByID(ctx, poll)
		if err != nil {
			return err
		}
		if p.State != Open {
			return notOpen(p)
		}
		closed, err := st.ClosePoll(ctx, poll, who.Person)
		if err != nil {
			return err
		}
		if after, err = st.PollByID(ctx, poll); err != nil {
			return err
		}
		if !closed {
			return audit.Record(ctx, "ballot:close-first", "poll", poll, map[string]any{})
		}
		return s.score(ctx, st, after)
	})
	return after, err
}

// score makes the results of an evaluation that was just closed.
func (s *Service) score(ctx context.Context, st Store, p *Poll) error {
	said, err := st.BallotCounts(ctx, p.ID)
	if err != nil {
		return err
	}
	counts := complete(p, said)
	var faults fault.List
	for _, c := range counts {
		faults = append(faults, ballot.Check(p.Rule, c.Subject, c.Groups)...)
	}
	if len(faults) > 0 {
		return named(faults, p.Subjects)
	}
	results := ballot.TallyAll(p.Rule, counts)
	if err := st.InsertScores(ctx, p, results); err != nil {
		return err
	}
	over, err := recusedBeyondRoster(ctx, st, p, counts)
	if err != nil {
		return err
	}
	due, issued, returned := 0, 0, 0
	for _, g := range p.Groups {
		due, issued, returned = due+g.Due, issued+g.Codes+g.Papers, returned+*g.Used+*g.PapersReturned
	}
	return audit.Record(ctx, "ballot:close", "poll", p.ID,
		map[string]any{"due": due, "issued": issued, "returned": returned, "recusedBeyondRoster": over})
}

// complete gives every subject every group, with the counts of persons.
func complete(p *Poll, said []ballot.SubjectCount) []ballot.SubjectCount {
	all := make([]ballot.SubjectCount, len(p.Subjects))
	for i, subject := range p.Subjects {
		all[i].Subject = subject.ID.String()
		for _, g := range p.Groups {
			count := ballot.GroupCount{Group: g.Key}
			for _, s := range said {
				for _, have := range s.Groups {
					if s.Subject == all[i].Subject && have.Group == g.Key {
						count = have
					}
				}
			}
			count.Due, count.Present, count.Issued, count.Returned = g.Due, g.Present, g.Codes+g.Papers, *g.Used+*g.PapersReturned
			count.Present = max(count.Present, count.Returned) // whoever handed a sheet in was there
			all[i].Groups = append(all[i].Groups, count)
		}
	}
	return all
}

// recusedBeyondRoster is how many recusals there are that the roster does not
// explain: sheets that were recused from a village other than their own. One
// number for the whole evaluation, because a number per group could name a
// person.
func recusedBeyondRoster(ctx context.Context, st Store, p *Poll, counts []ballot.SubjectCount) (int, error) {
	rows, err := st.PollVoters(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	voters := make([]ballot.Voter, len(rows))
	for i, v := range rows {
		voters[i] = ballot.Voter{Person: v.Person, Group: v.Group}
		if v.Unit != nil {
			voters[i].Unit = v.Unit.String()
		}
	}
	over := 0
	for _, g := range p.Groups {
		expected := ballot.ExpectedRecusals(p.Rule, g.Key, voters, subjects(p.Subjects))
		for _, c := range counts {
			for _, have := range c.Groups {
				if have.Group == g.Key {
					over += max(0, have.Recused-expected[c.Subject])
				}
			}
		}
	}
	return over, nil
}
