package round

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// Audience is who may see a publication (Q35).
type Audience string

// The audiences, narrow to wide.
const (
	AudiencePerson   Audience = "person"
	AudienceTownship Audience = "township"
	AudienceCounty   Audience = "county"
	AudiencePublic   Audience = "public"
)

// Publication is a frozen revision of a round's result (审定、通报).
type Publication struct {
	ID             uuid.UUID
	Tenant         uuid.UUID
	Round          uuid.UUID
	Revision       int // from 1
	Trial          bool
	Superseded     bool // a later revision replaced it (Q30)
	Audience       Audience
	Bundle         string // the public bundle, as signed
	Hash           string // of the public bundle, printed on the bulletin
	SealedHash     string
	BulletinNumber string
	Comment        string
	Reason         string // of a revision after the first
	ApprovedBy     uuid.UUID
	ApproverRole   string
	PublishedAt    time.Time
}

// Board is a published result: every subject with its total and rank.
type Board struct {
	Tenant      uuid.UUID
	Round       uuid.UUID
	Competition uuid.UUID
	Period      string
	Held        calendar.Date
	Trial       bool
	Publication uuid.UUID
	Revision    int
	Superseded  bool
	Audience    Audience
	Show        string   // of the template: ranks | bands | top-only | none (G8)
	BestBands   []string // keys of the template's bands of the best
	WorstBands  []string // and of the worst
	Hash        string
	PublishedAt time.Time
	Rows        []BoardRow // by position: the ranked by rank, then those not ranked
	masked      bool       // persons were taken off for the viewer
	Host        *Host      // whose board it is, when the viewer reads nothing else of that tenant
}

// Host is what somebody outside its line of tenants learns of a tenant that
// published to a wide audience (Q35).
type Host struct {
	Kind, Name       string
	Unit             uuid.UUID
	Region, TimeZone string
	Demo             bool
}

// BoardRow is one subject on a board.
type BoardRow struct {
	Subject     uuid.UUID
	Kind        template.SubjectKind
	Unit        uuid.UUID // the place
	UnitCode    string    // the subject's id in bundles: a unit's code, or what stands for one
	Place       string    // shown name of the place
	Name        string    // on the date of the round
	Total       *exact.Number
	Shown       string // Total with its fixed decimals; empty when not ranked
	Rank        *int
	RankIfExact *int // Q11's other reading
	Change      *int // ranks gained against the previous held round
	Bands       []string
	Streaks     []contest.StreakCount
	RankLow     *int   // best rank when any one judge is left out
	RankHigh    *int   // worst
	Unranked    string // absent | unmarked | vetoed; empty when ranked
	Track       string
	TrackRank   *int          // inside the track
	Percentile  *exact.Number // of the track; nil in a track of one
	Light       string        // key of the legend's step (B22)
	Parts       []contest.PartValue
	Grades      []RowGrade
	Vetoes      []string // keys of the veto items that were applied (G11)
}

// RowGrade is a subject's grade on one scale.
type RowGrade struct {
	Scale    string `json:"scale"`
	Grade    string `json:"grade"`              // empty: none
	Decision string `json:"decision,omitempty"` // own: decided here | superior: proposed upward (E11)
	Rule     string `json:"rule,omitempty"`     // why
}

// Standing is a row of a publication as it is stored, with the public trace.
type Standing struct {
	BoardRow
	Position int
	Trace    *contest.Trace // channel values and above: no mark, no judge
}

// Computation is what was last computed for a round.
type Computation struct {
	Round      uuid.UUID
	Rules      int
	Input      string // canonical, to tell whether it changed
	Result     *contest.Result
	ComputedBy uuid.UUID
	ComputedAt time.Time
}

// Preview is a dry run: what would be computed now, and the difference to what
// was last computed or published.
type Preview struct {
	Result   *contest.Result
	Rows     []BoardRow
	Against  string // computation | publication; empty when there is nothing to compare with
	Changes  []PreviewChange
	Blockers fault.List // what stops the computation from being kept
}

// Kinds of change.
const (
	ChangeTotal   = "total"
	ChangeRank    = "rank"
	ChangeBand    = "band"
	ChangeOutcome = "outcome"
)

// PreviewChange is one difference; an empty side means "not there".
type PreviewChange struct {
	Subject  uuid.UUID
	Of       template.SubjectKind // what the subject is
	Unit     uuid.UUID
	UnitCode string
	Name     string
	Kind     string // ChangeTotal | ChangeRank | ChangeBand | ChangeOutcome
	From     string
	To       string
	Proposed *Proposed // ChangeOutcome: what goes or comes
}

// Proposed is an outcome that a result proposes, with the points it would post.
type Proposed struct {
	Proposal outcome.Proposal
	Shares   []phrase.Share
}

// Bundles are the two signed forms of a publication.
type Bundles struct {
	Sealed, SealedHash string // with every mark, for auditors
	Public, PublicHash string // from channel values on; the hash is printed on the bulletin
}

// Seal computes an input and signs it in both forms. The same input always
// gives the same bundles.
type Seal func(in contest.Input) (Bundles, *contest.Result, error)

// Settlement is a publication as handed over to what follows from it. It is
// plain data, so that use cases with types of their own can take what they need.
type Settlement struct {
	Tenant      uuid.UUID
	Competition uuid.UUID
	Round       uuid.UUID
	Period      string
	Held        calendar.Date
	Revision    int // of the publication, from 1
	ApprovedBy  uuid.UUID
	At          time.Time
	Template    *template.Document
	Result      *contest.Result
	Previous    *contest.Result      // of the revision before; nil for the first
	Units       map[string]uuid.UUID // places, by the subject's id in the result
	Persons     map[string]uuid.UUID // by pseudonym
	Subjects    map[string]uuid.UUID // contestants, by the subject's id in the result

	Publication uuid.UUID
	Audience    Audience
	OpenedAt    *time.Time    // the round
	Input       contest.Input // what the result was computed from, in the sealed form
}
