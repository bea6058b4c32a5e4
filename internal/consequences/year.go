package consequences

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
)

// ItemStanding is how a subject stood in one item over a year: the mean of what
// the item brought in its published rounds, and the place of that mean (A36).
type ItemStanding struct {
	Item     string
	ItemName string
	Subject  uuid.UUID
	Unit     uuid.UUID
	Name     string
	Rounds   int
	Mean     exact.Number // rounded to four decimals, half up
	Rank     int          // competition ranking: 1, 2, 2, 4
}

// ItemPoints is what an item brought a subject in one published round.
type ItemPoints struct {
	Item, ItemName string
	Dimension      string
	Subject, Unit  uuid.UUID
	Name           string
	Points         exact.Number
}

// ItemStandings ranks the subjects in each item over a year, as the basis of
// commendation for single work (评先评优, A36); a department reads the items of
// its own dimensions.
func (s *Service) ItemStandings(ctx context.Context, competition uuid.UUID, year int) ([]ItemStanding, error) {
	if err := s.gate.Require(ctx, authz.ResultDraftRead, uuid.Nil); err != nil {
		return nil, err
	}
	from, to, err := monthsOf(year)
	if err != nil {
		return nil, err
	}
	var points []ItemPoints
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		points, err = st.ItemPointsIn(ctx, competition, from, to)
		sight := s.gate.Sight(ctx, authz.ResultDraftRead)
		points = slices.DeleteFunc(points, func(p ItemPoints) bool { return !sight.Sees(p.Unit, p.Dimension) })
		return err
	})
	return standings(points), err
}

func monthsOf(year int) (from, to string, err error) {
	if year < 1949 || year > 2999 {
		return "", "", fault.New(fault.Invalid, "value", strconv.Itoa(year), "want", "2023").At("year")
	}
	return strconv.Itoa(year) + "-01", lastMonth(year), nil
}

// standings are the means by item and subject, with their places.
func standings(points []ItemPoints) []ItemStanding {
	type key struct {
		item    string
		subject uuid.UUID
	}
	at := map[key]int{}
	var items []string
	var all []ItemStanding
	for _, p := range points {
		k := key{p.Item, p.Subject}
		i, known := at[k]
		if !known {
			i = len(all)
			at[k] = i
			all = append(all, ItemStanding{Item: p.Item, Subject: p.Subject, Unit: p.Unit})
			if !slices.Contains(items, p.Item) {
				items = append(items, p.Item)
			}
		}
		all[i].ItemName, all[i].Name = p.ItemName, p.Name // as the last round called them
		all[i].Rounds++
		all[i].Mean = all[i].Mean.Add(p.Points)
	}
	for i := range all {
		all[i].Mean = all[i].Mean.Quo(exact.Int(int64(all[i].Rounds))).Round(4, exact.HalfUp)
	}
	slices.SortStableFunc(all, func(a, b ItemStanding) int {
		return cmp.Or(slices.Index(items, a.Item)-slices.Index(items, b.Item), b.Mean.Cmp(a.Mean), cmp.Compare(a.Name, b.Name))
	})
	first := 0
	for i := range all {
		if i > 0 && all[i].Item != all[i-1].Item {
			first = i
		}
		all[i].Rank = i - first + 1
		if i > first && all[i].Mean.Equal(all[i-1].Mean) {
			all[i].Rank = all[i-1].Rank
		}
	}
	return all
}

// YearLine is what a competition hands to the year-end target assessment of the
// township for one subject (年终目标绩效考核, A35).
type YearLine struct {
	Row        RollupRow
	Balance    exact.Number // assessment points of the year, of the subject's own account
	Deductions exact.Number // of issues, beside it (Q36)
	Best       []string     // items in which it stood first (A36)
}

// YearEnd lists what a published year's roll-up hands to the year-end target
// assessment, by rank: the year's value, the balance of the account, and the
// items in which a subject stood first (A35, A36); nothing before it is published.
func (s *Service) YearEnd(ctx context.Context, competition uuid.UUID, year int) ([]YearLine, error) {
	items, err := s.ItemStandings(ctx, competition, year)
	if err != nil {
		return nil, err
	}
	from, to, err := monthsOf(year)
	if err != nil {
		return nil, err
	}
	accounts, err := s.Accounts(ctx, competition, from, to)
	if err != nil {
		return nil, err
	}
	rollups, err := s.Rollups(ctx, competition)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rollups, func(r *Rollup) bool { return r.Key == "year" && r.Period == Span{From: from, To: to}.period() })
	if i < 0 {
		i = slices.IndexFunc(rollups, func(r *Rollup) bool {
			return r.Key == "year" && len(r.Period) > 15 && r.Period[8:12] == strconv.Itoa(year)
		})
	}
	if i < 0 {
		return nil, nil
	}
	lines := make([]YearLine, len(rollups[i].Rows))
	for n, row := range rollups[i].Rows {
		lines[n] = yearLine(row, accounts, items)
	}
	return lines, nil
}

func yearLine(row RollupRow, accounts []Account, items []ItemStanding) YearLine {
	line := YearLine{Row: row}
	for _, a := range accounts {
		for _, holder := range []*uuid.UUID{a.Unit, a.Person, a.Body} {
			if holder != nil && *holder == row.who() {
				line.Balance, line.Deductions = a.Balance, a.Deductions
			}
		}
	}
	for _, it := range items {
		if it.Rank == 1 && it.Subject == row.who() {
			line.Best = append(line.Best, it.ItemName)
		}
	}
	return line
}

// Preferred is a person graded excellent two years running: preferred for
// promotion where other conditions are equal (D34), and listed as outstanding
// (D36). The program says so; people decide.
type Preferred struct {
	Person    uuid.UUID
	Unit      uuid.UUID
	Pseudonym string
	Scale     string
	Years     [2]int
}

// GradedIn is a published grade of a person.
type GradedIn struct {
	Person    uuid.UUID
	Unit      uuid.UUID
	Pseudonym string
	Scale     string
	Grade     string
	Year      int
}

const excellent = "excellent"

// PreferredIn lists who was graded excellent on the same scale in a year and in
// the year before (D34).
func (s *Service) PreferredIn(ctx context.Context, year int) ([]Preferred, error) {
	if err := s.gate.Require(ctx, authz.ResultDraftRead, uuid.Nil); err != nil {
		return nil, err
	}
	if _, _, err := monthsOf(year); err != nil {
		return nil, err
	}
	var grades []GradedIn
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		grades, err = st.GradesIn(ctx, year-1, year)
		return err
	})
	return preferred(grades, year), err
}

func preferred(grades []GradedIn, year int) []Preferred {
	was := func(g GradedIn, in int) bool {
		return slices.ContainsFunc(grades, func(o GradedIn) bool {
			return o.Person == g.Person && o.Scale == g.Scale && o.Year == in && o.Grade == excellent
		})
	}
	var all []Preferred
	for _, g := range grades {
		if g.Year == year && g.Grade == excellent && was(g, year-1) {
			p := Preferred{Person: g.Person, Unit: g.Unit, Pseudonym: g.Pseudonym, Scale: g.Scale, Years: [2]int{year - 1, year}}
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}
