package data

import (
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAWholeProvinceHasTheShapeOfARealOne(t *testing.T) {
	t.Parallel()
	p := settle(1, 1)
	if len(p.counties) != 90 || len(p.townships) != 1360 || p.villages != 25547 {
		t.Fatalf("%d counties, %d townships, %d villages", len(p.counties), len(p.townships), p.villages)
	}
	least, most := 1000, 0
	for _, town := range p.townships {
		least, most = min(least, len(town.villages)), max(most, len(town.villages))
	}
	if least < 12 || most > 30 || least == most {
		t.Errorf("townships have %d to %d villages", least, most)
	}
}

func TestEveryScaleIsAWholeTree(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^98([0-9]{2}){0,2}$|^98[0-9]{7}$|^98[0-9]{10}$`)
	rapid.Check(t, func(t *rapid.T) {
		p := settle(rapid.Float64Range(1e-6, 0.03).Draw(t, "scale"), rapid.Uint64().Draw(t, "seed"))
		seen, villages := map[string]bool{}, 0
		ids := map[any]bool{}
		for _, u := range p.units {
			if !form.MatchString(u.code) || seen[u.code] || ids[u.id] || u.parent.Valid != (u.level != "province") || u.parent.Valid && !ids[u.parent.UUID] {
				t.Fatalf("%+v", u)
			}
			seen[u.code], ids[u.id] = true, true
			if u.level == "village" {
				villages++
			}
		}
		if len(p.counties) < 1 || len(p.townships) < len(p.counties) || villages != p.villages {
			t.Fatalf("%d counties, %d townships, %d villages of %d", len(p.counties), len(p.townships), villages, p.villages)
		}
		for _, town := range p.townships {
			if len(town.villages) == 0 {
				t.Fatalf("%s has no village", town.code)
			}
		}
	})
}

func TestIdsAndDrawsFollowTheSeed(t *testing.T) {
	t.Parallel()
	moment := time.Date(2025, 3, 4, 5, 6, 7, 8e6, time.UTC)
	a, b, c, d := newSource(1, "x"), newSource(1, "x"), newSource(2, "x"), newSource(1, "y")
	id := a.at(moment)
	if id != b.at(moment) || id == c.at(moment) || id == d.at(moment) || id == a.at(moment) {
		t.Error("ids do not follow seed, part and order")
	}
	if seconds, nanos := id.Time().UnixTime(); id.Version() != 7 || seconds != moment.Unix() || nanos/1e6 != 8 {
		t.Errorf("%s is of version %d and %d.%d", id, id.Version(), seconds, nanos)
	}
}

func TestTheTemplateHoldsForEveryNumber(t *testing.T) {
	t.Parallel()
	for items := 1; items <= mostItems; items++ {
		for _, judges := range []int{1, 2, mostJudges} {
			s, err := program(items, judges, mostRounds, 0)
			if err != nil || len(s.doc.Items) != items || len(s.months) != mostRounds || s.months[mostRounds-1].Period.String() != "2025-12" {
				t.Fatalf("%d items, %d judges: %v", items, judges, err)
			}
		}
	}
	s, err := program(20, 2, mostRounds, mostOpen)
	if err != nil || s.months[0].Held.String() <= founded.AddDate(0, 0, 7).Format(time.DateOnly) {
		t.Errorf("the first round is on %v, before anybody was there", s.months[0].Held)
	}
}
