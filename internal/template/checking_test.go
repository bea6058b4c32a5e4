package template

import (
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// The rubric of a round is held to the rules of the template's own items, kind
// by kind, and each fault is placed in the list that was handed in.
// covers A11
func TestRubricOfARoundIsHeldToTheSameRules(t *testing.T) {
	t.Parallel()
	one := func(kind ItemKind, rule ItemRule) Item {
		return Item{Key: "one", Name: Text{ZH: "一"}, Kind: kind, Points: exact.Int(50), Rule: rule}
	}
	rest := Item{Key: "rest", Name: Text{ZH: "其余"}, Kind: KindPoints, Points: exact.Int(50)}
	two := exact.Int(2)
	for _, c := range []struct {
		name  string
		item  Item
		code  fault.Code
		field string
	}{
		{"points", one(KindPoints, ItemRule{}), "", ""},
		{"points with a table", one(KindPoints, ItemRule{Table: []TableRow{{Key: "late", Points: two}}}), fault.TemplateKindKey, "items[0].table"},
		{"deductions", one(KindDeductions, ItemRule{Table: []TableRow{{Key: "late", Points: two}}}), "", ""},
		{"deductions without a table", one(KindDeductions, ItemRule{}), fault.TemplateMissingKey, "items[0].table"},
		{"a checklist", one(KindChecklist, ItemRule{Checks: []Check{{Key: "a", Name: Text{ZH: "甲"}, Points: exact.Int(50)}}}), "", ""},
		{"a checklist of too little", one(KindChecklist, ItemRule{Checks: []Check{{Key: "a", Name: Text{ZH: "甲"}, Points: exact.Int(49)}}}), fault.TemplateItemPoints, "items[0].checks"},
		{"levels", one(KindLevels, ItemRule{Levels: []Level{{Key: "good", Points: exact.Int(50)}}}), "", ""},
		{"a level too high", one(KindLevels, ItemRule{Levels: []Level{{Key: "good", Points: exact.Int(51)}}}), fault.TemplateItemPoints, "items[0].levels"},
		{"a metric", one(KindMetric, ItemRule{Formula: "min(50, income)"}), "", ""},
		{"a metric of nothing", one(KindMetric, ItemRule{Formula: "min("}), fault.TemplateFormula, "items[0].formula"},
		{"a metric of clicks", one(KindMetric, ItemRule{Formula: "clicks"}), fault.TemplatePublicVote, "items[0].formula"},
		{"rank points", one(KindRankPoints, ItemRule{Values: []exact.Number{exact.Int(50)}}), "", ""},
		{"a ballot of no template", one(KindBallot, ItemRule{Ballot: "meeting"}), fault.TemplateUnknownRef, "items[0].ballot"},
		{"an exam beside work", one(KindExam, ItemRule{}), "", ""},
		{"votes", one("votes", ItemRule{}), fault.TemplatePublicVote, "items[0].kind"},
		{"a name of use", Item{Key: "one", Name: Text{ZH: "活跃度"}, Kind: KindPoints, Points: exact.Int(50)}, fault.TemplateUseScored, "items[0]"},
		{"a split of 99", Item{Key: "one", Kind: KindPoints, Points: exact.Int(50), Split: []ChannelSplit{{"onsite", exact.Int(99)}}}, fault.TemplateWeights, "items[0].split"},
		{"the key of another", Item{Key: "rest", Kind: KindPoints, Points: exact.Int(50)}, fault.TemplateTwice, "items[1].key"},
		{"evidence twice", Item{Key: "one", Kind: KindPoints, Points: exact.Int(50), Evidence: []string{"photo", "photo"}}, fault.TemplateTwice, "items[0].evidence[1]"},
	} {
		l := CheckItems(arena(t), []Item{c.item, rest})
		if c.code == "" {
			if len(l) > 0 {
				t.Errorf("%s: %v", c.name, l)
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantOnly(t, l, c.code, c.field)
		})
	}
}

// What CheckItems fills in for its own look is not left behind in the list, and
// a veto without a number stands on the template's one document.
// covers G11
func TestCheckingARubricChangesNothing(t *testing.T) {
	t.Parallel()
	d := arena(t)
	items := []Item{
		{Key: "work", Name: Text{ZH: "工作"}, Kind: KindPoints, Points: hundred},
		{Key: "serious", Name: Text{ZH: "一票否决"}, Kind: KindVeto},
	}
	if l := CheckItems(d, items); len(l) > 0 {
		t.Errorf("a veto on the one document there is: %v", l)
	}
	if items[1].Rule.Basis != "" || d.Rubric != PerRound || len(d.Items) != 6 {
		t.Errorf("it left %+v behind", items[1].Rule)
	}
	d.Basis = nil
	wantOnly(t, CheckItems(d, items), fault.TemplateBasisMissing, "items[1].basis")
}

// A document that a program makes is held to the same rules as one that is
// read; its faults have fields and no places.
func TestDocumentsMadeByAProgramAreHeldToTheRules(t *testing.T) {
	t.Parallel()
	for field, c := range map[string]struct {
		code   fault.Code
		change func(d *Document)
	}{
		"schemaVersion":                 {fault.TemplateSchemaVersion, func(d *Document) { d.SchemaVersion = 0 }},
		"calendar.day":                  {fault.TemplateMissingKey, func(d *Document) { d.Calendar.Day = 0 }},
		"channels":                      {fault.TemplateWeights, func(d *Document) { d.Channels[0].Weight = exact.Int(41) }},
		"channels.onsite.judges.drop":   {fault.TemplateConflict, func(d *Document) { d.Channels[0].Judges.Drop = 1 }},
		"ranking.scope":                 {fault.TemplateConflict, func(d *Document) { d.Ranking.Scope = "track" }},
		"bands.top":                     {fault.TemplateConflict, func(d *Document) { d.Bands[0].Worst = 1 }},
		"streaks.bottom-twice.band":     {fault.TemplateUnknownRef, func(d *Document) { d.Streaks[0].Band = "last" }},
		"outcomes[0].values":            {fault.TemplateValuesLength, func(d *Document) { d.Outcomes[0].Values = d.Outcomes[0].Values[:2] }},
		"outcomes[1].byRole":            {"", func(d *Document) { d.Outcomes[1].ByRole = "mayor" }},
		"rollups.half-year.of":          {fault.TemplateUnknownRef, func(d *Document) { d.Rollups[0].Of = "year" }},
		"rollups.year.bands.top":        {fault.TemplateConflict, func(d *Document) { d.Rollups[1].Bands = []Band{{Key: "top"}} }},
		"documents[7]":                  {fault.TemplateTwice, func(d *Document) { d.Documents = append(d.Documents, "bulletin") }},
		"rollups.year.outcomes[0].when": {fault.TemplateUnknownRef, func(d *Document) { d.Rollups[1].Outcomes = []Outcome{{When: "top", Do: "praise"}} }},
	} {
		d := arena(t)
		c.change(&d)
		l := Validate(d)
		if c.code == "" {
			if len(l) > 0 {
				t.Errorf("%s: %v", field, l)
			}
			continue
		}
		wantOnly(t, l, c.code, field)
		if len(l) == 1 && (l[0].Place != fault.Place{}) {
			t.Errorf("%s is placed at %v", field, l[0].Place)
		}
	}
}

// Roll-ups build on shorter ones that stand before them, never on themselves,
// on longer ones or on what comes later.
// covers C03
func TestRollupsBuildOnShorterOnes(t *testing.T) {
	t.Parallel()
	for order, sound := range map[string]bool{
		"quarter: {}":                           true,
		"quarter: {}, half-year: {of: quarter}": true,
		"quarter: {}, half-year: {of: quarter}, year: {of: half-year}": true,
		"quarter: {}, year: {of: quarter}, term: {of: year}":           true,
		"quarter: {}, half-year: {of: rounds}, year: {of: quarter}":    true,
		"half-year: {of: quarter}, quarter: {}":                        false,
		"quarter: {of: quarter}":                                       false,
		"year: {}, half-year: {of: year}":                              false,
		"half-year: {of: half-year}":                                   false,
		"month: {}":                                                    false,
		"quarter: {}, half-year: {of: week}":                           false,
	} {
		text := silent[:strings.Index(silent, "rollups:")] + "rollups: {" + order + "}\n" + silent[strings.Index(silent, "issues:"):]
		if _, err := Parse([]byte(text)); (err == nil) != sound {
			t.Errorf("%s: %v", order, err)
		}
	}
}

// What another mistake brings about is not told again, but an own mistake
// beside it is.
func TestConsequencesOfAMistakeAreNotTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		changes [][2]string
		want    string
	}{
		"a weight that is no number":  {[][2]string{{"weight: 40", "weight: forty"}}, "channels.onsite.weight"},
		"a band that is none":         {[][2]string{{"bottom: {worst: 3}", "bottom: {worst: none}"}}, "bands.bottom.worst"},
		"a band's key and its streak": {[][2]string{{"bottom: {worst: 3}", "bottom: {worst: none}"}, {"length: 2", "length: 1"}}, "bands.bottom.worst streaks.twice.length"},
		"an outcome's values":         {[][2]string{{"[5, 4, 3]", "[5, four, 3, 2]"}}, "outcomes[0].values[1]"},
		"the items":                   {[][2]string{{"points: 60", "points: many"}}, "items[0].points"},
	} {
		text := small
		for _, change := range c.changes {
			text = swapped(t, text, change[0], change[1])
		}
		_, err := Parse([]byte(text))
		var fields []string
		for _, f := range fault.All(err) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
