package consequences

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// summarise reads the rounds of a span, or its shorter roll-ups, with the
// further parts, and sums them up by the rule (C03, C09, Q16).
func summarise(ctx context.Context, st Store, competition uuid.UUID, span Span) (*summary, error) {
	sum, err := ruleOf(ctx, st, competition, span)
	if err != nil {
		return nil, err
	}
	results, open, err := st.PublishedRounds(ctx, competition, span.From, span.To)
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		return nil, fault.New(fault.RollupRoundsOpen).At("to").About(open...)
	}
	if len(results) == 0 {
		return nil, fault.New(fault.RollupEmpty).At("from")
	}
	of := outcome.Summed{Tracks: map[string]string{}, Links: map[string][]outcome.Link{}, Parts: map[string]map[string]exact.Number{}}
	sum.known = map[string]Known{}
	for _, r := range results { // the last round's stand
		for _, row := range r.Rows {
			sum.known[row.UnitCode] = Known{Subject: row.Subject, Unit: row.Unit, Code: row.UnitCode, Name: row.Name}
			of.Tracks[row.UnitCode], of.Links[row.UnitCode] = row.Track, row.Links
		}
	}
	if sum.rule.Of == "" || sum.rule.Of == outcome.FromRounds {
		of.Rounds, sum.inputs, err = ofRounds(results)
	} else {
		of.Rounds, sum.inputs, err = ofShorter(ctx, st, competition, sum, span, results)
	}
	if err != nil {
		return nil, err
	}
	if err := sum.gatherParts(ctx, st, competition, span, results, &of); err != nil {
		return nil, err
	}
	sum.result = outcome.Summarise(sum.doc, sum.rule, of)
	sum.rows = sum.lines()
	return sum, nil
}

// lines are the rows as they are kept.
func (sum *summary) lines() []RollupRow {
	var rows []RollupRow
	for _, l := range sum.result.Lines {
		shown := ""
		if l.Rank > 0 {
			shown = l.Published.Fixed(sum.doc.Scale.Decimals)
		}
		k := sum.known[l.Subject]
		rows = append(rows, RollupRow{Shown: shown, Unit: k.Unit, Subject: k.Subject, UnitCode: l.Subject, Name: k.Name, Track: l.Track, Parts: l.Parts,
			Attended: l.Attended, Value: l.Published, Rank: l.Rank, FromBottom: l.RankFromBottom, Bands: l.Bands})
	}
	return rows
}

func ofRounds(results []RoundResult) ([]outcome.PublishedRound, []RollupInput, error) {
	var rounds []outcome.PublishedRound
	var inputs []RollupInput
	for _, r := range results {
		inputs = append(inputs, RollupInput{Round: r.Round, Period: r.Period, Revision: r.Revision})
		period, err := calendar.ParsePeriod(r.Period)
		if err != nil {
			return nil, nil, err
		}
		round := outcome.PublishedRound{Period: period, Totals: map[string]exact.Number{}, Ranks: map[string]int{}}
		for _, row := range r.Rows {
			if row.Total != nil {
				round.Totals[row.UnitCode], round.Ranks[row.UnitCode] = *row.Total, row.Rank
			}
		}
		rounds = append(rounds, round)
	}
	return rounds, inputs, nil
}

// ofShorter reads the shorter roll-ups that a longer one is made of. Every
// shorter span that had a round must be published; the rounds behind them are
// named among the inputs, so that a correction of a round shows.
func ofShorter(ctx context.Context, st Store, competition uuid.UUID, sum *summary, span Span, results []RoundResult) ([]outcome.PublishedRound, []RollupInput, error) {
	all, err := st.RollupsOf(ctx, competition)
	if err != nil {
		return nil, nil, err
	}
	wanted, err := sum.shorterSpans(span, results)
	if err != nil {
		return nil, nil, err
	}
	var rounds []outcome.PublishedRound
	var inputs []RollupInput
	var missing []string
	for _, want := range wanted {
		i := slices.IndexFunc(all, func(r *Rollup) bool { return r.Key == sum.rule.Of && r.Period == want.period() })
		if i < 0 || stale(all[i], results) {
			missing = append(missing, want.period())
			continue
		}
		from, err := calendar.ParsePeriod(want.From)
		if err != nil {
			return nil, nil, err
		}
		inputs = append(inputs, RollupInput{Round: all[i].ID, Period: want.period(), Revision: all[i].Revision, Rollup: true})
		inputs = append(inputs, roundsAmong(all[i].Inputs)...)
		round := outcome.PublishedRound{Period: from, Totals: map[string]exact.Number{}, Ranks: map[string]int{}}
		for _, row := range all[i].Rows {
			if row.Rank > 0 {
				round.Totals[row.UnitCode], round.Ranks[row.UnitCode] = row.Value, row.Rank
			}
		}
		rounds = append(rounds, round)
	}
	if len(missing) > 0 {
		return nil, nil, fault.New(fault.RollupShorterMissing, "key", sum.rule.Of).At("to").About(missing...)
	}
	return rounds, inputs, nil
}

// stale reports whether a round behind a roll-up was corrected after it.
func stale(r *Rollup, results []RoundResult) bool {
	return slices.ContainsFunc(roundsAmong(r.Inputs), func(in RollupInput) bool {
		return slices.ContainsFunc(results, func(now RoundResult) bool { return now.Round == in.Round && now.Revision != in.Revision })
	})
}

func roundsAmong(inputs []RollupInput) []RollupInput {
	return slices.DeleteFunc(slices.Clone(inputs), func(in RollupInput) bool { return in.Rollup })
}

// shorterSpans are the spans of the shorter roll-up that had a round.
func (sum *summary) shorterSpans(span Span, results []RoundResult) ([]Span, error) {
	i := slices.IndexFunc(sum.doc.Rollups, func(r template.Rollup) bool { return r.Key == sum.rule.Of })
	if i < 0 {
		return nil, fault.New(fault.RollupUnknown, "value", sum.rule.Of).At("key")
	}
	months, err := outcome.RollupMonths(sum.rule.Of)
	if err != nil {
		return nil, err
	}
	var spans []Span
	for _, r := range results {
		period, err := calendar.ParsePeriod(r.Period)
		if err != nil {
			return nil, err
		}
		of := outcome.SpanOf(sum.doc.Rollups[i].Months, months, sum.first, period)
		one := Span{Key: sum.rule.Of, From: of.From.String(), To: of.To.String()}
		if !slices.Contains(spans, one) && one.From >= span.From && one.To <= span.To {
			spans = append(spans, one)
		}
	}
	return spans, nil
}

// gatherParts reads what the rule's parts bring in beside the rounds.
func (sum *summary) gatherParts(ctx context.Context, st Store, competition uuid.UUID, span Span, results []RoundResult, of *outcome.Summed) error {
	for _, part := range sum.rule.Parts {
		var values map[string]exact.Number
		var err error
		source, key, _ := strings.Cut(part.From, ".")
		switch source {
		case outcome.FromRounds:
			continue
		case "entered":
			values, err = st.EnteredParts(ctx, competition, span, part.Key)
		case "rollups":
			values, err = sum.shorterMean(ctx, st, competition, span, key)
		case "feeds":
			var fed []Fed
			fed, err = st.FedInto(ctx, sum.doc.Key, key, span.From, span.To)
			values = fedMeans(sum.known, fed)
		case "ballots":
			values = partMeans(sum.doc, part.From, results)
		}
		if err != nil {
			return err
		}
		of.Parts[part.Key] = values
	}
	return nil
}

// shorterMean is the mean of a shorter roll-up's values over the span.
func (sum *summary) shorterMean(ctx context.Context, st Store, competition uuid.UUID, span Span, key string) (map[string]exact.Number, error) {
	all, err := st.RollupsOf(ctx, competition)
	if err != nil {
		return nil, err
	}
	values := means{}
	for _, r := range all {
		from, to, _ := strings.Cut(r.Period, "/")
		if r.Key != key || from < span.From || to > span.To {
			continue
		}
		for _, row := range r.Rows {
			if row.Rank > 0 {
				values.add(row.UnitCode, row.Value)
			}
		}
	}
	return values.mean(), nil
}

// partMeans is the mean over the rounds of a part of their totals that has the
// same source.
func partMeans(doc *template.Document, from string, results []RoundResult) map[string]exact.Number {
	values := means{}
	for _, part := range doc.Parts {
		if part.From != from {
			continue
		}
		for _, r := range results {
			for _, row := range r.Rows {
				if v, known := row.Parts[part.Key]; known {
					values.add(row.UnitCode, v)
				}
			}
		}
	}
	return values.mean()
}

// means sums values up by subject.
type means map[string][]exact.Number

func (m means) add(subject string, v exact.Number) { m[subject] = append(m[subject], v) }

func (m means) mean() map[string]exact.Number {
	out := make(map[string]exact.Number, len(m))
	for subject, values := range m {
		out[subject] = exact.Sum(values...).Quo(exact.Int(int64(len(values))))
	}
	return out
}

// sameRows reports whether two roll-ups say the same.
func sameRows(a, b []RollupRow) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// ruleOf finds the roll-up rule and checks that the span is one it counts.
func ruleOf(ctx context.Context, st Store, competition uuid.UUID, span Span) (*summary, error) {
	from, err := calendar.ParsePeriod(span.From)
	if err != nil {
		return nil, fault.New(fault.Invalid, "value", span.From, "want", "2023-04").At("from")
	}
	to, err := calendar.ParsePeriod(span.To)
	if err != nil {
		return nil, fault.New(fault.Invalid, "value", span.To, "want", "2023-09").At("to")
	}
	doc, err := st.RulingTemplate(ctx, competition, span.To)
	if err != nil {
		return nil, err
	}
	index := slices.IndexFunc(doc.Rollups, func(r template.Rollup) bool { return r.Key == span.Key })
	if index < 0 {
		return nil, fault.New(fault.RollupUnknown, "value", span.Key).At("key")
	}
	months, err := outcome.RollupMonths(span.Key)
	if err != nil {
		return nil, err
	}
	text, err := st.FirstPeriod(ctx, competition)
	if err != nil {
		return nil, err
	}
	first, err := calendar.ParsePeriod(text)
	if err != nil {
		return nil, err
	}
	rule := doc.Rollups[index]
	if span.Key == outcome.RollupTerm {
		rule.Months = outcome.MonthsFromFirst
		if doc.Postings != nil && doc.Postings.Term > 0 {
			months = doc.Postings.Term
		}
	}
	if want := outcome.SpanOf(rule.Months, months, first, from); want.From.String() != from.String() || want.To.String() != to.String() {
		return nil, fault.New(fault.RollupSpan, "from", want.From.String(), "to", want.To.String()).At("from")
	}
	return &summary{doc: doc, rule: rule, index: index, first: first}, nil
}
