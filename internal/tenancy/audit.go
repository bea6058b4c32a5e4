package tenancy

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// AuditFilter is what to look for in the audit; zero fields ask for nothing.
type AuditFilter struct {
	Action       string
	Object       uuid.UUID
	User         uuid.UUID
	UnitCode     string
	Since, Until time.Time // [Since, Until)
}

// AuditQuery is AuditFilter with the unit found.
type AuditQuery struct {
	AuditFilter
	Unit uuid.UUID
}

// Audited is an entry of the audit with the person behind its user, uuid.Nil
// when there is none.
type Audited struct {
	audit.Entry
	Person uuid.UUID
}

// KeptAudit is the tenant's audit.
type KeptAudit interface {
	AuditedPage(ctx context.Context, q AuditQuery, w paging.Window) ([]*Audited, error) // newest first
	AuditChain(ctx context.Context) iter.Seq2[audit.Entry, error]
	AuditTip(ctx context.Context) (audit.Head, error)
	// AuditProved holds what entries prove against the rows as they stand.
	AuditProved(ctx context.Context) (audit.Proved, error)
}

// Audit lists what was done in the tenant, newest first.
func (s *Service) Audit(ctx context.Context, f AuditFilter, args paging.Args) (paging.Page[*Audited], error) {
	none := paging.Page[*Audited]{}
	v, err := viewer.From(ctx)
	if err != nil {
		return none, err
	}
	if !f.Since.IsZero() && !f.Until.IsZero() && !f.Since.Before(f.Until) {
		return none, fault.New(fault.AuditFilterInvalid).At("filter.until")
	}
	scope := paging.Scope("audit", v.Tenant.String(), f.Action, f.Object.String(), f.User.String(), f.UnitCode, f.Since.String(), f.Until.String())
	w, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return none, err
	}
	var list []*Audited
	err = s.look(ctx, authz.AuditRead, func(ctx context.Context, st Store) error {
		q := AuditQuery{AuditFilter: f}
		if f.UnitCode != "" {
			unit, err := st.UnitByCode(ctx, f.UnitCode)
			if fault.CodeOf(err) == fault.NotFound {
				err = fault.New(fault.UnitUnknown, "code", f.UnitCode).At("filter.unitCode")
			}
			if err != nil {
				return err
			}
			q.Unit = unit.ID
		}
		var err error
		list, err = st.AuditedPage(ctx, q, w)
		return err
	})
	if err != nil {
		return none, err
	}
	return paging.Cut(list, w, func(e *Audited) string { return s.cursors.Encode(scope, paging.Text(strconv.FormatInt(e.Seq, 10))) }), nil
}

// AuditChecked is what became of the tenant's chain.
type AuditChecked struct {
	Head   audit.Head    // of the entries that hold
	Broken *audit.Broken // nil: all of them
	Proved audit.Proved  // the marks that entries prove
}

// Intact says whether nothing was changed past the service.
func (c AuditChecked) Intact() bool { return c.Broken == nil && c.Proved.Count == 0 }

// CheckAudit follows the tenant's chain from its first entry to the tip that
// the database noted beside it, and holds the marks that entries prove against
// them.
func (s *Service) CheckAudit(ctx context.Context) (AuditChecked, error) {
	var c AuditChecked
	err := s.look(ctx, authz.AuditRead, func(ctx context.Context, st Store) error {
		tip, err := st.AuditTip(ctx)
		if err != nil {
			return err
		}
		c.Head, err = audit.VerifyWhole(st.AuditChain(ctx), tip)
		if err != nil && !errors.As(err, &c.Broken) {
			return err
		}
		c.Proved, err = st.AuditProved(ctx)
		return err
	})
	return c, err
}
