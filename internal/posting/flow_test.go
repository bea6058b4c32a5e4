package posting_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/fault"
	"leitai/internal/posting"
)

func yes() *bool { b := true; return &b }
func no() *bool  { b := false; return &b }

func step(to posting.Stage, on string) posting.Step {
	return posting.Step{To: to, By: "组织部", On: day(on), Record: "备〔2021〕1号", Reason: "群众不认可"}
}

var declared = posting.Declarations{Political: yes(), Health: yes()}

// covers D08, D29
func TestANominationGoesStepByStep(t *testing.T) {
	t.Parallel()
	var taken []posting.Step
	for i, to := range []posting.Stage{posting.Proposed, posting.Consulted, posting.Decided, posting.Filed, posting.Posted, posting.Recalled} {
		s := step(to, "2021-09-01")
		s.On = s.On.AddDays(i)
		if err := posting.Advance(taken, s, posting.Verdict{}, declared); err != nil {
			t.Fatalf("%s: %v", to, err)
		}
		taken = append(taken, s)
	}
	if err := posting.Advance(taken, step(posting.Posted, "2022-09-01"), posting.Verdict{}, declared); fault.CodeOf(err) != fault.PostingStage {
		t.Errorf("after a recall somebody else is selected: %v", err)
	}
}

// covers D06, D08, G12
func TestWhatAStepLacks(t *testing.T) {
	t.Parallel()
	decided := []posting.Step{step(posting.Proposed, "2021-09-01"), step(posting.Consulted, "2021-09-02"), step(posting.Decided, "2021-09-03")}
	posted := append(slices.Clone(decided), step(posting.Filed, "2021-09-04"), step(posting.Posted, "2021-10-01"))
	filed := func(change func(*posting.Step)) posting.Step {
		s := step(posting.Filed, "2021-09-04")
		change(&s)
		return s
	}
	none := func(*posting.Step) {}
	for _, c := range []struct {
		name     string
		taken    []posting.Step
		step     posting.Step
		verdict  posting.Verdict
		declared posting.Declarations
		want     []fault.Code
	}{
		{"complete", decided, filed(none), posting.Verdict{}, declared, nil},
		{"a step left out", decided[:2], filed(none), posting.Verdict{}, declared, []fault.Code{fault.PostingStage}},
		{"no body", decided, filed(func(s *posting.Step) { s.By = " " }), posting.Verdict{}, declared, []fault.Code{fault.PostingBodyMissing}},
		{"no date", decided, filed(func(s *posting.Step) { s.On = day("2021-09-04"); s.On = posting.Step{}.On }), posting.Verdict{}, declared, []fault.Code{fault.PostingDateMissing}},
		{"no record", decided, filed(func(s *posting.Step) { s.Record = "" }), posting.Verdict{}, declared, []fault.Code{fault.PostingRecordMissing}},
		{"before the step preceding", decided, filed(func(s *posting.Step) { s.On = day("2021-09-02") }), posting.Verdict{}, declared, []fault.Code{fault.PostingStepEarly}},
		{"barred", decided, filed(none), posting.Verdict{Reasons: []posting.Reason{posting.TooOld, posting.WorkYears}}, declared, []fault.Code{fault.PostingBarred, fault.PostingBarred}},
		{"a declaration missing, one negative", decided, filed(none), posting.Verdict{}, posting.Declarations{Political: no()}, []fault.Code{fault.PostingDeclaration, fault.PostingDeclaration}},
		{"recalled without a reason", posted, posting.Step{To: posting.Recalled, By: "单位", On: day("2022-01-01"), Record: "函1"}, posting.Verdict{}, declared, []fault.Code{fault.PostingReasonMissing}},
		{"withdrawn after the posting", posted, step(posting.Withdrawn, "2022-01-01"), posting.Verdict{}, declared, []fault.Code{fault.PostingStage}},
		{"barred matters at filing only", nil, step(posting.Proposed, "2021-09-01"), posting.Verdict{Reasons: []posting.Reason{posting.TooOld}}, posting.Declarations{}, nil},
	} {
		var got []fault.Code
		for _, f := range fault.All(posting.Advance(c.taken, c.step, c.verdict, c.declared)) {
			got = append(got, f.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Whatever is tried in whatever order, nobody is in a village who was not
// filed, and nobody is filed whom something bars.
// covers D08
func TestNobodyIsPostedOnAShortcut(t *testing.T) {
	t.Parallel()
	stages := []posting.Stage{posting.Proposed, posting.Consulted, posting.Decided, posting.Filed, posting.Posted, posting.Completed, posting.Recalled, posting.Withdrawn}
	rapid.Check(t, func(t *rapid.T) {
		verdict := posting.Verdict{Reasons: rapid.SampledFrom([][]posting.Reason{nil, {posting.TooOld}}).Draw(t, "reasons")}
		var taken []posting.Step
		for i := range rapid.IntRange(1, 30).Draw(t, "tries") {
			s := step(rapid.SampledFrom(stages).Draw(t, "to"), "2021-09-01")
			s.On = s.On.AddDays(i)
			if posting.Advance(taken, s, verdict, declared) == nil {
				taken = append(taken, s)
			}
		}
		has := func(stage posting.Stage) bool {
			return slices.ContainsFunc(taken, func(s posting.Step) bool { return s.To == stage })
		}
		if has(posting.Posted) && !has(posting.Filed) || has(posting.Filed) && !verdict.Eligible() || has(posting.Filed) && !has(posting.Decided) {
			t.Fatalf("%+v", taken)
		}
	})
}
