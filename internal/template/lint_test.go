package template

import (
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

func codes(all []Warning) string {
	var out []string
	for _, w := range all {
		out = append(out, string(w.Code)+"@"+w.Field)
	}
	return strings.Join(out, " ")
}

// The monthly contest as the notice has it: its ledgers weigh 60 %, and two
// readings wait for a person. Nothing else is warned about.
// covers G6, Q4, Q9
func TestLintOfTheMonthlyArena(t *testing.T) {
	t.Parallel()
	got := codes(Lint(arena(t)))
	if want := "LINT_LEDGER_HEAVY@channels LINT_CONFIRM_AT_ACTIVATION@confirmAtActivation[0] LINT_CONFIRM_AT_ACTIVATION@confirmAtActivation[1]"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// A monthly contest with a fixed rubric is reminded of the notice; a quarterly
// one, or a rubric of each round, is not.
// covers A11
func TestLintFixedRubric(t *testing.T) {
	t.Parallel()
	d := arena(t)
	if strings.Contains(codes(Lint(d)), "LINT_RUBRIC_FIXED") {
		t.Error("a per-round rubric is warned about")
	}
	d.Rubric = Fixed
	if got := codes(Lint(d)); !strings.Contains(got, "LINT_RUBRIC_FIXED@rubric") {
		t.Errorf("got %s", got)
	}
	d.Calendar.Every = "quarter"
	if strings.Contains(codes(Lint(d)), "LINT_RUBRIC_FIXED") {
		t.Error("a quarterly contest is warned about")
	}
}

// covers A22
func TestLintScale(t *testing.T) {
	t.Parallel()
	d := arena(t)
	d.Scale.Points = exact.Int(120)
	if got := codes(Lint(d)); !strings.Contains(got, "LINT_SCALE_NOT_100@scale.points") {
		t.Errorf("got %s", got)
	}
}

// The line is at 50 %: above it warns, at it does not. An item's own split and
// the items' points count, and so does what the items are of a total in parts.
// covers A23, G6
func TestLedgerShare(t *testing.T) {
	t.Parallel()
	d := arena(t)
	if got := LedgerShare(d); !got.Equal(exact.Int(60)) {
		t.Errorf("share is %s, want 60", got)
	}
	even := d.WithWeights(map[string]exact.Number{"onsite": exact.Int(50), "ledger": exact.Int(50)})
	if strings.Contains(codes(Lint(even)), "LINT_LEDGER_HEAVY") {
		t.Error("50 % is warned about")
	}
	above := d.WithWeights(map[string]exact.Number{"onsite": exact.Must("49.99"), "ledger": exact.Must("50.01")})
	if !strings.Contains(codes(Lint(above)), "LINT_LEDGER_HEAVY") {
		t.Error("50.01 % is not warned about")
	}
	split := d.WithItems(d.Items)
	split.Items[0].Split = []ChannelSplit{{Channel: "onsite", Weight: exact.Int(100)}} // 20 of 100 points
	if got := LedgerShare(split); !got.Equal(exact.Int(48)) {
		t.Errorf("with an item on site only: %s, want 48", got)
	}
	parts := d
	parts.Parts = []Part{{Key: "items", Weight: exact.Int(70), From: "items"}, {Key: "other", Weight: exact.Int(30), From: "entered"}}
	if got := LedgerShare(parts); !got.Equal(exact.Int(42)) {
		t.Errorf("as 70 %% of the total: %s, want 42", got)
	}
	if got := LedgerShare(d.WithItems(nil)); !got.Equal(exact.Int(60)) {
		t.Errorf("without items: %s, want the channels' 60", got)
	}
}

// covers G6
func TestLintFilingNumber(t *testing.T) {
	t.Parallel()
	if got := codes(LintFiling(false)); got != "LINT_NO_FILING_NUMBER@filingNumber" {
		t.Errorf("without a number: %s", got)
	}
	if got := LintFiling(true); len(got) != 0 {
		t.Errorf("with a number: %v", got)
	}
}

// What must not be is refused, not warned about.
// covers A41, G11
func TestLintLeavesRefusalsToValidation(t *testing.T) {
	t.Parallel()
	d := arena(t)
	d.Basis = nil
	if l := Validate(d); !has(l, fault.TemplateBasisMissing, "rollups.half-year.outcomes[0].basis") {
		t.Errorf("money without a basis: %v", l)
	}
	d = arena(t).WithItems([]Item{{Key: "test", Name: Text{ZH: "闭卷测试"}, Kind: KindExam, Points: exact.Int(100)}})
	wantOnly(t, Validate(d), fault.TemplateExamOnly, "items")
}

// Every warning speaks both languages and names no place-holder.
func TestWarningsSpeakBothLanguages(t *testing.T) {
	t.Parallel()
	d := arena(t)
	d.Rubric, d.Scale.Points = Fixed, exact.Int(120)
	for range 20 {
		d.Items = append(d.Items, d.Items[0])
	}
	all := append(Lint(d), LintFiling(false)...)
	if len(all) != 7 {
		t.Fatalf("got %s", codes(all))
	}
	for _, w := range all {
		if w.ZH == "" || w.EN == "" || w.ZH == w.EN || strings.Contains(w.ZH+w.EN, "{") {
			t.Errorf("%s: %q / %q", w.Code, w.ZH, w.EN)
		}
	}
}

// The burden is counted per village and month: the monthly contest asks for six
// ledgers and one visit; what comes once a quarter counts a third.
// covers G5
func TestBurden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key                                       string
		ledgers, visits, photos, report, meetings string
	}{
		{"monthly-arena", "6", "1", "0", "0", "0"},
		{"town-observation", "10/3", "1/3", "1/3", "0", "1/3"},
		{"secretary-arena", "0", "3", "0", "0", "1"},
		{"first-secretary-term", "0", "1/12", "0", "1", "0"},
		{"annual-assessment", "1/12", "1/12", "0", "5/12", "1/12"},
	} {
		got := BurdenOf(example(t, c.key))
		want := Burden{LedgerItems: exact.Must(c.ledgers), Visits: exact.Must(c.visits), Photos: exact.Must(c.photos), Reports: exact.Must(c.report), Meetings: exact.Must(c.meetings)}
		if !got.Meetings.Equal(want.Meetings) || !got.LedgerItems.Equal(want.LedgerItems) || !got.Visits.Equal(want.Visits) || !got.Photos.Equal(want.Photos) || !got.Reports.Equal(want.Reports) {
			t.Errorf("%s: got %s, %s, %s, %s; want %+v", c.key, got.LedgerItems, got.Visits, got.Photos, got.Reports, c)
		}
	}
}

// At the line nothing is said; above it the burden is named.
// covers G5
func TestBurdenWarning(t *testing.T) {
	t.Parallel()
	d := arena(t)
	for len(d.Items) < 19 {
		d.Items = append(d.Items, d.Items[0])
	}
	if got := BurdenOf(d).Total(); !got.Equal(BurdenLimit) {
		t.Fatalf("the burden is %s", got)
	}
	if strings.Contains(codes(Lint(d)), "LINT_BURDEN") {
		t.Error("the line itself is warned about")
	}
	d.Items = append(d.Items, d.Items[0])
	if !strings.Contains(codes(Lint(d)), "LINT_BURDEN@items") {
		t.Error("21 things a month are not warned about")
	}
}
