package hosting

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Village is a village or community of a township, and whether it takes part in
// what the township runs.
type Village struct {
	Unit      uuid.UUID
	Name      string
	TakesPart bool
	Confirmed bool // somebody said so
}

// Progress is what a tenant has done so far.
type Progress struct {
	Villages     int  // that stand
	Confirmed    int  // of them
	Upper        bool // a tenant stands above
	Adopted      bool // and both sides agree
	Templates    int  // drafted or active
	Active       int  // templates
	Competitions int
	Planned      int // rounds with a date
	Clerks       int // users
	Judges       int
	Invited      int // invitations that wait
	Notified     int // rounds whose notice was issued once
}

// StepKey names a step from sign-up to the first round.
type StepKey string

// The steps, in their order.
const (
	StepVillages    StepKey = "villages"
	StepAdoption    StepKey = "adoption"
	StepTemplate    StepKey = "template"
	StepActivate    StepKey = "activate"
	StepCompetition StepKey = "competition"
	StepCalendar    StepKey = "calendar"
	StepPeople      StepKey = "people"
	StepNotice      StepKey = "notice"
)

// Step is one of them.
type Step struct {
	Key  StepKey
	Done bool
	Next bool   // the first that is not done
	Have string // how far it is, for example 11/12
}

// Setup is how far the viewer's tenant is on the way to its first round.
type Setup struct {
	Steps    []Step
	Villages []*Village
	State    State
	Plan     *Plan
	Until    *time.Time
	Warnings fault.List
}

// Setup tells the steps from sign-up to the first notified round.
func (s *Service) Setup(ctx context.Context) (*Setup, error) {
	var made *Setup
	err := s.look(ctx, authz.GrantRead, func(ctx context.Context, v *viewer.Viewer, st Store) (err error) {
		made, err = s.setup(ctx, v, st)
		return err
	})
	return made, err
}

func (s *Service) setup(ctx context.Context, v *viewer.Viewer, st Store) (*Setup, error) {
	standing, err := st.Standing(ctx, monthOf(s.now()))
	if err != nil {
		return nil, err
	}
	progress, err := st.Progress(ctx)
	if err != nil {
		return nil, err
	}
	made := &Setup{Steps: progress.steps(v.TenantKind), State: standing.State, Plan: standing.Plan, Until: standing.Until, Warnings: standing.warnings(s.now())}
	if v.TenantKind == townshipKind {
		made.Villages, err = st.SetupVillages(ctx)
	}
	return made, err
}

const townshipKind = "township"

// steps lists what is done and what is next. An upper tenant has no villages to
// confirm; the adoption is nobody's who has no tenant above.
func (p *Progress) steps(kind string) []Step {
	n := strconv.Itoa
	all := []Step{}
	if kind == townshipKind {
		all = append(all, Step{Key: StepVillages, Done: p.Villages > 0 && p.Confirmed == p.Villages, Have: n(p.Confirmed) + "/" + n(p.Villages)})
	}
	if p.Upper {
		all = append(all, Step{Key: StepAdoption, Done: p.Adopted})
	}
	people := p.Clerks > 0 && p.Judges > 0
	all = append(all,
		Step{Key: StepTemplate, Done: p.Templates > 0, Have: n(p.Templates)},
		Step{Key: StepActivate, Done: p.Active > 0, Have: n(p.Active)},
		Step{Key: StepCompetition, Done: p.Competitions > 0, Have: n(p.Competitions)},
		Step{Key: StepCalendar, Done: p.Planned > 0, Have: n(p.Planned)},
		Step{Key: StepPeople, Done: people, Have: n(p.Clerks) + "+" + n(p.Judges) + " (" + n(p.Invited) + ")"},
		Step{Key: StepNotice, Done: p.Notified > 0, Have: n(p.Notified)})
	for i := range all {
		if !all[i].Done {
			all[i].Next = true
			break
		}
	}
	return all
}

// ConfirmVillages says which villages of the township take part: all that stand
// but those left out. It counts for rosters that are fixed from now on; a round
// under way keeps the one it has. More villages than the plan has are refused
// (PLAN_LIMIT), unless they were as many before.
func (s *Service) ConfirmVillages(ctx context.Context, leftOut []uuid.UUID) (*Setup, error) {
	var made *Setup
	err := s.change(ctx, authz.CompetitionWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if v.TenantKind != townshipKind {
			return fault.New(fault.VillagesTownship)
		}
		villages, err := st.SetupVillages(ctx)
		if err != nil {
			return err
		}
		before, after, err := leaveOut(villages, leftOut)
		if err != nil {
			return err
		}
		standing, err := st.Standing(ctx, monthOf(s.now()))
		if err != nil {
			return err
		}
		taking := standing.villages()
		if taking.have = int64(after); after > before && taking.exceeded(0) {
			return taking.told(fault.PlanLimit, standing.plan()).At("leaveOut")
		}
		if err := st.ConfirmVillages(ctx, villages, v.User, s.moment()); err != nil {
			return err
		}
		if err := audit.Record(ctx, "village:confirm", "tenant", v.Tenant, map[string]any{"takePart": after, "leftOut": leftOut}); err != nil {
			return err
		}
		made, err = s.setup(ctx, v, st)
		return err
	})
	return made, err
}

// leaveOut marks who takes part, and counts who did and who does.
func leaveOut(villages []*Village, out []uuid.UUID) (before, after int, err error) {
	at := make(map[uuid.UUID]*Village, len(villages))
	for _, v := range villages {
		if v.TakesPart && v.Confirmed {
			before++
		}
		v.TakesPart = true
		at[v.Unit] = v
	}
	after = len(villages)
	for i, unit := range out {
		v := at[unit]
		if v == nil || !v.TakesPart {
			return 0, 0, fault.New(fault.NotFound).At("leaveOut[%d]", i)
		}
		v.TakesPart = false
		after--
	}
	return before, after, nil
}
