package round

import (
	"context"

	"leitai/internal/fault"
)

// ShownRow leaves on a row what its viewer is shown of it on the board that it
// stands on; false when that is nothing. The board's head says whose it is, for
// whom it was published and what its template shows; its rows are not looked at.
// It is for lists that hold rows of many boards.
func (s *Service) ShownRow(ctx context.Context, head Board, row BoardRow) (BoardRow, bool, error) {
	head.Rows = []BoardRow{row}
	err := s.show(ctx, &head)
	if fault.CodeOf(err) == fault.NotFound {
		return row, false, nil
	}
	if err != nil {
		return row, false, err
	}
	return head.Rows[0], true, nil
}
