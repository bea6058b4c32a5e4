package teams

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/posting"
)

// Demand is what a village is sent.
type Demand struct {
	ID             uuid.UUID
	Competition    uuid.UUID
	Unit           uuid.UUID
	Classes        []string // of the village on the day of planning
	FirstSecretary bool
	Team           bool
	MinMembers     int
	ExistingTeam   bool       // a team is there already and is included whole (D02)
	Bound          *uuid.UUID // the unit bound to the village (D39)
	Cluster        string     // villages developed together (D40)
	Funds          string     // how funds are adjusted by population and need (D37)
	PlannedOn      calendar.Date
	Revision       int

	Secretary bool // somebody serves as first secretary now
	Members   int  // team members who serve now
}

// Short is how many members the team lacks now; 0 where none is asked for.
func (d *Demand) Short() int { return max(0, d.MinMembers-d.Members) }

// Facts are what a selection check needs to know of a person, and no more.
type Facts struct {
	Person           uuid.UUID
	Born             calendar.Date
	FullMemberSince  calendar.Date // zero: no full member
	WorkSince        calendar.Date // zero: not known
	Rank             posting.Rank
	GrassrootsMonths *int // nil: not stated
	PreferredUnit    bool
	RuralExpertise   bool
	Political        *bool // declarations: yes, no or not handed in (D06)
	Health           *bool
	Revision         int // 0: nothing recorded yet
}

// of makes the rule's input; the role is the nomination's.
func (f *Facts) of(role posting.Role) posting.Facts {
	months := -1
	if f.GrassrootsMonths != nil {
		months = *f.GrassrootsMonths
	}
	return posting.Facts{Role: role, Born: f.Born, FullMemberSince: f.FullMemberSince, WorkSince: f.WorkSince, Rank: f.Rank,
		GrassrootsMonths: months, PreferredUnit: f.PreferredUnit, RuralExpertise: f.RuralExpertise}
}

// Posting is a nomination and what becomes of it.
type Posting struct {
	ID          uuid.UUID
	Tenant      uuid.UUID
	Competition uuid.UUID
	Demand      uuid.UUID
	Trial       bool
	Unit        uuid.UUID
	Person      uuid.UUID
	Pseudonym   string
	Role        posting.Role
	Stage       posting.Stage
	Sender      uuid.UUID // sending unit
	Liaison     *uuid.UUID
	Mentor      *uuid.UUID
	Replaces    *uuid.UUID // the posting that was recalled (D29)
	SelectedOn  calendar.Date
	MinDays     int           // days a month (D24)
	From, Last  calendar.Date // zero before the posting; Last is the last day
	Checklist
	Revision int
}

// Checklist is what goes with a posting (D11–D13).
type Checklist struct {
	Detached         bool          // fully detached from the sending unit
	PartyMovedOn     calendar.Date // zero: not yet
	OutsideHeadcount bool          // outside the village's headcount
	RecordedOn       calendar.Date // in the personal file; zero: not yet
}

// Term is the time of service.
func (p *Posting) Term() posting.Term { return posting.Term{From: p.From, Last: p.Last} }

// Check is a selection check with its reasons; the facts are not copied.
type Check struct {
	ID      uuid.UUID
	Posting uuid.UUID
	On      calendar.Date
	Reasons []posting.Reason
	Flags   []posting.Flag
	By      uuid.UUID
	At      time.Time
}

// Step is a recorded step.
type Step struct {
	ID      uuid.UUID
	Posting uuid.UUID
	posting.Step
	Responsibility string // recall: what was traced back to the unit (D29)
	RecordedBy     uuid.UUID
	RecordedAt     time.Time
}

// Month is a month of days in the village, as stated in its last correction.
type Month struct {
	ID        uuid.UUID
	Posting   uuid.UUID
	Month     calendar.Period
	Days      int
	Excused   int // days of approved leave, shown apart and never counted as present (Q23)
	Corrected bool
	StatedAt  time.Time
	Partial   bool          // the term covers only part of the month
	State     posting.State // "" for a partial month
}

// Leave is approved leave.
type Leave struct {
	ID         uuid.UUID
	Posting    uuid.UUID
	First      calendar.Date
	Last       calendar.Date // inclusive
	ApprovedBy uuid.UUID
	ApprovedAt time.Time
}

// Figures are what was entered for one milestone and period.
type Figures struct {
	ID        uuid.UUID
	Posting   uuid.UUID
	Milestone string
	Label     string
	Values    map[string]exact.Number
	Source    string
	EnteredBy uuid.UUID
	EnteredAt time.Time
}

// Event is a symposium, observation or training for all, or a visit or hearing
// of the sending unit for one.
type Event struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Posting     *uuid.UUID
	Kind        string // of posting's duties
	On          calendar.Date
	Note        string
	RecordedBy  uuid.UUID
	RecordedAt  time.Time
	ConfirmedBy *uuid.UUID // a unit's visit or hearing counts once its liaison confirmed
}

// Inspection is a half-yearly special inspection: yes or no to four questions.
type Inspection struct {
	ID         uuid.UUID
	Posting    uuid.UUID
	Label      string // 2022-H1
	On         calendar.Date
	Conduct    bool // 作风
	Service    bool // 为民
	Discipline bool // 纪律
	Results    bool // 实绩
	Bars       bool // keeps the person from the best grade
	Record     string
	Reason     string // of a correction
	RecordedBy uuid.UUID
	RecordedAt time.Time
	Supersedes *uuid.UUID
}

// Support is whether allowance and insurance were there in a period (D38).
type Support struct {
	ID         uuid.UUID
	Posting    uuid.UUID
	Period     calendar.Period
	Allowance  bool
	Insurance  bool
	RecordedBy uuid.UUID
	RecordedAt time.Time
}

// Grade is a published annual grade of a person.
type Grade struct {
	Year  int
	Scale string
	Grade string
}

// Record is everything about one posting that the viewer may see.
type Record struct {
	Posting     *Posting
	Checks      []Check
	Steps       []Step
	Months      []Month
	DaysTotal   int
	Leaves      []Leave
	Targets     []posting.Targets
	Duties      []posting.Owed
	Events      []Event
	Inspections []Inspection
	Supports    []Support
	Grades      []Grade
	Attachment  bool // an attachment post is due (D35); told to those who run postings
}

// Outstanding is somebody with the best grade, and for how many years running
// (D34, D36).
type Outstanding struct {
	Pseudonym string
	Posting   uuid.UUID
	Years     []int
	Running   int  // greatest number of years in a row
	Prefer    bool // two or more: preferred for promotion
}

// Filter narrows a list of postings. Of set: only those of this person, as the
// one posted, liaison or mentor.
type Filter struct {
	Competition uuid.UUID
	Stage       posting.Stage // empty: all
	Of          uuid.UUID
}
