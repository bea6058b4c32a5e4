// Package straight owns how plain data is written into an answer: an object
// below which nothing is resolved is appended to one piece of memory, without a
// writer, a closure and a context for every one of its fields. The code that
// calls it is generated (graph/lighten).
//
// It does not own what an answer holds, nor how a scalar looks (scalar).
package straight

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// Writer is JSON that is being written, and a value of an answer when it is
// done.
type Writer struct{ text []byte }

// MarshalGQL gives what was written; it implements graphql.Marshaler.
func (w *Writer) MarshalGQL(to io.Writer) { _, _ = to.Write(w.text) }

// Write takes JSON from a value that writes itself.
func (w *Writer) Write(p []byte) (int, error) {
	w.text = append(w.text, p...)
	return len(p), nil
}

// WriteString is Write for a text that is JSON.
func (w *Writer) WriteString(s string) (int, error) {
	w.text = append(w.text, s...)
	return len(s), nil
}

// Fields leaves out what is collected again under a name that was there before,
// which happens where fragments on different interfaces meet: an object has a
// name once.
func Fields(collected []graphql.CollectedField) []graphql.CollectedField {
	for i := range collected {
		if taken(collected[:i], collected[i].Alias) {
			return once(collected)
		}
	}
	return collected
}

func taken(fields []graphql.CollectedField, name string) bool {
	return slices.ContainsFunc(fields, func(f graphql.CollectedField) bool { return f.Alias == name })
}

// once makes a list of its own: what is collected is remembered.
func once(collected []graphql.CollectedField) []graphql.CollectedField {
	var all []graphql.CollectedField
	for _, f := range collected {
		if !taken(all, f.Alias) {
			all = append(all, f)
		}
	}
	return all
}

// List writes objects, none of which may be null; false when one is, which the
// errors of the answer then tell.
func List[T any](ctx context.Context, w *Writer, all []*T, write func(*T) bool) bool {
	w.text = append(w.text, '[')
	begun := len(w.text)
	for i, one := range all {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		if one == nil {
			graphql.AddErrorf(ctx, "the requested element is null which the schema does not allow")
			return false
		}
		if !write(one) {
			return false
		}
		if i == 0 { // the others will be about as long as the first, not as all that stands before it
			w.text = slices.Grow(w.text, (len(w.text)-begun)*len(all))
		}
	}
	w.text = append(w.text, ']')
	return true
}

// Open begins an object.
func (w *Writer) Open() { w.text = append(w.text, '{') }

// Close ends it.
func (w *Writer) Close() { w.text = append(w.text, '}') }

// Name begins the i-th member of an object. A name needs no escape.
func (w *Writer) Name(i int, name string) {
	if i > 0 {
		w.text = append(w.text, ',')
	}
	w.text = append(w.text, '"')
	w.text = append(w.text, name...)
	w.text = append(w.text, '"', ':')
}

// Value writes any other value; false for null where there must be something.
func (w *Writer) Value(m graphql.Marshaler, required bool) bool {
	if m == graphql.Null && required {
		return false
	}
	if other, is := m.(*Writer); is {
		w.text = append(w.text, other.text...)
		return true
	}
	m.MarshalGQL(w)
	return true
}

// Int writes a whole number.
func (w *Writer) Int(n int) { w.text = strconv.AppendInt(w.text, int64(n), 10) }

// Bool writes true or false.
func (w *Writer) Bool(b bool) { w.text = strconv.AppendBool(w.text, b) }

// Null writes that there is nothing.
func (w *Writer) Null() { w.text = append(w.text, "null"...) }

// Text writes a text of any kind.
func Text[T ~string](w *Writer, s T) { w.String(string(s)) }

// OptionalText writes a text that is there, else null.
func OptionalText[T ~string](w *Writer, s *T) {
	if s == nil {
		w.Null()
		return
	}
	w.String(string(*s))
}

// Strings writes a list of texts.
func (w *Writer) Strings(all []string) {
	w.text = append(w.text, '[')
	for i, s := range all {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		w.String(s)
	}
	w.text = append(w.text, ']')
}

// Optional writes what is there, else null.
func Optional[T any](w *Writer, v *T, write func(T)) {
	if v == nil {
		w.Null()
		return
	}
	write(*v)
}

const hex = "0123456789ABCDEF"

// String writes a text as the rest of the answer is written: what JSON does not
// ask to be escaped stays.
func (w *Writer) String(s string) {
	w.text = append(w.text, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		w.text = append(w.text, s[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			w.text = append(w.text, '\\', 't')
		case '\r':
			w.text = append(w.text, '\\', 'r')
		case '\n':
			w.text = append(w.text, '\\', 'n')
		case '\\', '"':
			w.text = append(w.text, '\\', c)
		default:
			w.text = append(w.text, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	w.text = append(append(w.text, s[start:]...), '"')
}
