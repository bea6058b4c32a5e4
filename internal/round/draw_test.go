package round

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/calendar"
)

// wantDrawn was worked out with sha256sum: printf 'seed\nround\nK01' | sha256sum, the four smallest.
var wantDrawn = []string{"K02", "K03", "K04", "K09"}

func pool(n int) []candidate {
	all := make([]candidate, n)
	for i := range all {
		all[i] = candidate{person: uuid.New(), pseudonym: fmt.Sprintf("K%02d", i+1)}
	}
	return all
}

func names(all []candidate) []string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.pseudonym
	}
	return out
}

// covers Q32
func TestDrawIsRepeatable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := pool(rapid.IntRange(1, 20).Draw(t, "pool"))
		n := rapid.IntRange(0, len(all)).Draw(t, "n")
		seed, id := rapid.String().Draw(t, "seed"), uuid.New()
		first := draw(seed, id, all, n)
		shuffled := rapid.Permutation(all).Draw(t, "order")
		if again := draw(seed, id, shuffled, n); !slices.Equal(names(first), names(again)) {
			t.Fatalf("%v, then %v", names(first), names(again))
		}
		if len(first) != n || len(slices.Compact(slices.Sorted(slices.Values(names(first))))) != n {
			t.Fatalf("%d drawn of %d: %v", n, len(all), names(first))
		}
	})
}

// A fixed draw: the rule is documented, so its outcome may never change.
func TestDrawIsTheDocumentedOne(t *testing.T) {
	t.Parallel()
	id := uuid.MustParse("01890000-0000-7000-8000-000000000001")
	if got := names(draw("2023-04-28", id, pool(12), 4)); !slices.Equal(got, wantDrawn) {
		t.Errorf("drawn: %v", got)
	}
	if slices.Equal(names(draw("2023-04-29", id, pool(12), 4)), wantDrawn) || slices.Equal(names(draw("2023-04-28", uuid.Nil, pool(12), 4)), wantDrawn) {
		t.Error("another seed or round drew the same")
	}
}

// Every candidate has a fair chance over many seeds.
func TestDrawIsFair(t *testing.T) {
	t.Parallel()
	id, all, hits := uuid.Nil, pool(10), map[string]int{}
	for seed := range 2000 {
		for _, name := range names(draw(fmt.Sprint(seed), id, all, 3)) {
			hits[name]++
		}
	}
	for name, n := range hits {
		if n < 500 || n > 700 { // 600 expected
			t.Errorf("%s was drawn %d times", name, n)
		}
	}
}

// covers Q32
func TestRotationTakesThoseWhoServedLeast(t *testing.T) {
	t.Parallel()
	all := pool(5)
	all[0].times, all[0].last = 2, calendar.MustDate("2023-05-30")
	all[1].times, all[1].last = 1, calendar.MustDate("2023-06-30")
	all[2].times, all[2].last = 1, calendar.MustDate("2023-04-30")
	for n, want := range [][]string{{}, {"K04"}, {"K04", "K05"}, {"K04", "K05", "K03"}, {"K04", "K05", "K03", "K02"}, {"K04", "K05", "K03", "K02", "K01"}} {
		if got := names(rotate(all, n)); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", n, got, want)
		}
	}
}

// covers Q33
func TestSeatsFillTheSmallestGroup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sizes []int
		n     int
		want  []int
	}{
		{[]int{2, 2, 2}, 4, []int{1, 2, 3, 1}}, {[]int{3, 1, 2}, 4, []int{2, 2, 3, 1}}, {[]int{0}, 2, []int{1, 1}}, {[]int{1, 1}, 0, []int{}},
	} {
		if got := seat(c.sizes, c.n); !slices.Equal(got, c.want) {
			t.Errorf("%v plus %d: %v, want %v", c.sizes, c.n, got, c.want)
		}
	}
}
