package graph

import (
	"context"
	"errors"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/template"
)

// settled sorts what a mutation's use case answered. What a person can put
// right goes into the payload; a missing sign-in, a missing permission and bugs
// are top-level errors. It ends the mutation: what was loaded before it is
// forgotten, because it may be different now.
func settled(ctx context.Context, err error) ([]*model.UserError, error) {
	renewLoaders(ctx)
	faults := fault.All(err)
	if err == nil || len(faults) == 0 {
		return nil, err
	}
	for _, f := range faults {
		switch f.Code {
		case fault.Unauthenticated, fault.Forbidden, fault.Internal:
			return nil, err
		}
	}
	list := make([]*model.UserError, len(faults))
	for i, f := range faults {
		list[i] = userError(f, languageOf(ctx))
	}
	return list, nil
}

// answered makes the payload of a mutation that gives one thing.
func answered[T any](ctx context.Context, ids reader, do func() (T, error), give func(T)) ([]*model.UserError, error) {
	err := ids.err()
	if err == nil {
		var out T
		if out, err = do(); err == nil {
			give(out)
		}
	}
	return settled(ctx, err)
}

func userError(f *fault.Fault, language fault.Language) *model.UserError {
	return &model.UserError{Field: f.Field, Code: string(f.Code), Message: f.Message(language), Subjects: texts(f.Subjects),
		Row: positive(f.Place.Row), Column: filled(f.Place.Column)}
}

// blockersOf gives what stopped a transition; none when it was refused for
// another reason.
func blockersOf(ctx context.Context, err error) []*model.Blocker {
	var stopped *round.Blocked
	if !errors.As(err, &stopped) {
		return nil
	}
	return blockers(stopped.Blockers, languageOf(ctx))
}

func blockers(list fault.List, language fault.Language) []*model.Blocker {
	out := make([]*model.Blocker, len(list))
	for i, f := range list {
		out[i] = &model.Blocker{Code: string(f.Code), Message: f.Message(language), Subjects: texts(f.Subjects)}
	}
	return out
}

func warnings(list fault.List, language fault.Language) []*model.Warning {
	out := make([]*model.Warning, len(list))
	for i, f := range list {
		out[i] = &model.Warning{Code: string(f.Code), Field: f.Field, Message: f.Message(language)}
	}
	return out
}

func lintWarnings(list []template.Warning, language fault.Language) []*model.Warning {
	out := make([]*model.Warning, len(list))
	for i, w := range list {
		out[i] = &model.Warning{Code: string(w.Code), Field: w.Field, Message: w.ZH}
		if language == fault.English {
			out[i].Message = w.EN
		}
	}
	return out
}
