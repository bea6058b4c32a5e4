package issues

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/rectify"
)

// Phase is which side of the work a piece of evidence shows.
type Phase string

// The phases: as found, as put right, as seen again on the return visit.
const (
	Before   Phase = "before"
	After    Phase = "after"
	OnReturn Phase = "return"
)

// Attached is a piece of evidence of an issue.
type Attached struct {
	Issue    uuid.UUID
	Evidence uuid.UUID
	Phase    Phase
}

// Detail is what an issue carries beyond its line in the ledger.
type Detail struct {
	Problem      string // type of problem, by which it is known again (E26)
	Visit        *uuid.UUID
	Organisation *uuid.UUID // responsible beside the person
	Plan         string     // the measure agreed on (一问题一对策, B12)
	PlannedOn    calendar.Date
	ListedOn     calendar.Date // 挂牌督办 since; zero: never
	ListedReason string
	LiftedOn     calendar.Date
	ReturnDue    calendar.Date // 回头看; zero while it is open
	ReturnedOn   calendar.Date
	ReturnHolds  bool // what was put right still is
	ReturnNote   string
}

// Listed says whether an issue is under listed supervision now.
func (d Detail) Listed() bool { return !d.ListedOn.IsZero() && d.LiftedOn.IsZero() }

// Piece is what an issue has to know of a piece of evidence.
type Piece struct {
	ID          uuid.UUID
	Unit        uuid.UUID
	Competition uuid.UUID
	Trial       bool
	Withdrawn   bool
}

// DetailStore keeps what issues carry beyond the ledger.
type DetailStore interface {
	IssueDetails(ctx context.Context, issues []uuid.UUID) (map[uuid.UUID]Detail, error)
	SaveIssueDetail(ctx context.Context, issue uuid.UUID, d Detail) error
	AttachEvidence(ctx context.Context, all []Attached) error
	// AttachedTo lists the evidence of issues; withdrawn pieces are left out.
	AttachedTo(ctx context.Context, issues []uuid.UUID) ([]Attached, error)
	// EvidencePieces reads pieces of the own tenant; what is not there is left out.
	EvidencePieces(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Piece, error)
	// CasesOf lists the issues of villages outside of trials, by which problems
	// are known again.
	CasesOf(ctx context.Context, units []uuid.UUID) ([]rectify.Case, error)
	// VisitPlace gives the competition and village of a visit of the own tenant.
	VisitPlace(ctx context.Context, visit uuid.UUID) (competition, unit uuid.UUID, err error)
	KnownOrganisation(ctx context.Context, id uuid.UUID) (bool, error)
}

// attach ties evidence to an issue: standing pieces of its own village, and of
// a trial only inside of it.
func attach(ctx context.Context, st Store, i *Issue, ids []uuid.UUID, phase Phase) error {
	if len(ids) == 0 {
		return nil
	}
	pieces, err := st.EvidencePieces(ctx, ids)
	if err != nil {
		return err
	}
	var faults fault.List
	all := make([]Attached, 0, len(ids))
	for n, id := range ids {
		p, found := pieces[id]
		switch {
		case !found:
			faults = append(faults, fault.New(fault.NotFound).At("evidence[%d]", n))
		case p.Unit != i.Unit || p.Withdrawn || p.Trial && p.Competition != i.Competition:
			faults = append(faults, fault.New(fault.IssueEvidenceOther).At("evidence[%d]", n))
		default:
			all = append(all, Attached{Issue: i.ID, Evidence: id, Phase: phase})
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return st.AttachEvidence(ctx, all)
}

// detail checks what an opening says beyond the ledger.
func (in Opening) detail(ctx context.Context, st Store, unit uuid.UUID, today calendar.Date) (Detail, error) {
	d := Detail{Problem: strings.TrimSpace(in.Problem), Visit: in.Visit, Organisation: in.Organisation, Plan: strings.TrimSpace(in.Plan)}
	if d.Plan != "" {
		d.PlannedOn = today
	}
	if in.Visit != nil {
		competition, at, err := st.VisitPlace(ctx, *in.Visit)
		if err != nil {
			return d, fault.NotFoundAt(err, "visit")
		}
		if competition != in.Competition || at != unit {
			return d, fault.New(fault.IssueVisitOther).At("visit")
		}
	}
	if in.Organisation != nil {
		known, err := st.KnownOrganisation(ctx, *in.Organisation)
		if err == nil && !known {
			err = fault.New(fault.NotFound).At("organisation")
		}
		return d, err
	}
	return d, nil
}

// enrich reads what issues carry and which earlier problems they repeat, for
// any number of issues at once.
func enrich(ctx context.Context, st Store, all []*Issue) error {
	if len(all) == 0 {
		return nil
	}
	ids, units := make([]uuid.UUID, len(all)), []uuid.UUID{}
	for n, i := range all {
		ids[n] = i.ID
		if !slices.Contains(units, i.Unit) {
			units = append(units, i.Unit)
		}
	}
	details, err := st.IssueDetails(ctx, ids)
	if err != nil {
		return err
	}
	cases, err := st.CasesOf(ctx, units)
	if err != nil {
		return err
	}
	for _, i := range all {
		i.Detail, i.Recurs = details[i.ID], nil
		own := rectify.Case{ID: i.ID.String(), Place: i.Unit.String(), Item: i.Item, Problem: i.Detail.Problem, Opened: i.Opened}
		for _, earlier := range rectify.Recurring(own, cases) {
			if id, err := uuid.Parse(earlier.ID); err == nil {
				i.Recurs = append(i.Recurs, id)
			}
		}
	}
	return nil
}
