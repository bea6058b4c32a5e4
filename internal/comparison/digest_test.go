package comparison_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/comparison"
	"leitai/internal/exact"
)

// drawKept draws what a publication may leave.
func drawKept(t *rapid.T) *comparison.Kept {
	k := &comparison.Kept{Subject: rapid.SampledFrom([]string{"village", "person"}).Draw(t, "subject"), Template: "arena-2023"}
	if rapid.Bool().Draw(t, "opened") {
		k.Opened = calendar.MustDate("2023-04-20")
	}
	if rapid.Bool().Draw(t, "effect") {
		effect := exact.Ratio(rapid.Int64Range(0, 1_000_000).Draw(t, "effect is"), 10_000)
		k.Judging = comparison.Judging{Ranges: 3, Width: 7, Effect: &effect}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "issues") {
		k.Issues = append(k.Issues, comparison.SourceIssues{Source: []string{"", "item:a/b", "dimension:habitat"}[i], Opened: 9, Closed: i, Overdue: 2})
	}
	v := exact.Ratio(rapid.Int64Range(0, 900).Draw(t, "score"), 9)
	scores := compare.NewScores([]*exact.Number{&v, nil})
	k.Total = compare.Total{Contestants: 2, Columns: []compare.Column{{Source: "dimension:habitat", Weight: n("1"), Scores: scores}}, Published: compare.NewScores([]*exact.Number{&v, &v})}
	return k
}

// What is written when a publication is kept is what a comparison reads, scores
// only where they were asked for; rounds come by day.
func TestAKeptPublicationIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tenant, competition := uuid.New(), uuid.New()
		var lines []string
		kept := map[uuid.UUID]*comparison.Kept{}
		scored := rapid.Bool().Draw(t, "scored")
		for i := range rapid.IntRange(0, 4).Draw(t, "rounds") {
			id := uuid.New()
			line := []string{id.String(), competition.String(), "2023-04", "2023-04-25", fmt.Sprintf("2023-04-%02d", 28-i), "0"}
			if rapid.Bool().Draw(t, "published") {
				k := drawKept(t)
				kept[id] = k
				line[5] = "1"
				line = append(line, "2023-05-04", k.Digest())
				if p := k.Total.Pack(); scored {
					line = append(line, p.Sources, p.Weights, p.Denominators, p.Scores)
				}
			}
			lines = append(lines, strings.Join(line, "\t"))
		}
		before := []comparison.RoundRow{{Period: "before"}}
		rows, err := comparison.ReadRounds(before, tenant, strings.Join(lines, "\n"))
		if err != nil || len(rows) != len(lines)+1 || rows[0].Period != "before" {
			t.Fatalf("%d rows: %v", len(rows), err)
		}
		for i, r := range rows[1:] {
			if i > 0 && r.Held.Before(rows[i].Held) || r.Tenant != tenant || r.Competition != competition || r.Nominal != calendar.MustDate("2023-04-25") {
				t.Fatalf("%+v", r)
			}
			k := kept[r.Round]
			if k == nil {
				if r.Readable || r.Revision != 0 || r.Packed != (compare.Packed{}) {
					t.Fatalf("%+v", r)
				}
				continue
			}
			want := compare.Packed{Contestants: 2}
			if scored {
				want = k.Total.Pack()
			}
			want.Digest = k.Total.Digest()
			if !r.Readable || r.Packed != want || r.Published != calendar.MustDate("2023-05-04") || r.Opened != k.Opened || r.Subject != k.Subject || r.Template != k.Template ||
				r.Ranges != k.Judging.Ranges || r.Width != k.Judging.Width || fmt.Sprint(r.Issues) != fmt.Sprint(k.Issues) || fmt.Sprint(r.Effect) != fmt.Sprint(k.Judging.Effect) {
				t.Fatalf("%+v\n%+v", r, k)
			}
		}
	})
}

func TestRoundsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	const id = "0190a5a0-0000-7000-8000-000000000001"
	good := []string{id, id, "2023-04", "2023-04-25", "2023-04-28", "1", "2023-05-04", "village", "arena", "", "2", "0", "0", "", "a/1/0/0", "digest", "{}", "{}", "{}", "{}"}
	if rows, err := comparison.ReadRounds(nil, uuid.Nil, strings.Join(good, "\t")); err != nil || rows[0].Packed.Digest != "digest" || rows[0].Issues[0].Opened != 1 {
		t.Fatalf("%+v %v", rows, err)
	}
	for at, bad := range map[int]string{0: "x", 1: "", 3: "2023-04-31", 4: "yesterday", 5: "", 6: "2023", 9: "2023-13-01", 10: "two", 13: "1.x", 14: "a/1/0", 15: "digest\tmore"} {
		spoilt := append([]string{}, good...)
		spoilt[at] = bad
		if _, err := comparison.ReadRounds(nil, uuid.Nil, strings.Join(spoilt, "\t")); err == nil {
			t.Errorf("cell %d as %q was read", at, bad)
		}
	}
	for _, cells := range []int{1, 5, 7, 12, 15, 18, 19} {
		if _, err := comparison.ReadRounds(nil, uuid.Nil, strings.Join(good[:cells], "\t")); err == nil {
			t.Errorf("%d cells were read", cells)
		}
	}
}

func TestMembersAreRead(t *testing.T) {
	t.Parallel()
	const id, other = "0190a5a0-0000-7000-8000-000000000001", "0190a5a0-0000-7000-8000-000000000002"
	good := []string{id, "township", other, "980101101", "晴禾乡, 一\t{\"}"}
	one := strings.Join(good, "\x1f")
	all, err := comparison.ReadMembers(one + "\x1e" + one)
	want := comparison.Member{Tenant: uuid.MustParse(id), Kind: "township", Unit: uuid.MustParse(other), Code: "980101101", Name: good[4]}
	if err != nil || len(all) != 2 || all[0] != want || all[1] != want {
		t.Fatalf("%+v %v", all, err)
	}
	if none, err := comparison.ReadMembers(""); err != nil || len(none) != 0 {
		t.Errorf("%+v %v", none, err)
	}
	for _, bad := range []string{one + "\x1e", one + "\x1f", strings.Join(good[:4], "\x1f"), strings.Replace(one, id, "x", 1), strings.Replace(one, other, "", 1)} {
		if _, err := comparison.ReadMembers(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
