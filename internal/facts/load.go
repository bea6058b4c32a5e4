package facts

import (
	"context"
	"strconv"

	"leitai/internal/authz"
)

// load reads publications and lays each flat, as the viewer is shown it.
func (s *Service) load(ctx context.Context, st Store, of []*Publication, f Filter, sight authz.Sight) ([][]Fact, error) {
	items := f.wants(Item)
	if err := st.FactRows(ctx, of, f.UnitCode, items); err != nil {
		return nil, err
	}
	if f.wants(Item, Outcomes, Dimension, IssuesOpened, IssuesClosed, IssuesOverdue) {
		if err := st.FactRubrics(ctx, of); err != nil {
			return nil, err
		}
	}
	out := make([][]Fact, len(of))
	for i, p := range of {
		inOrder(p.Rows)
		rows, hidden, err := s.shown(ctx, p)
		if err != nil {
			return nil, err
		}
		out[i] = spread(p, rows, hidden, f, sight)
	}
	return out, nil
}

// shown asks of every row how much of it the viewer is shown; hidden says that
// it is not all of them.
func (s *Service) shown(ctx context.Context, p *Publication) (rows []*Row, hidden bool, err error) {
	rows = make([]*Row, len(p.Rows))
	for i, row := range p.Rows {
		ranked := row.Rank != nil
		there, err := s.c.Show(ctx, p, row)
		if err != nil {
			return nil, false, err
		}
		if there {
			rows[i] = row
		}
		hidden = hidden || !there || ranked && row.Rank == nil
	}
	return rows, hidden, nil
}

// place and placed write and read an ordinal for a cursor.
func place(ordinal int) string { return strconv.Itoa(ordinal) }

func placed(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil
}
