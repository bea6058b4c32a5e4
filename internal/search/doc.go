// Package search owns one question over several kinds of objects, as a person
// types it into one box: which kinds are asked, what of each the viewer may be
// shown, and how many hits there are at most.
//
// It does not own how an object is read when it is opened (its own use case), nor
// the statements (postgres implements Store). Every kind is found by the rule by
// which its own list is read, in the tenant worked in and nowhere else.
package search

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Bounds of a question and of its answer.
const (
	LongestText = 50 // characters
	MostWords   = 5
	Usual       = 20 // hits
	Most        = 50 // hits
)

// Hit is one thing that was found.
type Hit struct {
	Kind          Kind
	ID            uuid.UUID
	Label, Detail string // Detail tells it from others of the same name
}

// Query is what the look-up of one kind is told. What it says of the viewer is
// narrowed to the permission of that kind.
type Query struct {
	Words   []string // 1 to MostWords; each has to occur somewhere, in any case
	Most    int
	English bool        // where something has a name in both languages
	Drafts  bool        // what is of persons and trials is found, too
	Units   []uuid.UUID // only of these; nil: of all
	Sight   authz.Sight
}

// Store is what the use case needs of one open transaction: one statement for
// each kind. A character of a word stands for itself.
type Store interface {
	FindUnits(ctx context.Context, q Query) ([]Hit, error)
	FindCompetitions(ctx context.Context, q Query) ([]Hit, error)
	FindRounds(ctx context.Context, q Query) ([]Hit, error)
	// FindPublications finds the newest revision of each round; those of persons
	// and trials for Drafts only.
	FindPublications(ctx context.Context, q Query) ([]Hit, error)
	// FindTemplates finds the newest version of each; drafts where unpublished
	// rows of the tenant may be read.
	FindTemplates(ctx context.Context, q Query) ([]Hit, error)
	FindIssues(ctx context.Context, q Query) ([]Hit, error)
	FindPeople(ctx context.Context, q Query) ([]Hit, error)
	FindOrganisations(ctx context.Context, q Query) ([]Hit, error)
	FindForms(ctx context.Context, q Query) ([]Hit, error)
}

// Gate decides what the viewer of a context may do.
type Gate interface {
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Anywhere(ctx context.Context, p authz.Permission) error
	Scope(ctx context.Context, p authz.Permission) []uuid.UUID
	Sight(ctx context.Context, p authz.Permission) authz.Sight
}

// Work runs one reading transaction.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Service is the use case.
type Service struct {
	read Work
	gate Gate
}

// New makes the use case.
func New(read Work, gate Gate) *Service { return &Service{read: read, gate: gate} }

// Find gives what the viewer may read and the text names, kind after kind in the
// order of the constants; only is which kinds are asked, none: all. Where there
// is more than fits, every kind has the same number of places, so that a name of
// many villages does not keep a round out. A blank text finds nothing. INVALID
// for a text or a number out of bounds.
func (s *Service) Find(ctx context.Context, text string, only []Kind, most int) ([]Hit, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(text) > LongestText {
		return nil, fault.New(fault.Invalid, "value", text, "want", "≤ 50").At("text")
	}
	if most < 1 || most > Most {
		return nil, fault.New(fault.Invalid, "value", itoa(most), "want", "1–50").At("first")
	}
	words := strings.Fields(text)
	if len(words) > MostWords {
		return nil, fault.New(fault.Invalid, "value", text, "want", "≤ 5").At("text")
	}
	if len(words) == 0 {
		return nil, nil
	}
	q := Query{Words: words, Most: most, English: v.Language == fault.English}
	var found []Hit
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		found = nil
		for _, k := range kinds {
			if len(only) > 0 && !slices.Contains(only, k.kind) || !k.narrow(ctx, s.gate, &q) {
				continue
			}
			hits, err := k.find(st, ctx, q)
			if err != nil {
				return err
			}
			for i := range hits {
				hits[i].Kind = k.kind
			}
			found = append(found, hits...)
		}
		return nil
	})
	return shared(found, most), err
}

// shared leaves at most so many hits, and to every kind the same number as long
// as it has as many; the order stays.
func shared(found []Hit, most int) []Hit {
	if len(found) <= most {
		return found
	}
	taken := make([]bool, len(found))
	for left, round := most, 0; left > 0; round++ {
		of := map[Kind]int{}
		for i, h := range found {
			if of[h.Kind] == round && left > 0 {
				taken[i] = true
				left--
			}
			of[h.Kind]++
		}
	}
	kept := make([]Hit, 0, most)
	for i, h := range found {
		if taken[i] {
			kept = append(kept, h)
		}
	}
	return kept
}
