package visits

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// MeasureInput is what is entered as a measure of supervision.
type MeasureInput struct {
	Competition  uuid.UUID
	Round        *uuid.UUID
	UnitCode     string
	Kind         MeasureKind
	Basis        string
	HappenedOn   calendar.Date
	Number       string
	Record       string
	Points       exact.Number
	Visit, Issue *uuid.UUID
}

// mostPoints bounds what one measure costs.
var mostPoints = exact.Int(1000)

// Supervise records a measure of supervision with its basis (B19); its points
// feed a score (B20).
func (s *Service) Supervise(ctx context.Context, in MeasureInput) (*Measure, error) {
	who, today, err := s.act(ctx, authz.SupervisionWrite)
	if err != nil {
		return nil, err
	}
	in.Basis = strings.TrimSpace(in.Basis)
	if err := in.check(today); err != nil {
		return nil, err
	}
	var entered *Measure
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if _, err := st.ObservedCompetition(ctx, in.Competition); err != nil {
			return fault.NotFoundAt(err, "competition")
		}
		unit, err := st.VillageByCode(ctx, in.UnitCode)
		if err != nil {
			return err
		}
		if err := in.belongs(ctx, st, unit); err != nil {
			return err
		}
		entered = &Measure{ID: newID(), Competition: in.Competition, Round: in.Round, Unit: unit, Kind: in.Kind, Basis: in.Basis, HappenedOn: in.HappenedOn,
			Number: strings.TrimSpace(in.Number), Record: strings.TrimSpace(in.Record), Points: in.Points, Visit: in.Visit, Issue: in.Issue,
			EnteredBy: who.Person, EnteredAt: s.now()}
		if err := st.InsertMeasure(ctx, entered); err != nil {
			return err
		}
		return audit.Record(ctx, "supervision:enter", "supervision", entered.ID,
			map[string]any{"kind": in.Kind, "points": in.Points.String()}, audit.At(unit), audit.Because(in.Basis))
	})
	if err != nil {
		return nil, err
	}
	return entered, nil
}

func (in MeasureInput) check(today calendar.Date) error {
	var faults fault.List
	if in.Basis == "" {
		faults = append(faults, fault.New(fault.SupervisionBasis).At("basis"))
	}
	if in.Points.Sign() > 0 || in.Points.Neg().Cmp(mostPoints) > 0 || !in.Points.Round(2, exact.Down).Equal(in.Points) {
		faults = append(faults, fault.New(fault.SupervisionPoints, "value", in.Points.String()).At("points"))
	}
	if err := past(in.HappenedOn, today, "happenedOn"); err != nil {
		faults = append(faults, fault.All(err)...)
	}
	return faults.Err()
}

// belongs checks that round, visit and issue are of this competition and village.
func (in MeasureInput) belongs(ctx context.Context, st Store, unit uuid.UUID) error {
	if in.Round != nil {
		r, err := st.ObservedRound(ctx, *in.Round)
		if err == nil && r.Competition != in.Competition {
			err = fault.New(fault.NotFound)
		}
		if err != nil {
			return fault.NotFoundAt(err, "round")
		}
	}
	if in.Visit != nil {
		v, err := st.VisitByID(ctx, *in.Visit)
		if err != nil {
			return fault.NotFoundAt(err, "visit")
		}
		if v.Competition != in.Competition || v.Unit != unit {
			return fault.New(fault.VisitElsewhere).At("visit")
		}
	}
	if in.Issue != nil {
		competition, at, err := st.IssuePlace(ctx, *in.Issue)
		if err == nil && (competition != in.Competition || at != unit) {
			err = fault.New(fault.NotFound)
		}
		return fault.NotFoundAt(err, "issue")
	}
	return nil
}

// WithdrawMeasure takes a wrong entry back with the reason; it stays on record
// and costs nothing more.
func (s *Service) WithdrawMeasure(ctx context.Context, id uuid.UUID, reason string) (*Measure, error) {
	who, _, err := s.act(ctx, authz.SupervisionWrite)
	if err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return nil, fault.New(fault.ReasonMissing).At("reason")
	}
	var withdrawn *Measure
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		m, err := st.MeasureByID(ctx, id)
		if err != nil {
			return fault.NotFoundAt(err, "supervision")
		}
		if m.WithdrawnAt != nil {
			return fault.New(fault.SupervisionDone).At("supervision")
		}
		now := s.now()
		m.WithdrawnBy, m.WithdrawnAt, m.Reason = &who.Person, &now, reason
		withdrawn = m
		if err := st.WithdrawMeasure(ctx, m); err != nil {
			return err
		}
		return audit.Record(ctx, "supervision:withdraw", "supervision", m.ID, nil, audit.At(m.Unit), audit.Because(reason))
	})
	if err != nil {
		return nil, err
	}
	return withdrawn, nil
}

// Measures is a page of supervision, newest first; a village sees its own.
func (s *Service) Measures(ctx context.Context, f MeasureFilter, args paging.Args) (page paging.Page[*Measure], err error) {
	if err := s.gate.Anywhere(ctx, authz.VisitRead); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	parts := []string{"supervision", who.Tenant.String(), f.UnitCode, text(f.Competition), text(f.Round), string(f.Kind), map[bool]string{true: "withdrawn"}[f.Withdrawn]}
	if !s.gate.May(ctx, authz.VisitRead, uuid.Nil) {
		f.Units = append([]uuid.UUID{}, s.gate.Scope(ctx, authz.VisitRead)...)
		for _, unit := range f.Units {
			parts = append(parts, unit.String())
		}
	}
	scope := paging.Scope(parts...)
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.MeasurePage(ctx, f, window)
		page = paging.Cut(rows, window, func(m *Measure) string { return s.cursors.Encode(scope, paging.Text(m.ID.String())) })
		return err
	})
	return page, err
}

func text(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

// MeasureByID reads one measure.
func (s *Service) MeasureByID(ctx context.Context, id uuid.UUID) (*Measure, error) {
	if err := s.gate.Anywhere(ctx, authz.VisitRead); err != nil {
		return nil, err
	}
	var found *Measure
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		m, err := st.MeasureByID(ctx, id)
		if err == nil && !s.gate.May(ctx, authz.VisitRead, m.Unit) {
			err = fault.New(fault.NotFound)
		}
		found = m
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
