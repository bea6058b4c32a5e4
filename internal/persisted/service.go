// Package persisted owns operations that are known by their hash: those that
// clients sent before (Memory), those that a tenant registered so that its
// dashboards name them by hash, and the trusted-document mode, in which a token
// may ask registered operations only.
//
// It does not own how a hash is sent (httpserver), what a valid operation is
// (graph), or the rows (postgres).
package persisted

import (
	"context"
	"crypto/sha256"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

const (
	// MostDocuments is how many operations a tenant may have registered at a time.
	MostDocuments = 500
	mostAtOnce    = 100
	mostName      = 200
)

// Document is a registered operation.
type Document struct {
	ID        uuid.UUID
	Hash      Hash
	Name      string
	Text      string
	AddedBy   uuid.UUID // the user
	AddedAt   time.Time
	RetiredAt *time.Time
}

// Mode is that a token, or every token of the tenant, may ask registered
// operations only.
type Mode struct {
	ID    uuid.UUID
	Token uuid.UUID // uuid.Nil: every token
	SetAt time.Time
}

// Store is one open transaction of the viewer's tenant.
type Store interface {
	// TrustedPolicy reads what is registered and whose programs are held to it.
	TrustedPolicy(ctx context.Context) (hashes []Hash, tokens []uuid.UUID, err error)
	TrustedText(ctx context.Context, h Hash) (string, error)
	TrustedDocumentByID(ctx context.Context, id uuid.UUID) (*Document, error)
	TrustedDocumentPage(ctx context.Context, retired bool, w paging.Window) ([]*Document, error)
	TrustedDocumentCount(ctx context.Context) (int, error)
	// SaveTrustedDocument inserts a document, or takes one of the same hash back
	// into use under the new name; it sets the ID of the row.
	SaveTrustedDocument(ctx context.Context, d *Document) error
	RetireTrustedDocument(ctx context.Context, id, by uuid.UUID, at time.Time) error
	TrustedModes(ctx context.Context) ([]*Mode, error)
	// SetTrustedMode puts the mode in force or lifts it; false: it was so already.
	SetTrustedMode(ctx context.Context, m Mode, by uuid.UUID, on bool) (changed bool, err error)
	// TrustedTokenOwner is the user whose token of the tenant that is.
	TrustedTokenOwner(ctx context.Context, token uuid.UUID) (uuid.UUID, error)
	// TrustedChanged makes every replica read the policy again.
	TrustedChanged(ctx context.Context) error
}

// Work runs a function in a transaction of the request.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Gate is what is asked of authorisation.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
}

// Config is what the use case works with.
type Config struct {
	Write, Read Work
	Gate        Gate
	Cursors     paging.Codec
	Now         func() time.Time // real time
}

// Service keeps registered operations.
type Service struct {
	Config

	lock     sync.Mutex
	policies *simplelru.LRU[uuid.UUID, *Policy] // of tenants
}

// policiesKept bounds what is remembered; the largest has MostDocuments hashes.
const policiesKept = 4_000

// New makes the use case.
func New(c Config) *Service {
	s := &Service{Config: c}
	s.policies, _ = simplelru.NewLRU[uuid.UUID, *Policy](policiesKept, nil) // fails for sizes below one only
	return s
}

// Wanted is an operation to be registered; its text was found valid.
type Wanted struct{ Name, Text string }

// Add registers operations, all or none. One that is registered already keeps
// its hash and takes the name.
func (s *Service) Add(ctx context.Context, wanted []Wanted) ([]*Document, error) {
	v, err := s.atHand(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkWanted(wanted); err != nil {
		return nil, err
	}
	added := make([]*Document, len(wanted))
	err = s.Write(ctx, func(ctx context.Context, st Store) error {
		if err := s.Gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
			return err
		}
		for i, w := range wanted {
			added[i] = &Document{Hash: sha256.Sum256([]byte(w.Text)), Name: strings.TrimSpace(w.Name), Text: w.Text, AddedBy: v.User, AddedAt: s.Now()}
			if err := st.SaveTrustedDocument(ctx, added[i]); err != nil {
				return err
			}
			if err := audit.Record(ctx, "trustedDocument:add", "trustedDocument", added[i].ID, map[string]any{"name": added[i].Name}); err != nil {
				return err
			}
		}
		if n, err := st.TrustedDocumentCount(ctx); err != nil || n > MostDocuments {
			return orElse(err, fault.New(fault.DocumentsMost, "want", strconv.Itoa(MostDocuments)).At("documents"))
		}
		return st.TrustedChanged(ctx)
	})
	return added, err
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

func checkWanted(wanted []Wanted) error {
	var bad fault.List
	if len(wanted) == 0 || len(wanted) > mostAtOnce {
		bad = append(bad, fault.New(fault.Required, "want", "1–"+strconv.Itoa(mostAtOnce)).At("documents"))
	}
	for i, w := range wanted {
		if name := strings.TrimSpace(w.Name); name == "" || utf8.RuneCountInString(name) > mostName {
			bad = append(bad, fault.New(fault.Required, "want", "1–"+strconv.Itoa(mostName)).At("documents[%d].name", i))
		}
	}
	return bad.Err()
}

// Retire ends registrations, all or none: of one's own, and with the right to
// approve tokens of everybody's. A hash that is retired answers nobody at once.
func (s *Service) Retire(ctx context.Context, ids []uuid.UUID) ([]*Document, error) {
	v, err := s.atHand(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > mostAtOnce {
		return nil, fault.New(fault.Required, "want", "1–"+strconv.Itoa(mostAtOnce)).At("documents")
	}
	retired := make([]*Document, len(ids))
	err = s.Write(ctx, func(ctx context.Context, st Store) error {
		for i, id := range ids {
			d, err := st.TrustedDocumentByID(ctx, id)
			if err != nil {
				return fault.NotFoundAt(err, "documents["+strconv.Itoa(i)+"]")
			}
			if err := s.mayChange(ctx, v, d.AddedBy); err != nil {
				return err
			}
			at := s.Now()
			if err := st.RetireTrustedDocument(ctx, id, v.User, at); err != nil {
				return err
			}
			if err := audit.Record(ctx, "trustedDocument:retire", "trustedDocument", id, map[string]any{"name": d.Name}); err != nil {
				return err
			}
			d.RetiredAt, retired[i] = &at, d
		}
		return st.TrustedChanged(ctx)
	})
	return retired, err
}

// atHand refuses a token: what programs may ask is for people to say.
func (s *Service) atHand(ctx context.Context) (*viewer.Viewer, error) {
	if err := s.Gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
		return nil, err
	}
	v, err := viewer.From(ctx)
	if err == nil && v.Credential.Kind == viewer.Token {
		err = fault.New(fault.SessionNeeded)
	}
	return v, err
}

// mayChange lets people change what is theirs, and those who approve tokens
// change what is anybody's.
func (s *Service) mayChange(ctx context.Context, v *viewer.Viewer, owner uuid.UUID) error {
	if owner == v.User {
		return s.Gate.Require(ctx, authz.TokenWrite, uuid.Nil)
	}
	return s.Gate.Require(ctx, authz.TokenApprove, uuid.Nil)
}

// List gives a page of the registered operations, newest first; with retired
// those that were retired, instead.
func (s *Service) List(ctx context.Context, retired bool, args paging.Args) (page paging.Page[*Document], err error) {
	if err := s.Gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
		return page, err
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	scope := paging.Scope("trusted-documents", v.Tenant.String(), strconv.FormatBool(retired))
	w, err := s.Cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.Read(ctx, func(ctx context.Context, st Store) error {
		list, err := st.TrustedDocumentPage(ctx, retired, w)
		page = paging.Cut(list, w, func(d *Document) string { return s.Cursors.Encode(scope, paging.Text(d.ID.String())) })
		return err
	})
	return page, err
}

// ByID gives a document of the tenant.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (d *Document, err error) {
	if err := s.Gate.Require(ctx, authz.TokenWrite, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.Read(ctx, func(ctx context.Context, st Store) (err error) {
		d, err = st.TrustedDocumentByID(ctx, id)
		return err
	})
	return d, err
}
