package teams

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
	"leitai/internal/posting"
	"leitai/internal/template"
)

// Outstanding lists who has the best annual grade in a competition, with the
// years (D36); two years running are preferred for promotion (D34).
func (s *Service) Outstanding(ctx context.Context, competition uuid.UUID) ([]Outstanding, error) {
	if err := s.gate.Require(ctx, authz.PostingWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var list []Outstanding
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		rules, err := postingRules(ctx, st, competition)
		if err != nil {
			return err
		}
		grades, err := st.PublishedGrades(ctx, competition)
		if err != nil {
			return err
		}
		list = nil
		return everyPosting(ctx, st, competition, func(p *Posting) {
			if o, ok := outstanding(p, best(rules.Template), grades[p.Pseudonym]); ok {
				list = append(list, o)
			}
		})
	})
	return list, err
}

// mostAtOnce is how many postings are read at a time.
const mostAtOnce = 100

// everyPosting goes through the postings of a competition.
func everyPosting(ctx context.Context, st Store, competition uuid.UUID, do func(*Posting)) error {
	window := paging.Window{Size: mostAtOnce}
	for {
		rows, err := st.PostingPage(ctx, Filter{Competition: competition}, window)
		if err != nil {
			return err
		}
		for _, p := range rows[:min(len(rows), window.Size)] {
			do(p)
		}
		if len(rows) <= window.Size {
			return nil
		}
		window.After = []paging.Value{paging.Text(rows[window.Size-1].ID.String())}
	}
}

// best names the best grade of every scale that has a quota.
func best(doc *template.Document) map[string]string {
	out := map[string]string{}
	for _, scale := range doc.Grades {
		if len(scale.Steps) > 0 && scale.Steps[0].Quota != nil {
			out[scale.Key] = scale.Steps[0].Key
		}
	}
	return out
}

func outstanding(p *Posting, best map[string]string, grades []Grade) (Outstanding, bool) {
	o := Outstanding{Pseudonym: p.Pseudonym, Posting: p.ID}
	held := map[int]string{}
	for _, g := range grades {
		if best[g.Scale] != "" && g.Grade == best[g.Scale] && !slices.Contains(o.Years, g.Year) && p.servedIn(g.Year) {
			o.Years = append(o.Years, g.Year)
			held[g.Year] = g.Grade
		}
	}
	for _, grade := range best {
		o.Running = max(o.Running, posting.RunOf(held, grade))
	}
	o.Prefer = o.Running >= preferredAfter
	return o, len(o.Years) > 0
}

// preferredAfter is how many excellent years running prefer somebody (D34).
const preferredAfter = 2

// servedIn keeps the grades of one posting from another of the same person.
func (p *Posting) servedIn(year int) bool {
	return !p.From.IsZero() && p.From.Year() <= year && year <= p.Last.Year()
}
