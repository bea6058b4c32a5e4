package round

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/phrase"
)

// rowsOf makes board rows of a result, in its order.
func rowsOf(result *contest.Result, roster []*Entry) []BoardRow {
	entries := map[string]*Entry{}
	for _, e := range roster {
		entries[e.Code] = e
	}
	rows := make([]BoardRow, len(result.Standings))
	for i := range result.Standings {
		rows[i] = rowOf(&result.Standings[i], entries[result.Standings[i].Subject])
		rows[i].Grades = gradesOf(result, result.Standings[i].Subject)
	}
	return rows
}

func rowOf(s *contest.Standing, e *Entry) BoardRow {
	row := BoardRow{Subject: e.Subject, Kind: e.Kind, Unit: e.Unit, UnitCode: e.Code, Place: e.Place, Name: e.Name, Bands: s.Bands, Streaks: s.Streaks, Unranked: s.Reason, Track: s.Track, Vetoes: s.Vetoes}
	if s.Rank == 0 {
		return row
	}
	row.Light, row.Parts, row.Percentile = s.Light, s.Parts, s.Percentile
	if trackRank := s.TrackRank; trackRank > 0 {
		row.TrackRank = &trackRank
	}
	total, rank, ifExact := s.Total, s.Rank, s.RankIfExact
	row.Total, row.Shown, row.Rank, row.RankIfExact = &total, s.Shown, &rank, &ifExact
	if s.Previous > 0 {
		change := s.Change
		row.Change = &change
	}
	if s.Range != nil {
		best, worst := s.Range.Best, s.Range.Worst
		row.RankLow, row.RankHigh = &best, &worst
	}
	return row
}

// gradesOf are a subject's grades, scale by scale.
func gradesOf(result *contest.Result, subject string) []RowGrade {
	var grades []RowGrade
	for _, g := range result.Grades {
		for _, l := range g.Lines {
			if l.Subject == subject {
				grades = append(grades, RowGrade{Scale: g.Scale, Grade: l.Grade, Decision: g.Decision, Rule: l.Rule})
			}
		}
	}
	return grades
}

// StandingsOf makes the rows of a publication, with the public part of each
// trace: channel values and above, without marks and judges.
func StandingsOf(result *contest.Result, roster []*Entry) []Standing {
	traces := map[string]*contest.Trace{}
	for i := range result.Traces {
		traces[result.Traces[i].Subject] = publicTrace(&result.Traces[i])
	}
	rows := rowsOf(result, roster)
	out := make([]Standing, len(rows))
	for i, row := range rows {
		out[i] = Standing{BoardRow: row, Position: i + 1, Trace: traces[row.UnitCode]}
		if out[i].Trace == nil {
			out[i].Trace = &contest.Trace{Subject: row.UnitCode}
		}
	}
	return out
}

func publicTrace(t *contest.Trace) *contest.Trace {
	lines := slices.DeleteFunc(slices.Clone(t.Lines), func(l contest.Line) bool { return l.Kind == contest.LineMark })
	return &contest.Trace{Subject: t.Subject, Lines: lines}
}

// changes lists what differs between two results, subject by subject in the
// order of the new one: totals, ranks, bands and outcomes. Against nothing,
// nothing differs.
func changes(was, now *contest.Result, roster []*Entry) []PreviewChange {
	if was == nil {
		return nil
	}
	old := map[string]*contest.Standing{}
	for i := range was.Standings {
		old[was.Standings[i].Subject] = &was.Standings[i]
	}
	entries := map[string]*Entry{}
	for _, e := range roster {
		entries[e.Code] = e
	}
	var all []PreviewChange
	for i := range now.Standings {
		s := &now.Standings[i]
		e, before := entries[s.Subject], old[s.Subject]
		if before == nil {
			before = &contest.Standing{}
		}
		add := func(kind, from, to string) {
			if from != to {
				all = append(all, PreviewChange{Subject: e.Subject, Of: e.Kind, Unit: e.Unit, UnitCode: e.Code, Name: e.Name, Kind: kind, From: from, To: to})
			}
		}
		add(ChangeTotal, before.Shown, s.Shown)
		add(ChangeRank, rankText(before.Rank), rankText(s.Rank))
		add(ChangeBand, strings.Join(before.Bands, ", "), strings.Join(s.Bands, ", "))
		gone, fresh := outcomesOf(was, s.Subject), outcomesOf(now, s.Subject)
		for _, text := range lacking(texts(gone), texts(fresh)) {
			add(ChangeOutcome, text, "")
			all[len(all)-1].Proposed = proposedAs(gone, text)
		}
		for _, text := range lacking(texts(fresh), texts(gone)) {
			add(ChangeOutcome, "", text)
			all[len(all)-1].Proposed = proposedAs(fresh, text)
		}
	}
	return all
}

func rankText(rank int) string {
	if rank == 0 {
		return ""
	}
	return strconv.Itoa(rank)
}

// outcomeText is an outcome in words that compare.
type outcomeText struct {
	text string
	of   *Proposed
}

func texts(all []outcomeText) []string {
	out := make([]string, len(all))
	for i, o := range all {
		out[i] = o.text
	}
	return out
}

func proposedAs(all []outcomeText, text string) *Proposed {
	i := slices.IndexFunc(all, func(o outcomeText) bool { return o.text == text })
	return all[i].of
}

// outcomesOf puts a subject's outcomes into words that compare: what, why, and
// the points it would post.
func outcomesOf(r *contest.Result, subject string) []outcomeText {
	var all []outcomeText
	for _, o := range r.Outcomes {
		if o.Subject != subject {
			continue
		}
		text := o.Do + " (" + o.When + ")"
		var points []string
		for _, e := range r.Entries {
			if e.Subject == subject && e.Rule == o.Rule && e.When == o.When {
				points = append(points, e.Role+" "+signed(e.Points))
			}
		}
		if points != nil {
			text += ": " + strings.Join(points, ", ")
		}
		all = append(all, outcomeText{text, &Proposed{Proposal: o, Shares: phrase.Shares(o, r.Entries)}})
	}
	return all
}

func signed(n exact.Number) string {
	if n.Sign() > 0 {
		return "+" + n.String()
	}
	return n.String()
}

func lacking(a, b []string) []string {
	var out []string
	for _, text := range a {
		if !slices.Contains(b, text) {
			out = append(out, text)
		}
	}
	return out
}
