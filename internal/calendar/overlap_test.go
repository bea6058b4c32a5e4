package calendar_test

import (
	"reflect"
	"slices"
	"testing"

	"leitai/internal/calendar"

	"pgregory.net/rapid"
)

func look(area, place, program, on string) calendar.Inspection {
	return calendar.Inspection{Area: area, Place: place, Program: program, On: calendar.MustDate(on)}
}

// A place is overlapped in a month in which two programmes come to it; a visit
// and a round of one programme are one inspection, and months do not touch.
// covers G6
func TestOverlaps(t *testing.T) {
	t.Parallel()
	month := func(on string) calendar.Period { return calendar.PeriodOf(calendar.Month, calendar.MustDate(on)) }
	for name, c := range map[string]struct {
		looks []calendar.Inspection
		want  []calendar.Overlap
	}{
		"nothing":                       {nil, nil},
		"one programme, often":          {[]calendar.Inspection{look("甲乡", "", "评比", "2023-05-04"), look("甲乡", "沈庄", "评比", "2023-05-20")}, nil},
		"neighbouring days, two months": {[]calendar.Inspection{look("甲乡", "", "评比", "2023-05-31"), look("甲乡", "", "观摩", "2023-06-01")}, nil},
		"two areas":                     {[]calendar.Inspection{look("甲乡", "", "评比", "2023-05-04"), look("乙镇", "", "观摩", "2023-05-04")}, nil},
		"the whole area": {[]calendar.Inspection{look("甲乡", "", "评比", "2023-05-04"), look("甲乡", "", "观摩", "2023-05-20"), look("甲乡", "沈庄", "观摩", "2023-05-21")},
			[]calendar.Overlap{{Area: "甲乡", Month: month("2023-05-01"), Programs: []string{"观摩", "评比"}}}},
		"one village": {[]calendar.Inspection{look("甲乡", "", "评比", "2023-05-04"), look("甲乡", "沈庄", "暗访", "2023-05-20")},
			[]calendar.Overlap{{Area: "甲乡", Place: "沈庄", Month: month("2023-05-01"), Programs: []string{"暗访", "评比"}}}},
		"a third at one village": {[]calendar.Inspection{look("甲乡", "", "评比", "2023-05-04"), look("甲乡", "", "观摩", "2023-05-05"), look("甲乡", "沈庄", "暗访", "2023-05-20")},
			[]calendar.Overlap{{Area: "甲乡", Month: month("2023-05-01"), Programs: []string{"观摩", "评比"}},
				{Area: "甲乡", Place: "沈庄", Month: month("2023-05-01"), Programs: []string{"暗访", "观摩", "评比"}}}},
	} {
		if got := calendar.Overlaps(c.looks); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// The order in which inspections are listed changes nothing, every overlap names
// two programmes that really come, and one programme alone overlaps nowhere.
func TestOverlapsProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		looks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) calendar.Inspection {
			return look(rapid.SampledFrom([]string{"甲乡", "乙镇"}).Draw(t, "area"), rapid.SampledFrom([]string{"", "一村", "二村"}).Draw(t, "place"),
				rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "program"), rapid.SampledFrom([]string{"2023-05-01", "2023-05-31", "2023-06-01"}).Draw(t, "on"))
		}), 0, 12).Draw(t, "looks")
		found := calendar.Overlaps(looks)
		if again := calendar.Overlaps(rapid.Permutation(looks).Draw(t, "other order")); !reflect.DeepEqual(found, again) {
			t.Fatalf("%+v, and in another order %+v", found, again)
		}
		for _, o := range found {
			if len(o.Programs) < 2 || !slices.IsSorted(o.Programs) {
				t.Fatalf("programmes of an overlap: %v", o.Programs)
			}
			for _, p := range o.Programs {
				if !slices.ContainsFunc(looks, func(i calendar.Inspection) bool {
					return i.Program == p && i.Area == o.Area && (i.Place == "" || i.Place == o.Place) && calendar.PeriodOf(calendar.Month, i.On) == o.Month
				}) {
					t.Fatalf("%s does not come to %s %s in %s", p, o.Area, o.Place, o.Month)
				}
			}
		}
		var alone []calendar.Inspection
		for _, i := range looks {
			if i.Program == "p" {
				alone = append(alone, i)
			}
		}
		if own := calendar.Overlaps(alone); own != nil {
			t.Fatalf("a programme overlaps with itself: %+v", own)
		}
	})
}
