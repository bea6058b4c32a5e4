package identity

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Within runs work as the request of a credential.
type Within func(ctx context.Context, c viewer.Credential, do func(ctx context.Context) error) error

// noted notes a new session, and how it was proved, in the audit of the tenant
// that is worked in. A session that cannot be noted is none.
func (s *Service) noted(ctx context.Context, in *LoggedIn, method string) (*LoggedIn, error) {
	if in.Step != "" {
		return in, nil
	}
	session, err := SessionCredential(in.Secret)
	if err != nil {
		return nil, err
	}
	if err := s.noteSession(ctx, session, "session:begin", in.User, map[string]any{"method": method}); err != nil {
		_ = s.outside(ctx, func(ctx context.Context, d Directory) error { return d.CloseSession(ctx, session.Hash) }) // the first error is the one to tell
		return nil, err
	}
	return in, nil
}

func (s *Service) noteSession(ctx context.Context, session viewer.Credential, action string, user uuid.UUID, detail any) error {
	return s.within(ctx, session, func(ctx context.Context) error {
		return s.write(ctx, func(ctx context.Context, _ Store) error { return audit.Record(ctx, action, "user", user, detail) })
	})
}

// ended notes that somebody signed out; a session that is over was noted, or
// never was one.
func (s *Service) ended(ctx context.Context, session viewer.Credential) error {
	err := s.within(ctx, session, func(ctx context.Context) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		return s.write(ctx, func(ctx context.Context, _ Store) error { return audit.Record(ctx, "session:end", "user", v.User, nil) })
	})
	if fault.CodeOf(err) == fault.Unauthenticated {
		return nil
	}
	return err
}
