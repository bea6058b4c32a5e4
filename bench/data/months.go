package data

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/round"
	"leitai/internal/template"
)

// month is one round being played.
type month struct {
	*town
	id     uuid.UUID
	number int
	calendar.Occasion
	noticed, rubric, opened, marked, confirmed, closed, announced, published time.Time
	until                                                                    calendar.Date
	items                                                                    []template.Item
	input                                                                    contest.Input
	publication                                                              uuid.UUID
	bundles                                                                  round.Bundles
}

// months plays all rounds, one after the other, because each is computed with
// those before it.
func (w *town) months(ctx context.Context) error {
	var history []contest.Held
	for i, occasion := range w.plan.months {
		m, err := w.newMonth(i+1, occasion, true)
		if err != nil {
			return err
		}
		m.input = contest.Input{
			Rules: contest.RulesVersion, Template: &w.plan.doc, Version: 1, Rubric: m.items, History: slices.Clone(history),
			Round: contest.Round{ID: m.id.String(), Period: m.Period.String(), Held: m.Held.String(), Number: m.number, Revision: 1},
		}
		m.judge()
		result, err := m.publish(ctx)
		if err != nil {
			return err
		}
		history = append(history, m.held(result))
	}
	return w.begin(ctx, len(w.plan.months))
}

// begin plays the months that are being marked: all but the marks.
func (w *town) begin(ctx context.Context, before int) error {
	for i, occasion := range w.plan.open {
		m, err := w.newMonth(before+i+1, occasion, false)
		if err != nil {
			return err
		}
		if err := m.follow(ctx, steps[:untilOpen]); err != nil {
			return err
		}
	}
	return nil
}

// newMonth dates the steps of a round and writes its plan, rubric, group, notice
// and roster; whole says whether it goes on to its publication.
func (w *town) newMonth(number int, o calendar.Occasion, whole bool) (*month, error) {
	day, err := time.Parse(time.DateOnly, o.Held.String())
	if err != nil {
		return nil, err
	}
	after, err := calendar.AfterDays(o.Held, w.plan.doc.Announce.ObjectionDays, calendar.RollNone, calendar.OfficialWorkdays, calendar.Official())
	if err != nil {
		return nil, err
	}
	m := &month{town: w, number: number, Occasion: o, until: after.Due, items: w.plan.items()}
	at := func(days, hour int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day()+days, hour, 0, 0, 0, time.UTC)
	}
	m.rubric, m.noticed, m.opened = at(-7, 1), at(-7, 2), at(0, 0)
	m.marked, m.confirmed, m.closed, m.announced = at(0, 2), at(0, 4), at(0, 6), at(0, 8)
	m.published = at(w.plan.doc.Announce.ObjectionDays+1, 1)
	m.id = w.at(m.rubric)
	notice, err := json.Marshal(m.notice())
	if err != nil {
		return nil, err
	}
	// Marks enter an open round only; it is published when they are in.
	end := []any{m.closed, m.announced, m.until.String(), 1, len(steps) + 1}
	if !whole {
		end = []any{nil, nil, nil, 0, untilOpen + 1}
	}
	w.put("round", m.id, append([]any{w.competition, w.template, o.Period.String(), o.Nominal.String(), o.Held.String(), "open", w.shown(), string(notice),
		m.rubric, m.opened}, end...)...)
	m.prepare()
	return m, nil
}

// notice is the written notice of the round.
func (m *month) notice() round.RoundNotice {
	n := round.RoundNotice{Number: "基准〔" + strconv.Itoa(m.Period.Year()) + "〕" + strconv.Itoa(m.number) + "号", Issued: m.Held.AddDays(-7), Venue: m.shown(), Held: m.Held}
	for _, item := range m.items {
		n.Items = append(n.Items, round.NoticeItem{Key: item.Key, Name: item.Name.ZH, Points: item.Points})
	}
	group := round.NoticeGroup{Number: 1, Name: groupName}
	for _, j := range m.judges {
		group.Members = append(group.Members, j.pseudonym)
	}
	slices.Sort(group.Members)
	n.Groups = append(n.Groups, group)
	return n
}

const groupName = "第一组"

// prepare writes rubric, review group and roster.
func (m *month) prepare() {
	for i, item := range m.items {
		m.put("rubric_item", m.at(m.rubric), m.id, i+1, item.Key, item.Name.ZH, item.Name.EN, item.Dimension, item.Points.String(), item.Criteria, "[]",
			m.leader.id, string(item.Kind), `{"rule":{}}`)
	}
	panel := m.at(m.rubric)
	m.put("panel", panel, m.id, 1, groupName, "{}", "{}", "{}")
	for _, j := range m.judges {
		m.put("panel_member", m.at(m.rubric), m.id, panel, j.id, round.ChosenAssigned)
	}
	for i, v := range m.villages {
		links, _ := json.Marshal(m.links(i)) // strings always marshal
		m.put("entry", m.at(m.opened), m.id, v.id, v.id, string(template.Village), i+1, v.shown(), string(links))
	}
}

// judge draws every judge's marks, with the second person's word.
func (m *month) judge() {
	channel := m.plan.doc.Channels[0].Key
	for i, v := range m.villages {
		m.input.Roster = append(m.input.Roster, contest.Subject{ID: v.code, Name: v.shown(), Links: m.links(i)})
		for _, item := range m.items {
			for _, j := range m.judges {
				id, value := m.at(m.marked), mark(m.source, m.levels[i])
				m.put("mark", id, m.id, item.Key, channel, v.id, v.id, j.id, value.String(), m.clerk.id, m.marked)
				m.put("mark_review", m.at(m.confirmed), m.id, id, "confirmed", m.confirmer.id, m.confirmed)
				m.input.Marks = append(m.input.Marks, contest.Mark{ID: id.String(), Item: item.Key, Channel: channel, Subject: v.code, Judge: j.pseudonym, Value: value})
			}
		}
	}
	slices.SortFunc(m.input.Marks, func(a, b contest.Mark) int { return cmp.Compare(a.ID, b.ID) })
	m.marks += len(m.input.Marks)
}

// held is what later rounds know of this one.
func (m *month) held(result *contest.Result) contest.Held {
	links := map[string]int{}
	for i, v := range m.villages {
		links[v.code] = i
	}
	h := contest.Held{Period: m.Period.String(), Held: m.Held.String()}
	for i := range result.Standings {
		s := &result.Standings[i]
		h.Standings = append(h.Standings, contest.HeldStanding{Subject: s.Subject, Total: s.Total, Rank: s.Rank, Bands: s.Bands, Links: m.links(links[s.Subject])})
	}
	return h
}
