package template

import (
	"slices"
	"testing"

	"leitai/internal/exact"
)

// A document that says nothing about a reading gets its stated default, and
// gets it written out.
// covers Q1, Q2, Q3, Q6, Q7, Q8, Q9, Q10, Q11, Q12, Q13, Q14, Q16, Q24, Q30, Q31, Q32, Q33, Q35
func TestReadingsNotNamedGetTheirDefault(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(small))
	top, _ := d.Band("top")
	bottom, _ := d.Band("bottom")
	twice, _ := d.Streak("twice")
	half, _ := d.Rollup("half-year")
	for _, c := range []struct{ what, got, want string }{
		{"Q1 clamp", d.Calendar.Clamp, "month-end"},
		{"roll", d.Calendar.Roll, "next-workday"},
		{"Q2 make-up days", d.Calendar.Workdays, "official"},
		{"Q3 period", d.Calendar.Period, "nominal"},
		{"Q6 method", d.Ranking.Method, "competition"},
		{"Q6 ties of a reward", top.Ties, "inclusive"},
		{"Q7 ties of a penalty", bottom.Ties, "exclusive"},
		{"Q8 over", twice.Over, "held-rounds"},
		{"Q9 after", twice.After, "continue"},
		{"Q10 person", twice.Person, "linked-throughout"},
		{"Q10 year", twice.Bound, "none"},
		{"Q11 on", d.Ranking.On, "published"},
		{"Q12 small rounds, top", top.Small, "half"},
		{"Q12 small rounds, bottom", bottom.Small, "half"},
		{"Q13 absent", d.Missing.Absent, "unranked"},
		{"Q13 mark", d.Missing.Mark, "blocks"},
		{"Q14 split", d.Scale.Split, "per-item"},
		{"Q16 months", half.Months, "calendar"},
		{"Q16 aggregate", half.Aggregate, "mean"},
		{"Q16 of", half.Of, "rounds"},
		{"Q24 scope", d.Ranking.Scope, "all"},
		{"G8 show", d.Ranking.Show, "ranks"},
		{"Q30 correction", d.Announce.Correction, "new-revision"},
		{"Q31 items", d.Scale.Items, "sum"},
		{"rounding", string(d.Scale.Rounding), "half-up"},
		{"Q32 choose", d.Panels.Seconded.Choose, "assigned"},
		{"Q33 seat", d.Panels.Seconded.Seat, "inside"},
		{"Q35 audience", d.Announce.Audience, "township"},
		{"money", half.Outcomes[0].Amount, "by-decision"},
		{"money's basis", half.Outcomes[0].Basis, "乡委发〔2024〕1号"},
		{"kind", string(d.Items[0].Kind), "points"},
		{"source by the key", d.Channels[1].Source, "ledger"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if d.Panels.MinMembers != 2 || !slices.Equal(d.Panels.Recuse, []string{"own-village"}) || !slices.Equal(d.Panels.Warn, []string{"close-rank"}) {
		t.Errorf("panels are %+v", d.Panels)
	}
	if d.Issues != nil {
		t.Error("a template without issues got some")
	}
}

// covers A39, A40, Q15, Q36
func TestIssueDefaults(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(small+"issues: {}\n"))
	o := d.Issues.Overdue
	if !o.Times.Equal(exact.Int(2)) || !o.Once || o.DueDay != "in-time" || d.Issues.Into != "account" {
		t.Errorf("got %+v into %s", o, d.Issues.Into)
	}
}

// Tracks make ranks count within them unless the template says otherwise.
// covers Q24
func TestTracksSetTheScope(t *testing.T) {
	t.Parallel()
	tracks := swapped(t, small, "subject: village", "subject: village\ntracks: {groupSet: village-class}")
	if d := parsed(t, []byte(tracks)); d.Ranking.Scope != "track" {
		t.Errorf("scope is %s", d.Ranking.Scope)
	}
	whole := swapped(t, tracks, "  tieBreak: [ledger]", "  tieBreak: [ledger]\n  scope: all")
	if d := parsed(t, []byte(whole)); d.Ranking.Scope != "all" {
		t.Errorf("a scope that was written became %s", d.Ranking.Scope)
	}
}

// The readings a person must confirm are listed even when the author lists none.
// covers Q4, Q9
func TestConfirmationCannotBeLeftOut(t *testing.T) {
	t.Parallel()
	for _, instead := range []string{"", "confirmAtActivation: []\n"} {
		d := parsed(t, []byte(swapped(t, small, "confirmAtActivation: [outcomes]\n", instead)))
		if !slices.Equal(d.ConfirmAtActivation, []string{"outcomes", "streaks"}) {
			t.Errorf("with %q: %v", instead, d.ConfirmAtActivation)
		}
	}
}

// How marks combine follows from how many judges there are.
func TestJudgesDefaults(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(swapped(t, small, "judges: {min: 2, combine: mean}", "judges: {min: 3}")))
	if got := d.Channels[0].Judges; got != (Judges{Min: 3, Combine: "mean"}) {
		t.Errorf("three judges: %+v", got)
	}
	if got := d.Channels[1].Judges; got != (Judges{Min: 1, Combine: "single"}) {
		t.Errorf("nothing said: %+v", got)
	}
}

// Two documents never share what their defaults are made of.
func TestDefaultsAreNotShared(t *testing.T) {
	t.Parallel()
	a, b := parsed(t, []byte(small)), parsed(t, []byte(small))
	a.Panels.Recuse[0] = "nobody"
	if b.Panels.Recuse[0] != "own-village" || parsed(t, []byte(small)).Panels.Recuse[0] != "own-village" {
		t.Error("changing one document's default changed another's")
	}
}
