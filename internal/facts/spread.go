package facts

import (
	"cmp"
	"slices"
	"strconv"

	"leitai/internal/authz"
	"leitai/internal/compare"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// shownDecimals is how many decimals a figure has that is not published with
// decimals of its own.
const shownDecimals = 4

// spreader lays one publication flat.
type spreader struct {
	p      *Publication
	f      Filter
	sight  authz.Sight
	hidden bool // something of the board is not shown to the viewer
	base   Fact
	out    []Fact
}

// spread lays a publication flat for a viewer: rows are as the viewer is shown
// them, nil where not at all. Every fact has an ordinal that is the same for
// every viewer and filter, so that a cursor means one place.
func spread(p *Publication, rows []*Row, hidden bool, f Filter, sight authz.Sight) []Fact {
	s := &spreader{p: p, f: f, sight: sight, hidden: hidden}
	s.base = Fact{Demo: p.Demo, Publisher: p.Publisher, PublisherCode: p.PublisherCode, Competition: p.Competition, CompetitionName: p.CompetitionName,
		Round: p.Round, Period: p.Period, Held: p.Held, Template: p.Template, TemplateVersion: p.TemplateVersion,
		Publication: p.ID, Revision: p.Revision, Superseded: p.Superseded, PublishedAt: p.PublishedAt}
	s.whole(rows)
	for i, row := range rows {
		if row != nil && (row.Kind != template.Person || row.Code != "") { // whom the viewer is not told
			s.row(i, row)
		}
	}
	return s.out
}

// whole are the facts about the publication itself: of all its rows or not at
// all.
func (s *spreader) whole(rows []*Row) {
	if !s.p.Within || s.hidden {
		return // how many have a rank would tell of those who are not shown
	}
	at := s.base
	at.UnitCode, at.Unit, at.Kind, at.SubjectCode, at.Subject = s.p.PublisherCode, s.p.Publisher, publisher, s.p.PublisherCode, s.p.Publisher
	ranked := 0
	for _, r := range rows {
		if r != nil && r.Rank != nil {
			ranked++
		}
	}
	s.add(at, -1, 0, Subjects, "", "", strconv.Itoa(len(rows)), count)
	s.add(at, -1, 0, Ranked, "", "", strconv.Itoa(ranked), count)
	s.add(at, -1, 0, DaysToPublish, "", "", strconv.Itoa(s.p.PublishedOn.Since(s.p.Held)), days)
	if i := s.p.Issues; i != nil && s.sight.All {
		s.add(at, -1, 0, IssuesOpened, "", "", strconv.Itoa(i.Opened), count)
		s.add(at, -1, 0, IssuesClosed, "", "", strconv.Itoa(i.Closed), count)
		s.add(at, -1, 0, IssuesOverdue, "", "", strconv.Itoa(i.Overdue), count)
	}
}

// publisher is the kind of the contestant of a fact about a whole publication.
const publisher template.SubjectKind = "publisher"

// row are the facts about one contestant.
func (s *spreader) row(i int, r *Row) {
	at := s.base
	at.UnitCode, at.Unit, at.Kind, at.SubjectCode, at.Subject, at.Track = r.UnitCode, r.Place, r.Kind, r.Code, r.Name, r.Track
	switch {
	case r.Unranked != "":
		s.add(at, i, 0, Status, "", "", r.Unranked, text)
	case r.Rank != nil:
		s.add(at, i, 0, Status, "", "", "ranked", text)
	}
	if r.Total != "" {
		s.add(at, i, 0, Total, "", "", r.Total, points)
	}
	s.whenThere(at, i, Rank, r.Rank, rank)
	s.whenThere(at, i, RankChange, r.Change, ranks)
	s.whenThere(at, i, TrackRank, r.TrackRank, rank)
	if r.Percentile != nil {
		s.add(at, i, 0, Percentile, "", "", r.Percentile.String(), percent)
	}
	for k, part := range r.Parts {
		s.add(at, i, k, Part, part.Key, "", part.Value.Round(shownDecimals, exact.HalfUp).Fixed(shownDecimals), points)
	}
	if r.Rank != nil {
		s.items(at, i, r)
		s.dimensions(at, i, r)
	}
	for k, g := range r.Grades {
		s.add(at, i, k, Grade, g.Scale, "", g.Grade, text)
	}
	s.add(at, i, 0, Light, "", "", r.Light, text)
	for k, band := range r.Bands {
		s.add(at, i, k, Band, band, "", "1", count)
	}
	if !s.hidden && s.sight.All { // what follows is told for all or for none
		for k, o := range s.p.Outcomes {
			if o.Subject == r.Code {
				s.add(at, i, k, Outcomes, o.Kind, "", strconv.Itoa(o.Count), count)
			}
		}
	}
}

func (s *spreader) whenThere(at Fact, row int, m Measure, value *int, unit string) {
	if value != nil {
		s.add(at, row, 0, m, "", "", strconv.Itoa(*value), unit)
	}
}

// items are what the items contribute, those of dimensions the viewer sees.
func (s *spreader) items(at Fact, i int, r *Row) {
	for k, item := range r.Items {
		known := slices.IndexFunc(s.p.Rubric, func(x RubricItem) bool { return x.Key == item.Key })
		name, dimension := "", ""
		if known >= 0 {
			name, dimension = s.p.Rubric[known].Name, s.p.Rubric[known].Dimension
		}
		if s.sight.Sees(r.Unit, dimension) {
			at.Dimension = dimension
			s.add(at, i, k, Item, item.Key, name, item.Shown, points)
		}
	}
}

// dimensions are the scores in the dimensions that the viewer sees.
func (s *spreader) dimensions(at Fact, i int, r *Row) {
	for k, column := range s.p.Scores.Columns {
		dimension, is := compare.DimensionOf(column.Source)
		if !is || r.Nth < 1 || r.Nth > s.p.Scores.Contestants || !s.sight.Sees(r.Unit, dimension) {
			continue
		}
		if score, there := column.Scores.At(r.Nth - 1); there {
			at.Dimension = dimension
			s.add(at, i, k, Dimension, dimension, "", score.Round(shownDecimals, exact.HalfUp).Fixed(shownDecimals), percent)
		}
	}
}

// add keeps a fact when the filter leaves it and there is something to tell.
func (s *spreader) add(at Fact, row, index int, m Measure, key, name, value, unit string) {
	if value == "" || !s.f.wants(m) || s.f.Key != "" && s.f.Key != key {
		return
	}
	at.Measure, at.Key, at.KeyName, at.Text, at.MeasuredIn = m, key, name, value, unit
	if unit != text {
		at.Value = value
	}
	at.ordinal = (row+1)<<20 | slices.Index(Measures(), m)<<12 | index
	s.out = append(s.out, at)
}

// inOrder sorts the rows of a publication by what every viewer may know: a row's
// place in the list must not tell its rank.
func inOrder(rows []*Row) {
	slices.SortFunc(rows, func(a, b *Row) int {
		return cmp.Or(cmp.Compare(a.UnitCode, b.UnitCode), slices.Compare(a.Subject[:], b.Subject[:]))
	})
}
