package ballot_test

import (
	"testing"

	"leitai/internal/ballot"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

func TestCheckPaper(t *testing.T) {
	t.Parallel()
	subjects := []ballot.Subject{{ID: "S1"}, {ID: "S2"}}
	full := ballot.PaperSubject{Subject: "S1", Options: options(2, 1, 0), Invalid: 1}
	second := ballot.PaperSubject{Subject: "S2", Options: options(1, 1, 0), Abstained: 1, Recused: 1}
	for name, c := range map[string]struct {
		count ballot.PaperCount
		want  fault.Code
	}{
		"as counted":      {ballot.PaperCount{Group: "others", Returned: 4, Subjects: []ballot.PaperSubject{full, second}}, ""},
		"nothing":         {ballot.PaperCount{Group: "others", Subjects: []ballot.PaperSubject{{Subject: "S1"}, {Subject: "S2"}}}, ""},
		"another group":   {ballot.PaperCount{Group: "guests", Returned: 4, Subjects: []ballot.PaperSubject{full, second}}, fault.BallotRosterGroup},
		"a sheet too few": {ballot.PaperCount{Group: "others", Returned: 5, Subjects: []ballot.PaperSubject{full, second}}, fault.BallotCountSum},
		"a subject twice": {ballot.PaperCount{Group: "others", Returned: 4, Subjects: []ballot.PaperSubject{full, second, full}}, fault.BallotSubjectTwice},
		"a subject short": {ballot.PaperCount{Group: "others", Returned: 4, Subjects: []ballot.PaperSubject{full}}, fault.BallotChoiceMissing},
		"a stranger":      {ballot.PaperCount{Group: "others", Returned: 4, Subjects: []ballot.PaperSubject{full, second, {Subject: "S9"}}}, fault.BallotSubjectUnknown},
		"below nothing": {ballot.PaperCount{Group: "others", Returned: 4, Subjects: []ballot.PaperSubject{full,
			{Subject: "S2", Options: options(5, -1, 0)}}}, fault.BallotCountNegative},
	} {
		faults := ballot.CheckPaper(rule(), subjects, c.count)
		if c.want == "" && len(faults) > 0 || c.want != "" && !faults.Is(fault.New(c.want)) {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// legend is three colours: green from 90, yellow from 70, red below.
func legend() []template.LegendStep {
	ninety, seventy := exact.Int(90), exact.Int(70)
	return []template.LegendStep{{Key: "green", From: &ninety}, {Key: "yellow", From: &seventy}, {Key: "red"}}
}

func TestLight(t *testing.T) {
	t.Parallel()
	for score, want := range map[string]string{"100": "green", "90": "green", "89.99": "yellow", "70": "yellow", "0": "red"} {
		if got := ballot.Light(legend(), exact.Must(score)); got != want {
			t.Errorf("%s is %s", score, got)
		}
	}
	if got := ballot.Light(legend()[:2], exact.Int(10)); got != "" {
		t.Errorf("below every step: %q", got)
	}
}

// members makes a branch's results: so many with each light.
func members(branch string, green, yellow, red int) []ballot.Result {
	var all []ballot.Result
	for score, n := range map[int64]int{95: green, 75: yellow, 10: red} {
		for range n {
			all = append(all, ballot.Result{Subject: branch, Scored: true, Score: exact.Int(score)})
		}
	}
	return all
}

// The notice counts members per branch by colour. A branch that is small or all
// red would name its members; it is counted together with others.
// covers B22
func TestLightsByBranch(t *testing.T) {
	t.Parallel()
	own := func(subject string) string { return subject }
	both := append(append(members("A", 6, 3, 1), members("B", 4, 2, 0)...), ballot.Result{Subject: "A"}) // one without a score
	all := ballot.LightsByBranch(legend(), 6, both, own)
	if len(all) != 2 || all[0].Members != 10 || all[0].Lights["red"] != 1 || all[1].Lights["green"] != 4 || all[1].Lights["red"] != 0 {
		t.Fatalf("%+v", all)
	}
	joined := ballot.LightsByBranch(legend(), 6, append(both, members("C", 0, 0, 2)...), own)
	if len(joined) != 2 || len(joined[1].Branches) != 2 || joined[1].Members != 8 || joined[1].Lights["red"] != 2 || joined[1].Lights["green"] != 4 {
		t.Errorf("a branch of two red members: %+v", joined)
	}
	allRed := ballot.LightsByBranch(legend(), 6, append(both, members("D", 0, 0, 7)...), own)
	for _, b := range allRed {
		if b.Lights["red"] == b.Members {
			t.Errorf("everybody in %v is red", b.Branches)
		}
	}
	alone := ballot.LightsByBranch(legend(), 6, members("C", 1, 0, 2), own)
	if len(alone) != 1 || alone[0].Lights != nil || alone[0].Members != 3 {
		t.Errorf("three members of one branch: %+v", alone)
	}
}
