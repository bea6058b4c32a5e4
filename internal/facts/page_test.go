package facts_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/authz"
	"leitai/internal/facts"
	"leitai/internal/paging"
)

// Pages put together are the whole list, in both directions and for every size,
// also where moments are equal and while more is published.
func TestPagesOfFactsAreTheWholeList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := &shelf{}
		for n := range rapid.IntRange(0, 9).Draw(t, "publications") {
			s.all = append(s.all, published(n, rapid.IntRange(0, 6).Draw(t, "villages")))
		}
		f := facts.Filter{Measures: rapid.SliceOfNDistinct(rapid.SampledFrom(facts.Measures()), 0, 4, rapid.ID[facts.Measure]).Draw(t, "measures")}
		backward, size := rapid.Bool().Draw(t, "backward"), rapid.IntRange(1, 30).Draw(t, "size")
		use, ctx := service(s, everything, nil)
		whole := walk(t, use, ctx, f, 100, false, func(int) {})
		meanwhile := rapid.Bool().Draw(t, "published meanwhile")
		have := walk(t, use, ctx, f, size, backward, func(page int) {
			if meanwhile && page == 0 && !backward { // before what is read backwards
				s.all = append(s.all, published(40, 3))
			}
		})
		have = slices.DeleteFunc(have, func(x facts.Fact) bool { return x.Publication == published(40, 0).ID })
		if !slices.Equal(keys(have), keys(whole)) {
			t.Fatalf("pages have %d facts, the list %d", len(have), len(whole))
		}
	})
}

// walk reads a list page by page.
func walk(t interface{ Fatal(...any) }, use *facts.Service, ctx context.Context, f facts.Filter, size int, backward bool, then func(page int)) (all []facts.Fact) { //nolint:revive // t first
	args := paging.Args{First: &size}
	if backward {
		args = paging.Args{Last: &size}
	}
	for n := 0; ; n++ {
		page, err := use.Page(ctx, f, args)
		if err != nil {
			t.Fatal(err)
		}
		then(n)
		start, end, more := page.Start(), page.End(), page.HasNext
		if backward {
			all, args.Before, more = append(slices.Clone(page.Items), all...), &start, page.HasPrevious
		} else {
			all, args.After = append(all, page.Items...), &end
		}
		if !more {
			return all
		}
		if len(page.Items) != size {
			t.Fatal("a page is short and another one follows")
		}
	}
}

type key struct {
	publication, subject, key string
	measure                   facts.Measure
}

func keys(all []facts.Fact) []key {
	out := make([]key, len(all))
	for i, f := range all {
		out[i] = key{f.Publication.String(), f.SubjectCode, f.Key, f.Measure}
	}
	return out
}

// A page costs three questions however many facts it has.
func TestAPageAsksThreeTimes(t *testing.T) {
	t.Parallel()
	for _, villages := range []int{12, 30, 300} {
		s := &shelf{all: []*facts.Publication{published(1, villages), published(2, villages), published(3, villages)}}
		use, ctx := service(s, everything, nil)
		size := 100
		if page, err := use.Page(ctx, facts.Filter{}, paging.Args{First: &size}); err != nil || len(page.Items) == 0 || s.asked != 3 {
			t.Errorf("%d villages: %d facts, %d questions, %v", villages, len(page.Items), s.asked, err)
		}
	}
}

// Whoever is limited to dimensions sees totals and ranks of all, and items of
// those dimensions alone.
func TestADepartmentSeesItsDimensions(t *testing.T) {
	t.Parallel()
	use, ctx := service(&shelf{all: []*facts.Publication{published(1, 3)}}, authz.Sight{Dimensions: []string{"safety"}}, nil)
	found := map[facts.Measure][]string{}
	for _, f := range walk(t, use, ctx, facts.Filter{}, 100, false, func(int) {}) {
		found[f.Measure] = append(found[f.Measure], f.Key)
	}
	if len(found[facts.Total]) != 3 || !slices.Equal(found[facts.Item], []string{"safety", "safety", "safety"}) || len(found[facts.Outcomes]) != 0 {
		t.Errorf("a department sees %v", found)
	}
}

// What a board does not show is in no fact, and its place in the list does not
// tell it either: rows stand by code, and whole-publication counts are left out.
// covers Q35, G8
func TestWhatABoardHidesIsInNoFact(t *testing.T) {
	t.Parallel()
	p := published(1, 12)
	person := published(2, 2)
	for _, r := range person.Rows {
		r.Kind = "person"
	}
	hide := func(_ context.Context, of *facts.Publication, r *facts.Row) (bool, error) {
		if of.ID == person.ID {
			r.Code, r.Subject = "", [16]byte{}
			return true, nil
		}
		if *r.Rank > 9 {
			r.Rank, r.Total, r.Bands, r.Items = nil, "", nil, nil
		}
		return true, nil
	}
	use, ctx := service(&shelf{all: []*facts.Publication{p, person}}, everything, hide)
	all := walk(t, use, ctx, facts.Filter{}, 7, false, func(int) {})
	ranks, last := 0, ""
	for _, f := range all {
		if f.Publication == person.ID {
			if f.Kind != "publisher" {
				t.Errorf("a person stands in %s", f.Measure)
			}
			continue
		}
		switch f.Measure {
		case facts.Subjects, facts.Ranked:
			t.Errorf("%s tells how many are hidden", f.Measure)
		case facts.Rank:
			ranks++
		}
		if f.SubjectCode < last {
			t.Error("places do not stand by their codes")
		}
		last = f.SubjectCode
		if f.SubjectCode <= "990101201003" { // ranks 12, 11 and 10
			t.Errorf("%s of a hidden row is told: %s", f.Measure, f.Text)
		}
	}
	if ranks != 9 {
		t.Errorf("%d ranks", ranks)
	}
}
