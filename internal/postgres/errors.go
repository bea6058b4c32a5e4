package postgres

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"leitai/ent/gen"
	"leitai/internal/budget"
	"leitai/internal/fault"
)

// The conditions of PostgreSQL that mean something to a caller. LT… are raised
// by triggers of the migrations.
const (
	uniqueViolation  pqerror.Code = "23505"
	foreignViolation pqerror.Code = "23503"
	serialization    pqerror.Code = "40001"
	deadlock         pqerror.Code = "40P01"
	stalePlan        pqerror.Code = "0A000"
	unknownStatement pqerror.Code = "26000"
	appendOnly       pqerror.Code = "LT001"
	fixedHome        pqerror.Code = "LT002"
	frozenTemplate   pqerror.Code = "LT003"
	roundNotOpen     pqerror.Code = "LT004"
	unitCircle       pqerror.Code = "LT031"
	noCharacter      pqerror.Code = "22021" // U+0000 in a text
	noJSONCharacter  pqerror.Code = "22P05" // and in a document
	overLimit        pqerror.Code = "54000" // a value too long for its index
	notAllowed       pqerror.Code = "42501" // row-level security, or a missing right
	lockTimeout      pqerror.Code = "55P03" // another of the same tenant had the lock for too long
	cancelled        pqerror.Code = "57014" // a statement took too long, or nobody waits for it
)

// faultOf translates what PostgreSQL refused into a fault; anything it does not
// know stays an error that is never shown. Faults pass unchanged.
func faultOf(err error) error {
	if err == nil || fault.All(err) != nil {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) || gen.IsNotFound(err) {
		return fault.New(fault.NotFound)
	}
	refused := pq.As(err)
	if refused == nil {
		return err
	}
	switch refused.Code {
	case uniqueViolation:
		return fault.New(fault.AlreadyExists, "value", "…")
	case foreignViolation:
		return fault.New(fault.NotFound)
	case appendOnly:
		return fault.New(fault.RecordSealed)
	case fixedHome:
		return fault.New(fault.RecordHomeFixed)
	case frozenTemplate:
		return fault.New(fault.TemplateFrozen)
	case roundNotOpen:
		return fault.New(fault.RoundNotOpenForMarks)
	case unitCircle:
		return fault.New(fault.UnitCircle)
	case noCharacter, noJSONCharacter:
		return fault.New(fault.TextUnkeepable)
	case overLimit:
		return fault.New(fault.TextTooLong, "have", "> 800", "most", "800") // what an index takes of a name
	case lockTimeout:
		return budget.Throttled(time.Second)
	case cancelled:
		return fault.New(fault.RequestTimeout)
	}
	return err
}

// retryable reports whether the same transaction may succeed when tried again.
func retryable(err error) bool {
	return pq.As(err, serialization, deadlock, stalePlan, unknownStatement) != nil
}

// redacted keeps a DSN's password out of an error.
func redacted(err error, dsn string) error {
	if strings.Contains(err.Error(), dsn) {
		return errors.New("it cannot be parsed")
	}
	return fmt.Errorf("%w", err)
}
