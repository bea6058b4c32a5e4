package array

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

func TestArraysComeBack(t *testing.T) {
	t.Parallel()
	for _, want := range []Text{{}, {"a"}, {`a,"b\`, "", "中", "{}", "NULL"}} {
		sent, err := want.Value()
		if err != nil {
			t.Fatal(err)
		}
		var have Text
		if err := have.Scan(sent); err != nil || !slices.Equal(have, want) {
			t.Errorf("%q came back as %q, %v", want, have, err)
		}
	}
	for _, want := range []UUID{{}, {uuid.New(), uuid.New()}} {
		sent, err := want.Value()
		if err != nil {
			t.Fatal(err)
		}
		var have UUID
		if err := have.Scan(sent); err != nil || !slices.Equal(have, want) {
			t.Errorf("%v came back as %v, %v", want, have, err)
		}
	}
}

// No such column is nullable, so nothing is the empty array.
func TestNilIsTheEmptyArray(t *testing.T) {
	t.Parallel()
	texts, err := Text(nil).Value()
	ids, errIDs := UUID(nil).Value()
	if texts != "{}" || ids != "{}" || err != nil || errIDs != nil {
		t.Errorf("%v %v, %v %v", texts, ids, err, errIDs)
	}
	var have UUID
	if err := have.Scan("{not-an-id}"); err == nil {
		t.Error("a bad id was read")
	}
}
