package comparison

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/exact"
)

// rounds takes the rounds of townships in; results are compared of one kind of
// subject, being on time is a matter of every round.
func (b *builder) rounds(rows []RoundRow, subject string) error {
	b.members(township)
	results := make([]result, 0, len(rows))
	room := make([]Round, len(rows))
	for i := range rows {
		row := &rows[i]
		l := b.lines[row.Tenant]
		if l == nil {
			continue
		}
		r := &room[i]
		b.round(l.Line, r, row)
		if !row.Readable || row.Subject != subject {
			continue
		}
		sums, total, err := b.sums(row)
		if err != nil {
			return err
		}
		l.pool.Add(&sums)
		b.judging(l.Line, row)
		r.Line, r.Contestants = b.view.Line(&sums), sums.Contestants
		if middle, ok := sums.Middle(decimals); ok {
			r.Middle = &middle
		}
		if total != nil && r.Comparable() && !b.without.Has(Distribution) {
			r.Spread = b.view.Spread(*total)
		}
		results = append(results, result{r, row})
	}
	rank(results)
	b.issues(results)
	for _, l := range b.Lines {
		finish(l)
	}
	return nil
}

// result is a round that is compared.
type result struct {
	*Round
	row *RoundRow
}

// sums reads what a round left: its digest, or where its scores were read, those.
func (b *builder) sums(row *RoundRow) (compare.Sums, *compare.Total, error) {
	if row.Packed.Scores == "" {
		sums, err := b.view.Read(row.Packed)
		return sums, nil, err
	}
	total, err := compare.Unpack(row.Packed)
	if err != nil {
		return compare.Sums{}, nil, err
	}
	total = total.Mapped(b.walks.of(row.Tenant, row.Template, row.Nominal))
	return b.view.Sums(&total), &total, nil
}

// rank ranks the rounds of each period among each other.
func rank(results []result) {
	byPeriod := map[string][]*compare.Line{}
	for _, r := range results {
		byPeriod[r.Period] = append(byPeriod[r.Period], &r.Round.Line)
	}
	for _, lines := range byPeriod {
		compare.Place(lines)
	}
}

// round adds a round to its line and counts whether it was on time.
func (b *builder) round(l *Line, r *Round, row *RoundRow) {
	*r = Round{Key: row.Round, Competition: row.Competition, Period: row.Period, Held: row.Held, Revision: row.Revision,
		PublishedOn: row.Published, Readable: row.Readable}
	r.Barriers = noResults
	l.Rounds = append(l.Rounds, r)
	switch {
	case row.Revision > 0 && !row.Readable:
		l.Withheld++
	case b.Rule == nil:
		if row.Readable {
			l.Due, l.Published = l.Due+1, l.Published+1
		}
	case row.Readable:
		on := !row.Published.After(row.Held.AddDays(b.Rule.WithinDays)) && !row.Opened.After(row.Held)
		l.Due, l.Published, r.OnTime = l.Due+1, l.Published+1, &on
		if on {
			l.OnTime++
		}
	case b.today.After(row.Held.AddDays(b.Rule.WithinDays)):
		late := false
		l.Due, r.OnTime = l.Due+1, &late
	}
}

var noResults = []compare.Barrier{{Reason: compare.NoResults}}

// judging sums up how much results depend on who judged. It is about whole
// rounds, so that who is limited to dimensions is not told.
func (b *builder) judging(l *Line, row *RoundRow) {
	if b.limited {
		return
	}
	l.Judged, l.Ranges, l.Width = true, l.Ranges+row.Ranges, l.Width+row.Width
	if row.Effect != nil {
		l.effects = append(l.effects, *row.Effect)
	}
}

// issues sums up the newest counts of each competition of each line, of the
// dimensions looked at where the viewer is limited to some. The results of a line
// come together, by day.
func (b *builder) issues(results []result) {
	for len(results) > 0 {
		tenant := results[0].row.Tenant
		end := 1
		for end < len(results) && results[end].row.Tenant == tenant {
			end++
		}
		b.lines[tenant].Issues = b.newest(results[:end])
		results = results[end:]
	}
}

func (b *builder) newest(of []result) *IssueFigures {
	sum := &IssueFigures{}
	var counted []uuid.UUID // competitions
	for i := len(of) - 1; i >= 0; i-- {
		row := of[i].row
		if slices.Contains(counted, row.Competition) {
			continue
		}
		counted = append(counted, row.Competition)
		dimension := b.walks.of(row.Tenant, row.Template, row.Nominal)
		for _, c := range row.Issues {
			to := dimension(c.Source)
			if to == "" {
				to, _ = compare.DimensionOf(c.Source)
			}
			if b.look == nil || to != "" && slices.Contains(b.look, to) {
				*sum = sum.add(IssueFigures{c.Opened, c.Closed, c.Overdue})
			}
		}
	}
	return sum
}

// finish orders a line's rounds by day and says how each index changed.
func finish(l *Line) {
	slices.SortStableFunc(l.Rounds, func(x, y *Round) int {
		return cmp.Or(x.Held.Compare(y.Held), slices.Compare(x.Key[:], y.Key[:]))
	})
	before := map[uuid.UUID]*Round{}
	for _, r := range l.Rounds {
		if r.Revision == 0 || !r.Comparable() || len(r.Shared) == 0 {
			continue
		}
		if last := before[r.Competition]; last != nil {
			change := r.Index.Sub(last.Index)
			r.Change = &change
		}
		before[r.Competition] = r
	}
	if len(l.effects) > 0 {
		mean := exact.Sum(l.effects...).Quo(exact.Int(int64(len(l.effects)))).Round(decimals, exact.HalfUp)
		l.Effect = &mean
	}
}

// months takes the published months of counties in.
func (b *builder) months(rows []MonthRow) error {
	b.members(county)
	byMonth := map[calendar.Date][]*compare.Line{}
	for i := range rows {
		row := &rows[i]
		l := b.lines[row.Tenant]
		if l == nil {
			continue
		}
		total, err := compare.Unpack(row.Packed)
		if err != nil {
			return err
		}
		total = total.Mapped(b.walks.of(row.Tenant, "", row.Month))
		sums := b.view.Sums(&total)
		l.pool.Add(&sums)
		r := &Round{Line: b.view.Line(&sums), Key: row.Publication, Competition: row.Tenant, Period: calendar.PeriodOf(calendar.Month, row.Month).String(),
			Held: row.Month, Revision: 1, Readable: true, Contestants: total.Contestants}
		if r.Comparable() && !b.without.Has(Distribution) {
			r.Spread = b.view.Spread(total)
		}
		l.Rounds, byMonth[row.Month] = append(l.Rounds, r), append(byMonth[row.Month], &r.Line)
		l.Due, l.Published, l.OnTime = l.Due+row.Due, l.Published+row.Published, l.OnTime+row.OnTime
		if !b.limited {
			figures := row.Issues // of the newest month, since they come in order
			l.Issues = &figures
		}
	}
	for _, lines := range byMonth {
		compare.Place(lines)
	}
	for _, l := range b.Lines {
		finish(l)
	}
	return nil
}
