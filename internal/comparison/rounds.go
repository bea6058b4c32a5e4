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
	byPeriod := map[string][]*Round{}
	totals := map[*Round]compare.Total{}
	newest := map[uuid.UUID]map[uuid.UUID]*RoundRow{} // by tenant and competition
	for i := range rows {
		row := &rows[i]
		l := b.line(row.Tenant, township)
		if l == nil {
			continue
		}
		r := b.round(l, row)
		if !row.Readable || row.Subject != subject {
			continue
		}
		total, err := compare.Unpack(row.Packed)
		if err != nil {
			return err
		}
		totals[r] = total.Mapped(b.walks.of(row.Tenant, row.Template, row.Nominal))
		r.Contestants = total.Contestants
		if middle, ok := total.Published.Middle(); ok {
			middle = middle.Round(decimals, exact.HalfUp)
			r.Middle = &middle
		}
		group := b.groups[row.Tenant]
		group.Totals = append(group.Totals, totals[r])
		byPeriod[row.Period] = append(byPeriod[row.Period], r)
		b.judging(l, row)
		if newest[row.Tenant] == nil {
			newest[row.Tenant] = map[uuid.UUID]*RoundRow{}
		}
		newest[row.Tenant][row.Competition] = row
	}
	for _, rounds := range byPeriod {
		b.place(rounds, totals)
	}
	for tenant, of := range newest {
		b.issues(b.lines[tenant], of)
	}
	for _, l := range b.Lines {
		finish(l)
	}
	return nil
}

// round adds a round to its line and counts whether it was on time.
func (b *builder) round(l *Line, row *RoundRow) *Round {
	r := &Round{Key: row.Round, Competition: row.Competition, Period: row.Period, Held: row.Held, Revision: row.Revision,
		PublishedOn: row.Published, Readable: row.Readable}
	r.Barriers = []compare.Barrier{{Reason: compare.NoResults}}
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
	return r
}

// place compares the rounds of one period with each other.
func (b *builder) place(rounds []*Round, totals map[*Round]compare.Total) {
	groups := make([]compare.Group, len(rounds))
	of := make(map[string]*Round, len(rounds))
	for i, r := range rounds {
		groups[i] = compare.Group{ID: r.Key.String(), Totals: []compare.Total{totals[r]}}
		of[groups[i].ID] = r
	}
	for _, line := range b.view.Lines(groups) {
		r := of[line.Township]
		if r.Line = line; line.Comparable() {
			r.Spread = b.view.Spread(totals[r])
		}
	}
}

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

// issues sums up the newest counts of each competition, of the dimensions looked
// at where the viewer is limited to some.
func (b *builder) issues(l *Line, of map[uuid.UUID]*RoundRow) {
	var sum IssueFigures
	for _, row := range of {
		dimension := b.walks.of(row.Tenant, row.Template, row.Nominal)
		for _, c := range row.Issues {
			to := dimension(c.Source)
			if to == "" {
				to, _ = compare.DimensionOf(c.Source)
			}
			if b.look == nil || to != "" && slices.Contains(b.look, to) {
				sum = sum.add(IssueFigures{c.Opened, c.Closed, c.Overdue})
			}
		}
	}
	l.Issues = &sum
}

// finish orders a line's rounds by day and says how each index changed.
func finish(l *Line) {
	slices.SortStableFunc(l.Rounds, func(x, y *Round) int {
		return cmp.Or(x.Held.Compare(y.Held), cmp.Compare(x.Key.String(), y.Key.String()))
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
	byMonth := map[calendar.Date][]*Round{}
	totals := map[*Round]compare.Total{}
	for i := range rows {
		row := &rows[i]
		l := b.line(row.Tenant, county)
		if l == nil {
			continue
		}
		total, err := compare.Unpack(row.Packed)
		if err != nil {
			return err
		}
		total = total.Mapped(b.walks.of(row.Tenant, "", row.Month))
		r := &Round{Key: row.Publication, Competition: row.Tenant, Period: calendar.PeriodOf(calendar.Month, row.Month).String(), Held: row.Month,
			Revision: 1, Readable: true, Contestants: total.Contestants}
		l.Rounds, totals[r] = append(l.Rounds, r), total
		b.groups[row.Tenant].Totals = append(b.groups[row.Tenant].Totals, total)
		l.Due, l.Published, l.OnTime = l.Due+row.Due, l.Published+row.Published, l.OnTime+row.OnTime
		if !b.limited {
			figures := row.Issues // of the newest month, since they come in order
			l.Issues = &figures
		}
		byMonth[row.Month] = append(byMonth[row.Month], r)
	}
	for _, rounds := range byMonth {
		b.place(rounds, totals)
	}
	for _, l := range b.Lines {
		finish(l)
	}
	return nil
}
