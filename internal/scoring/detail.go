package scoring

// Detail is what a mark of a kind other than points says; what it comes to in
// points is ValueOf. Which fields an item takes hangs on its kind: Checks for
// checklists, Events for deductions and bonuses, Level for levels, Veto for
// vetoes. Note is free text of the marker and counts for nothing.
type Detail struct {
	Checks []CheckState `json:"checks,omitempty"`
	Events []EventCount `json:"events,omitempty"`
	Level  string       `json:"level,omitempty"`
	Veto   bool         `json:"veto,omitempty"`
	Note   string       `json:"note,omitempty"`
}

// CheckState is the state of one check of a checklist (B03).
type CheckState struct {
	Key   string `json:"key"`
	State string `json:"state"` // CheckYes | CheckNo | CheckNA
}

// EventCount says how often one row of an item's table happened.
type EventCount struct {
	Key   string `json:"key"`
	Count int    `json:"count"` // 1 or more
}

// States of a check.
const (
	CheckYes = "yes"
	CheckNo  = "no"
	CheckNA  = "na" // does not apply to the subject; what that is worth is the item's `na`
)
