package voting

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/fault"
)

// Form gives the form that a code opens. A code that is mistyped, unknown, used,
// of a closed evaluation or of a suspended tenant is BALLOT_CODE_INVALID, in the
// same words.
func (s *Service) Form(ctx context.Context, code string) (*Form, error) {
	hash, ok := hashOf(code)
	if !ok {
		return nil, fault.New(fault.BallotCodeInvalid).At("code")
	}
	var form *Form
	err := s.outside(ctx, func(ctx context.Context, b Box) (err error) {
		form, err = b.BallotForm(ctx, hash)
		return err
	})
	if err == nil && form == nil {
		err = fault.New(fault.BallotCodeInvalid).At("code")
	}
	return form, err
}

// Cast casts one sheet: a choice for every subject, by subject id. A sheet that
// is not filled in properly names what is missing and leaves the code unused; a
// code is used once, however many try at the same time. Nothing of the caller is
// kept.
func (s *Service) Cast(ctx context.Context, code string, choices map[string]string) error {
	hash, ok := hashOf(code)
	if !ok {
		return fault.New(fault.BallotCodeInvalid).At("code")
	}
	return s.outside(ctx, func(ctx context.Context, b Box) error {
		form, err := b.BallotForm(ctx, hash)
		if err != nil {
			return err
		}
		if form == nil {
			return fault.New(fault.BallotCodeInvalid).At("code")
		}
		if faults := ballot.CheckSheet(form.Rule, form.Group, form.Recusal, subjects(form.Subjects), choices); len(faults) > 0 {
			return named(faults, form.Subjects)
		}
		ids, said := make([]uuid.UUID, len(form.Subjects)), make([]string, len(form.Subjects))
		for i, subject := range form.Subjects {
			ids[i], said[i] = subject.ID, choices[subject.ID.String()]
		}
		cast, err := b.CastBallot(ctx, hash, ids, said)
		if err == nil && !cast {
			err = fault.New(fault.BallotCodeInvalid).At("code")
		}
		return err
	})
}

// named lets faults call a subject what the form calls it.
func named(faults fault.List, subjects []Subject) fault.List {
	for _, f := range faults {
		for _, s := range subjects {
			if f.Args["subject"] == s.ID.String() {
				_ = f.Call("subject", s.Name, s.Name)
			}
		}
	}
	return faults
}
