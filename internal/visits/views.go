package visits

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
)

// Round is what an observation knows of its round.
type Round struct {
	ID, Competition uuid.UUID
	Trial           bool
	State           string
	Period          string
	Held            calendar.Date
	Stages          []string // keys of the steps, in order (C07)
	Subjects        []Subject
}

// Subject is a contestant and the place where it is visited.
type Subject struct {
	Unit, Subject uuid.UUID
	Name          string
}

// Visit is one stop of a route, or an unannounced visit.
type Visit struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Round       *uuid.UUID
	Trial       bool
	Unit        uuid.UUID
	Position    int           // on the route, from 1; 0 for unannounced visits
	PlannedOn   calendar.Date // zero never
	VisitedOn   calendar.Date // zero: not yet
	Unannounced bool
	Lead        *uuid.UUID
	Note        string
	Revision    int
}

// Stop is one stop of a route as it is planned; its place in the list is its
// position.
type Stop struct {
	UnitCode  string
	PlannedOn calendar.Date
	Lead      *uuid.UUID
	Note      string
}

// Presence is whether somebody who had to come did.
type Presence string

// The presences; excused needs a reason.
const (
	Present Presence = "present"
	Excused Presence = "excused"
	Absent  Presence = "absent"
)

// Attendance is one person's presence at a visit, or at a step of a round.
type Attendance struct {
	ID         uuid.UUID
	Round      *uuid.UUID
	Visit      *uuid.UUID
	Stage      string
	Person     uuid.UUID
	Role       string // the post in which the person had to come
	Status     Presence
	Note       string
	RecordedBy uuid.UUID
	RecordedAt time.Time
}

// Muster is who had to come and who did: those due without a statement are
// unrecorded.
type Muster struct {
	Lines                               []Attendance
	Due, Present, Excused, Absent, Open int
	Unrecorded                          []Due
}

// Due is somebody who has to come, in the first of the posts that ask for it.
type Due struct {
	Person uuid.UUID
	Role   string
}

// StageRecord is a step that was taken, or left out for a reason.
type StageRecord struct {
	ID         uuid.UUID
	Round      uuid.UUID
	Unit       *uuid.UUID // nil: the step of all
	Subject    *uuid.UUID
	Stage      string
	DoneOn     calendar.Date
	Skipped    bool
	Note       string
	RecordedBy uuid.UUID
	RecordedAt time.Time
}

// Comment is what somebody said about one contestant.
type Comment struct {
	ID            uuid.UUID
	Round         uuid.UUID
	Unit, Subject uuid.UUID
	By            uuid.UUID
	Role          string // the post of the commentator on that day
	Text          string
	On            calendar.Date
	RecordedBy    uuid.UUID
	RecordedAt    time.Time
	Revision      int
}

// Meeting is the review meeting of a round (点评会).
type Meeting struct {
	ID            uuid.UUID
	Round         uuid.UUID
	HeldOn        calendar.Date
	Place         string
	Chair         uuid.UUID
	Minutes       string
	MinutesNumber string
	RecordedBy    uuid.UUID
	RecordedAt    time.Time
	Revision      int
}

// Measure is one measure of supervision (B19).
type Measure struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Round       *uuid.UUID
	Unit        uuid.UUID
	Kind        MeasureKind
	Basis       string
	HappenedOn  calendar.Date
	Number      string // of the letter or bulletin
	Record      string
	Points      exact.Number // 0 or below; feeds a score (B20)
	Visit       *uuid.UUID
	Issue       *uuid.UUID
	EnteredBy   uuid.UUID
	EnteredAt   time.Time

	WithdrawnBy *uuid.UUID
	WithdrawnAt *time.Time
	Reason      string // of the withdrawal
}

// MeasureKind is a tool of supervision.
type MeasureKind string

// The tools (B19).
const (
	UnannouncedVisit MeasureKind = "unannounced-visit" // 实地暗访
	Listed           MeasureKind = "listed"            // 挂牌督办
	Talk             MeasureKind = "talk"              // 约谈
	InquiryLetter    MeasureKind = "inquiry-letter"    // 函询
	Bulletin         MeasureKind = "bulletin"          // 下发通报
)

// Inspection is one entry on the county's calendar: a round, or a visit.
type Inspection struct {
	Tenant          uuid.UUID
	Host            string // its name
	HostKind        string // township | county | prefecture
	Competition     uuid.UUID
	CompetitionName string
	Round           *uuid.UUID
	Visit           *uuid.UUID
	Unit            *uuid.UUID // of a visit; nil: every village of the tenant
	On              calendar.Date
	State           string   // of a round; planned or visited of a visit
	Subject         string   // kind of contestant of the competition
	Overlaps        []string // names of other competitions that come to the same place in the month
	Hidden          bool     // an unannounced visit that is still to come
}

// InspectionMeeting is a month in which several programmes inspect one place.
type InspectionMeeting struct {
	Tenant   uuid.UUID
	Host     string
	Unit     *uuid.UUID // nil: every village of the tenant
	Month    string     // 2023-05
	Programs []string   // names of competitions
}
