package contest_test

import (
	"bytes"
	"fmt"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// secretaries is a month of three village secretaries, the last of whom is in
// the bottom band.
func secretaries(period string, last string) contest.Input {
	doc := arena()
	doc.Subject = template.Person
	doc.Bands = []template.Band{{Key: "top", Best: 1, Ties: "inclusive"}, {Key: "bottom", Worst: 1, Ties: "exclusive"}}
	doc.Streaks[0].Length = 2
	doc.Outcomes = append(doc.Outcomes, template.Outcome{When: "bottom-twice", Do: outcome.DoPoints, By: outcome.ByRoleOf, Values: []exact.Number{exact.Int(-2), exact.Int(-1)}, To: []string{"person", "village"}})
	in := round(period, [3]string{"95", "95", "95"}, [3]string{"90", "90", "90"}, [3]string{"60", "60", "60"})
	in.Template = doc
	for i := range in.Roster {
		s := &in.Roster[i]
		s.Unit, s.Name = "37142210620"+fmt.Sprint(i), ""
	}
	in.Roster[2].ID = last
	for i := range in.Marks {
		if in.Marks[i].Subject == "V3" {
			in.Marks[i].Subject = last
		}
	}
	return in
}

// A result belongs to the person and tells the village; who takes over a village
// does not take over what its secretary was called for.
// covers C01, Q10
func TestANewSecretaryStartsWithoutTheOldOnesStreak(t *testing.T) {
	t.Parallel()
	first := secretaries("2023-04", "old")
	history := []contest.Held{contest.AsHeld(first, compute(t, first))}
	for who, want := range map[string]string{"old": "2 true person:old=-2 subject:371422106202=-1 ", "new": "1 false "} {
		in := secretaries("2023-05", who)
		in.History = history
		result := compute(t, in)
		streak := standing(t, result, who).Streaks[0]
		got := fmt.Sprint(streak.Count, " ", streak.Triggered, " ")
		for _, e := range result.Entries {
			if e.When == "bottom-twice" && e.Subject == who && e.Rule == len(in.Template.Outcomes)-1 {
				got += e.Account.Kind + ":" + e.Account.ID + "=" + e.Points.String() + " "
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
}

// The public form keeps the pseudonym and gives no place away.
// covers G10
func TestThePublicFormOfPersonsHasNoPlace(t *testing.T) {
	t.Parallel()
	in := secretaries("2023-04", "old")
	b, err := contest.Seal(in, compute(t, in), contest.NewSigner("2023", key("township")), contest.Public)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes, []byte("371422106202")) || !bytes.Contains(b.Bytes, []byte(`"old"`)) {
		t.Errorf("%s", b.Bytes)
	}
	villages := played(shared(), 2, steady)
	villages.Roster[0].Unit = "430112005"
	out, err := contest.PublicInput(villages)
	if err != nil || out.Roster[0].Unit == "" {
		t.Errorf("the place of what is no person stays: %+v, %v", out.Roster[0], err)
	}
}

// A seat beyond a quota in principle needs two persons; the public form says the
// same without naming them.
// covers Q18
func TestASoftCapIsExceededByTwoPersons(t *testing.T) {
	t.Parallel()
	in := played(everything(), 5, steady)
	in.Template.Grades[1].Steps[0].Quota.Kind, in.Template.Grades[1].Steps[0].Needs = "soft", nil
	third := compute(t, in).Standings[2].Subject // two seats: 40 % of five
	in.GradeDecisions = []contest.GradeDecision{{Scale: "annual", Subject: third, Grade: "excellent", Reason: "防汛救灾表现突出", By: "P1"}}
	alone := compute(t, in).Grades[1]
	if len(alone.Refused) != 1 || alone.Refused[0].Code == "" || alone.Steps[0].Exceeded != 0 {
		t.Errorf("one person alone: %+v", alone)
	}
	in.GradeDecisions[0].Second = "P1"
	if same := compute(t, in).Grades[1]; len(same.Refused) != 1 {
		t.Errorf("the same person twice: %+v", same)
	}
	in.GradeDecisions[0].Second = "P2"
	both := compute(t, in)
	if g := both.Grades[1]; len(g.Refused) != 0 || g.Steps[0].Exceeded != 1 || g.Steps[0].Taken != 3 {
		t.Errorf("%+v", g)
	}
	public, err := contest.PublicInput(in)
	if err != nil {
		t.Fatal(err)
	}
	if d := public.GradeDecisions[0]; d.Reason != contest.Withheld || d.By != contest.Withheld || d.Second != contest.WithheldSecond {
		t.Errorf("%+v", d)
	}
	if got, want := canonical(t, compute(t, public).Grades), canonical(t, both.Grades); !bytes.Equal(got, want) {
		t.Errorf("the public form grades\n%s\nthe sealed one\n%s", got, want)
	}
	public.GradeDecisions[0].Grade = "no-such"
	if _, err := contest.Compute(public); fault.CodeOf(err) != fault.InputGrade {
		t.Errorf("%v", err)
	}
}
