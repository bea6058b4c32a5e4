package graphtest

import "strings"

// postingKind is the kind of object that an argument of postings names; "" for
// any other argument.
func postingKind(path, name string) string {
	if !strings.HasPrefix(path, "posting") {
		return ""
	}
	switch {
	case path == "posting.id":
		return "Posting"
	case name == "posting", name == "replaces":
		return "Posting"
	case name == "demand":
		return "PostingDemand"
	case name == "event":
		return "PostingEvent"
	case name == "sender", name == "bound":
		return "Organisation"
	}
	return ""
}
