package inbrowser

import (
	"testing"

	"leitai/internal/graphtest"
)

// journeys are the scripts of tools/browser/journeys and the sizes of screen
// they are played on.
var journeys = map[string][]string{
	"pages": {"desk", "phone"},
	"tour":  {"desk"},
	// From a blank page to an opened round: a template of one's own, readings that
	// a person confirms, rounds dated by the calendar: covers J1, A18, Q4, Q9
	"blank": {"desk", "phone"},
	// A township applies, is approved, and begins: villages of the table, adoption,
	// people all or nothing, a file out and in, two people at one template
	"begin": {"desk"},
	// The rubric by its owners, ledgers received, sheets typed in from paper, the
	// second person, the close refused with what is missing: covers A11, A21, G3
	"clerk":       {"desk", "phone"},
	"clerk-after": {"desk"},
	// A trial is wiped, the seconded are drawn by a recorded seed: covers A06, Q32
	"trial": {"desk"},
	// The own village is not offered, by list or by address: covers A09
	"judge": {"phone", "desk"},
	// Accounts, rights and why, an own role, an invitation, a lost phone, the
	// audit, an erased name; then tokens, apps and messages of programs.
	"admin":    {"desk", "phone"},
	"programs": {"desk"},
	// A second factor on the way in, an operator invited, sign-ups decided, a
	// township opened, adopted and ended; plans up to a day, and access withdrawn.
	"platform": {"desk", "phone"},
	// Why the rank, the burden, objection with its window, papers handed in: covers J4
	"secretary": {"phone", "desk"},
	// Publication refused while an objection is open, the objections decided and
	// applied by others, what changed, a corrected second revision, and a tie for
	// the last seat decided with a reason: covers J3, Q17, Q30
	"approver": {"desk", "phone"},
	// One person one ballot, a code that counts once, nothing known before two
	// officials close it, all five numbers beside the result: covers E08, Q26, Q27
	"ballot": {"phone", "desk"},
	// Points and tasks confirmed and carried out; money decided, approved by
	// another person and paid: covers J5, A33, A34
	"outcomes": {"desk", "phone"},
}

// atMost is how much a person clicks, types and chooses in a journey.
var atMost = map[string]told{
	"blank": {Clicks: 45, Fields: 36},
}

// What people do in the console, from the sign-in page to the end, in Chromium.
// No page asks another address than its own server, throws, or breaks its
// content policy (the harness looks), and none asks the database more than
// graphtest's table of the console's operations allows.
func TestInTheBrowser(t *testing.T) {
	t.Parallel()
	county := graphtest.Rest(t)
	played(t, county, journeys)
	county = county.Changed(t, schemes(t))
	played(t, county, further)
	played(t, county.Changed(t, sixty(t)), fast)
}

// played plays journeys beside each other, each on a copy of the county: a page
// waits more than it computes.
func played(t *testing.T, county *graphtest.County, journeys map[string][]string) {
	t.Helper()
	for journey, sizes := range journeys {
		for _, size := range sizes {
			t.Run(journey+" "+size, func(t *testing.T) {
				t.Parallel()
				s := serve(t, county)
				defer s.heldToTheTable(t)
				told := s.play(t, journey, size)
				if most := atMost[journey]; most.Clicks > 0 && (told.Clicks == 0 || told.Clicks > most.Clicks || told.Fields > most.Fields) {
					t.Errorf("%d clicks and %d fields, at most %d and %d", told.Clicks, told.Fields, most.Clicks, most.Fields)
				}
				if len(told.Operations) == 0 {
					t.Error("nothing was asked of the service")
				}
				if told.Measured != nil {
					t.Logf("%s", told.Measured)
				}
			})
		}
	}
}
