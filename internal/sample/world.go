package sample

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/programme"
	"leitai/internal/viewer"
	"leitai/internal/wiring"
)

// World is the fictional county once it is built.
type World struct {
	Clock       *Clock
	Months      *Months
	Cast        []*Person // in the order of the manifest
	Competition uuid.UUID
	Rounds      map[string]uuid.UUID // by period, 2023-04 … 2023-12
	Observed    *Scheme              // the town of 24 villages, once it played
	Secretaries *Scheme              // the town whose secretaries compete, once it played
	YearEnd     *Assessments         // of the sub-district, once they were held
	Term        *Scheme              // the county's first secretaries, once they served

	app      *wiring.App
	people   map[string]*Person
	template *programme.TemplateVersion
	problems []problemStep        // still to come, by date
	issues   map[string]uuid.UUID // by the data's id
}

// Build makes the fictional county: tenants, people with logins and tokens, the
// adoption of both townships, and the competition of the one that plays, with
// its rounds dated and none of them begun. The units must be there already, and
// the business clock of app must be the clock given. It leaves the clock on the
// day the competition was announced.
func Build(ctx context.Context, app *wiring.App, clock *Clock) (*World, error) {
	months, err := LoadMonths()
	if err != nil {
		return nil, err
	}
	w := &World{Clock: clock, Months: months, app: app, people: map[string]*Person{}, Rounds: map[string]uuid.UUID{}, issues: map[string]uuid.UUID{}}
	w.problems = w.problemSteps()
	clock.Set(founded, "08:30")
	if err := w.settleCounty(ctx); err != nil {
		return nil, fmt.Errorf("sample: build: %w", err)
	}
	clock.Set(announced, "08:30")
	for _, step := range []func(context.Context) error{w.settleTownships, w.adopt, w.announce} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("sample: build: %w", err)
		}
	}
	return w, nil
}

// founded is the day from which the county is there: before the year-end that
// one of its sub-districts holds in January.
var founded = calendar.MustDate("2023-01-03")

// announced is the day of the competition's notice.
var announced = calendar.MustDate("2023-04-24")

// Person finds somebody by pseudonym; the dashboard's login is "dashboard".
func (w *World) Person(pseudonym string) *Person {
	p := w.people[pseudonym]
	if p == nil {
		panic("sample: nobody is called " + pseudonym) // pseudonyms are the sample's own
	}
	return p
}

// As does something as a person, inside a request opened with the person's
// token.
func (w *World) As(ctx context.Context, pseudonym string, do func(ctx context.Context) error) error {
	if err := w.with(ctx, w.Person(pseudonym).Credential, do); err != nil {
		return fmt.Errorf("as %s: %w", pseudonym, err)
	}
	return nil
}

func (w *World) with(ctx context.Context, cred viewer.Credential, do func(ctx context.Context) error) error {
	asked, request, _, err := w.app.DB.Begin(ctx, cred)
	if err != nil {
		return err
	}
	return errors.Join(do(asked), request.End())
}

// ids gives the persons of pseudonyms.
func (w *World) ids(pseudonyms ...string) []uuid.UUID {
	out := make([]uuid.UUID, len(pseudonyms))
	for i, p := range pseudonyms {
		out[i] = w.Person(p).ID
	}
	return out
}
