package round

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// State is where a round stands.
type State string

// The states, in the order a round walks them.
const (
	Planned     State = "planned"     // dated, nothing sent
	Notified    State = "notified"    // written notice issued
	Open        State = "open"        // marks are taken
	Closed      State = "closed"      // marks are complete and confirmed
	Computed    State = "computed"    // totals and ranks are kept
	Provisional State = "provisional" // announced (公示)
	Published   State = "published"   // approved (审定、通报)
	Cancelled   State = "cancelled"   // not held
)

// Round is one contest of a competition.
type Round struct {
	ID                uuid.UUID
	Tenant            uuid.UUID
	Competition       uuid.UUID
	TemplateVersion   uuid.UUID // pinned when the round opens
	Trial             bool
	Period            string // for example 2023-04; stays nominal when the day rolls over (Q3)
	Nominal           calendar.Date
	Held              calendar.Date
	State             State
	Venue             string
	Theme             string       // one round, one theme (C05)
	Form              string       // of the arena: meeting | onsite | project; empty: not said (C06)
	Notice            *RoundNotice // nil before it is issued
	RubricPublishedAt *time.Time
	OpenedAt          *time.Time // first opening: the roster and the rubric are fixed from then on
	ClosedAt          *time.Time
	AnnouncedAt       *time.Time
	ObjectionsUntil   calendar.Date // last day of the objection period; zero before the announcement
	PublishedRevision int           // 0 before the first publication
	CancelReason      string
	Revision          int // grows with every change; a stale one is refused
}

// RoundNotice is the written notice (书面通知) by which alone venue, date, items
// and groups are valid (A19, A20).
type RoundNotice struct {
	Number string        `json:"number"`
	Issued calendar.Date `json:"issued"`
	Venue  string        `json:"venue"`
	Held   calendar.Date `json:"held"`
	Text   string        `json:"text"`
	Items  []NoticeItem  `json:"items"`
	Groups []NoticeGroup `json:"groups"`
}

// NoticeItem is an item as the notice named it.
type NoticeItem struct {
	Key    string       `json:"key"`
	Name   string       `json:"name"`
	Points exact.Number `json:"points"`
}

// NoticeGroup is a review group as the notice named it; members are pseudonyms.
type NoticeGroup struct {
	Number  int      `json:"number"`
	Name    string   `json:"name"`
	Members []string `json:"members"`
}

// RubricItem is one item of the round's rubric, written by its owner (A07, A11).
type RubricItem struct {
	ID        uuid.UUID
	Round     uuid.UUID
	Position  int
	Key       string
	NameZh    string
	NameEn    string
	Dimension string
	Kind      template.ItemKind
	Points    exact.Number
	Criteria  string
	For       []string                // classes it is for; empty: everybody (B03)
	NA        string                  // full | redistribute
	Evidence  []string                // kinds of evidence (B04)
	Rule      template.ItemRule       // what only its kind has
	Channels  []template.ChannelSplit // weights that differ from the template's; empty: the template's
	Owner     uuid.UUID
	Revision  int
}

// Entry is one subject of a round's roster, fixed when it opens (A03).
type Entry struct {
	ID       uuid.UUID
	Round    uuid.UUID
	Subject  uuid.UUID // the contestant: a unit, a person, an organisation or a team
	Kind     template.SubjectKind
	Unit     uuid.UUID // the place: the unit itself, a person's or team's village, the tenant's unit for an organisation
	UnitCode string    // of the place
	Place    string    // shown name of the place
	Code     string    // the subject's id in bundles: a unit's code, a person's pseudonym, or the id of what has neither
	Position int
	Name     string         // on the date of the round; a person goes by place and post (C01)
	Track    string         // class that makes its track on that date (C04)
	Classes  []string       // all its classes on that date
	Links    []outcome.Link // people linked on that date, by pseudonym (A08)
	Absent   bool           // 未参评
	Reason   string
}

// IsUnit reports whether a kind of contestant is a unit of the tree.
func IsUnit(kind template.SubjectKind) bool {
	return kind != template.Person && kind != template.Organisation && kind != template.Team
}

// SubjectRef names a contestant of a round: by its id, or by its code in
// bundles, which for a unit is the statistical code. One of both is enough.
type SubjectRef struct {
	ID   uuid.UUID
	Code string
}

// Panel is a review group (A05). Empty items, channels or units mean all.
type Panel struct {
	ID          uuid.UUID
	Round       uuid.UUID
	Number      int
	Name        string
	Items       []string
	Channels    []string
	Units       []uuid.UUID // places or contestants
	Subjects    []uuid.UUID // those of Units that are no places; known where groups are read
	SubjectKind template.SubjectKind
	Members     []PanelMember
	Warnings    fault.List // markers who have a village, and close rivals (A09)
}

// How a seconded cadre was chosen (Q32).
const (
	ChosenAssigned = "assigned"
	ChosenRotation = "rotation"
	ChosenDraw     = "draw"
)

// PanelMember is a person in a review group.
type PanelMember struct {
	ID        uuid.UUID
	Panel     uuid.UUID
	Person    uuid.UUID
	Pseudonym string
	Seconded  bool   // 抽调 (A06)
	Observer  bool   // beside the group, without marks (Q33)
	Chosen    string // ChosenAssigned | ChosenRotation | ChosenDraw
	Seed      string // of the draw
}

// Reception is one ledger checked in at the venue (A21).
type Reception struct {
	ID          uuid.UUID
	Round       uuid.UUID
	Subject     uuid.UUID
	SubjectKind template.SubjectKind
	Unit        uuid.UUID
	DeliveredBy uuid.UUID
	ReceivedBy  uuid.UUID
	ReceivedAt  time.Time
	Note        string
}

// MarkState is where a mark stands with its second person.
type MarkState string

// The states of a mark.
const (
	MarkEntered    MarkState = "entered"    // waits for confirmation
	MarkConfirmed  MarkState = "confirmed"  // by a second person
	MarkRejected   MarkState = "rejected"   // must be corrected
	MarkSuperseded MarkState = "superseded" // replaced by a correction
)

// Mark is one judge's mark; it is never changed, only superseded.
type Mark struct {
	ID           uuid.UUID
	Round        uuid.UUID
	Item         string
	Channel      string
	Subject      uuid.UUID
	SubjectKind  template.SubjectKind
	Unit         uuid.UUID // the subject's place
	Judge        uuid.UUID
	JudgeAlias   string // pseudonym of the judge
	Value        exact.Number
	Detail       *scoring.Detail // what a mark of a kind other than points says; Value is what it comes to
	EnteredBy    uuid.UUID
	EnteredAt    time.Time
	Supersedes   *uuid.UUID
	Reason       string // why it corrects an earlier one
	SupersededBy *uuid.UUID
	State        MarkState
	Rejection    string // why it was rejected
	ReviewedBy   *uuid.UUID
	ReviewedAt   *time.Time
}

// Decisions about an absent subject or a missing mark (Q13).
const (
	DecideUnranked = "unranked"
	DecideZero     = "zero"
)

// MissingDecision is what people decided about a subject that is absent or
// lacks a mark (Q13).
type MissingDecision struct {
	ID          uuid.UUID
	Round       uuid.UUID
	Subject     uuid.UUID
	SubjectKind template.SubjectKind
	Unit        uuid.UUID
	Item        string // empty: the whole subject; parts.<key>: a part of a total that has parts
	Channel     string
	Decision    string // DecideUnranked | DecideZero
	Reason      string
	DecidedBy   uuid.UUID
	DecidedAt   time.Time
}

// Answer is what a step with a round gives: the round as it stands now, and
// hints that stopped nothing.
type Answer struct {
	Round    *Round
	Warnings fault.List
}

// Blocked is the refusal of a transition. It lists every blocker, with a code
// and the ids of the units concerned as subjects.
type Blocked struct{ Blockers fault.List }

// Error joins the messages of all blockers.
func (b *Blocked) Error() string { return b.Blockers.Error() }

// Unwrap gives the list, so that fault.All and errors.Is look inside.
func (b *Blocked) Unwrap() error { return b.Blockers }

func blocked(l fault.List) error {
	if len(l) == 0 {
		return nil
	}
	return &Blocked{l}
}
