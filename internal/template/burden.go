package template

import (
	"slices"

	"leitai/internal/exact"
)

// Burden is what a template asks of each village in a month, on average over
// the year (G5). Photos are taken by inspectors (G3), yet a village receives
// whoever takes them.
type Burden struct {
	LedgerItems exact.Number // items whose ledger is looked at
	Visits      exact.Number // times that people come to the village, exchanges of a pair included
	Photos      exact.Number // photos that have to be taken there
	Reports     exact.Number // papers with a deadline, monthly statements, and figures that metrics are read from
	Meetings    exact.Number // sessions that people of the village go to: speeches, reviews, ballots, exams
}

// BurdenLimit is the warning line: so many things a month in all.
var BurdenLimit = exact.Int(20)

// Total counts everything that is asked for.
func (b Burden) Total() exact.Number {
	return exact.Sum(b.LedgerItems, b.Visits, b.Photos, b.Reports, b.Meetings)
}

// monthsBetween is how many months lie between two rounds.
var monthsBetween = map[string]int64{"month": 1, "quarter": 3, "half-year": 6, "year": 12}

// visiting are the sources of marks for which somebody comes to the village.
var visiting = []string{"onsite", "verification"}

// BurdenOf estimates the burden of a template from its items (under a per-round
// rubric, the default ones), channels, evidence, deadlines and pairing.
func BurdenOf(d Document) Burden {
	var ledgers, places int64
	for _, i := range d.Items {
		split := i.Weights(d)
		if i.marked() && usesSource(d, split, []string{"ledger"}) || i.asksFor("document") {
			ledgers++
		}
		if i.marked() && usesSource(d, split, visiting) {
			places++
		}
	}
	var b Burden
	months := max(monthsBetween[d.Calendar.Every], 1)
	b.LedgerItems = exact.Ratio(ledgers, months)
	if places > 0 {
		b.Visits = exact.Ratio(1, months)
	}
	if d.Evidence != nil {
		b.Photos = exact.Ratio(int64(d.Evidence.MinPhotos), months)
	}
	b.Reports = exact.Ratio(int64(len(d.Deadlines)), 12).Add(exact.Ratio(figuresOf(d), months))
	b.Meetings = exact.Ratio(meetingsOf(d), months)
	if d.Postings != nil && d.Postings.Statement.MinDays > 0 {
		b.Reports = b.Reports.Add(exact.Int(1))
	}
	if d.Pairing != nil {
		b.Visits = b.Visits.Add(exact.Int(int64(d.Pairing.ExchangesPerMonth)))
	}
	return b
}

// figuresOf counts the metrics that the items of a round are computed from.
func figuresOf(d Document) int64 {
	var all []string
	for _, i := range d.Items {
		if i.Kind == KindMetric {
			names, _ := Formula(i.Rule.Formula)
			all = append(all, names...)
		}
	}
	slices.Sort(all)
	return int64(len(slices.Compact(all)))
}

// meetingsOf counts the sessions of a round: one at which people speak, review
// and vote, and one at which they sit an exam.
func meetingsOf(d Document) int64 {
	var n int64
	all := (&Item{}).Weights(d)
	gathers := func(s string) bool { return slices.Contains([]string{"speech", "assembly", "ballot", "review"}, s) }
	if len(d.Ballots) > 0 || slices.ContainsFunc(d.Stages, gathers) || usesSource(d, all, []string{"speech", "assembly"}) {
		n++
	}
	if usesSource(d, all, []string{"exam"}) || slices.ContainsFunc(d.Items, func(i Item) bool { return i.Kind == KindExam }) {
		n++
	}
	return n
}

// usesSource reports whether a split draws on a channel of one of the sources.
func usesSource(d Document, split []ChannelSplit, sources []string) bool {
	return slices.ContainsFunc(split, func(s ChannelSplit) bool {
		ch, ok := d.Channel(s.Channel)
		return ok && slices.Contains(sources, ch.Source)
	})
}

// asksFor reports whether the item or one of its checks is shown by a kind of
// evidence.
func (i *Item) asksFor(kind string) bool {
	return slices.Contains(i.Evidence, kind) || slices.ContainsFunc(i.Rule.Checks, func(k Check) bool {
		return slices.Contains(k.Evidence, kind)
	})
}
