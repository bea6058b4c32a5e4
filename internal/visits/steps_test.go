package visits

import (
	"reflect"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
)

var (
	shen, wang, li = uuid.MustParse("018f0000-0000-7000-8000-000000000001"), uuid.MustParse("018f0000-0000-7000-8000-000000000002"), uuid.MustParse("018f0000-0000-7000-8000-000000000003")
	villages       = []Subject{{shen, shen, "沈庄村"}, {wang, wang, "王庄村"}, {li, li, "李庄村"}}
)

// A step that was taken for all counts for everybody; one that was left out
// with a reason is shown as left out; one that nobody recorded although a later
// step was taken is passed over, by name. covers C07
func TestStagesShowWhatWasPassedOver(t *testing.T) {
	t.Parallel()
	steps := []string{"visit", "speech", "comment", "assembly"}
	records := []StageRecord{
		{Stage: "visit", Unit: &shen, Subject: &shen}, {Stage: "visit", Unit: &wang, Subject: &wang},
		{Stage: "speech"}, {Stage: "speech", Unit: &wang, Subject: &wang, Skipped: true, Note: "书记请假"},
		{Stage: "comment", Unit: &shen, Subject: &shen},
	}
	states := StagesOf(steps, villages, records)
	type state struct{ done, skipped, over int }
	want := map[string]state{"visit": {2, 0, 1}, "speech": {2, 1, 0}, "comment": {1, 0, 0}, "assembly": {0, 0, 0}}
	for _, s := range states {
		if got := (state{s.Done, s.Skipped, len(s.PassedOver)}); got != want[s.Stage] {
			t.Errorf("%s: %+v, want %+v", s.Stage, got, want[s.Stage])
		}
	}
	if over := states[0].PassedOver; len(over) != 1 || over[0].Name != "李庄村" {
		t.Errorf("passed over: %v", over)
	}
	if none := StagesOf(nil, villages, records); len(none) != 0 {
		t.Errorf("a template without steps has %v", none)
	}
}

// Everybody who has to come is counted once, whatever was stated; who came
// without having to counts as well. covers B05
func TestMusterCountsEverybodyOnce(t *testing.T) {
	t.Parallel()
	lines := []Attendance{{Person: shen, Status: Present}, {Person: wang, Status: Excused, Note: "住院"}, {Person: uuid.New(), Status: Present}, {Person: uuid.New(), Status: Absent}}
	m := muster([]Due{{shen, "secretary"}, {wang, "mayor"}, {li, "village-secretary"}, {li, "first-secretary"}}, lines)
	if m.Due != 5 || m.Present != 2 || m.Excused != 1 || m.Absent != 1 || m.Open != 1 || len(m.Unrecorded) != 1 || m.Unrecorded[0].Role != "village-secretary" {
		t.Errorf("%+v", m)
	}
	if empty := muster(nil, nil); empty.Due != 0 || empty.Unrecorded != nil {
		t.Errorf("nobody: %+v", empty)
	}
}

// Coverage counts contestants, not visits: an unannounced visit visits, a plan
// does not, and what is missing is named. covers B01, B10
func TestCoverage(t *testing.T) {
	t.Parallel()
	day := calendar.MustDate
	o := &Observation{Round: &Round{Subjects: villages}, Route: []*Visit{
		{Unit: shen, Position: 1, PlannedOn: day("2023-06-20"), VisitedOn: day("2023-06-21")}, {Unit: wang, Position: 2, PlannedOn: day("2023-06-22")},
		{Unit: shen, Unannounced: true, PlannedOn: day("2023-07-01"), VisitedOn: day("2023-06-25")},
	}, Comments: []*Comment{{Subject: wang}, {Subject: wang}}}
	o.count()
	names := func(all []Subject) (names []string) {
		for _, s := range all {
			names = append(names, s.Name)
		}
		return names
	}
	if o.Visited != 1 || !reflect.DeepEqual(names(o.Unvisited), []string{"王庄村", "李庄村"}) || !reflect.DeepEqual(names(o.Unplanned), []string{"李庄村"}) {
		t.Errorf("visited %d, not %v, not planned %v", o.Visited, names(o.Unvisited), names(o.Unplanned))
	}
	if o.Commented != 1 || !reflect.DeepEqual(names(o.Uncomment), []string{"沈庄村", "李庄村"}) {
		t.Errorf("commented %d, not %v", o.Commented, names(o.Uncomment))
	}
	if o.LastPlan != day("2023-06-22") || o.LastVisit != day("2023-06-25") {
		t.Errorf("last planned %s, last visited %s", o.LastPlan, o.LastVisit)
	}
}

// The county sees where two competitions come to one village in a month: a
// township's two contests, a visit beside them, and a contest of its own that
// goes to every township. covers G6, G9
func TestInspectionsMeet(t *testing.T) {
	t.Parallel()
	jia, yi, county := uuid.New(), uuid.New(), uuid.New()
	monthly, safety, yearly, persons := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	at := func(tenant uuid.UUID, kind string, program uuid.UUID, name string, unit *uuid.UUID, on, subject string) Inspection {
		return Inspection{Tenant: tenant, Host: map[uuid.UUID]string{jia: "甲乡", yi: "乙镇", county: "县"}[tenant], HostKind: kind, Competition: program, CompetitionName: name,
			Unit: unit, On: calendar.MustDate(on), Subject: subject}
	}
	entries := []Inspection{
		at(jia, "township", monthly, "月评比", nil, "2023-05-04", "village"), at(jia, "township", safety, "安全检查", &shen, "2023-05-20", "village"),
		at(yi, "township", uuid.New(), "观摩", nil, "2023-06-01", "village"), at(county, "county", yearly, "县考核", nil, "2023-06-15", "village"),
		at(county, "county", persons, "单位考核", nil, "2023-06-15", "organisation"), at(jia, "township", monthly, "月评比", nil, "2023-07-04", "village"),
	}
	met := meetings(entries)
	if len(met) != 2 || met[0].Host != "甲乡" || met[0].Unit == nil || *met[0].Unit != shen || met[0].Month != "2023-05" || !reflect.DeepEqual(met[0].Programs, []string{"安全检查", "月评比"}) {
		t.Fatalf("meetings: %+v", met)
	}
	if met[1].Host != "乙镇" || met[1].Unit != nil || !reflect.DeepEqual(met[1].Programs, []string{"县考核", "观摩"}) {
		t.Errorf("the county's own: %+v", met[1])
	}
	for n, want := range [][]string{{"安全检查"}, {"月评比"}, {"县考核"}, {"观摩"}, nil, nil} {
		if got := entries[n].Overlaps; !reflect.DeepEqual(got, want) {
			t.Errorf("entry %d meets %v, want %v", n, got, want)
		}
	}
}
