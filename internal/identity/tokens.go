package identity

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// TokenInput is a token to be made.
type TokenInput struct {
	Name   string
	Scopes []string    // permissions to narrow it to; none: all of the owner's
	Units  []uuid.UUID // it counts at and below these; none: wherever the owner's roles do
	Write  bool        // it writes at once when the viewer may approve that, else after an approval
	Days   int         // it lives, 1 to 365
	For    uuid.UUID   // a user of the tenant, such as a service account; uuid.Nil: the viewer
}

// CreateToken makes a token and gives its secret, which is shown this once. Its
// rights are the owner's live grants in this tenant, narrowed by the scopes and
// the units, and without writing until somebody approved it. A token for another
// user needs the right to approve; because its maker knows the secret, it may
// only read what is published or, for a service account, do what the maker holds
// over all of the token's units, whatever the account is given later.
func (s *Service) CreateToken(ctx context.Context, in TokenInput) (*Token, string, error) {
	if err := s.gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
		return nil, "", err
	}
	v, err := withSession(ctx)
	if err != nil {
		return nil, "", err
	}
	owner := cmp.Or(in.For, v.User)
	if err := s.checkToken(ctx, in, owner != v.User); err != nil {
		return nil, "", err
	}
	secret, handle := NewToken()
	moment := s.now().UTC().Truncate(time.Microsecond)
	t := &Token{
		ID: newID(), User: owner, Name: strings.TrimSpace(in.Name), Handle: handle, Scopes: slices.Clone(in.Scopes), Units: slices.Clone(in.Units), CreatedAt: moment,
		ReadOnly: true, ExpiresAt: moment.AddDate(0, 0, in.Days),
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
			return err
		}
		if err := unitsInside(ctx, st, in.Units); err != nil {
			return err
		}
		if owner != v.User {
			if err := s.mayMakeFor(ctx, v, st, owner, in); err != nil {
				return err
			}
		}
		t.ReadOnly = !in.Write || !s.gate.May(ctx, authz.TokenApprove, uuid.Nil)
		if err := st.InsertToken(ctx, t, sha256.Sum256([]byte(secret))); err != nil {
			return err
		}
		return audit.Record(ctx, "token:create", "token", t.ID,
			map[string]any{"name": t.Name, "user": owner, "scopes": t.Scopes, "units": t.Units, "readOnly": t.ReadOnly, "expiresAt": t.ExpiresAt})
	})
	if err != nil {
		return nil, "", err
	}
	return t, secret, nil
}

// unitsInside refuses units that are not the tenant's.
func unitsInside(ctx context.Context, st Store, units []uuid.UUID) error {
	inside, err := st.UnitsInside(ctx, units)
	if err == nil && !inside {
		err = fault.New(fault.TokenUnitOutside).At("units")
	}
	return err
}

// mayMakeFor asks whether the viewer may make a token that acts for another
// user: one whom the tenant knows, and over nothing that the viewer could not
// do, so that nobody gains by knowing the secret.
func (s *Service) mayMakeFor(ctx context.Context, v *viewer.Viewer, st Store, owner uuid.UUID, in TokenInput) error {
	if err := s.gate.Require(ctx, authz.TokenApprove, uuid.Nil); err != nil {
		return err
	}
	user, err := st.UserByID(ctx, owner)
	if fault.CodeOf(err) == fault.NotFound || err == nil && !user.Active {
		return fault.New(fault.NotFound).At("for")
	}
	if err != nil {
		return err
	}
	if user.Service {
		return s.mayMakeForService(ctx, v, st, owner, in)
	}
	held, err := st.GrantsHeldBy(ctx, owner)
	if err != nil {
		return err
	}
	if len(held) == 0 {
		return fault.New(fault.NotFound).At("for")
	}
	for i, scope := range in.Scopes {
		if info, _ := authz.InfoOf(authz.Permission(scope)); info.Writes || info.Unpublished {
			return fault.New(fault.TokenScopeNotPublic, "scope", scope).At("scopes[%d]", i)
		}
	}
	return nil
}

func (s *Service) mayMakeForService(ctx context.Context, v *viewer.Viewer, st Store, owner uuid.UUID, in TokenInput) error {
	account, err := st.ServiceAccountByID(ctx, owner)
	switch {
	case err != nil:
		return err
	case s.overdue(v, account):
		return fault.New(fault.ServiceReviewDue, "on", account.ReviewOn.String()).At("for")
	}
	units := in.Units
	if len(units) == 0 {
		units = []uuid.UUID{uuid.Nil}
	}
	for i, scope := range in.Scopes {
		info, _ := authz.InfoOf(authz.Permission(scope))
		for _, unit := range units {
			if (info.Writes || info.Unpublished) && !s.gate.Over(ctx, info.Permission, unit, nil) {
				return fault.New(fault.TokenBeyondYours, "scope", scope).At("scopes[%d]", i)
			}
		}
	}
	return nil
}

// withSession refuses a token: it must not outlive itself by making another.
func withSession(ctx context.Context) (*viewer.Viewer, error) {
	v, err := viewer.From(ctx)
	if err == nil && v.Credential.Kind == viewer.Token {
		err = fault.New(fault.SessionNeeded)
	}
	return v, err
}

func (s *Service) checkToken(ctx context.Context, in TokenInput, forAnother bool) error {
	var bad fault.List
	if name := strings.TrimSpace(in.Name); name == "" || utf8.RuneCountInString(name) > 100 {
		bad = append(bad, fault.New(fault.Required, "want", "1–100").At("name"))
	}
	if in.Days < 1 || in.Days > 365 {
		bad = append(bad, fault.New(fault.TokenDaysInvalid, "value", strconv.Itoa(in.Days)).At("days"))
	}
	writes := len(in.Scopes) == 0
	for i, scope := range in.Scopes {
		info, known := authz.InfoOf(authz.Permission(scope))
		writes = writes || info.Writes
		switch {
		case !known:
			bad = append(bad, fault.New(fault.TokenScopeUnknown, "scope", scope).At("scopes[%d]", i))
		case slices.Index(in.Scopes, scope) != i:
			bad = append(bad, fault.New(fault.TokenScopeTwice, "scope", scope).At("scopes[%d]", i))
		}
	}
	if in.Write && !writes {
		bad = append(bad, fault.New(fault.TokenNothingToWrite).At("write"))
	}
	if forAnother {
		if err := s.gate.Require(ctx, authz.TokenApprove, uuid.Nil); err != nil {
			return err
		}
		if len(in.Scopes) == 0 {
			bad = append(bad, fault.New(fault.Required, "want", string(authz.PublicationRead)+" …").At("scopes"))
		}
	}
	return bad.Err()
}

// ApproveToken lets a token of the tenant write what its owner and its scopes
// allow.
func (s *Service) ApproveToken(ctx context.Context, id uuid.UUID) (*Token, error) {
	if _, err := withSession(ctx); err != nil {
		return nil, err
	}
	return s.changeToken(ctx, id, func(ctx context.Context, st Store, t *Token) error {
		if err := s.gate.Require(ctx, authz.TokenApprove, uuid.Nil); err != nil {
			return err
		}
		if t.RevokedAt != nil || !s.now().Before(t.ExpiresAt) {
			return fault.New(fault.TokenEnded).At("token")
		}
		if !writesSomething(t.Scopes) {
			return fault.New(fault.TokenNothingToWrite).At("token")
		}
		if !t.ReadOnly {
			return nil
		}
		t.ReadOnly = false
		if err := st.ApproveToken(ctx, id); err != nil {
			return err
		}
		return audit.Record(ctx, "token:approve", "token", id, map[string]any{"user": t.User})
	})
}

func writesSomething(scopes []string) bool {
	return len(scopes) == 0 || slices.ContainsFunc(scopes, func(scope string) bool {
		info, _ := authz.InfoOf(authz.Permission(scope))
		return info.Writes
	})
}

// RevokeToken ends a token at once, everywhere. The owner may, and whoever may
// approve tokens; to anybody else it does not exist. Doing it again changes
// nothing.
func (s *Service) RevokeToken(ctx context.Context, id uuid.UUID) (*Token, error) {
	return s.changeToken(ctx, id, func(ctx context.Context, st Store, t *Token) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if err := s.gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
			return err
		}
		if t.User != v.User && !s.gate.May(ctx, authz.TokenApprove, uuid.Nil) {
			return fault.New(fault.NotFound)
		}
		if t.RevokedAt != nil {
			return nil
		}
		moment := s.now().UTC().Truncate(time.Microsecond)
		t.RevokedAt = &moment
		if err := st.RevokeToken(ctx, id, moment); err != nil {
			return err
		}
		return audit.Record(ctx, "token:revoke", "token", id, map[string]any{"user": t.User})
	})
}

func (s *Service) changeToken(ctx context.Context, id uuid.UUID, change func(context.Context, Store, *Token) error) (*Token, error) {
	var t *Token
	err := s.write(ctx, func(ctx context.Context, st Store) (err error) {
		if t, err = st.TokenByID(ctx, id); err != nil {
			return err
		}
		return change(ctx, st, t)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// ListTokens lists the viewer's own tokens, newest first; everybody's in the
// tenant for those who may approve, when all is asked for.
func (s *Service) ListTokens(ctx context.Context, all bool) ([]*Token, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	user := &v.User
	if all {
		if err := s.gate.Require(ctx, authz.TokenApprove, uuid.Nil); err != nil {
			return nil, err
		}
		user = nil
	}
	var list []*Token
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		list, err = st.TokensOf(ctx, user)
		return err
	})
	return list, err
}
