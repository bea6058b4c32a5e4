package bare

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/comparison"
	"leitai/internal/exact"
	"leitai/internal/postgres"
	"leitai/internal/viewer"
)

// County is what is answered about a county's townships, in the shape of a
// GraphQL answer.
type County struct {
	Data struct {
		CountyComparison struct {
			Lines []Line `json:"lines"`
		} `json:"countyComparison"`
	} `json:"data"`
}

// Line is a township.
type Line struct {
	Code   string  `json:"code"`
	Rounds []Round `json:"rounds"`
}

// Round is one of its rounds.
type Round struct {
	Period      string  `json:"period"`
	Index       *string `json:"index"`
	NaiveMean   *string `json:"naiveMean"`
	NaiveMedian *string `json:"naiveMedian"`
	OnTime      *bool   `json:"onTime"`
}

// read compares by the same rules as the service; nobody is asked whether the
// caller may.
func (c *County) read(ctx context.Context, t *totals, from, to string) error {
	compared := comparison.New(comparison.Config{Gate: everybody{}, Now: time.Now,
		Read: func(ctx context.Context, do func(context.Context, comparison.Store) error) error { return do(ctx, t) }})
	found, err := compared.Townships(viewer.With(ctx, &t.who.viewer), comparison.Query{From: from, To: to, Without: comparison.Means | comparison.Distribution})
	if err != nil {
		return err
	}
	own := &c.Data.CountyComparison
	own.Lines = make([]Line, len(found.Lines))
	for i, l := range found.Lines {
		own.Lines[i] = Line{Code: l.Code, Rounds: make([]Round, len(l.Rounds))}
		for k, r := range l.Rounds {
			out := Round{Period: r.Period, OnTime: r.OnTime, NaiveMedian: text(r.Middle)}
			if len(r.Shared) > 0 {
				out.Index = text(&r.Index)
			}
			if r.HasNaive {
				out.NaiveMean = text(&r.Naive)
			}
			own.Lines[i].Rounds[k] = out
		}
	}
	return nil
}

// text is a number as it is printed.
func text(n *exact.Number) *string {
	if n == nil {
		return nil
	}
	printed := n.Fixed(decimals)
	return &printed
}

// decimals of what is shown.
const decimals = 2

// everybody may see everything.
type everybody struct{}

func (everybody) Require(context.Context, authz.Permission, uuid.UUID) error { return nil }

func (everybody) Sight(context.Context, authz.Permission) authz.Sight { return authz.Sight{All: true} }

// totals reads what is compared, by the service's statements.
type totals struct {
	comparison.Store // the rest is never asked
	server           *Server
	tx               *sql.Tx
	who              *asker
}

// ComparisonFrame implements comparison.Store.
func (t *totals) ComparisonFrame(ctx context.Context) (*comparison.Frame, error) {
	var members string
	var rules, mappings, dimensions []byte
	err := t.tx.StmtContext(ctx, t.server.frame).QueryRowContext(ctx, t.who.viewer.Tenant, pq.Array(t.who.readable), pq.Array(t.who.ancestors)). //nolint:sqlclosecheck // a transaction's view of a prepared statement goes with it
																			Scan(&members, &rules, &mappings, &dimensions)
	if err != nil {
		return nil, err
	}
	return postgres.ComparisonFrameOf(members, rules, mappings, dimensions)
}

// RoundsCompared implements comparison.Store.
func (t *totals) RoundsCompared(ctx context.Context, from, to calendar.Date, scored []uuid.UUID) ([]comparison.RoundRow, error) {
	rows, err := t.tx.StmtContext(ctx, t.server.rounds).QueryContext(ctx, pq.Array(t.who.readable), t.who.viewer.Tenant, from.String(), to.String(), pq.Array(scored)) //nolint:sqlclosecheck // a transaction's view of a prepared statement goes with it
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []comparison.RoundRow
	for rows.Next() {
		var tenant uuid.UUID
		var lines string
		if err := rows.Scan(&tenant, &lines); err != nil {
			return nil, err
		}
		if all, err = comparison.ReadRounds(all, tenant, lines); err != nil {
			return nil, err
		}
	}
	return all, rows.Err()
}
