package persisted

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Policy is what a tenant registered, and whose programs are held to it, at one
// moment. It is never changed.
type Policy struct {
	epoch  int64
	hashes map[Hash]struct{}
	tokens map[uuid.UUID]struct{}
}

// NewPolicy makes a policy of registered hashes and of the tokens held to them;
// uuid.Nil among those stands for every token.
func NewPolicy(epoch int64, hashes []Hash, tokens []uuid.UUID) *Policy {
	p := &Policy{epoch: epoch, hashes: make(map[Hash]struct{}, len(hashes)), tokens: make(map[uuid.UUID]struct{}, len(tokens))}
	for _, h := range hashes {
		p.hashes[h] = struct{}{}
	}
	for _, t := range tokens {
		p.tokens[t] = struct{}{}
	}
	return p
}

// Registered says whether an operation is registered now.
func (p *Policy) Registered(h Hash) bool {
	_, is := p.hashes[h]
	return is
}

// Holds says whether whoever asks may ask registered operations only. People
// who signed in may ask anything: they explore.
func (p *Policy) Holds(v *viewer.Viewer) bool {
	if v.Credential.Kind != viewer.Token || len(p.tokens) == 0 {
		return false
	}
	if _, every := p.tokens[uuid.Nil]; every {
		return true
	}
	id, err := uuid.Parse(v.Credential.ID)
	_, this := p.tokens[id]
	return this || err != nil
}

// PolicyOf gives the policy of the viewer's tenant. It is remembered under the
// epoch that the request's opening statement read: every change moves the epoch,
// so that the next request on any replica reads it anew.
func (s *Service) PolicyOf(ctx context.Context) (*Policy, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	s.lock.Lock()
	p, known := s.policies.Get(v.Tenant)
	s.lock.Unlock()
	if known && p.epoch == v.Epoch {
		return p, nil
	}
	err = s.Read(ctx, func(ctx context.Context, st Store) error {
		hashes, tokens, err := st.TrustedPolicy(ctx)
		p = NewPolicy(v.Epoch, hashes, tokens)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if other, known := s.policies.Peek(v.Tenant); !known || other.epoch < p.epoch {
		s.policies.Add(v.Tenant, p)
	}
	return p, nil
}

// Text gives the text that is registered under a hash; PERSISTED_QUERY_NOT_FOUND
// when none is.
func (s *Service) Text(ctx context.Context, h Hash) (text string, err error) {
	err = s.Read(ctx, func(ctx context.Context, st Store) (err error) {
		text, err = st.TrustedText(ctx, h)
		return err
	})
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.New(fault.PersistedQueryNotFound)
	}
	return text, err
}

// SetMode puts the trusted-document mode in force for a token, or for every
// token of the tenant with uuid.Nil, or lifts it. One's own token needs the
// right to make tokens, every other the right to approve them.
func (s *Service) SetMode(ctx context.Context, token uuid.UUID, on bool) ([]*Mode, error) {
	v, err := s.atHand(ctx)
	if err != nil {
		return nil, err
	}
	var modes []*Mode
	err = s.Write(ctx, func(ctx context.Context, st Store) error {
		owner := uuid.Nil
		if token != uuid.Nil {
			if owner, err = st.TrustedTokenOwner(ctx, token); err != nil {
				return fault.NotFoundAt(err, "of.token")
			}
		}
		if err := s.mayChange(ctx, v, owner); err != nil {
			return err
		}
		changed, err := st.SetTrustedMode(ctx, Mode{ID: uuid.Must(uuid.NewV7()), Token: token, SetAt: s.Now()}, v.User, on)
		if err == nil && changed {
			err = audit.Record(ctx, "trustedMode:set", "apiToken", token, map[string]any{"on": on})
		}
		if err == nil && changed {
			err = st.TrustedChanged(ctx)
		}
		if err == nil {
			modes, err = st.TrustedModes(ctx)
		}
		return err
	})
	return modes, err
}

// Modes lists whose programs are held to registered operations.
func (s *Service) Modes(ctx context.Context) (modes []*Mode, err error) {
	if err := s.Gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.Read(ctx, func(ctx context.Context, st Store) (err error) {
		modes, err = st.TrustedModes(ctx)
		return err
	})
	return modes, err
}
