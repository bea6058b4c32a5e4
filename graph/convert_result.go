package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/graph/scalar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
	"leitai/internal/round"
	"leitai/internal/template"
	"leitai/internal/tenancy"
)

func publication(p *round.Publication) *model.Publication {
	return &model.Publication{ID: globalID(publicationKind, p.ID), Key: p.ID, RoundKey: p.Round, Revision: p.Revision, Superseded: p.Superseded,
		Audience: audience(p.Audience), PublishedAt: p.PublishedAt, ApproverRole: p.ApproverRole, Comment: p.Comment, Reason: p.Reason,
		BulletinNumber: p.BulletinNumber, Hash: p.Hash}
}

func audience(a round.Audience) model.Audience { return model.Audience(strings.ToUpper(string(a))) }

func audienceFrom(a *model.Audience) *round.Audience {
	if a == nil {
		return nil
	}
	out := round.Audience(strings.ToLower(string(*a)))
	return &out
}

func board(b *round.Board) *model.Board {
	return &model.Board{TenantKey: b.Tenant, RoundID: globalID(roundKind, b.Round), PublicationID: globalID(publicationKind, b.Publication),
		Period: b.Period, Held: b.Held, Trial: b.Trial, Audience: audience(b.Audience), PublishedAt: b.PublishedAt, Hash: b.Hash,
		Revision: b.Revision, Superseded: b.Superseded, Rows: boardRows(b.Rows)}
}

// boardRows converts a whole board; its rows, ids and totals stand side by side
// in memory.
func boardRows(list []round.BoardRow) []*model.BoardRow {
	made, out := make([]struct {
		row     model.BoardRow
		subject string
		total   scalar.Printed
	}, len(list)), make([]*model.BoardRow, len(list))
	for i := range list {
		r, m := &list[i], &made[i]
		out[i] = &m.row
		m.row = model.BoardRow{Kind: subjectKinds[r.Kind], Place: r.Place, Track: r.Track, TrackRank: r.TrackRank, Percentile: r.Percentile, Light: r.Light,
			Parts: converted(r.Parts, partValue), Grades: converted(r.Grades, rowGrade), Vetoes: texts(r.Vetoes), UnitCode: r.UnitCode, Name: r.Name, Shown: r.Shown,
			Rank: r.Rank, RankIfExact: r.RankIfExact, Change: r.Change, Bands: texts(r.Bands), Streaks: converted(r.Streaks, streakLength), Unranked: r.Unranked}
		if r.Shown != "" {
			m.total = scalar.Printed(r.Shown)
			m.row.Total = &m.total
		}
		if r.Subject != uuid.Nil {
			m.subject = subjectID(r.Kind, r.Subject)
			m.row.Subject = &m.subject
		}
		if r.RankLow != nil && r.RankHigh != nil {
			m.row.RankRange = []int{*r.RankLow, *r.RankHigh}
		}
	}
	return out
}

func partValue(p contest.PartValue) *model.PartValue {
	return &model.PartValue{Key: p.Key, Weight: p.Weight, Shown: p.Shown}
}

func rowGrade(g round.RowGrade) *model.RowGrade {
	return &model.RowGrade{Scale: g.Scale, Grade: g.Grade, Decision: g.Decision, Rule: g.Rule}
}

// fixed is a published decimal; nil when there is none.
func fixed(shown string) *scalar.Printed {
	if shown == "" {
		return nil
	}
	p := scalar.Printed(shown)
	return &p
}

func streakLength(s contest.StreakCount) *model.StreakLength {
	return &model.StreakLength{Streak: s.Key, Length: s.Count}
}

func preview(p *round.Preview, doc *template.Document, language fault.Language) *model.Preview {
	names := map[string]string{}
	for _, row := range p.Rows {
		names[row.UnitCode] = row.Name
	}
	return &model.Preview{Rows: boardRows(p.Rows), Blockers: blockers(p.Blockers, language),
		Grades:  gradeResults(p.Result.Grades, names),
		Changes: converted(p.Changes, previewChange(doc, language)),
		Outcomes: converted(p.Result.Outcomes, func(o outcome.Proposal) *model.OutcomeProposal {
			return &model.OutcomeProposal{UnitCode: o.Subject, Name: names[o.Subject], Rule: phrase.Rule(o), Reason: o.When, Action: o.Do,
				Sentence: phrase.Proposal(doc, o, phrase.Extent{Points: phrase.Shares(o, p.Result.Entries)}, names[o.Subject], language)}
		})}
}

// previewChange tells a change by its keys and in words.
func previewChange(doc *template.Document, language fault.Language) func(round.PreviewChange) *model.PreviewChange {
	return func(c round.PreviewChange) *model.PreviewChange {
		inWords := func(side string) string {
			switch {
			case side == "":
			case c.Kind == round.ChangeBand:
				return phrase.Bands(doc, strings.Split(side, ", "), language)
			case c.Proposed != nil:
				return phrase.Proposal(doc, c.Proposed.Proposal, phrase.Extent{Points: c.Proposed.Shares}, c.Name, language)
			}
			return side
		}
		return &model.PreviewChange{UnitCode: c.UnitCode, Name: c.Name, Kind: c.Kind, From: c.From, To: c.To, FromText: inWords(c.From), ToText: inWords(c.To)}
	}
}

// changesOf are the changes of a round that was corrected, in the words of its
// template.
func changesOf(ctx context.Context, done *round.Reviewed) ([]*model.PreviewChange, error) {
	doc, err := loadersOf(ctx).documents.Load(ctx, done.Round.TemplateVersion)
	if err != nil {
		return nil, err
	}
	return converted(done.Changes, previewChange(doc, languageOf(ctx))), nil
}

func simulation(s *round.Simulation) *model.Simulation {
	named := func(ids []string) []string {
		return converted(ids, func(id string) string { return s.Names[id] })
	}
	return &model.Simulation{RanksChanged: s.Difference.RanksChanged, Of: s.Difference.Of,
		BandChanges: converted(s.Difference.Bands, func(c contest.MemberChange) *model.BandChange {
			return &model.BandChange{Period: c.Period, Band: c.Key, Enter: named(c.In), Leave: named(c.Out)}
		})}
}

func weightsFrom(in []*model.ChannelWeightInput) []round.ChannelWeight {
	return converted(in, func(w *model.ChannelWeightInput) round.ChannelWeight {
		return round.ChannelWeight{Channel: w.Channel, Weight: w.Weight}
	})
}

// boardOf reads a board with the one call of its use case.
func (r *Resolver) boardOf(ctx context.Context, key uuid.UUID, revision int) (*model.Board, error) {
	b, err := r.Rounds.Board(ctx, key, revision)
	if err != nil {
		return nil, unlessUnknown(err)
	}
	if h := b.Host; h != nil { // no list of tenants holds it
		foreign(ctx)
		loadersOf(ctx).tenants.Prime(b.Tenant, &tenancy.Tenant{ID: b.Tenant, Kind: h.Kind, Name: h.Name, Unit: h.Unit, Region: h.Region, TimeZone: h.TimeZone, Demo: h.Demo})
	}
	return board(b), nil
}

// roundDocument is the template a round stands under.
func roundDocument(ctx context.Context, key uuid.UUID) (*template.Document, error) {
	r, err := loadersOf(ctx).rounds.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	return loadersOf(ctx).documents.Load(ctx, r.TemplateVersion)
}
