package journeys

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/examples/templates"
	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/round"
	"leitai/internal/sample"
)

// asked as people ask, with what a refusal has to tell.
const (
	submitMarks = `mutation($r: ID!, $m: [MarkInput!]!) { marksSubmit(input: {round: $r, marks: $m}) { marks { id } userErrors { field code message } } }`
	confirmMark = `mutation($r: ID!, $m: [ID!]!) { marksConfirm(input: {round: $r, marks: $m}) { marks { id } userErrors { field code message } } }`
	makeVersion = `mutation($d: String!) { templateCreate(input: {document: $d}) { template { id } userErrors { field code message } } }`
	planRounds  = `mutation($c: ID!, $f: String!, $t: String!) { roundsPlan(input: {competition: $c, from: $f, to: $t}) { entries { period } userErrors { field code message } } }`
	openIssue   = `mutation($c: ID!, $u: String!, $d: Date!) { issueOpen(input: {competition: $c, unitCode: $u, title: "沟渠积存垃圾", base: "2", due: $d}) {
		issue { id } userErrors { field code message } } }`
	closeRound = `mutation($r: ID!, $n: Int!) { roundClose(input: {round: $r, revision: $n}) { round { state } userErrors { field code message } } }`
)

// Whatever bad input people send, the answer has a code, a field with the place
// in a list, what was found and what would be right in the language asked for,
// and no row of any tenant changes. (Tables of divisions are in operator, money
// is in TestHalfYear.)
func TestBadInputChangesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	april := s.publish(t, "2023-04", nil)
	may := s.find(t, s.World.Rounds["2023-05"])
	may.notify(t)
	may.Clock.Set(may.round.Held, "09:00")
	may.step(t, sample.Clerk, may.App.Rounds.Open)
	typed := may.typedByClerk(t)

	closed, open := graphtest.ID("Round", april.round.ID), graphtest.ID("Round", may.round.ID)
	competition := s.CompetitionID()
	good := graphtest.Vars{"id": uuid.NewString(), "unitCode": graphtest.VillageCode(6), "item": "party", "channel": "onsite", "value": "90"}
	marks := func(round string, changes graphtest.Vars) graphtest.Vars {
		bad := graphtest.Vars{"id": uuid.NewString(), "unitCode": graphtest.VillageCode(5), "item": "party", "channel": "onsite", "value": "90"}
		for key, value := range changes {
			bad[key] = value
		}
		return graphtest.Vars{"r": round, "m": []graphtest.Vars{good, bad}}
	}
	preset, _ := templates.Source("monthly-arena")
	uneven := strings.Replace(string(preset), "weight: 40", "weight: 30", 1)
	neighbour := sample.SiblingCode + "001"
	s.Run(t, []graphtest.Scenario{
		{Name: "weights that do not sum", As: "C1", Language: "en", Query: makeVersion, Vars: graphtest.Vars{"d": uneven},
			Codes: []string{"TEMPLATE_WEIGHTS_NOT_100"}, Has: []string{`"field":"channels"`, "90", "100"}},
		{Name: "a mark out of range", As: "J1", Language: "en", Query: submitMarks, Vars: marks(open, graphtest.Vars{"value": "100.5"}),
			Codes: []string{"MARK_OUT_OF_RANGE"}, Has: []string{`"field":"marks[1].value"`, "100.5", "0", "100"}},
		{Name: "a mark below the range", As: "J1", Query: submitMarks, Vars: marks(open, graphtest.Vars{"value": "-1"}),
			Codes: []string{"MARK_OUT_OF_RANGE"}, Has: []string{`"field":"marks[1].value"`, "-1", "应"}},
		{Name: "a mark on a closed round", As: "J1", Query: submitMarks, Vars: marks(closed, nil),
			Codes: []string{"ROUND_NOT_OPEN"}, Has: []string{`"field":"`}},
		{Name: "somebody of no group", As: "K5", Query: submitMarks, Vars: marks(open, nil),
			Codes: []string{"JUDGE_NOT_IN_PANEL", "JUDGE_NOT_IN_PANEL"}, Has: []string{`"field":"marks[0].judge"`, `"field":"marks[1].judge"`}},
		{Name: "a judge on the own village", As: "K1", Query: submitMarks, Vars: marks(open, graphtest.Vars{"unitCode": graphtest.VillageCode(1)}),
			Codes: []string{"JUDGE_RECUSED"}, Has: []string{`"field":"marks[1].judge"`}},
		{Name: "confirming the own mark", As: "C1", Query: confirmMark, Vars: graphtest.Vars{"r": open, "m": []string{typed}},
			Codes: []string{"CONFIRM_OWN"}, Has: []string{`"field":"marks[0]"`}},
		{Name: "a day no calendar knows", As: "C1", Query: openIssue, Vars: graphtest.Vars{"c": competition, "u": graphtest.VillageCode(1), "d": "2023-02-30"},
			Codes: []string{"DATE_INVALID"}, Has: []string{"2023-02-30", `"data":null`}},
		{Name: "a month no calendar knows", As: "C1", Query: planRounds, Vars: graphtest.Vars{"c": competition, "f": "2023-13", "t": "2024-01"},
			Codes: []string{"PERIOD_INVALID"}, Has: []string{`"field":"from"`, "2023-13"}},
		{Name: "marks for a village of another tenant", As: "J1", Query: submitMarks, Vars: marks(open, graphtest.Vars{"unitCode": neighbour}),
			Codes: []string{"SUBJECT_UNKNOWN"}, Has: []string{`"field":"marks[1].unitCode"`, neighbour}, Never: []string{"邻"}},
		{Name: "an issue for a village of another tenant", As: "C1", Query: openIssue, Vars: graphtest.Vars{"c": competition, "u": neighbour, "d": "2023-06-20"},
			Codes: []string{"NOT_FOUND"}, Has: []string{`"field":"unitCode"`}, Never: []string{"邻"}},
		{Name: "a stale revision", As: "C1", Query: closeRound, Vars: graphtest.Vars{"r": open, "n": may.round.Revision - 1},
			Codes: []string{"STALE_REVISION"}, Has: []string{`"field":"revision"`}},
	})
}

// typedByClerk types one mark in for a judge, from paper.
func (m *month) typedByClerk(t testing.TB) string {
	t.Helper()
	judge, id := m.World.Person("J2").ID, uuid.Must(uuid.NewV7())
	m.must(t, sample.Clerk, func(ctx context.Context) error {
		_, err := m.App.Rounds.SubmitMarks(ctx, m.round.ID, []round.MarkInput{
			{ID: id, UnitCode: graphtest.VillageCode(4), Item: "party", Channel: "onsite", Value: exact.Int(88), Judge: &judge},
		})
		return err
	})
	return graphtest.ID("Mark", id)
}
