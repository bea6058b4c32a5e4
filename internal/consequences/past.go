package consequences

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// PastRow is one rank of before the program.
type PastRow struct {
	Period  string // 2023-03
	Subject string // code of the unit, or pseudonym of the person
	Rank    int
	Total   *exact.Number
}

// Past is a past rank as it is kept, with the bands it meant.
type Past struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Period      string
	Unit        uuid.UUID
	Subject     uuid.UUID
	Rank        int
	Total       *exact.Number
	Bands       []string
	Source      string
	EnteredBy   uuid.UUID
	EnteredAt   time.Time
}

const mostPast = 5000

// ImportPast enters ranks of before the program from what was published then,
// all or nothing; every bad row is named. They are history for streaks and rank
// changes, never results of the program's own; a period that the program itself
// has a round of is refused. Which bands a rank meant follows from the template
// that rules the period, or its first one.
func (s *Service) ImportPast(ctx context.Context, competition uuid.UUID, source string, rows []PastRow) (int, error) {
	if err := s.gate.Require(ctx, authz.HistoryImport, uuid.Nil); err != nil {
		return 0, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return 0, err
	}
	if len(rows) == 0 || len(rows) > mostPast {
		return 0, fault.New(fault.RosterSize, "value", strconv.Itoa(len(rows)), "most", strconv.Itoa(mostPast)).At("rows")
	}
	if source = strings.TrimSpace(source); source == "" {
		return 0, fault.New(fault.Required, "want", "通报文号 / the bulletin it is taken from").At("source")
	}
	added := 0
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		p := importing{rows: rows}
		if err := p.load(ctx, st, competition); err != nil {
			return err
		}
		for i := range rows {
			p.row(i)
		}
		if err := p.bad.Err(); err != nil {
			return err
		}
		all := p.banded()
		for _, one := range all {
			one.ID, one.Competition, one.Source, one.EnteredBy, one.EnteredAt = newID(), competition, source, who.Person, s.now()
		}
		if err := st.InsertPast(ctx, all); err != nil {
			return err
		}
		added = len(all)
		return audit.Record(ctx, string(authz.HistoryImport), "competition", competition, map[string]any{"rows": added, "source": source})
	})
	return added, err
}

// importing is an import of past ranks under way.
type importing struct {
	rows     []PastRow
	doc      *template.Document
	subjects map[string]Known
	taken    map[string]bool // periods the program has rounds of, and rows entered before
	seen     map[string]bool
	periods  map[string][]*Past
	bad      fault.List
}

func (p *importing) load(ctx context.Context, st Store, competition uuid.UUID) error {
	first, err := st.FirstPeriod(ctx, competition)
	if fault.CodeOf(err) == fault.NotFound || err == nil && first == "" {
		first = "9999-12"
	} else if err != nil {
		return err
	}
	if p.doc, err = st.RulingTemplate(ctx, competition, first); err != nil {
		return err
	}
	codes := make([]string, len(p.rows))
	for i, row := range p.rows {
		codes[i] = row.Subject
	}
	known, err := st.SubjectsCalled(ctx, codes)
	if err != nil {
		return err
	}
	p.subjects, p.seen, p.periods = map[string]Known{}, map[string]bool{}, map[string][]*Past{}
	for _, k := range known {
		p.subjects[k.Code] = k
	}
	p.taken, err = st.TakenPeriods(ctx, competition)
	return err
}

func (p *importing) refuse(f *fault.Fault, row int, column string) {
	p.bad = append(p.bad, f.In(row+1, column).At("rows[%d].%s", row, column))
}

func (p *importing) row(i int) {
	row, faults := p.rows[i], len(p.bad)
	period, err := calendar.ParsePeriod(row.Period)
	switch {
	case err != nil:
		p.refuse(fault.New(fault.Invalid, "value", row.Period, "want", "2023-04"), i, "period")
	case p.taken[period.String()]:
		p.refuse(fault.New(fault.PastPeriodTaken, "value", row.Period), i, "period")
	}
	subject, known := p.subjects[row.Subject]
	if !known {
		p.refuse(fault.New(fault.UnitUnknown, "code", row.Subject), i, "subject")
	}
	if row.Rank < 1 || row.Rank > mostPast {
		p.refuse(fault.New(fault.Invalid, "value", strconv.Itoa(row.Rank), "want", "≥ 1"), i, "rank")
	}
	if row.Total != nil && (row.Total.Sign() < 0 || row.Total.Cmp(exact.Int(10000)) > 0) {
		p.refuse(fault.New(fault.Invalid, "value", row.Total.String(), "want", "0–10000"), i, "total")
	}
	if key := row.Period + "|" + row.Subject; p.seen[key] {
		p.refuse(fault.New(fault.PastTwice, "value", row.Subject), i, "subject")
	} else if p.seen[key] = true; len(p.bad) == faults {
		p.periods[row.Period] = append(p.periods[row.Period], &Past{Period: row.Period, Unit: subject.Unit, Subject: subject.Subject, Rank: row.Rank, Total: row.Total})
	}
}

// banded tells which bands the ranks of each period meant. A gain is none of
// theirs: what stood before the first period is not known.
func (p *importing) banded() []*Past {
	var all []*Past
	for _, rows := range p.periods {
		places := make([]ranking.Place, len(rows))
		for i, r := range rows {
			worse := 0
			for _, o := range rows {
				if o.Rank > r.Rank {
					worse++
				}
			}
			n := exact.Int(int64(-r.Rank)) // the better the higher, so that ranks tie where they are equal
			places[i] = ranking.Place{Contestant: ranking.Contestant{ID: r.Subject.String(), Exact: n, Published: n}, Rank: r.Rank, RankFromBottom: worse + 1,
				Of: len(rows), Overall: r.Rank}
		}
		slices.SortStableFunc(places, func(a, b ranking.Place) int { return a.Rank - b.Rank })
		members := ranking.Bands(places, template.Ranking{On: p.doc.Ranking.On, Method: p.doc.Ranking.Method}, p.doc.Bands)
		for _, r := range rows {
			for _, b := range p.doc.Bands {
				if b.Gain == 0 && b.Gainers == 0 && slices.ContainsFunc(members[b.Key], func(m ranking.Member) bool { return m.ID == r.Subject.String() }) {
					r.Bands = append(r.Bands, b.Key)
				}
			}
		}
		all = append(all, rows...)
	}
	slices.SortStableFunc(all, func(a, b *Past) int {
		if a.Period != b.Period {
			return strings.Compare(a.Period, b.Period)
		}
		return a.Rank - b.Rank
	})
	return all
}
