package tenancy_test

import (
	"testing"

	"leitai/internal/fault"
	"leitai/internal/tenancy"
)

var threeClasses = tenancy.GroupSet{Key: "village-class", Zh: "村级分类", En: "village classes", Classes: []tenancy.Class{
	{Key: "model", Zh: "示范村", En: "model"}, {Key: "rising", Zh: "创优村", En: "rising"}, {Key: "base", Zh: "强基村", En: "base"}}}

// classOf tells the class of each village on a date.
func (w *town) classOf(login, on string) map[string]string {
	w.t.Helper()
	all, err := w.use.ClassesOn(w.as(login), "village-class", day(on))
	must(w.t, err)
	out := map[string]string{}
	for _, m := range all {
		out[m.UnitCode] = m.Class
	}
	return out
}

// Villages are classed by date: a new class ends the old one on the day it
// begins, a temporary one gives the old one back, and the same again changes
// nothing.
func TestClassesAreDated(t *testing.T) { // covers C04, D01
	t.Parallel()
	w := newTown(t)
	set := threeClasses
	if _, err := w.use.DefineGroupSet(w.as("approver"), set); err != nil {
		t.Fatal(err)
	}
	give := func(rows ...tenancy.Assignment) error {
		_, err := w.use.AssignClasses(w.as("approver"), "village-class", rows)
		return err
	}
	first := []tenancy.Assignment{{UnitCode: village1, Class: "base", From: day("2023-01-01")}, {UnitCode: village2, Class: "model", From: day("2023-01-01")}}
	for range 2 {
		must(t, give(first...))
	}
	must(t, give(tenancy.Assignment{UnitCode: village1, Class: "rising", From: day("2023-07-01")}))
	must(t, give(tenancy.Assignment{UnitCode: village2, Class: "rising", From: day("2023-03-01"), Until: day("2023-05-01")}))
	for on, want := range map[string]map[string]string{
		"2022-12-31": {}, "2023-06-30": {village1: "base", village2: "model"}, "2023-07-01": {village1: "rising", village2: "model"},
		"2023-03-01": {village1: "base", village2: "rising"}, "2023-05-01": {village1: "base", village2: "model"},
	} {
		have := w.classOf("approver", on)
		if len(have) != len(want) || have[village1] != want[village1] || have[village2] != want[village2] {
			t.Errorf("on %s: %v, want %v", on, have, want)
		}
	}
	if n := w.count(`SELECT count(*) FROM group_member`); n != 5 {
		t.Errorf("%d rows, want 5", n)
	}
	must(t, give(tenancy.Assignment{UnitCode: village1, From: day("2024-01-01")}))
	if have := w.classOf("approver", "2024-01-01"); have[village1] != "" {
		t.Errorf("taken out of the set and still %v", have)
	}
	if len(w.classOf("neighbour", "2023-06-30")) != 0 {
		t.Error("another township sees the classes")
	}
}

func TestClassesRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	set := threeClasses
	_, err := w.use.DefineGroupSet(w.as("approver"), set)
	must(t, err)
	one := tenancy.Assignment{UnitCode: village1, Class: "base", From: day("2023-01-01")}
	_, err = w.use.AssignClasses(w.as("approver"), "village-class", []tenancy.Assignment{one})
	must(t, err)
	for _, c := range []struct {
		change func(*tenancy.Assignment)
		code   fault.Code
		field  string
	}{
		{func(a *tenancy.Assignment) { a.UnitCode = "000000000000" }, fault.UnitUnknown, "rows[0].unitCode"},
		{func(a *tenancy.Assignment) { a.UnitCode = elsewhere }, fault.UnitUnknown, "rows[0].unitCode"},
		{func(a *tenancy.Assignment) { a.Class = "golden" }, fault.GroupClassUnknown, "rows[0].class"},
		{func(a *tenancy.Assignment) { a.From = day("2022-01-01") }, fault.GroupClassLater, "rows[0].from"},
		{func(a *tenancy.Assignment) { a.Until = day("2022-01-01") }, fault.PostPeriodInvalid, "rows[0].until"},
	} {
		row := one
		c.change(&row)
		_, err := w.use.AssignClasses(w.as("approver"), "village-class", []tenancy.Assignment{row, {UnitCode: village2, Class: "model", From: day("2023-01-01")}})
		refused(t, err, c.code, c.field)
	}
	if n := w.count(`SELECT count(*) FROM group_member`); n != 1 {
		t.Errorf("a refused batch left %d rows", n)
	}
	_, err = w.use.AssignClasses(w.as("approver"), "no-such", []tenancy.Assignment{one})
	refused(t, err, fault.GroupSetUnknown, "groupSet")
	less := set
	less.Classes = set.Classes[:2]
	_, err = w.use.DefineGroupSet(w.as("approver"), less)
	refused(t, err, fault.GroupClassUsed, "classes")
	less.Classes = append([]tenancy.Class{}, set.Classes...)
	less.Classes[2].Key = "Base"
	_, err = w.use.DefineGroupSet(w.as("approver"), less)
	refused(t, err, fault.GroupKeyInvalid, "classes[2].key")
}
