package facts

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Published reads what was published of the tenants that the viewer reads;
// trials are nowhere in it.
type Published interface {
	// FactHeads lists publications by the moment they were published and their
	// id, without rows.
	FactHeads(ctx context.Context, q HeadQuery) ([]*Publication, error)
	// FactRows fills the rows of publications in, in the order of the codes of
	// their places.
	FactRows(ctx context.Context, of []*Publication, unitCode string, items bool) error
	// FactRubrics fills in what the public bundles say, items and consequences, and
	// what was kept for comparison, scores by dimension and counts of issues.
	FactRubrics(ctx context.Context, of []*Publication) error
	// FactPlace tells the newest publication of each tenant that the viewer reads.
	FactPlace(ctx context.Context) (Since, error)
}

// HeadQuery narrows a list of publications.
type HeadQuery struct {
	Filter
	Since    Since
	Least    *HeadKey // not before this one
	Most     *HeadKey // not after this one
	Except   uuid.UUID
	Backward bool // from the end
	Limit    int  // 0: all
}

// HeadKey is a publication's place in the list.
type HeadKey struct {
	At time.Time
	ID uuid.UUID
}

// Publication is one revision of a round's result with what its facts share.
type Publication struct {
	ID, Tenant, Round, Competition uuid.UUID
	CompetitionName, Period        string
	Held                           calendar.Date
	Revision                       int
	Superseded                     bool
	Audience                       string
	PublishedAt                    time.Time
	PublishedOn                    calendar.Date // in the publisher's time zone
	Publisher, PublisherCode       string
	Demo                           bool
	Template                       string
	TemplateVersion                int
	Show                           string // ranking.show of the template (G8)
	BestBands, WorstBands          []string
	Size                           int    // how many rows the filter leaves
	Names                          string // digest of the rows' places, which may be renamed
	Within                         bool   // the publisher is at or below the unit of the filter

	Rows     []*Row
	Rubric   []RubricItem
	Outcomes []OutcomeCount
	Scores   compare.Total // of the ranked contestants in the order of their ranks
	Issues   *Issues       // nil: not counted
}

// Issues counts the issues of a competition as they stood at a publication.
type Issues struct{ Opened, Closed, Overdue int }

// Row is one contestant's line of the board.
type Row struct {
	Unit       uuid.UUID
	UnitCode   string
	Place      string // shown name of the place
	Kind       template.SubjectKind
	Subject    uuid.UUID
	Code, Name string
	Total      string // with its decimals; empty: not shown, or not ranked
	Rank       *int
	Nth        int // among the ranked of the publication, from 1
	Change     *int
	Track      string
	TrackRank  *int
	Percentile *exact.Number
	Light      string
	Parts      []PartValue
	Grades     []GradeOf
	Bands      []string
	Unranked   string // absent | unmarked | vetoed
	Items      []ItemScore
}

// PartValue is the value of a part of the total.
type PartValue struct {
	Key   string       `json:"key"`
	Value exact.Number `json:"value"`
}

// GradeOf is a grade on one scale.
type GradeOf struct {
	Scale string `json:"scale"`
	Grade string `json:"grade"`
}

// ItemScore is what an item contributes to the total.
type ItemScore struct {
	Key   string
	Value exact.Number
	Shown string // four decimals
	Rule  string // how, as the trace tells it
}

// RubricItem is an item of the round.
type RubricItem struct {
	Key       string `json:"key"`
	Name      string `json:"name"` // in Chinese
	Dimension string `json:"dimension"`
}

// OutcomeCount is how many consequences of a kind were proposed for a contestant.
type OutcomeCount struct {
	Subject string `json:"subject"`
	Kind    string `json:"kind"`
	Count   int    `json:"count"`
}
