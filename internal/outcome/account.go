package outcome

import (
	"cmp"
	"slices"

	"leitai/internal/exact"
	"leitai/internal/ranking"
)

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
