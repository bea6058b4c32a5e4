package contest_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

// secretive gives every name of a person, every id of a mark and every word of a
// decision a token of its own, wherever it stands in an input.
func secretive(in contest.Input) (contest.Input, map[string]string) {
	secrets := map[string]string{}
	judges, persons := map[string]string{}, map[string]string{}
	hide := func(known map[string]string, what, name string) string {
		if known[name] == "" {
			known[name] = fmt.Sprintf("secret%03d", len(secrets))
			secrets[known[name]] = what + " " + name
		}
		return known[name]
	}
	for i := range in.Marks {
		in.Marks[i].Judge = hide(judges, "judge", in.Marks[i].Judge)
		in.Marks[i].ID = hide(map[string]string{}, "mark", in.Marks[i].ID)
	}
	for i := range in.Roster {
		for k := range in.Roster[i].Links {
			in.Roster[i].Links[k].Person = hide(persons, "person", in.Roster[i].Links[k].Person)
		}
	}
	for i := range in.History {
		for k := range in.History[i].Standings {
			links := slices.Clone(in.History[i].Standings[k].Links)
			for l := range links {
				links[l].Person = hide(persons, "person", links[l].Person)
			}
			in.History[i].Standings[k].Links = links
		}
	}
	for i := range in.Decisions {
		in.Decisions[i].By = hide(map[string]string{}, "decider", in.Decisions[i].By)
		in.Decisions[i].Reason = hide(map[string]string{}, "reason", in.Decisions[i].Reason)
	}
	return in, secrets
}

// Not one judge, mark, linked person, decider or reason can be found in the
// bytes of the public form, of this round or of earlier ones; the sealed form
// has them all, and both say the same of every village.
// covers G10
func TestNoSecretIsFoundInThePublicBytes(t *testing.T) {
	t.Parallel()
	in := judgedBy(sealable(), "J7", "95")
	in.Decisions = append(in.Decisions, contest.Decision{Subject: "V7", Item: "party", Channel: "ledger", Do: contest.DecideZero, Reason: "拒不提交", By: "P8"})
	in.Marks = slices.DeleteFunc(in.Marks, func(m contest.Mark) bool { return m.Subject == "V7" && m.Channel == "ledger" })
	in, secrets := secretive(in)
	sealed, public := seal(t, in, contest.Sealed, "k"), seal(t, in, contest.Public, "k")
	if len(secrets) < 40 {
		t.Fatalf("only %d secrets are looked for", len(secrets))
	}
	for token, what := range secrets {
		if !bytes.Contains(sealed.Bytes, []byte(token)) {
			t.Errorf("the sealed form lacks %s", what)
		}
		if bytes.Contains(public.Bytes, []byte(token)) {
			t.Errorf("the public form shows %s", what)
		}
	}
	open, err := contest.Verify(public.Bytes, pinned("k"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := board(&open.Result), board(compute(t, in)); got != want {
		t.Errorf("the public form says %s, the round %s", got, want)
	}
	for _, s := range open.Result.Standings {
		if s.Range != nil {
			t.Errorf("the public form says how %s stands without a judge", s.Subject)
		}
	}
	if len(open.Input.Marks) != 0 || len(open.Input.Means) == 0 || !open.Input.Public {
		t.Errorf("the public form starts from %d marks and %d means", len(open.Input.Marks), len(open.Input.Means))
	}
}

// The public form itself cannot be made a sealed one again, and making it
// changes nothing of the round.
func TestMakingThePublicFormChangesNothing(t *testing.T) {
	t.Parallel()
	in := sealable()
	before, err := contest.Canonical(in)
	if err != nil {
		t.Fatal(err)
	}
	public, err := contest.PublicInput(in)
	if err != nil {
		t.Fatal(err)
	}
	after, err := contest.Canonical(in)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the round was changed: %v", err)
	}
	if got, want := board(compute(t, public)), board(compute(t, in)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	public.Marks = in.Marks
	if _, err := contest.Compute(public); fault.CodeOf(err) != fault.InputMarksAndMeans {
		t.Errorf("marks in a public form: %v", err)
	}
	public.Marks, public.Public = nil, false
	if _, err := contest.Compute(public); fault.CodeOf(err) != fault.InputMarksAndMeans {
		t.Errorf("means in a sealed form: %v", err)
	}
}
