package wiring

import (
	"context"
	"time"

	"leitai/internal/contest"
	"leitai/internal/facts"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/round"
)

// facts makes the use cases of dashboards and of apps of third parties.
func (a *App) facts(cursors paging.Codec) {
	a.Facts = facts.New(facts.Config{
		Write: postgres.Write[facts.Store](a.DB), Read: postgres.Read[facts.Store](a.DB), Outside: postgres.Outside[facts.Door](a.DB),
		Gate: a.Gate, Cursors: cursors, Show: a.showFact, NewSecret: identity.NewAppSecret,
		Now: time.Now, //nolint:forbidigo // consents and their tokens live in real time, whatever the business clock says
	})
}

// showFact leaves of a row what its board would show.
func (a *App) showFact(ctx context.Context, p *facts.Publication, r *facts.Row) (bool, error) {
	b := round.Board{Tenant: p.Tenant, Round: p.Round, Competition: p.Competition, Period: p.Period, Held: p.Held, Publication: p.ID, Revision: p.Revision,
		Superseded: p.Superseded, Audience: round.Audience(p.Audience), Show: p.Show, BestBands: p.BestBands, WorstBands: p.WorstBands, PublishedAt: p.PublishedAt}
	row := round.BoardRow{Subject: r.Subject, Kind: r.Kind, Unit: r.Unit, UnitCode: r.Code, Place: r.Place, Name: r.Name, Shown: r.Total, Rank: r.Rank,
		Change: r.Change, Bands: r.Bands, Unranked: r.Unranked, Track: r.Track, TrackRank: r.TrackRank, Percentile: r.Percentile, Light: r.Light,
		Parts: make([]contest.PartValue, len(r.Parts)), Grades: make([]round.RowGrade, len(r.Grades))}
	shown, there, err := a.Rounds.ShownRow(ctx, b, row)
	if err != nil || !there {
		return false, err
	}
	if shown.Rank == nil {
		r.Items = nil // what only stands behind a rank goes with it
	}
	r.Parts = r.Parts[:len(shown.Parts)] // all of them or none
	r.Grades = r.Grades[:len(shown.Grades)]
	r.Subject, r.Code, r.Name, r.Total, r.Rank, r.Change = shown.Subject, shown.UnitCode, shown.Name, shown.Shown, shown.Rank, shown.Change
	r.Bands, r.TrackRank, r.Percentile, r.Light = shown.Bands, shown.TrackRank, shown.Percentile, shown.Light
	return true, nil
}
