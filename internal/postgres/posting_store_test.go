package postgres

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/audit"
	"leitai/internal/calendar"
	"leitai/internal/paging"
	contestround "leitai/internal/round"
	"leitai/internal/teams"
)

// postedFacts is what the annual assessment reads of somebody who is posted.
type postedFacts struct {
	daysTotal int
	barred    bool
}

// posted is a county with two townships and a posting in the first's village.
type posted struct {
	*world
	county, here, there home
	posting             uuid.UUID
}

func newPosted(t *testing.T) posted {
	t.Helper()
	w := newWorld(t)
	p := posted{world: w, county: w.settle(t, "county", "990101"), here: w.settle(t, "township", "990101001"), there: w.settle(t, "township", "990101002"), posting: mixin.NewID()}
	w.put(t, `UPDATE unit SET parent_id = $1 WHERE id IN ($2, $3)`, p.county.unit, p.here.unit, p.there.unit)
	w.fill(t, p.county)
	w.adopt(t, p.county, p.here, false)
	w.adopt(t, p.county, p.there, false)
	person := mixin.NewID()
	w.put(t, `INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, $3, 'F1', now())`, person, p.county.tenant, p.county.region)
	w.put(t, `INSERT INTO posting_demand (id, tenant_id, region, competition_id, unit_id, first_secretary, team, planned_on) VALUES ($1, $2, $3, $4, $5, true, false, '2023-04-01')`,
		p.posting, p.county.tenant, p.county.region, p.county.id("competition"), p.here.village)
	w.put(t, `INSERT INTO posting (id, tenant_id, region, competition_id, demand_id, unit_id, person_id, pseudonym, role, stage, sender_id, selected_on, min_days, valid_from, last_day)
		VALUES ($1, $2, $3, $4, $1, $5, $6, 'F1', 'first-secretary', 'POSTED', $7, '2023-04-01', 20, '2023-05-01', '2025-04-30')`,
		p.posting, p.county.tenant, p.county.region, p.county.id("competition"), p.here.village, person, p.county.id("organisation"))
	return p
}

// sees counts the postings a tenant lists.
func (p posted) sees(t *testing.T, h home) int {
	t.Helper()
	n := 0
	ctx, r := p.as(t, h)
	err := p.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		rows, err := tx.PostingPage(ctx, teams.Filter{Competition: p.county.id("competition")}, paging.Window{Size: 10})
		n = len(rows)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	return n
}

// A township sees the postings of the county above that serve in its own
// villages, and nothing else of them.
// covers D25
func TestPostingsAreSeenInTheirArea(t *testing.T) {
	t.Parallel()
	p := newPosted(t)
	if county, here, there := p.sees(t, p.county), p.sees(t, p.here), p.sees(t, p.there); county != 2 || here != 1 || there != 0 {
		t.Errorf("the county sees %d, its township %d, another township %d", county, here, there)
	}
	ctx, _ := p.as(t, p.here)
	err := p.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		for _, table := range []string{"posting_fact", "posting_check", "posting_step", "posting_demand", "posting_inspection", "posting_event", "posting_figure", "posting_support"} {
			n, err := queryOne(ctx, tx, value[int], `SELECT count(*) FROM `+table+` WHERE tenant_id <> app_tenant()`)
			if err != nil || n != 0 {
				t.Errorf("%s: %d rows of the county, %v", table, n, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p.put(t, `UPDATE posting SET trial = true WHERE id = $1`, p.posting)
	if n := p.sees(t, p.here); n != 0 {
		t.Errorf("of a trial it sees %d", n)
	}
	p.put(t, `UPDATE posting SET trial = false, stage = 'FILED', valid_from = NULL, last_day = NULL WHERE id = $1`, p.posting)
	if n := p.sees(t, p.here); n != 0 {
		t.Errorf("of a nomination it sees %d", n)
	}
}

// state lets a tenant state days of the posting.
func (p posted) state(t *testing.T, h home, month string, days int) {
	t.Helper()
	p.put(t, `INSERT INTO posting_statement (id, tenant_id, region, competition_id, posting_id, unit_id, month, days, excused, stated_by, stated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, now())`, mixin.NewID(), h.tenant, h.region, p.county.id("competition"), p.posting, p.here.village, month, days, h.person)
}

// The county reads what the township of the village states, before what it
// states itself; what another township states about it is not heard.
// covers D24, D25, D31, D33, G7
func TestStatementsAreHeardFromTheVillagesTownship(t *testing.T) {
	t.Parallel()
	p := newPosted(t)
	p.state(t, p.here, "2023-05", 21)
	p.state(t, p.county, "2023-05", 5)
	p.state(t, p.there, "2023-05", 31)
	p.state(t, p.there, "2023-06", 30)
	p.state(t, p.county, "2023-07", 20)
	p.put(t, `INSERT INTO posting_statement (id, tenant_id, region, competition_id, posting_id, unit_id, month, days, excused, reason, stated_by, stated_at, supersedes)
		SELECT $1, tenant_id, region, competition_id, posting_id, unit_id, month, 22, 0, '漏记', stated_by, now(), id FROM posting_statement WHERE tenant_id = $2 AND month = '2023-05'`,
		mixin.NewID(), p.here.tenant)
	p.put(t, `INSERT INTO posting_inspection (id, tenant_id, region, posting_id, label, held_on, conduct, service, discipline, results, bars, record, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, '2023-H2', '2023-07-15', true, 't', false, true, 't', '考察1号', $5, now())`, mixin.NewID(), p.county.tenant, p.county.region, p.posting, p.county.person)
	ctx, _ := p.as(t, p.county)
	err := p.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		found, err := tx.PostingByID(ctx, p.posting)
		if err != nil {
			return err
		}
		months, err := tx.PostingMonths(ctx, found)
		if err != nil {
			return err
		}
		var got []string
		for _, m := range months {
			got = append(got, fmt.Sprint(m.Month, " ", m.Days, " ", m.Corrected))
		}
		if fmt.Sprint(got) != "[2023-05 22 true 2023-07 20 false]" {
			t.Errorf("the county reads %v", got)
		}
		for _, c := range []struct {
			first, last string
			want        postedFacts
		}{{"2023-01", "2023-12", postedFacts{42, true}}, {"2023-01", "2023-06", postedFacts{22, false}}, {"2024-01", "2024-12", postedFacts{0, false}}} {
			facts, err := queryOne(ctx, tx, func(s scan) (f postedFacts, err error) {
				return f, s(&f.daysTotal, &f.barred)
			}, `SELECT days_total, barred FROM posting_facts($1, $2, $3) WHERE person_id = $4`, p.county.id("competition"), c.first, c.last, found.Person)
			if err != nil || facts != c.want {
				t.Errorf("%s to %s: %+v, want %+v (%v)", c.first, c.last, facts, c.want, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The facts of a selection go with the name; nothing else of the posting does.
// covers G10, G12
func TestFactsGoWithTheName(t *testing.T) {
	t.Parallel()
	p := newPosted(t)
	if n := p.count(t, `SELECT count(*) FROM posting_fact WHERE tenant_id = $1`, p.county.tenant); n != 1 {
		t.Fatalf("%d facts before", n)
	}
	ctx, _ := p.as(t, p.county)
	err := p.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.exec(ctx, `DELETE FROM person_name WHERE tenant_id = $1 AND person_id = $2`, p.county.tenant, p.county.person); err != nil {
			return err
		}
		return audit.Record(ctx, "person:erase", "person", p.county.person, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if facts, kept := p.count(t, `SELECT count(*) FROM posting_fact`), p.count(t, `SELECT count(*) FROM posting WHERE person_id = $1`, p.county.person); facts != 0 || kept != 1 {
		t.Errorf("%d facts and %d postings are left", facts, kept)
	}
}

// A trial leaves nothing of its postings behind.
func TestATrialOfPostingsIsWiped(t *testing.T) {
	t.Parallel()
	p := newPosted(t)
	trial := mixin.NewID()
	p.put(t, `INSERT INTO competition (id, tenant_id, region, name, trial, created_by, created_at) VALUES ($1, $2, $3, '试评', true, $4, now())`,
		trial, p.county.tenant, p.county.region, p.county.user)
	p.put(t, `UPDATE posting_demand SET competition_id = $1 WHERE id = $2`, trial, p.posting)
	p.put(t, `UPDATE posting SET competition_id = $1, trial = true WHERE id = $2`, trial, p.posting)
	p.put(t, `INSERT INTO posting_step (id, tenant_id, region, posting_id, stage, body, taken_on, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, 'PROPOSED', '单位', '2023-04-01', $5, now())`,
		mixin.NewID(), p.county.tenant, p.county.region, p.posting, p.county.person)
	ctx, _ := p.as(t, p.county)
	err := p.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `SELECT wipe_trial($1)`, trial)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"posting", "posting_demand"} {
		if n := p.count(t, `SELECT count(*) FROM `+table+` WHERE competition_id = $1`, trial); n != 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}
	if n := p.count(t, `SELECT count(*) FROM posting_step WHERE posting_id = $1`, p.posting); n != 0 {
		t.Errorf("%d steps are left", n)
	}
}

// The annual round reads the days of its year, and whom an inspection bars.
// covers D33, Q19
func TestTheAnnualRoundReadsDaysAndBars(t *testing.T) {
	t.Parallel()
	p := newPosted(t)
	p.state(t, p.here, "2023-05", 21)
	p.state(t, p.here, "2023-06", 20)
	p.state(t, p.here, "2024-01", 22)
	round := mixin.NewID()
	p.put(t, `INSERT INTO round (id, tenant_id, region, competition_id, template_version_id, period, nominal, held, state) VALUES ($1, $2, $3, $4, $5, '2023', '2023-12-31', '2023-12-29', 'planned')`,
		round, p.county.tenant, p.county.region, p.county.id("competition"), p.county.id("template_version"))
	p.put(t, `INSERT INTO entry (id, tenant_id, region, round_id, unit_id, subject_id, subject_kind, position, name)
		SELECT $1, tenant_id, region, $2, unit_id, person_id, 'person', 1, pseudonym FROM posting WHERE id = $3`, mixin.NewID(), round, p.posting)
	read := func() string {
		out := ""
		ctx, r := p.as(t, p.county)
		err := p.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			facts, err := tx.TieFactsOf(ctx, &contestround.Round{ID: round, Tenant: p.county.tenant, Competition: p.county.id("competition"),
				Period: "2023", Held: calendar.MustDate("2023-12-29")})
			for _, f := range facts {
				out += f.Key + " " + f.Value.String() + "; "
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		return out
	}
	if got := read(); got != "daysTotal 41; " {
		t.Errorf("the round reads %q", got)
	}
	p.put(t, `INSERT INTO posting_inspection (id, tenant_id, region, posting_id, label, held_on, conduct, service, discipline, results, bars, record, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, '2023-H2', '2023-07-15', true, 't', false, true, 't', '考察1号', $5, now())`, mixin.NewID(), p.county.tenant, p.county.region, p.posting, p.county.person)
	if got := read(); got != "daysTotal 41; barred 1; " {
		t.Errorf("with an inspection that bars it reads %q", got)
	}
}
