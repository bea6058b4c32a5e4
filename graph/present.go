package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// languageOf is the language of the viewer, which the request may have chosen
// (Accept-Language), else Chinese.
func languageOf(ctx context.Context) fault.Language {
	if v, err := viewer.From(ctx); err == nil && v.Language != "" {
		return v.Language
	}
	return fault.Chinese
}

// Presenter makes top-level errors: a fault keeps its code, field and subjects
// and speaks the caller's language; anything else is INTERNAL with the request
// id, and only the log learns more. counted, which may be nil, is told every
// code.
func Presenter(logger *slog.Logger, counted func(code string)) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		shown := &gqlerror.Error{Path: graphql.GetPath(ctx)}
		var located *gqlerror.Error
		if errors.As(err, &located) {
			shown.Path, shown.Locations = located.Path, located.Locations
		}
		faults := fault.All(err)
		switch {
		case len(faults) > 0:
		case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
			faults = fault.List{fault.New(fault.RequestTimeout)}
		default:
			logger.ErrorContext(ctx, "an operation failed", slog.String("path", shown.Path.String()), slog.Any("error", err))
			faults = fault.List{fault.New(fault.Internal)}
		}
		if counted != nil {
			counted(string(faults[0].Code))
		}
		shown.Message = faults[0].Message(languageOf(ctx))
		shown.Extensions = extensions(ctx, faults)
		return shown
	}
}

// extensions tell the first fault at the top and all of them when there are
// several.
func extensions(ctx context.Context, faults fault.List) map[string]any {
	all := describe(faults[0], languageOf(ctx))
	delete(all, "message")
	if id := telemetry.RequestID(ctx); id != "" {
		all["requestId"] = id
	}
	if len(faults) > 1 {
		list := make([]map[string]any, len(faults))
		for i, f := range faults {
			list[i] = describe(f, languageOf(ctx))
		}
		all["faults"] = list
	}
	return all
}

func describe(f *fault.Fault, language fault.Language) map[string]any {
	told := map[string]any{"code": string(f.Code), "message": f.Message(language)}
	if f.Field != "" {
		told["field"] = f.Field
	}
	if len(f.Subjects) > 0 {
		told["subjects"] = f.Subjects
	}
	return told
}

// Recover turns a panic of a resolver into an internal error; the stack goes to
// the log.
func Recover(logger *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, cause any) error {
		logger.ErrorContext(ctx, "a resolver panicked", slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
		return fmt.Errorf("a resolver panicked: %v", cause)
	}
}
