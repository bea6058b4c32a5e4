package visits

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// Store is what the use cases need of one open transaction. Reads see what the
// viewer's tenant may read; an id that names nothing there is NOT_FOUND.
type Store interface {
	KeptRoutes
	KeptSteps
	KeptMeasures
}

// KeptRoutes are visits and who came.
type KeptRoutes interface {
	// ObservedRound reads a round with its steps and contestants; of the own
	// tenant only when the transaction writes.
	ObservedRound(ctx context.Context, id uuid.UUID) (*Round, error)
	// ObservedCompetition reports whether a competition of the own tenant is a trial.
	ObservedCompetition(ctx context.Context, id uuid.UUID) (trial bool, err error)
	// VillageByCode gives a current unit at or below the tenant's own.
	VillageByCode(ctx context.Context, code string) (uuid.UUID, error)
	// UnknownPersons gives those of the ids that are no person of the tenant.
	UnknownPersons(ctx context.Context, ids []uuid.UUID) ([]uuid.UUID, error)
	// RouteOf lists the stops of a round by position, then its unannounced visits.
	RouteStops(ctx context.Context, round uuid.UUID) ([]*Visit, error)
	// ReplaceRoute inserts, changes and removes stops; visits that took place stay.
	ReplaceRoute(ctx context.Context, round uuid.UUID, stops []*Visit) error
	InsertVisit(ctx context.Context, v *Visit) error
	VisitByID(ctx context.Context, id uuid.UUID) (*Visit, error)
	// UpdateVisit writes the visit whose stored revision is v.Revision and counts it up.
	UpdateVisit(ctx context.Context, v *Visit) error
	// DueAt lists who holds one of the posts on a day.
	DueAt(ctx context.Context, posts []string, day calendar.Date) ([]Due, error)
	SaveAttendance(ctx context.Context, lines []Attendance) error
	AttendanceAt(ctx context.Context, round, visit *uuid.UUID, stage string) ([]Attendance, error)
	// InspectionsBetween lists rounds and visits of the readable tenants.
	InspectionsBetween(ctx context.Context, from, to calendar.Date) ([]Inspection, error)
}

// KeptSteps are steps, comments and meetings of a round.
type KeptSteps interface {
	SaveStage(ctx context.Context, r *StageRecord) error // by round, contestant and stage
	StageRecordsOf(ctx context.Context, round uuid.UUID) ([]StageRecord, error)
	SaveComment(ctx context.Context, c *Comment) error // by round, contestant and commentator
	VisitComments(ctx context.Context, round uuid.UUID) ([]*Comment, error)
	// PostOn names a post of a person on a day, the highest; empty when there is none.
	PostOn(ctx context.Context, person uuid.UUID, day calendar.Date) (string, error)
	SaveMeeting(ctx context.Context, m *Meeting) error // by round
	// ReviewMeeting is nil when there is none.
	ReviewMeeting(ctx context.Context, round uuid.UUID) (*Meeting, error)
}

// MeasureFilter narrows a list of measures. Units nil means all of the tenant.
type MeasureFilter struct {
	UnitCode    string
	Competition *uuid.UUID
	Round       *uuid.UUID
	Kind        MeasureKind
	Withdrawn   bool
	Units       []uuid.UUID
}

// KeptMeasures is supervision.
type KeptMeasures interface {
	InsertMeasure(ctx context.Context, m *Measure) error
	MeasureByID(ctx context.Context, id uuid.UUID) (*Measure, error)
	WithdrawMeasure(ctx context.Context, m *Measure) error
	MeasurePage(ctx context.Context, f MeasureFilter, w paging.Window) ([]*Measure, error)
	// IssuePlace gives the competition and village of an issue of the own tenant.
	IssuePlace(ctx context.Context, issue uuid.UUID) (competition, unit uuid.UUID, err error)
}
