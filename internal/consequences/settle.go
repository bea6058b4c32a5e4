package consequences

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// Settlement is a publication as its round hands it over.
type Settlement struct {
	Tenant      uuid.UUID
	Competition uuid.UUID
	Round       uuid.UUID
	Period      string
	Held        calendar.Date
	Revision    int
	ApprovedBy  uuid.UUID
	At          time.Time
	Template    *template.Document
	Result      *contest.Result
	Previous    *contest.Result
	Units       map[string]uuid.UUID
	Persons     map[string]uuid.UUID
	Subjects    map[string]uuid.UUID
}

// subject is who a result's subject is; the unit itself where nothing else is
// said.
func (of Settlement) subject(id string) uuid.UUID {
	if known, ok := of.Subjects[id]; ok {
		return known
	}
	return of.Units[id]
}

// Settle writes the outcomes a publication proposes, in the publication's own
// transaction. For a correction it keeps what stayed the same, takes back what
// fell away, with counter-entries where points were posted, and proposes what
// is new: nothing is rewritten silently (Q30).
func (s *Service) Settle(ctx context.Context, of Settlement) error {
	return s.write(ctx, func(ctx context.Context, st Store) error {
		fresh := proposed(of)
		standing, err := st.OutcomesOfRound(ctx, of.Round)
		if err != nil {
			return err
		}
		added, gone := difference(of.Template, standing, fresh)
		for _, o := range gone {
			if err := s.reverse(ctx, st, o, of); err != nil {
				return err
			}
		}
		if len(added) > 0 {
			if err := st.InsertOutcomes(ctx, added); err != nil {
				return err
			}
		}
		return s.feedRound(ctx, st, of)
	})
}

// proposed makes outcomes of a result's proposals with their entries.
func proposed(of Settlement) []*Outcome {
	var all []*Outcome
	for _, p := range of.Result.Outcomes {
		o := fromProposal(p, outcome.RuleOf(of.Template, p), entriesOf(p, of.Result.Entries))
		o.ID, o.Competition, o.Revision = newID(), of.Competition, of.Revision
		o.Round, o.Period, o.Unit, o.Subject = &of.Round, of.Period, of.Units[p.Subject], of.subject(p.Subject)
		o.Rule = outcome.Cite(p)
		o.Penalty = worst(of.Template.Bands, bandOf(of.Template, p.When))
		all = append(all, o)
	}
	return all
}

func fromProposal(p outcome.Proposal, rule template.Outcome, entries []ProposedEntry) *Outcome {
	return &Outcome{Reason: p.When, Action: rule.Do, Rank: p.Rank, FromBottom: p.RankFromBottom, Streak: p.Streak,
		ByRole: p.ByRole, Entries: entries, With: p.With, State: Proposed, LockRevision: 1}
}

func entriesOf(p outcome.Proposal, entries []outcome.Entry) []ProposedEntry {
	var own []ProposedEntry
	for _, e := range entries {
		if e.Rule == p.Rule && e.When == p.When && e.Subject == p.Subject {
			own = append(own, ProposedEntry{Kind: e.Account.Kind, Holder: e.Account.ID, Role: e.Role, Points: e.Points})
		}
	}
	return own
}

// worst reports whether a band is one of the worst.
func worst(bands []template.Band, key string) bool {
	return slices.ContainsFunc(bands, func(b template.Band) bool { return b.Key == key && b.Worst > 0 })
}

// bandOf is the band that calls for an outcome: the one named, or the one a
// streak counts.
func bandOf(doc *template.Document, when string) string {
	for _, s := range doc.Streaks {
		if s.Key == when {
			return s.Band
		}
	}
	return when
}

// difference tells which outcomes are new and which standing ones fell away.
// One that says the same about the same village stays, with all that people
// have done about it. The place that counts is the one from the band's end: a
// reward for the third place does not fall because the field below it changed.
func difference(doc *template.Document, standing, fresh []*Outcome) (added, gone []*Outcome) {
	kept := map[*Outcome]bool{}
	for _, o := range fresh {
		fromBottom := worst(doc.Bands, bandOf(doc, o.Reason))
		samePlace := func(old *Outcome) bool {
			return fromBottom && old.FromBottom == o.FromBottom || !fromBottom && old.Rank == o.Rank
		}
		same := slices.IndexFunc(standing, func(old *Outcome) bool { return old.State != Reversed && !kept[old] && samePlace(old) && equal(old, o) })
		if same < 0 {
			added = append(added, o)
			continue
		}
		kept[standing[same]] = true
	}
	for _, old := range standing {
		if old.State != Reversed && !kept[old] {
			gone = append(gone, old)
		}
	}
	return added, gone
}

// equal compares what two outcomes say, their places aside.
func equal(a, b *Outcome) bool {
	return a.Rule == b.Rule && a.Reason == b.Reason && a.Subject == b.Subject && a.Streak == b.Streak && a.ByRole == b.ByRole && slices.Equal(a.With, b.With) &&
		slices.EqualFunc(a.Entries, b.Entries, func(x, y ProposedEntry) bool {
			return x.Kind == y.Kind && x.Holder == y.Holder && x.Role == y.Role && x.Points.Equal(y.Points)
		})
}

// reverse takes an outcome back: points posted for it get counter-entries.
func (s *Service) reverse(ctx context.Context, st Store, o *Outcome, of Settlement) error {
	posted, err := st.EntriesOfOutcome(ctx, o.ID)
	if err != nil {
		return err
	}
	if err := st.InsertEntries(ctx, counter(posted, of.ApprovedBy, of.At, of.Revision)); err != nil {
		return err
	}
	was := o.State
	if err := st.WithdrawTask(ctx, o.ID); err != nil {
		return err
	}
	o.State = Reversed
	if err := st.UpdateOutcome(ctx, o); err != nil {
		return err
	}
	return audit.Record(ctx, "outcome:reverse", "outcome", o.ID, map[string]any{"revision": of.Revision},
		audit.At(o.Unit), audit.Changed(map[string]any{"state": was}, map[string]any{"state": o.State}))
}

// counter makes the entries that take posted ones back.
func counter(posted []Entry, by uuid.UUID, at time.Time, revision int) []Entry {
	out := make([]Entry, len(posted))
	for i, e := range posted {
		taken := e.ID
		e.ID, e.Points, e.Reverses = newID(), e.Points.Neg(), &taken
		e.PostedBy, e.PostedAt, e.Revision = by, at, revision
		out[i] = e
	}
	return out
}
