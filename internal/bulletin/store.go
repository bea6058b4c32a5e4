package bulletin

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/rectify"
	"leitai/internal/template"
)

// Store is what papers are drawn from. An id that is unknown or may not be
// known is NOT_FOUND.
type Store interface {
	PublishedSheet(ctx context.Context, publication uuid.UUID) (*PublishedSheet, error)
	RoundSheet(ctx context.Context, round uuid.UUID) (*RoundSheet, error)
	RollupSheet(ctx context.Context, rollup uuid.UUID) (*RollupSheet, error)
	CompetitionFrame(ctx context.Context, competition uuid.UUID) (*Frame, error)
	// MarkingGrid is NOT_FOUND for a round without a notice.
	MarkingGrid(ctx context.Context, round uuid.UUID) (*Grid, error)
	KeptForms
	// IssueLines lists a competition's issues by number.
	IssueLines(ctx context.Context, competition uuid.UUID) ([]IssueLine, error)
	// GroundOf reads what was seen around a round, and the issues up to a day.
	GroundOf(ctx context.Context, round uuid.UUID, until calendar.Date) (*GroundSheet, error)
	// VillageSheet is NOT_FOUND for a village that no round of the competition has.
	VillageSheet(ctx context.Context, competition uuid.UUID, code string) (*VillageSheet, error)
	PollSheet(ctx context.Context, poll uuid.UUID) (*PollSheet, error)
	// ReportSheet is NOT_FOUND for a hand-in of another tenant.
	ReportSheet(ctx context.Context, submission uuid.UUID) (*ReportSheet, error)
	// RulingTemplate is the one in force for a competition in a period.
	RulingTemplate(ctx context.Context, competition uuid.UUID, period string) (*template.Document, error)
	// CasesOf lists the issues of villages outside of trials, by which problems
	// are known again (E26).
	CasesOf(ctx context.Context, units []uuid.UUID) ([]rectify.Case, error)
	// NamesOf gives the names of the tenant's persons with these pseudonyms; one
	// whose name was erased is left out.
	NamesOf(ctx context.Context, pseudonyms []string) (map[string]string, error)
	// Pseudonymous gives the persons of the tenant with these pseudonyms.
	Pseudonymous(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error)
}

// KeptForms are an office's own forms.
type KeptForms interface {
	// ReplaceForm keeps a form and retires the one of its kind and name.
	ReplaceForm(ctx context.Context, f *Form) error
	OfficeForms(ctx context.Context) ([]*Form, error) // without their bodies
	OfficeForm(ctx context.Context, id uuid.UUID) (*Form, error)
	RetireForm(ctx context.Context, id, by uuid.UUID, at time.Time) error
}

// PublishedSheet is a publication with its public bundle.
type PublishedSheet struct {
	Frame
	Round          uuid.UUID
	Period         string
	Held           calendar.Date
	Venue          string
	Revision       int
	Reason         string
	Audience       string
	BulletinNumber string
	ApproverRole   string
	PublishedAt    time.Time
	Bundle         []byte
	Hash           string
}

// RoundSheet is a round whose notice was issued.
type RoundSheet struct {
	Frame
	Period   string
	Nominal  calendar.Date
	Held     calendar.Date
	Venue    string
	Number   string
	Issued   calendar.Date
	Text     string
	Template *template.Document
	Subjects []string
	Items    []RoundItem
	Groups   []RoundGroup
}

// RoundItem is an item as the notice named it, with what the rubric says of it
// where the viewer may read the rubric.
type RoundItem struct {
	Key       string
	Name      string
	Dimension string
	Points    exact.Number
	Criteria  string
	Owner     string // role or post of the leader in charge
	Split     []template.ChannelSplit
}

// RoundGroup is a review group as the notice named it; people are named by
// pseudonym, and not at all where the viewer may not read the groups.
type RoundGroup struct {
	Name     string
	Members  []string
	Seconded []string
	Items    []string
}

// ReportSheet is a hand-in kept as text.
type ReportSheet struct {
	Frame
	Competing  uuid.UUID // the competition
	Unit       uuid.UUID
	Place      string // the unit's name
	Person     string // pseudonym of the person who is asked; "" for a unit or organisation
	Holder     string // name of the organisation that is asked; ""
	Year       string // in which it was due
	Document   string // key in the template
	HandedOn   calendar.Date
	Published  bool // made known to a circle (E19)
	Parts      []ReportPart
	Characters int
}

// ReportPart is one part of a report, by its key.
type ReportPart struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// RollupSheet is a roll-up with the rounds it was made from.
type RollupSheet struct {
	Frame
	Key         string
	From, To    string
	PublishedAt time.Time
	Template    *template.Document
	Rounds      []RolledRound
	Lines       []RolledLine
	Cancelled   int
	Issues      []rectify.Issue // opened in the span
	Talks       int
	Money       []RolledMoney
	Accounts    map[string]exact.Number // balances of villages by unit code
}

// RolledRound is one published round of the span.
type RolledRound struct {
	Period string
	Held   calendar.Date
	Totals map[string]string // by unit code, with fixed decimals; absent: not ranked
	Ranks  map[string]int
	Bands  map[string][]string
	Bundle []byte // public bundle, for the items
}

// RolledLine is one village of the roll-up, by rank.
type RolledLine struct {
	Code, Name string
	Value      exact.Number
	Rank       int
}

// RolledMoney is one money outcome of the roll-up.
type RolledMoney struct {
	Name    string
	Rank    int
	Penalty bool
	State   string
	Amount  *exact.Number
	Minutes string
}
