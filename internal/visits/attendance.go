package visits

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// expected are the posts whose holders come to an observation (B05): the
// township's leaders, the cadres responsible for villages, all village
// secretaries and first secretaries.
var expected = []string{"secretary", "mayor", "deputy-secretary", "organisation-member", "discipline-secretary", "leader-in-charge",
	"linked-leader", "package-cadre", "village-secretary", "first-secretary"}

// Place is where somebody had to come: a visit, or a step of a round such as the
// review meeting.
type Place struct {
	Round *uuid.UUID
	Visit *uuid.UUID
	Stage string
}

// Came is what is stated about one person.
type Came struct {
	Person uuid.UUID
	Role   string
	Status Presence
	Note   string
}

// State records who came, as an office states it after the event (B05); a
// statement about somebody replaces the one before.
func (s *Service) State(ctx context.Context, at Place, all []Came) (*Muster, error) {
	who, today, err := s.act(ctx, authz.VisitWrite)
	if err != nil {
		return nil, err
	}
	if err := stated(at, all); err != nil {
		return nil, err
	}
	var muster *Muster
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		day, posts, err := at.place(ctx, st, today)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(all))
		lines := make([]Attendance, len(all))
		for n, c := range all {
			ids[n] = c.Person
			lines[n] = Attendance{ID: newID(), Round: at.Round, Visit: at.Visit, Stage: at.Stage, Person: c.Person, Role: strings.TrimSpace(c.Role),
				Status: c.Status, Note: strings.TrimSpace(c.Note), RecordedBy: who.Person, RecordedAt: s.now()}
		}
		strangers, err := st.UnknownPersons(ctx, ids)
		if err != nil {
			return err
		}
		if len(strangers) > 0 {
			return fault.New(fault.NotFound).At("attendance[%d].person", slices.Index(ids, strangers[0]))
		}
		if err := st.SaveAttendance(ctx, lines); err != nil {
			return err
		}
		object, kind := at.object()
		if err := audit.Record(ctx, "visit:attendance", kind, object, map[string]any{"persons": len(lines), "stage": at.Stage}); err != nil {
			return err
		}
		muster, err = called(ctx, st, at, day, posts)
		return err
	})
	return muster, err
}

func stated(at Place, all []Came) error {
	var faults fault.List
	if at.Round == nil && at.Visit == nil {
		faults = append(faults, fault.New(fault.AttendanceNowhere).At("round"))
	}
	for n, c := range all {
		if c.Status == Excused && strings.TrimSpace(c.Note) == "" {
			faults = append(faults, fault.New(fault.AttendanceExcuse).At("attendance[%d].note", n))
		}
	}
	return faults.Err()
}

func (p Place) object() (uuid.UUID, string) {
	if p.Visit != nil {
		return *p.Visit, "visit"
	}
	return *p.Round, "round"
}

// place checks where it was and tells on which day, and whose posts are asked for.
func (p *Place) place(ctx context.Context, st Store, today calendar.Date) (day calendar.Date, posts []string, err error) {
	day = today
	if p.Visit != nil {
		v, err := st.VisitByID(ctx, *p.Visit)
		if err != nil {
			return day, nil, fault.NotFoundAt(err, "visit")
		}
		if p.Round != nil && (v.Round == nil || *v.Round != *p.Round) {
			return day, nil, fault.New(fault.NotFound).At("round")
		}
		p.Round = v.Round
		if day = v.PlannedOn; !v.VisitedOn.IsZero() {
			day = v.VisitedOn
		}
	}
	if p.Round != nil {
		r, err := st.ObservedRound(ctx, *p.Round)
		if err != nil {
			return day, nil, fault.NotFoundAt(err, "round")
		}
		if p.Visit == nil {
			day = r.Held
		}
		posts = expected
	}
	return day, posts, nil
}

// called compares who had to come with what was stated.
func called(ctx context.Context, st Store, at Place, day calendar.Date, posts []string) (*Muster, error) {
	due, err := st.DueAt(ctx, posts, day)
	if err != nil {
		return nil, err
	}
	lines, err := st.AttendanceAt(ctx, at.Round, at.Visit, at.Stage)
	if err != nil {
		return nil, err
	}
	return muster(due, lines), nil
}

// muster counts: everybody who had to come or was stated is due once.
func muster(due []Due, lines []Attendance) *Muster {
	m := &Muster{Lines: lines}
	told := map[uuid.UUID]bool{}
	for _, l := range lines {
		told[l.Person] = true
		switch l.Status {
		case Present:
			m.Present++
		case Excused:
			m.Excused++
		case Absent:
			m.Absent++
		}
	}
	for _, d := range due {
		if !told[d.Person] {
			told[d.Person] = true
			m.Unrecorded = append(m.Unrecorded, d)
		}
	}
	m.Open = len(m.Unrecorded)
	m.Due = len(lines) + m.Open
	return m
}

// Muster reads who had to come to a visit or a step, and who did.
func (s *Service) Muster(ctx context.Context, at Place) (*Muster, error) {
	if err := s.gate.Require(ctx, authz.VisitRead, uuid.Nil); err != nil {
		return nil, err
	}
	if at.Round == nil && at.Visit == nil {
		return nil, fault.New(fault.AttendanceNowhere).At("round")
	}
	var m *Muster
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		day, posts, err := at.place(ctx, st, calendar.Date{})
		if err != nil {
			return err
		}
		m, err = called(ctx, st, at, day, posts)
		return err
	})
	return m, err
}
