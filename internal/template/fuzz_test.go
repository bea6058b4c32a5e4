package template

import (
	"bytes"
	"testing"

	"leitai/internal/fault"
)

// Any bytes are either refused with faults that a person can read, or they are
// a sound document that prints and reads back unchanged.
func FuzzParse(f *testing.F) {
	for _, key := range exampleKeys {
		source := exampleSource(f, key)
		f.Add(source)
		f.Add(Canonical(parsed(f, source)))
	}
	f.Add(everythingSource(f))
	f.Add([]byte(small))
	f.Add([]byte("a: &x [1]\nb: *x\n<<: {c: !!str 1}\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			l := fault.All(err)
			if len(l) == 0 {
				t.Fatalf("refused without a fault: %v", err)
			}
			for _, one := range l {
				if one.Message(fault.Chinese) == "" || one.Message(fault.English) == "" {
					t.Fatalf("unreadable fault %+v", one)
				}
			}
			return
		}
		if l := Validate(d); len(l) > 0 {
			t.Fatalf("accepted, yet not sound: %v", l)
		}
		printed := Print(d)
		again, err := Parse(printed)
		if err != nil {
			t.Fatalf("its print is refused: %v\n%s", err, printed)
		}
		if !Equal(d, again) || !bytes.Equal(Print(again), printed) {
			t.Fatalf("its print reads otherwise: %v\n%s", Diff(d, again), printed)
		}
		fromJSON, err := Read(Canonical(d))
		if err != nil || !Equal(d, fromJSON) {
			t.Fatalf("its canonical form reads otherwise: %v %v", err, Diff(d, fromJSON))
		}
		for _, w := range Lint(d) {
			if w.ZH == "" || w.EN == "" {
				t.Fatalf("a warning without words: %+v", w)
			}
		}
	})
}
