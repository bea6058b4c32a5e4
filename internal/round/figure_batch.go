package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// figurePlace is what one current figure may stand for.
type figurePlace struct {
	kind            FigureKind
	key             string
	subject, sitter uuid.UUID
}

func placeOfFigure(f *Figure) figurePlace {
	p := figurePlace{kind: f.Kind, key: f.Key, subject: f.Subject}
	if f.Sitter != nil {
		p.sitter = *f.Sitter
	}
	return p
}

// figureBatch is figures on their way in.
type figureBatch struct {
	*desk
	kind     FigureKind
	keys     []string
	standing map[figurePlace]*Figure
	seen     map[figurePlace]bool
	known    map[uuid.UUID]string // sitters of the tenant
	fresh    []*Figure
	bad      fault.List
}

func (b *figureBatch) sitters(ctx context.Context, st Store, all []FigureInput) (err error) {
	var ids []uuid.UUID
	for _, in := range all {
		if in.Sitter != nil {
			ids = append(ids, *in.Sitter)
		}
	}
	b.known, err = st.Pseudonyms(ctx, ids)
	return err
}

// figure makes one figure, or gives the standing one where nothing changes; nil
// with faults.
func (b *figureBatch) figure(i int, in *FigureInput) *Figure {
	have := len(b.bad)
	add := func(f *fault.Fault, field string) {
		b.bad = append(b.bad, f.At("%s[%d].%s", fieldOf[b.kind], i, field))
	}
	ref := SubjectRef{in.Subject, in.UnitCode}
	e, err := b.entry(ref)
	if err != nil {
		add(fault.All(err)[0], ref.field())
	}
	if !slices.Contains(b.keys, in.Key) {
		add(fault.New(fault.FigureUnknown, "value", in.Key, "want", strings.Join(b.keys, ", ")), keyField[b.kind])
	}
	b.checkValue(in, add)
	if len(b.bad) > have {
		return nil
	}
	f := &Figure{
		Kind: b.kind, Key: in.Key, Subject: e.Subject, SubjectKind: e.Kind, Unit: e.Unit, Sitter: in.Sitter, Value: in.Value,
		Source: strings.TrimSpace(in.Source), Reason: strings.TrimSpace(in.Reason),
	}
	at := placeOfFigure(f)
	if b.seen[at] {
		add(fault.New(fault.FigureTwice), keyField[b.kind])
		return nil
	}
	b.seen[at] = true
	old := b.standing[at]
	switch {
	case old == nil:
	case sameFigure(old, f) && old.State != MarkRejected:
		return old
	case f.Reason == "":
		add(fault.New(fault.FigureSame, "value", figureText(old)), "reason")
		return nil
	default:
		f.Supersedes = &old.ID
	}
	return f
}

// keyField is the name under which a figure's key is sent.
var keyField = map[FigureKind]string{MetricFigure: "key", ExamFigure: "item", PartFigure: "part"}

func (b *figureBatch) checkValue(in *FigureInput, add func(*fault.Fault, string)) {
	low, high := exact.Int(-largestMetric), exact.Int(largestMetric)
	field := "value"
	switch b.kind {
	case MetricFigure:
		if strings.TrimSpace(in.Source) == "" {
			add(fault.New(fault.Required, "want", "数据来源 / where it was taken from"), "source")
		}
	case PartFigure:
		low, high = exact.Number{}, b.doc.Scale.Points
		if strings.TrimSpace(in.Reason) == "" {
			add(fault.New(fault.ReasonMissing), "reason")
		}
	case ExamFigure:
		low, high, field = exact.Number{}, exact.Int(100), "score"
		if in.Sitter == nil || b.known[*in.Sitter] == "" {
			add(fault.New(fault.NotFound), "sitter")
		}
	}
	switch {
	case in.Value == nil && b.kind != ExamFigure:
		add(fault.New(fault.Required, "want", "数值 / a value"), field)
	case in.Value != nil && (in.Value.Cmp(low) < 0 || in.Value.Cmp(high) > 0 || !isDecimal(*in.Value)):
		add(fault.New(fault.FigureRange, "value", in.Value.String(), "low", low.String(), "high", high.String()), field)
	}
}

// largestMetric bounds a metric: more is a slip.
const largestMetric = 1_000_000_000_000

func sameFigure(a, b *Figure) bool {
	same := a.Value == nil && b.Value == nil || a.Value != nil && b.Value != nil && a.Value.Equal(*b.Value)
	return same && a.Source == b.Source
}

func figureText(f *Figure) string {
	if f.Value == nil {
		return "缺考 / absent"
	}
	return f.Value.String()
}

func figureIDs(all []*Figure) []string {
	out := make([]string, len(all))
	for i, f := range all {
		out[i] = f.ID.String()
	}
	return out
}

// figureKeys are the metrics, exams or parts a round takes figures for.
func figureKeys(d *desk, kind FigureKind) []string {
	keys := []string{}
	switch kind {
	case MetricFigure:
		for i := range d.items {
			if d.items[i].Kind == template.KindMetric {
				metrics, _ := template.Formula(d.items[i].Rule.Formula)
				keys = append(keys, slices.DeleteFunc(metrics, func(m string) bool { return m == Supervised })...)
			}
		}
	case ExamFigure:
		for i := range d.items {
			if d.items[i].Kind == template.KindExam {
				keys = append(keys, d.items[i].Key)
			}
		}
	case PartFigure:
		for _, p := range d.doc.Parts {
			if partEntered(p.From) {
				keys = append(keys, p.Key)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// partEntered reports whether people enter the value of a part: one that is made
// of neither items nor a ballot. Roll-ups and other schemes' results come in
// that way, too, with their source as the reason.
func partEntered(from string) bool {
	return from != "items" && !strings.HasPrefix(from, "ballots.")
}
