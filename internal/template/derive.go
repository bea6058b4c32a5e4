package template

// Derive makes the draft of a template that rests on a parent: everything as
// in the parent, under its own key and name, with the version it was taken from
// and every field that the parent locks, its own locks and those it inherited.
// An empty name keeps the parent's. The error is a fault.List: a key that is
// none, or that of the parent.
func Derive(parent Document, version int, key string, name Text) (Document, error) {
	child := parent
	child.Key, child.Locks = key, nil
	child.DerivedFrom = &Derived{Key: parent.Key, Version: version, Locked: Locks(parent)}
	if name != (Text{}) {
		child.Name = name
	}
	return Read(Canonical(child)) // read anew, so that the two share nothing
}
