package template

import (
	"reflect"
	"sync"
	"testing"

	"leitai/internal/exact"
)

// spoil changes everything that can be reached from a value but numbers, and
// fills what is nil, so that every type a document may hold is met.
func spoil(v reflect.Value, depth int) {
	if v.Type() == reflect.TypeFor[exact.Number]() || depth > 8 {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			spoil(v.Field(i), depth+1)
		}
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		spoil(v.Elem(), depth+1)
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			spoil(v.Index(i), depth+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			spoil(v.Index(i), depth+1)
		}
	case reflect.String:
		v.SetString(v.String() + "!")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		panic("a document holds a " + v.Kind().String())
	}
}

// canonicals are the documents that come with leitai, and one that uses every
// key, as they are stored.
func canonicals(t *testing.T) []string {
	t.Helper()
	texts := []string{string(Canonical(parsed(t, everythingSource(t))))}
	for _, key := range exampleKeys {
		texts = append(texts, string(Canonical(parsed(t, exampleSource(t, key)))))
	}
	return texts
}

// What is taken from a shelf is what is read, and nobody who changes it changes
// what the next one takes.
func TestAShelfGivesWhatIsRead(t *testing.T) {
	t.Parallel()
	shelf := NewShelf(1 << 20)
	for _, canonical := range canonicals(t) {
		want := parsed(t, []byte(canonical))
		for range 3 {
			have, err := shelf.Read(canonical)
			if err != nil || !reflect.DeepEqual(have, want) {
				t.Fatalf("another document, %v, of %.60s", err, canonical)
			}
			spoil(reflect.ValueOf(&have).Elem(), 0)
		}
	}
}

// A refusal is not kept, and what is too much for a shelf is read all the same.
func TestAShelfIsBounded(t *testing.T) {
	t.Parallel()
	texts := canonicals(t)
	for _, most := range []int{0, len(texts[0]), 1 << 20} {
		shelf := NewShelf(most)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for _, text := range texts {
					if _, err := shelf.Read(text); err != nil {
						t.Error(err)
					}
					if _, err := shelf.Read(text[1:]); err == nil {
						t.Error("half a document was read")
					}
				}
			})
		}
		all.Wait()
	}
}
