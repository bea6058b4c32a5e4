package outcome

import (
	"cmp"
	"slices"
	"strconv"

	"leitai/internal/exact"
	"leitai/internal/ranking"
)

// Key identifies an entry inside its round, whatever its points: the same key
// in two revisions is the same consequence, so that posting twice is caught by
// uniqueness of (round, revision, key).
func (e Entry) Key() string {
	key := e.When + "/" + strconv.Itoa(e.Rule) + "/" + e.Subject + "/" + e.Role + "/" + e.Account.Kind + ":" + e.Account.ID
	if e.Reverse {
		return "reverse/" + key
	}
	return key
}

// Diff compares the entries of two revisions of the same round: what must be
// countered of the old one (with the sign turned) and what must be posted anew.
// An entry that both call for with the same points stays untouched (Q30).
// Applying both lists to the old accounts gives the new ones.
func Diff(old, updated []Entry) (reverse, add []Entry) {
	before, after := index(old), index(updated)
	for _, e := range old {
		if kept, ok := after[e.Key()]; !ok || !kept.Points.Equal(e.Points) {
			e.Points, e.Reverse = e.Points.Neg(), true
			reverse = append(reverse, e)
		}
	}
	for _, e := range updated {
		if had, ok := before[e.Key()]; !ok || !had.Points.Equal(e.Points) {
			add = append(add, e)
		}
	}
	return reverse, add
}

func index(entries []Entry) map[string]Entry {
	out := make(map[string]Entry, len(entries))
	for _, e := range entries {
		out[e.Key()] = e
	}
	return out
}

// Balance is what an account's entries sum to.
type Balance struct {
	Account Account
	Points  exact.Number
}

// Balances sums entries by account; every account with an entry is listed,
// subjects before persons, in the natural order of ids.
func Balances(entries []Entry) []Balance {
	at := map[Account]int{}
	var out []Balance
	for _, e := range entries {
		i, ok := at[e.Account]
		if !ok {
			i = len(out)
			at[e.Account] = i
			out = append(out, Balance{Account: e.Account})
		}
		out[i].Points = out[i].Points.Add(e.Points)
	}
	slices.SortFunc(out, func(a, b Balance) int {
		return cmp.Or(cmp.Compare(b.Account.Kind, a.Account.Kind), ranking.Compare(a.Account.ID, b.Account.ID))
	})
	return out
}
