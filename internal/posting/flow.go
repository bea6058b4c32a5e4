package posting

import (
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Stage is where a nomination or posting stands.
type Stage string

// The stages from sign-up to the end of a term (D08, D29).
const (
	Proposed  Stage = "PROPOSED"  // the unit's personnel office proposes
	Consulted Stage = "CONSULTED" // the Organisation Department was consulted
	Decided   Stage = "DECIDED"   // the unit's committee decided
	Filed     Stage = "FILED"     // vetted and filed by the Organisation Department
	Posted    Stage = "POSTED"    // in the village
	Completed Stage = "COMPLETED" // the term ended
	Recalled  Stage = "RECALLED"  // recalled as unfit or not accepted
	Withdrawn Stage = "WITHDRAWN" // the nomination was given up before the posting
)

// next lists the stages that may follow each stage.
var next = map[Stage][]Stage{
	"":        {Proposed},
	Proposed:  {Consulted, Withdrawn},
	Consulted: {Decided, Withdrawn},
	Decided:   {Filed, Withdrawn},
	Filed:     {Posted, Withdrawn},
	Posted:    {Completed, Recalled},
}

// Next lists the stages that may follow; none after an end.
func (s Stage) Next() []Stage { return append([]Stage(nil), next[s]...) }

// Step is one recorded step: by whom, when, and on which record.
type Step struct {
	To     Stage
	By     string // the office or body that took it
	On     calendar.Date
	Record string // minutes, letter or filing number
	Reason string // recall, withdrawal: why
}

// Declarations are the political and the health declaration, yes or no only;
// what they say is never stored (D06, G12). Nil: not handed in.
type Declarations struct{ Political, Health *bool }

// Advance checks a step against those taken before. Steps are taken in order
// and not before the one preceding; each names a body and, from the
// consultation on, a record; a withdrawal or recall says why (D08, D29).
// Filing needs both declarations and nothing that bars the person.
func Advance(taken []Step, step Step, verdict Verdict, declared Declarations) error {
	stage, since := Stage(""), calendar.Date{}
	if len(taken) > 0 {
		last := taken[len(taken)-1]
		stage, since = last.To, last.On
	}
	if !follows(stage, step.To) {
		return fault.New(fault.PostingStage, "stage", string(stage), "to", string(step.To), "next", joined(stage.Next())).At("to")
	}
	faults := complete(step)
	if !since.IsZero() && !step.On.IsZero() && step.On.Before(since) {
		faults = append(faults, fault.New(fault.PostingStepEarly, "value", step.On.String(), "since", since.String()).At("on"))
	}
	if step.To == Filed {
		faults = append(faults, fileable(verdict, declared)...)
	}
	return faults.Err()
}

func follows(stage, to Stage) bool {
	for _, s := range next[stage] {
		if s == to {
			return true
		}
	}
	return false
}

func complete(step Step) fault.List {
	var faults fault.List
	if strings.TrimSpace(step.By) == "" {
		faults = append(faults, fault.New(fault.PostingBodyMissing).At("by"))
	}
	if step.On.IsZero() {
		faults = append(faults, fault.New(fault.PostingDateMissing).At("on"))
	}
	needsRecord := step.To != Proposed && step.To != Withdrawn && step.To != Posted
	if needsRecord && strings.TrimSpace(step.Record) == "" {
		faults = append(faults, fault.New(fault.PostingRecordMissing).At("record"))
	}
	if (step.To == Recalled || step.To == Withdrawn) && strings.TrimSpace(step.Reason) == "" {
		faults = append(faults, fault.New(fault.PostingReasonMissing).At("reason"))
	}
	return faults
}

// fileable lists what keeps a nomination from being filed.
func fileable(verdict Verdict, declared Declarations) fault.List {
	var faults fault.List
	for _, r := range verdict.Reasons {
		faults = append(faults, fault.New(fault.PostingBarred, "reason", string(r)).Call("reason", reasonZH[r], reasonEN[r]).At("reasons"))
	}
	for _, d := range []struct {
		name string
		says *bool
	}{{"political", declared.Political}, {"health", declared.Health}} {
		if d.says == nil || !*d.says {
			faults = append(faults, fault.New(fault.PostingDeclaration, "declaration", d.name).
				Call("declaration", map[string]string{"political": "政治表现", "health": "健康状况"}[d.name], d.name).At("declarations.%s", d.name))
		}
	}
	return faults
}

var (
	reasonZH = map[Reason]string{TooOld: "年龄超过规定周岁", NotFullMember: "不是正式党员", PartyYears: "转正后党龄不足", WorkYears: "工作年限不足"}
	reasonEN = map[Reason]string{TooOld: "older than allowed", NotFullMember: "no full member of the Party", PartyYears: "a full member for too short a time", WorkYears: "at work for too short a time"}
)

func joined(stages []Stage) string {
	out := make([]string, len(stages))
	for i, s := range stages {
		out[i] = string(s)
	}
	return strings.Join(out, ", ")
}
