package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// GradeDecide is a committee's decision on a subject's grade.
type GradeDecide struct {
	Round    uuid.UUID
	Subject  uuid.UUID // the contestant; or UnitCode, its code
	UnitCode string
	Scale    string
	Grade    string // one of the scale's
	Reason   string
}

// DecideGrade records, with a reason, what a committee decided about a grade: who
// gets the last seat of a quota for which several are tied (Q17), or a seat
// beyond a soft cap, which another person has to approve before it counts (Q18).
// Decided again, it supersedes the decision before.
func (s *Service) DecideGrade(ctx context.Context, in GradeDecide) (*GradeDecision, error) {
	if err := reasoned(in.Reason); err != nil {
		return nil, err
	}
	var out *GradeDecision
	err := s.change(ctx, authz.GradeDecide, in.Round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if err := inState(r, Closed, Computed); err != nil {
			return err
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		e, err := d.entry(SubjectRef{in.Subject, in.UnitCode})
		if err != nil {
			return err
		}
		if bad := checkGrade(d.doc, in); bad != nil {
			return bad
		}
		standing, err := st.GradeDecisionsOf(ctx, r.ID)
		if err != nil {
			return err
		}
		out = &GradeDecision{
			ID: newID(), Round: r.ID, Scale: in.Scale, Subject: e.Subject, SubjectKind: e.Kind, Unit: e.Unit, Grade: in.Grade, Reason: strings.TrimSpace(in.Reason),
			DecidedBy: who.Person, DecidedAt: s.now(),
		}
		for _, old := range standing {
			if old.Scale == in.Scale && old.Subject == e.Subject {
				out.Supersedes = &old.ID
			}
		}
		if err := st.InsertGradeDecision(ctx, out); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.GradeDecide), "round", r.ID, map[string]any{"subject": e.Code, "scale": in.Scale, "grade": in.Grade},
			audit.At(e.Unit), audit.Because(out.Reason))
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func checkGrade(doc *template.Document, in GradeDecide) error {
	var scales, grades []string
	for i := range doc.Grades {
		scales = append(scales, doc.Grades[i].Key)
	}
	scale, known := doc.GradeScale(in.Scale)
	if !known {
		return fault.New(fault.GradeChoice, "value", in.Scale, "want", strings.Join(scales, ", ")).At("scale")
	}
	for _, step := range scale.Steps {
		grades = append(grades, step.Key)
	}
	if !slices.Contains(grades, in.Grade) {
		return fault.New(fault.GradeChoice, "value", in.Grade, "want", strings.Join(grades, ", ")).At("grade")
	}
	return nil
}

// ApproveGrade is the second approver's word on a decision about a grade (Q18):
// another person than who decided. Approving again changes nothing.
func (s *Service) ApproveGrade(ctx context.Context, round, decision uuid.UUID) (*GradeDecision, error) {
	var out *GradeDecision
	err := s.change(ctx, authz.GradeDecide, round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		standing, err := st.GradeDecisionsOf(ctx, r.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(standing, func(g *GradeDecision) bool { return g.ID == decision })
		if at < 0 {
			return fault.New(fault.NotFound).At("decision")
		}
		out = standing[at]
		switch {
		case out.DecidedBy == who.Person:
			return fault.New(fault.GradeSecondSame).At("decision")
		case out.ApprovedBy != nil && *out.ApprovedBy == who.Person:
			return nil
		case out.ApprovedBy != nil:
			return fault.New(fault.GradeApproved).At("decision")
		}
		if err := inState(r, Closed, Computed); err != nil {
			return err
		}
		out.ApprovedBy = &who.Person
		if err := st.InsertGradeApproval(ctx, out, s.now()); err != nil {
			return err
		}
		return audit.Record(ctx, "grade:approve", "round", r.ID, map[string]any{"decision": decision, "scale": out.Scale, "grade": out.Grade})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// GradeDecisions lists the decisions in force, for those who work on the round;
// none for anybody else.
func (s *Service) GradeDecisions(ctx context.Context, round uuid.UUID) (all []*GradeDecision, err error) {
	err = s.looking(ctx, authz.MarkDraftRead, round, func(ctx context.Context, st Store, r *Round) error {
		if works, err := s.worksOn(ctx, st, r); err != nil || !works {
			return err
		}
		all, err = st.GradeDecisionsOf(ctx, r.ID)
		return err
	})
	return all, err
}
