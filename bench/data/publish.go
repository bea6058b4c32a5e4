package data

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
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
	return result, m.follow(ctx, id, bundles)
}

// follow notes the steps of the round for the audit.
func (m *month) follow(ctx context.Context, publication uuid.UUID, bundles round.Bundles) error {
	for i, s := range steps {
		if s.action == authz.RoundPublish {
			err := m.record(ctx, s.at(m), string(s.action), "publication", publication, map[string]any{
				"round": m.id, "revision": 1, "audience": round.AudienceTownship, "hash": bundles.PublicHash, "sealedHash": bundles.SealedHash, "reason": "",
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

// board writes one row a village, as the store of publications does: the public
// part of the trace only, a change only where there was a rank before.
func (m *month) board(publication uuid.UUID, result *contest.Result) error {
	units := map[string]unit{}
	for _, v := range m.villages {
		units[v.code] = v
	}
	traces := map[string]contest.Trace{}
	for _, t := range result.Traces {
		lines := slices.DeleteFunc(slices.Clone(t.Lines), func(l contest.Line) bool { return l.Kind == contest.LineMark })
		traces[t.Subject] = contest.Trace{Subject: t.Subject, Lines: lines}
	}
	for i := range result.Standings {
		s := &result.Standings[i]
		trace, err := json.Marshal(traces[s.Subject])
		if err != nil {
			return err
		}
		streaks, err := json.Marshal(append([]contest.StreakCount{}, s.Streaks...))
		if err != nil {
			return err
		}
		var change, low, high, percentile any
		if s.Previous > 0 {
			change = s.Change
		}
		if s.Range != nil {
			low, high = s.Range.Best, s.Range.Worst
		}
		if s.Percentile != nil {
			percentile = s.Percentile.String()
		}
		at := units[s.Subject]
		m.put("standing", m.at(m.published), publication, m.id, string(round.AudienceTownship), at.id, i+1, at.shown(), s.Shown, s.Rank, s.RankIfExact,
			change, low, high, texts(s.Bands), string(streaks), s.Reason, string(trace), at.id, string(template.Village), s.Track, nil, percentile, s.Light,
			"[]", "[]", texts(s.Vetoes))
	}
	return nil
}
