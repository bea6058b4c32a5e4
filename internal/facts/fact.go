package facts

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/template"
)

// Measure is what a fact tells. Its name is the same in the API and in files.
type Measure string

// The measures, in the order in which the facts of one contestant stand.
const (
	Subjects      Measure = "SUBJECTS"        // of a publication: contestants
	Ranked        Measure = "RANKED"          // of a publication: contestants with a rank
	DaysToPublish Measure = "DAYS_TO_PUBLISH" // of a publication: from the day of the round to the day of revision 1 or later
	IssuesOpened  Measure = "ISSUES_OPENED"   // of a publication: issues found up to then
	IssuesClosed  Measure = "ISSUES_CLOSED"   // of them: closed
	IssuesOverdue Measure = "ISSUES_OVERDUE"  // of them: not closed by the due day
	Status        Measure = "STATUS"          // text: ranked, absent, unmarked, vetoed
	Total         Measure = "TOTAL"           // published total, points
	Rank          Measure = "RANK"            // 1 is the best
	RankChange    Measure = "RANK_CHANGE"     // ranks gained against the previous held round
	TrackRank     Measure = "TRACK_RANK"      // rank inside the track
	Percentile    Measure = "PERCENTILE"      // of the track, 0 to 100
	Part          Measure = "PART"            // value of a part of the total; key: the part
	Item          Measure = "ITEM"            // what an item contributes to the total, points, four decimals; key: the item
	Dimension     Measure = "DIMENSION"       // score in a dimension of the dictionary, 0 to 100, four decimals; key: the dimension
	Grade         Measure = "GRADE"           // text: the grade; key: the scale
	Light         Measure = "LIGHT"           // text: the colour
	Band          Measure = "BAND"            // 1 for each band the contestant is in; key: the band
	Outcomes      Measure = "OUTCOMES"        // proposed consequences; key: their kind
)

// Measures lists every measure; the caller may keep it.
func Measures() []Measure {
	return []Measure{Subjects, Ranked, DaysToPublish, IssuesOpened, IssuesClosed, IssuesOverdue, Status, Total, Rank, RankChange, TrackRank, Percentile, Part, Item, Dimension, Grade, Light, Band, Outcomes}
}

// Units of measure.
const (
	points  = "points"
	rank    = "rank"
	ranks   = "ranks"
	percent = "percent"
	count   = "count"
	days    = "days"
	text    = "text"
)

// Fact is one figure about one contestant, or about a whole publication, whose
// contestant is then the place of whoever published it.
type Fact struct {
	Demo            bool // invented: of a fictional county
	Publisher       string
	PublisherCode   string
	Competition     uuid.UUID
	CompetitionName string
	Round           uuid.UUID
	Period          string
	Held            calendar.Date
	Template        string // key of the template's family
	TemplateVersion int
	UnitCode        string // the place: a village, or the publisher's unit
	Unit            string // its shown name
	Kind            template.SubjectKind
	SubjectCode     string // the contestant: the unit's code, or what stands for a person, organisation or team
	Subject         string // its name on the date of the round; never a person's name
	Track           string
	Measure         Measure
	Key             string // of an item, dimension, part, scale, band or kind of consequence; empty: none
	KeyName         string // what people call it; empty where the key has no name
	Dimension       string // the dictionary's key, of an item or dimension
	Value           string // a decimal; empty for a text
	Text            string // the value as it is published, with its decimals, or the text
	MeasuredIn      string // unit of measure
	Publication     uuid.UUID
	Revision        int
	Superseded      bool // a later revision replaced it
	PublishedAt     time.Time

	ordinal int // its place inside the publication, the same for every viewer and filter
}
