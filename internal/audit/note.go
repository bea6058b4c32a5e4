package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// Note adds to an event what not every act has.
type Note func(*Event) error

// At tells the unit that the act is about; without it the tenant's own unit is
// noted.
func At(unit uuid.UUID) Note {
	return func(e *Event) error {
		e.Unit = unit
		return nil
	}
}

// longestReason is as long as any reason that an act takes.
const longestReason = 10_000

// Because tells the reason of a decision, in the words of who decided.
func Because(reason string) Note {
	return func(e *Event) error {
		switch {
		case !utf8.ValidString(reason), strings.ContainsRune(reason, 0):
			return fault.New(fault.TextUnkeepable)
		case utf8.RuneCountInString(reason) > longestReason:
			return fault.New(fault.TextTooLong, "have", strconv.Itoa(utf8.RuneCountInString(reason)), "most", strconv.Itoa(longestReason))
		}
		e.Reason = reason
		return nil
	}
}

// Changed tells what became different: of two values that marshal to JSON
// objects, the fields that differ, as they were and as they are. Personal names
// and secrets must not be among them, because the audit is for ever.
func Changed(before, after any) Note {
	return func(e *Event) error {
		was, err := fields(before)
		if err != nil {
			return err
		}
		is, err := fields(after)
		if err != nil {
			return err
		}
		for name, value := range was {
			if other, stays := is[name]; stays && bytes.Equal(value, other) {
				delete(was, name)
				delete(is, name)
			}
		}
		if e.Before, err = json.Marshal(was); err != nil {
			return err
		}
		e.After, err = json.Marshal(is)
		return err
	}
}

// fields reads the canonical form of every field of an object.
func fields(of any) (map[string]json.RawMessage, error) {
	form, err := canonicalDetail(of)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(form, &all); err != nil {
		return nil, fmt.Errorf("what changed is no object: %w", err)
	}
	return all, nil
}
