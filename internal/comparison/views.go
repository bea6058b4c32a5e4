package comparison

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Frame is everything a comparison is made by, beside results.
type Frame struct {
	Members    []Member    // tenants below, by code
	Rules      []Rule      // of the viewer's tenant: the newest of each year, newest year first
	Mappings   []Mapping   // of the viewer's tenant, oldest first
	Dimensions []Dimension // of the dictionary beside the standard set, by key
}

// Member is a tenant that is compared.
type Member struct {
	Tenant uuid.UUID
	Kind   string
	Unit   uuid.UUID
	Code   string // statistical code of its unit, or the unit's id
	Name   string // shown
}

// Dimension is an entry of the dictionary with what it weighs in a comparison.
type Dimension struct {
	Key    string
	Name   template.Text
	Weight exact.Number // 0: not compared
	Looked bool         // shown to this viewer and asked for
}

// Rule is what a county, or prefecture, compares by from a year on.
type Rule struct {
	ID          uuid.UUID
	Year        int
	Number      int // within the year, from 1; the newest counts
	Weights     []Weight
	MinCoverage exact.Number // share of a template that the compared dimensions must cover
	WithinDays  int          // from the day of a round to its publication, to be on time
	Reason      string
	SetBy       uuid.UUID // person
	SetAt       time.Time
}

// Weight is what one dimension weighs; only proportions matter.
type Weight struct {
	Dimension string
	Weight    exact.Number
}

// Mapping says which dimension a source of a township's scores belongs to.
type Mapping struct {
	ID        uuid.UUID
	Number    int       // running in the county
	Township  uuid.UUID // the tenant
	Template  string    // key; empty: whatever template
	Source    string    // as compare names it
	Dimension string    // empty: none any more
	From      calendar.Date
	Reason    string
	MappedBy  uuid.UUID // person
	MappedAt  time.Time
}

// RoundRow is a round as it stands for a comparison.
type RoundRow struct {
	Tenant, Round, Competition uuid.UUID
	Period                     string
	Nominal, Held              calendar.Date
	Revision                   int  // published; 0: not yet
	Readable                   bool // its totals may be read; what follows is theirs

	Subject, Template string
	Opened, Published calendar.Date
	Packed            compare.Packed // without scores where they were not asked for
	Ranges, Width     int
	Effect            *exact.Number
	Issues            []SourceIssues
}

// MonthRow is a county's month as it published it.
type MonthRow struct {
	Tenant      uuid.UUID
	Publication uuid.UUID
	MonthTotal
}

// MonthTotal is a county's month, merged over its townships.
type MonthTotal struct {
	Month                  calendar.Date // its first day
	Townships              int
	Due, Published, OnTime int
	Packed                 compare.Packed
	Issues                 IssueFigures // up to then
}

// IssueFigures count issues: found, closed, and not closed by their due day.
type IssueFigures struct{ Opened, Closed, Overdue int }

// add sums counts.
func (f IssueFigures) add(g IssueFigures) IssueFigures {
	return IssueFigures{f.Opened + g.Opened, f.Closed + g.Closed, f.Overdue + g.Overdue}
}

// Comparison is the answer.
type Comparison struct {
	From, To   calendar.Period
	Rule       *Rule // nil: nothing was set, and nobody is comparable
	Limited    bool  // to some dimensions, by the viewer's grants or by what was asked
	Dimensions []Dimension
	Lines      []*Line // by code
}

// Line is one township, or county, over the whole span.
type Line struct {
	Member
	compare.Line
	Rounds    []*Round // by day
	Due       int      // rounds whose time to be published has come, or that are
	Published int      // of those
	OnTime    int      // of those
	Timed     bool     // a rule says what on time is
	Withheld  int      // published to the persons concerned only: nothing is known of them
	Judged    bool     // it may be told how much results depend on who judged
	Ranges    int      // contestants with a range of ranks, over all rounds
	Width     int      // of those ranges, summed
	Effect    *exact.Number
	Issues    *IssueFigures // nil: nothing published, or not to be told

	effects []exact.Number // of the rounds that have one
}

// Round is one result of a line; for a county, a month of its townships' results.
type Round struct {
	compare.Line
	Key         uuid.UUID // of the round, or of the county's publication
	Competition uuid.UUID
	Period      string
	Held        calendar.Date
	Revision    int // 0: not published
	PublishedOn calendar.Date
	OnTime      *bool // nil: not to be said yet
	Readable    bool
	Contestants int
	Spread      compare.Spread // of the villages' indices; empty unless comparable, or when it was not asked for
	Change      *exact.Number  // of the index against the round before of the same competition, where both have one
	Middle      *exact.Number  // median of the published totals; means nothing across templates
}

// Spread is how the villages' indices are distributed over the rounds that are
// comparable themselves.
func (l *Line) Spread() compare.Spread {
	all := make([]compare.Spread, len(l.Rounds))
	for i, r := range l.Rounds {
		all[i] = r.Spread
	}
	return compare.MergeSpreads(all)
}

// Spread is that of all comparable lines together.
func (c *Comparison) Spread() compare.Spread {
	var all []compare.Spread
	for _, l := range c.Lines {
		if !l.Comparable() {
			continue
		}
		for _, r := range l.Rounds {
			all = append(all, r.Spread)
		}
	}
	return compare.MergeSpreads(all)
}

// Rate is a share of a count with four decimals; nil where nothing is counted.
func Rate(part, of int) *exact.Number {
	if of <= 0 {
		return nil
	}
	rate := exact.Ratio(int64(part), int64(of)).Round(rateDecimals, exact.HalfUp)
	return &rate
}

const rateDecimals = 4
