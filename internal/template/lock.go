package template

import (
	"slices"

	"leitai/internal/fault"
)

// Locks gives the fields that a template derived from this one may not change:
// its own locks and those it inherited.
func Locks(d Document) []string {
	all := slices.Clone(d.Locks)
	if d.DerivedFrom != nil {
		all = append(all, d.DerivedFrom.Locked...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// CheckLocked checks a derived template against its parent: it names that
// parent, and every field that the parent locks, or that it says is locked,
// stands as in the parent. Fields are dotted paths such as bands.bottom.
func CheckLocked(parent, child Document) fault.List {
	if child.DerivedFrom == nil || child.DerivedFrom.Key != parent.Key {
		return fault.List{fault.New(fault.TemplateParent, "want", parent.Key).At("derivedFrom.key")}
	}
	locked := append(Locks(parent), child.DerivedFrom.Locked...)
	slices.Sort(locked)
	up, down := shape.write(parent), shape.write(child)
	var all fault.List
	for _, field := range slices.Compact(locked) {
		for _, change := range compare(field, up.at(field), down.at(field)) {
			want := change.From
			if want == "" {
				want = "–"
			}
			all = append(all, fault.New(fault.TemplateLocked, "field", change.Field, "parent", parent.Key, "want", want).At("%s", change.Field))
		}
	}
	return all
}
