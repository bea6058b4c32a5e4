package graph

import (
	"context"

	"leitai/graph/model"
	"leitai/internal/consequences"
	"leitai/internal/outcome"
)

func itemStanding(s consequences.ItemStanding) *model.ItemStanding {
	return &model.ItemStanding{UnitKey: s.Unit, Item: s.Item, ItemName: s.ItemName, Name: s.Name, Rounds: s.Rounds, Mean: s.Mean, Rank: s.Rank}
}

func yearEndRow(l consequences.YearLine) *model.YearEndRow {
	row := &model.YearEndRow{Code: l.Row.UnitCode, Name: l.Row.Name, Rank: positive(l.Row.Rank), Balance: l.Balance, Deductions: l.Deductions, Best: texts(l.Best)}
	if l.Row.Rank > 0 {
		row.Value = fixed(l.Row.Shown)
	}
	return row
}

func preferredPerson(p consequences.Preferred) *model.PreferredPerson {
	return &model.PreferredPerson{PersonKey: p.Person, Pseudonym: p.Pseudonym, Scale: p.Scale}
}

func pastRow(r *model.PastRankRow) consequences.PastRow {
	return consequences.PastRow{Period: r.Period, Subject: r.Subject, Rank: r.Rank, Total: r.Total}
}

func partEntries(in []*model.RollupPartRow, ids *reader) []consequences.PartEntry {
	rows := make([]consequences.PartEntry, len(in))
	for i, row := range in {
		rows[i] = consequences.PartEntry{Subject: ids.subject(&row.Subject, "rows[%d].subject", i), Value: row.Value, Reason: row.Reason}
	}
	return rows
}

func rollupPart(p outcome.PartValue) *model.RollupPart {
	part := &model.RollupPart{Key: p.Key, Weight: p.Weight}
	if !p.Missing {
		part.Value = &p.Value
	}
	return part
}

// countPayload runs a mutation that keeps rows.
func countPayload(ctx context.Context, clientID *string, ids reader, do func() (int, error)) (*model.CountPayload, error) {
	payload := &model.CountPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var n int
		if n, err = do(); err == nil {
			payload.Count = &n
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
