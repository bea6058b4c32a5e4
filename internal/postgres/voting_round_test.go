package postgres

import (
	"context"
	"fmt"
	"testing"

	"leitai/ent/mixin"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/voting"
)

// seasonal is a template with two ballots and three lights.
const seasonal = `schemaVersion: 1
key: small
name: 小模板
subject: village
calendar: {every: month, day: 30}
scale: {points: 100, decimals: 2}
channels: {onsite: {name: 现场督查, weight: 100, judges: {min: 2, combine: mean}}}
rubric: fixed
items: [{key: party, name: 党建, points: 100}]
ballots:
  assembly: {options: {good: 100, poor: 0}, groups: {all: {weight: 100}}}
  review: {name: 点评会测评, options: {good: 100, poor: 0}, groups: {leaders: {weight: 40}, others: {weight: 60}}}
legend: {green: {from: 88}, yellow: {from: 60}, red: {}}
`

// An evaluation of a round has the round's rule, subjects and, once closed, its
// place in the round's computation; a second one of the same ballot is refused,
// and a round of another competition is not found.
// covers B09, B22, Q26
func TestVotingOfARound(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	doc, err := template.Parse([]byte(seasonal))
	if err != nil {
		t.Fatal(err)
	}
	h.put(t, `UPDATE template_version SET canonical = $1`, string(template.Canonical(doc)))
	competition, round := h.home.id("competition"), h.home.id("round")
	open := func(in voting.Opening) (*voting.Poll, error) {
		in.Competition = competition
		return h.service.Open(h.clerk, in)
	}
	stranger := mixin.NewID()
	for name, c := range map[string]struct {
		in   voting.Opening
		want fault.Code
	}{
		"the same ballot again":    {voting.Opening{Round: &round, Key: "assembly"}, fault.BallotOverAll},
		"no ballot named":          {voting.Opening{Round: &round}, fault.BallotRuleUnknown},
		"an unknown ballot":        {voting.Opening{Round: &round, Key: "plebiscite"}, fault.BallotRuleUnknown},
		"an unknown round":         {voting.Opening{Round: &stranger, Key: "review"}, fault.NotFound},
		"subjects of nobody":       {voting.Opening{Key: "review"}, fault.BallotSubjectsEmpty},
		"a subject nobody knows":   {voting.Opening{Key: "review", Subjects: []voting.Subject{{ID: stranger, Name: "甲"}}}, fault.NotFound},
		"a subject without a name": {voting.Opening{Key: "review", Subjects: []voting.Subject{{ID: h.home.person, Name: " "}}}, fault.Invalid},
	} {
		if p, err := open(c.in); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
	p, err := open(voting.Opening{Round: &round, Key: "review"})
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "2023 2023-04 点评会测评" || len(p.Subjects) != 1 || p.Subjects[0].ID != h.home.village || p.Subjects[0].Name != "沈庄村" || len(p.Legend) != 3 {
		t.Errorf("%+v", p)
	}
	h.poll, h.subject[0] = p.ID, h.home.village
	var rows []ballot.Named
	for i := range 16 {
		rows = append(rows, ballot.Named{Row: i + 1, Person: fmt.Sprintf("R%d", i), Group: []string{"leaders", "others"}[i/8]})
	}
	if _, err := h.service.Roster(h.clerk, p.ID, rows); err != nil {
		t.Fatal(err)
	}
	for group, goods := range map[string]int{"leaders": 6, "others": 7} {
		for i, code := range h.codes(t, group, 7+map[string]int{"others": 1}[group]) {
			said := "poor"
			if i < goods {
				said = "good"
			}
			if err := h.service.Cast(t.Context(), code, map[string]string{h.home.village.String(): said}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if lights, err := h.service.Lights(h.clerk, p.ID); lights != nil || err != nil {
		t.Errorf("lights before the close: %v, %v", lights, err)
	}
	h.closeBy(t, h.clerk, h.second(t))
	h.inRound(t, p)
	results, err := h.service.Results(h.clerk, p.ID)
	if err != nil || !results[0].Breakdown || len(results[0].Groups) != 2 || results[0].Groups[0].Mean.String() != "600/7" {
		t.Errorf("%+v, %v", results, err)
	}
	lights, err := h.service.Lights(h.clerk, p.ID)
	if err != nil || len(lights) != 1 || lights[0].Lights != nil || lights[0].Members != 1 {
		t.Errorf("the light of one subject is told: %+v, %v", lights, err)
	}
	if all, err := h.service.Polls(h.clerk, competition, &round); err != nil || len(all) != 2 {
		t.Errorf("%d evaluations of the round, %v", len(all), err)
	}
}

// inRound: the round's computation reads the exact score.
func (h *hall) inRound(t *testing.T, p *voting.Poll) {
	t.Helper()
	err := h.db.read(h.clerk, func(ctx context.Context, tx *Tx) error {
		scores, err := tx.BallotScoresOf(ctx, *p.Round)
		for _, s := range scores {
			// 40 × 6/7 + 60 × 7/8
			if s.Ballot == "review" && (s.Score.String() != "1215/14" || s.Valid != 15 || s.Due != 16 || s.Returned != 15) {
				t.Errorf("%+v", s)
			}
		}
		if len(scores) != 2 {
			t.Errorf("%d scores of the round", len(scores))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A trial takes its evaluations with it: codes, ballots, tallies and scores.
func TestVotingIsWipedWithItsTrial(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, code := range h.codes(t, "others", 2) {
		if err := h.service.Cast(t.Context(), code, h.sheet("good", "poor")); err != nil {
			t.Fatal(err)
		}
	}
	h.put(t, `UPDATE competition SET trial = true`)
	if err := h.db.write(h.clerk, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `SELECT wipe_trial($1)`, h.home.id("competition"))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"poll", "poll_subject", "poll_voter", "poll_group", "ballot_code", "ballot", "paper_tally", "ballot_score"} {
		if n := h.count(t, `SELECT count(*) FROM `+table); n != 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}
}
