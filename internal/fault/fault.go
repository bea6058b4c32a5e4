// Package fault owns the one error type that leaves leitai: a stable code, the
// field and place of the offending value, the subjects concerned, and a
// sentence in Chinese or English that says what would be right.
//
// It does not own the decision that something is wrong (each rule does), nor
// transport status codes (httpserver does). Codes of a room live beside this
// file in codes_<room>.go, so that one look tells every answer a room can give.
package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Code is a stable, upper-snake identifier of one kind of refusal. Codes never
// change their meaning; messages may.
type Code string

// Place is where in an import or document the offending value stands. Rows and
// columns count from 1; zero means "not a table".
type Place struct {
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
}

// Fault is one refusal. It is a value to be shown to a person: never put SQL,
// file paths or another tenant's data into its arguments.
type Fault struct {
	Code     Code
	Field    string            // path of the input field, for example items[2].points
	Place    Place             // row and column for an import
	Subjects []string          // ids of the subjects concerned, sorted unless the rule knows a better order
	Args     map[string]string // named values of the message
	called   map[string]text   // what a message calls a value of Args, where it does not show the value itself
}

// New makes a fault of a registered code; args are name, value pairs of the
// message. An odd number of args or an unregistered code panics, because that
// is a mistake in the program and not in its input.
func New(code Code, args ...string) *Fault {
	if _, ok := catalogue[code]; !ok {
		panic("fault: code without a message: " + string(code))
	}
	if len(args)%2 != 0 {
		panic("fault: arguments of " + string(code) + " are not pairs")
	}
	f := &Fault{Code: code, Args: make(map[string]string, len(args)/2)}
	for i := 0; i < len(args); i += 2 {
		f.Args[args[i]] = args[i+1]
	}
	return f
}

// At returns the fault with the field it concerns.
func (f *Fault) At(format string, args ...any) *Fault {
	f.Field = fmt.Sprintf(format, args...)
	return f
}

// In returns the fault with its row (from 1) and column name of an import.
func (f *Fault) In(row int, column string) *Fault {
	f.Place = Place{Row: row, Column: column}
	return f
}

// About returns the fault with the subjects it concerns, sorted.
func (f *Fault) About(subjects ...string) *Fault {
	f.Subjects = append([]string(nil), subjects...)
	sort.Strings(f.Subjects)
	return f
}

// Call returns the fault with what its messages call an argument, in Chinese
// and in English: a state or an item has a key for programs, which stays in
// Args, and a name for people.
func (f *Fault) Call(name, zh, en string) *Fault {
	if f.called == nil {
		f.called = map[string]text{}
	}
	f.called[name] = text{zh: zh, en: en}
	return f
}

// Error gives the English message with code and field, for logs.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(string(f.Code))
	if f.Field != "" {
		b.WriteString(" at " + f.Field)
	}
	if f.Place.Row > 0 {
		fmt.Fprintf(&b, " (row %d, column %s)", f.Place.Row, f.Place.Column)
	}
	b.WriteString(": " + f.Message(English))
	return b.String()
}

// Is reports whether target is a fault of the same code, so that
// errors.Is(err, fault.New(code)) works.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Code == f.Code
}

// List is every reason of one refusal: a transition lists all its blockers, an
// import all its bad rows.
type List []*Fault

// Error joins the messages of all faults.
func (l List) Error() string {
	parts := make([]string, len(l))
	for i, f := range l {
		parts[i] = f.Error()
	}
	return strings.Join(parts, "; ")
}

// Is reports whether any fault of the list has target's code.
func (l List) Is(target error) bool {
	for _, f := range l {
		if f.Is(target) {
			return true
		}
	}
	return false
}

// Err returns nil for an empty list, so that a nil List never becomes a
// non-nil error.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// All returns the faults inside an error, in order; nil when the error is not
// meant for the caller (a bug, a lost connection).
func All(err error) List {
	var one *Fault
	var many List
	switch {
	case errors.As(err, &many):
		return many
	case errors.As(err, &one):
		return List{one}
	}
	return nil
}

// CodeOf returns the first code inside an error, or "" when there is none.
func CodeOf(err error) Code {
	if l := All(err); len(l) > 0 {
		return l[0].Code
	}
	return ""
}

// NotFoundAt says which field named what was not found; any other error stays as
// it is.
func NotFoundAt(err error, field string) error {
	if CodeOf(err) == NotFound {
		return New(NotFound).At("%s", field)
	}
	return err
}
