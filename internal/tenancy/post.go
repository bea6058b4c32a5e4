package tenancy

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Post reads one post of a person of the tenant, as PostsOf shows it.
func (s *Service) Post(ctx context.Context, id uuid.UUID) (*Post, error) {
	var post *Post
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		found, err := st.PostByID(ctx, id)
		if err != nil {
			return err
		}
		shown, err := s.postsShown(ctx, []uuid.UUID{found.Person})
		if err != nil {
			return err
		}
		if len(shown) == 0 {
			return fault.New(fault.NotFound).At("post")
		}
		post = found
		return nil
	})
	return post, err
}

// PostsOf lists the posts of persons, by person and beginning. Posts say who
// stands behind a pseudonym, so they are for those who may read the register,
// and everybody's own (G10).
func (s *Service) PostsOf(ctx context.Context, persons []uuid.UUID) ([]*Post, error) {
	shown, err := s.postsShown(ctx, persons)
	if err != nil || len(shown) == 0 {
		return nil, err
	}
	var posts []*Post
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		posts, err = st.PostsOfPersons(ctx, shown)
		return err
	})
	return posts, err
}

// postsShown leaves those of the persons whose posts the viewer may read.
func (s *Service) postsShown(ctx context.Context, persons []uuid.UUID) ([]uuid.UUID, error) {
	v, err := viewer.From(ctx)
	if err != nil || s.gate.May(ctx, authz.PersonRead, uuid.Nil) {
		return persons, err
	}
	if v.Person != uuid.Nil && slices.Contains(persons, v.Person) {
		return []uuid.UUID{v.Person}, nil
	}
	return nil, nil
}
