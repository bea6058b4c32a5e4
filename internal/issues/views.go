package issues

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/template"
)

// What people decided about the accountability procedure (A41b).
const (
	Undecided             = ""
	AccountabilityOpened  = "opened"
	AccountabilityRefused = "declined"
)

// Issue is one problem to be put right by a date.
type Issue struct {
	ID             uuid.UUID
	Competition    uuid.UUID
	Round          *uuid.UUID
	Unit           uuid.UUID
	Number         int    // in the competition's list, from 1
	Item           string // key of the item it was found in; empty: none
	Title          string
	Place          string
	Base           exact.Number // points
	Responsible    *uuid.UUID
	Opened, Due    calendar.Date
	Stage          rectify.Stage
	Measure        string
	AnsweredBy     *uuid.UUID
	Closed         calendar.Date // zero while it is open
	Serious        bool          // a person found a serious effect on the whole township
	Accountability string
	Reason         string // of the decision on accountability
	OpenedBy       uuid.UUID
	Revision       int

	Assessment rectify.Assessment // as of today
	Detail     Detail
	Recurs     []uuid.UUID // earlier issues of the same problem at the same village, oldest first (E26)

	detailed bool // the detail was changed by the step under way
}

// Event is something that happened to an issue.
type Event struct {
	ID         uuid.UUID
	Issue      uuid.UUID
	Kind       string // opened | answered | returned | closed | accountability | planned | listed | lifted | revisited
	Note       string
	On         calendar.Date
	RecordedBy uuid.UUID
	RecordedAt time.Time
}

// Opening is what is entered to open an issue.
type Opening struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	UnitCode    string
	Item        string
	Title       string
	Place       string
	Base        exact.Number
	Due         calendar.Date
	Responsible *uuid.UUID
	Serious     bool

	Problem      string
	Visit        *uuid.UUID // it was found on
	Organisation *uuid.UUID // responsible beside the person
	Plan         string
	Evidence     []uuid.UUID // as found
}

// Filter narrows a list of issues. Units nil means all of the tenant.
type Filter struct {
	UnitCode    string
	Stage       *rectify.Stage
	Units       []uuid.UUID
	Competition *uuid.UUID
	Limited     *authz.Sight  // to the items of some dimensions; nil: to none
	Listed      bool          // under listed supervision only
	ReturnBy    calendar.Date // closed, and a return visit due by this day is still to come; zero: any
}

// Deduction is an account entry that an issue causes.
type Deduction struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Unit        uuid.UUID
	Issue       uuid.UUID
	Period      string // month of the opening or of the due date
	Points      exact.Number
	Rule        string // issues.base | issues.overdue
	Nth         int    // how many entries the issue has under the rule with this one; over 1 where every overdue round doubles
	PostedBy    uuid.UUID
	PostedAt    time.Time
}

// Posted is what was posted for an issue under one rule.
type Posted struct {
	Points  exact.Number // the sum, 0 or below
	Entries int
}

// Rules are by what the issues of a competition are assessed: those of the
// template that rules its newest period, and the days on which its rounds were
// held.
type Rules struct {
	Issues template.Issues
	Held   []calendar.Date
}

// Store is what the use cases need of one open transaction.
type Store interface {
	DetailStore
	IssueByID(ctx context.Context, id uuid.UUID) (*Issue, error)
	InsertIssue(ctx context.Context, i *Issue) error
	// UpdateIssue writes the issue whose stored revision is i.Revision and
	// counts it up; STALE_REVISION otherwise.
	UpdateIssue(ctx context.Context, i *Issue) error
	// LockIssues locks the list of a competition of the own tenant.
	LockIssues(ctx context.Context, competition uuid.UUID) error
	// NextIssueNumber gives the next number of a locked list.
	NextIssueNumber(ctx context.Context, competition uuid.UUID) (int, error)
	IssuePage(ctx context.Context, f Filter, w paging.Window) ([]*Issue, error)
	// IssuesSeen gives those of the ids that are of an item within a sight.
	IssuesSeen(ctx context.Context, sight authz.Sight, ids []uuid.UUID) ([]uuid.UUID, error)
	IssuesOf(ctx context.Context, competition uuid.UUID) ([]*Issue, error)
	InsertIssueEvent(ctx context.Context, e Event) error
	// IssueEvents lists by time; Units nil means of all villages.
	IssueEvents(ctx context.Context, issues, units []uuid.UUID) ([]Event, error)
	// RoundIsOf reports whether a round belongs to a competition.
	RoundIsOf(ctx context.Context, round, competition uuid.UUID) (bool, error)
	// UnknownPersons gives those of the ids that are no person of the tenant.
	UnknownPersons(ctx context.Context, ids []uuid.UUID) ([]uuid.UUID, error)
	// VillageByCode gives a current unit below the tenant's own.
	VillageByCode(ctx context.Context, code string) (uuid.UUID, error)
	// IssueRules gives the rules of each of some competitions; NOT_FOUND where one
	// has none.
	IssueRules(ctx context.Context, competitions []uuid.UUID) (map[uuid.UUID]Rules, error)
	// DeductionsOf sums what was posted for an issue, by rule.
	DeductionsOf(ctx context.Context, competition uuid.UUID) (map[uuid.UUID]map[string]Posted, error)
	InsertDeductions(ctx context.Context, all []Deduction) error
	CompetitionTrial(ctx context.Context, competition uuid.UUID) (bool, error)
}
