package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/round"
	"leitai/internal/template"
)

func figure(f *round.Figure) *model.Figure {
	return &model.Figure{ID: globalID(figureKind, f.ID), Kind: model.FigureKind(strings.ToUpper(string(f.Kind))), Key: f.Key,
		Subject: subjectID(f.SubjectKind, f.Subject), UnitKey: f.Unit, SitterKey: f.Sitter, Value: f.Value, Source: f.Source, Reason: f.Reason,
		State: model.MarkState(strings.ToUpper(string(f.State))), Rejection: f.Rejection, EnteredAt: f.EnteredAt}
}

func gradeDecision(g *round.GradeDecision) *model.GradeDecision {
	return &model.GradeDecision{ID: globalID(gradeDecisionKind, g.ID), Scale: g.Scale, Subject: subjectID(g.SubjectKind, g.Subject), UnitKey: g.Unit,
		Grade: g.Grade, Reason: g.Reason, DecidedAt: g.DecidedAt, Approved: g.ApprovedBy != nil}
}

func metricsFrom(in model.MetricsEnterInput, ids *reader) round.FiguresEnter {
	out := round.FiguresEnter{Round: ids.id(roundKind, in.Round, "round"), Kind: round.MetricFigure}
	for i, f := range in.Figures {
		out.Figures = append(out.Figures, round.FigureInput{Subject: ids.subject(f.Subject, "figures[%d].subject", i), UnitCode: or(f.UnitCode),
			Key: f.Key, Value: &f.Value, Source: f.Source, Reason: or(f.Reason)})
	}
	return out
}

// examsFrom reads results; a score stands for somebody who sat, and none for
// somebody who was absent.
func examsFrom(in model.ExamResultsEnterInput, ids *reader) round.FiguresEnter {
	out := round.FiguresEnter{Round: ids.id(roundKind, in.Round, "round"), Kind: round.ExamFigure}
	for i, x := range in.Results {
		if or(x.Absent) == (x.Score != nil) {
			ids.bad = append(ids.bad, fault.New(fault.ExamAbsent).At("results[%d].score", i))
		}
		out.Figures = append(out.Figures, round.FigureInput{Subject: ids.subject(x.Subject, "results[%d].subject", i), UnitCode: or(x.UnitCode),
			Key: x.Item, Sitter: ids.optional(personKind, &x.Sitter, "results[%d].sitter", i), Value: x.Score, Reason: or(x.Reason)})
	}
	return out
}

func partsFrom(in model.PartValuesEnterInput, ids *reader) round.FiguresEnter {
	out := round.FiguresEnter{Round: ids.id(roundKind, in.Round, "round"), Kind: round.PartFigure}
	for i, v := range in.Values {
		out.Figures = append(out.Figures, round.FigureInput{Subject: ids.subject(v.Subject, "values[%d].subject", i), UnitCode: or(v.UnitCode),
			Key: v.Part, Value: &v.Value, Reason: v.Reason})
	}
	return out
}

// figuresPayload runs a mutation of figures.
func figuresPayload(ctx context.Context, clientID *string, ids reader, do func() ([]*round.Figure, error)) (*model.FiguresPayload, error) {
	payload := &model.FiguresPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var all []*round.Figure
		if all, err = do(); err == nil {
			payload.Figures = converted(all, figure)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// gradePayload runs a mutation of a grade decision.
func gradePayload(ctx context.Context, clientID *string, ids reader, do func() (*round.GradeDecision, error)) (*model.GradePayload, error) {
	payload := &model.GradePayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var g *round.GradeDecision
		if g, err = do(); err == nil {
			payload.Decision = gradeDecision(g)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func gradeResults(all []contest.GradeResult, names map[string]string) []*model.GradeResult {
	return converted(all, func(g contest.GradeResult) *model.GradeResult {
		return &model.GradeResult{Scale: g.Scale, Decision: g.Decision,
			Refused: converted(g.Refused, func(x contest.GradeRefusal) *model.GradeRefusal {
				return &model.GradeRefusal{Code: x.Subject, Grade: x.Grade, Reason: x.Code}
			}),
			Seats: converted(g.Steps, func(s contest.GradeSeats) *model.GradeSeats {
				return &model.GradeSeats{Grade: s.Grade, Of: s.Of, Seats: s.Seats, Taken: s.Taken, Open: s.Open, Unused: s.Unused, Counted: s.Counted, Shortfall: s.Shortfall,
					Exceeded: s.Exceeded, Tied: texts(s.Tied)}
			}),
			Lines: converted(g.Lines, func(l contest.GradeLine) *model.GradeLine {
				return &model.GradeLine{Code: l.Subject, Name: names[l.Subject], Grade: l.Grade, Value: l.Value.String(), Rule: l.Rule, Pending: l.Pending,
					PassedOver: converted(l.PassedOver, func(p contest.PassedOver) *model.PassedOver {
						return &model.PassedOver{Grade: p.Grade, Rule: p.Rule, Needs: p.Detail}
					})}
			})}
	})
}

func severity(language fault.Language) func(round.Severity) *model.Severity {
	return func(s round.Severity) *model.Severity {
		out := &model.Severity{Item: s.Item, Channel: s.Channel, Parts: [][]string{},
			Judges: converted(s.Judges, func(j round.JudgeSeverity) *model.JudgeSeverity {
				return &model.JudgeSeverity{Judge: j.Judge, Effect: printed(j.Effect), Marks: j.Marks}
			}),
			Subjects: converted(s.Subjects, func(x round.SubjectSeverity) *model.SubjectSeverity {
				return &model.SubjectSeverity{Name: x.Name, Raw: printed(x.Raw), Adjusted: printed(x.Adjusted), RankRaw: x.RankRaw, RankAdjusted: x.RankAdjusted}
			})}
		if s.Refused != nil {
			out.Refused, out.Parts = s.Refused.Message(language), s.Parts
		}
		return out
	}
}

func settingsFrom(weights []*model.ChannelWeightInput, in *model.SettingsInput) round.Settings {
	out := round.Settings{Weights: weightsFrom(weights)}
	if in == nil {
		return out
	}
	out.RankOn, out.Scope = in.RankOn, in.Scope
	if in.TieBreak != nil {
		out.TieBreak = &in.TieBreak
	}
	out.Bands = converted(in.Bands, func(b *model.BandSettingInput) round.BandSetting {
		return round.BandSetting{Band: b.Band, Size: b.Size, Ties: b.Ties, Cap: b.Cap}
	})
	out.Streaks = converted(in.Streaks, func(s *model.StreakSettingInput) round.StreakSetting {
		return round.StreakSetting{Streak: s.Streak, Length: s.Length, After: s.After}
	})
	return out
}

func heldContest(h round.HeldContest) *model.HeldContest {
	return &model.HeldContest{Number: h.Number, RoundID: globalID(roundKind, h.Round), Period: h.Period, Held: h.Held, Theme: h.Theme,
		Form: form(h.Form), Venue: h.Venue, Published: h.Published}
}

func form(is string) *model.ArenaForm {
	if is == "" {
		return nil
	}
	f := model.ArenaForm(strings.ToUpper(is))
	return &f
}

func formFrom(f *model.ArenaForm) string { return strings.ToLower(string(or(f))) }

func markGap(g round.MarkGap) *model.MarkGap {
	return &model.MarkGap{Subject: subjectID(g.Kind, g.Subject), Code: g.Code, Name: g.Name, Item: g.Item, Channel: g.Channel, Have: g.Have, Need: g.Need}
}

func figureNeed(language fault.Language) func(round.FigureNeed) *model.FigureNeed {
	return func(n round.FigureNeed) *model.FigureNeed {
		id := func(subject uuid.UUID) string { return subjectID(n.Of, subject) }
		return &model.FigureNeed{Kind: model.FigureKind(strings.ToUpper(string(n.Kind))), Key: n.Key, Subjects: converted(n.For, id), Lacking: converted(n.Lacking, id),
			Names: converted(n.Names, func(t template.Text) string { return phrase.Text(t, n.Key, language) })}
	}
}
