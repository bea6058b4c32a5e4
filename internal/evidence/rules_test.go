package evidence

import (
	"reflect"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

var (
	shen, wang = uuid.MustParse("018f0000-0000-7000-8000-000000000001"), uuid.MustParse("018f0000-0000-7000-8000-000000000002")
	focus      = Rules{MinPhotos: 1, Kinds: []string{"document", "photo", "observed", "interview"}, Items: []WantedItem{
		{Key: "office", Kinds: []string{"photo"}, Checks: []WantedCheck{{"roster", []string{"document"}}, {"pay", []string{"interview"}}, {"clean", nil}}},
		{Key: "weak", For: []string{"prominent-problem"}, Kinds: []string{"document"}},
	}}
)

// Evidence names an item and a check of the template and is of a kind that it
// takes; every wrong one is told with what would be right. covers B04
func TestTakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		item, check string
		kind        Kind
		want        []fault.Code
	}{
		"of an item":       {"office", "", Photo, nil},
		"of a check":       {"office", "roster", Document, nil},
		"of the village":   {"", "", Photo, nil},
		"no such item":     {"offices", "", Photo, []fault.Code{fault.EvidenceItem}},
		"no such check":    {"office", "rosters", Photo, []fault.Code{fault.EvidenceCheck}},
		"a check alone":    {"", "roster", Photo, []fault.Code{fault.EvidenceItem}},
		"no such kind too": {"x", "", "gossip", []fault.Code{fault.EvidenceKind, fault.EvidenceItem}},
	} {
		var got []fault.Code
		for _, f := range fault.All(focus.takes(c.item, c.check, c.kind)) {
			got = append(got, f.Code)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if err := (Rules{}).takes("", "", Observed); err != nil {
		t.Errorf("a template that asks for nothing takes nothing: %v", err)
	}
}

// What is missing is told for each village, item, check and kind; items that are
// for other villages want nothing of this one, and a piece of a check speaks for
// its item. covers B04, B06
func TestMissing(t *testing.T) {
	t.Parallel()
	both := []Subject{{Unit: shen}, {Unit: wang, Classes: []string{"prominent-problem"}}}
	all := focus.missing(both, nil)
	want := func(unit uuid.UUID, weak bool) []Missing {
		list := []Missing{{Unit: unit, Kind: Photo, Want: 1}, {Unit: unit, Item: "office", Kind: Photo, Want: 1},
			{Unit: unit, Item: "office", Check: "roster", Kind: Document, Want: 1}, {Unit: unit, Item: "office", Check: "pay", Kind: Interview, Want: 1}}
		if weak {
			list = append(list, Missing{Unit: unit, Item: "weak", Kind: Document, Want: 1})
		}
		return list
	}
	if expected := append(want(shen, false), want(wang, true)...); !reflect.DeepEqual(all, expected) {
		t.Errorf("nothing given: %+v", all)
	}
	given := []Count{{shen, "office", "clean", Photo, 2}, {shen, "office", "roster", Document, 1}, {shen, "office", "pay", Interview, 1}}
	if left := focus.missing(both[:1], given); left != nil {
		t.Errorf("all given, still %+v", left)
	}
	more := Rules{MinPhotos: 3}
	if left := more.missing(both[:1], given); len(left) != 1 || left[0].Have != 2 || left[0].Want != 3 {
		t.Errorf("two pictures of three: %+v", left)
	}
}
