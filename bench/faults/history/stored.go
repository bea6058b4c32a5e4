package history

import "time"

// Stored is what a database holds of the rounds of a run, read in one moment.
type Stored struct {
	// Read is when reading began: what was acknowledged before has to be there.
	Read time.Duration
	// Whole says that nobody is at work any more: everything has to agree.
	Whole        bool
	Marks        []Mark
	Reviews      []string // ids of the marks that were confirmed
	Rounds       map[string]Round
	Publications []Publication
	Jobs         []Job
}

// Round is how far a round is.
type Round struct {
	Revision int // grows by one with every step
	First    int // its revision when the run began
	State    string
	Entries  int // contestants
}

// Publication is one revision of a published round, with what was counted of all
// that belongs to it.
type Publication struct {
	ID, Round, Hash string
	Revision        int
	Sealed          int // sealed bundles
	Boards          int // boards of the same hash
	Standings       int
	Totals          int // for the county's comparison
	Events          int // that tell of it
	Audits          int // entries with both of its hashes
}

// Job is an export.
type Job struct{ ID, Town, State, File string }
