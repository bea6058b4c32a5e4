package data

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/comparison"
	"leitai/internal/contest"
	"leitai/internal/round"
	"leitai/internal/template"
)

// step is one step of a round's life, each of which counts its revision up.
type step struct {
	action authz.Permission
	state  round.State
	at     func(*month) time.Time
}

// steps are those between the plan and the publication, in their order.
var steps = []step{
	{authz.RubricPublish, round.Planned, func(m *month) time.Time { return m.rubric }},
	{authz.PanelWrite, round.Planned, func(m *month) time.Time { return m.rubric }},
	{authz.RoundNotify, round.Notified, func(m *month) time.Time { return m.noticed }},
	{authz.RoundOpen, round.Open, func(m *month) time.Time { return m.opened }},
	{authz.RoundClose, round.Closed, func(m *month) time.Time { return m.closed }},
	{authz.RoundCompute, round.Computed, func(m *month) time.Time { return m.closed }},
	{authz.RoundAnnounce, round.Provisional, func(m *month) time.Time { return m.announced }},
	{authz.RoundPublish, round.Published, func(m *month) time.Time { return m.published }},
}

// untilOpen counts those of a round that is being marked.
const untilOpen = 4

// publish computes the round by the rules, seals both bundles and writes
// computation, publication and board.
func (m *month) publish(ctx context.Context) (*contest.Result, error) {
	canonical, err := contest.Canonical(m.input)
	if err != nil {
		return nil, err
	}
	bundles, result, err := m.seal(m.input)
	if err != nil {
		return nil, err
	}
	kept, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	m.put("computation", m.at(m.closed), m.id, result.Rules, string(canonical), string(kept), m.clerk.id, m.closed)
	id := m.at(m.published)
	m.put("publication", id, m.id, 1, string(round.AudienceTownship), bundles.Public, bundles.PublicHash, bundles.SealedHash,
		"基准通报"+m.Period.String()+"第"+strconv.Itoa(m.number)+"期", m.approver, string(authz.TownshipApprover), m.published)
	m.put("sealed_bundle", m.at(m.published), id, bundles.Sealed)
	if err := m.board(id, result); err != nil {
		return nil, err
	}
	m.publication, m.bundles = id, bundles
	if err := m.total(result); err != nil {
		return nil, err
	}
	return result, m.follow(ctx, steps)
}

// total writes what the publication leaves for the county's comparison.
func (m *month) total(result *contest.Result) error {
	k, err := comparison.NewKept(comparison.Published{Input: m.input, Result: result}, nil)
	if err != nil {
		return err
	}
	// Everything happens in the morning, when the day is the same in Shanghai.
	k.Opened = calendar.FromTime(m.opened, time.UTC)
	p := k.Total.Pack()
	var severity any
	if k.Judging.Effect != nil {
		severity = k.Judging.Effect.String()
	}
	m.put("round_total", m.at(m.published), m.publication, m.id, m.competition, 1, string(round.AudienceTownship), k.Subject, k.Template,
		k.Opened.String(), m.published.Format(time.DateOnly), p.Contestants, p.Sources, p.Weights, p.Denominators, p.Scores, k.Digest(),
		k.Judging.Ranges, k.Judging.Width, severity)
	return nil
}

// follow notes steps of the round for the audit.
func (m *month) follow(ctx context.Context, all []step) error {
	for i, s := range all {
		if s.action == authz.RoundPublish {
			err := m.record(ctx, s.at(m), string(s.action), "publication", m.publication, map[string]any{
				"round": m.id, "revision": 1, "audience": round.AudienceTownship, "hash": m.bundles.PublicHash, "sealedHash": m.bundles.SealedHash, "reason": "",
			})
			if err != nil {
				return err
			}
		}
		err := m.record(ctx, s.at(m), string(s.action), "round", m.id, map[string]any{"state": s.state, "reason": "", "revision": i + 2})
		if err != nil {
			return err
		}
	}
	return nil
}

// board writes one row a village, as the store of publications does.
func (m *month) board(publication uuid.UUID, result *contest.Result) error {
	roster := make([]*round.Entry, len(m.villages))
	for i, v := range m.villages {
		roster[i] = &round.Entry{Subject: v.id, Kind: template.Village, Unit: v.id, Code: v.code, Place: v.shown(), Name: v.shown()}
	}
	for _, s := range round.StandingsOf(result, roster) {
		trace, err := json.Marshal(s.Trace)
		if err != nil {
			return err
		}
		streaks, err := json.Marshal(append([]contest.StreakCount{}, s.Streaks...))
		if err != nil {
			return err
		}
		var percentile any
		if s.Percentile != nil {
			percentile = s.Percentile.String()
		}
		m.put("standing", m.at(m.published), publication, m.id, string(round.AudienceTownship), s.Unit, s.Position, s.Name, s.Shown, s.Rank, s.RankIfExact,
			s.Change, s.RankLow, s.RankHigh, texts(s.Bands), string(streaks), s.Unranked, string(trace), s.Subject, string(s.Kind), s.Track, s.TrackRank,
			percentile, s.Light, "[]", "[]", texts(s.Vetoes))
	}
	return nil
}
