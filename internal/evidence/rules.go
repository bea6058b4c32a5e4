package evidence

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// Rules is what a template wants to be shown.
type Rules struct {
	MinPhotos int      // pictures of each village in a round (B06)
	Kinds     []string // kinds that are taken; empty: all
	Items     []WantedItem
}

// WantedItem is one item with what must be shown for it (B04).
type WantedItem struct {
	Key    string
	For    []string // classes it applies to; empty: everybody
	Kinds  []string // one piece of each
	Checks []WantedCheck
}

// WantedCheck is one check of an item.
type WantedCheck struct {
	Key   string
	Kinds []string
}

// Subject is a village that must show evidence, with its classes on the date of
// the round.
type Subject struct {
	Unit    uuid.UUID
	Classes []string
}

// takes checks that item, check and kind are known to the template.
func (r Rules) takes(item, check string, kind Kind) error {
	var faults fault.List
	if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, string(kind)) {
		faults = append(faults, fault.New(fault.EvidenceKind, "value", string(kind), "want", strings.Join(r.Kinds, ", ")).At("kind"))
	}
	if item == "" && check == "" {
		return faults.Err()
	}
	at := slices.IndexFunc(r.Items, func(w WantedItem) bool { return w.Key == item })
	if at < 0 {
		var keys []string
		for _, w := range r.Items {
			keys = append(keys, w.Key)
		}
		return append(faults, fault.New(fault.EvidenceItem, "value", item, "want", strings.Join(keys, ", ")).At("item"))
	}
	if check != "" && !slices.ContainsFunc(r.Items[at].Checks, func(w WantedCheck) bool { return w.Key == check }) {
		var keys []string
		for _, w := range r.Items[at].Checks {
			keys = append(keys, w.Key)
		}
		faults = append(faults, fault.New(fault.EvidenceCheck, "item", item, "value", check, "want", strings.Join(keys, ", ")).At("check"))
	}
	return faults.Err()
}

// missing compares what a template wants with the pieces of a round: at least
// one of each kind for each item and check that applies to the village, and so
// many pictures of the village. A check without kinds of its own is served by
// its item's. Nothing says who has to bring a piece (G3).
func (r Rules) missing(subjects []Subject, counts []Count) []Missing {
	have := map[Count]int{}
	photos := map[uuid.UUID]int{}
	for _, c := range counts {
		pieces := c.Pieces
		if c.Kind == Photo {
			photos[c.Unit] += pieces
		}
		c.Pieces = 0
		have[c] += pieces
		if c.Check != "" { // a piece of a check speaks for its item, too
			c.Check = ""
			have[c] += pieces
		}
	}
	var all []Missing
	for _, s := range subjects {
		if photos[s.Unit] < r.MinPhotos {
			all = append(all, Missing{Unit: s.Unit, Kind: Photo, Have: photos[s.Unit], Want: r.MinPhotos})
		}
		for _, item := range r.Items {
			if !item.appliesTo(s) {
				continue
			}
			want := func(check string, kinds []string) {
				for _, kind := range kinds {
					if have[Count{Unit: s.Unit, Item: item.Key, Check: check, Kind: Kind(kind)}] == 0 {
						all = append(all, Missing{Unit: s.Unit, Item: item.Key, Check: check, Kind: Kind(kind), Want: 1})
					}
				}
			}
			want("", item.Kinds)
			for _, check := range item.Checks {
				want(check.Key, check.Kinds)
			}
		}
	}
	return all
}

func (w WantedItem) appliesTo(s Subject) bool {
	return len(w.For) == 0 || slices.ContainsFunc(w.For, func(class string) bool { return slices.Contains(s.Classes, class) })
}
