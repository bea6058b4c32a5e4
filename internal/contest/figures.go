package contest

import (
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// fileFigures files what comes from neither marks nor means: metrics, exams,
// ballots, entered parts, facts and decisions about grades.
func (b *board) fileFigures() fault.List {
	var faults fault.List
	for _, file := range []func() fault.List{b.fileMetrics, b.fileExams, b.fileBallots, b.fileEntered, b.fileFacts, b.checkGradeDecisions} {
		faults = append(faults, file()...)
	}
	return faults
}

func twice(key, format string, i int) *fault.Fault {
	return fault.New(fault.InputValueTwice, "value", key).At(format, i)
}

func (b *board) fileMetrics() fault.List {
	var faults fault.List
	for i, m := range b.in.Metrics {
		r, ok := b.row(m.Subject)
		if !ok {
			faults = append(faults, unknownSubject(m.Subject, "metrics[%d].subject", i))
			continue
		}
		if !put(&r.metrics, m.Key, m.Value) {
			faults = append(faults, twice(m.Subject+"/"+m.Key, "metrics[%d]", i))
		}
	}
	return faults
}

func (b *board) fileFacts() fault.List {
	var faults fault.List
	for i, f := range b.in.Facts {
		r, ok := b.row(f.Subject)
		if !ok {
			faults = append(faults, unknownSubject(f.Subject, "facts[%d].subject", i))
			continue
		}
		if !put(&r.facts, f.Key, f.Value) {
			faults = append(faults, twice(f.Subject+"/"+f.Key, "facts[%d]", i))
		}
	}
	return faults
}

// put files a value under a key that must be new and not empty.
func put[K comparable, V any](into *map[K]V, key K, value V) bool {
	var none K
	if *into == nil {
		*into = map[K]V{}
	}
	if _, there := (*into)[key]; there || key == none && any(key) == any("") {
		return false
	}
	(*into)[key] = value
	return true
}

// hundred is the scale of exam means and ballot scores.
var hundred = exact.Int(100)

func (b *board) fileExams() fault.List {
	var faults fault.List
	for i := range b.in.Exams {
		e := &b.in.Exams[i]
		r, ok := b.row(e.Subject)
		at := b.plan.Position(e.Item)
		switch {
		case !ok:
			faults = append(faults, unknownSubject(e.Subject, "exams[%d].subject", i))
			continue
		case at < 0 || b.plan.Items()[at].Kind != template.KindExam:
			want := b.itemsOf(template.KindExam)
			faults = append(faults, fault.New(fault.InputKeyUnknown, "value", e.Item, "want", want).At("exams[%d].item", i))
			continue
		case e.Sat < 0 || e.Absent < 0 || outside(e.Mean, hundred):
			faults = append(faults, fault.New(fault.InputValueRange, "value", e.Mean.String(), "high", "100").At("exams[%d].mean", i))
		}
		if !put(&r.exams, at, e) {
			faults = append(faults, twice(e.Subject+"/"+e.Item, "exams[%d]", i))
		}
	}
	return faults
}

func outside(value, high exact.Number) bool { return value.Sign() < 0 || value.Cmp(high) > 0 }

func (b *board) itemsOf(kind template.ItemKind) string {
	var keys []string
	for _, item := range b.plan.Items() {
		if item.Kind == kind {
			keys = append(keys, item.Key)
		}
	}
	return strings.Join(keys, ", ")
}

func (b *board) fileBallots() fault.List {
	var faults fault.List
	for i := range b.in.Ballots {
		s := &b.in.Ballots[i]
		r, ok := b.row(s.Subject)
		if !ok {
			faults = append(faults, unknownSubject(s.Subject, "ballots[%d].subject", i))
			continue
		}
		if _, known := b.in.Template.Ballot(s.Ballot); !known {
			var keys []string
			for _, rule := range b.in.Template.Ballots {
				keys = append(keys, rule.Key)
			}
			faults = append(faults, fault.New(fault.InputKeyUnknown, "value", s.Ballot, "want", strings.Join(keys, ", ")).At("ballots[%d].ballot", i))
		}
		if outside(s.Score, hundred) {
			faults = append(faults, fault.New(fault.InputValueRange, "value", s.Score.String(), "high", "100").At("ballots[%d].score", i))
		}
		if !put(&r.ballots, s.Ballot, s) {
			faults = append(faults, twice(s.Subject+"/"+s.Ballot, "ballots[%d]", i))
		}
	}
	return faults
}

// ballotsPrefix begins the source of a part that a ballot gives.
const ballotsPrefix = "ballots."

// entersBy lists the keys that entered values may name: the parts that neither
// items nor ballots give.
func (b *board) entersBy() []string {
	var keys []string
	for _, part := range b.plan.Parts() {
		if part.From != scoring.FromItems && !strings.HasPrefix(part.From, ballotsPrefix) {
			keys = append(keys, part.Key)
		}
	}
	return keys
}

func (b *board) fileEntered() fault.List {
	var faults fault.List
	known, high := b.entersBy(), b.plan.Scale().Points
	for i, e := range b.in.Entered {
		r, ok := b.row(e.Subject)
		if !ok {
			faults = append(faults, unknownSubject(e.Subject, "entered[%d].subject", i))
			continue
		}
		if !slices.Contains(known, e.Part) {
			faults = append(faults, fault.New(fault.InputKeyUnknown, "value", e.Part, "want", strings.Join(known, ", ")).At("entered[%d].part", i))
		}
		if outside(e.Value, high) {
			faults = append(faults, fault.New(fault.InputValueRange, "value", e.Value.String(), "high", high.String()).At("entered[%d].value", i))
		}
		if !put(&r.entered, e.Part, e.Value) {
			faults = append(faults, twice(e.Subject+"/"+e.Part, "entered[%d]", i))
		}
	}
	return faults
}

// checkGradeDecisions checks that decisions speak of subjects, scales and grades
// there are, once each; whether one can stand is for the grading to say.
func (b *board) checkGradeDecisions() fault.List {
	var faults fault.List
	seen := map[[2]string]bool{}
	for i, d := range b.in.GradeDecisions {
		if _, ok := b.row(d.Subject); !ok {
			faults = append(faults, unknownSubject(d.Subject, "gradeDecisions[%d].subject", i))
		}
		scale, ok := b.in.Template.GradeScale(d.Scale)
		if !ok || !slices.ContainsFunc(scale.Steps, func(s template.GradeStep) bool { return s.Key == d.Grade }) {
			faults = append(faults, fault.New(fault.InputGrade, "value", d.Scale+"/"+d.Grade).At("gradeDecisions[%d].grade", i))
		}
		if key := [2]string{d.Scale, d.Subject}; seen[key] {
			faults = append(faults, twice(d.Scale+"/"+d.Subject, "gradeDecisions[%d]", i))
		} else {
			seen[key] = true
		}
	}
	return faults
}
