package postgres

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/rectify"
)

// RollupSheet implements bulletin.Store: the roll-up, the rounds it was made
// from, and what the ledger and the accounts say of the same months.
func (tx *Tx) RollupSheet(ctx context.Context, rollup uuid.UUID) (*bulletin.RollupSheet, error) {
	r, err := tx.RollupByID(ctx, rollup)
	if err != nil {
		return nil, err
	}
	frame, err := tx.CompetitionFrame(ctx, r.Competition)
	if err != nil {
		return nil, err
	}
	from, to, _ := strings.Cut(r.Period, "/")
	sheet := &bulletin.RollupSheet{Frame: *frame, Key: r.Key, From: from, To: to, PublishedAt: r.PublishedAt, Accounts: map[string]exact.Number{}}
	if sheet.Template, err = tx.RulingTemplate(ctx, r.Competition, to); err != nil {
		return nil, err
	}
	for _, row := range r.Rows {
		sheet.Lines = append(sheet.Lines, bulletin.RolledLine{Code: row.UnitCode, Name: row.Name, Value: row.Value, Rank: row.Rank})
	}
	for _, in := range r.Inputs {
		if in.Rollup { // the rounds behind a shorter roll-up are named beside it
			continue
		}
		round, err := tx.rolledRound(ctx, in.Round, in.Revision)
		if err != nil {
			return nil, err
		}
		sheet.Rounds = append(sheet.Rounds, round)
	}
	if sheet.Money, err = tx.rolledMoney(ctx, rollup); err != nil {
		return nil, err
	}
	return sheet, tx.fillCounts(ctx, sheet, r.Competition, from, to)
}

// rolledRound reads one publication with its standings.
func (tx *Tx) rolledRound(ctx context.Context, round uuid.UUID, revision int) (bulletin.RolledRound, error) {
	out := bulletin.RolledRound{Totals: map[string]string{}, Ranks: map[string]int{}, Bands: map[string][]string{}}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var (
			held  time.Time
			code  string
			total *string
			rank  *int
			bands []string
		)
		err := s(&out.Period, &held, &out.Bundle, &code, &total, &rank, array(&bands))
		out.Held = dateOf(held)
		out.Bands[code] = bands
		if total != nil && rank != nil {
			out.Totals[code], out.Ranks[code] = *total, *rank
		}
		return struct{}{}, err
	}, `SELECT r.period, r.held, p.public_bundle, CASE WHEN s.code = '' THEN coalesce(u.code, u.id::text) ELSE s.code END, s.total::text, s.rank, s.bands
		FROM publication p JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id
		JOIN standing s ON s.tenant_id = p.tenant_id AND s.publication_id = p.id JOIN unit u ON u.id = s.unit_id
		WHERE p.tenant_id `+inReach+` AND p.round_id = $1 AND p.revision = $2`, round, revision)
	return out, err
}

func (tx *Tx) rolledMoney(ctx context.Context, rollup uuid.UUID) ([]bulletin.RolledMoney, error) {
	all, err := tx.OutcomesOfRollup(ctx, rollup)
	if err != nil {
		return nil, err
	}
	var money []bulletin.RolledMoney
	for _, o := range all {
		if o.Action == "money" {
			money = append(money, bulletin.RolledMoney{Name: o.UnitName, Rank: o.Rank, Penalty: o.Penalty, State: string(o.State), Amount: o.Amount, Minutes: o.Minutes})
		}
	}
	return money, nil
}

// fillCounts reads talks, cancelled rounds and issues of the span and sums the
// village accounts.
func (tx *Tx) fillCounts(ctx context.Context, sheet *bulletin.RollupSheet, competition uuid.UUID, from, to string) error {
	counts, err := queryOne(ctx, tx, func(s scan) (c struct{ talks, cancelled int }, err error) {
		err = s(&c.talks, &c.cancelled)
		return c, err
	}, `SELECT (SELECT count(*) FROM outcome o JOIN round r ON r.tenant_id = o.tenant_id AND r.id = o.round_id WHERE o.tenant_id `+inReach+` AND o.competition_id = $1
		AND o.action = 'talk' AND o.state IN ('confirmed', 'executed') AND r.period BETWEEN $2 AND $3),
		(SELECT count(*) FROM round WHERE tenant_id `+inReach+` AND competition_id = $1 AND state = 'cancelled' AND period BETWEEN $2 AND $3)`, competition, from, to)
	if err != nil {
		return err
	}
	sheet.Talks, sheet.Cancelled = counts.talks, counts.cancelled
	all, err := tx.IssuesOf(ctx, competition)
	if err != nil {
		return err
	}
	first, err := calendar.ParsePeriod(from)
	if err != nil {
		return err
	}
	last, err := calendar.ParsePeriod(to)
	if err != nil {
		return err
	}
	for _, i := range all {
		if !i.Opened.Before(first.First()) && !i.Opened.After(last.Last()) {
			sheet.Issues = append(sheet.Issues, rectify.Issue{Base: i.Base, Due: i.Due, Closed: i.Closed})
		}
	}
	_, err = queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var code, points string
		if err := s(&code, &points); err != nil {
			return struct{}{}, err
		}
		n, err := numberOf(points)
		sheet.Accounts[code] = n
		return struct{}{}, err
	}, `SELECT coalesce(p.pseudonym, u.code, u.id::text), sum(e.points)::text FROM account_entry e LEFT JOIN unit u ON u.id = e.unit_id
		LEFT JOIN person p ON p.tenant_id = e.tenant_id AND p.id = e.person_id
		WHERE e.tenant_id `+inReach+` AND e.competition_id = $1 AND e.issue_id IS NULL AND e.period BETWEEN $2 AND $3 GROUP BY 1`, competition, from, to)
	return err
}
