package graphtest_test

import (
	"testing"

	"leitai/internal/graphtest"
)

// What is said of every list and every documented query is looked at in one
// county, as it is and grown: playing it is what takes the time.
func TestTheContractOnACounty(t *testing.T) {
	t.Parallel()
	county := graphtest.Rest(t)
	county.Fill(t)
	grown := county.Grow(t)
	t.Run("pages of every list", func(t *testing.T) { pagesOfEveryList(t, grown) })
	t.Run("statements of every query", func(t *testing.T) { statementsOfEveryQuery(t, county, grown) })
	t.Run("example clients", func(t *testing.T) { exampleClients(t, county) })
}
