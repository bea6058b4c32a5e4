package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// MostImported is how many marks one import holds at most.
const MostImported = 100_000

// ImportMarks enters the marks of a whole spreadsheet, all or nothing, checked
// like a batch: against one reading of the round instead of one every 500 marks.
// A refusal names every offending mark by its place, and importing the same
// again changes nothing.
func (s *Service) ImportMarks(ctx context.Context, round uuid.UUID, inputs []MarkInput) error {
	if len(inputs) == 0 || len(inputs) > MostImported {
		return fault.New(fault.MarksPerBatch, "value", itoa(len(inputs)), "want", itoa(MostImported)).At("marks")
	}
	return s.keep(ctx, at(round), s.drafts(round, inputs), func(context.Context, Store, *batch) error { return nil })
}
