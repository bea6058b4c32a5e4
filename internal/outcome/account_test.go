package outcome_test

import (
	"fmt"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/outcome"
)

func entry(account string, points int64) outcome.Entry {
	return outcome.Entry{Account: outcome.Account{Kind: outcome.OfPerson, ID: account}, Role: "linked-leader", Subject: "V1", Rule: 2, When: "top", Points: exact.Int(points)}
}

func TestBalancesAreListedInOneOrder(t *testing.T) {
	t.Parallel()
	village := entry("V9", 3)
	village.Account.Kind = outcome.OfSubject
	balances := outcome.Balances([]outcome.Entry{entry("K10", 1), entry("K9", 5), village, entry("K9", -5)})
	if got := fmt.Sprint(balances[0].Account, balances[1].Account, balances[2].Account, balances[1].Points, len(balances)); got != "{subject V9} {person K9} {person K10} 0 3" {
		t.Errorf("%s", got)
	}
}
