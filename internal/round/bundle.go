package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

// Bundle reads the public bundle of a published revision, 0 for the latest. It
// holds every rank, so it is NOT_FOUND for a viewer from whom the board hides
// some (G8, Q35).
func (s *Service) Bundle(ctx context.Context, round uuid.UUID, revision int) (body string, err error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return "", err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		b, err := st.BoardOf(ctx, round, revision)
		if err != nil {
			return err
		}
		if b == nil || !s.whole(ctx, b) {
			return notFound()
		}
		body, err = st.BundleOf(ctx, b.Publication)
		return err
	})
	return body, err
}
