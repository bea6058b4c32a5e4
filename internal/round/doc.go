// Package round owns one contest from its rubric to its published result: who
// writes which item, the written notice, review groups and seconded cadres,
// the roster, ledgers, marks and their second person, missing parts, closing,
// computing, announcing, publishing and correcting, and the reading of boards
// and explanations.
//
// It does not own how marks become ranks and outcomes (contest), when rounds
// are held (programme, calendar), what follows from a published result
// (consequences, which is handed every publication in its transaction), who
// holds which role (authz), or storage: it declares the store it needs, and
// postgres implements it.
package round

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	Anywhere(ctx context.Context, p authz.Permission) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Roles(ctx context.Context, unit uuid.UUID) []authz.Role
	Sight(ctx context.Context, p authz.Permission) authz.Sight
	Since(ctx context.Context, p authz.Permission, unit uuid.UUID) (from time.Time, held bool)
}

// Work runs one transaction on the store. A transaction that fails because
// another one came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Settle carries a publication's outcomes over to what follows from it. It is
// called inside the publishing transaction, and writes in that one.
type Settle func(ctx context.Context, of Settlement) error

// Config is what the use cases of a round lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
	Seal        Seal         // computes and signs bundles
	Settle      Settle       // takes over the outcomes of a publication
	Cursors     paging.Codec // of lists
	Public      PublicWork
	LinkKeys    func() [][]byte // that sign links to public results: the first signs, all verify
	// Refused is told each obstacle that kept a round from being published, for
	// metrics; nil tells nobody.
	Refused func(code string)
}

// Service is the use cases of a round.
type Service struct {
	write, read Work
	gate        Gate
	now         func() time.Time
	seal        Seal
	settle      Settle
	cursors     paging.Codec
	public      PublicWork
	links       linkSigner
	refused     func(code string)
}

// New makes the use cases.
func New(c Config) *Service {
	return &Service{write: c.Write, read: c.Read, gate: c.Gate, now: c.Now, seal: c.Seal, settle: c.Settle, cursors: c.Cursors,
		public: c.Public, links: linkSigner{c.LinkKeys}, refused: c.Refused}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
