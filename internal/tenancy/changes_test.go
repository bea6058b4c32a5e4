package tenancy_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/tenancy"
)

// second makes a township administrator beside "approver", with a person each.
func (w *town) second() {
	w.t.Helper()
	w.user("second", authz.TownshipApprover, township)
	w.put(`INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) SELECT gen_random_uuid(), $1, $2, 'P-second', id, now()
		FROM app_user WHERE login = 'second'`, w.ids[township], county)
}

func (w *town) propose(login string, in tenancy.ChangeInput) (*tenancy.Proposal, error) {
	in.Basis = "民政〔2024〕1号"
	if in.Since.IsZero() {
		in.Since = day("2024-01-01")
	}
	return w.use.ProposeChange(w.as(login), in)
}

func newVillage(name string) tenancy.NewUnit {
	return tenancy.NewUnit{Level: "village", ShownName: name}
}

// Two villages merge, and the merged one is split again: each successor knows
// whose history it carries on, the old units stay readable.
func TestMergeThenSplit(t *testing.T) { // covers Q10
	t.Parallel()
	w := newTown(t)
	w.second()
	merge, err := w.propose("approver", tenancy.ChangeInput{Kind: tenancy.Merge, Units: []uuid.UUID{w.unit(village1), w.unit(village2)}, Made: []tenancy.NewUnit{newVillage("合村")}})
	must(t, err)
	if n := w.count(`SELECT count(*) FROM unit_successor`); n != 0 {
		t.Errorf("the tree changed before anybody decided: %d", n)
	}
	_, err = w.use.DecideChange(w.as("approver"), merge.ID, true, "")
	refused(t, err, fault.UnitChangeOwn, "proposal")
	_, err = w.use.DecideChange(w.as("neighbour"), merge.ID, true, "")
	refused(t, err, fault.NotFound, "")
	merged, err := w.use.DecideChange(w.as("second"), merge.ID, true, "同意")
	must(t, err)
	if merged.State != "accepted" || merged.DecidedAt == nil {
		t.Errorf("decided: %+v", merged)
	}
	whole := merge.Made[0].ID
	split, err := w.propose("second", tenancy.ChangeInput{Kind: tenancy.Split, Units: []uuid.UUID{whole}, Since: day("2025-01-01"), Made: []tenancy.NewUnit{newVillage("一村"), newVillage("二村")}})
	must(t, err)
	_, err = w.use.DecideChange(w.as("approver"), split.ID, true, "")
	must(t, err)
	_, err = w.use.DecideChange(w.as("approver"), split.ID, false, "再议")
	refused(t, err, fault.UnitChangeDecided, "proposal")

	for _, made := range split.Made {
		if n := w.count(`SELECT count(*) FROM unit_lineage(ARRAY[$1::uuid])`, made.ID); n != 3 {
			t.Errorf("%s carries on %d units, want 3", made.ShownName, n)
		}
	}
	if n := w.count(`SELECT count(*) FROM unit_lineage(ARRAY[$1::uuid]) WHERE until = '2024-01-01'`, split.Made[0].ID); n != 2 {
		t.Errorf("%d predecessors end with the merge, want 2", n)
	}
	if n := w.count(`SELECT count(*) FROM unit WHERE code IN ($1, $2) AND valid_to = '2024-01-01'`, village1, village2); n != 2 {
		t.Error("the old villages are not readable with their end")
	}
	from, err := w.use.Successions(w.as("approver"), whole)
	must(t, err)
	if len(from) != 4 || from[0].Kind != tenancy.Merge || from[3].Kind != tenancy.Split {
		t.Errorf("successions of the merged village: %+v", from)
	}
	if all, err := w.use.Proposals(w.as("approver")); err != nil || len(all) != 2 {
		t.Errorf("%d proposals (%v)", len(all), err)
	}
}

// Where a county adopted the township it decides, also on a move into another
// of its townships, which a township could not; until then the tree stands.
func TestTheCountyDecidesMoves(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.second()
	_, err := w.use.Agree(w.as("approver"), county, nil)
	must(t, err)
	_, err = w.use.Agree(w.as("county"), township, nil)
	must(t, err)
	move, err := w.propose("approver", tenancy.ChangeInput{Kind: tenancy.Move, Units: []uuid.UUID{w.unit(village1)}, Target: w.unit(neighbour), Made: []tenancy.NewUnit{newVillage("一村")}})
	must(t, err)
	_, err = w.use.DecideChange(w.as("second"), move.ID, true, "")
	refused(t, err, fault.UnitChangeNotYours, "proposal")
	_, err = w.use.DecideChange(w.as("county"), move.ID, false, " ")
	refused(t, err, fault.Required, "note")
	_, err = w.use.DecideChange(w.as("county"), move.ID, true, "")
	must(t, err)
	if n := w.count(`SELECT count(*) FROM unit n JOIN unit p ON p.id = n.parent_id WHERE n.id = $1 AND p.code = $2`, move.Made[0].ID, neighbour); n != 1 {
		t.Error("the village does not stand below the other township")
	}
	if n := w.count(`SELECT count(*) FROM unit WHERE code = $1 AND valid_to IS NOT NULL`, village1); n != 1 {
		t.Error("the village goes on below the old township, too")
	}
}

// A village that the table of codes lacks is entered without one.
func TestProvisionalUnit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.second()
	p, err := w.propose("second", tenancy.ChangeInput{Kind: tenancy.Provisional, Target: w.unit(township), Made: []tenancy.NewUnit{newVillage("新村")}})
	must(t, err)
	_, err = w.use.DecideChange(w.as("approver"), p.ID, true, "")
	must(t, err)
	units, err := w.use.UnitsByID(w.as("approver"), []uuid.UUID{p.Made[0].ID})
	must(t, err)
	if len(units) != 1 || units[0].Code != "" || units[0].ShownName != "新村" || units[0].LegalName != "新村" {
		t.Errorf("%+v", units)
	}
	refusal, err := w.propose("second", tenancy.ChangeInput{Kind: tenancy.Provisional, Target: w.unit(township), Made: []tenancy.NewUnit{newVillage("某村")}})
	must(t, err)
	_, err = w.use.DecideChange(w.as("approver"), refusal.ID, false, "已有代码")
	must(t, err)
	if n := w.count(`SELECT count(*) FROM unit WHERE shown_name = '某村'`); n != 0 {
		t.Error("a refused unit stands")
	}
}

func TestChangesRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.second()
	one, two, other, town := w.unit(village1), w.unit(village2), w.unit(elsewhere), w.unit(township)
	for name, c := range map[string]struct {
		in    tenancy.ChangeInput
		code  fault.Code
		field string
	}{
		"another's village": {tenancy.ChangeInput{Kind: tenancy.Merge, Units: []uuid.UUID{one, other}, Target: one}, fault.NotFound, "units[1]"},
		"a township":        {tenancy.ChangeInput{Kind: tenancy.Split, Units: []uuid.UUID{town}, Made: []tenancy.NewUnit{newVillage("甲"), newVillage("乙")}}, fault.UnitChangeLevel, "units[0]"},
		"twice the same":    {tenancy.ChangeInput{Kind: tenancy.Merge, Units: []uuid.UUID{one, one}, Target: one}, fault.UnitChangeLevel, "units[1]"},
		"into none":         {tenancy.ChangeInput{Kind: tenancy.Merge, Units: []uuid.UUID{one, two}}, fault.UnitChangeShape, "kind"},
		"into a stranger":   {tenancy.ChangeInput{Kind: tenancy.Merge, Units: []uuid.UUID{one, two}, Target: town}, fault.UnitChangeShape, "kind"},
		"into one":          {tenancy.ChangeInput{Kind: tenancy.Split, Units: []uuid.UUID{one}, Made: []tenancy.NewUnit{newVillage("甲")}}, fault.UnitChangeShape, "kind"},
		"below a village":   {tenancy.ChangeInput{Kind: tenancy.Move, Units: []uuid.UUID{one}, Target: two, Made: []tenancy.NewUnit{newVillage("甲")}}, fault.UnitChangeShape, "kind"},
		"a code in use": {tenancy.ChangeInput{Kind: tenancy.Provisional, Target: town,
			Made: []tenancy.NewUnit{{Level: "village", ShownName: "甲", Code: village1}}}, fault.AlreadyExists, "made"},
		"without a name": {tenancy.ChangeInput{Kind: tenancy.Provisional, Target: town, Made: []tenancy.NewUnit{newVillage(" ")}}, fault.NameInvalid, "made[0].shownName"},
	} {
		t.Log(name)
		_, err := w.propose("approver", c.in)
		refused(t, err, c.code, c.field)
	}
	if n := w.count(`SELECT count(*) FROM unit_proposal`); n != 0 {
		t.Errorf("%d proposals of refused changes", n)
	}
}
