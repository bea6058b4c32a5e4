package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// PublicStore is what may be asked on behalf of nobody in particular: what was
// published to everybody, and how it is called. No other row is in reach.
type PublicStore interface {
	// EverybodysBoard gives the newest revision of a round that was published to
	// everybody, by a tenant that is worked in; nil for none.
	EverybodysBoard(ctx context.Context, round uuid.UUID) (*Board, error)
	// EverybodysNames gives the name of the competition and the active template of
	// the tenant that published a board.
	EverybodysNames(ctx context.Context, tenant, competition, version uuid.UUID) (name string, doc *template.Document, err error)
}

// PublicWork runs one reading transaction for nobody in particular.
type PublicWork func(ctx context.Context, do func(ctx context.Context, s PublicStore) error) error

// PublicBoard is a result as everybody with the link sees it.
type PublicBoard struct {
	*Board
	Competition string
	Template    *template.Document // for the names of bands, lights, grades and parts
	Withdrawn   bool               // a later revision is not published to everybody; there are no rows then
}

// PublicPath gives the path of the page of a result with an audience, for those
// who may publish; "" where it is not for everybody, is of a trial or of another
// tenant. The page shows the newest public revision of the round.
func (s *Service) PublicPath(ctx context.Context, r *Round, audience Audience) (string, error) {
	if err := s.gate.Require(ctx, authz.RoundPublish, uuid.Nil); err != nil {
		return "", err
	}
	who, err := viewer.From(ctx)
	if err != nil || r.Tenant != who.Tenant || audience != AudiencePublic || r.Trial {
		return "", err
	}
	return PublicPrefix + s.links.sign(publicResult{r.ID, r.TemplateVersion}), nil
}

// Public reads the result that a link opens, as somebody outside sees it: no
// bottom ranks, no persons (Q35), no more than the template shows (G8). A link
// that is forged, or of a result that is not public, of a tenant that is
// suspended or has left, is NOT_FOUND, each in the same words. What was published
// to everybody and corrected for fewer is withdrawn: its rows are wrong, and the
// right ones are not public.
func (s *Service) Public(ctx context.Context, link string) (*PublicBoard, error) {
	l, ok := s.links.read(link)
	if !ok {
		return nil, notFound()
	}
	var found *PublicBoard
	err := s.public(ctx, func(ctx context.Context, st PublicStore) error {
		b, err := st.EverybodysBoard(ctx, l.round)
		if err != nil {
			return err
		}
		if b == nil || b.Audience != AudiencePublic || b.Trial {
			return notFound()
		}
		found = &PublicBoard{Board: b, Withdrawn: b.Superseded}
		found.Competition, found.Template, err = st.EverybodysNames(ctx, b.Tenant, b.Competition, l.version)
		return err
	})
	if fault.CodeOf(err) == fault.NotFound {
		err = notFound() // the same for all, field and all
	}
	if err != nil {
		return nil, err
	}
	if found.Withdrawn {
		found.Rows = nil
		return found, nil
	}
	found.hide(true)
	return found, nil
}
