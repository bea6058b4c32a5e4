package bulletin

import (
	"context"
	"slices"

	"leitai/internal/authz"
	"leitai/internal/fault"
)

// A department's grant is limited to dimensions of the dictionary. Papers that
// tell totals, ranks and who is to come are for it, too; the table of items
// shows its own; a paper about the work in all items is not drawn for it.

// kindArchive is the archive of a village, which has an address of its own.
const kindArchive = "archive"

// throughout are the papers about the work in all items.
var throughout = []string{KindSummary, KindProblems, KindCountyReport, KindScoreSheets, KindTypingGrid, kindArchive}

// fits refuses a paper about all items to a limited reader, as if it were not
// there.
func (s *Service) fits(ctx context.Context, kind string) error {
	if slices.Contains(throughout, kind) && !s.gate.Sight(ctx, authz.DocumentRead).All {
		return fault.New(fault.NotFound)
	}
	return nil
}
