package template

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// Warning is something a person should look at before a template is activated.
// It refuses nothing; what must not be is a fault of Validate.
type Warning struct {
	Code   fault.Code
	Field  string // path, as in a fault
	ZH, EN string
}

func warn(f *fault.Fault) Warning {
	return Warning{Code: f.Code, Field: f.Field, ZH: f.Message(fault.Chinese), EN: f.Message(fault.English)}
}

// heavyLedger is the share of ledgers in the total, in per cent, above which
// they weigh on the villages (G6).
var heavyLedger = exact.Int(50)

// Lint gives the warnings and reminders of a sound document: a fixed rubric in
// a monthly contest (A11), a scale other than 100 (A22), ledgers over half
// (G6), a heavy burden (G5), and what a person confirms at activation (Q4, Q9).
// An exam alone (A41) and money or vetoes without a basis (G11) are no
// warnings: Validate refuses them.
func Lint(d Document) []Warning {
	var all []Warning
	if d.Rubric == Fixed && d.Calendar.Every == "month" {
		all = append(all, warn(fault.New(fault.LintRubricFixed).At("rubric")))
	}
	if !d.Scale.Points.Equal(hundred) {
		all = append(all, warn(fault.New(fault.LintScale, "have", d.Scale.Points.String()).At("scale.points")))
	}
	if share := LedgerShare(d); share.Cmp(heavyLedger) > 0 {
		all = append(all, warn(fault.New(fault.LintLedger, "have", share.Fixed(0)).At("channels")))
	}
	if b := BurdenOf(d); b.Total().Cmp(BurdenLimit) > 0 {
		all = append(all, warn(fault.New(fault.LintBurden, "have", b.Total().Fixed(1), "max", BurdenLimit.String()).At("items")))
	}
	all = append(all, unused(d)...)
	for i, key := range d.ConfirmAtActivation {
		all = append(all, warn(fault.New(fault.LintConfirm, "field", key).At("confirmAtActivation[%s]", strconv.Itoa(i))))
	}
	return all
}

// unused names papers that cannot be drawn up without what they are about, and
// ballots and items whose result nothing is made of.
func unused(d Document) []Warning {
	var all []Warning
	needs := map[string]bool{
		"ballot-form": len(d.Ballots) > 0, "ballot-summary": len(d.Ballots) > 0,
		"three-colour-notice": len(d.Legend) > 0, "assessment-form": len(d.Grades) > 0,
	}
	for i, kind := range d.Documents {
		if can, known := needs[kind]; known && !can {
			all = append(all, warn(fault.New(fault.LintDocument, "value", kind).At("documents[%d]", i)))
		}
	}
	parts := d.Parts
	for _, r := range d.Rollups {
		parts = append(parts[:len(parts):len(parts)], r.Parts...)
	}
	from := keys(parts, func(p Part) string { return p.From })
	for _, b := range d.Ballots {
		counts := slices.Contains(from, "ballots."+b.Key) || slices.ContainsFunc(d.Items, func(i Item) bool { return i.Rule.Ballot == b.Key })
		if !counts {
			all = append(all, warn(fault.New(fault.LintUnused, "value", b.Key).At("ballots.%s", b.Key)))
		}
	}
	graded := slices.ContainsFunc(d.Grades, func(g GradeScale) bool { return strings.HasPrefix(g.Of, "items.") })
	if len(d.Items) > 0 && len(d.Parts) > 0 && !slices.Contains(from, "items") && !graded {
		all = append(all, warn(fault.New(fault.LintUnused, "value", "items").At("items")))
	}
	return all
}

// LintFiling warns when the competition has no filing number of the inspection
// plan (G6); the number is not in the template.
func LintFiling(filed bool) []Warning {
	if filed {
		return nil
	}
	return []Warning{warn(fault.New(fault.LintNoFiling).At("filingNumber"))}
}

// LedgerShare is how much of the total, in per cent, comes from channels whose
// source is the ledger; without items, the channels' weight stands for theirs.
func LedgerShare(d Document) exact.Number {
	if len(d.Items) == 0 {
		return ledgerPart(d, Item{}.Weights(d)).Mul(itemsShare(d))
	}
	var sum, total exact.Number
	for _, i := range d.Items {
		if i.Points.Sign() <= 0 || i.Kind == KindBonus || i.Kind == KindVeto {
			continue
		}
		total = total.Add(i.Points)
		if i.marked() {
			sum = sum.Add(i.Points.Mul(ledgerPart(d, i.Weights(d))))
		}
	}
	if total.Sign() == 0 {
		return exact.Int(0)
	}
	return sum.Quo(total).Mul(itemsShare(d))
}

// itemsShare is what part of the total comes from the items: all of it unless
// the total has parts.
func itemsShare(d Document) exact.Number {
	if len(d.Parts) == 0 {
		return exact.Int(1)
	}
	var sum exact.Number
	for _, p := range d.Parts {
		if p.From == "items" {
			sum = sum.Add(p.Weight)
		}
	}
	return sum.Quo(hundred)
}

// ledgerPart sums the weights of ledger channels in a split.
func ledgerPart(d Document, split []ChannelSplit) exact.Number {
	var sum exact.Number
	for _, s := range split {
		if ch, ok := d.Channel(s.Channel); ok && ch.Source == "ledger" {
			sum = sum.Add(s.Weight)
		}
	}
	return sum
}
