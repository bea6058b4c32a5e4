// Package imports owns turning spreadsheets into calls of use cases: marks of a
// round, exam results, metrics, past ranks, people with their posts, and rosters
// of raters. It finds what names and codes in a sheet mean, and leads whatever a
// use case refuses back to the cell it stands in.
//
// It does not own what is acceptable, which is each use case's, nor how a file
// is read, which is sheet's. An import is one transaction: everything is kept or
// nothing. A preview is the same work, not kept. The tenant is the viewer's and
// never the file's.
package imports

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/bulletin"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/sheet"
	"leitai/internal/tenancy"
	"leitai/internal/voting"
)

// Services are the use cases that keep what is imported.
type Services struct {
	Papers interface {
		Grid(ctx context.Context, round uuid.UUID) (*bulletin.Grid, error)
		Persons(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error)
	}
	Rounds interface {
		ImportMarks(ctx context.Context, round uuid.UUID, marks []round.MarkInput) error
		EnterFigures(ctx context.Context, in round.FiguresEnter) ([]*round.Figure, error)
	}
	Past interface {
		ImportPast(ctx context.Context, competition uuid.UUID, source string, rows []consequences.PastRow) (int, error)
	}
	People interface {
		ImportRoster(ctx context.Context, rows []tenancy.RosterRow) ([]*tenancy.Person, error)
	}
	Voters interface {
		Roster(ctx context.Context, poll uuid.UUID, rows []ballot.Named) ([]voting.Voter, error)
	}
	// Together makes one transaction of all that is written inside.
	Together func(ctx context.Context, do func(ctx context.Context) error) error
}

// Service imports.
type Service struct{ Services }

// New makes the importer.
func New(s Services) *Service { return &Service{s} }

// Request is one import.
type Request struct {
	Kind   string
	File   []byte
	Of     uuid.UUID // the round, competition or poll it goes into; the zero id for people
	Source string    // past ranks: the bulletin they are taken from
	Commit bool      // false: a preview
	Person uuid.UUID // who imports
}

// Report says what an import did, or would do.
type Report struct {
	Kind      string `json:"kind"`
	Rows      int    `json:"rows"`      // rows with content
	Entries   int    `json:"entries"`   // marks, figures, ranks, posts or voters made of them
	Committed bool   `json:"committed"` // false: a preview, or refused
}

// kinds maps each import to its work: read the table, call the use case.
func (s *Service) kinds() map[string]func(context.Context, *Request, *sheet.Book) (int, int, error) {
	return map[string]func(context.Context, *Request, *sheet.Book) (int, int, error){
		"marks": s.marks, "metrics": s.metrics, "exams": s.exams, "parts": s.parts, "past": s.past, "people": s.people, "raters": s.raters,
	}
}

// Kinds lists the imports there are.
func (s *Service) Kinds() []string {
	var all []string
	for kind := range s.kinds() {
		all = append(all, kind)
	}
	slices.Sort(all)
	return all
}

var errPreview = errors.New("imports: only tried")

// Import reads the file and hands it over; without Commit nothing is kept. A
// refusal is a list of everything that is wrong, each with row and column.
func (s *Service) Import(ctx context.Context, in Request) (Report, error) {
	report := Report{Kind: in.Kind}
	work, known := s.kinds()[in.Kind]
	if !known {
		return report, fault.New(fault.ImportKind, "value", in.Kind, "want", strings.Join(s.Kinds(), ", ")).At("kind")
	}
	book, err := sheet.Read(in.File, sheet.Defaults())
	if err != nil {
		return report, err
	}
	err = s.Together(ctx, func(ctx context.Context) (err error) {
		if report.Rows, report.Entries, err = work(ctx, &in, book); err == nil && !in.Commit {
			err = errPreview
		}
		return err
	})
	if errors.Is(err, errPreview) {
		return report, nil
	}
	report.Committed = err == nil
	return report, err
}
