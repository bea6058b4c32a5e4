package template

import (
	"reflect"
	"sync"

	"leitai/internal/exact"
)

// Shelf remembers what documents were read as, because nearly every step with a
// round reads the same one again, and reading checks the whole of it. Whoever
// takes one from it gets a copy and may change it. It is safe for concurrent use.
type Shelf struct {
	most int // bytes of text kept at most

	lock sync.Mutex
	docs map[string]*Document // by their text
	held int                  // bytes of text
}

// NewShelf makes a shelf that keeps so many bytes of text at most; what is read
// of them takes several times as much.
func NewShelf(most int) *Shelf { return &Shelf{most: most, docs: map[string]*Document{}} }

// Read is the function Read, which is asked once for each text. What is refused
// is not kept.
func (s *Shelf) Read(text string) (Document, error) {
	s.lock.Lock()
	kept := s.docs[text]
	s.lock.Unlock()
	if kept != nil {
		return copyOf(*kept), nil
	}
	d, err := Read([]byte(text))
	if err != nil || len(text) > s.most {
		return d, err
	}
	one := copyOf(d)
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.held+len(text) > s.most { // seldom; what is still used comes back
		clear(s.docs)
		s.held = 0
	}
	if s.docs[text] == nil {
		s.held += len(text)
	}
	s.docs[text] = &one
	return d, nil
}

// copyOf copies a document with everything below it.
func copyOf(d Document) Document {
	var to Document
	copyInto(reflect.ValueOf(&to).Elem(), reflect.ValueOf(&d).Elem())
	return to
}

// exactNumber never changes and is shared.
var exactNumber = reflect.TypeFor[exact.Number]()

func copyInto(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Struct:
		if to.Set(from); from.Type() == exactNumber {
			return
		}
		for i := range from.NumField() {
			switch from.Field(i).Kind() {
			case reflect.Struct, reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map, reflect.Interface:
				copyInto(to.Field(i), from.Field(i))
			}
		}
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			copyInto(to.Elem(), from.Elem())
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
			for i := range from.Len() {
				copyInto(to.Index(i), from.Index(i))
			}
		}
	case reflect.Array:
		for i := range from.Len() {
			copyInto(to.Index(i), from.Index(i))
		}
	case reflect.Map, reflect.Interface, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		panic("template: a document holds a " + from.Kind().String()) // found by the test that copies every type of it
	default:
		to.Set(from)
	}
}
