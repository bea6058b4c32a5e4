package tenancy

import (
	"context"

	"github.com/google/uuid"
)

// Post reads one post of a person of the tenant.
func (s *Service) Post(ctx context.Context, id uuid.UUID) (*Post, error) {
	var post *Post
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		post, err = st.PostByID(ctx, id)
		return err
	})
	return post, err
}
