package graph

import (
	"cmp"

	"leitai/graph/model"
	"leitai/graph/scalar"
	"leitai/internal/compare"
	"leitai/internal/comparison"
	"leitai/internal/exact"
	"leitai/internal/fault"
)

// comparedDecimals are those of every mean, index and coverage shown.
const comparedDecimals = 2

func compared(n exact.Number) scalar.Printed { return scalar.Printed(n.Fixed(comparedDecimals)) }

// comparedIf gives null where there is nothing to show.
func comparedIf(n exact.Number, there bool) *scalar.Printed {
	if !there {
		return nil
	}
	p := compared(n)
	return &p
}

func rated(n *exact.Number) *scalar.Printed {
	if n == nil {
		return nil
	}
	const decimals = 4
	p := scalar.Printed(n.Fixed(decimals))
	return &p
}

// comparisonOf shows what is asked of a comparison; of is what a round of it is.
func comparisonOf(c *comparison.Comparison, asked comparisonAsked, of kind, language fault.Language) *model.Comparison {
	out := &model.Comparison{From: c.From.String(), To: c.To.String(), Limited: c.Limited, Of: c, Dimensions: make([]*model.ComparisonDimension, len(c.Dimensions))}
	if c.Rule != nil {
		out.Rule = comparisonRule(*c.Rule)
	}
	for i, d := range c.Dimensions {
		out.Dimensions[i] = &model.ComparisonDimension{Key: d.Key, Name: inLanguage(d.Name.ZH, cmp.Or(d.Name.EN, d.Name.ZH), language), Looked: d.Looked}
		if d.Weight.Sign() > 0 {
			out.Dimensions[i].Weight = &d.Weight
		}
	}
	out.Lines = converted(c.Lines, func(l *comparison.Line) *model.ComparisonLine { return comparisonLine(l, asked, of) })
	return out
}

func comparisonLine(l *comparison.Line, asked comparisonAsked, of kind) *model.ComparisonLine {
	out := &model.ComparisonLine{
		Tenant: globalID(tenantKind, l.Tenant), Code: l.Code, Name: l.Name, Domains: converted(l.Domains, comparisonDomain), Shared: texts(l.Shared),
		Index: comparedIf(l.Index, len(l.Shared) > 0), Coverage: compared(l.Coverage), Comparable: l.Comparable(), Barriers: comparisonBarriers(l.Barriers),
		Rank: positive(l.Rank), NaiveMean: comparedIf(l.Naive, l.HasNaive), NaiveRank: positive(l.NaiveRank), Due: l.Due, Published: l.Published,
		OnTime: l.OnTime, Withheld: l.Withheld, Of: l,
	}
	if l.Timed {
		out.OnTimeRate = rated(comparison.Rate(l.OnTime, l.Due))
	}
	if l.Judged {
		out.Judging = &model.JudgeConsistency{Ranges: l.Ranges, Severity: comparedIf(or(l.Effect), l.Effect != nil)}
		if l.Ranges > 0 {
			out.Judging.MeanRange = comparedIf(exact.Ratio(int64(l.Width), int64(l.Ranges)), true)
		}
	}
	if l.Issues != nil {
		out.Issues = &model.IssueClosure{Opened: l.Issues.Opened, Closed: l.Issues.Closed, Overdue: l.Issues.Overdue, Rate: rated(comparison.Rate(l.Issues.Closed, l.Issues.Opened))}
	}
	out.Rounds = make([]*model.ComparisonRound, len(l.Rounds))
	room := make([]model.ComparisonRound, len(l.Rounds))
	for i, r := range l.Rounds {
		out.Rounds[i] = &room[i]
		comparisonRound(&room[i], r, asked, of)
	}
	return out
}

func comparisonRound(out *model.ComparisonRound, r *comparison.Round, asked comparisonAsked, of kind) {
	*out = model.ComparisonRound{Period: r.Period, Held: r.Held, Revision: r.Revision, Published: dated(r.PublishedOn), OnTime: r.OnTime, Villages: r.Contestants,
		Comparable: r.Comparable(), Rank: positive(r.Rank)}
	if asked.round.id {
		out.ID = globalID(of, r.Key)
	}
	if asked.round.domains {
		out.Domains = converted(r.Domains, comparisonDomain)
	}
	if asked.round.barriers {
		out.Barriers = comparisonBarriers(r.Barriers)
	}
	if asked.round.coverage {
		out.Coverage = compared(r.Coverage)
	}
	if asked.round.index {
		out.Index = comparedIf(r.Index, len(r.Shared) > 0)
	}
	if asked.round.naive {
		out.NaiveMean, out.NaiveMedian = comparedIf(r.Naive, r.HasNaive), comparedIf(or(r.Middle), r.Middle != nil)
	}
	if asked.round.change {
		out.Change = comparedIf(or(r.Change), r.Change != nil)
	}
	if some := r.Spread.N() > 0; some && asked.round.spread {
		out.Median = comparedIf(r.Spread.Quantile(1, 2), some)
		out.Interquartile = comparedIf(r.Spread.Quantile(3, 4).Sub(r.Spread.Quantile(1, 4)), some)
	}
}

func comparisonDomain(d compare.Domain) *model.ComparisonDomain {
	return &model.ComparisonDomain{Dimension: d.Dimension, Mean: compared(d.Mean), Villages: d.Villages}
}

var barrierReasons = map[compare.Reason]model.ComparisonBarrierReason{
	compare.DimensionMissing: model.ComparisonBarrierReasonDimensionMissing, compare.CoverageLow: model.ComparisonBarrierReasonCoverageLow,
	compare.NoResults: model.ComparisonBarrierReasonNoResults, compare.NoRule: model.ComparisonBarrierReasonNoRule,
}

func comparisonBarriers(all []compare.Barrier) []*model.ComparisonBarrier {
	return converted(all, func(b compare.Barrier) *model.ComparisonBarrier {
		return &model.ComparisonBarrier{Reason: barrierReasons[b.Reason], Dimension: filled(b.Dimension)}
	})
}

func comparisonSpread(s compare.Spread) *model.ComparisonSpread {
	out := &model.ComparisonSpread{Villages: s.N(), Histogram: make([]int, compare.Bins)}
	for i, n := range s.Histogram() {
		out.Histogram[i] = n
	}
	some := s.N() > 0
	low, high := s.Quantile(1, 4), s.Quantile(3, 4)
	out.Mean, out.Median = comparedIf(s.Mean(), some), comparedIf(s.Quantile(1, 2), some)
	out.Lowest, out.Highest = comparedIf(s.Quantile(0, 1), some), comparedIf(s.Quantile(1, 1), some)
	out.LowerQuartile, out.UpperQuartile, out.Interquartile = comparedIf(low, some), comparedIf(high, some), comparedIf(high.Sub(low), some)
	return out
}

func comparisonRule(r comparison.Rule) *model.ComparisonRule {
	return &model.ComparisonRule{Year: r.Year, Number: r.Number, MinCoverage: r.MinCoverage, WithinDays: r.WithinDays, Reason: r.Reason, SetAt: r.SetAt,
		Weights: converted(r.Weights, func(w comparison.Weight) *model.ComparisonWeight {
			return &model.ComparisonWeight{Dimension: w.Dimension, Weight: w.Weight}
		})}
}

func comparisonRuleFrom(in model.ComparisonRuleSetInput) comparison.Rule {
	return comparison.Rule{Year: in.Year, MinCoverage: in.MinCoverage, WithinDays: in.WithinDays, Reason: in.Reason,
		Weights: converted(in.Weights, func(w *model.ComparisonWeightInput) comparison.Weight {
			return comparison.Weight{Dimension: w.Dimension, Weight: w.Weight}
		})}
}

func crosswalkEntry(m comparison.Mapping) *model.CrosswalkEntry {
	return &model.CrosswalkEntry{Number: m.Number, Township: globalID(tenantKind, m.Township), Template: m.Template, Source: m.Source, Dimension: m.Dimension,
		From: m.From, Reason: m.Reason, MappedAt: m.MappedAt}
}

var comparisonAudiences = map[comparison.Audience]model.ComparisonAudience{
	comparison.ToPrefecture: model.ComparisonAudiencePrefecture, comparison.ToCounty: model.ComparisonAudienceCounty,
}

func comparisonAudienceFrom(asked model.ComparisonAudience) comparison.Audience {
	for a, shown := range comparisonAudiences {
		if shown == asked {
			return a
		}
	}
	return comparison.Audience(asked)
}

func comparisonPublication(p *comparison.Publication) *model.ComparisonPublication {
	return &model.ComparisonPublication{
		ID: globalID(comparisonKind, p.ID), From: p.From, To: p.To, Revision: p.Revision, Audience: comparisonAudiences[p.Audience],
		MinCoverage: p.Rule.MinCoverage, Comment: p.Comment, PublishedAt: p.PublishedAt, Lines: converted(p.Lines, publishedLine),
		Weights: converted(p.Rule.Weights, func(w comparison.PublishedWeight) *model.ComparisonWeight {
			return &model.ComparisonWeight{Dimension: w.Dimension, Weight: w.Weight}
		}),
	}
}

func publishedLine(l comparison.PublishedLine) *model.PublishedComparisonLine {
	return &model.PublishedComparisonLine{
		Code: l.Code, Name: l.Name, Index: comparedIf(or(l.Index), l.Index != nil), Coverage: compared(l.Coverage), Rank: positive(l.Rank), Hidden: l.Hidden,
		Barriers: comparisonBarriers(l.Barriers), Due: l.Due, OnTime: l.OnTime,
		Domains: converted(l.Domains, func(d comparison.PublishedDomain) *model.PublishedComparisonDomain {
			return &model.PublishedComparisonDomain{Dimension: d.Dimension, Mean: compared(d.Mean)}
		}),
	}
}

// comparisonQuery is what a query asks for.
func comparisonQuery(from, to string, dimensions []string, subject *model.SubjectKind, asked comparisonAsked) comparison.Query {
	q := comparison.Query{From: from, To: to, Dimensions: dimensions, Without: asked.without}
	for of, shown := range subjectKinds {
		if subject != nil && shown == *subject {
			q.Subject = string(of)
		}
	}
	return q
}
