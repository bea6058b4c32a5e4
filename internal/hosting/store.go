package hosting

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/paging"
)

// Door is what is asked before a tenant is known. Each method is one function
// of the database or reads the public tree of units.
type Door interface {
	// PublicUnits lists units below a code ("": provinces) behind another code.
	PublicUnits(ctx context.Context, under, after string, most int) ([]PublicUnit, error)
	// SubmitSignup answers SIGNUP_UNIT and SIGNUP_BUSY.
	SubmitSignup(ctx context.Context, s NewSignup) error
	// SignupByReceipt gives nil for an unknown one.
	SignupByReceipt(ctx context.Context, receipt [32]byte) (*Receipt, error)
	// AddUsage adds counts, and tells how tenants stand with their requests.
	AddUsage(ctx context.Context, counts []Count, asked []uuid.UUID, month time.Time) ([]Spent, error)
}

// NewSignup is an application to be kept.
type NewSignup struct {
	ID       uuid.UUID
	Receipt  [32]byte
	UnitCode string
	Applicant, Office, Phone,
	Preset, Note string
	Account Account
	At      time.Time
}

// Taken is an application that is being decided on.
type Taken struct {
	UnitCode  string
	UnitName  string
	Applicant string
	Account   Account
	UnitTaken bool
}

// Store is what the use cases need of one open transaction in a tenant.
type Store interface {
	KeptSignups
	KeptPlans
	KeptHolds
	KeptGlasses
	KeptVillages
	// RecordBeside writes an act into the audit of another tenant: of one the
	// platform acts upon, or of the platform by a tenant that it read.
	RecordBeside(ctx context.Context, at Place, e audit.Event) error
}

// KeptSignups are the applications that the viewer's tenant decides on.
type KeptSignups interface {
	Signups(ctx context.Context, state SignupState) ([]*Signup, error)
	// TakeSignup holds a waiting one until the end of the transaction; nil when
	// there is none to decide on here.
	TakeSignup(ctx context.Context, id uuid.UUID) (*Taken, error)
	SettleSignup(ctx context.Context, id uuid.UUID, approve bool, reason, login string, by uuid.UUID, at time.Time, opened *uuid.UUID) error
}

// KeptPlans are plans and what is used of them.
type KeptPlans interface {
	Plans(ctx context.Context) ([]*Plan, error)
	PutPlan(ctx context.Context, p *Plan) error
	AssignPlan(ctx context.Context, id, tenant uuid.UUID, plan string, at time.Time, until *time.Time, by uuid.UUID) error
	Standing(ctx context.Context, month time.Time) (*Standing, error)
	RoundRunning(ctx context.Context) (bool, error)
	// RoundUnderWay says it of one round of the own tenant.
	RoundUnderWay(ctx context.Context, round uuid.UUID) (bool, error)
	UsageDays(ctx context.Context, from, to time.Time) ([]Day, error)
	UsageLines(ctx context.Context, from, to time.Time, scope Scope) ([]Line, error)
}

// KeptHolds are the tenants of the platform and what holds them back.
type KeptHolds interface {
	// HostedTenant finds a tenant by the code of its unit, for the platform; nil
	// when there is none.
	HostedTenant(ctx context.Context, unitCode string) (*Place, error)
	HostedPage(ctx context.Context, beginning string, w paging.Window) ([]*Hosted, error)
	PlaceHold(ctx context.Context, id, tenant uuid.UUID, access State, reason string, by uuid.UUID, at time.Time) error
	LiftHold(ctx context.Context, tenant uuid.UUID, reason string, by uuid.UUID, at time.Time) (bool, error)
	HoldsOf(ctx context.Context, tenant uuid.UUID) ([]*Hold, error)
}

// KeptGlasses are the readings by break glass.
type KeptGlasses interface {
	AskGlass(ctx context.Context, id, tenant, by uuid.UUID, reason string, hours int, at time.Time) error
	ApproveGlass(ctx context.Context, id, by uuid.UUID, at time.Time) (bool, error)
	EndGlass(ctx context.Context, id, by uuid.UUID, at time.Time) (bool, error)
	Glasses(ctx context.Context) ([]*Glass, error)
	// PlatformOf is where a reading is recorded beside the tenant itself.
	PlatformOf(ctx context.Context) (*Place, error)
}

// KeptVillages are the villages of a township and how far its setup is.
type KeptVillages interface {
	SetupVillages(ctx context.Context) ([]*Village, error)
	ConfirmVillages(ctx context.Context, all []*Village, by uuid.UUID, at time.Time) error
	Progress(ctx context.Context) (*Progress, error)
}
