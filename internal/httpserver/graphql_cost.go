package httpserver

import (
	"net/http"
	"time"
)

// costHeader asks for extensions.cost, as the extension cost: true of a request
// does.
const costHeader = "X-Leitai-Cost"

// cost is what extensions.cost tells. The request is charged what was requested;
// what it turned out to be helps to ask for less.
type cost struct {
	Requested int64     `json:"requestedQueryCost"`
	Actual    int64     `json:"actualQueryCost"`
	Throttle  *throttle `json:"throttleStatus"` // null: nobody is charged
}

// throttle is the tightest budget of the asker, in units of cost.
type throttle struct {
	Maximum int64 `json:"maximumAvailable"`
	Now     int64 `json:"currentlyAvailable"`
	Restore int64 `json:"restoreRate"` // a second
}

// tellCost says whether the caller wants to know. It is not told unasked, so
// that the same question has the same answer.
func tellCost(r *http.Request, a *asked) bool {
	wanted, _ := a.Extensions["cost"].(bool)
	return wanted || r.Header.Get(costHeader) != ""
}

func costReport(read *operation, data []byte) cost {
	c := cost{Requested: read.cost, Actual: 1 + int64(fieldsIn(data))/complexityPerUnit}
	if v := read.verdict; v.Policy != "" {
		c.Throttle = &throttle{Maximum: v.Limit.Burst, Now: v.Remaining, Restore: int64(time.Second / v.Limit.Every)}
	}
	return c
}

// fieldsIn counts the fields of an answer: the colons outside of texts.
func fieldsIn(data []byte) int {
	n, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ':' && !quoted:
			n++
		}
	}
	return n
}
