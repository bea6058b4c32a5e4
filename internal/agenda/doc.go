// Package agenda owns what somebody's day begins with: what is due next for the
// viewer, by when, how much of it, and what blocks it. It gathers this from the
// rounds in progress and from what waits for a decision, in a number of
// statements that does not grow with the work that waits.
//
// It does not own how anything is done or decided (the use cases do), what blocks
// a step (round, through Ahead), or the statements (postgres implements Store).
package agenda

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Bounds of an agenda.
const (
	MostRounds = 10 // in progress, that are told
	LookedInto = 3  // of them, whose blockers are asked: each takes some statements
	daysAhead  = 45 // a planned round is told from so long before its day
)

// Kind is what is to be done.
type Kind string

// The kinds.
const (
	RoundStep      Kind = "round-step"
	MarksToGive    Kind = "marks-to-give"
	MarksToConfirm Kind = "marks-to-confirm"
	FiguresConfirm Kind = "figures-to-confirm"
	GradesApprove  Kind = "grades-to-approve"
	Objections     Kind = "objections-to-decide"
	Outcomes       Kind = "outcomes-to-confirm"
	Findings       Kind = "findings-to-decide"
	MoneyDecide    Kind = "money-to-decide"
	MoneyApprove   Kind = "money-to-approve"
	MoneyPay       Kind = "money-to-pay"
	Tasks          Kind = "tasks-to-do"
	IssuesAnswer   Kind = "issues-to-answer"
	IssuesVerify   Kind = "issues-to-verify"
)

// Entry is something that is due.
type Entry struct {
	Kind       Kind
	Round      uuid.UUID // uuid.Nil: of no single one
	Next       string    // state that a round is to reach; RoundStep only
	Permission authz.Permission
	Mine       bool          // whether the viewer holds it
	Due        calendar.Date // zero: no day is set
	Overdue    bool
	Count      int
	Known      bool       // whether Blockers were looked into and may be told
	Blockers   fault.List // of a step
}

// Round is a round in progress.
type Round struct {
	ID     uuid.UUID
	State  string
	Held   calendar.Date
	Until  calendar.Date // end of the objection period; zero before the announcement
	Member bool          // whether the viewer sits in one of its groups
}

// Waiting is a number of things of a kind that wait.
type Waiting struct {
	Kind  Kind
	Round uuid.UUID     // uuid.Nil: of no single one
	Due   calendar.Date // of the first; zero: none
	Count int
}

// Asked is which kinds are counted for whom.
type Asked struct {
	Person uuid.UUID // what somebody did does not wait for the same person
	Kinds  []Kind
	// Units narrow a kind to some villages; one that is not there is of all.
	Units map[Kind][]uuid.UUID
}

// Store is what the use case needs of one open transaction, of the own tenant:
// one statement each.
type Store interface {
	// RoundsUnderWay lists rounds that are neither published nor cancelled and are
	// held by a day, the earliest first.
	RoundsUnderWay(ctx context.Context, person uuid.UUID, by calendar.Date, most int) ([]Round, error)
	WorkWaiting(ctx context.Context, a Asked) ([]Waiting, error)
}

// Gate decides what the viewer of a context may do.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Scope(ctx context.Context, p authz.Permission) []uuid.UUID
	Sight(ctx context.Context, p authz.Permission) authz.Sight
}

// Outlook is what round says of what comes next.
type Outlook struct {
	Known    bool
	Blockers fault.List
	ToGive   int
}

// Config is what the use case leans on.
type Config struct {
	Read  func(ctx context.Context, do func(ctx context.Context, s Store) error) error
	Gate  Gate
	Now   func() time.Time
	Next  func(state string) string // the state that follows; "" for none
	Ahead func(ctx context.Context, rounds []uuid.UUID) (map[uuid.UUID]Outlook, error)
}

// Service is the use case.
type Service struct{ Config }

// New makes the use case.
func New(c Config) *Service { return &Service{c} }
