package contest_test

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// plain is the monthly contest written down a second time, as plainly as the
// notice has it: big rationals, nested loops, no shared code with the rules.
type plain struct {
	villages []string
	items    []plainItem
	weight   int64                         // of on-site in percent
	onsite   map[string]map[string][]int64 // village, item: marks in halves
	ledger   map[string]map[string]int64   // village, item: mark in halves
	top      int
	bottom   int
	inBottom map[string]int // rounds running before this one
	totals   map[string]*big.Rat
}

type plainItem struct {
	key  string
	full int64
}

func (p plain) exact(village string) *big.Rat {
	total := new(big.Rat)
	for _, item := range p.items {
		sum := new(big.Rat)
		for _, m := range p.onsite[village][item.key] {
			sum.Add(sum, big.NewRat(m, 2))
		}
		sum.Quo(sum, big.NewRat(int64(len(p.onsite[village][item.key])), 1))
		sum.Mul(sum, big.NewRat(p.weight, 100))
		ledger := new(big.Rat).Mul(big.NewRat(p.ledger[village][item.key], 2), big.NewRat(100-p.weight, 100))
		sum.Add(sum, ledger)
		total.Add(total, sum.Mul(sum, big.NewRat(item.full, 100)))
	}
	return total
}

// published rounds half up to two decimals; totals are never negative here.
func (p plain) published(village string) *big.Rat {
	if known, ok := p.totals[village]; ok {
		return known
	}
	hundredths := new(big.Rat).Mul(p.exact(village), big.NewRat(100, 1))
	hundredths.Add(hundredths, big.NewRat(1, 2))
	whole := new(big.Int).Div(hundredths.Num(), hundredths.Denom())
	p.totals[village] = new(big.Rat).SetFrac(whole, big.NewInt(100))
	return p.totals[village]
}

// rank counts those who are better (sign 1) or worse (sign −1).
func (p plain) rank(village string, sign int) int {
	rank := 1
	for _, other := range p.villages {
		if p.published(other).Cmp(p.published(village)) == sign {
			rank++
		}
	}
	return rank
}

func (p plain) equals(village string) int {
	n := 0
	for _, other := range p.villages {
		if p.published(other).Cmp(p.published(village)) == 0 {
			n++
		}
	}
	return n
}

func (p plain) rewarded(village string) bool {
	return p.rank(village, 1) <= min(p.top, len(p.villages)/2)
}

func (p plain) criticised(village string) bool {
	size := min(p.bottom, len(p.villages)/2)
	return p.rank(village, -1)+p.equals(village)-1 <= size && !p.rewarded(village)
}

// account is what the village itself gains and loses by rank.
func (p plain) account(village string) int {
	values := []int{5, 4, 3}
	points := 0
	if p.rewarded(village) {
		points += values[p.rank(village, 1)-1]
	}
	if p.criticised(village) && p.inBottom[village] >= 1 {
		points -= values[p.rank(village, -1)-1]
	}
	return points
}

// drawPlain draws a round in which ties are frequent.
func drawPlain(t *rapid.T) plain {
	p := plain{
		weight: rapid.Int64Range(1, 99).Draw(t, "weight"), top: 3, bottom: 3,
		onsite: map[string]map[string][]int64{}, ledger: map[string]map[string]int64{}, inBottom: map[string]int{}, totals: map[string]*big.Rat{},
	}
	first := rapid.Int64Range(1, 99).Draw(t, "points")
	p.items = []plainItem{{"party", first}, {"rural", 100 - first}}
	mark := rapid.Int64Range(150, 156)
	for i := range rapid.IntRange(1, 9).Draw(t, "villages") {
		village := fmt.Sprintf("V%d", i+1)
		p.villages = append(p.villages, village)
		p.onsite[village], p.ledger[village] = map[string][]int64{}, map[string]int64{}
		for _, item := range p.items {
			p.onsite[village][item.key] = rapid.SliceOfN(mark, 2, 3).Draw(t, "onsite")
			p.ledger[village][item.key] = mark.Draw(t, "ledger")
		}
		p.inBottom[village] = rapid.IntRange(0, 3).Draw(t, "running")
	}
	return p
}

// input puts the same round into the shape of the rules.
func (p plain) input() contest.Input {
	in := contest.Input{Rules: contest.RulesVersion, Template: arena(), Round: contest.Round{ID: "r", Period: "2023-09", Held: "2023-10-07"}}
	in.Template.Channels[0].Weight, in.Template.Channels[1].Weight = exact.Int(p.weight), exact.Int(100-p.weight)
	for _, item := range p.items {
		in.Rubric = append(in.Rubric, template.Item{Key: item.key, Kind: template.KindPoints, Points: exact.Int(item.full)})
	}
	for back := 3; back >= 1; back-- {
		held := contest.Held{Period: fmt.Sprintf("2023-%02d", 9-back)}
		for _, village := range p.villages {
			s := contest.HeldStanding{Subject: village, Total: exact.Int(80), Rank: 1}
			if p.inBottom[village] >= back {
				s.Bands = []string{"bottom"}
			}
			held.Standings = append(held.Standings, s)
		}
		in.History = append(in.History, held)
	}
	for _, village := range p.villages {
		in.Roster = append(in.Roster, contest.Subject{ID: village})
		for _, item := range p.items {
			for j, m := range p.onsite[village][item.key] {
				in.Marks = append(in.Marks, mark(village, item.key, "onsite", j, m))
			}
			in.Marks = append(in.Marks, mark(village, item.key, "ledger", 9, p.ledger[village][item.key]))
		}
	}
	return in
}

func mark(village, item, channel string, judge int, halves int64) contest.Mark {
	return contest.Mark{
		ID: fmt.Sprint(village, item, channel, judge), Item: item, Channel: channel, Subject: village,
		Judge: fmt.Sprint("J", judge), Value: exact.Ratio(halves, 2),
	}
}

// covers A22, A23, A25, A27, A28, A29, Q4, Q6, Q7, Q9, Q11, Q12
func TestRulesAgreeWithAPlainSecondReading(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlain(t)
		result, err := contest.Compute(p.input())
		if err != nil {
			t.Fatal(err)
		}
		accounts := map[string]string{}
		for _, b := range outcome.Balances(result.Entries) {
			accounts[b.Account.ID] = b.Points.String()
		}
		for _, s := range result.Standings {
			if s.Shown != p.published(s.Subject).FloatString(2) || s.Exact.String() != exact.Must(p.exact(s.Subject).RatString()).String() {
				t.Fatalf("%s has %s (%s), plainly %s", s.Subject, s.Shown, s.Exact, p.exact(s.Subject))
			}
			if s.Rank != p.rank(s.Subject, 1) || s.RankFromBottom != p.rank(s.Subject, -1) {
				t.Fatalf("%s is %d and %d from the bottom, plainly %d and %d", s.Subject, s.Rank, s.RankFromBottom, p.rank(s.Subject, 1), p.rank(s.Subject, -1))
			}
			if slices.Contains(s.Bands, "top") != p.rewarded(s.Subject) || slices.Contains(s.Bands, "bottom") != p.criticised(s.Subject) {
				t.Fatalf("%s is in %v; plainly rewarded: %v, criticised: %v", s.Subject, s.Bands, p.rewarded(s.Subject), p.criticised(s.Subject))
			}
			if got, want := accounts[s.Subject], fmt.Sprint(p.account(s.Subject)); got != want && (got != "" || want != "0") {
				t.Fatalf("%s gains %s, plainly %s", s.Subject, got, want)
			}
			checkTrace(t, result, s.Subject, 2)
		}
		if !sort.SliceIsSorted(result.Standings, func(i, k int) bool { return result.Standings[i].Rank < result.Standings[k].Rank }) {
			t.Fatalf("standings are not in the order of ranks: %s", board(result))
		}
	})
}

func TestBothFormsOfAnyRoundVerifyAndAgree(t *testing.T) {
	t.Parallel()
	rounds := rapid.Custom(drawPlain)
	for seed := range 12 {
		in := rounds.Example(seed).input()
		result := compute(t, in)
		boards := []string{board(result)}
		for _, form := range []contest.Form{contest.Sealed, contest.Public} {
			report, err := contest.Verify(seal(t, in, form, "township").Bytes, pinned("township"))
			if err != nil {
				t.Fatal(err)
			}
			boards = append(boards, board(&report.Result))
			if form == contest.Sealed && fmt.Sprint(report.Result.Outcomes) != fmt.Sprint(result.Outcomes) {
				t.Error("the sealed bundle has other outcomes")
			}
		}
		if boards[0] != boards[1] || boards[1] != boards[2] {
			t.Errorf("%q", boards)
		}
	}
}
