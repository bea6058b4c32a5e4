package ballot_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// One person has one ballot, in the group with the fewest names; a draw goes to
// the group that the template names later.
// covers Q27
func TestRoster(t *testing.T) {
	t.Parallel()
	voters, faults := ballot.Roster(rule(), []ballot.Named{
		{1, "P1", "others", ""}, {2, "P2", "others", "V2"}, {3, "P3", "others", ""}, {4, "P2", "leaders", ""}, {5, "P4", "leaders", "V4"}})
	if faults != nil {
		t.Fatal(faults)
	}
	want := []ballot.Voter{{"P1", "others", "", nil}, {"P2", "leaders", "V2", []string{"others"}}, {"P3", "others", "", nil}, {"P4", "leaders", "V4", nil}}
	if !slices.EqualFunc(voters, want, func(a, b ballot.Voter) bool {
		return a.Person == b.Person && a.Group == b.Group && a.Unit == b.Unit && slices.Equal(a.Also, b.Also)
	}) {
		t.Errorf("%+v", voters)
	}
	draw, _ := ballot.Roster(rule(), []ballot.Named{{1, "P1", "others", ""}, {2, "P1", "leaders", ""}})
	if len(draw) != 1 || draw[0].Group != "others" {
		t.Errorf("a draw: %+v", draw)
	}
}

func TestRosterRefuses(t *testing.T) {
	t.Parallel()
	good := ballot.Named{Row: 1, Person: "P1", Group: "leaders", Unit: "V1"}
	for name, c := range map[string]struct {
		rows   []ballot.Named
		want   fault.Code
		row    int
		column string
	}{
		"nobody":                {nil, fault.BallotRosterEmpty, 0, ""},
		"one person twice":      {[]ballot.Named{good, {2, "P1", "leaders", "V1"}}, fault.BallotRosterTwice, 2, "person"},
		"an unknown group":      {[]ballot.Named{good, {2, "P2", "guests", ""}}, fault.BallotRosterGroup, 2, "group"},
		"no number":             {[]ballot.Named{{1, "", "leaders", ""}}, fault.BallotRosterPerson, 1, "person"},
		"a number without end":  {[]ballot.Named{{1, strings.Repeat("九", 65), "leaders", ""}}, fault.BallotRosterPerson, 1, "person"},
		"a person of two homes": {[]ballot.Named{good, {2, "P1", "others", "V2"}}, fault.BallotRosterUnit, 2, "unit"},
	} {
		voters, faults := ballot.Roster(rule(), c.rows)
		if len(faults) != 1 || faults[0].Code != c.want || faults[0].Place.Row != c.row || faults[0].Place.Column != c.column || voters != nil {
			t.Errorf("%s: %v", name, faults)
		}
	}
	_, faults := ballot.Roster(rule(), []ballot.Named{{1, "", "leaders", ""}, {2, "P2", "guests", ""}})
	if len(faults) != 2 {
		t.Errorf("not every bad row is named: %v", faults)
	}
}

// However a roster reads, every person on it has exactly one ballot, in a group
// the person was named in.
// covers Q27
func TestRosterLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var rows []ballot.Named
		in := map[string][]string{}
		for _, person := range []string{"P1", "P2", "P3", "P4"} {
			for _, group := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"leaders", "others"}), rapid.ID).Draw(t, person) {
				rows = append(rows, ballot.Named{Row: len(rows) + 1, Person: person, Group: group})
				in[person] = append(in[person], group)
			}
		}
		voters, faults := ballot.Roster(rule(), rows)
		if len(rows) == 0 {
			return
		}
		if faults != nil || len(voters) != len(in) {
			t.Fatalf("%d voters of %d persons, %v", len(voters), len(in), faults)
		}
		for _, v := range voters {
			if !slices.Contains(in[v.Person], v.Group) || len(v.Also) != len(in[v.Person])-1 {
				t.Fatalf("%+v of %v", v, in[v.Person])
			}
		}
	})
}

// Where every rater of a group has a village among the subjects, every sheet of
// the group recuses one; where some have, a sheet may; where none has, none may.
// covers Q26
func TestRecusalOf(t *testing.T) {
	t.Parallel()
	subjects := []ballot.Subject{{"S1", "V1"}, {"S2", "V2"}, {"S3", ""}}
	for name, c := range map[string]struct {
		rule  template.Ballot
		units []string
		want  ballot.Recusal
	}{
		"all have":         {rule(), []string{"V1", "V2"}, ballot.Recusal{Least: 1, Most: 1}},
		"some have":        {rule(), []string{"V1", ""}, ballot.Recusal{Least: 0, Most: 1}},
		"elsewhere":        {rule(), []string{"V8", "V9"}, ballot.Recusal{}},
		"not in this rule": {rule(func(r *template.Ballot) { r.Recuse = nil }), []string{"V1", "V2"}, ballot.Recusal{}},
	} {
		voters := []ballot.Voter{{Person: "P9", Group: "others", Unit: "V2"}}
		for _, unit := range c.units {
			voters = append(voters, ballot.Voter{Person: unit, Group: "leaders", Unit: unit})
		}
		if got := ballot.RecusalOf(c.rule, "leaders", voters, subjects); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	voters := []ballot.Voter{{Person: "P1", Group: "leaders", Unit: "V1"}, {Person: "P2", Group: "leaders", Unit: "V1"}, {Person: "P3", Group: "others", Unit: "V2"}}
	if got := ballot.ExpectedRecusals(rule(), "leaders", voters, subjects); len(got) != 1 || got["S1"] != 2 {
		t.Errorf("expected recusals %v", got)
	}
	if got := ballot.ExpectedRecusals(rule(func(r *template.Ballot) { r.Recuse = nil }), "leaders", voters, subjects); len(got) != 0 {
		t.Errorf("expected recusals of a rule without: %v", got)
	}
}

// covers Q26
func TestCheckSheet(t *testing.T) {
	t.Parallel()
	subjects := []ballot.Subject{{"S1", "V1"}, {"S2", "V1"}, {"S3", "V2"}, {"S4", ""}}
	one, none, may := ballot.Recusal{Least: 1, Most: 1}, ballot.Recusal{}, ballot.Recusal{Most: 1}
	sheet := func(a, b, c, d string) map[string]string {
		return map[string]string{"S1": a, "S2": b, "S3": c, "S4": d}
	}
	for name, c := range map[string]struct {
		recusal ballot.Recusal
		choices map[string]string
		want    []fault.Code
	}{
		"filled in":              {none, sheet("good", "fair", "abstained", "poor"), nil},
		"recused":                {one, sheet("recused", "recused", "good", "good"), nil},
		"may recuse, does not":   {may, sheet("good", "good", "good", "good"), nil},
		"must recuse, does not":  {one, sheet("good", "good", "good", "good"), []fault.Code{fault.BallotRecusalMissing}},
		"half a village recused": {one, sheet("recused", "good", "good", "good"), []fault.Code{fault.BallotRecusalPart}},
		"two villages recused":   {one, sheet("recused", "recused", "recused", "good"), []fault.Code{fault.BallotRecusalMany}},
		"nobody to recuse":       {none, sheet("good", "good", "good", "recused"), []fault.Code{fault.BallotRecusalMany}},
		"two boxes empty":        {none, sheet("good", "", "", "good"), []fault.Code{fault.BallotChoiceMissing, fault.BallotChoiceMissing}},
		"an invented choice":     {none, sheet("good", "superb", "good", "good"), []fault.Code{fault.BallotChoiceUnknown}},
		"invalid by hand":        {none, sheet("good", "invalid", "good", "good"), []fault.Code{fault.BallotChoiceUnknown}},
		"another subject":        {none, map[string]string{"S1": "good", "S2": "good", "S3": "good", "S4": "good", "S9": "good"}, []fault.Code{fault.BallotSubjectUnknown}},
	} {
		faults := ballot.CheckSheet(rule(), template.BallotGroup{Key: "leaders"}, c.recusal, subjects, c.choices)
		var codes []fault.Code
		for _, f := range faults {
			codes = append(codes, f.Code)
		}
		if !slices.Equal(codes, c.want) {
			t.Errorf("%s: %v", name, faults)
		}
	}
}
